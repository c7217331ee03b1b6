// Tests of the map of settings, which is computed while one watches.

import assert from "node:assert/strict";
import { close, eventually, opened, shows, text, until } from "./browser.mjs";

const HASH = "#on=article&with=gradient-descent:learning_rate=0.3&with=momentum:learning_rate=0.3";
const isDrawn = (page, side) => until(page, (side) => document.querySelector("#settings-canvas").dataset.side === String(side), side);
const colors = (page) => page.locator("#settings-canvas").evaluate((canvas) => {
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) seen.add(data.subarray(i, i + 4).join());
  return seen.size;
});

export const tests = {
  "the map of settings is coarse first and then complete": () => opened({ hash: HASH }, async (page) => {
    await page.locator("#view-settings").click();
    await isDrawn(page, 256);
    assert.equal(await page.locator("#settings-x").inputValue(), "learning_rate");
    const count = await colors(page);
    assert.ok(count > 30, `${count}`);
    // Another algorithm has other settings.
    await page.locator("#inspected").selectOption("Momentum");
    await until(page, () => [...document.querySelector("#settings-y").options].some((option) => option.value === "momentum"));
    await page.locator("#settings-y").selectOption("momentum");
    await eventually(async () => assert.match(await text(page, "#settings-range"), /momentum: 0 to/));
    await page.locator("#settings-x").selectOption("momentum");
    await shows(page, "#settings-readout", /Choose two different settings/);
  }),

  "a point on the map of settings is the run on the map of the loss": () => opened({ hash: HASH }, async (page) => {
    await page.locator("#view-settings").click();
    await isDrawn(page, 256);
    const box = await page.locator("#settings-canvas").boundingBox();
    await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.5 * box.height);
    await shows(page, "#settings-readout", /^learning rate [\d.]+, second weight -?[\d.e-]+: (reached after \d+ epochs?|loss )/);
    await page.mouse.click(box.x + 0.8 * box.width, box.y + 0.5 * box.height);
    await until(page, () => !location.hash.includes("gradient-descent:learning_rate=0.3&") && location.hash.includes("start=-4,"));
    const rate = Number((await page.evaluate(() => location.hash)).match(/gradient-descent:learning_rate=([\d.]+)/)[1]);
    // The axis is logarithmic from 1e-6 to 100.
    assert.ok(Math.abs(Math.log10(rate) - (-6 + 0.8 * 8)) < 0.1, `${rate}`);
    assert.ok(await page.locator("#settings-mark").isVisible());
    await page.goBack();
    await until(page, (hash) => location.hash === hash, HASH);
  }),

  "the map of settings zooms over ten decades": () => opened({ hash: HASH }, async (page) => {
    await page.locator("#view-settings").click();
    const range = async () => (await text(page, "#settings-range")).match(/weight 2: (\S+) to (\S+)\./).slice(1).map(Number);
    await eventually(async () => assert.deepEqual(await range(), [-6, 6]));
    await page.locator("#settings-canvas").focus();
    for (let i = 0; i < 40; i += 1) await page.keyboard.press("+");
    const side = await page.evaluate(() => document.querySelector("#settings-range").textContent);
    assert.match(side, /weight 2: /);
    await isDrawn(page, 256);
    await page.locator("#settings-all").click();
    await eventually(async () => assert.deepEqual(await range(), [-6, 6]));
  }),
};

export const after = close;
