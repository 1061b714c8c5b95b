// Small comforts. Every page works without them.
document.documentElement.classList.add("js");

const menu = document.getElementById("menu");
const opener = document.querySelector(".menu__button");
if (menu && opener) {
  const narrow = window.matchMedia("(max-width: 639.98px)");
  const shut = (yes) => {
    menu.toggleAttribute("data-shut", yes);
    opener.setAttribute("aria-expanded", String(!yes));
  };
  shut(narrow.matches);
  narrow.addEventListener("change", () => shut(narrow.matches));
  opener.addEventListener("click", () => shut(!menu.hasAttribute("data-shut")));
}

// Parts of a page that are folded on a telephone stand open where there is room.
if (window.matchMedia("(min-width: 1000px)").matches)
  for (const part of document.querySelectorAll("details[data-open-wide]")) part.open = true;

// On paper nothing is folded away, also where the browser cannot do that by style.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not(.fold):not([open])")) part.open = part.dataset.folded = true;
});
addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("details[data-folded]")) delete part.dataset.folded, (part.open = false);
});

const problem = document.getElementById("problem");
if (problem) problem.focus();

for (const press of document.querySelectorAll("[data-print]")) {
  press.hidden = false;
  press.addEventListener("click", () => window.print());
}

// A part of the page that was swapped is told to those who cannot see it; focus stays, or goes to the fault.
document.addEventListener("htmx:afterSettle", () => {
  const fault = document.getElementById("problem");
  if (fault) fault.focus();
  else if (document.getElementById("said")) document.getElementById("said").textContent = document.getElementById("said").dataset.changed;
});
document.addEventListener("htmx:beforeRequest", () => document.getElementById("said")?.replaceChildren());
