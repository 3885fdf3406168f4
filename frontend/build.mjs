// Bundles what the browser needs into hermanar/ui/static/ui/build: site.css, a file for each script of src, fonts and shapes.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const ui = join(here, "../hermanar/ui/static/ui");
const out = join(ui, "build");
const maps = join(here, "../hermanar/data/maps");
const target = ["chrome123", "firefox120", "safari17.5"];

// The registry's files by unicode range; the serif is cut at its display size, which makes it a third as heavy,
// and each extension to what our ranges ask of it (ui/css/fonts.css).
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const latin = range(0x20, 0x7e) + range(0xa0, 0xff) + "ıŒœ" + range(0x2bb, 0x2dc) + range(0x2000, 0x206f) + "€™←↑→↓−≈≤≥×";
const latinExt = range(0x100, 0x2af) + range(0x1e00, 0x1e9f) + range(0x1ef2, 0x1eff) + "ʼ";
const serif = "@fontsource-variable/newsreader/files/newsreader";
const sans = "@fontsource-variable/source-sans-3/files/source-sans-3";
const weights = { min: 300, max: 600, default: 400 };
const fonts = [
  { from: `${serif}-latin-opsz-normal.woff2`, to: "serif-latin.woff2", text: latin, axes: { opsz: 48, wght: weights } },
  { from: `${serif}-latin-ext-opsz-normal.woff2`, to: "serif-latin-ext.woff2", text: latinExt, axes: { opsz: 48, wght: weights } },
  { from: `${serif}-latin-opsz-italic.woff2`, to: "serif-italic-latin.woff2", text: latin, axes: { opsz: 20, wght: 400 } },
  { from: `${sans}-latin-wght-normal.woff2`, to: "sans-latin.woff2" },
  { from: `${sans}-latin-ext-wght-normal.woff2`, to: "sans-latin-ext.woff2", text: latinExt },
];

async function cutFont({ from, to, text, axes }) {
  const file = await readFile(join(here, "node_modules", from));
  const cut = text ? await subsetFont(file, text, { targetFormat: "woff2", variationAxes: axes }) : file;
  await writeFile(join(out, "fonts", to), cut);
  return `${to} ${Math.round(cut.length / 1024)} KB`;
}

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "fonts"), { recursive: true });
await mkdir(join(out, "maps"), { recursive: true });
console.log((await Promise.all(fonts.map(cutFont))).join(", "));
for (const name of ["countries-110m.json", "countries-50m.json"]) await copyFile(join(maps, name), join(out, "maps", name));
await copyFile(join(maps, "mx-estados.topojson"), join(out, "maps", "mx-estados.json"));
await build({
  entryPoints: { site: join(here, "../hermanar/ui/css/site.css"), kiosk: join(here, "../hermanar/ui/css/kiosk.css") },
  outdir: out, bundle: true, minify: true, target, logLevel: "warning", external: ["*.woff2"],
});
const result = await build({
  entryPoints: ["site", "theme", "map", "outbox", "facing", "zoom", "viewer", "postcard", "kiosk", "kiosk-worker"].map((name) => join(here, "src", `${name}.js`)),
  outdir: out, bundle: true, minify: true, target, format: "iife", legalComments: "none", metafile: true, logLevel: "warning",
});
for (const [file, { bytes }] of Object.entries(result.metafile.outputs)) console.log(file.split("/").pop(), bytes, "bytes");
