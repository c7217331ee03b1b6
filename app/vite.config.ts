import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compress } from "lzma1";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** Provides the module `virtual:wasm`: the WebAssembly, compressed with LZMA and encoded as base64. */
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

/** Imports only the decompressor of lzma1 by its file names. The main entry includes the compressor and is four times as large. */
const decompressor = { find: /^lzma1\/lib\//, replacement: fileURLToPath(new URL("node_modules/lzma1/lib/", import.meta.url)) };

export default defineConfig({
  resolve: { alias: [decompressor] },
  base: "./",
  plugins: [wasm, viteSingleFile({ removeViteModuleLoader: true })],
  build: { target: "es2022", modulePreload: false },
  worker: { format: "iife" },
});
