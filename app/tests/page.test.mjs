// Tests of the page, loaded from a file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { close, column, eventually, lists, opened, PAGE, saved, scrub, shows, text, unfold, until, violations } from "./browser.mjs";

const explanation = (page) => text(page, "#explanation");
export const tests = {
  "the five algorithms need as many epochs as in the article": () => opened({}, async (page) => {
    await eventually(async () => assert.match(await page.locator("#scale").getAttribute("aria-label"), /^Colors of the loss, from 0\.10\d+ to 0\.666\d; .* 0\.125\.$/));
    await lists(page, "Epochs", ["797", "92", "20", "17", "2"]);
    await page.locator("#view-table").click();
    await page.locator("#table th button", { hasText: "Epochs" }).click();
    await lists(page, "Epochs", ["2", "17", "20", "92", "797"]);
    await page.locator("#view-table").click();
    await page.locator("#table th button", { hasText: "Epochs" }).click();
    await lists(page, "Epochs", ["797", "92", "20", "17", "2"]);
  }),

  "a server gives the same results": async () => {
    const body = readFileSync(new URL(PAGE));
    const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(body));
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    const url = `http://127.0.0.1:${server.address().port}/`;
    try {
      await opened({ url }, (page) => lists(page, "Epochs", ["797", "92", "20", "17", "2"]));
    } finally {
      server.close();
    }
  },

  "dragging the initial point runs all algorithms again": () => opened({}, async (page) => {
    const before = await column(page, "Epochs");
    const handle = await page.locator("#handle").boundingBox();
    await page.mouse.move(handle.x + 15, handle.y + 15);
    await page.mouse.down();
    await page.mouse.move(handle.x + 120, handle.y - 40, { steps: 8 });
    // A slow drag must also add only one entry to the history.
    await until(page, () => location.hash.includes("start="));
    const halfway = await page.evaluate(() => location.hash);
    await page.mouse.move(handle.x + 150, handle.y - 60, { steps: 8 });
    await page.mouse.up();
    await until(page, (halfway) => location.hash !== halfway, halfway);
    await eventually(async () => assert.notDeepEqual(await column(page, "Epochs"), before));
    const start = await page.locator("#start").inputValue();
    assert.match(start, /^-?[\d.]{1,6},-?[\d.]{1,6}$/);
    await page.goBack();
    await until(page, () => document.querySelector("#start").value === "-4,-4");
    await lists(page, "Epochs", before);
  }),

  "the arrow keys move the initial point, and the map zooms": () => opened({}, async (page) => {
    await page.locator("#handle").focus();
    await page.keyboard.press("ArrowRight");
    await until(page, () => document.querySelector("#start").value !== "-4,-4");
    const start = await page.locator("#start").inputValue();
    assert.ok(Number(start.split(",")[0]) > -4 && Number(start.split(",")[1]) === -4, start);
    const pixels = () => page.locator("#canvas").evaluate((canvas) => canvas.toDataURL());
    const box = await page.locator("#canvas").boundingBox();
    await page.locator("#fit").click();
    await page.waitForTimeout(300);
    const wide = await pixels();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -400);
    await page.keyboard.up("Control");
    await page.waitForTimeout(300);
    const near = await pixels();
    assert.notEqual(near, wide);
    await page.locator("#fit").click();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await until(page, (wide) => document.querySelector("#canvas").toDataURL() === wide, wide);
    await shows(page, "#readout", /loss .*gradient \(/);
  }),

  "algorithms can be added and removed": () => opened({}, async (page) => {
    // Selecting an entry of the list does not add it yet.
    await page.locator("#add").selectOption("adam");
    await page.locator("#add-it").click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 6);
    await until(page, () => location.hash.includes("with=adam"));
    await page.locator("#optimizers summary").first().click();
    await page.locator("#optimizers .remove").first().click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 5);
    await eventually(async () => assert.deepEqual((await column(page, "Epochs")).slice(0, 4), ["92", "20", "17", "2"]));
  }),

  "without algorithms the map is visible, and an export that needs a run fails": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    await page.locator("#optimizers summary").first().click();
    await page.locator("#optimizers .remove").first().click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 0 && document.activeElement.id === "add");
    await unfold(page, "#save-csv");
    await page.locator("#save-csv").click();
    await until(page, () => document.querySelector("#failure").textContent.includes("there is no such run"));
    await page.locator("#add-it").click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 1);
    await shows(page, "#failure", "");
  }),

  "the arrow keys select problems": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    await page.locator("#problem").focus();
    const seen = new Set();
    for (let i = 0; i < 4; i += 1) {
      const title = await text(page, "#title");
      seen.add(title);
      await page.keyboard.press("ArrowDown");
      await until(page, (title) => document.querySelector("#title").textContent !== title, title);
    }
    assert.equal(seen.size, 4);
  }),

  "the player keeps its position when the experiment changes": () => opened({ hash: "#with=rprop&with=irprop-plus&at=12" }, async (page) => {
    await shows(page, "#position", "epoch 12");
    await page.locator("#add").selectOption("adam");
    await page.locator("#add-it").click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 3);
    await shows(page, "#position", "epoch 12");
    await page.locator("#handle").focus();
    await page.keyboard.press("ArrowRight");
    await until(page, () => document.querySelector("#start").value !== "-4,-4");
    await shows(page, "#position", "epoch 12");
    await page.locator("#by").selectOption("evaluations");
    await shows(page, "#position", /^\d+ evaluations$/);
    await page.locator("#by").selectOption("epochs");
    await shows(page, "#position", "epoch 12");
  }),

  "the player steps, plays, and counts evaluations": () => opened({}, async (page) => {
    await page.locator("#first").click();
    await shows(page, "#position", "epoch 0");
    await page.locator("#forward").click();
    await page.locator("#forward").click();
    await page.locator("#back").click();
    await shows(page, "#position", "epoch 1");
    await unfold(page, "#speed");
    await page.locator("#speed").selectOption("4");
    await page.locator("#play").click();
    await until(page, () => document.querySelector("#play").textContent === "Play" && document.querySelector("#position").textContent === "epoch 797");
    await page.locator("#by").selectOption("evaluations");
    await page.locator("#inspected").selectOption({ index: 4 });
    await scrub(page, 10);
    await until(page, () => document.querySelector("#explanation").textContent.includes("At the initial point"));
  }),

  "the inspector explains epochs 12 and 13 of RPROP": () => opened({}, async (page) => {
    await page.locator("#inspected").selectOption({ label: "RPROP" });
    await scrub(page, 12);
    await until(page, () => document.querySelector("#explanation").textContent.includes("Step 12"));
    await eventually(async () => assert.match(await explanation(page), /changed its sign, so its step size is halved/));
    await eventually(async () => assert.match(await explanation(page), /is undone/));
    await page.locator("#forward").click();
    await until(page, () => document.querySelector("#explanation").textContent.includes("Step 13"));
    await eventually(async () => assert.doesNotMatch(await explanation(page), /is undone/));
    await until(page, () => document.querySelector("#announcement").textContent.includes("Step 13"));
    await page.locator("#inspected").selectOption({ index: 4 });
    await scrub(page, 2);
    await until(page, () => document.querySelector("#explanation").textContent.includes("The line search tried"));
    await unfold(page, "#search");
    await page.locator("#search svg").waitFor();
    await shows(page, "#search", /\b11\b[^]*Loss along the step/);
  }),

  "a diverged run is drawn and reported": () => opened({ hash: "#on=rosenbrock&with=gradient-descent:learning_rate=1" }, async (page) => {
    await lists(page, "Outcome", ["diverged"]);
    await eventually(async () => assert.match(await explanation(page), /The run ends here: it diverged at epoch \d+/));
  }),

  "a step that leaves the map keeps its direction": () => opened({ hash: "#on=article&with=gradient-descent:learning_rate=1e5&at=1&window=-6,6,-6,6" }, async (page) => {
    // The gradient at the initial point is (-0.0175, -0.008686), so the step goes right and up.
    const isDark = ([x, y]) => page.evaluate(([x, y]) => {
      const canvas = document.querySelector("#canvas");
      const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
      const context = copy.getContext("2d", { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const at = [((x + 6) / 12) * canvas.width, ((6 - y) / 12) * canvas.height].map(Math.round);
      // A line between pixels is dark in one of its neighbors.
      const { data } = context.getImageData(at[0] - 1, at[1] - 1, 3, 3);
      const sums = Array.from({ length: 9 }, (_, i) => data[4 * i] + data[4 * i + 1] + data[4 * i + 2]);
      return Math.min(...sums) < 150;
    }, [x, y]);
    await eventually(async () => assert.ok(await isDark([2, -4 + (6 * 0.008686) / 0.0175])));
    await eventually(async () => assert.ok(!(await isDark([2, 2]))));
  }),

  "a button always shows the full map": () => opened({ hash: "#on=article&with=rprop&window=-5,-3,-5,-3" }, async (page) => {
    await page.locator("#fit").click();
    await until(page, () => !location.hash.includes("window"));
    await eventually(async () => assert.ok(await page.locator("#fit").isVisible()));
  }),

  "a long run can be stopped": () => opened({ hash: "#on=mlp:data=spirals,layers=2-32-32-1&with=gradient-descent:learning_rate=1e-6&target=none&epochs=1000000" }, async (page) => {
    await page.locator("#stop").click();
    await until(page, () => document.querySelector("#busy").hidden);
    await lists(page, "Outcome", ["stopped"]);
  }),

  "a slow map is coarse first, replaces the last map, and can be stopped": () => opened({}, async (page) => {
    await page.evaluate(() => (location.hash = "on=mlp:data=spirals,layers=2-64-64-1&with=rprop&epochs=2&target=none"));
    await until(page, () => document.querySelector("#title").textContent.includes("etwork of") || !document.querySelector("#title").textContent.startsWith("Two"));
    await eventually(async () => assert.doesNotMatch(await page.locator("#scale").innerText(), /0\.6663/));
    await until(page, () => document.querySelector("#scale").textContent !== "");
    await page.locator("#stop").click();
    await until(page, () => document.querySelector("#busy").hidden);
    await eventually(async () => assert.notEqual(await text(page, "#scale"), ""));
  }),

  "pictures and tables can be saved": () => opened({}, async (page) => {
    assert.match((await saved(page, "#save-svg")).toString(), /^<svg[^]*797 steps[^]*<\/svg>\s*$/);
    assert.deepEqual([...(await saved(page, "#save-png")).subarray(1, 4)], [0x50, 0x4e, 0x47]);
    const csv = (await saved(page, "#save-csv")).toString().trim().split("\n");
    assert.match(csv[0], /^epoch,w1,w2,loss,value_calls,gradient_calls/);
    assert.equal(csv.length, 799);
  }),

  "the page is accessible in light and dark, wide and narrow": async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
        await opened({ context: { colorScheme, viewport } }, async (page) => {
          await eventually(async () => assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), colorScheme));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= viewport.width, `${wide} px wide at ${viewport.width}`);
          await page.locator("#optimizers summary").first().click();
          await eventually(async () => assert.deepEqual(await violations(page), []));
          if (process.env["SHOTS"]) await page.screenshot({ path: `${process.env["SHOTS"]}/${colorScheme}-${viewport.width}.png`, fullPage: true });
        });
      }
    }
    await opened({}, async (page) => {
      await page.locator("#theme").click();
      await eventually(async () => assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark"));
    });
  },

  "the tour, the keys, the menus, the table, and the map of settings are accessible": async () => {
    for (const colorScheme of ["light", "dark"]) {
      await opened({ context: { colorScheme } }, async (page) => {
        for (const action of ["#view-table", "#view-settings", "#tour-open", "#keys-open"]) {
          await page.locator(action).click();
          await eventually(async () => assert.deepEqual(await violations(page), [], action));
        }
        await page.keyboard.press("Escape");
        await unfold(page, "#copy-link, #save-svg, #time, #problem-about, #with-0, #search");
        await eventually(async () => assert.deepEqual(await violations(page), []));
      });
    }
  },

  "an embedded page shows only the map and the player": () => opened({ query: "?embed", hash: "#on=article&with=rprop" }, async (page) => {
    await eventually(async () => assert.ok(await page.locator("#canvas").isVisible() && await page.locator("#play").isVisible()));
    await eventually(async () => assert.equal(await page.locator("header, aside, #table, #pictures").filter({ visible: true }).count(), 0));
  }),
};

export const after = close;
