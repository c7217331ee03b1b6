// Runs the programs of this repository. They are built together, as `xtask/src/programs.rs` explains.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";

const root = fileURLToPath(new URL("../../", import.meta.url));
const BUILD = ["build", "--quiet", "--workspace", "--lib", "--examples", "--bin", "thalweg"];
let isBuilt = false;

/** Runs a program, such as `thalweg` or `examples/bits`, and returns its output. */
export function native(program, ...args) {
  if (!isBuilt) execFileSync("cargo", BUILD, { cwd: root });
  isBuilt = true;
  const folder = resolve(root, process.env["CARGO_TARGET_DIR"] ?? "target", "debug");
  return execFileSync(join(folder, program), args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
}
