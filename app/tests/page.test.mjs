// The page from a file, as somebody uses it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { close, column, opened, PAGE, until, violations } from "./browser.mjs";

const text = (page, selector) => page.locator(selector).innerText();
const words = (page) => text(page, "#words");
const scrub = async (page, at) => {
  await page.locator("#scrub").evaluate((input, at) => {
    input.value = at;
    input.dispatchEvent(new Event("input"));
  }, String(at));
};

export const tests = {
  "the article's five come out as in the article": () => opened({}, async (page) => {
    assert.match(await page.locator("#scale").getAttribute("aria-label"), /^Colours of the loss, from 0\.10\d+ to 0\.666\d; .* 0\.125\.$/);
    assert.deepEqual(await column(page, "Epochs"), ["797", "92", "20", "17", "2"]);
    await page.locator("#table th button", { hasText: "Epochs" }).click();
    assert.deepEqual(await column(page, "Epochs"), ["2", "17", "20", "92", "797"]);
    await page.locator("#table th button", { hasText: "Epochs" }).click();
    assert.deepEqual(await column(page, "Epochs"), ["797", "92", "20", "17", "2"]);
  }),

  "from a server it is the same": async () => {
    const body = readFileSync(new URL(PAGE));
    const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(body));
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    const url = `http://127.0.0.1:${server.address().port}/`;
    try {
      await opened({ url }, async (page) => assert.deepEqual(await column(page, "Epochs"), ["797", "92", "20", "17", "2"]));
    } finally {
      server.close();
    }
  },

  "dragging the start runs all anew": () => opened({}, async (page) => {
    const before = await column(page, "Epochs");
    const handle = await page.locator("#handle").boundingBox();
    await page.mouse.move(handle.x + 15, handle.y + 15);
    await page.mouse.down();
    await page.mouse.move(handle.x + 120, handle.y - 40, { steps: 8 });
    // However slowly somebody drags, it is one entry of the history.
    await until(page, () => location.hash.includes("start="));
    const halfway = await page.evaluate(() => location.hash);
    await page.mouse.move(handle.x + 150, handle.y - 60, { steps: 8 });
    await page.mouse.up();
    await until(page, (halfway) => location.hash !== halfway, halfway);
    assert.notDeepEqual(await column(page, "Epochs"), before);
    const start = await page.locator("#start").inputValue();
    assert.match(start, /^-?[\d.]{1,6},-?[\d.]{1,6}$/);
    await page.goBack();
    await until(page, () => document.querySelector("#start").value === "-4,-4");
    assert.deepEqual(await column(page, "Epochs"), before);
  }),

  "the arrow keys move the start, and the map zooms": () => opened({}, async (page) => {
    await page.locator("#handle").focus();
    await page.keyboard.press("ArrowRight");
    await until(page, () => document.querySelector("#start").value !== "-4,-4");
    const start = await page.locator("#start").inputValue();
    assert.ok(Number(start.split(",")[0]) > -4 && Number(start.split(",")[1]) === -4, start);
    const shot = () => page.locator("#canvas").evaluate((canvas) => canvas.toDataURL());
    const box = await page.locator("#canvas").boundingBox();
    await page.mouse.dblclick(box.x + 20, box.y + 20);
    await page.waitForTimeout(300);
    const wide = await shot();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -400);
    await page.waitForTimeout(300);
    const near = await shot();
    assert.notEqual(near, wide);
    await page.mouse.dblclick(box.x + 20, box.y + 20);
    await until(page, (wide) => document.querySelector("#canvas").toDataURL() === wide, wide);
    assert.match(await text(page, "#readout"), /loss .*gradient \(/);
  }),

  "typing and sliding change a setting, and a wrong number is said beside it": () => opened({}, async (page) => {
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
    assert.match(await text(page, "#with-0 .row >> nth=0"), /cannot be `-1`/);
    assert.equal((await column(page, "Epochs"))[0], fast);
    await rate.fill("3");
    await rate.press("Enter");
    await until(page, () => location.hash.includes("learning_rate=3&"));
    assert.equal(await text(page, "#with-0 .error >> nth=0"), "");
    await page.locator("#with-0 input[type=range]").first().evaluate((slider) => {
      slider.value = "700";
      slider.dispatchEvent(new Event("input"));
      slider.dispatchEvent(new Event("change"));
    });
    await until(page, () => !location.hash.includes("learning_rate=3&"));
  }),

  "algorithms come and go": () => opened({}, async (page) => {
    // Going through the list adds nothing yet.
    await page.locator("#add").selectOption("adam");
    await page.locator("#add-it").click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 6);
    await until(page, () => location.hash.includes("with=adam"));
    await page.locator("#optimizers summary").first().click();
    await page.locator("#optimizers .remove").first().click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 5);
    assert.deepEqual((await column(page, "Epochs")).slice(0, 4), ["92", "20", "17", "2"]);
  }),

  "without an algorithm the map is there, and what needs a run says so": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    await page.locator("#optimizers summary").first().click();
    await page.locator("#optimizers .remove").first().click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 0 && document.activeElement.id === "add");
    await page.locator("#save-csv").click();
    await until(page, () => document.querySelector("#failure").textContent.includes("there is no run"));
    await page.locator("#add-it").click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 1);
    assert.equal(await text(page, "#failure"), "");
  }),

  "the list of problems can be gone through by keys": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
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

  "the player stays where it is whatever else changes": () => opened({ hash: "#with=rprop&with=irprop-plus&at=12" }, async (page) => {
    assert.equal(await text(page, "#position"), "epoch 12");
    await page.locator("#add").selectOption("adam");
    await page.locator("#add-it").click();
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 3);
    assert.equal(await text(page, "#position"), "epoch 12");
    await page.locator("#handle").focus();
    await page.keyboard.press("ArrowRight");
    await until(page, () => document.querySelector("#start").value !== "-4,-4");
    assert.equal(await text(page, "#position"), "epoch 12");
    // Twelve steps and the start ask thirteen times for the gradient and the loss with it.
    await page.locator("#by").selectOption("evaluations");
    const spent = await text(page, "#position");
    assert.match(spent, /^\d+ evaluations$/);
    await page.locator("#by").selectOption("epochs");
    assert.equal(await text(page, "#position"), "epoch 12");
  }),

  "the player steps, plays and races by evaluations": () => opened({}, async (page) => {
    await page.locator("#first").click();
    assert.equal(await text(page, "#position"), "epoch 0");
    await page.locator("#forward").click();
    await page.locator("#forward").click();
    await page.locator("#back").click();
    assert.equal(await text(page, "#position"), "epoch 1");
    await page.locator("#speed").selectOption("300");
    await page.locator("#play").click();
    await until(page, () => document.querySelector("#play").textContent === "Play" && document.querySelector("#position").textContent === "epoch 797");
    await page.locator("#by").selectOption("evaluations");
    await page.locator("#inspected").selectOption({ index: 4 });
    await scrub(page, 10);
    await until(page, () => document.querySelector("#words").textContent.includes("At the start"));
  }),

  "the inspector tells RPROP's 12th and 13th epoch": () => opened({}, async (page) => {
    await page.locator("#inspected").selectOption({ label: "RPROP" });
    await scrub(page, 12);
    await until(page, () => document.querySelector("#words").textContent.includes("Epoch 12"));
    assert.match(await words(page), /changed its sign, so its step size is halved/);
    assert.match(await words(page), /is taken back/);
    await page.locator("#forward").click();
    await until(page, () => document.querySelector("#words").textContent.includes("Epoch 13"));
    assert.doesNotMatch(await words(page), /is taken back/);
    await until(page, () => document.querySelector("#said").textContent.includes("Epoch 13"));
    await page.locator("#inspected").selectOption({ index: 4 });
    await scrub(page, 2);
    await until(page, () => document.querySelector("#words").textContent.includes("The line search tried"));
    await page.locator("#search svg").waitFor();
    assert.match(await text(page, "#search"), /\b11\b[^]*The loss along the step/);
  }),

  "the tour goes from its first step to its last": () => opened({}, async (page) => {
    await page.locator("#tour-open").click();
    const titles = new Set();
    const { length } = JSON.parse(readFileSync(new URL("../src/tour.json", import.meta.url)));
    for (let step = 0; step < length; step += 1) {
      await until(page, (place) => document.querySelector("#tour-place").textContent === place, `${step + 1} of ${length}`);
      titles.add(await text(page, "#tour-title"));
      const views = page.locator("#tour-views a");
      for (let view = 1; view < (await views.count()); view += 1) {
        await views.nth(view).click();
        await until(page, (view) => document.querySelectorAll("#tour-views a")[view].ariaCurrent === "true", view);
        assert.equal(await text(page, "#tour-place"), `${step + 1} of ${length}`);
      }
      assert.doesNotMatch(await text(page, "#tour-text"), /\{|undefined| {2}/);
      assert.equal(await text(page, "#failure"), "");
      await page.locator("#tour-next").click();
    }
    await until(page, () => document.querySelector("#tour").hidden);
    assert.equal(titles.size, length);
  }),

  "the words of the tour and of lessons stand beside the map, on a phone too": async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      await opened({ context: { viewport } }, async (page) => {
        const seen = (selector) => page.locator(selector).evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return Math.min(bottom, innerHeight) - Math.max(top, 0);
        });
        await page.locator("#lessons a").nth(3).click();
        await until(page, () => document.querySelector("#tour-title").textContent === "A saddle");
        assert.ok(await seen("#tour-text") > 40 && await seen("#map") > 250, `${await seen("#tour-text")} ${await seen("#map")}`);
        assert.ok(await page.locator("#tour-next").isHidden());
        await page.locator("#tour-leave").click();
        await page.locator("#tour-open").click();
        await until(page, () => document.querySelector("#tour-place").textContent.startsWith("1 of"));
        await page.locator("#tour-next").click();
        await until(page, () => document.querySelector("#tour-place").textContent.startsWith("2 of"));
        assert.ok(await seen("#tour-text") > 40 && await seen("#map") > 250, `${await seen("#tour-text")} ${await seen("#map")}`);
        // Whoever goes back is told what was told there.
        await page.goBack();
        await until(page, () => document.querySelector("#tour-place").textContent.startsWith("1 of"));
        // What is told of a picture or a column is told beside it.
        await page.evaluate(() => (location.hash = "figure=data"));
        await until(page, () => document.querySelector("#tour-title").textContent.startsWith("A network"));
        await until(page, () => document.querySelector("#picture svg"));
        assert.ok(await seen("#tour-text") > 40 && await seen("#picture-box") > 250, `${await seen("#picture-box")}`);
        while ((await text(page, "#tour-place")).slice(0, 2) !== "10") {
          const place = await text(page, "#tour-place");
          await page.locator("#tour-next").click();
          await until(page, (before) => document.querySelector("#tour-place").textContent !== before, place);
        }
        assert.ok(await seen("#column-values") > 10 && await seen("#tour-text") > 40, `${await seen("#column-values")}`);
        const values = await page.locator("#column-values").boundingBox();
        assert.ok(values.x >= 0 && values.x + values.width <= viewport.width, `${values.x}`);
      });
    }
  },

  "every lesson can be opened": () => opened({}, async (page) => {
    const links = page.locator("#lessons a");
    for (let i = 0; i < (await links.count()); i += 1) {
      const before = page.url();
      await links.nth(i).click();
      await until(page, (before) => location.href !== before, before);
      await until(page, () => document.querySelector("#busy").hidden);
      assert.equal(await text(page, "#failure"), "", await links.nth(i).innerText());
    }
  }),

  "a link comes back": () => opened({ hash: "#on=rosenbrock&with=adam:learning_rate=0.2&start=-1,2&epochs=50" }, async (page) => {
    assert.match(await text(page, "#title"), /Rosenbrock/);
    assert.equal(await page.locator("#start").inputValue(), "-1,2");
    assert.match(await text(page, "#command"), /^thalweg train --on rosenbrock --with adam:learning_rate=0.2 --start -1,2 --epochs 50$/);
    await page.locator("#epochs").fill("20");
    await page.locator("#epochs").press("Enter");
    await until(page, () => location.hash === "#on=rosenbrock&with=adam:learning_rate=0.2&start=-1,2&epochs=20");
  }),

  "a link carries all that is seen": () => {
    const hash = "#on=article&with=momentum&with=rprop&figure=surface:azimuth=30&window=-2,1,-3,0&at=12&run=2";
    return opened({ hash }, async (page) => {
      assert.equal(await text(page, "#position"), "epoch 12");
      assert.equal(await page.locator("#inspected").inputValue(), "RPROP");
      assert.equal(await page.locator("#figure").inputValue(), "surface");
      await until(page, () => document.querySelector("#picture svg") !== null);
      assert.equal(await page.evaluate(() => location.hash), hash);
      assert.match(await text(page, "#command"), /^thalweg draw surface:azimuth=30 .* --window -2,1,-3,0 -o surface.svg$/);
      await page.locator("#forward").click();
      await until(page, () => location.hash.includes("&at=13&"));
      await page.locator("#last").click();
      await until(page, () => !location.hash.includes("at="));
      await page.locator("#canvas").dblclick({ position: { x: 20, y: 20 } });
      await until(page, () => !location.hash.includes("window="));
      await page.locator("#figure").selectOption("");
      await until(page, () => location.hash === "#on=article&with=momentum&with=rprop&run=2");
      assert.match(await text(page, "#command"), /^thalweg train /);
      await page.locator("#by").selectOption("evaluations");
      await until(page, () => location.hash.endsWith("&by=evaluations&run=2"));
    });
  },

  "a link about a file waits for the file": () => opened({ hash: "#on=csv:path=my%20data.csv&with=rprop&epochs=20&target=none" }, async (page) => {
    assert.match(await text(page, "#failure"), /my data\.csv.*drop the file on the page/);
    await page.locator("#file").setInputFiles({ name: "my data.csv", mimeType: "text/csv", buffer: Buffer.from("a,b,y\n0,1,1\n1,0,0\n") });
    await until(page, () => document.querySelector("#failure").textContent === "");
    assert.equal(await page.locator("#epochs").inputValue(), "20");
    assert.deepEqual(await column(page, "Epochs"), ["20"]);
  }),

  "a wrong or hostile link is said, and the article's five are shown": async () => {
    const hostile = ["#on=<img src=x onerror=alert(1)>", "#on=%3Cscript%3Ealert(1)%3C/script%3E", "#with=%22%3E%3Csvg/onload=alert(1)%3E",
      "#start=1,%3Cb%3E", "#on=%zz", `#on=${"x".repeat(100_001)}`, "#__proto__=1", "#on=formula:x^2%3Cscript%3E",
      "#figure=<img src=x onerror=alert(1)>", "#window=1,1,1,1", "#by=<b>", "#at=-1", "#run=0"];
    for (const hash of hostile) {
      await opened({ hash }, async (page) => {
        assert.match(await text(page, "#failure"), /The link cannot be opened/);
        assert.deepEqual(await column(page, "Epochs"), ["797", "92", "20", "17", "2"]);
        assert.equal(await page.locator("#failure *, #words img, main script").count(), 0);
      });
    }
  },

  "a formula of one's own, right and wrong": () => opened({}, async (page) => {
    await page.locator("#problem").selectOption("formula");
    await until(page, () => location.hash.includes("formula"));
    const formula = page.locator("#problem-rows input[type=text]").first();
    await until(page, () => document.querySelector("#busy").hidden);
    const before = await column(page, "Epochs");
    await formula.fill("x^2 + ");
    await formula.press("Enter");
    await until(page, () => document.querySelector("#problem-rows .error").textContent !== "");
    assert.deepEqual(await column(page, "Epochs"), before);
    await formula.fill("x^2+4*y^2");
    await formula.press("Enter");
    await until(page, () => location.hash.includes("x%5E2%2B4*y%5E2"));
    assert.equal(await text(page, "#problem-rows .error >> nth=0"), "");
  }),

  "what was typed stays until it can be": () => opened({ hash: "#on=formula:x^2%2By^2&with=rprop" }, async (page) => {
    const formula = page.locator("#problem-rows input[type=text]").first();
    await formula.fill("ln(x)^2+y^2");
    await formula.press("Enter");
    await until(page, () => document.querySelector("#problem-rows .error").textContent !== "");
    await page.locator("#start").fill("2,1");
    await page.locator("#start").press("Enter");
    await until(page, () => location.hash.includes("ln") && location.hash.includes("start=2,1"));
    assert.equal(await formula.inputValue(), "ln(x)^2+y^2");
    assert.equal(await text(page, "#problem-rows .error >> nth=0"), "");
    await page.locator("#epochs").fill("many");
    await page.locator("#epochs").press("Enter");
    await until(page, () => document.querySelector("#epochs ~ .error").textContent !== "");
    await page.locator("#start").fill("3,1");
    await page.locator("#start").press("Enter");
    await until(page, () => location.hash.includes("start=3,1"));
    assert.equal(await page.locator("#epochs").inputValue(), "many");
  }),

  "a click right after typing is not lost": () => opened({}, async (page) => {
    await page.locator("#optimizers summary").first().click();
    await page.locator("#with-0 input[type=text]").first().fill("1");
    await page.locator("#optimizers .remove").first().scrollIntoViewIfNeeded();
    const { x, y, width, height } = await page.locator("#optimizers .remove").first().boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 4);
  }),

  "a CSV file of one's own, right and wrong": () => opened({}, async (page) => {
    const give = (content) => page.locator("#file").setInputFiles({ name: "my data.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
    await give("a,b,y\n0,1,1\n1,zero,0\n");
    await until(page, () => document.querySelector("#file ~ .error").textContent !== "");
    assert.match(await text(page, "#file ~ .error"), /my data.csv, line 3/);
    assert.deepEqual(await column(page, "Epochs"), ["797", "92", "20", "17", "2"]);
    await give("a,b,y\n0,1,1\n1,0,0\n1,1,1\n0,0,0\n");
    await until(page, () => location.hash.includes("my%20data.csv"));
    assert.equal(await text(page, "#file ~ .error"), "");
    // Another problem has its own learning rate, and what was wrong with a file is no longer said.
    assert.match(await page.evaluate(() => location.hash), /&with=gradient-descent&with=momentum:momentum=0\.9&/);
    await give("a,b,y\n0,1,one\n");
    await until(page, () => document.querySelector("#file ~ .error").textContent !== "");
    await page.locator("#problem").selectOption("branin");
    await until(page, () => location.hash.includes("branin"));
    assert.equal(await text(page, "#file ~ .error"), "");
    assert.equal(await page.locator("#file").inputValue(), "");
    await page.goBack();
    await until(page, () => location.hash.includes("my%20data.csv"));
    await page.locator("#copy-link").click();
    await until(page, () => document.querySelector("#taken").textContent.includes("my data.csv is not in the link"));
    // The tab keeps the file.
    const before = await column(page, "Epochs");
    await page.reload();
    await page.waitForSelector("html[data-ready]");
    assert.equal(await text(page, "#failure"), "");
    assert.deepEqual(await column(page, "Epochs"), before);
  }),

  "a run that goes out of all bounds is drawn and said": () => opened({ hash: "#on=rosenbrock&with=gradient-descent:learning_rate=1" }, async (page) => {
    assert.deepEqual(await column(page, "Outcome"), ["diverged"]);
    assert.match(await words(page), /The run ends here: diverged at epoch \d+/);
  }),

  "a long run can be stopped": () => opened({ hash: "#on=mlp:data=spirals,layers=2-32-32-1&with=gradient-descent:learning_rate=1e-6&target=none&epochs=1000000" }, async (page) => {
    await page.locator("#stop").click();
    await until(page, () => document.querySelector("#busy").hidden);
    assert.deepEqual(await column(page, "Outcome"), ["stopped"]);
  }),

  "a slow map is coarse first, shows nothing of the one before, and can be stopped": () => opened({}, async (page) => {
    await page.evaluate(() => (location.hash = "on=mlp:data=spirals,layers=2-64-64-1&with=rprop&epochs=2&target=none"));
    await until(page, () => document.querySelector("#title").textContent.includes("etwork of") || !document.querySelector("#title").textContent.startsWith("Two"));
    assert.doesNotMatch(await page.locator("#scale").innerText(), /0\.6663/);
    await until(page, () => document.querySelector("#scale").textContent !== "");
    await page.locator("#stop").click();
    await until(page, () => document.querySelector("#busy").hidden);
    assert.notEqual(await text(page, "#scale"), "");
  }),

  "pictures and tables are saved": () => opened({}, async (page) => {
    const saved = async (id) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(id).click()]);
      return readFileSync(await download.path());
    };
    assert.match((await saved("#save-svg")).toString(), /^<svg[^]*797 steps[^]*<\/svg>\s*$/);
    assert.deepEqual([...(await saved("#save-png")).subarray(1, 4)], [0x50, 0x4e, 0x47]);
    const csv = (await saved("#save-csv")).toString().trim().split("\n");
    assert.match(csv[0], /^epoch,w1,w2,loss,value_calls,gradient_calls/);
    assert.equal(csv.length, 799);
  }),

  "light and dark, wide and narrow, for everybody": async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
        await opened({ context: { colorScheme, viewport } }, async (page) => {
          assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), colorScheme);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= viewport.width, `${wide} px wide at ${viewport.width}`);
          await page.locator("#optimizers summary").first().click();
          assert.deepEqual(await violations(page), []);
          if (process.env["SHOTS"]) await page.screenshot({ path: `${process.env["SHOTS"]}/${colorScheme}-${viewport.width}.png`, fullPage: true });
        });
      }
    }
    await opened({}, async (page) => {
      await page.locator("#theme").click();
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    });
  },

  "embedded, it is map and player": () => opened({ query: "?embed", hash: "#on=article&with=rprop" }, async (page) => {
    assert.ok(await page.locator("#canvas").isVisible() && await page.locator("#play").isVisible());
    assert.equal(await page.locator("header, aside, #table, #pictures").filter({ visible: true }).count(), 0);
  }),
};

export const after = close;
