{% load static %}// Keeps one page and what it looks like, so that it opens without a signal. It has no say outside its own folder, keeps
// nobody's own page, and sends nothing.
const PAGE = "{% url 'assets:no_signal' %}", KEPT = "{% url 'assets:no_signal_kept' %}";
const LOOKS = ["{% static 'built/site.css' %}", "{% static 'built/atkinson-hyperlegible-next-latin-wght-normal.woff2' %}", "{% static 'js/site.js' %}", "{% static 'js/no_signal_kept.js' %}", "{% static 'js/no_signal.js' %}",
  "{% static 'img/favicon.svg' %}", "{% static 'img/lines.svg' %}", "{% static 'img/tick.svg' %}", "{% static 'img/torn.svg' %}", "{% static 'img/under.svg' %}", "{% static 'img/why.svg' %}"];
const FOLDER = "no-signal", PATIENCE = 5000; // milliseconds: one bar of signal is often none
const plainly = { ignoreVary: true, ignoreSearch: true };

addEventListener("install", (event) => event.waitUntil(
  caches.open(FOLDER).then((folder) => folder.addAll([KEPT, ...LOOKS])).then(() => skipWaiting()),
));

// What an earlier worker kept, and this one does not need, goes.
addEventListener("activate", (event) => event.waitUntil((async () => {
  const folder = await caches.open(FOLDER);
  for (const one of await folder.keys()) if (![KEPT, ...LOOKS].includes(new URL(one.url).pathname)) await folder.delete(one);
  await clients.claim();
})()));

async function kept(path) {
  return (await caches.open(FOLDER)).match(path, plainly);
}

// The page itself comes from the site where it can, and is then as it is for this person; that copy is not kept.
async function page(event) {
  const asked = fetch(event.request);
  event.waitUntil(asked.then((came) => came.ok && !came.redirected && caches.open(FOLDER).then((folder) => folder.add(KEPT))).catch(() => {}));
  const late = new Promise((come) => setTimeout(come, PATIENCE));
  try {
    const came = await Promise.race([asked, late]);
    return came && came.status < 500 ? came : (await kept(KEPT)) || (await asked);
  } catch (error) {
    return (await kept(KEPT)) || Response.error();
  }
}

addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate" && pathname === PAGE) event.respondWith(page(event));
  else if (LOOKS.includes(pathname)) event.respondWith(kept(pathname).then((found) => found || fetch(event.request)));
});
