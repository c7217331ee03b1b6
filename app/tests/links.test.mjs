// Tests of links: their contents, and invalid links.

import assert from "node:assert/strict";
import { close, eventually, holds, lists, opened, shows, text, until, unfold } from "./browser.mjs";

export const tests = {
  "a link restores the experiment": () => opened({ hash: "#on=rosenbrock&with=adam:learning_rate=0.2&start=-1,2&epochs=50" }, async (page) => {
    await shows(page, "#title", /Rosenbrock/);
    await holds(page, "#start", "-1,2");
    await unfold(page, "#command");
    await shows(page, "#command", /^thalweg train --on rosenbrock --with adam:learning_rate=0.2 --start -1,2 --epochs 50$/);
    await page.locator("#epochs").fill("20");
    await page.locator("#epochs").press("Enter");
    await until(page, () => location.hash === "#on=rosenbrock&with=adam:learning_rate=0.2&start=-1,2&epochs=20");
  }),

  "a link stores everything that is visible": () => {
    const hash = "#on=article&with=momentum&with=rprop&figure=surface:azimuth=30&window=-2,1,-3,0&at=12&run=2";
    return opened({ hash }, async (page) => {
      await shows(page, "#position", "epoch 12");
      await holds(page, "#inspected", "RPROP");
      await holds(page, "#figure", "surface");
      await until(page, () => document.querySelector("#picture svg") !== null);
      await eventually(async () => assert.equal(await page.evaluate(() => location.hash), hash));
      await unfold(page, "#command");
      await shows(page, "#command", /^thalweg draw surface:azimuth=30 .* --window -2,1,-3,0 -o surface.svg$/);
      await page.locator("#forward").click();
      await until(page, () => location.hash.includes("&at=13&"));
      await page.locator("#last").click();
      await until(page, () => !location.hash.includes("at="));
      await page.locator("#fit").click();
      await until(page, () => !location.hash.includes("window="));
      await page.locator("#figure").selectOption("");
      await until(page, () => location.hash === "#on=article&with=momentum&with=rprop&run=2");
      await unfold(page, "#command");
      await shows(page, "#command", /^thalweg train /);
      await page.locator("#by").selectOption("evaluations");
      await until(page, () => location.hash.endsWith("&by=evaluations&run=2"));
    });
  },

  "a link that needs a file waits for the file": () => opened({ hash: "#on=csv:path=my%20data.csv&with=rprop&epochs=20&target=none" }, async (page) => {
    await shows(page, "#failure", /my data\.csv.*drop the file on the page/);
    await page.locator("#file").setInputFiles({ name: "my data.csv", mimeType: "text/csv", buffer: Buffer.from("a,b,y\n0,1,1\n1,0,0\n") });
    await until(page, () => document.querySelector("#failure").textContent === "");
    await holds(page, "#epochs", "20");
    await lists(page, "Epochs", ["20"]);
  }),

  "an invalid or hostile link is reported, and the five algorithms of the article are shown": async () => {
    const hostile = ["#on=<img src=x onerror=alert(1)>", "#on=%3Cscript%3Ealert(1)%3C/script%3E", "#with=%22%3E%3Csvg/onload=alert(1)%3E",
      "#start=1,%3Cb%3E", "#on=%zz", `#on=${"x".repeat(100_001)}`, "#__proto__=1", "#on=formula:x^2%3Cscript%3E",
      "#figure=<img src=x onerror=alert(1)>", "#window=1,1,1,1", "#by=<b>", "#at=-1", "#run=0"];
    for (const hash of hostile) {
      await opened({ hash }, async (page) => {
        await shows(page, "#failure", /The link cannot be opened/);
        await lists(page, "Epochs", ["797", "92", "20", "17", "2"]);
        await eventually(async () => assert.equal(await page.locator("#failure *, #explanation img, main script").count(), 0));
      });
    }
  },
};

export const after = close;
