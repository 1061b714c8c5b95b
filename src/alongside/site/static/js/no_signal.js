// The page that opens without a signal: what is written is kept on the device (no_signal_kept.js), shown in a list, and
// sent when there is a signal again. The form works without this script too, as long as there is a signal.
const box = document.querySelector("[data-no-signal]");
const kept = window.alongsideKept;
if (box && kept?.works()) begin();

function begin() {
  const find = (what) => box.querySelector(what);
  const form = find("form"), list = find("[data-notes]"), signal = document.getElementById("signal");
  const FIELDS = ["kind", "title", "words", "near"], AT_ONCE = 10;
  const tell = "BroadcastChannel" in window ? new BroadcastChannel("no-signal") : { postMessage() {} };
  const sent = []; // since this page was opened
  let changing = null, busy = false, more = false, ready = false, asked = false, whose = kept.whose();

  const say = (words) => { signal.textContent = ready && [box.dataset.on, box.dataset.off].includes(words) ? `${words} ${box.dataset.ready}` : words; };
  const told = (words, n) => words.replace("{n}", String(n));

  // The list, in words: what waits, what wants a look, what went. Whoever is on a button stays on it.
  async function draw() {
    const { notes, others } = await kept.all();
    const on = list.contains(document.activeElement) ? [document.activeElement.closest("li")?.id, document.activeElement.dataset.do] : null;
    if (whose && whose !== kept.whose()) { // whoever was here has left, also what they were typing
      sent.length = 0;
      leave();
      form.elements.near.value = "";
    }
    whose = kept.whose();
    const open = Boolean(whose);
    form.hidden = asked && !open;
    find("[data-shut]").hidden = !form.hidden;
    list.replaceChildren(...notes.map(line), ...(open ? sent : []).map((one) => line({ ...one, state: "sent" })));
    const many = { waits: notes.filter((one) => one.state === "waiting").length, mends: notes.filter((one) => one.state === "mend").length, sents: sent.length };
    const count = find("[data-count]");
    const parts = Object.keys(many).filter((name) => many[name]).map((name) => told(count.dataset[name], many[name]));
    count.textContent = parts.length ? `${parts.join(", ")}.` : count.dataset.none;
    find("[data-list]").hidden = find("[data-jump]").hidden = !list.children.length;
    find("[data-jump] a").textContent = count.textContent;
    find("[data-send-all]").hidden = !notes.length;
    const elsewhere = find("[data-others]");
    elsewhere.hidden = !others;
    elsewhere.textContent = told(elsewhere.dataset.words, others);
    find("[data-wipe]").hidden = !(open || others) || !find("[data-sure]").hidden;
    if (on) (document.getElementById(on[0])?.querySelector(`[data-do="${CSS.escape(on[1])}"]:not([hidden])`) || document.getElementById("notes-title")).focus();
    return { notes, others };
  }

  function line(note) {
    const row = document.getElementById("note").content.firstElementChild.cloneNode(true);
    const said = note.answer || {}, part = (what) => row.querySelector(what);
    row.id = `note-${note.key}`;
    part("[data-title]").textContent = note.title;
    for (const about of row.querySelectorAll("[data-about]")) about.textContent = `: ${note.title}`;
    for (const tag of row.querySelectorAll("[data-state]")) tag.hidden = tag.dataset.state !== note.state;
    const words = part("[data-words]"), page = part("[data-open]");
    words.hidden = !said.words;
    words.textContent = said.words || "";
    page.hidden = !said.url;
    if (said.url) page.href = said.url;
    if (note.state === "sent") return row;
    part("[data-choices]").hidden = !said.choices?.length;
    for (const [value, label] of said.choices || []) {
      const choice = part('[data-do="again"]').cloneNode();
      choice.textContent = label;
      choice.dataset.do = value;
      choice.hidden = false;
      choice.addEventListener("click", () => rewrite(note, { near: value }));
      part("[data-choices]").append(choice);
    }
    const does = {
      again: said.because === "there" && (() => rewrite(note, { anyway: true })),
      fresh: said.because === "other" && (() => anew(note)),
      change: () => change(note),
      out: () => take(note),
    };
    for (const [name, act] of Object.entries(does)) {
      const press = part(`[data-do="${name}"]`);
      press.hidden = !act;
      if (act) press.addEventListener("click", act);
    }
    return row;
  }

  const given = (note) => Object.fromEntries(FIELDS.map((name) => [name, note[name] || ""]));

  async function rewrite(note, otherwise) {
    await kept.keep({ ...given(note), ...otherwise }, note);
    await told_all();
    await send();
  }

  async function anew(note) {
    await kept.keep({ ...given(note), anyway: true });
    await take(note);
    await send();
  }

  async function take(note) {
    await kept.drop(note.key);
    if (changing?.key === note.key) leave();
    await told_all();
  }

  async function told_all() {
    tell.postMessage("changed");
    await draw();
  }

  // What is wrong stands above its question too, with a way there; nothing that was typed goes.
  function faults(found) {
    for (const old of form.querySelectorAll("[data-said]")) old.remove();
    for (const group of form.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    document.getElementById("problem")?.remove(); // what the site itself said before
    const summary = find("[data-faults]"), links = [];
    for (const [name, words] of found) {
      const group = document.getElementById(`id_${name}-group`), field = group?.querySelector("input, textarea");
      const link = document.createElement(field ? "a" : "span");
      link.textContent = words;
      if (field) {
        link.href = `#${field.id}`;
        const fault = document.getElementById("fault").content.firstElementChild.cloneNode(true);
        fault.dataset.said = "";
        fault.querySelector("[data-words]").textContent = words;
        (group.querySelector(".tiles") || field).before(fault);
        group.classList.add("govuk-form-group--error");
        if (field.type !== "radio") field.setAttribute("aria-invalid", "true");
      }
      const item = document.createElement("li");
      item.append(link);
      links.push(item);
    }
    summary.querySelector("ul").replaceChildren(...links);
    summary.hidden = !links.length;
    const error = `${document.getElementById("fault").content.querySelector(".govuk-visually-hidden").textContent} `;
    document.title = (links.length ? error : "") + document.title.replace(error, "");
    if (links.length) summary.focus();
  }

  function change(note) {
    changing = note;
    for (const name of FIELDS) form.elements[name].value = note[name] || "";
    find("[data-leave]").hidden = false;
    faults(Object.entries(note.answer?.faults || {}));
    if (!note.answer?.faults) form.elements.title.focus();
  }

  function leave() {
    const near = form.elements.near.value;
    changing = null;
    form.reset();
    for (const name of FIELDS) if (name !== "kind") form.elements[name].value = "";
    for (const tile of form.querySelectorAll("[name=kind]")) tile.checked = false;
    form.elements.near.value = near; // the next thing is often in the same street
    find("[data-leave]").hidden = true;
    faults([]);
  }

  async function keep() {
    const said = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]));
    const required = [...document.getElementById("required").content.querySelectorAll("[data-field]")];
    const missing = required.filter((one) => !said[one.dataset.field]).map((one) => [one.dataset.field, one.textContent]);
    faults(missing);
    if (missing.length) return;
    try {
      await kept.keep(said, changing);
    } catch {
      if (kept.whose()) faults([["", box.dataset.full]]);
      return void (await draw());
    }
    navigator.storage?.persist?.(); // some browsers ask, so not before there is something to lose
    leave();
    form.elements.title.focus();
    say(box.dataset.kept);
    await told_all();
    await send();
  }

  // Who is signed in here, and the token to send with. Nobody: null. No signal: an error.
  async function who() {
    const came = await fetch(box.dataset.whose, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(20_000) });
    if (came.status === 409) return { words: (await came.json()).words };
    return came.ok ? came.json() : null;
  }

  async function post(notes, { whose, token }) {
    const body = JSON.stringify({ whose, notes: notes.map(({ key, anyway, ...note }) => ({ key, anyway, ...given(note) })) });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return fetch(box.dataset.send, { method: "POST", redirect: "manual", headers, body, signal: AbortSignal.timeout(60_000) });
  }

  // Send what waits; `all` also what the site could not take before. One tab at a time; the site takes each note once.
  async function send(all = false) {
    if (busy) return void (more = true);
    busy = true;
    try {
      if (navigator.locks) await navigator.locks.request("no-signal", { ifAvailable: true }, (lock) => lock && go(all));
      else await go(all);
    } catch {
      say(navigator.onLine ? box.dataset.broken : box.dataset.off);
    }
    busy = false;
    asked = true;
    await told_all();
    if (more) {
      more = false;
      await send();
    }
  }

  async function go(all) {
    let reader = await who();
    find("[data-sign-in]").hidden = Boolean(reader) || !kept.whose();
    if (!reader?.whose) return say(reader ? reader.words : box.dataset.out);
    say(box.dataset.on);
    const notes = (await kept.all()).notes.filter((one) => all || one.state === "waiting");
    for (let at = 0; at < notes.length; at += AT_ONCE) {
      const some = notes.slice(at, at + AT_ONCE);
      let came = await post(some, reader);
      if (came.status === 403 && (reader = await who())?.whose) came = await post(some, reader); // its token was old
      if (came.type === "opaqueredirect") return say(box.dataset.out);
      if (!came.ok) return say((await came.json().catch(() => null))?.words || box.dataset.broken);
      for (const said of (await came.json()).answers) {
        const note = some.find((one) => one.key === said.key);
        await kept.settle(note, said);
        if (said.answer !== "cannot") sent.push({ key: note.key, title: note.title, answer: { url: said.url } });
      }
      await told_all();
    }
    if (notes.length && !(await kept.all()).notes.length) say(`${box.dataset.on} ${box.dataset.ended}`);
  }

  async function wipe() {
    await kept.wipe();
    sent.length = 0;
    find("[data-sure]").hidden = true;
    leave();
    form.elements.near.value = "";
    await told_all();
    say(box.dataset.wiped);
    signal.focus();
  }

  async function askToWipe() {
    const { notes, others } = await kept.all();
    const sure = find("[data-sure]"), words = document.getElementById("sure");
    words.textContent = told(words.dataset.words, kept.whose() ? notes.length : others);
    sure.hidden = false;
    find("[data-wipe]").hidden = true;
    sure.focus();
  }

  async function spare() {
    find("[data-sure]").hidden = true;
    await draw();
    find("[data-wipe]").focus();
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); keep(); });
  find("[data-leave]").addEventListener("click", () => { leave(); form.elements.title.focus(); });
  find("[data-send-all]").addEventListener("click", () => send(true));
  find("[data-wipe]").addEventListener("click", askToWipe);
  find("[data-yes]").addEventListener("click", wipe);
  find("[data-no]").addEventListener("click", spare);
  tell.onmessage = () => draw();
  addEventListener("online", () => send());
  addEventListener("offline", () => say(box.dataset.off));
  document.addEventListener("visibilitychange", () => document.hidden || send());
  signal.tabIndex = -1;
  navigator.serviceWorker?.register(box.dataset.worker).then(() => navigator.serviceWorker.ready).then(() => {
    ready = true;
    say(navigator.onLine ? box.dataset.on : box.dataset.off);
  }).catch(() => {});
  draw().then(() => send());
}
