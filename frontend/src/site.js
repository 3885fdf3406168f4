// Small comforts; every page works without them.
import "./suggest.js";

const root = document.documentElement;
const each = (selector, act, within = document) => within.querySelectorAll(selector).forEach(act);

// Day and night.
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
each("[data-theme-toggle]", (button) => {
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  tell();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("hermanar-theme", root.dataset.theme);
    } catch {
      // it holds for this page only
    }
    tell();
    document.dispatchEvent(new Event("hermanar:theme"));
  });
});

// Filters that send themselves.
each("form[data-auto-submit]", (form) => form.addEventListener("change", () => form.requestSubmit()));

// Long work tells how far it is; when it is over, the page that stands there then is shown.
const LOOK_EVERY = 1500; // milliseconds
async function look(place) {
  let found = place;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
  } catch {
    // no network just now: it is asked again
  }
  if (!found) return location.reload();
  if (found !== place && found.innerHTML !== place.innerHTML) place.replaceChildren(...found.childNodes);
  setTimeout(look, LOOK_EVERY, place);
}
each("[data-follow]", (place) => setTimeout(look, LOOK_EVERY, place));

// A link to take away.
function copies(button) {
  button.addEventListener("click", async () => {
    const before = button.textContent;
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = before), 2500);
  });
}

// Tables sort what they show; the order of the language, numbers as numbers, what is not known last.
const collator = new Intl.Collator(root.lang || "es", { numeric: true, sensitivity: "base" });
const worth = (cell) => cell.dataset.value ?? (cell.querySelector(".unknown") ? "" : cell.textContent.trim());
function compare(a, b) {
  if (a === "" || b === "") return 0;
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
}
function sort(table, column, way) {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [worth(row.cells[column]), row]);
  rows.sort(([a], [b]) => (a === "") - (b === "") || (way === "ascending" ? compare(a, b) : compare(b, a)));
  body.append(...rows.map(([, row]) => row));
}
function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way);
      sort(table, column, way);
    });
  });
}

// A row lights its ray, on the rosette and on the map.
function light(row, isLit) {
  each(`[data-ray="${CSS.escape(row.dataset.lights)}"]`, (ray) => ray.classList.toggle("is-lit", isLit));
}
function lights(row) {
  for (const name of ["pointerenter", "focusin"]) row.addEventListener(name, () => light(row, true));
  for (const name of ["pointerleave", "focusout"]) row.addEventListener(name, () => light(row, false));
}

// What a page brings in later is made as comfortable as what it came with.
function settle(within) {
  each("[data-copy]", copies, within);
  each("table[data-sortable]", sortable, within);
  each("[data-lights]", lights, within);
}
settle(document);
document.addEventListener("hermanar:new", (event) => settle(event.target));
