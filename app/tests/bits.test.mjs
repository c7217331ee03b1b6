// The same bits as native, experiment by experiment.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decompress } from "lzma1";

const root = new URL("../../", import.meta.url);

/** The WebAssembly and its JavaScript half as they lie in the built page's sources. */
async function load() {
  const wasm = await import(new URL("app/generated/thalweg.js", root));
  wasm.initSync({ module: readFileSync(new URL("app/generated/thalweg.wasm", root)) });
  return wasm;
}

/** The WebAssembly that the committed page carries. */
function carried() {
  const page = readFileSync(new URL("app/dist/thalweg.html", root), "utf8");
  const packed = page.match(/[A-Za-z0-9+/]{50000,}={0,2}/);
  return Buffer.from(decompress(Buffer.from(packed[0], "base64")));
}

function hashOf(wasm, address, channels) {
  const session = new wasm.Session(address, []);
  while (session.advance(7));
  const hash = createHash("sha256");
  const add = (numbers) => {
    const own = Float64Array.from(numbers, (v) => (Number.isNaN(v) ? NaN : v));
    hash.update(Buffer.from(own.buffer));
  };
  add(session.weights(0));
  add(session.losses(0));
  add(session.evaluations(0));
  for (const name of channels) add(session.channel(0, name));
  session.free();
  return hash.digest("hex");
}

export const tests = {
  async "the page carries the WebAssembly that was built"() {
    assert.ok(carried().equals(readFileSync(new URL("app/generated/thalweg.wasm", root))));
  },
  async "at least 200 experiments go the same way to the bit"() {
    const wasm = await load();
    const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 };
    const lines = execFileSync("cargo", ["run", "--quiet", "-p", "thalweg-explore", "--example", "bits"], options);
    const experiments = lines.trim().split("\n").map((line) => line.split(" "));
    assert.ok(experiments.length >= 200, `${experiments.length} experiments`);
    const wrong = experiments.filter(([address, names, hash]) => hashOf(wasm, address, names.split(",").filter(Boolean)) !== hash);
    assert.deepEqual(wrong.map(([address]) => address), []);
    console.log(`        ${experiments.length} experiments compared`);
  },
};
