// What a person enters after an event stays on the device until the office has it: text and photographs, sent once.
// Without this script the form is sent as any other. The server knows each entry by its key, so sending twice is safe.
import { begins, differs, read, renewed } from "./outbox/entry.js";
import { drop, every, keep, replace } from "./outbox/store.js";

const panel = document.querySelector("[data-outbox]");
const writer = panel?.dataset.writer;
const SOON = 30_000;
const SELDOM = 30 * 60_000; // what does not get through is heavy: it is tried ever less often by itself
const LATER = [408, 425, 429];
let sending = false;
let loose = null; // what this browser could not keep and the office does not have: it stands in the form alone

// ── one entry ──────────────────────────────────────────────────────────────────────────────────────────────────────

// Returns {sent: address}, {known: address} of what the office had in other words already, {refused: page} with the
// form in it, {failed: why} where no form came back, or {stopped: "signed-out" or "waits", halts: whether the others
// wait too}.
async function send(entry) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const [name, value] of entry.fields) body.append(name, value);
  let answer;
  try {
    answer = await fetch(panel.dataset.address, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
  } catch {
    return { stopped: "waits", halts: !navigator.onLine }; // a server in front may cut off one that is too heavy
  }
  if (answer.type === "opaqueredirect" || [401, 403, 409].includes(answer.status)) return { stopped: "signed-out", halts: true };
  if (answer.status >= 500 || LATER.includes(answer.status)) return { stopped: "waits" };
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    const { address, is_repeated: isRepeated, is_as_sent: isAsSent } = await answer.json();
    return isAsSent && !(isRepeated && entry.isCorrected) ? { sent: address } : { known: address };
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.querySelector("form[data-outbox-form]")) return { refused: page };
  return { failed: answer.status === 413 ? panel.dataset.heavy : panel.dataset.failed.replace("{n}", answer.status) };
}

// What becomes of an entry by its answer: nothing, itself while it waits, or what has to be looked over.
function after(entry, result) {
  if (result.sent) return null;
  if (result.known) return { ...renewed(entry), state: "returned", reason: panel.dataset.known };
  if (result.stopped) return entry;
  return { ...entry, state: "returned", reason: result.failed ?? reasonOf(result.refused) };
}

const reasonOf = (page) => [...page.querySelectorAll(".faults li")].map((line) => line.textContent.trim()).join(" ") || page.title;

// ── the panel ──────────────────────────────────────────────────────────────────────────────────────────────────────

function line(entry) {
  const item = panel.querySelector("[data-outbox-item]").content.cloneNode(true);
  const at = (name) => item.querySelector(`[data-outbox-${name}]`);
  const pictures = entry.fields.filter(([, value]) => value instanceof Blob).length;
  const { one, many } = at("photographs").dataset;
  at("what").textContent = entry.what.slice(0, 100);
  at("photographs").textContent = pictures ? (pictures === 1 ? one : many.replace("{n}", pictures)) : "";
  at("reason").textContent = entry.reason;
  at("reason").hidden = !entry.reason;
  at("again").hidden = entry.state !== "returned" || entry.key === openKey();
  at("again").href = `${panel.dataset.address}?pendiente=${encodeURIComponent(entry.key)}`;
  at("drop").addEventListener("click", async (event) => {
    if (!confirm(event.currentTarget.dataset.sure)) return;
    await drop(entry.key);
    await show();
  });
  return item;
}

const openForm = () => document.querySelector("form[data-outbox-form]");
const openKey = () => openForm()?.querySelector("[name=key]")?.value;

// A browser that keeps nothing, as some do in a private window, has nothing waiting.
const kept = () => every().catch(() => []);

async function show(way = "waits") {
  const entries = await kept();
  const open = openKey();
  const isTold = (entry) => entry.state === "returned" && entry.key === open && openForm().querySelector(".faults");
  const own = entries.filter((entry) => entry.writer === writer && !isTold(entry));
  const others = entries.some((entry) => entry.writer !== writer);
  panel.querySelector("[data-outbox-list]").replaceChildren(...own.map(line));
  panel.querySelector("[data-outbox-loose]").hidden = !loose;
  panel.querySelector("[data-outbox-why]").textContent = loose?.reason ?? "";
  const isWaiting = own.some((entry) => entry.state === "waits");
  for (const told of panel.querySelectorAll("[data-outbox-way]")) told.hidden = !isWaiting || told.dataset.outboxWay !== way;
  panel.querySelector("[data-outbox-actions]").hidden = !isWaiting;
  panel.querySelector("[data-outbox-another]").hidden = !own.some((entry) => entry.key === open && entry.state === "waits");
  panel.querySelector("[data-outbox-others]").hidden = !others;
  panel.hidden = !own.length && !others && !loose;
}

// Takes away what other people left here; what it says is shown to nobody else.
async function dropOthers(event) {
  if (!confirm(event.currentTarget.dataset.sure)) return;
  for (const entry of await kept()) if (entry.writer !== writer) await drop(entry.key);
  await show();
}

function tellSent(entry, address) {
  const item = panel.querySelector("[data-outbox-sent]").content.cloneNode(true);
  const link = item.querySelector("a");
  link.href = address;
  link.textContent = entry.what.slice(0, 100);
  panel.querySelector("[data-outbox-list]").append(item);
  panel.hidden = false;
}

// ── sending ────────────────────────────────────────────────────────────────────────────────────────────────────────

const alone = (act) =>
  navigator.locks ? navigator.locks.request("hermanar-outbox", { ifAvailable: true }, (lock) => lock && act()) : act();

// Whether the form on this page has become something else than the entry that was read from it.
const isTypedSince = (entry) => differs(read(openForm()), entry);

