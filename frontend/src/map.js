// The interactive world. The server's drawing is seen first; this takes its place when its data are here.
// Wheel alone scrolls the page, one finger up and down too; Ctrl and wheel, two fingers, buttons and keys move the map.
import { HEIGHT, WIDTH, turner } from "./map/plane.js";
import { Painter, breath } from "./map/painter.js";
import { Story } from "./map/story.js";
import { Ties } from "./map/ties.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const REST_MS = 160;
const GROW_MS = 900;
const STEP = 60;
const FAR = 24;

class World {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.find = (selector) => root.querySelector(selector);
    this.canvas = this.find("canvas");
    this.stage = this.find(".map__stage");
    this.status = this.find(".map__status");
    this.card = this.find(".map__card");
    this.view = { mode: "flat", k: 1, s: 1, x: 0, y: 0, lambda: 100, phi: -22, isMoving: false };
    this.chosen = null;
    this.hovered = null;
    this.pointers = new Map();
    this.isByKeys = false;
  }

  async start() {
    this.status.textContent = this.words.loading;
    let world, data;
    try {
      [world, data] = await Promise.all([this.json("shapes"), this.json("ties")]);
    } catch {
      return this.giveUp(this.words.error);
    }
    if (!data.places.length && !this.words.world) return this.giveUp(this.words.empty);
    this.ties = await Ties.read(data, this.words.origin, breath);
    this.painter = new Painter(this.canvas, this.ties);
    await this.painter.keep("world", world);
    this.country = new Intl.DisplayNames([this.words.lang], { type: "region" });
    this.number = new Intl.NumberFormat(this.words.lang === "es" ? "es-MX" : this.words.lang);
    this.canvas.hidden = false;
    this.root.dataset.ready = "";
    this.addProbe();
    this.story = new Story(this.root, (slug) => this.turnTo(slug));
    this.listen();
    this.fit();
    this.tell();
    if (this.ties.origin !== null) this.choose(this.ties.origin, false);
    this.awaitTouch();
  }

  tell() {
    this.told = this.fill(this.words.count, { ties: this.number.format(this.ties.list.length), places: this.number.format(this.ties.places.length) });
    this.status.textContent = this.told;
  }

  // One city's ties come first; those of the whole world when somebody reaches for the map.
  awaitTouch() {
    if (!this.words.world) return;
    const once = () => {
      touches.forEach((name) => this.root.removeEventListener(name, once));
      this.everything();
    };
    const touches = ["pointerenter", "pointerdown", "focusin", "keydown"];
    touches.forEach((name) => this.root.addEventListener(name, once));
    if (!this.ties.places.length) once();
  }

  // Asked for once, however many wait for it.
  everything() {
    this.whole ??= this.words.world ? this.readWorld() : Promise.resolve();
    return this.whole;
  }

  async readWorld() {
    let data;
    try {
      data = await this.json("world");
    } catch {
      this.whole = null; // the city's own ties stay; the next touch asks again
      return;
    }
    const slug = this.chosen === null ? null : this.ties.places[this.chosen].slug;
    this.ties = await Ties.read(data, this.words.origin, breath);
    this.painter.ties = this.ties;
    this.chosen = slug === null ? null : this.ties.indexOf(slug);
    this.hovered = null;
    this.show(this.chosen);
    this.tell();
    this.moved(true);
  }

  // The page tells of another city now: its ties are drawn from it.
  async turnTo(slug) {
    await this.everything();
    const index = this.ties.indexOf(slug);
    this.ties.origin = index;
    if (index !== null) return this.goTo(index);
    this.choose(null);
    this.status.textContent = this.fill(this.words.alone, { name: this.find("[data-suggest]").value || slug });
  }

  async tellOf(name, options) {
    if (!(await this.story.tell(name, options))) this.status.textContent = this.words.lost;
  }

  // The server's drawing stays, without the tools that would move nothing.
  giveUp(why) {
    this.root.dataset.still = "";
    this.status.textContent = why;
  }

  async json(name) {
    const answer = await fetch(this.words[name]);
    if (!answer.ok) throw new Error(`${answer.status} ${this.words[name]}`);
    return answer.json();
  }

  fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  addProbe() {
    this.probe = document.createElement("span");
    const box = document.createElement("span");
    box.className = "map__probe";
    box.append(this.probe);
    this.stage.append(box);
    this.painter.readPaint(this.probe);
  }

  // --- the view

  fit() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height) return;
    this.painter.size(width, height);
    const v = this.view;
    v.base = v.mode === "globe" ? Math.min(width, height) * 0.46 : Math.max(Math.min(width / WIDTH, height / HEIGHT), (0.84 * height) / HEIGHT);
    v.k = 1;
    v.s = v.base;
    this.isByKeys = false;
    const home = this.ties.origin === null ? null : this.ties.places[this.ties.origin];
    if (v.mode === "globe") [v.x, v.y] = [width / 2, height / 2];
    else {
      v.x = width / 2 - (home && WIDTH * v.s > width ? home.x * 0.55 + WIDTH * 0.225 : WIDTH / 2) * v.s;
      v.y = (height - HEIGHT * v.s) / 2;
    }
    this.hold();
    this.moved(true);
  }

  // The world never leaves the picture.
  hold() {
    const v = this.view;
    if (v.mode === "globe") {
      v.phi = Math.max(-85, Math.min(85, v.phi));
      return;
    }
    const { width, height } = this.painter;
    const [w, h] = [WIDTH * v.s, HEIGHT * v.s];
    if (this.isByKeys) {
      // Every place can be brought under the mark at the centre.
      v.x = Math.min(width / 2, Math.max(width / 2 - w, v.x));
      v.y = Math.min(height / 2, Math.max(height / 2 - h, v.y));
      return;
    }
    v.x = w < width ? (width - w) / 2 : Math.min(0, Math.max(width - w, v.x));
    v.y = h < height ? (height - h) / 2 : Math.min(0, Math.max(height - h, v.y));
  }

  pan(dx, dy) {
    const v = this.view;
    if (v.mode === "globe") {
      v.lambda += (dx / v.s) * 57;
      v.phi -= (dy / v.s) * 57;
    } else {
      v.x += dx;
      v.y += dy;
    }
    this.hold();
    this.moved();
  }

  zoom(factor, x = this.painter.width / 2, y = this.painter.height / 2) {
    const v = this.view;
    const k = Math.max(1, Math.min(FAR, v.k * factor));
    const f = k / v.k;
    v.k = k;
    v.s = v.base * k;
    if (v.mode === "flat") {
      v.x = x - (x - v.x) * f;
      v.y = y - (y - v.y) * f;
    }
    this.hold();
    this.moved();
    if (k > 2.5) this.detail();
  }

  async detail() {
    if (this.asked) return;
    this.asked = true;
    const keep = async (name) => {
      await this.painter.keep(name, await this.json(name));
      this.draw();
    };
    await Promise.allSettled([keep("states"), keep("detail")]);
  }

  moved(isDone = false) {
    this.view.isMoving = !isDone;
    this.painter.run += 1;
    this.draw();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.view.isMoving = false;
      this.draw();
      this.painter.settle(this.view, () => this.draw());
    }, isDone ? 0 : REST_MS);
  }

  draw() {
    if (this.pending) return;
    this.pending = requestAnimationFrame((now) => {
      this.pending = 0;
      const focus = this.chosen ?? this.hovered;
      let progress = 1;
      if (this.grownFrom) progress = Math.min(1, (now - this.grownFrom) / GROW_MS);
      this.painter.frame(this.view, focus, 1 - (1 - progress) ** 3, this.chosen !== null);
      if (progress < 1) this.draw();
      else this.grownFrom = 0;
    });
  }

  // --- places

  at(x, y, reach = 14) {
    const v = this.view;
    if (v.mode === "flat") return this.ties.nearest((x - v.x) / v.s, (y - v.y) / v.s, reach / v.s);
    const turn = turner(v.lambda, v.phi);
    let best = null;
    let least = reach * reach;
    this.ties.places.forEach((place, i) => {
      const at = this.painter.spot(v, turn, place);
      const d = at ? (at[0] - x) ** 2 + (at[1] - y) ** 2 : Infinity;
      if (d < least) [best, least] = [i, d];
    });
    return best;
  }

  choose(index, isTold = true) {
    this.chosen = index;
    this.grownFrom = index !== null && !calm.matches ? performance.now() : 0;
    this.show(index);
    if (isTold) this.status.textContent = index === null ? this.told : this.fill("{name}: {ties}", this.wordsOf(index));
    this.draw();
  }

  // Chosen on the map by hand or by key: the picture stays where it is, the page follows.
  pick(index) {
    this.choose(index);
    if (index !== null) this.tellOf(this.ties.places[index].slug, { isShown: false });
  }

  wordsOf(index) {
    const place = this.ties.places[index];
    const count = this.number.format(place.count);
    const ties = place.count === 1 ? this.words.placeOne : this.fill(this.words.placeCount, { count });
    return { name: place.name, ties };
  }

  show(index) {
    this.card.hidden = index === null;
    if (index === null) return;
    const place = this.ties.places[index];
    const line = (tag, text) => {
      const element = document.createElement(tag);
      element.textContent = text;
      return element;
    };
    let country = place.country || "";
    try {
      country = country && this.country.of(country);
    } catch {
      // an unknown code is shown as it is
    }
    this.card.className = `map__card hue-${["home", "na", "sa", "eu", "as", "af", "oc", "an"][place.hue]}`;
    this.card.replaceChildren(line("strong", place.name), line("span", country), line("span", this.wordsOf(index).ties));
    if (place.url) {
      const link = line("a", this.words.open);
      link.href = place.url;
      this.card.append(link);
    }
  }

  goTo(index) {
    const place = this.ties.places[index];
    const v = this.view;
    if (v.mode === "globe") {
      v.lambda = -Math.atan2(place.v[1], place.v[0]) * 57.2958;
      v.phi = -Math.asin(place.v[2]) * 57.2958;
    } else {
      v.x = this.painter.width / 2 - place.x * v.s;
      v.y = this.painter.height / 2 - place.y * v.s;
    }
    this.hold();
    this.moved(true);
    this.choose(index);
  }

  // --- hands

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.up(event));
    canvas.addEventListener("pointerleave", () => this.hover(null));
    canvas.addEventListener("dblclick", (event) => this.zoom(2, event.offsetX, event.offsetY));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
    this.root.querySelectorAll("[data-map-do]").forEach((button) => button.addEventListener("click", () => this.act(button.dataset.mapDo)));
    this.listenSearch(this.find("[data-suggest]"));
    const repaint = () => {
      this.painter.readPaint(this.probe);
      this.moved(true);
    };
    document.addEventListener("hermanar:theme", repaint);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    new ResizeObserver(() => (this.stage.clientWidth !== this.painter.width || this.stage.clientHeight !== this.painter.height) && this.fit()).observe(this.stage);
  }

  listenSearch(field) {
    if (!field) return;
    field.addEventListener("hermanar:place", (event) => {
      event.preventDefault();
      this.tellOf(event.detail.slug);
    });
    field.form.addEventListener("submit", (event) => {
      const text = field.value.trim();
      if (!text) return;
      event.preventDefault();
      this.tellOf(text);
    });
  }

  act(name) {
    if (name === "in") this.zoom(1.7);
    if (name === "out") this.zoom(1 / 1.7);
    if (name === "reset") {
      this.choose(this.ties.origin);
      this.fit();
    }
    if (name === "globe") {
      this.view.mode = this.view.mode === "globe" ? "flat" : "globe";
      this.find('[data-map-do="globe"]').setAttribute("aria-pressed", String(this.view.mode === "globe"));
      this.fit();
    }
  }

  down(event) {
    this.pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    this.canvas.setPointerCapture(event.pointerId);
    this.travelled = 0;
    this.isByKeys = false;
  }

  move(event) {
    const now = [event.offsetX, event.offsetY];
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.hover(this.at(...now, 10));
      return;
    }
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    this.travelled += Math.hypot(dx, dy);
    if (this.pointers.size === 2) {
      const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const spread = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
      this.zoom(spread(now) / spread(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
      this.pan(dx / 2, dy / 2);
    } else this.pan(dx, dy);
    this.pointers.set(event.pointerId, now);
  }

  up(event) {
    if (event.type === "pointerup" && this.pointers.size === 1 && this.travelled < 6) {
      const index = this.at(event.offsetX, event.offsetY, event.pointerType === "mouse" ? 10 : 22);
      this.pick(index === this.chosen ? null : index);
    }
    this.pointers.delete(event.pointerId);
  }

  hover(index) {
    if (index === this.hovered) return;
    this.hovered = index;
    this.canvas.classList.toggle("is-over", index !== null);
    if (this.chosen === null || index !== null) this.show(index);
    else this.show(this.chosen);
    if (this.chosen === null) this.draw();
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * 0.01), event.offsetX, event.offsetY);
  }

  key(event) {
    const keys = {
      ArrowLeft: () => this.pan(STEP, 0),
      ArrowRight: () => this.pan(-STEP, 0),
      ArrowUp: () => this.pan(0, STEP),
      ArrowDown: () => this.pan(0, -STEP),
      "+": () => this.zoom(1.5),
      "-": () => this.zoom(1 / 1.5),
      0: () => this.act("reset"),
      Enter: () => this.pick(this.atCentre()),
      Escape: () => this.choose(null),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.isByKeys = event.key !== "0";
    keys[event.key]();
    // What the mark is nearest to is told before it is chosen.
    if (event.key.startsWith("Arrow") || event.key === "+" || event.key === "-") this.hover(this.atCentre());
  }

  atCentre() {
    return this.at(this.painter.width / 2, this.painter.height / 2, 400);
  }
}

// What is read comes first: on a slow line the shapes of countries would travel before the letters.
const begin = () => document.querySelectorAll("[data-map]").forEach((root) => new World(root).start());
if (document.readyState === "complete") begin();
else addEventListener("load", begin, { once: true });
