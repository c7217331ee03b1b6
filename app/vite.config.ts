import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { compress } from "lzma1";
import { build, defineConfig, type Plugin } from "vite";
import { functionsOfFirstVisit } from "./build/profile.ts";
import { instrument, split } from "./build/split.ts";
import { Decoder } from "./src/rpc/lzma.ts";

const TARGET = "es2022";

/** Returns the code of the worker. */
async function workerCode(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    build: { write: false, target: TARGET, lib: { entry: "src/rpc/worker.ts", formats: ["iife"], name: "worker" } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !("output" in output)) throw new Error("there is no worker");
  return output.output[0].code.trim();
}

/** Returns both parts of the program, compressed and encoded. Dividing it takes long, so the last result is used again if its
 *  sources are the same. */
async function programParts(worker: string): Promise<{ first: string; rest: string }> {
  const wasm = readFileSync("generated/thalweg.wasm");
  const sources = ["vite.config.ts", "build/profile.ts", "build/split.ts", "package-lock.json"].map((path) => readFileSync(path));
  const hash = createHash("sha256").update(Buffer.concat([wasm, Buffer.from(worker), ...sources])).digest("hex");
  const cache = "generated/parts.json";
  const last = existsSync(cache) ? JSON.parse(readFileSync(cache, "utf8")) : undefined;
  if (last?.hash === hash) return last;
  const { first, rest } = split(wasm, await functionsOfFirstVisit(worker, instrument(wasm)));
  const parts = packed(first, rest);
  writeFileSync(cache, JSON.stringify({ hash, ...parts }));
  return parts;
}

/** Returns both parts as one stream, which is divided where the first part is complete: the size of the first part and the
 *  beginning of the stream, and its end. */
function packed(first: Uint8Array, rest: Uint8Array): { first: string; rest: string } {
  const stream = Buffer.from(compress(Buffer.concat([first, rest]), 9));
  const decoder = new Decoder(stream);
  decoder.decompress(first.length);
  const [begin, end] = [stream.subarray(0, decoder.position), stream.subarray(decoder.position)];
  return { first: `${first.length} ${begin.toString("base64")}`, rest: end.toString("base64") };
}

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

/** Returns an element with data, which the browser does not execute. */
const data = (id: string, content: string): string => `<script type="text/plain" id="${id}">${content}</script>`;

/** Writes the page as one file, with its parts in the order in which they are needed: the content, which the browser paints
 *  while the rest is loading; the fonts; the worker and the first part of the program; the script of the page; and the rest
 *  of the program. */
const singleFile: Plugin = {
  name: "single-file",
  enforce: "post",
  generateBundle: async (_, bundle) => {
    const files = Object.values(bundle);
    const asset = (ending: string) => files.find((file) => file.type === "asset" && file.fileName.endsWith(ending));
    const [page, style, script] = [asset(".html"), asset(".css"), files.find((file) => file.type === "chunk")];
    if (page?.type !== "asset" || style?.type !== "asset" || script?.type !== "chunk" || files.length !== 3) {
      throw new Error(`the page must consist of three files: ${Object.keys(bundle).join(", ")}`);
    }
    const worker = await workerCode();
    const { first, rest } = await programParts(worker);
    const parts = {
      style: `<style>${String(style.source).trim()}</style>`, fonts: `<style id="fonts">${fontFaces()}</style>`,
      worker: data("program-worker", worker), first: data("program-first", first),
      // A module would be executed only after the whole page has been loaded.
      page: `<script>(() => {"use strict";${script.code.trim()}\n})();</script>`, rest: data("program-rest", rest),
    };
    let html = String(page.source).replace(/<script type="module"[^>]*><\/script>\s*/, "").replace(/<link rel="stylesheet"[^>]*>\s*/, "");
    for (const [name, part] of Object.entries(parts)) {
      if (!html.includes(`<!-- ${name} -->`)) throw new Error(`the page has no place for ${name}`);
      html = html.replace(`<!-- ${name} -->`, () => part);
    }
    page.source = html;
    for (const { fileName } of [style, script]) delete bundle[fileName];
  },
};

export default defineConfig({
  base: "./",
  plugins: [poster, singleFile],
  build: { target: TARGET, modulePreload: false },
});
