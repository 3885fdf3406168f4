// Paints the world: land at once, ties a slice per frame on a layer of their own, which is only moved while the hand moves.
import { geoGraticule10, geoPath } from "d3-geo";
import { merge, mesh } from "topojson-client";
import { flat, globe, turner } from "./plane.js";
import { HUES } from "./ties.js";

const WIDTHS = [2.6, 1.6, 0.9, 1.2, 0.9];
const SLICE_MS = 7; // a slow telephone takes four times as long, and must still answer a finger
const SHOW_MS = 240;
const BUNDLE = 120;
const idle = self.requestIdleCallback ? (act) => requestIdleCallback(act, { timeout: 200 }) : (act) => setTimeout(act, 20);
export const breath = () => new Promise((go) => setTimeout(go));
const MANY = 2000; // from here on single ties are not seen, only where they gather

export class Painter {
  constructor(canvas, ties) {
    this.canvas = canvas;
    this.ties = ties;
    this.ctx = canvas.getContext("2d");
    this.layer = document.createElement("canvas");
    this.layerView = null;
    this.earth = document.createElement("canvas");
    this.run = 0;
    this.shapes = {};
  }

  // Keeps a TopoJSON file as land and borders, for the plane as ready paths; takes breath between the heavy parts.
  async keep(name, topology) {
    const object = Object.values(topology.objects)[0];
    const inhabited = { ...object, geometries: object.geometries.filter((shape) => shape.id !== "010") };
    const path = geoPath(flat());
    const ready = (shape) => new Path2D(path(shape) ?? "");
    this.graticule ??= { shape: geoGraticule10(), path: ready(geoGraticule10()) };
    await breath();
    const land = name === "states" ? null : merge(topology, inhabited.geometries);
    await breath();
    const landPath = land && ready(land);
    await breath();
    const borders = mesh(topology, inhabited, name === "states" ? undefined : (a, b) => a !== b);
    await breath();
    this.shapes[name] = { land, borders, landPath, bordersPath: ready(borders) };
  }

  // Colours come from the style sheet through hidden probes, so that day and night are one place's business.
  readPaint(probe) {
    const read = (name) => {
      probe.className = name;
      return getComputedStyle(probe).color;
    };
    this.hues = HUES.map((hue) => read(`hue-${hue}`));
    const style = getComputedStyle(probe.parentElement);
    const token = (name) => {
      probe.className = "";
      probe.style.color = `var(--${name})`;
      const colour = getComputedStyle(probe).color;
      probe.style.color = "";
      return colour;
    };
    this.colours = { land: token("shade"), border: token("rule-strong"), line: token("rule"), ink: token("ink"), ground: token("ground"), sheet: token("sheet") };
    this.font = style.fontFamily;
  }

