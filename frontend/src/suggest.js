// Places offered while one types: a combobox over any field with data-suggest; without it the form just asks the server.
// data-suggest: address that takes q, limit and lang · data-lead: where a chosen place leads, {id} and {slug} filled in.
// A page that shows the place itself listens for "hermanar:place" and prevents its default.
const MOST = 8;
const REST_MS = 90;

class Suggestions {
  constructor(field) {
    this.field = field;
    this.items = [];
    this.active = -1;
    this.list = Object.assign(document.createElement("ul"), { id: `${field.id}-lista`, className: "suggest", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
    this.status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.status.setAttribute("role", "status");
    field.after(this.list, this.status);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) field.setAttribute(name, value);
    field.addEventListener("input", () => this.wait());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.at));
    });
  }

  wait() {
    clearTimeout(this.resting);
    this.asked?.abort();
    if (!this.field.value.trim()) return this.close();
    this.resting = setTimeout(() => this.ask(this.field.value.trim()), REST_MS);
  }

  async ask(text) {
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: text, limit: MOST, lang: document.documentElement.lang || "es" });
    try {
      const answer = await fetch(`${this.field.dataset.suggest}?${query}`, { signal: this.asked.signal });
      if (answer.ok) this.show((await answer.json()).items);
    } catch {
      this.close(); // the form still works
    }
  }

  show(items) {
    if (document.activeElement !== this.field) return;
    this.items = items;
    this.list.replaceChildren(...items.map((item, at) => this.option(item, at)));
    this.mark(-1);
    const isOpening = this.list.hidden && items.length > 0;
    this.list.hidden = !items.length;
    if (isOpening) this.list.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-expanded", String(items.length > 0));
    this.status.textContent = items.length ? this.field.dataset.found.replace("{n}", items.length) : this.field.dataset.none;
  }

  option(item, at) {
    const line = (tag, text, className = "") => Object.assign(document.createElement(tag), { textContent: text, className });
    const option = document.createElement("li");
    option.id = `${this.list.id}-${at}`;
    option.dataset.at = at;
    option.setAttribute("role", "option");
    option.append(line("span", item.found_as ? `${item.name} (${item.found_as})` : item.name, "suggest__name"), " ", line("span", item.distinction, "suggest__where"));
    const count = item.agreement_count + item.tie_count;
    if (count) option.append(" ", line("span", count, "suggest__count"));
    return option;
  }

  mark(at) {
    this.active = at;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else {
      this.field.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
      this.list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  close() {
    clearTimeout(this.resting);
    this.list.hidden = true;
    this.mark(-1);
    this.field.setAttribute("aria-expanded", "false");
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) this.close();
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.items.length) {
      if (this.list.hidden) this.show(this.items);
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(this.active < 0 && step < 0 ? this.items.length - 1 : (this.active + step + this.items.length) % this.items.length);
    } else return;
    event.preventDefault();
  }

  choose(at) {
    const item = this.items[at];
    this.field.value = item.name;
    this.close();
    const told = new CustomEvent("hermanar:place", { detail: item, bubbles: true, cancelable: true });
    if (!this.field.dispatchEvent(told)) return;
    const lead = this.field.dataset.lead;
    if (lead) location.assign(lead.replace("{id}", encodeURIComponent(item.id)).replace("{slug}", item.slug));
    else this.field.form.requestSubmit();
  }
}

document.querySelectorAll("[data-suggest]").forEach((field) => new Suggestions(field));
