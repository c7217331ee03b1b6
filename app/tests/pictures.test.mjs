// Tests of the figures below the map: player, settings, export, and printing.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { close, column, eventually, lists, opened, PAGE, saved, scrub, shows, text, unfold, until, violations } from "./browser.mjs";

const picture = (page) => page.evaluate(() => document.querySelector("#picture").textContent);
const outline = (page) => page.evaluate(() => document.querySelector("#picture").innerHTML);
const draws = (page, words) => until(page, (words) => document.querySelector("#picture").textContent.includes(words), words);
const setting = (page, key) => page.locator(`#picture-rows-${key}`);

/** Selects a figure and waits for its picture or for a message. */
async function choose(page, id) {
  await page.evaluate(() => {
    document.querySelector("#picture").replaceChildren();
    document.querySelector("#picture-message").textContent = "";
  });
  await page.locator("#figure").selectOption(id);
  await until(page, () => document.querySelector("#picture svg") || document.querySelector("#picture-message").textContent);
}

/** Parses all blocks of a GIF. Returns its width, its height, and the number of frames. */
function gif(bytes) {
  assert.equal(bytes.subarray(0, 6).toString("latin1"), "GIF89a");
  const colors = (flags) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let at = 13 + colors(bytes[10]);
  const skip = () => { while (bytes[at] !== 0) at += 1 + bytes[at]; at += 1; };
  let frames = 0;
  while (bytes[at] !== 0x3b) {
    assert.ok([0x21, 0x2c].includes(bytes[at]), `no block begins with ${bytes[at]}`);
    if (bytes[at] === 0x21) at += 2;
    else {
      frames += 1;
      at += 11 + colors(bytes[at + 9]);
    }
    skip();
  }
  assert.equal(at, bytes.length - 1);
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), frames };
}

