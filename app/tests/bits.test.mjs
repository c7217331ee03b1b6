// Compares runs of the WebAssembly bit by bit with runs of the native program.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decompress } from "lzma1";

const root = new URL("../../", import.meta.url);

/** Returns a part of the program of the committed page. */
function part(page, id) {
  const [, packed] = page.match(new RegExp(`<script type="text/plain" id="${id}">([^<]*)</script>`));
  return Buffer.from(decompress(Buffer.from(packed, "base64")));
}

/** Loads the WebAssembly of the committed page with its JavaScript bindings. */
export async function load() {
  const page = readFileSync(new URL("app/dist/thalweg.html", root), "utf8");
  const wasm = await import(new URL("app/dist/thalweg.js", root));
  const first = wasm.initSync({ module: part(page, "program-first") });
  new WebAssembly.Instance(new WebAssembly.Module(part(page, "program-rest")), { "": { ...first } });
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
    const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 };
    const lines = execFileSync("cargo", ["run", "--quiet", "-p", "thalweg-explore", "--example", "bits"], options);
    const experiments = lines.trim().split("\n").map((line) => line.split(" "));
    assert.ok(experiments.length >= 200, `${experiments.length} experiments`);
    const wrong = experiments.filter(([address, names, hash]) => hashOf(wasm, address, names.split(",").filter(Boolean)) !== hash);
    assert.deepEqual(wrong.map(([address]) => address), []);
    console.log(`        ${experiments.length} experiments compared`);
  },
};
