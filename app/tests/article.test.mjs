// Tests of the page of `thalweg article`: pictures, and live maps that replace them.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { close, eventually, opened } from "./browser.mjs";
import { native } from "./native.mjs";

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
let folder;

/** Opens the page written by the program. */
function article(options, use) {
  if (!folder) {
    folder = mkdtempSync(join(tmpdir(), "thalweg-article-"));
    native("thalweg", "article", "--out", folder);
  }
  const inside = pathToFileURL(folder).href;
  return opened({ url: `${inside}/index.html`, inside, ready: "main", ...options }, use);
}

export const tests = {
  "a button switches between the picture and the live map": () => article({}, async (page) => {
    const section = page.locator("#rprop-11th-to-14th");
    const button = section.locator("button");
    await eventually(async () => assert.match(await button.getAttribute("aria-label"), /^Show the live map: 11\. /));
    await button.focus();
    await page.keyboard.press("Enter");
    const live = section.frameLocator("iframe");
    await live.locator("html[data-ready].embed").waitFor({ state: "attached" });
    await eventually(async () => assert.equal(await live.locator("#position").innerText(), "epoch 20"));
    await eventually(async () => assert.equal(await section.locator("svg").isVisible(), false));
    // Only one live map is open at a time.
    const all = page.locator("#all-algorithms");
    await all.locator("button").click();
    await eventually(async () => assert.equal(await page.locator("iframe").count(), 1));
    await eventually(async () => assert.ok(await section.locator("svg").isVisible()));
    await all.frameLocator("iframe").locator("html[data-ready]").waitFor({ state: "attached" });
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run({ iframes: false }));
    assert.deepEqual(found.violations.map((violation) => violation.id), []);
    await all.locator("button").click();
    await eventually(async () => assert.equal(await page.locator("iframe").count(), 0));
    await eventually(async () => assert.ok(await all.locator("svg").isVisible()));
    await eventually(async () => assert.equal(await page.locator("figure svg").count(), 16));
  }),

  "without scripts the page has its pictures and links": () => article({ context: { javaScriptEnabled: false } }, async (page) => {
    await eventually(async () => assert.equal(await page.locator("figure svg").filter({ visible: true }).count(), 16));
    await eventually(async () => assert.equal(await page.locator("button, iframe").count(), 0));
    await eventually(async () => assert.match(await page.locator("#momentum a").getAttribute("href"), /^explore\.html#on=article&with=momentum:/));
  }),
};

export const after = async () => {
  await close();
  if (folder) rmSync(folder, { recursive: true });
};
