// Measures how long the page needs until it is painted and until it is alive: from disk, with a slower processor, and over a
// slow network.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { PAGE, opened } from "./browser.mjs";
import { serving } from "./server.mjs";

const TRIES = 10;
/** How much slower the slow processor is. */
const SLOW_DOWN = 4;
/** A slow network: bytes per second, and milliseconds until the answer begins. */
const NETWORK = { offline: false, downloadThroughput: 1.3e6 / 8, uploadThroughput: 1.3e6 / 8, latency: 563 };

/** Returns the milliseconds until the first paint and until the page is alive, of several visits. */
async function visits(count, url, prepare = async () => {}) {
  const times = { paint: [], alive: [] };
  for (let i = 0; i < count; i += 1) {
    await opened({ url: "about:blank", inside: url, ready: "body" }, async (page) => {
      await prepare(await page.context().newCDPSession(page));
      await page.goto(url);
      await page.waitForSelector("html[data-ready]", { timeout: 60_000 });
      times.alive.push(Number(await page.evaluate(() => document.documentElement.dataset.ready)));
      times.paint.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
    });
  }
  return times;
}

/** Passes the names, the times, and the limits to `show`. */
export async function measureLoading(show) {
  const disk = await visits(TRIES, PAGE);
  show("first paint, from disk", disk.paint, [250]);
  show("alive, from disk", disk.alive, [500]);
  const slow = await visits(TRIES, PAGE, (devtools) => devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN }));
  show(`alive, processor ${SLOW_DOWN} times slower`, slow.alive, [1000]);
  const zipped = gzipSync(readFileSync(new URL(PAGE)), { level: 9 });
  const respond = (request, response) => {
    response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" });
    response.end(zipped);
  };
  await serving(respond, async (url) => {
    const network = await visits(3, url, async (devtools) => {
      await devtools.send("Network.enable");
      await devtools.send("Network.emulateNetworkConditions", NETWORK);
    });
    show("first paint, 1.3 Mbit/s and 563 ms", network.paint, [900]);
    show("alive, 1.3 Mbit/s and 563 ms", network.alive, [3800]);
  });
}
