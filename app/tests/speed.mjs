// Measures the speed of the page and compares it with limits: `cargo xtask bench app`.

import { readFileSync } from "node:fs";
import { close, opened, saved } from "./browser.mjs";

const generated = new URL("../generated/", import.meta.url);

function show(name, times, limits) {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  const [median, high] = [at(0.5), at(0.95)];
  const over = median > limits[0] || high > (limits[1] ?? Infinity) ? " over" : "";
  const limit = limits.filter(Boolean).join(" / ");
  console.log(`${name.padEnd(44)} ${median.toFixed(1).padStart(8)} ${high.toFixed(1).padStart(8)} ${limit.padStart(10)} ms${over}`);
}

function timed(count, work) {
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const begin = performance.now();
    work(i);
    times.push(performance.now() - begin);
  }
  return times.slice(count / 10);
}

/** Measures the milliseconds between the frames of the page during some work. */
async function frames(page, work) {
  await page.evaluate(() => {
    globalThis.frames = [];
    let before = performance.now();
    const frame = (now) => {
      globalThis.frames.push(now - before);
      before = now;
      globalThis.watching = requestAnimationFrame(frame);
    };
    globalThis.watching = requestAnimationFrame(frame);
  });
  await work();
  return page.evaluate(() => {
    cancelAnimationFrame(globalThis.watching);
    return globalThis.frames.slice(2);
  });
}

console.log(`${"".padEnd(44)}   median      95%      limit`);
const wasm = await import(new URL("thalweg.js", generated));
wasm.initSync({ module: readFileSync(new URL("thalweg.wasm", generated)) });
show("five algorithms, another initial point", timed(100, (i) => {
  const session = new wasm.Session(`start=${-4 + i / 100},-4`, []);
  session.advance(10000);
  session.free();
}), [4]);
const session = new wasm.Session("", []);
session.advance(10000);
show("background of the map, 300 x 300", timed(100, (i) => {
  const reach = 6 - i / 50;
  const sampler = session.field_sampler([-reach, reach, -reach, reach], 300);
  while (sampler.advance(300));
  const ground = sampler.ground([700, 700], "light");
  ground.drawing().numbers();
  ground.free();
  sampler.free();
}), [16]);
show("overlay of the map, five algorithms", timed(100, (i) => {
  const overlay = session.overlay([-6, 6, -6, 6], [700, 700], "light", 8 * i, false, 1);
  overlay.marks().numbers();
  overlay.free();
}), [4]);

const first = [];
for (let i = 0; i < 5; i += 1) {
  await opened({}, async (page) => first.push(Number(await page.evaluate(() => document.documentElement.dataset.ready))));
}
show("loading time", first, [700]);
await opened({}, async (page) => {
  const handle = await page.locator("#handle").boundingBox();
  await page.mouse.move(handle.x + 15, handle.y + 15);
  await page.mouse.down();
  show("frame while the initial point is dragged", await frames(page, async () => {
    for (let i = 0; i < 120; i += 1) await page.mouse.move(handle.x + 15 + i, handle.y + 15 - i);
  }), [17, 33]);
  await page.mouse.up();
  show("frame while the player moves over 60 epochs", await frames(page, () => page.evaluate(async () => {
    const field = document.querySelector("#at");
    for (let i = 0; i < 60; i += 1) {
      field.value = i;
      field.dispatchEvent(new Event("change"));
      await new Promise(requestAnimationFrame);
    }
  })), [17, 33]);
});
await opened({ hash: "#on=article&with=gradient-descent:learning_rate=1e-9&target=none&epochs=1000000000" }, async (page) => {
  await page.waitForFunction(() => !document.querySelector("#busy").hidden);
  const stopped = await page.evaluate(() => new Promise((resolve) => {
    const [begin, busy] = [performance.now(), document.querySelector("#busy")];
    new MutationObserver(() => busy.hidden && resolve(performance.now() - begin)).observe(busy, { attributes: true });
    document.querySelector("#stop").click();
  }));
  show("stop of a run of a billion epochs", [stopped], [100]);
});
await opened({ hash: "#figure=surface" }, async (page) => {
  await page.waitForFunction(() => document.querySelector("#picture svg") !== null);
  const begin = performance.now();
  await saved(page, "#save-gif");
  show("GIF of the surface", [performance.now() - begin], [10_000]);
});
await close();
