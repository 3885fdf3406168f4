// A kiosk: keeps its copy, begins anew when nobody touches it, opens no way out. Every page of it works without this.
const root = document.documentElement;
const { kiosk: kind, base } = root.dataset;
const idle = Number(root.dataset.idle || 90) * 1000;
const WARNING = Math.min(20_000, idle / 3);
const ASK_AGAIN = 5 * 60_000; // for a newer copy
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

// The copy: kept once, renewed when the content changes; a screen that calls shows the new one at once.
async function keep() {
  const state = document.querySelector("[data-state]");
  const tell = (name) => state && (state.textContent = state.dataset[name]);
  if (!("serviceWorker" in navigator)) return;
  const hadOne = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (kind === "start" && hadOne) location.reload();
  });
  const copy = await navigator.serviceWorker.register(`${base}sw.js`, { scope: base, updateViaCache: "none" }).catch(() => null);
  if (!copy && !hadOne) return tell("failed");
  await navigator.serviceWorker.ready;
  root.dataset.copy = "kept";
  if (!hadOne) tell("ready"); // news for whoever sets up the screen, not for every visitor
  setInterval(() => copy?.update().catch(() => {}), ASK_AGAIN);
}
keep();

// No way out: no menu of a long touch, nothing dragged away.
for (const name of ["contextmenu", "dragstart"]) addEventListener(name, (event) => event.preventDefault());

// Nobody there: ask, then begin anew. Whoever listens is there.
function watch() {
  const ask = document.querySelector("[data-ask]");
  const left = ask.querySelector("[data-left]");
  let last = Date.now();
  const touch = () => {
    last = Date.now();
    if (ask.open) ask.close();
  };
  for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(name, touch, { passive: true, capture: true });
  for (const sound of document.querySelectorAll("audio")) sound.addEventListener("timeupdate", () => sound.paused || touch());
  const clock = setInterval(() => {
    const rest = idle - (Date.now() - last);
    if (rest <= 0) {
      clearInterval(clock); // asked for again and again, a page that takes its time would never come
      location.replace(base);
    } else if (rest <= WARNING) {
      if (!ask.open) ask.showModal();
      left.textContent = `${Math.ceil(rest / 1000)} s`;
    }
  }, 500);
}
if (kind !== "start") watch();

// What calls: one city after the other lights its ray.
function call() {
  const names = [...document.querySelectorAll("[data-lights]")];
  let at = -1;
  const light = (one, isLit) => {
    one.classList.toggle("is-lit", isLit);
    document.querySelectorAll(`[data-ray="${CSS.escape(one.dataset.lights)}"]`).forEach((ray) => ray.classList.toggle("is-lit", isLit));
  };
  setInterval(() => {
    if (isCalm.matches || document.hidden) return;
    if (at >= 0) light(names[at], false);
    at = (at + 1) % names.length;
    light(names[at], true);
  }, 2600);
  addEventListener("keydown", (event) => {
    if (event.key === " ") document.querySelector(".call__way")?.click();
  });
}
if (kind === "start" && document.querySelector("[data-lights]")) setTimeout(call, 3000);

// The audio guide: a number that is typed finds its tile; space plays and rests.
function type() {
  let typed = "";
  let forget;
  addEventListener("keydown", (event) => {
    if (!/^\d$/.test(event.key)) return;
    typed = (typed + event.key).slice(-3);
    clearTimeout(forget);
    forget = setTimeout(() => (typed = ""), 2000);
    const tile = document.querySelector(`[data-number="${typed}"]`);
    document.querySelectorAll(".is-typed").forEach((one) => one.classList.remove("is-typed"));
    tile?.classList.add("is-typed");
    tile?.focus();
  });
}
if (kind === "audio") type();
addEventListener("keydown", (event) => {
  const sound = document.querySelector("[data-sound]");
  const isBusy = event.target.closest("a, button, summary, audio");
  if (event.key !== " " || !sound || isBusy) return;
  event.preventDefault();
  if (sound.paused) sound.play();
  else sound.pause();
});
