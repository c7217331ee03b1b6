// Uses the page for a long time and measures its memory. `MINUTES=10 node tests/run.mjs memory` does so for ten minutes.

import assert from "node:assert/strict";
import { close, opened, scrub, until } from "./browser.mjs";

/** Rounds before the first measurement, because the first use of everything needs memory. */
const WARM_UP = 3;
const ROUNDS = 5;
/** The largest growth after the warm-up: bytes of the heaps, bytes of the WebAssembly, and nodes and listeners of the document.
 *  The memory of the WebAssembly never shrinks, so one request that needs more at a time raises it once. The number of nodes
 *  depends on what is shown. */
const LIMITS = { heaps: 2e6, wasm: 32e6, nodes: 8000, listeners: 100 };

const settled = async (page) => {
  await until(page, () => document.querySelector("#busy").hidden && document.querySelector("#picture-busy").hidden);
  await page.evaluate(() => new Promise(requestAnimationFrame));
};

/** Drags from one share of the map to another. */
async function drag(page, from, to) {
  const box = await page.locator("#canvas").boundingBox();
  const px = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...px(from));
  await page.mouse.down();
  await page.mouse.move(...px(to), { steps: 8 });
  await page.mouse.up();
}

/** Uses everything once: about 50 actions. */
async function round(page, i) {
  const click = (selector) => page.locator(selector).first().click();
  await drag(page, [0.7, 0.3], [0.72, 0.33]);
  for (let j = 0; j < 10; j += 1) await page.mouse.click(...(await pointOf(page, 0.15 + 0.07 * j, 0.2 + 0.05 * ((i + j) % 4))));
  for (const at of [0, 5, 12, 40]) await scrub(page, at);
  for (const id of ["#zoom-in", "#zoom-in", "#zoom-out", "#fit", "#first", "#forward", "#last", "#back"]) await click(id);
  await page.locator("#add").selectOption("adam");
  await click("#add-it");
  await settled(page);
  for (const name of await page.locator(".entry .name").all()) await name.click();
  const slider = page.locator(".main-slider input").first();
  await slider.focus();
  for (let j = 0; j < 6; j += 1) await page.keyboard.press(j < 3 ? "ArrowRight" : "ArrowLeft");
  for (const id of ["#view-table", "#view-settings", "#view-loss"]) await click(id);
  for (const figure of ["surface", "data", "bars", "state"]) {
    await click(`#shortcuts button[value=${figure}]`);
    await settled(page);
  }
  await click("#view-loss");
  await page.locator("#problem").selectOption(i % 2 === 0 ? "rosenbrock" : "himmelblau");
  await settled(page);
  for (let j = 0; j < 2; j += 1) await click("#theme");
  await page.evaluate(() => { location.hash = "#on=article&with=rprop&with=momentum:learning_rate=0.3"; });
  await until(page, () => document.querySelectorAll(".entry").length === 2);
  await settled(page);
}

async function pointOf(page, x, y) {
  const box = await page.locator("#canvas").boundingBox();
  return [box.x + x * box.width, box.y + y * box.height];
}

/** Measures the memory of the page and of all workers after collecting garbage. */
async function measure(page, devtools) {
  await settled(page);
  const collect = () => { for (let i = 0; i < 3; i += 1) globalThis.gc(); return performance.memory?.usedJSHeapSize ?? 0; };
  const workers = page.workers();
  const heaps = [await page.evaluate(collect), ...(await Promise.all(workers.map((worker) => worker.evaluate(collect))))];
  const wasm = await Promise.all(workers.map((worker) => worker.evaluate(() => globalThis.memory?.buffer.byteLength ?? 0)));
  // Otherwise, nodes that nothing shows any more can count.
  await devtools.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
  const sum = (all) => all.reduce((a, b) => a + b, 0);
  return { heaps: sum(heaps), wasm: sum(wasm), nodes, listeners: jsEventListeners, workers: workers.length };
}

export const tests = {
  "the memory does not grow while the page is used": () => opened({ hash: "#on=article&with=rprop&with=momentum:learning_rate=0.3" }, async (page) => {
    const devtools = await page.context().newCDPSession(page);
    for (let i = 0; i < WARM_UP; i += 1) await round(page, i);
    const before = await measure(page, devtools);
    assert.ok(before.heaps > 1e6 && before.wasm > 1e6 && before.nodes > 100, JSON.stringify(before));
    const minutes = Number(process.env["MINUTES"] ?? 0);
    const end = Date.now() + 60_000 * minutes;
    for (let i = WARM_UP; i < WARM_UP + ROUNDS || Date.now() < end; i += 1) {
      await round(page, i);
      if (minutes > 0) console.log(JSON.stringify({ round: i, ...(await measure(page, devtools)) }));
    }
    const after = await measure(page, devtools);
    const growth = Object.fromEntries(Object.keys(before).map((key) => [key, after[key] - before[key]]));
    for (const [key, limit] of Object.entries(LIMITS)) assert.ok(growth[key] <= limit, `${key}: ${JSON.stringify({ before, after })}`);
    assert.equal(growth.workers, 0);
  }),
};

export const after = close;
