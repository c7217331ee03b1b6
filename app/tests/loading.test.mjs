// Tests of the time before the scripts have started.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { PAGE, close, column, eventually, lists, opened, scrub, until } from "./browser.mjs";
import { serving } from "./server.mjs";

const html = readFileSync(new URL(PAGE), "utf8");
const script = html.indexOf('<script type="text/plain" id="program-worker"');
const rest = html.indexOf('<script type="text/plain" id="program-rest"');

/** Opens the page from a server that sends everything up to a position, and the rest when `use` calls its second argument. */
async function openedInTwoParts(position, options, use) {
  let finish;
  const respond = (request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.write(html.slice(0, position));
    finish = () => response.end(html.slice(position));
  };
  await serving(respond, (url) => opened({ url, waitUntil: "commit", ...options }, (page) => use(page, () => finish())));
}

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

  "the page is painted while its script is loading": () => openedInTwoParts(script, { ready: "#poster" }, async (page, finish) => {
    await eventually(async () => assert.ok(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)));
    await showsPoster(page);
    finish();
    await until(page, () => document.documentElement.dataset.ready !== undefined);
  }),

  // Without the rest, nothing is answered after a request that needs it.
  "the first visit needs only the first part of the program": async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
        await openedInTwoParts(rest, { context: { colorScheme, viewport } }, async (page, finish) => {
          for (const at of [0, 7, 20, 500, 797]) await scrub(page, at);
          await until(page, () => document.querySelector("#canvas").dataset.planes !== undefined);
          const label = await page.locator("#handle").getAttribute("aria-label");
          const handle = await page.locator("#handle").boundingBox();
          await page.mouse.move(handle.x + 15, handle.y + 15);
          await page.mouse.down();
          for (let i = 1; i <= 5; i += 1) await page.mouse.move(handle.x + 15 + 12 * i, handle.y + 15 - 9 * i);
          await page.mouse.up();
          await eventually(async () => assert.notEqual(await page.locator("#handle").getAttribute("aria-label"), label));
          finish();
        });
      }
    }
  },

  "a request that needs the rest of the program waits for it": () => openedInTwoParts(rest, {}, async (page, finish) => {
    await page.selectOption("#problem", "rosenbrock");
    await page.locator("#view-table").click();
    finish();
    await eventually(async () => assert.match(await page.locator("#title").innerText(), /Rosenbrock/));
    await lists(page, "Algorithm", await column(page, "Algorithm"));
  }),

  "an address with another experiment waits for the rest of the program": () =>
    openedInTwoParts(rest, { ready: "#canvas", hash: "#on=quadratic&with=adam" }, async (page, finish) => {
      finish();
      await until(page, () => document.documentElement.dataset.ready !== undefined);
      await eventually(async () => assert.match(await page.locator("#optimizers").innerText(), /Adam/));
    }),
};

export const after = close;
