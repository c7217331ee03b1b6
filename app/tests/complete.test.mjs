// Tests that the page shows what the program shows: notes, tolerance, distances from the plane, and levels.

import assert from "node:assert/strict";
import { close, column, eventually, holds, lists, opened, shows, text, unfold, until } from "./browser.mjs";

/** A recorded run in a CSV file with losses of another problem. */
const RECORD = "x,y,loss\n-4,-4,34\n-3,-3,33\n";
const give = (page, name, content) => page.locator("#record").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

export const tests = {
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