// Sends everything of this person that waits; another's is left alone, and so is what is being changed just now.
async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    await alone(async () => {
      const sent = [];
      let way = "waits";
      for (const entry of await kept()) {
        if (entry.writer !== writer || entry.state !== "waits") continue;
        if (entry.key === openKey() && isTypedSince(entry)) continue;
        const result = await send(entry);
        if (result.stopped) {
          way = result.stopped;
          if (result.halts) break;
          continue;
        }
        const next = after(entry, result);
        await replace(entry, next);
        if (result.sent) sent.push([entry, result.sent]);
        if (result.known && entry.key === openKey()) openForm().elements.key.value = next.key;
      }
      const here = sent.find(([entry]) => entry.key === openKey());
      if (here && !isTypedSince(here[0])) return location.assign(here[1]);
      if (here) begins(openForm());
      await show(way);
      for (const [entry, address] of sent) tellSent(entry, address);
    });
  } finally {
    sending = false;
  }
}

// Tries by itself what waits, soon and then ever less often; the button and the network's return are not bound to it.
async function tryAgain(pause) {
  const isWaiting = (await kept()).some((entry) => entry.writer === writer && entry.state === "waits");
  if (isWaiting) await sendAll();
  const next = isWaiting ? Math.min(2 * pause, SELDOM) : SOON;
  setTimeout(tryAgain, next, next);
}

// ── the form ───────────────────────────────────────────────────────────────────────────────────────────────────────

let blank; // the form as the page came

// Asks whether what is typed corrects what waits under its key: "same", "another", or "" to go on writing.
function askWhich(waiting) {
  const dialog = document.querySelector("[data-outbox-which]");
  dialog.querySelector("[data-outbox-earlier]").textContent = waiting.what.slice(0, 100);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

// Returns what is to be kept of the form, or null when she goes on writing; nothing that waits is written over unasked.
async function taken(form) {
  let entry = read(form);
  const waiting = (await kept()).find((one) => one.key === entry.key && one.state === "waits");
  if (!waiting) return entry;
  if (!differs(entry, waiting)) return { ...entry, isCorrected: waiting.isCorrected };
  const chosen = await askWhich(waiting);
  if (chosen === "another") begins(form);
  entry = read(form);
  return chosen ? { ...entry, isCorrected: chosen === "same" } : null;
}

function attend(form) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    try {
      const entry = await taken(form);
      if (entry) await save(form, entry);
    } finally {
      button.disabled = false;
    }
  });
}

async function save(form, entry) {
  const isKept = await keep(entry).then(() => true, () => false); // no room, or a window that keeps nothing
  const result = await send(entry);
  const next = after(entry, result);
  if (isKept) await replace(entry, next);
  loose = isKept || result.sent || result.refused ? null : next;
  const isSame = form.isConnected && !isTypedSince(entry);
  if (result.sent && isSame) return location.assign(result.sent);
  if (result.sent) begins(form);
  if (result.known) form.elements.key.value = next.key;
  if (result.refused && isSame) replaceForm(form, result.refused);
  await show(result.stopped);
  if (result.sent) tellSent(entry, result.sent);
  if (!result.refused || !isSame) panel.scrollIntoView({ block: "start" });
}

// Offers an empty form; what was typed since the last saving stays, as another activity.
async function beginAnother() {
  const form = openForm();
  const waiting = (await kept()).find((one) => one.key === openKey());
  if (waiting && isTypedSince(waiting)) begins(form);
  else {
    const fresh = blank.cloneNode(true);
    form.replaceWith(fresh);
    fresh.reset();
    begins(fresh);
    attend(fresh);
  }
  await show();
  openForm().scrollIntoView({ block: "start" });
  openForm().querySelector("select, input:not([type=hidden]), textarea").focus({ preventScroll: true });
}

// Puts the form as the server gave it back in place of the one that was sent; it knows the photographs already.
function replaceForm(form, page) {
  const fresh = page.querySelector("form[data-outbox-form]");
  form.replaceWith(document.adoptNode(fresh));
  attend(fresh);
  const faults = fresh.querySelector(".faults");
  faults?.focus();
  faults?.scrollIntoView({ block: "start" });
}

// Fills the form with an entry that came back, photographs and all.
async function restore(form, key) {
  const entry = (await kept()).find((one) => one.key === key && one.writer === writer);
  if (!entry) return;
  for (const [name, value] of entry.fields) {
    const field = form.elements.namedItem(name);
    if (!field || name === "writer") continue;
    if (value instanceof Blob) {
      const held = new DataTransfer();
      held.items.add(value);
      field.files = held.files;
    } else field.value = value;
  }
  restoreDay(form, new Map(entry.fields).get("on"));
  for (const fold of form.querySelectorAll("details")) fold.open = true;
}

// What was today when it was noted is no choice of its own any more.
function restoreDay(form, day) {
  const choices = form.elements.namedItem("on");
  if (!day || choices.value === day) return;
  choices.value = "other";
  form.elements.from_on.value = day;
}

async function begin() {
  const form = openForm();
  const asked = new URLSearchParams(location.search).get("pendiente");
  blank = form?.cloneNode(true);
  if (form && asked) await restore(form, asked);
  if (form) attend(form);
  panel.querySelector("[data-outbox-send]").addEventListener("click", sendAll);
  panel.querySelector("[data-outbox-another]").addEventListener("click", beginAnother);
  panel.querySelector("[data-outbox-drop-others]").addEventListener("click", dropOthers);
  addEventListener("online", sendAll);
  addEventListener("beforeunload", (event) => loose && event.preventDefault());
  setTimeout(tryAgain, SOON, SOON);
  await show();
  await sendAll();
}

if (panel) begin();
