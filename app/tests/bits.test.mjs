// Compares runs of the WebAssembly bit by bit with runs of the native program.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decompress } from "lzma1";
import { native } from "./native.mjs";

const root = new URL("../../", import.meta.url);

/** Returns both parts of the program of a page. They are one stream, and the size of the first part precedes it. */
function parts(page) {
  const [first, rest] = ["first", "rest"].map((name) => page.match(new RegExp(`<script type="text/plain" id="program-${name}">([^<]*)</script>`))[1]);
  const [size, begin] = first.split(" ");
  const program = Buffer.from(decompress(Buffer.concat([begin, rest].map((part) => Buffer.from(part, "base64")))));
  return [program.subarray(0, Number(size)), program.subarray(Number(size))];
}

/** Loads the WebAssembly of the committed page with its JavaScript bindings. */
export async function load() {
  const page = readFileSync(new URL("app/dist/thalweg.html", root), "utf8");
  const wasm = await import(new URL("app/dist/thalweg.js", root));
  const [first, rest] = parts(page);
  const loaded = wasm.initSync({ module: first });
  new WebAssembly.Instance(new WebAssembly.Module(rest), { "": { ...loaded } });
  return wasm;
}

function hashOf(wasm, address, channels) {
  const session = new wasm.Session(address, []);
  while (session.advance(7));
  const hash = createHash("sha256");
  const add = (numbers) => {
    const canonical = Float64Array.from(numbers, (v) => (Number.isNaN(v) ? NaN : v));
    hash.update(Buffer.from(canonical.buffer));
  };
  add(session.weights(0));
  add(session.losses(0));
  add(session.evaluations(0));
  for (const name of channels) add(session.channel(0, name));
  session.free();
  return hash.digest("hex");
}

export const tests = {
  async "at least 200 experiments have the same bits"() {
    const wasm = await load();
    const lines = native("examples/bits");
    const experiments = lines.trim().split("\n").map((line) => line.split(" "));
    assert.ok(experiments.length >= 200, `${experiments.length} experiments`);
    const wrong = experiments.filter(([address, names, hash]) => hashOf(wasm, address, names.split(",").filter(Boolean)) !== hash);
    assert.deepEqual(wrong.map(([address]) => address), []);
    console.log(`        ${experiments.length} experiments compared`);
  },
};
