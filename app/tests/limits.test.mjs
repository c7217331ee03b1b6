// Tests of long runs, zoom limits, saved pictures, and dropped files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { close, column, drop, eventually, lists, opened, saved, shows, text, until } from "./browser.mjs";

const LONG = "#on=article&with=gradient-descent:learning_rate=1e-9&target=none&epochs=1000000000";

/** A NumPy array of weights: (steps, 2), float64. */
function npy(rows) {
  const head = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows.length}, 2), }`.padEnd(117) + "\n";
  return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00v\x00", "latin1"), Buffer.from(head), Buffer.from(Float64Array.from(rows.flat()).buffer)]);
}

export const tests = {
  "a run of a billion epochs reports its progress and stops at once": () => opened({ hash: LONG }, async (page) => {
    const epochs = async () => Number((await column(page, "Epochs"))[0]);
    await until(page, () => !document.querySelector("#busy").hidden);
    const before = await epochs();
    await until(page, (before) => Number(document.querySelector("#table tbody td:nth-child(3)").textContent) > before + 200_000, before);
    await until(page, () => /The page stores one of \d+ steps/.test(document.querySelector("#explanation").textContent));
    await page.locator("#stop").click();
    await until(page, () => document.querySelector("#busy").hidden);
    await lists(page, "Outcome", ["stopped"]);
    await page.locator("#back").click();
    await shows(page, "#position", /^epoch \d+$/);
  }),

  "the map can be zoomed only between limits, and its link has few digits": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    const window = async () => (await page.evaluate(() => location.hash.match(/window=([^&]*)/)?.[1] ?? "")).split(",");
    const sides = async () => {
      const [left, right, low, high] = (await window()).map(Number);
      return [right - left, high - low];
    };
    const press = async (key, count, condition) => {
      for (let i = 0; i < count; i += 1) await page.keyboard.press(key);
      await until(page, condition);
    };
    await page.locator("#canvas").focus();
    await press("+", 110, () => {
      const [left, right] = location.hash.match(/window=([^&]*)/)?.[1].split(",").map(Number) ?? [0, 1];
      return right - left < 1.4e-5;
    });
    await eventually(async () => assert.ok((await sides()).every((side) => side > 1.1e-5 && side < 1.4e-5), `${await sides()}`));
    await press("-", 220, () => {
      const [left, right] = location.hash.match(/window=([^&]*)/)?.[1].split(",").map(Number) ?? [0, 1];
      return right - left > 11_000;
    });
    await eventually(async () => assert.ok((await sides()).every((side) => side > 11_000 && side < 12_001), `${await sides()}`));
    await press("0", 1, () => !location.hash.includes("window"));
    await press("+", 3, () => location.hash.includes("window"));
    const texts = await window();
    assert.ok(texts.every((edge) => edge.replace(/[-.]/g, "").length <= 5), `${texts}`);
    // The link shows the same window.
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    await eventually(async () => assert.deepEqual(await window(), texts));
  }),

  "saved pictures store their recipe": () => opened({ hash: "#on=article&with=rprop&start=-4,1&figure=surface&at=6" }, async (page) => {
    await until(page, () => document.querySelector("#picture svg") !== null);
    const command = "thalweg draw surface --on article --with rprop --start=-4,1 --epochs 0..6\nrecipe 2";
    for (const id of ["#save-svg", "#save-png"]) {
      const file = (await saved(page, id)).toString();
      assert.ok(file.includes(command), id);
    }
    const gif = (await saved(page, "#save-gif")).toString();
    assert.ok(gif.includes("thalweg animate --on article --with rprop --start=-4,1 --epochs 10000 --view surface"));
  }),

  "a slow recording skips frames and keeps its length": () => opened({ hash: "#figure=surface" }, async (page) => {
    await until(page, () => document.querySelector("#picture svg") !== null);
    // For the page, everything takes fifty times as long.
    await page.evaluate(() => {
      const now = performance.now.bind(performance);
      performance.now = () => 50 * now();
    });
    const file = await saved(page, "#save-gif");
    const delays = [];
    // A graphic control extension is followed by an image.
    for (let at = 0; (at = file.indexOf("21f904", at + 1, "hex")) > 0; ) if (file[at + 7] === 0 && file[at + 8] === 0x2c) delays.push(file.readUInt16LE(at + 4));
    assert.ok(delays.length >= 2 && delays.length < 60, `${delays.length} frames`);
    // 120 frames of a fifteenth of a second, and the pause at the end.
    assert.equal(delays.reduce((sum, delay) => sum + delay), 1000);
  }),

  "color samples are visible with forced colors": () => opened({ context: { forcedColors: "active" } }, async (page) => {
    const colors = await page.locator("#table .swatch, #scale .bar i").evaluateAll((all) => all.map((element) => getComputedStyle(element).backgroundColor));
    assert.ok(new Set(colors).size > 10, `${[...new Set(colors)]}`);
    // A pressed button differs from the others.
    const ground = (selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    assert.notEqual(await ground("#view-loss"), await ground("#view-table"));
  }),

  "Add uses the entry that was selected when it was pressed": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    await page.evaluate(() => {
      const add = document.querySelector("#add");
      add.value = "adam";
      document.querySelector("#add-it").click();
      add.value = "momentum";
      document.querySelector("#add-it").click();
      add.value = "bfgs";
    });
    await until(page, () => location.hash === "#on=article&with=rprop&with=adam&with=momentum");
  }),

  "several files can be dropped at once": () => opened({}, async (page) => {
    const run = npy([[0, 0], [0.1, 0.2], [0.2, 0.3]]);
    await drop(page, [["my data.csv", "a,b,y\n0,1,1\n1,0,0\n1,1,1\n0,0,0\n"], ["one.npy", run], ["two.npy", run]]);
    await until(page, () => ["my%20data.csv", "one.npy", "two.npy"].every((name) => location.hash.includes(name)));
    await drop(page, [["a.csv", "a,b,y\n0,1,1\n1,0,0\n"], ["b.csv", "a,b,y\n0,1,1\n1,0,0\n"]]);
    await until(page, () => location.hash.includes("path=a.csv"));
    await until(page, () => document.querySelector("#file ~ .error").textContent.includes("but not b.csv"));
  }),

  "a link that needs two files waits for both": () => opened({ hash: "#on=csv:path=d.csv&with=recorded:path=r.npy&target=none" }, async (page) => {
    const files = [["d.csv", "a,b,y\n0,1,1\n1,0,0\n1,1,1\n0,0,0\n"], ["r.npy", npy([[0, 0], [0.1, 0.2]])]];
    await drop(page, files.slice(0, 1));
    await until(page, () => document.querySelector("#file ~ .error").textContent.includes("r.npy"));
    await drop(page, files.slice(1));
    await until(page, () => document.querySelector("#table tbody tr th")?.textContent.includes("r.npy") || document.querySelectorAll("#table tbody tr").length === 1);
    await lists(page, "Epochs", ["1"]);
  }),

  "the numbers that the tour asks to type are accepted by the field": () => opened({ hash: "#on=article&with=gradient-descent:learning_rate=0.3&with=gradient-descent:learning_rate=10" }, async (page) => {
    await page.locator("#optimizers summary").nth(1).click();
    const rate = page.locator("#with-1 input[type=text]").first();
    for (const value of ["50", "100", "150"]) {
      await rate.fill(value);
      await rate.press("Enter");
      await until(page, (value) => location.hash.includes(`learning_rate=${value}`), value);
    }
  }),
};

export const after = close;