  size(width, height) {
    const ratio = Math.min(2, devicePixelRatio || 1);
    for (const canvas of [this.canvas, this.layer, this.earth]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    Object.assign(this, { width, height, ratio });
    this.layerView = this.earthSeen = null;
  }

  shape(view) {
    return view.k > 3 && this.shapes.detail ? this.shapes.detail : this.shapes.world;
  }

  // One frame: land, then the layer of ties as it was last painted, moved to where the view is now.
  frame(view, focus, progress, isChosen) {
    const { ctx, ratio } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    this.ground(view);
    const from = this.layerView;
    if (from && from.mode === view.mode) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      if (view.mode === "flat") {
        const s = view.s / from.s;
        ctx.setTransform(s, 0, 0, s, (view.x - from.x * s) * ratio, (view.y - from.y * s) * ratio);
        ctx.globalAlpha = isChosen ? 0.16 : 1;
        ctx.drawImage(this.layer, 0, 0);
      } else if (from.lambda === view.lambda && from.phi === view.phi && from.s === view.s) {
        ctx.globalAlpha = isChosen ? 0.16 : 1;
        ctx.drawImage(this.layer, 0, 0);
      }
      ctx.globalAlpha = 1;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    if (view.mode === "globe" && (!from || from.lambda !== view.lambda || from.phi !== view.phi || from.s !== view.s)) this.dots(ctx, view);
    if (focus !== null) this.focus(ctx, view, focus, progress);
  }

  // Land is drawn anew while the hand moves; at rest it is drawn once and then only laid down.
  ground(view) {
    const { ctx, earth, ratio } = this;
    const land = (on) => (view.mode === "globe" ? this.globeLand(view, on) : this.flatLand(view, on));
    if (view.isMoving) return land(ctx);
    const { mode, k, s, x, y, lambda, phi } = view;
    const shapes = Object.keys(this.shapes).length;
    const seen = JSON.stringify([mode, k, s, x, y, lambda, phi, shapes, this.width, this.height, this.colours]);
    if (seen !== this.earthSeen) {
      const on = earth.getContext("2d");
      on.setTransform(ratio, 0, 0, ratio, 0, 0);
      on.clearRect(0, 0, this.width, this.height);
      land(on);
      this.earthSeen = seen;
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(earth, 0, 0);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  flatLand(view, ctx) {
    const { colours, ratio } = this;
    const shape = this.shape(view);
    ctx.setTransform(view.s * ratio, 0, 0, view.s * ratio, view.x * ratio, view.y * ratio);
    ctx.strokeStyle = colours.line;
    ctx.lineWidth = 0.5 / view.s;
    ctx.stroke(this.graticule.path);
    ctx.fillStyle = colours.land;
    ctx.fill(shape.landPath, "evenodd");
    ctx.strokeStyle = colours.border;
    ctx.lineWidth = 0.6 / view.s;
    ctx.stroke(shape.bordersPath);
    ctx.stroke(shape.landPath);
    if (view.k > 2.5 && this.shapes.states) {
      ctx.lineWidth = 0.4 / view.s;
      ctx.stroke(this.shapes.states.bordersPath);
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  globeLand(view, ctx) {
    const { colours } = this;
    const projection = globe().scale(view.s).translate([view.x, view.y]).rotate([view.lambda, view.phi]);
    const path = geoPath(projection, ctx);
    const draw = (shape, fill, stroke, width) => {
      ctx.beginPath();
      path(shape);
      if (fill) {
        ctx.fillStyle = fill;
        ctx.fill();
      }
      if (stroke) {
        ctx.strokeStyle = stroke;
        ctx.lineWidth = width;
        ctx.stroke();
      }
    };
    draw({ type: "Sphere" }, colours.ground, colours.border, 1);
    if (!view.isMoving) draw(this.graticule.shape, null, colours.line, 0.5);
    draw(this.shapes.world.land, colours.land, colours.border, 0.6);
    if (!view.isMoving) draw(this.shapes.world.borders, null, colours.border, 0.4);
  }

  // Paints every tie and dot on the layer, a slice per frame; a newer call ends an older one.
  settle(view, onSlice) {
    this.run += 1;
    const run = this.run;
    const ctx = this.layer.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.layer.width, this.layer.height);
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.layerView = { ...view };
    const { order } = this.ties;
    const turn = turner(view.lambda, view.phi);
    let at = 0;
    const alpha = Math.max(0.06, Math.min(0.9, 12 / Math.sqrt(order.length + 1)));
    let shown = performance.now();
    const slice = () => {
      if (run !== this.run) return;
      const began = performance.now();
      while (at < order.length && performance.now() < began + SLICE_MS) at = this.bundle(ctx, view, turn, at, alpha);
      const isDone = at >= order.length;
      if (isDone) this.dots(ctx, view);
      else idle(slice);
      if (isDone || began > shown + SHOW_MS) {
        shown = began;
        onSlice(isDone);
      }
    };
    idle(slice);
  }

  bundle(ctx, view, turn, from, alpha) {
    const { order, list, places } = this.ties;
    const first = list[order[from]];
    const hue = places[first.b].hue;
    ctx.beginPath();
    let at = from;
    for (; at < order.length && at < from + BUNDLE; at += 1) {
      const tie = list[order[at]];
      if (places[tie.b].hue !== hue || tie.stroke !== first.stroke) break;
      this.trace(ctx, view, turn, this.ties.way(order[at]), 1);
    }
    ctx.strokeStyle = this.hues[hue];
    ctx.globalAlpha = first.stroke === 0 ? Math.min(1, alpha * 3) : alpha;
    ctx.lineWidth = Math.max(0.7, WIDTHS[first.stroke] * (list.length > MANY ? 0.8 : 1));
    ctx.setLineDash(first.stroke === 3 && list.length < MANY ? [1.2, 3] : []);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    return at;
  }

  // Adds one way to the path, up to a share of its length.
  trace(ctx, view, turn, way, share, isReversed = false) {
    const points = view.mode === "globe" ? way.vectors : way.points;
    const count = Math.max(2, Math.ceil(points.length * share));
    let isDown = false;
    for (let i = 0; i < Math.min(count, points.length); i += 1) {
      const point = points[isReversed ? points.length - 1 - i : i];
      let x;
      let y;
      if (view.mode === "globe") {
        const [gx, gy, depth] = turn(point[0], point[1], point[2]);
        if (depth < 0) {
          isDown = false;
          continue;
        }
        [x, y] = [view.x + gx * view.s, view.y + gy * view.s];
      } else {
        if (point === null) {
          isDown = false;
          continue;
        }
        [x, y] = [point[0] * view.s + view.x, point[1] * view.s + view.y];
      }
      if (isDown) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
      isDown = true;
    }
  }

  spot(view, turn, place) {
    if (view.mode === "flat") return [place.x * view.s + view.x, place.y * view.s + view.y];
    const [x, y, depth] = turn(...place.v);
    return depth < 0 ? null : [view.x + x * view.s, view.y + y * view.s];
  }

  dots(ctx, view) {
    const turn = turner(view.lambda, view.phi);
    const many = this.ties.places.length > MANY;
    const side = (many ? 1.1 : 3.4) * Math.min(2.2, Math.sqrt(view.k));
    this.hues.forEach((colour, hue) => {
      ctx.fillStyle = colour;
      for (const place of this.ties.places) {
        if (place.hue !== hue) continue;
        const at = this.spot(view, turn, place);
        if (!at || at[0] < 0 || at[1] < 0 || at[0] > this.width || at[1] > this.height) continue;
        ctx.fillRect(at[0] - side / 2, at[1] - side / 2, side, side);
      }
    });
  }

  // The chosen place, its ways growing out of it, and the dots they reach.
  focus(ctx, view, index, progress) {
    const turn = turner(view.lambda, view.phi);
    const chosen = this.ties.places[index];
    for (const i of chosen.ties) {
      const tie = this.ties.list[i];
      const other = this.ties.places[tie.a === index ? tie.b : tie.a];
      ctx.beginPath();
      this.trace(ctx, view, turn, this.ties.way(i), progress, tie.b === index);
      ctx.strokeStyle = this.hues[other.hue];
      ctx.lineWidth = WIDTHS[tie.stroke] * 1.15;
      ctx.setLineDash(tie.stroke === 3 ? [1.5, 3.5] : []);
      ctx.stroke();
      ctx.setLineDash([]);
      const at = progress >= 1 && this.spot(view, turn, other);
      if (at) this.disc(ctx, at, tie.stroke === 0 ? 4.5 : 3, this.hues[other.hue], tie.stroke === 4);
    }
    const at = this.spot(view, turn, chosen);
    if (at) this.disc(ctx, at, 5.5, this.colours.ink, true);
  }

  disc(ctx, [x, y], radius, colour, isHollow) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 7);
    ctx.fillStyle = isHollow ? this.colours.ground : colour;
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = colour;
    if (isHollow) ctx.stroke();
  }
}

