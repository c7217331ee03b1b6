import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** `virtual:wasm` is the WebAssembly, packed and as text, so that it lies in the page itself. */
const wasm: Plugin = {
  name: "wasm",
  resolveId: (id) => (id === "virtual:wasm" ? id : null),
  load: (id) => {
    if (id !== "virtual:wasm") return null;
    const packed = gzipSync(readFileSync("generated/thalweg.wasm"), { level: 9 });
    return `export default ${JSON.stringify(packed.toString("base64"))};`;
  },
};

export default defineConfig({
  base: "./",
  plugins: [wasm, viteSingleFile({ removeViteModuleLoader: true })],
  build: { target: "es2022", modulePreload: false },
  worker: { format: "iife" },
});
