// Tests of networks: the map shows the same window as the program.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "./bits.test.mjs";
import { close, eventually, holds, opened, saved, shows, until } from "./browser.mjs";
import { native } from "./native.mjs";

const folder = mkdtempSync(join(tmpdir(), "thalweg-networks-"));
const MOONS = "on=mlp:data=moons&with=rprop&with=adam:learning_rate=0.03&plane=path&target=0.01";
/** The same experiment without the default plane. */
const SHORT = MOONS.replace("&plane=path", "");

/** Draws the map of an address with the program, and returns the SVG without its recipe, and the window. */
function drawn(address) {
  const words = address.split("&").flatMap((part) => {
    const [key, ...value] = part.split("=");
    return [`--${key}`, value.join("=")];
  });
  const [svg, data] = ["map.svg", "map.json"].map((name) => join(folder, name));
  const output = ["--epochs", "10000", "-o", svg, "--save-data", data];
  native("thalweg", "draw", "contour", ...words, ...output);
  return { svg: withoutRecipe(readFileSync(svg, "utf8")), window: JSON.parse(readFileSync(data)).window };
}

const withoutRecipe = (svg) => svg.replace(/<metadata.*?<\/metadata>\s*/s, "");

async function exported(page) {
  return withoutRecipe((await saved(page, "#save-svg")).toString());
}

export const tests = {
  async "the window has the digits of the program's, however the run is divided"() {
    const wasm = await load();
    for (const address of [MOONS, SHORT]) {
      const { window } = drawn(address);
      for (const epochs of [1, 7, 4096]) {
        const session = new wasm.Session(address, []);
        while (session.advance(epochs)) JSON.parse(session.report());
        assert.deepEqual(JSON.parse(session.report()).window.map(Number), window.flat());
        session.free();
      }
    }
  },

  async "rows of several workers give the same map"() {
    const wasm = await load();
    const session = new wasm.Session(MOONS, []);
    session.advance(30);
    const window = [-1, 3, -2, 2];
    const [alone, shared] = [1, 2].map(() => session.field_sampler(window, 40));
    while (alone.advance(40));
    for (let [first, end] = shared.take(7); first < end; [first, end] = shared.take(7)) {
      shared.accept(first, end, wasm.field_rows(MOONS, [], shared.plane(), window, 40, first, end));
      shared.advance(2);
    }
    assert.ok(shared.is_complete());
    const [one, other] = [alone, shared].map((sampler) => sampler.ground([300, 200], "light").drawing().numbers());
    assert.ok(one.length > 1000);
    assert.deepEqual(one, other);
  },

  "additional workers sample rows of the map of a network": async () => {
    const pictures = [];
    for (const processors of [1, 3]) {
      await opened({ hash: "#on=mlp:layers=2-12-12-1&with=adam&epochs=20&plane=seed:1" }, async (page) => {
        await until(page, () => document.querySelector("#busy").hidden);
        await page.evaluate((processors) => {
          Object.defineProperty(navigator, "hardwareConcurrency", { value: processors });
          const send = Worker.prototype.postMessage;
          globalThis.shared = 0;
          Worker.prototype.postMessage = function (message, ...others) {
            if (message.method === "fieldRows") globalThis.shared += 1;
            return send.call(this, message, ...others);
          };
        }, processors);
        await page.locator("#zoom-in").click();
        await until(page, () => !document.querySelector("#busy").hidden);
        await until(page, () => document.querySelector("#busy").hidden);
        assert.equal(await page.evaluate(() => globalThis.shared > 0), processors > 1);
        pictures.push(await page.evaluate(() => document.querySelector("#canvas").toDataURL()));
      });
    }
    assert.equal(pictures[0], pictures[1]);
  },

  "a link to a network shows and exports the program's picture": async () => {
    const { svg } = drawn(MOONS);
    for (const address of [MOONS, SHORT, MOONS]) {
      await opened({ hash: `#${address}` }, async (page) => {
        await until(page, () => document.querySelector("#busy").hidden);
        assert.equal(await exported(page), svg);
        const hash = await page.evaluate(() => location.hash);
        assert.deepEqual(hash.slice(1).split("&").sort(), address.split("&").sort());
        await holds(page, "#plane", "path");
        await shows(page, "#fit", "Show all");
        await eventually(async () => assert.ok(await page.locator("#fit").isVisible()));
      });
    }
  },

  "a link with a window shows the window, and the button shows all": () => opened({ hash: `#${SHORT}&window=-1,1,-1,1` }, async (page) => {
    await until(page, () => document.querySelector("#busy").hidden);
    await eventually(async () => assert.match(await page.evaluate(() => location.hash), /&window=-1,1,-1,1$/));
    await page.locator("#fit").click();
    await until(page, () => !location.hash.includes("window"));
    assert.equal(await exported(page), drawn(SHORT).svg);
  }),
};

export const after = async () => {
  await close();
  rmSync(folder, { recursive: true });
};
