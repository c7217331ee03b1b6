// Tests of fonts and formulas.

import assert from "node:assert/strict";
import { close, eventually, opened, until } from "./browser.mjs";

export const tests = {
  "all texts have the font of the figures, which the page contains": () => opened({}, async (page) => {
    assert.deepEqual(await page.evaluate(() => [...document.fonts].map((font) => [font.family, font.status])), [["Roboto", "loaded"], ["Roboto", "loaded"]]);
    const others = await page.evaluate(() => {
      const isText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const elements = [...document.body.querySelectorAll("*")].filter((element) => isText(element) && !element.closest("script, style, math, pre, #command"));
      return elements.filter((element) => !getComputedStyle(element).fontFamily.startsWith("Roboto")).map((element) => element.outerHTML.slice(0, 80));
    });
    assert.deepEqual(others, []);
  }),

  "the labels of a surface and of its legend do not overlap": () => opened({ hash: "#figure=surface" }, async (page) => {
    await until(page, () => document.querySelectorAll("#picture svg text").length > 10);
    const overlaps = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll("#picture svg text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
      const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
      return boxes.flatMap(([name, box], i) => boxes.slice(0, i).filter(([, other]) => meet(box, other)).map(([other]) => `${name} and ${other}`));
    });
    assert.deepEqual(overlaps, []);
  }),

  "formulas and calculations are in MathML": () => opened({ hash: "#on=branin&with=adam&at=5" }, async (page) => {
    await until(page, () => document.querySelectorAll(".entry .formula math").length >= 5);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll(".formula")].map((formula) => /<-|sqrt/.test(formula.textContent))), [false, false]);
    await until(page, () => document.querySelectorAll("#problem-formula mfrac").length > 2);
    await until(page, () => document.querySelectorAll("#sum math mfrac").length === 2);
    // Fractions are taller than letters, so the browser lays them out.
    await page.locator(".entry summary").click();
    await eventually(async () => assert.ok((await page.locator(".entry .formula mfrac").first().boundingBox()).height > 25));
  }),

  "the fractions of an explanation do not touch": async () => {
    for (const width of [1280, 390]) {
      await opened({ hash: "#with=adam&at=25", context: { viewport: { width, height: 844 } } }, async (page) => {
        if (width < 700) await page.locator("#sheets [data-open=why]").click();
        await until(page, () => document.querySelectorAll("#sum math mfrac").length === 2);
        const [first, second] = await page.locator("#sum math mfrac").evaluateAll((all) => all.map((fraction) => fraction.getBoundingClientRect().toJSON()));
        assert.ok(second.top - first.bottom > 5, `${first.bottom} ${second.top}`);
      });
    }
  },

  "fields and lists are wide enough for their texts": async () => {
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      await opened({ hash: "#with=adam:learning_rate=1e-6&target=none&epochs=10000", context: { viewport: { width, height } } }, async (page) => {
        await until(page, () => document.querySelector("#at").value === "10000");
        assert.ok(await page.locator("#at").evaluate((field) => field.scrollWidth <= field.clientWidth), `${width}`);
        if (width < 700) await page.locator("#sheets [data-open=figures]").click();
        // A list without a limit of its width is as wide as its widest text.
        const narrow = await page.evaluate(() => ["by", "figure"].filter((id) => {
          const list = document.getElementById(id);
          const copy = list.cloneNode();
          copy.append(...(id === "by" ? [new Option("epochs")] : [...list.options].map((option) => new Option(option.text))));
          list.after(copy);
          copy.style.cssText = "position: absolute; flex: none; min-width: 0; max-width: none; width: max-content";
          const { width } = copy.getBoundingClientRect();
          copy.remove();
          return list.getBoundingClientRect().width < width - 1;
        }));
        assert.deepEqual(narrow, [], `${width}`);
      });
    }
  },

  "the formula of a link is in MathML": () => opened({ hash: "#on=formula:(1-x)^2%2By^2&with=rprop" }, async (page) => {
    await until(page, () => document.querySelectorAll("#problem-formula msup").length === 2);
  }),

  "the axis of the chart follows the time of the player": () => opened({}, async (page) => {
    const has = (label) => until(page, (label) => [...document.querySelectorAll("#chart text")].some((text) => text.textContent === label), label);
    await has("Epoch (log scale)");
    for (const [time, label] of [["length", "Epoch (by path length)"], ["linear", "Epoch"], ["log", "Epoch (log scale)"]]) {
      await page.locator("#time").evaluate((select, time) => {
        select.value = time;
        select.dispatchEvent(new Event("change"));
      }, time);
      await has(label);
    }
    await page.locator("#by").selectOption("evaluations");
    await has("Evaluations (log scale)");
  }),
};

export const after = close;
