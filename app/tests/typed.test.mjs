// Tests of valid and invalid input: fields, sliders, and files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { close, column, eventually, holds, lists, opened, shows, text, until, unfold } from "./browser.mjs";

export const tests = {
  "typing and sliding change a setting, and an invalid number shows an error": () => opened({}, async (page) => {
    await page.locator("#optimizers summary").first().click();
    const rate = page.locator("#with-0 input[type=text]").first();
    await rate.fill("10");
    await rate.press("Enter");
    await until(page, () => location.hash.includes("learning_rate=10"));
    const fast = (await column(page, "Epochs"))[0];
    assert.ok(Number(fast) < 100, fast);
    await rate.fill("-1");
    await rate.press("Enter");
    await until(page, () => document.querySelector("#with-0 .error").textContent !== "");
    await shows(page, "#with-0 .row >> nth=0", /cannot be `-1`/);
    await eventually(async () => assert.equal((await column(page, "Epochs"))[0], fast));
    await rate.fill("3");
    await rate.press("Enter");
    await until(page, () => location.hash.includes("learning_rate=3&"));
    await shows(page, "#with-0 .error >> nth=0", "");
    await page.locator("#with-0 input[type=range]").first().evaluate((slider) => {
      slider.value = "700";
      slider.dispatchEvent(new Event("input"));
      slider.dispatchEvent(new Event("change"));
    });
    await until(page, () => !location.hash.includes("learning_rate=3&"));
  }),

  "a custom formula, valid and invalid": () => opened({}, async (page) => {
    await page.locator("#problem").selectOption("formula");
    await until(page, () => location.hash.includes("formula"));
    const formula = page.locator("#problem-rows input[type=text]").first();
    await until(page, () => document.querySelector("#busy").hidden);
    const before = await column(page, "Epochs");
    await formula.fill("x^2 + ");
    await formula.press("Enter");
    await until(page, () => document.querySelector("#problem-rows .error").textContent !== "");
    await lists(page, "Epochs", before);
    await formula.fill("x^2+4*y^2");
    await formula.press("Enter");
    await until(page, () => location.hash.includes("x%5E2%2B4*y%5E2"));
    await shows(page, "#problem-rows .error >> nth=0", "");
  }),

  "invalid text stays until it becomes valid": () => opened({ hash: "#on=formula:x^2%2By^2&with=rprop" }, async (page) => {
    const formula = page.locator("#problem-rows input[type=text]").first();
    await formula.fill("ln(x)^2+y^2");
    await formula.press("Enter");
    await until(page, () => document.querySelector("#problem-rows .error").textContent !== "");
    await page.locator("#start").fill("2,1");
    await page.locator("#start").press("Enter");
    await until(page, () => location.hash.includes("ln") && location.hash.includes("start=2,1"));
    await eventually(async () => assert.equal(await formula.inputValue(), "ln(x)^2+y^2"));
    await shows(page, "#problem-rows .error >> nth=0", "");
    await page.locator("#epochs").fill("many");
    await page.locator("#epochs").press("Enter");
    await until(page, () => document.querySelector("#epochs ~ .error").textContent !== "");
    await page.locator("#start").fill("3,1");
    await page.locator("#start").press("Enter");
    await until(page, () => location.hash.includes("start=3,1"));
    await holds(page, "#epochs", "many");
  }),

  "a click right after typing is not lost": () => opened({}, async (page) => {
    await page.locator("#optimizers summary").first().click();
    await page.locator("#with-0 input[type=text]").first().fill("1");
    await page.locator("#optimizers .remove").first().scrollIntoViewIfNeeded();
    const { x, y, width, height } = await page.locator("#optimizers .remove").first().boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 4);
  }),

  "a picture becomes a landscape": () => opened({}, async (page) => {
    const give = (name, buffer) => page.locator("#file").setInputFiles({ name, mimeType: "image/png", buffer });
    const picture = (name) => readFileSync(new URL(`../../crates/core/tests/pictures/${name}.png`, import.meta.url));
    await give("plain.png", picture("plain"));
    await until(page, () => location.hash.includes("image:path=plain.png"));
    await until(page, () => document.querySelector("#busy").hidden && document.querySelectorAll("#table tbody tr").length === 5);
    const losses = await column(page, "Loss");
    // Both pictures have the same pixels.
    await give("interlaced.png", picture("interlaced"));
    await until(page, () => location.hash.includes("image:path=interlaced.png"));
    await lists(page, "Loss", losses);
    await give("damaged.png", picture("plain").subarray(0, 60));
    await shows(page, "#file ~ .error", /the PNG picture is damaged/);
    await lists(page, "Loss", losses);
  }),

  "a CSV file, valid and invalid": () => opened({}, async (page) => {
    const give = (content, name = "my data.csv") => page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
    await give("a,b,y\n0,1,1\n1,zero,0\n");
    await until(page, () => document.querySelector("#file ~ .error").textContent !== "");
    await shows(page, "#file ~ .error", /my data.csv, line 3/);
    await lists(page, "Epochs", ["797", "92", "20", "17", "2"]);
    await give("a,b,y\n0,1,1\n1,0,0\n1,1,1\n0,0,0\n");
    await until(page, () => location.hash.includes("my%20data.csv"));
    await shows(page, "#file ~ .error", "");
    // A new problem has its own learning rate, and the error of the last file is removed.
    await eventually(async () => assert.match(await page.evaluate(() => location.hash), /&with=gradient-descent&with=momentum:momentum=0\.9&/));
    await give("a,b,y\n0,1,one\n");
    await until(page, () => document.querySelector("#file ~ .error").textContent !== "");
    await page.locator("#problem").selectOption("branin");
    await until(page, () => location.hash.includes("branin"));
    await shows(page, "#file ~ .error", "");
    await holds(page, "#file", "");
    await page.goBack();
    await until(page, () => location.hash.includes("my%20data.csv") && document.querySelector("#problem").value === "csv");
    // A network uses a file as its data.
    await page.locator("#problem").selectOption("perceptron");
    await until(page, () => location.hash.includes("perceptron"));
    await give("a,b,y\n0,1,7\n1,0,-3\n1,1,2\n", "numbers.csv");
    await until(page, () => document.querySelector("#file ~ .error").textContent !== "");
    await page.locator("#problem-rows-activation").selectOption("linear");
    await until(page, () => location.hash.includes("activation=linear"));
    await give("a,b,y\n0,1,7\n1,0,-3\n1,1,2\n", "numbers.csv");
    await until(page, () => location.hash.includes("data.path=numbers.csv"));
    await holds(page, "#problem-rows-data", "csv");
    const value = (id) => document.querySelector(id)?.value;
    await page.evaluate(`globalThis.value = ${value}`);
    await page.goBack();
    await until(page, () => !location.hash.includes("data.path") && value("#problem-rows-data") !== "csv");
    await page.goBack();
    await until(page, () => !location.hash.includes("linear") && value("#problem-rows-activation") === "sigmoid");
    await page.goBack();
    await until(page, () => location.hash.includes("on=csv:path=my%20data.csv") && value("#problem") === "csv");
    await unfold(page, "#copy-link");
    await page.locator("#copy-link").click();
    await until(page, () => document.querySelector("#export-note").textContent.includes("does not contain my data.csv"));
    // The tab stores the file.
    const before = await column(page, "Epochs");
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    await shows(page, "#failure", "");
    await lists(page, "Epochs", before);
  }),
};

export const after = close;
