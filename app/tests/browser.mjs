// Starts a browser for the tests. It loads only the page and reports every error.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

export const PAGE = new URL("../dist/thalweg.html", import.meta.url).href;

const program = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
let browser;

async function started() {
  if (!existsSync(program)) throw new Error(`there is no browser at ${program}: run apt-get install chromium, or set the variable CHROMIUM`);
  browser ??= await chromium.launch({
    executablePath: program,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      // For the test of the memory.
      "--js-flags=--expose-gc", "--enable-precise-memory-info"],
  });
  return browser;
}

/** Opens the page and passes it to `use`. Fails if the page reports an error or loads anything else. */
export async function opened({ hash = "", query = "", context: options = {}, url = PAGE, inside = url, ready = "html[data-ready]", waitUntil = "load", errors: allowed = [] } = {}, use) {
  const context = await (await started()).newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(message.text()); });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  await context.route("**/*", (route) => {
    const requested = route.request().url();
    if (requested.startsWith(inside) || /^(blob|data):/.test(requested)) return route.continue();
    wrong.push(`request: ${requested}`);
    return route.abort();
  });
  try {
    await page.goto(`${url}${query}${hash}`, { waitUntil });
    await page.waitForSelector(ready, { timeout: 10_000 });
    await use(page);
    assert.deepEqual(wrong.filter((text) => !allowed.some((pattern) => pattern.test(text))), []);
  } finally {
    await context.close();
  }
}

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Returns the accessibility violations that axe-core finds. */
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run());
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).join(" ")}`);
}

/** Returns the cells of a column of the table. */
export const column = (page, head) => page.evaluate((head) => {
  const heads = [...document.querySelectorAll("#table thead th")].map((cell) => cell.textContent);
  const at = heads.indexOf(head);
  return [...document.querySelectorAll("#table tbody tr")].map((row) => row.children[at].textContent);
}, head);

/** Returns the text of an element. */
export const text = (page, selector) => page.locator(selector).innerText();

/** Repeats assertions until they hold, because the page answers an action only after its worker did. Reports the last failure after 20 s. */
export async function eventually(assertions) {
  const end = Date.now() + 20_000;
  for (;;) {
    try {
      return await assertions();
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) throw error;
    }
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

/** Waits until an element has a text, or a text that matches a pattern. */
export const shows = (page, selector, expected, message) =>
  eventually(async () => same(await text(page, selector), expected, message));

/** Waits until a field has a value. */
export const holds = (page, selector, expected) => eventually(async () => same(await page.locator(selector).inputValue(), expected));

/** Waits until a column of the table has the given cells. */
export const lists = (page, head, expected) => eventually(async () => assert.deepEqual(await column(page, head), expected));

function same(actual, expected, message) {
  if (expected instanceof RegExp) assert.match(actual, expected, message);
  else assert.equal(actual, expected, message);
}

/** Moves the player to an epoch, or to a number of evaluations. */
export async function scrub(page, at) {
  await page.locator("#at").evaluate((input, at) => {
    input.value = at;
    input.dispatchEvent(new Event("change"));
  }, String(at));
}

/** Drops files with these names and contents on the page. */
export const drop = (page, files) => page.evaluate((files) => {
  const dataTransfer = new DataTransfer();
  for (const [name, content] of files) dataTransfer.items.add(new File([new Uint8Array(content)], name));
  document.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
}, files.map(([name, content]) => [name, [...Buffer.from(content)]]));

/** Opens the menus or boxes that contain the elements. */
export const unfold = (page, selector) => page.locator(selector).evaluateAll((elements) => {
  for (const element of elements) for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
});

/** Clicks a button of the menu Export and returns the content of the file. */
export async function saved(page, id) {
  await unfold(page, id);
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.locator(id).click()]);
  return readFileSync(await download.path());
}

/** Waits until a function in the page returns true. */
export const until = (page, condition, given) => page.waitForFunction(condition, given, { timeout: 20_000 });

export async function close() {
  await browser?.close();
  browser = undefined;
}
