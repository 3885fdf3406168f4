// What the map reads, and how it is kept.
//
// JSON of data-ties (all lists dense, no keys repeated, nothing that follows from the rest):
//   {
//     "prefix": string: a place's own page is prefix + slug + "/"
//     "hues":   {country: "home" | "na" | "sa" | "eu" | "as" | "af" | "oc" | "an"}: how the other end is painted, by continent
//     "places": [[slug, name, lat, lng, country], …]   slug string, stable; degrees; country ISO 3166-1 alpha-2
//     "ties":   [a, b, stroke, a, b, stroke, …]        a and b are positions in places; strokes as on the rosette:
//        0 full  1 thin  2 hairline  3 dotted  4 open
//   }
// `origin` is the slug of the place whose ties alone are drawn large; empty for none.
import { place, plot, sample, vector } from "./plane.js";

export const HUES = ["home", "na", "sa", "eu", "as", "af", "oc", "an"];
const CELL = 12;

export class Ties {
  // Reads the file in parts, with a breath between them.
  static async read(data, origin, breath) {
    const ties = new Ties();
    for (const part of [() => ties.readPlaces(data), () => ties.readTies(data), () => ties.sort(origin)]) {
      part();
      await breath();
    }
    return ties;
  }

  readPlaces({ prefix, hues, places }) {
    this.places = places.map(([slug, name, lat, lng, country]) => {
      const [x, y] = plot(lat, lng);
      const hue = Math.max(0, HUES.indexOf(hues[country]));
      return { slug, name, country, url: `${prefix}${slug}/`, count: 0, hue, x, y, v: vector(lat, lng), ties: [] };
    });
    this.grid = new Map();
    this.places.forEach((spot, i) => {
      const key = `${Math.floor(spot.x / CELL)},${Math.floor(spot.y / CELL)}`;
      this.grid.get(key)?.push(i) ?? this.grid.set(key, [i]);
    });
  }

  readTies({ ties }) {
    this.list = [];
    for (let i = 0; i < ties.length; i += 3) {
      const [a, b, stroke] = [ties[i], ties[i + 1], ties[i + 2]];
      for (const end of [a, b]) {
        this.places[end].ties.push(this.list.length);
        this.places[end].count += 1;
      }
      this.list.push({ a, b, stroke, way: null });
    }
  }

  // Painted together: the same hue and stroke in one go.
  sort(origin) {
    this.origin = this.indexOf(origin);
    const paint = (tie) => this.places[tie.b].hue * 8 + tie.stroke;
    this.order = this.list.map((_, i) => i).sort((i, j) => paint(this.list[i]) - paint(this.list[j]));
  }

  // The way of a tie, made when it is first drawn: unit vectors and plane points, with a gap where it crosses the edge.
  way(i) {
    const tie = this.list[i];
    if (tie.way) return tie.way;
    const vectors = sample(this.places[tie.a].v, this.places[tie.b].v);
    const points = [];
    let before = null;
    for (const v of vectors) {
      const [lat, lng] = place(v);
      if (before !== null && Math.abs(lng - before) > 180) points.push(null);
      points.push(plot(lat, lng));
      before = lng;
    }
    tie.way = { vectors, points };
    return tie.way;
  }

  nearest(x, y, reach) {
    let best = null;
    let least = reach * reach;
    const [left, right] = [Math.floor((x - reach) / CELL), Math.floor((x + reach) / CELL)];
    const [top, bottom] = [Math.floor((y - reach) / CELL), Math.floor((y + reach) / CELL)];
    for (let cx = left; cx <= right; cx += 1) {
      for (let cy = top; cy <= bottom; cy += 1) {
        for (const i of this.grid.get(`${cx},${cy}`) ?? []) {
          const d = (this.places[i].x - x) ** 2 + (this.places[i].y - y) ** 2;
          if (d < least) [best, least] = [i, d];
        }
      }
    }
    return best;
  }

  // Where a place stands in the list, by its address.
  indexOf(slug) {
    this.bySlug ??= new Map(this.places.map((spot, i) => [spot.slug, i]));
    return this.bySlug.get(slug) ?? null;
  }
}
