// Measures the speed of the page and compares it with limits: `cargo xtask bench app`.

import { readFileSync } from "node:fs";
import { close, opened, saved } from "./browser.mjs";
import { measureLoading } from "./loading_speed.mjs";

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

/** Moves the pointer once per frame. */
async function drag(page, handle) {
  for (let i = 0; i < 120; i += 1) {
    await page.mouse.move(handle.x + 15 + i, handle.y + 15 - i);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

await measureLoading(show);
await opened({}, async (page) => {
  const handle = await page.locator("#handle").boundingBox();
  await page.mouse.move(handle.x + 15, handle.y + 15);
  await page.mouse.down();
  show("frame while five algorithms are dragged", await frames(page, () => drag(page, handle)), [16, 33]);
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
const many = Array.from({ length: 20 }, (_, i) => `with=gradient-descent:learning_rate=${(i + 1) / 1e4}`).join("&");
await opened({ hash: `#on=article&${many}&target=none&epochs=10000` }, async (page) => {
  await page.waitForFunction(() => document.querySelector("#busy").hidden, undefined, { timeout: 60_000 });
  const handle = await page.locator("#handle").boundingBox();
  await page.mouse.move(handle.x + 15, handle.y + 15);
  await page.mouse.down();
  // A change of the canvas is something new.
  await page.evaluate(() => {
    globalThis.changes = [performance.now()];
    const draw = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function clear(...box) {
      globalThis.changes.push(performance.now());
      return draw.apply(this, box);
    };
  });
  show("frame while 20 algorithms are dragged", await frames(page, () => drag(page, handle)), [33, 50]);
  const changes = await page.evaluate(() => globalThis.changes);
  show("time between two pictures of 20 algorithms", changes.slice(1).map((time, i) => time - changes[i]), [100, 100]);
  await page.mouse.up();
});
await opened({ hash: "#on=article&with=gradient-descent:learning_rate=0.3" }, async (page) => {
  const times = await page.evaluate(() => new Promise((resolve) => {
    const [begin, sides, canvas] = [performance.now(), {}, document.querySelector("#settings-canvas")];
    new MutationObserver(() => {
      sides[canvas.dataset.side] = performance.now() - begin;
      if (canvas.dataset.side === "256") resolve(sides);
    }).observe(canvas, { attributes: true });
    document.querySelector("#view-settings").click();
  }));
  // The workers start with the first map, so the second one is measured.
  const again = await page.evaluate(() => new Promise((resolve) => {
    const [begin, sides, canvas] = [performance.now(), {}, document.querySelector("#settings-canvas")];
    new MutationObserver(() => {
      sides[canvas.dataset.side] ??= performance.now() - begin;
      if (canvas.dataset.side === "256") resolve(sides);
    }).observe(canvas, { attributes: true });
    document.querySelector("#settings-in").click();
  }));
  show("first map of settings, complete", [times[256]], [2500]);
  show("map of settings, coarse", [again[16]], [100]);
  show("map of settings, 256 x 256", [again[256]], [1000]);
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
