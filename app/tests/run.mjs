// Runs all tests in this folder: bit-by-bit comparisons of the WebAssembly with the native program, and tests in a browser.
// `node tests/run.mjs WORD` runs the tests whose names contain the word.

import { readdirSync } from "node:fs";

const word = process.argv[2] ?? "";
const folder = new URL(".", import.meta.url);
let failures = 0;
let count = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort()) {
  const { tests, after } = await import(new URL(file, folder));
  for (const [name, test] of Object.entries(tests)) {
    if (!`${file} ${name}`.includes(word)) continue;
    count += 1;
    try {
      await test();
      console.log(`ok      ${file.replace(".test.mjs", "")}: ${name}`);
    } catch (error) {
      failures += 1;
      console.log(`FAILED  ${file.replace(".test.mjs", "")}: ${name}\n${error.stack ?? error}`);
    }
  }
  await after?.();
}
console.log(`${count} tests, ${failures} failed`);
process.exitCode = failures > 0 || count === 0 ? 1 : 0;
