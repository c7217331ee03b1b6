// Runs the core tasks in Firefox and WebKit. `node tests/engines/run.mjs WORD` runs those in the browser whose name
// contains the word.

import assert from "node:assert/strict";
import { CORE, KEYBOARD, MOUSE, failuresOf } from "../tasks.mjs";
import { launch as firefox } from "./firefox.mjs";
import { Page } from "./page.mjs";
import { launch as webkit } from "./webkit.mjs";

const SIZE = { width: 1280, height: 900 };

const all = { ...MOUSE, ...KEYBOARD };
const core = Object.fromEntries(CORE.map((name) => [name, all[name]]));
assert.equal(CORE.length, 15);

let failed = 0;
for (const [name, launch] of Object.entries({ Firefox: firefox, WebKit: webkit })) {
  if (!name.toLowerCase().includes(process.argv[2]?.toLowerCase() ?? "")) continue;
  const browser = await launch(SIZE);
  try {
    const page = new Page(browser);
    const failures = [...(await failuresOf(page, core)), ...browser.errors];
    failed += failures.length;
    for (const failure of failures) console.log(`FAILED  ${name}: ${failure}`);
    if (failures.length === 0) console.log(`ok      ${name}: a newcomer does ${CORE.length} tasks`);
  } finally {
    await browser.close();
  }
}
process.exitCode = failed > 0 ? 1 : 0;
