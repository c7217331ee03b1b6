// Runs all tests in this folder: bit-by-bit comparisons of the WebAssembly with the native program, and tests in a browser.
// `node tests/run.mjs WORD` runs the tests whose names contain the word.

import { readdirSync } from "node:fs";

const word = process.argv[2] ?? "";
const folder = new URL(".", import.meta.url);
const failed = [];
let count = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort()) {
  const { tests, after } = await import(new URL(file, folder));
  for (const [name, test] of Object.entries(tests)) {
    if (!`${file} ${name}`.includes(word)) continue;
    count += 1;
    const label = `${file.replace(".test.mjs", "")}: ${name}`;
    try {
      await test();
      console.log(`ok      ${label}`);
    } catch (error) {
      failed.push(label);
      console.log(`FAILED  ${label}\n${error.stack ?? error}`);
    }
  }
  await after?.();
}
// Their reports can be long, so the names follow once more.
for (const label of failed) console.log(`failed: ${label}`);
console.log(`${count} tests, ${failed.length} failed`);
process.exitCode = failed.length > 0 || count === 0 ? 1 : 0;
