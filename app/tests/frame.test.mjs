// Tests of the page in a sandboxed frame that exchanges messages with its parent, as a notebook shows it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { close, eventually, opened, PAGE, shows } from "./browser.mjs";

/** Shows the page in a frame, and passes the frame, its parent, and a function that returns the last message to `use`. */
async function framed(use) {
  const page = JSON.stringify(readFileSync(new URL(PAGE), "utf8")).replaceAll("<", "\\u003c");
  const body = `<!doctype html><title>parent</title><link rel="icon" href="data:,">
    <iframe title="page" sandbox="allow-scripts allow-downloads" width="1200" height="850"></iframe>
    <script>
      globalThis.received = [];
      addEventListener("message", ({ data }) => received.push(data));
      document.querySelector("iframe").srcdoc = ${page};
    </script>`;
  const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(body));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await opened({ url: `http://127.0.0.1:${server.address().port}/`, ready: "iframe" }, async (parent) => {
      const last = () => parent.evaluate(() => globalThis.received.at(-1)?.state);
      await eventually(async () => assert.ok(await last()));
      await use(parent.frameLocator("iframe"), parent, last);
    });
  } finally {
    server.close();
  }
}

const post = (parent, message) => parent.evaluate((message) => document.querySelector("iframe").contentWindow.postMessage(message, "*"), message);

export const tests = {
  "a frame tells its parent what it shows": () => framed(async (frame, parent, last) => {
    assert.equal(await parent.evaluate(() => globalThis.received.at(-1).thalweg), 1);
    await eventually(async () => {
      const { address, problem, optimizers, start, epoch, failure } = await last();
      assert.deepEqual([problem, optimizers.length, start, epoch, failure], ["article", 5, [-4, -4], 797, ""]);
      assert.equal(typeof address, "string");
    });
    const handle = await frame.locator("#handle").boundingBox();
    await parent.mouse.move(handle.x + 15, handle.y + 15);
    await parent.mouse.down();
    await parent.mouse.move(handle.x + 120, handle.y - 40, { steps: 8 });
    await parent.mouse.up();
    await eventually(async () => {
      const { start, address } = await last();
      assert.ok(start[0] > -3.9 && start[1] > -3.9 && address.includes(`start=${start.join(",")}`), address);
    });
    await frame.locator("#at").fill("5");
    await frame.locator("#at").press("Enter");
    await eventually(async () => assert.equal((await last()).epoch, 5));
  }),

  "a parent changes the experiment": () => framed(async (frame, parent, last) => {
    await post(parent, { thalweg: 1, change: { problem: "rosenbrock", optimizers: ["rprop", "adam:learning_rate=0.1"], start: [-1, 1.5], epoch: 7 } });
    await eventually(async () => {
      const { problem, optimizers, start, epoch } = await last();
      assert.deepEqual([problem, optimizers, start, epoch], ["rosenbrock", ["rprop", "adam:learning_rate=0.1"], [-1, 1.5], 7]);
    });
    await shows(frame, "#position", "epoch 7");
    await post(parent, { thalweg: 1, change: { address: "on=beale&with=bfgs" } });
    await eventually(async () => assert.equal((await last()).problem, "beale"));
  }),

  "a change that is not possible is reported, and the experiment stays": () => framed(async (frame, parent, last) => {
    await post(parent, { thalweg: 1, change: { start: [1, 2, 3] } });
    await eventually(async () => assert.match((await last()).failure, /one number per weight: 2, not 3/));
    assert.deepEqual((await last()).start, [-4, -4]);
    await post(parent, { thalweg: 1, change: { start: [1, 2] } });
    await eventually(async () => assert.deepEqual([(await last()).start, (await last()).failure], [[1, 2], ""]));
    // The page ignores messages of other programs and of other versions.
    for (const message of ["text", null, { change: { start: [3, 3] } }, { thalweg: 2, change: { start: [3, 3] } }]) await post(parent, message);
    await post(parent, { thalweg: 1, change: { epoch: 1 } });
    await eventually(async () => assert.deepEqual([(await last()).epoch, (await last()).start], [1, [1, 2]]));
  }),
};

export const after = close;
