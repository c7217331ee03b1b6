// Tests that the page shows what the program shows: notes, tolerance, distances from the plane, and levels.

import assert from "node:assert/strict";
import { close, column, drop, eventually, holds, lists, opened, shows, text, unfold, until } from "./browser.mjs";

/** A recorded run in a CSV file with losses of another problem. */
const RECORD = "x,y,loss\n-4,-4,34\n-3,-3,33\n";
const give = (page, name, content) => page.locator("#record").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

export const tests = {
  "notes leave space for the player": async () => {
    const rows = Array.from({ length: 80 }, (_, i) => `${18 + ((i * 7) % 50)},${150 + ((i * 11) % 45)},${(i * 5) % 3 === 0 ? 1 : 0}`);
    const content = Buffer.from(`age,height,won\n${rows.join("\n")}\n`);
    for (const [width, height] of [[1280, 800], [1366, 768], [1280, 720]]) {
      await opened({ hash: "#with=rprop&epochs=20", context: { viewport: { width, height } } }, async (page) => {
        const bottom = () => page.evaluate(() => document.querySelector("#player").getBoundingClientRect().bottom);
        const side = () => page.evaluate(() => document.querySelector("#map").getBoundingClientRect().height);
        const [before, largest] = [await bottom(), await side()];
        await drop(page, [["people.csv", content]]);
        await until(page, () => location.hash.includes("people.csv"));
        await page.evaluate(() => (location.hash = "on=csv:path=people.csv,scale=standard&with=rprop&epochs=20"));
        await eventually(async () => assert.match(await text(page, "#notes"), /scale=standard/));
        assert.equal(await bottom(), before);
        assert.ok(await side() < largest && await side() > largest - 70, `${await side()} ${largest}`);
      });
    }
  },

  "notes on recorded runs are those of the command line": () => opened({ hash: "#on=formula:(x-1)^2%2B4*(y%2B0.5)^2&with=rprop" }, async (page) => {
    await unfold(page, "#record");
    await give(page, "bare.csv", "-4,-4\n-3,-3\n-2,-2\n");
    await eventually(async () => assert.match(await text(page, "#notes"), /bare\.csv/));
    await give(page, "wrong.csv", RECORD);
    await eventually(async () => assert.match(await text(page, "#notes"), /the recorded loss at epoch 0 is 34, but the loss of this problem is 74; possible causes/));
  }),

  "a tolerance ends runs that have converged": () => opened({ hash: "#on=formula:(x-1)^2%2B9*(y%2B2)^2&with=momentum&target=none&epochs=5000" }, async (page) => {
    await lists(page, "Epochs", ["5000"]);
    await unfold(page, "#tolerance");
    await holds(page, "#tolerance", "none");
    await page.locator("#tolerance").fill("1e-6");
    await page.locator("#tolerance").press("Enter");
    await until(page, () => /&tolerance=(1e-6|0\.000001)/.test(location.hash));
    await lists(page, "Outcome", ["converged"]);
    assert.ok(Number((await column(page, "Epochs"))[0]) < 1000);
    await page.locator("#tolerance").fill("-1");
    await page.locator("#tolerance").press("Enter");
    await until(page, () => document.querySelector("#tolerance ~ .error").textContent !== "");
    await page.locator("#tolerance").fill("none");
    await page.locator("#tolerance").press("Enter");
    await until(page, () => !location.hash.includes("tolerance"));
  }),

  "mini-batches and noise have fields": () => opened({ hash: "#on=article&with=gradient-descent:learning_rate=0.3" }, async (page) => {
    await lists(page, "Epochs", ["797"]);
    await unfold(page, "#batch");
    for (const [key, value] of [["batch", "2"], ["gradient-noise", "0.01"], ["seed", "7"]]) {
      await page.locator(`#${key}`).fill(value);
      await page.locator(`#${key}`).press("Enter");
      await until(page, (part) => location.hash.includes(part), `&${key}=${value}`);
    }
    await page.locator("#shuffle").check();
    await until(page, () => location.hash.includes("&shuffle=true"));
    await eventually(async () => assert.notDeepEqual(await column(page, "Epochs"), ["797"]));
    await page.locator("#seed").fill("x");
    await page.locator("#seed").press("Enter");
    await until(page, () => document.querySelector("#seed ~ .error").textContent !== "");
    await page.goBack();
    await until(page, () => !document.querySelector("#shuffle").checked);
    await holds(page, "#batch", "2");
  }),

  "a CSV file is read with class names, scaling, and selected columns": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    await unfold(page, "#file");
    const rows = [["a", 30, 1, "no"], ["b", 60, 2, "no"], ["c", 80, 2, "yes"], ["d", 95, 3, "yes"]];
    const content = `id,score,other,passed\n${rows.map((row) => row.join(",")).join("\n")}\n`;
    await page.locator("#file").setInputFiles({ name: "exam.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
    await until(page, () => /features/.test(document.querySelector("#file ~ .error").textContent) || location.hash.includes("exam.csv"));
    await page.goto(`${page.url().split("#")[0]}#on=csv:path=exam.csv,features=score|other,scale=standard&with=rprop`);
    await page.locator("#file").setInputFiles({ name: "exam.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
    await until(page, () => location.hash.includes("scale=standard") && document.querySelector("#failure").textContent === "");
    await eventually(async () => assert.match(await text(page, "#notes"), /`passed` contains classes: no is 0, yes is 1/));
    await until(page, () => document.querySelector("#problem-rows-scale").value === "standard");
  }),

  "the table shows the distance from the plane and the loss of the map": () => opened({
    hash: "#on=mlp:layers=2-2-1&with=rprop&with=gradient-descent&target=0.01&epochs=3000&plane=path",
  }, async (page) => {
    await until(page, () => document.querySelector("#busy").hidden);
    await eventually(async () => {
      const [rprop, descent] = (await column(page, "From the plane")).map(Number);
      const [loss] = (await column(page, "Loss")).map(Number);
      const [mapLoss, otherMapLoss] = (await column(page, "Loss on the map")).map(Number);
      // The plane contains the end of the first path.
      assert.equal(rprop, 0);
      assert.ok(Math.abs(mapLoss - loss) < 1e-5 * Math.max(1, loss), `${mapLoss} ${loss}`);
      assert.ok(descent > 0 && otherMapLoss > 0, `${descent} ${otherMapLoss}`);
    });
    await page.locator("#problem").selectOption("article");
    await until(page, () => location.hash.includes("article"));
    await eventually(async () => assert.deepEqual(await page.locator("#column-distance, #column-map_loss").count(), 0));
  }),

  "the levels distinguish bands along the complete paths": () => opened({
    hash: "#on=formula:(x^2%2B400*y^2)/2,start=-4,0.5&with=gradient-descent:learning_rate=0.00001&target=none&epochs=400000",
  }, async (page) => {
    await until(page, () => document.querySelector("#busy").hidden);
    await shows(page, "#failure", "");
    await page.mouse.move(5, 5);
    const map = () => page.locator("#canvas").evaluate((canvas) => canvas.toDataURL());
    await page.waitForTimeout(500);
    const live = await map();
    // Another window and back: the loss is sampled again, now with complete paths.
    await page.locator("#zoom-in").click();
    await until(page, () => location.hash.includes("window"));
    await eventually(async () => assert.notEqual(await map(), live));
    await page.locator("#fit").click();
    await until(page, () => !location.hash.includes("window"));
    await page.mouse.move(5, 5);
    await eventually(async () => assert.ok((await map()) === live, "the map has other levels"));
  }),

  "the background and the paths of a running network show the same plane": () => opened({
    hash: "#on=mlp:data=moons,layers=2-8-1&with=rprop&with=adam:learning_rate=0.03&target=none&epochs=4000",
  }, async (page) => {
    const mixed = page.locator("#canvas").evaluate((canvas) => new Promise((resolve) => {
      const seen = [];
      const look = () => {
        const [background, overlay] = (canvas.dataset.planes ?? "").split(" ");
        if (background !== "undefined" && overlay !== "undefined" && background !== overlay) seen.push(canvas.dataset.planes);
        if (document.querySelector("#busy").hidden) resolve(seen);
        else requestAnimationFrame(look);
      };
      look();
    }));
    assert.deepEqual(await mixed, []);
    await until(page, () => document.querySelector("#busy").hidden);
    const planes = await page.locator("#canvas").evaluate((canvas) => canvas.dataset.planes);
    assert.match(planes, /^(\d+) \1$/);
  }),
};

export const after = close;
