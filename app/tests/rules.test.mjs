// Tests of rules that the user writes.

import assert from "node:assert/strict";
import { close, column, drop, eventually, holds, lists, opened, scrub, shows, text, unfold, until, violations } from "./browser.mjs";

/** Adds a rule to the algorithms of the page, and returns its field. */
async function added(page) {
  await page.locator("#add").selectOption({ label: "Your own rule" });
  await page.locator("#add-it").click();
  const field = page.locator("#optimizers textarea").last();
  await field.waitFor();
  return field;
}

/** Returns the algorithms in the address. */
const picks = (page) => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).getAll("with"));

/** The controls of a setting of the last algorithm. */
const rowOf = (page, key) => page.locator(`#optimizers .row:has(> [id$="-${key}"])`).last();

export const tests = {
  "a rule is added with an example, and its text, settings, and address follow": () => opened({ hash: "#on=article&with=rprop&epochs=200" }, async (page) => {
    const field = await added(page);
    assert.match(await field.inputValue(), /^m := beta\*m \+ g; w := w - learning_rate\*m; beta = 0\.9$/);
    // The field has the focus, and the setting of the text has a slider.
    assert.equal(await field.evaluate((area) => document.activeElement === area), true);
    await eventually(async () => assert.equal((await column(page, "Algorithm")).length, 2));
    const beta = rowOf(page, "beta");
    await beta.locator("input[type=range]").waitFor();
    await beta.locator("input[type=text]").fill("0.5");
    await beta.locator("input[type=text]").press("Enter");
    await until(page, () => location.hash.includes("beta=0.5"));
    // A new text keeps the settings that it contains and drops the others.
    await field.fill("c := beta*c + (1 - beta)*g\nw := w - rate*sign(c); rate = 0.05");
    await field.press("Enter");
    await until(page, () => location.hash.includes("rate"));
    await rowOf(page, "rate").locator("input[type=range]").waitFor();
    assert.match((await picks(page))[1], /^rule:beta=0\.5,text='c := /);
    await field.fill("w := w - 0.3*g");
    await field.press("Enter");
    await eventually(async () => assert.deepEqual(await picks(page), ["rprop", "rule:text='w := w - 0.3*g'"]));
    assert.equal(await rowOf(page, "beta").count(), 0);
    assert.deepEqual(await violations(page), []);
    await page.goBack();
    await eventually(async () => assert.match((await picks(page))[1], /rate\*sign\(c\)/));
  }),

  "an error marks the wrong part and keeps the picture": () => opened({ hash: "#on=article&with=rule&epochs=200" }, async (page) => {
    await unfold(page, "#with-0");
    const field = page.locator("#with-0 textarea");
    const before = await column(page, "Loss");
    const error = "#with-0 .row:has(textarea) .error";
    for (const [rule, wrong, words] of [
      ["m := beta*m + g; w := w - rat*m; beta = 0.9", "rat", /`rat` has no value/],
      ["m := g; w := w - 0.1*", "*", /ends after an operator/],
      ["schedule := g; w := w - 0.1*schedule", "schedule", /has another meaning/],
      ["w := w - 0.1*g; nonsense", "nonsense", /is not a statement/],
    ]) {
      await field.fill(rule);
      await field.press("Enter");
      await shows(page, `${error} mark`, wrong);
      assert.match(await text(page, error), words);
      assert.equal(await text(page, `${error} code`), rule);
      assert.equal(await field.inputValue(), rule);
      assert.deepEqual(await column(page, "Loss"), before);
      assert.doesNotMatch((await picks(page))[0], /text/);
    }
    await field.fill("w := w - 0.1*g/0");
    await field.press("Enter");
    await until(page, () => location.hash.includes("text"));
    await shows(page, error, "");
    await eventually(async () => assert.match((await column(page, "Outcome"))[0], /diverged/));
  }),

  "the explanation calculates with the rule, and its variables are drawn": () => opened({ hash: "#on=article&epochs=200&with=rule:text='m%20:=%20beta*m%20%2B%20g;%20w%20:=%20w%20-%20rate*m;%20beta%20=%200.9;%20rate=0.25'" }, async (page) => {
    await scrub(page, 3);
    await shows(page, "#reason", /moves by its rule, w := w - rate\*m/);
    await shows(page, "#sum", /0\.25/);
    await unfold(page, "#numbers li");
    await eventually(async () => assert.match(await text(page, "#numbers"), /Variable m of the rule/));
    await page.locator("#shortcuts button[value=state]").click();
    await until(page, () => /Variable m of the rule|\bm\b/.test(document.querySelector("#picture").textContent));
    await unfold(page, "#with-0");
    await holds(page, "#with-0 textarea", "m := beta*m + g; w := w - rate*m; beta = 0.9; rate=0.25");
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    assert.match((await picks(page))[0], /rate=0\.25/);
  }),

  "a rule of a file is added, and its sliders change its settings": () => opened({ hash: "#on=article&with=rprop&epochs=200" }, async (page) => {
    await drop(page, [["mine.rule", "# My momentum\nm := beta*m + g\nw := w - rate*m\nrate = 0.05\nbeta = 0.9\n"]]);
    await eventually(async () => assert.deepEqual(await picks(page), ["rprop", "rule:text='@mine.rule'"]));
    await eventually(async () => assert.equal((await column(page, "Algorithm"))[1], "My momentum"));
    const slid = async (key, position) => rowOf(page, key).locator("input[type=range]").evaluate((slider, position) => {
      slider.value = position;
      slider.dispatchEvent(new Event("input"));
      slider.dispatchEvent(new Event("change"));
    }, position);
    await unfold(page, "#with-1");
    await rowOf(page, "beta").locator("input[type=range]").waitFor();
    const before = await column(page, "Loss");
    await slid("beta", "400");
    // The range of a setting that is not a learning rate is two powers of ten around its value.
    await eventually(async () => assert.match((await picks(page))[1], /^rule:text='@mine\.rule',beta=0\.3/));
    await slid("rate", "0");
    await eventually(async () => assert.match((await picks(page))[1], /rate=(0\.000001|1e-6)$/));
    await eventually(async () => assert.notEqual((await column(page, "Loss"))[1], before[1]));
  }),

  "a link with a rule of a file waits for the file": () => opened({ hash: "#on=article&with=rule:@mine.rule,beta=0.5&epochs=20&target=none" }, async (page) => {
    await shows(page, "#failure", /mine\.rule/);
    await page.locator("#record").setInputFiles({ name: "mine.rule", mimeType: "text/plain", buffer: Buffer.from("m := beta*m + g; w := w - 0.05*m; beta = 0.9") });
    await until(page, () => document.querySelector("#failure").textContent === "");
    await unfold(page, "#with-0");
    await eventually(async () => assert.equal(await rowOf(page, "beta").locator("input[type=text]").inputValue(), "0.5"));
    await lists(page, "Epochs", ["20"]);
  }),
};

export const after = close;