/** Encodes an array of 64-bit floats as .npy. */
function npy(rows) {
  const head = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows.length}, ${rows[0].length}), }`;
  const padded = `${head.padEnd(117)}\n`;
  const begin = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length, 0]);
  return Buffer.concat([begin, Buffer.from(padded), Buffer.from(Float64Array.from(rows.flat()).buffer)]);
}

export const tests = {
  "stopping a figure does not affect other figures": () => opened({ hash: "#figure=starts:grid=60,epochs=100000&on=rosenbrock&with=gradient-descent:learning_rate=0.0001&with=adam&epochs=300" }, async (page) => {
    await page.locator("#picture-stop").click({ timeout: 20_000 });
    await page.locator("#figure").selectOption("surface");
    await page.locator("#picture svg").waitFor({ timeout: 20_000 });
    await page.locator("#picture").focus();
    await page.keyboard.press("ArrowRight");
    await until(page, () => location.hash.includes("azimuth"));
    await until(page, () => document.querySelector("#picture-busy").hidden);
  }),

  "every figure is drawn or reports why it cannot be drawn": () => opened({}, async (page) => {
    const ids = await page.locator("#figure option").evaluateAll((all) => all.map((option) => option.value).filter(Boolean));
    assert.ok(ids.length >= 12, String(ids));
    const missing = [];
    for (const id of ids) {
      await choose(page, id);
      const duplicates = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, i, all) => all.indexOf(id) !== i));
      assert.deepEqual(duplicates, [], id);
      if (await page.locator("#picture svg").count()) await shows(page, "#picture-message", "", id);
      else missing.push(id);
    }
    assert.deepEqual(missing, ["distance"]);
    await choose(page, "distance");
    await shows(page, "#picture-message", /has no known minimum/);
    await page.locator("#problem").selectOption("rosenbrock");
    await until(page, () => document.querySelector("#picture svg"));
    await shows(page, "#picture-message", "");
    await choose(page, "data");
    await until(page, () => document.querySelector("#picture-message").textContent.includes("this figure shows data"));
    await page.locator("#figure").selectOption("");
    await eventually(async () => assert.equal(await page.locator("#picture-box").isVisible(), false));
  }),

  "keys and drags rotate the surface, and its ball follows the player": () => opened({}, async (page) => {
    await page.locator("#shortcuts button[value=surface]").click();
    await draws(page, "Loss");
    await unfold(page, "#picture-rows");
    await eventually(async () => assert.equal(await setting(page, "azimuth").inputValue(), ""));
    await page.locator("#picture").focus();
    await page.keyboard.press("ArrowLeft");
    await until(page, () => document.querySelector("#picture-rows-azimuth").value !== "");
    const [azimuth, elevation] = [await setting(page, "azimuth").inputValue(), await setting(page, "elevation").inputValue()];
    await page.keyboard.press("ArrowRight");
    await until(page, (old) => document.querySelector("#picture-rows-azimuth").value !== old, azimuth);
    await eventually(async () => assert.equal(Number(await setting(page, "azimuth").inputValue()), Number(azimuth) + 5));
    await page.keyboard.press("ArrowUp");
    await until(page, (old) => Number(document.querySelector("#picture-rows-elevation").value) === Number(old) + 5, elevation);
    const box = await page.locator("#picture svg").boundingBox();
    const before = await setting(page, "azimuth").inputValue();
    await page.mouse.move(box.x + 200, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 150, { steps: 5 });
    await page.mouse.up();
    await until(page, (old) => document.querySelector("#picture-rows-azimuth").value === String(Number(old) - 30), before);
    // After the rotation, the surface is drawn with all tiles.
    await until(page, () => document.querySelectorAll("#picture path").length > 3000);
    const end = await outline(page);
    await scrub(page, 2);
    await until(page, (end) => document.querySelector("#picture").innerHTML !== end, end);
  }),

  "the figures data and step follow the player and the selected algorithm": () => opened({}, async (page) => {
    await scrub(page, 3);
    await page.locator("#shortcuts button[value=data]").click();
    await draws(page, "RPROP, epoch 3");
    await scrub(page, 12);
    await draws(page, "RPROP, epoch 12");
    await eventually(async () => assert.match(await picture(page), /golden-section\), epoch 2/));
    await choose(page, "step");
    await page.locator("#inspected").selectOption({ label: "RPROP" });
    await draws(page, "step 12 of RPROP");
    await page.locator("#forward").click();
    await draws(page, "step 13 of RPROP");
    await page.locator("#picture-box summary").click();
    await setting(page, "epoch").fill("4");
    await setting(page, "epoch").press("Enter");
    await draws(page, "step 4 of RPROP");
    await choose(page, "bars");
    const bars = await outline(page);
    await page.locator("#start").fill("-3,-4");
    await page.locator("#start").press("Enter");
    await until(page, (bars) => document.querySelector("#picture").innerHTML !== bars, bars);
  }),

  "an invalid setting shows an error, and the picture stays": () => opened({}, async (page) => {
    await choose(page, "surface");
    await page.locator("#picture-box summary").click();
    const before = await outline(page);
    await setting(page, "elevation").fill("200");
    await setting(page, "elevation").press("Enter");
    await until(page, () => document.querySelector("#picture-rows [aria-invalid]"));
    await shows(page, ".row:has(#picture-rows-elevation)", /cannot be `200`/);
    await eventually(async () => assert.equal(await outline(page), before));
    await setting(page, "elevation").fill("70");
    await setting(page, "elevation").press("Enter");
    await until(page, (before) => document.querySelector("#picture").innerHTML !== before, before);
    await eventually(async () => assert.equal(await page.locator("#picture-rows [aria-invalid]").count(), 0));
    await choose(page, "step");
    await choose(page, "surface");
    await eventually(async () => assert.equal(await setting(page, "elevation").inputValue(), "70"));
  }),

  "the map, the chart, and the figure follow the dark theme": () => opened({}, async (page) => {
    // The chart is drawn while it is visible, at first without runs.
    await until(page, () => {
      const [runs, drawn] = ["#optimizers .swatch", "#chart-marks path[stroke-width='2']"].map((all) => document.querySelectorAll(all).length);
      return drawn === runs;
    });
    const chart = () => page.evaluate(() => document.querySelector("#chart").innerHTML);
    const lightChart = await chart();
    await page.locator("#theme").click();
    await eventually(async () => assert.notEqual(await chart(), lightChart));
    await page.locator("#theme").click();
    await eventually(async () => assert.equal(await chart(), lightChart));
    await choose(page, "bars");
    const appearance = () => page.evaluate(() => [document.querySelector("#canvas").toDataURL(), document.querySelector("#picture").innerHTML,
      document.querySelector(".swatch").style.background, document.querySelector("#save-svg").title]);
    const light = await appearance();
    const differs = (light) => document.querySelector("#canvas").toDataURL() !== light[0] &&
      document.querySelector("#picture").innerHTML !== light[1];
    await page.locator("#theme").click();
    await until(page, differs, light);
    const dark = await appearance();
    for (const i of [0, 1, 2, 3]) assert.notEqual(dark[i], light[i]);
    await page.locator("#theme").click();
    await until(page, (light) => document.querySelector("#canvas").toDataURL() === light[0] && document.querySelector("#picture").innerHTML === light[1], light);
  }),

  "exported files contain the figure that is shown": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    await unfold(page, "#export-note");
    await shows(page, "#export-note", /show the map/);
    assert.match((await saved(page, "#save-svg")).toString(), /Paths on a map of the loss/);
    await choose(page, "bars");
    await unfold(page, "#export-note");
    await shows(page, "#export-note", /Epochs and evaluations as bars/);
    assert.match((await saved(page, "#save-svg")).toString(), /evaluations/);
    await choose(page, "surface");
    assert.deepEqual([...(await saved(page, "#save-png")).subarray(1, 4)], [0x50, 0x4e, 0x47]);
  }),

  "a GIF of the map or the figure can be saved and stopped": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    const map = gif(await saved(page, "#save-gif"));
    assert.ok(map.width > 300 && map.height > 300, JSON.stringify(map));
    assert.equal(map.frames, 21);
    await choose(page, "data");
    assert.ok(gif(await saved(page, "#save-gif")).frames > 10);
    let late = 0;
    page.on("download", () => (late += 1));
    // A click from outside could come after the end of the recording.
    await page.evaluate(() => {
      const button = document.querySelector("#save-gif");
      const observer = new MutationObserver(() => {
        if (!/^Stop/.test(button.textContent)) return;
        observer.disconnect();
        button.click();
      });
      observer.observe(button, { childList: true });
      button.click();
    });
    await until(page, () => /^Stop/.test(document.querySelector("#save-gif").textContent) === false);
    await until(page, () => document.querySelector("#save-gif").textContent === "GIF");
    assert.equal(late, 0);
    await choose(page, "bars");
    await unfold(page, "#save-gif");
    await page.locator("#save-gif").click();
    await until(page, () => /cannot be animated/.test(document.querySelector("#failure").textContent));
  }),

  "a recorded run is drawn with the others": () => opened({ hash: "#on=article&with=rprop" }, async (page) => {
    const csv = await saved(page, "#save-csv");
    const give = (name, buffer) => page.locator("#record").setInputFiles({ name, mimeType: "text/csv", buffer });
    await give("mine.csv", csv);
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 2);
    await lists(page, "Epochs", ["20", "20"]);
    await give("other.npy", npy([[-4, -4], [-3, -2], [0, 0]]));
    await until(page, () => document.querySelectorAll("#table tbody tr").length === 3);
    await eventually(async () => assert.equal((await column(page, "Epochs"))[2], "2"));
    await give("bad.csv", Buffer.from("w1,w2\n1,two\n"));
    await until(page, () => document.querySelector("#record ~ .error").textContent !== "");
    await shows(page, "#record ~ .error", /bad\.csv, line 2/);
    await eventually(async () => assert.equal((await column(page, "Epochs")).length, 3));
  }),

  async "a page written by the program contains its data files"() {
    const folder = mkdtempSync(join(tmpdir(), "thalweg-"));
    const [place, path] = ['id="experiment">', join(folder, "page.html")];
    const record = npy([[-4, -4], [-3, -2], [0, 0]]).toString("base64");
    const set = { address: "on=article&with=rprop&with=recorded:path=r.npy", files: ["r.npy", record] };
    try {
      writeFileSync(path, readFileSync(fileURLToPath(PAGE), "utf8").replace(place, () => place + JSON.stringify(set)));
      await opened({ url: pathToFileURL(path).href }, (page) => lists(page, "Epochs", ["20", "2"]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },

  "paper shows the map with its title, or the figure": () => opened({ context: { colorScheme: "dark" } }, async (page) => {
    const seen = () => page.evaluate(() => [...document.querySelectorAll("h1, h2, #map, #handle, #player, #table, #inspector, #chart, #shortcuts, #picture, aside")]
      .filter((element) => element.checkVisibility()).map((element) => element.id));
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await eventually(async () => assert.deepEqual(await seen(), ["title", "map", "handle"]));
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    await choose(page, "surface");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await eventually(async () => assert.deepEqual(await seen(), ["picture"]));
  }),

  "a dark page is printed in light colors": () => opened({ context: { colorScheme: "dark" } }, async (page) => {
    const map = () => page.evaluate(() => document.querySelector("#canvas").toDataURL());
    const ground = () => page.evaluate(() => document.querySelector("#picture svg rect").getAttribute("fill"));
    await choose(page, "bars");
    const dark = [await map(), await ground()];
    // The light version is prepared after a delay.
    await until(page, (dark) => {
      dispatchEvent(new Event("beforeprint"));
      if (document.querySelector("#picture svg rect").getAttribute("fill") !== dark) return true;
      dispatchEvent(new Event("afterprint"));
      return false;
    }, dark[1]);
    await eventually(async () => assert.notEqual(await map(), dark[0]));
    await eventually(async () => assert.equal(await ground(), "#ffffff"));
    await page.evaluate(() => { dispatchEvent(new Event("afterprint")); });
    await eventually(async () => assert.deepEqual([await map(), await ground()], dark));
  }),

  "figures are accessible from phone to projector": async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [{ width: 390, height: 844 }, { width: 1920, height: 1080 }]) {
        await opened({ context: { colorScheme, viewport } }, async (page) => {
          // A phone shows one part at a time.
          if (viewport.width < 700) await page.locator("#sheets [data-open=figures]").click();
          for (const id of ["surface", "state", "step"]) {
            await choose(page, id);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= viewport.width, `${id}: ${wide} px wide at ${viewport.width}`);
          }
          await page.locator("#picture-box summary").click();
          await eventually(async () => assert.deepEqual(await violations(page), []));
          if (process.env["SHOTS"]) await page.screenshot({ path: `${process.env["SHOTS"]}/pictures-${colorScheme}-${viewport.width}.png`, fullPage: true });
        });
      }
    }
  },
};

export const after = close;
