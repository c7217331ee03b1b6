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

/** Returns the style sheet of the fonts, which it contains. */
function fontFaces(): string {
  const face = (name: string, weights: string): string => {
    const font = readFileSync(`src/fonts/Roboto-${name}.woff2`).toString("base64");
    return `@font-face{font-family:Roboto;font-weight:${weights};src:url(data:font/woff2;base64,${font})}`;
  };
  return face("Regular", "1 450") + face("Medium", "451 1000");
}

/** Moves the script behind the content, with the fonts before it, so that the browser paints before it has loaded them. */
const order: Plugin = {
  name: "order",
  enforce: "post",
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle)) {
      if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
      const html = String(file.source);
      const start = html.indexOf('<script type="module"');
      const end = html.indexOf("</script>", start) + "</script>".length;
      const bodyEnd = html.lastIndexOf("</body>");
      if (start < 0 || start > bodyEnd) throw new Error("the page has no script in its head");
      const fonts = `<style id="fonts">${fontFaces()}</style>\n`;
      file.source = html.slice(0, start) + html.slice(end, bodyEnd) + fonts + html.slice(start, end) + html.slice(bodyEnd);
    }
  },
};

/** Imports only the decompressor of lzma1 by its file names. The main entry includes the compressor and is four times as large. */
const decompressor = { find: /^lzma1\/lib\//, replacement: fileURLToPath(new URL("node_modules/lzma1/lib/", import.meta.url)) };

export default defineConfig({
  resolve: { alias: [decompressor] },
  base: "./",
  plugins: [wasm, poster, viteSingleFile({ removeViteModuleLoader: true }), order],
  build: { target: "es2022", modulePreload: false },
  worker: { format: "iife" },
});
