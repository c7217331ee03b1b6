// Tests of the guided tour and the lessons.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { close, column, eventually, lists, opened, shows, text, until } from "./browser.mjs";

export const tests = {
  "the tour can be followed to its last step": () => opened({}, async (page) => {
    await page.locator("#tour-open").click();
    const titles = new Set();
    const { length } = JSON.parse(readFileSync(new URL("../src/tour/tour.json", import.meta.url)));
    for (let step = 0; step < length; step += 1) {
      await until(page, (place) => document.querySelector("#tour-place").textContent === place, `${step + 1} of ${length}`);
      titles.add(await text(page, "#tour-title"));
      const views = page.locator("#tour-views a");
      for (let view = 1; view < (await views.count()); view += 1) {
        await views.nth(view).click();
        await until(page, (view) => document.querySelectorAll("#tour-views a")[view].ariaCurrent === "true", view);
        await shows(page, "#tour-place", `${step + 1} of ${length}`);
      }
      await eventually(async () => assert.doesNotMatch(await text(page, "#tour-text"), /\{|undefined| {2}/));
      await shows(page, "#failure", "");
      await page.locator("#tour-next").click();
    }
    await until(page, () => document.querySelector("#tour").hidden);
    assert.equal(titles.size, length);
  }),

  "the texts of the tour and the lessons are visible beside the map, also on a phone": async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      await opened({ context: { viewport } }, async (page) => {
        const visibleHeight = (selector) => page.locator(selector).evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return Math.min(bottom, innerHeight) - Math.max(top, 0);
        });
        // A phone shows one part at a time.
        if (viewport.width < 700) await page.locator("#sheets [data-open=lessons]").click();
        await page.locator("#lessons a").nth(3).click();
        await until(page, () => document.querySelector("#tour-title").textContent === "A saddle");
        await eventually(async () => assert.ok(await visibleHeight("#tour-text") > 40 && await visibleHeight("#map") > 250, `${await visibleHeight("#tour-text")} ${await visibleHeight("#map")}`));
        await eventually(async () => assert.ok(await page.locator("#tour-next").isHidden()));
        await page.locator("#tour-close").click();
        await page.locator("#tour-open").click();
        await until(page, () => document.querySelector("#tour-place").textContent.startsWith("1 of"));
        await page.locator("#tour-next").click();
        await until(page, () => document.querySelector("#tour-place").textContent.startsWith("2 of"));
        await eventually(async () => assert.ok(await visibleHeight("#tour-text") > 40 && await visibleHeight("#map") > 250, `${await visibleHeight("#tour-text")} ${await visibleHeight("#map")}`));
        // The Back button of the browser restores the text.
        await page.goBack();
        await until(page, () => document.querySelector("#tour-place").textContent.startsWith("1 of"));
        // A text about a figure or a column is visible beside it.
        await page.evaluate(() => (location.hash = "figure=data"));
        await until(page, () => document.querySelector("#tour-title").textContent.startsWith("A network"));
        await until(page, () => document.querySelector("#picture svg"));
        await eventually(async () => assert.ok(await visibleHeight("#tour-text") > 40 && await visibleHeight("#picture-box") > (viewport.width < 700 ? 150 : 250), `${await visibleHeight("#picture-box")}`));
        while ((await text(page, "#tour-place")).slice(0, 2) !== "10") {
          const place = await text(page, "#tour-place");
          await page.locator("#tour-next").click();
          await until(page, (before) => document.querySelector("#tour-place").textContent !== before, place);
        }
        await eventually(async () => assert.ok(await visibleHeight("#column-values") > 10 && await visibleHeight("#tour-text") > 40, `${await visibleHeight("#column-values")}`));
        const values = await page.locator("#column-values").boundingBox();
        assert.ok(values.x >= 0 && values.x + values.width <= viewport.width, `${values.x}`);
      });
    }
  },

  "after the tour, the page shows the experiment of before": () => opened({ hash: "#on=branin&with=adam&with=rprop&start=1,2" }, async (page) => {
    const before = await column(page, "Epochs");
    const isOpen = (place) => until(page, (place) => document.querySelector("#tour-place").textContent.startsWith(place) && document.querySelector("#tour-text").checkVisibility(), place);
    const isRestored = async () => {
      await until(page, () => document.querySelector("#start").value === "1,2" && document.querySelector("#tour").hidden);
      await lists(page, "Epochs", before);
      await until(page, () => location.hash.startsWith("#on=branin&with=adam&with=rprop"));
    };
    await page.locator("#tour-open").click();
    await isOpen("1 of");
    await lists(page, "Epochs", []);
    await page.locator("#tour-next").click();
    await isOpen("2 of");
    await page.locator("#tour-next").click();
    await isOpen("3 of");
    await page.locator("#tour-close").click();
    await isRestored();
    // The Back button undoes closing the tour.
    await page.goBack();
    await until(page, () => location.hash.includes("gradient-descent"));
    await page.goForward();
    await isRestored();
    // It also leaves the tour from its first step.
    await page.locator("#tour-open").click();
    await isOpen("1 of");
    await until(page, () => location.hash === "#on=article");
    await page.goBack();
    await isRestored();
  }),

  "the buttons of every step are visible below its text": async () => {
    const { length } = JSON.parse(readFileSync(new URL("../src/tour/tour.json", import.meta.url)));
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 720 }]) {
      await opened({ context: { viewport } }, async (page) => {
        await page.locator("#tour-open").click();
        for (let step = 1; step <= length; step += 1) {
          await until(page, (place) => document.querySelector("#tour-place").textContent === place, `${step} of ${length}`);
          const hidden = await page.evaluate(() => ["tour-back", "tour-next", "tour-close"].filter((id) => {
            const { left, bottom } = document.getElementById(id).getBoundingClientRect();
            return document.elementFromPoint(left + 5, bottom - 5)?.id !== id;
          }));
          assert.deepEqual(hidden, [], `step ${step} at ${viewport.width} px`);
          if (step < length) await page.locator("#tour-next").click();
        }
      });
    }
  },

  "every lesson can be opened": () => opened({}, async (page) => {
    const links = page.locator("#lessons a");
    for (let i = 0; i < (await links.count()); i += 1) {
      // The page states the command of an address when it has opened it. Until then, its parts can move under the pointer.
      const before = await page.locator("#command").textContent();
      await links.nth(i).click();
      await until(page, (before) => document.querySelector("#command").textContent !== before, before);
      await until(page, () => document.querySelector("#busy").hidden);
      await shows(page, "#failure", "", await links.nth(i).innerText());
    }
  }),
};

export const after = close;
