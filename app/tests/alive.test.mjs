// Tests of the player's time, the first visit, and the actions on the map.

import assert from "node:assert/strict";
import { close, eventually, holds, lists, opened, scrub, shows, text, unfold, until } from "./browser.mjs";
import { native } from "./native.mjs";

const epoch = async (page) => Number((await text(page, "#position")).match(/\d+/)[0]);
/** Returns the px of weights on the map of the article, in the window. */
const place = async (page, [x, y]) => {
  const { x: left, y: top, width, height } = await page.locator("#canvas").boundingBox();
  return [left + ((x + 6) / 12) * width, top + ((6 - y) / 12) * height];
};
const layout = (page) => page.evaluate(() => Object.fromEntries(["side", "map", "inspector", "views", "player"].map((id) => {
  const { top, bottom, left, right } = document.getElementById(id).getBoundingClientRect();
  return [id, { top, bottom, left, right }];
})));

export const tests = {
  "the first visit plays once, and the next one does not": () => opened({ context: { reducedMotion: "no-preference" } }, async (page) => {
    await until(page, () => document.querySelector("#play").textContent === "Pause");
    await until(page, () => document.querySelector("#play").textContent === "Play" && document.querySelector("#position").textContent === "epoch 797");
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    await page.waitForTimeout(300);
    assert.deepEqual([await text(page, "#play"), await epoch(page)], ["Play", 797]);
  }),

  "a visit with reduced motion, or of a link, does not play": async () => {
    await opened({}, async (page) => {
      await page.waitForTimeout(300);
      assert.deepEqual([await text(page, "#play"), await epoch(page)], ["Play", 797]);
      assert.ok(await page.locator("#hint").isVisible());
    });
    await opened({ hash: "#on=article&with=rprop", context: { reducedMotion: "no-preference" } }, async (page) => {
      await page.waitForTimeout(300);
      assert.deepEqual([await text(page, "#play"), await epoch(page)], ["Play", 20]);
    });
  },

  "a run of 20 epochs beside one of 797 has a visible part of the slider": () => opened({}, async (page) => {
    const time = async (at) => {
      await scrub(page, at);
      return Number(await page.locator("#scrub").inputValue());
    };
    await eventually(async () => assert.ok(Math.abs((await time(20)) - 0.455) < 0.02, `${await time(20)}`));
    await unfold(page, "#time");
    await page.locator("#time").selectOption("linear");
    await eventually(async () => assert.ok(Math.abs((await time(20)) - 20 / 797) < 0.002, `${await time(20)}`));
    await page.locator("#time").selectOption("length");
    await eventually(async () => assert.ok((await time(20)) > 0.4, `${await time(20)}`));
  }),

  "every epoch can be reached with the keys and by its number": () => opened({}, async (page) => {
    await scrub(page, 796);
    await page.locator("#scrub").focus();
    await page.keyboard.press("ArrowLeft");
    await shows(page, "#position", "epoch 795");
    await page.keyboard.press("ArrowRight");
    await shows(page, "#position", "epoch 796");
    await page.locator("#at").fill("123");
    await page.locator("#at").press("Enter");
    await shows(page, "#position", "epoch 123");
  }),

  "a number that is being typed stays while the runs are played": () => opened({}, async (page) => {
    await page.locator("#first").click();
    await page.locator("#play").click();
    await page.locator("#at").fill("12");
    const before = await text(page, "#position");
    await eventually(async () => assert.notEqual(await text(page, "#position"), before));
    assert.equal(await page.locator("#at").inputValue(), "12");
    await page.locator("#at").press("Enter");
    await shows(page, "#position", "epoch 12");
  }),

  "playing a run that comes to rest ends soon after the last visible movement": () => opened({
    hash: "#on=formula:(x-1)^2%2B9*(y%2B2)^2&with=gradient-descent&target=none&epochs=20000",
  }, async (page) => {
    await unfold(page, "#time");
    await page.locator("#time").selectOption("linear");
    // At 90% of the time, the run is still in the part in which something moves.
    await eventually(async () => {
      await page.locator("#scrub").evaluate((slider) => {
        slider.value = 0.9;
        slider.dispatchEvent(new Event("input"));
      });
      const at = await epoch(page);
      assert.ok(at > 1 && at < 200, `epoch ${at}`);
    });
  }),

  "a click on the map moves the initial point, and a click on a path explains its algorithm": () => opened({ hash: "#on=article&with=rprop&with=momentum:learning_rate=0.3" }, async (page) => {
    await page.mouse.click(...(await place(page, [4, 4])));
    await eventually(async () => {
      const [x, y] = (await page.locator("#start").inputValue()).split(",").map(Number);
      assert.ok(Math.abs(x - 4) < 0.1 && Math.abs(y - 4) < 0.1, `${x} ${y}`);
    });
    await until(page, () => location.hash.includes("start="));
    await page.goBack();
    await holds(page, "#start", "-4,-4");
    await holds(page, "#inspected", "RPROP");
    // Momentum passes this point.
    const passed = await page.evaluate(() => location.hash);
    await page.mouse.click(...(await place(page, [-1.55, -2.83])));
    await eventually(async () => {
      const now = [await page.locator("#inspected").inputValue(), await page.locator("#start").inputValue()];
      assert.deepEqual(now, ["Momentum", "-4,-4"], passed);
    });
  }),

  "hovering an entry lifts its path": () => opened({ hash: "#on=article&with=rprop&with=irprop-plus" }, async (page) => {
    const pixels = () => page.locator("#canvas").evaluate((canvas) => canvas.toDataURL());
    await page.mouse.move(5, 5);
    const before = await pixels();
    await page.locator(".entry").first().hover();
    await eventually(async () => assert.notEqual(await pixels(), before));
    await page.mouse.move(5, 5);
    await eventually(async () => assert.equal(await pixels(), before));
  }),

  "the list shows the loss while a run proceeds, its result at the end, and the winner": () => opened({}, async (page) => {
    const scores = () => page.locator(".score").allInnerTexts();
    await eventually(async () => assert.deepEqual(await scores(), ["797", "92", "20", "17", "2"]));
    assert.deepEqual(await page.locator(".score").evaluateAll((all) => all.map((one) => one.hasAttribute("data-first"))), [false, false, false, false, true]);
    await scrub(page, 17);
    await eventually(async () => assert.deepEqual((await scores()).map((score) => score.startsWith("loss ")), [true, true, true, false, false]));
    await page.locator("#by").selectOption("evaluations");
    await page.locator("#last").click();
    await eventually(async () => assert.equal((await scores())[4], "33"));
    await shows(page, "#unit", "evaluations");
  }),

  "the wheel zooms with Ctrl, or after a click on the map": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    const middle = await place(page, [0, 3]);
    await page.mouse.move(...middle);
    await page.mouse.wheel(0, -300);
    await until(page, () => !document.querySelector("#wheel-hint").hidden);
    assert.ok(!(await page.evaluate(() => location.hash)).includes("window"));
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await until(page, () => location.hash.includes("window"));
    await page.locator("#fit").click();
    await until(page, () => !location.hash.includes("window"));
    await page.locator("#zoom-in").click();
    await until(page, () => location.hash.includes("window"));
  }),

  "the initial point of a network moves within the plane of the map": () => opened({ hash: "#on=mlp:data=moons,layers=2-3-1&with=rprop&epochs=50&target=none" }, async (page) => {
    const before = (await page.locator("#start").inputValue()).split(",");
    await page.locator("#handle").focus();
    await page.keyboard.press("ArrowRight");
    await eventually(async () => {
      const after = (await page.locator("#start").inputValue()).split(",");
      assert.equal(after.length, before.length);
      assert.notDeepEqual(after, before);
    });
    await until(page, () => document.querySelector("#busy").hidden);
    await shows(page, "#failure", "");
  }),

  "settings are tuned by the trials of the shell, and the result is taken": () => opened({ hash: "#on=article&with=gradient-descent:learning_rate=0.3&with=rprop&with=gauss-newton&epochs=500" }, async (page) => {
    await page.locator(".entry summary").first().click();
    const tune = page.locator(".tune");
    assert.equal(await tune.first().innerText(), "Tune learning_rate");
    await tune.first().click();
    await shows(page, ".entry [role=status] >> nth=0", /reaches the target after/);
    assert.equal(await tune.first().innerText(), "Tune learning_rate");
    const sentence = await text(page, ".entry [role=status] >> nth=0");
    const rate = sentence.match(/median study, (learning_rate=\S+),/)[1];
    const table = native("thalweg", ..."train --on article --with gradient-descent --epochs 500 --tune".split(" "));
    assert.ok(table.replace(/\s+/g, " ").includes(`(${rate}, tuned: 15 trials`), `${sentence}\n${table}`);
    await until(page, (rate) => location.hash.includes(`gradient-descent:${rate}&`), rate);
    assert.match(await tune.nth(1).textContent(), /^Tune initial_step$/);
    assert.equal(await tune.nth(2).isVisible(), false);
  }),

  "tuning shows its progress and can be stopped": () => opened({ hash: "#on=mlp:data=moons&with=adam&target=none&epochs=1000000" }, async (page) => {
    await page.locator("#stop").click();
    await page.locator(".entry summary").first().click();
    const before = await page.evaluate(() => location.hash);
    await page.locator(".tune").first().click();
    await until(page, () => /^Stop tuning \(trial \d+ of 15\)$/.test(document.querySelector(".tune").textContent));
    await page.locator(".tune").first().click();
    await shows(page, ".entry [role=status] >> nth=0", "tuning was stopped");
    assert.equal(await page.locator(".tune").first().innerText(), "Tune learning_rate");
    assert.equal(await page.evaluate(() => location.hash), before);
  }),

  "while the initial point is dragged, the newest position wins": () => opened({ hash: "#on=article&with=rprop&with=irprop-plus" }, async (page) => {
    const handle = await page.locator("#handle").boundingBox();
    await page.mouse.move(handle.x + 15, handle.y + 15);
    await page.mouse.down();
    for (let i = 0; i < 60; i += 1) await page.mouse.move(handle.x + 15 + 3 * i, handle.y + 15 - 4 * i);
    await page.mouse.up();
    const { width } = await page.locator("#canvas").boundingBox();
    const unit = 12 / width;
    await eventually(async () => {
      const [x, y] = (await page.locator("#start").inputValue()).split(",").map(Number);
      assert.ok(Math.abs(x + 4 - 177 * unit) < 0.05 && Math.abs(y + 4 - 236 * unit) < 0.05, `${x} ${y} ${unit}`);
    });
    await lists(page, "Outcome", ["reached", "reached"]);
  }),

  "list, map, explanation, figure, and player are visible on one screen": async () => {
    for (const viewport of [{ width: 1100, height: 800 }, { width: 1440, height: 900 }, { width: 1920, height: 1080 }]) {
      await opened({ context: { viewport } }, async (page) => {
        await until(page, () => document.querySelector("#chart svg") !== null);
        const [scrollWidth, scrollHeight] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
        assert.ok(scrollHeight <= viewport.height && scrollWidth <= viewport.width, `${scrollWidth} x ${scrollHeight} at ${viewport.width}`);
        for (const [id, box] of Object.entries(await layout(page))) {
          assert.ok(box.top >= 0 && box.left >= 0 && box.right <= viewport.width && box.top < viewport.height - 100 || id === "player", `${id} at ${viewport.width}: ${JSON.stringify(box)}`);
          if (id !== "views") assert.ok(box.bottom <= viewport.height, `${id} at ${viewport.width}: ${JSON.stringify(box)}`);
        }
      });
    }
  },

  "on a phone, the map stays and the buttons below it open the parts": () => opened({ context: { viewport: { width: 390, height: 844 } } }, async (page) => {
    const parts = { algorithms: "#optimizers", why: "#reason", figures: "#tabs", lessons: "#lessons" };
    for (const [sheet, part] of Object.entries(parts)) {
      await page.locator(`#sheets [data-open=${sheet}]`).click();
      for (const other of Object.values(parts)) assert.equal(await page.locator(other).isVisible(), other === part, `${sheet}: ${other}`);
      const { height } = await page.locator("#map").boundingBox();
      assert.ok(height > 330 && (await page.locator("#play").isVisible()), `${height}`);
    }
  }),
};

export const after = close;
