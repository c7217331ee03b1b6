// Tests of the time before the scripts have started.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { PAGE, close, eventually, opened, until } from "./browser.mjs";
import { serving } from "./server.mjs";

const html = readFileSync(new URL(PAGE), "utf8");
const script = html.indexOf('<script type="module"');

/** Asserts that the map with its paths is visible. */
async function showsPoster(page) {
  const box = await page.locator("#poster").boundingBox();
  assert.ok(box.width > 200 && box.height > 200, JSON.stringify(box));
  const colors = await page.locator("#poster").evaluate((poster) => new Set([...poster.querySelectorAll("path")].map((path) => path.getAttribute("fill"))).size);
  assert.ok(colors > 8, `${colors} colors`);
}

export const tests = {
  "the map of the first visit is visible without scripts": () => opened({ ready: "#poster", context: { javaScriptEnabled: false } }, showsPoster),

  "the content is before the script and the fonts, and small": () => {
    assert.ok(script > 0);
    assert.ok(html.indexOf('id="poster"') < script && html.indexOf('<style id="fonts">') > html.indexOf("</main>"));
    const bytes = gzipSync(html.slice(0, html.indexOf('<style id="fonts">')), { level: 9 }).length;
    assert.ok(bytes < 40_000, `${bytes} bytes`);
  },

  "the page is painted while its script is loading": async () => {
    let finish;
    const respond = (request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.write(html.slice(0, script));
      finish = () => response.end(html.slice(script));
    };
    await serving(respond, (url) => opened({ url, ready: "#poster", waitUntil: "commit" }, async (page) => {
      await eventually(async () => assert.ok(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)));
      await showsPoster(page);
      finish();
      await until(page, () => document.documentElement.dataset.ready !== undefined);
    }));
  },
};

export const after = close;
