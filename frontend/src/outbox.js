// What a person enters after an event stays on the device until the office has it: text and photographs, sent once.
// Without this script the form is sent as any other. The server knows each entry by its key, so sending twice is safe.
import { drop, every, keep } from "./outbox/store.js";

const panel = document.querySelector("[data-outbox]");
const writer = panel?.dataset.writer;
const RETRY = 30_000;
let sending = false;

// ── one entry ──────────────────────────────────────────────────────────────────────────────────────────────────────

function read(form) {
  const fields = [...new FormData(form)].filter(
    ([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size),
  );
  const told = Object.fromEntries(fields.filter(([, value]) => typeof value === "string"));
  return { key: told.key, writer: told.writer, what: told.description_es || "", at: Date.now(), state: "waits", reason: "", fields };
}

// Returns {sent: address}, {refused: page} or {stopped: "signed-out" or "waits", halts: whether the others wait too}.
async function send(entry) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const [name, value] of entry.fields) body.append(name, value);
  let answer;
  try {
    answer = await fetch(panel.dataset.address, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
  } catch {
    return { stopped: "waits", halts: true };
  }
  if (answer.type === "opaqueredirect" || [401, 403, 409].includes(answer.status)) return { stopped: "signed-out", halts: true };
  if (answer.status >= 500) return { stopped: "waits" };
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return { sent: (await answer.json()).address };
  return { refused: new DOMParser().parseFromString(await answer.text(), "text/html") };
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
  at("again").hidden = entry.state !== "returned";
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

async function show(way = "waits") {
  const entries = await every();
  const open = openKey();
  const own = entries.filter((entry) => entry.writer === writer && !(entry.state === "returned" && entry.key === open));
  const others = entries.some((entry) => entry.writer !== writer);
  panel.querySelector("[data-outbox-list]").replaceChildren(...own.map(line));
  const isWaiting = own.some((entry) => entry.state === "waits");
  for (const told of panel.querySelectorAll("[data-outbox-way]")) told.hidden = !isWaiting || told.dataset.outboxWay !== way;
  panel.querySelector("[data-outbox-actions]").hidden = !isWaiting;
  panel.querySelector("[data-outbox-others]").hidden = !others;
  panel.hidden = !own.length && !others;
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

// Sends everything of this person that waits; another's is left alone.
async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    await alone(async () => {
      const sent = [];
      let way = "waits";
      for (const kept of await every()) {
        if (kept.writer !== writer || kept.state !== "waits") continue;
        const entry = kept.key === openKey() ? read(openForm()) : kept; // what was typed since goes with it
        const result = await send(entry);
        if (result.stopped) {
          way = result.stopped;
          if (result.halts) break;
          continue;
        }
        if (result.sent) {
          await drop(entry.key);
          sent.push([entry, result.sent]);
        } else await keep({ ...entry, state: "returned", reason: reasonOf(result.refused) });
      }
      await show(way);
      const here = sent.find(([entry]) => entry.key === openKey());
      if (here) location.assign(here[1]);
      else for (const [entry, address] of sent) tellSent(entry, address);
    });
  } finally {
    sending = false;
  }
}

// ── the form ───────────────────────────────────────────────────────────────────────────────────────────────────────

function attend(form) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    const entry = read(form);
    try {
      await keep(entry);
    } catch {
      form.submit(); // this browser keeps nothing: the form goes as it is
      return;
    }
    const result = await send(entry);
    if (result.sent) {
      await drop(entry.key);
      location.assign(result.sent);
      return;
    }
    button.disabled = false;
    if (result.refused) {
      await keep({ ...entry, state: "returned", reason: reasonOf(result.refused) });
      replaceForm(form, result.refused);
    }
    await show(result.stopped);
    if (result.stopped) panel.scrollIntoView({ block: "start" });
  });
}

// Puts the form as the server gave it back in place of the one that was sent; it knows the photographs already.
function replaceForm(form, page) {
  const fresh = page.querySelector("form[data-outbox-form]");
  if (!fresh) return;
  form.replaceWith(document.adoptNode(fresh));
  attend(fresh);
  const faults = fresh.querySelector(".faults");
  faults?.focus();
  faults?.scrollIntoView({ block: "start" });
}

// Fills the form with an entry that came back, photographs and all.
async function restore(form, key) {
  const entry = (await every()).find((one) => one.key === key && one.writer === writer);
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
  for (const fold of form.querySelectorAll("details")) fold.open = true;
}

async function begin() {
  const form = openForm();
  const asked = new URLSearchParams(location.search).get("pendiente");
  if (form && asked) await restore(form, asked);
  if (form) attend(form);
  panel.querySelector("[data-outbox-send]").addEventListener("click", sendAll);
  addEventListener("online", sendAll);
  setInterval(async () => (await every()).some((entry) => entry.writer === writer && entry.state === "waits") && sendAll(), RETRY);
  await show();
  await sendAll();
}

if (panel && "indexedDB" in window) begin().catch(() => {}); // a browser that keeps nothing still sends the form
