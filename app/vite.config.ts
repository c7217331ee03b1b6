import { readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compress } from "lzma1";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** Returns the compressed WebAssembly. Compressing takes long, so the last result is used again if it is not older. */
function packedWasm(): Uint8Array {
  const [wasm, lzma] = ["generated/thalweg.wasm", "generated/thalweg.lzma"] as const;
  const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed(lzma) > changed(wasm)) return readFileSync(lzma);
  const packed = compress(readFileSync(wasm), 9);
  writeFileSync(lzma, packed);
  return packed;
}

/** Provides the module `virtual:wasm`: the WebAssembly, compressed with LZMA and encoded as base64. */
const wasm: Plugin = {
  name: "wasm",
  resolveId: (id) => (id === "virtual:wasm" ? id : null),
  load: (id) => {
    if (id !== "virtual:wasm") return null;
    const packed = packedWasm();
    return `export default ${JSON.stringify(Buffer.from(packed).toString("base64"))};`;
  },
};

/** Returns the map of the first visit as SVG without axes, which the page shows until its scripts have started. */
async function posterSvg(): Promise<string> {
  const bindings = await import(new URL("generated/thalweg.js", import.meta.url).href);
  bindings.initSync({ module: readFileSync("generated/thalweg.wasm") });
  const session = new bindings.Session("", []);
  while (session.advance(1000));
  const figure: string = session.figure("contour:legend=false", new Float64Array(), "light", Number.MAX_SAFE_INTEGER, false, 0);
  const [, x, y, width, height] = /<clipPath[^]*?x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/.exec(figure) ?? [];
  const marks = /<g id="marks"[^]*?(?=<g id="axes">)/.exec(figure)?.[0];
  if (!marks || !height) throw new Error("the figure has no marks in a clip");
  const content = marks.replace(/ clip-path="[^"]*"/g, "").replace(/ id="[^"]*"/g, "").replace(/\s*\n\s*/g, "");
  return `<svg id="poster" aria-hidden="true" viewBox="${x} ${y} ${width} ${height}" preserveAspectRatio="none" stroke-linejoin="round">${content}</svg>`;
}

/** Inserts the poster into the page. */
const poster: Plugin = {
  name: "poster",
  transformIndexHtml: async (html) => html.replace("<!-- poster -->", await posterSvg()),
};

/** Imports only the decompressor of lzma1 by its file names. The main entry includes the compressor and is four times as large. */
const decompressor = { find: /^lzma1\/lib\//, replacement: fileURLToPath(new URL("node_modules/lzma1/lib/", import.meta.url)) };

export default defineConfig({
  resolve: { alias: [decompressor] },
  base: "./",
  plugins: [wasm, poster, viteSingleFile({ removeViteModuleLoader: true })],
  build: { target: "es2022", modulePreload: false },
  worker: { format: "iife" },
});
