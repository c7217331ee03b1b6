import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compress } from "lzma1";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** `virtual:wasm` is the WebAssembly, packed by LZMA and as text, so that it lies in the page itself. */
const wasm: Plugin = {
  name: "wasm",
  resolveId: (id) => (id === "virtual:wasm" ? id : null),
  load: (id) => {
    if (id !== "virtual:wasm") return null;
    const packed = compress(readFileSync("generated/thalweg.wasm"), 9);
    writeFileSync("generated/thalweg.lzma", packed);
    return `export default ${JSON.stringify(Buffer.from(packed).toString("base64"))};`;
  },
};

/** The parts of lzma1 that unpack, by their files: by its name one gets the part that packs as well, four times as much. */
const unpacking = { find: /^lzma1\/lib\//, replacement: fileURLToPath(new URL("node_modules/lzma1/lib/", import.meta.url)) };

export default defineConfig({
  resolve: { alias: [unpacking] },
  base: "./",
  plugins: [wasm, viteSingleFile({ removeViteModuleLoader: true })],
  build: { target: "es2022", modulePreload: false },
  worker: { format: "iife" },
});
