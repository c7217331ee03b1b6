// Tests the widget in JupyterLab, and the notebook as a static page, in a headless browser. The step `notebook` of
// `cargo xtask test` runs it; the first argument is the path of the interpreter of the environment.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { close, eventually, opened, shows } from "../../app/tests/browser.mjs";

const python = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "thalweg-notebook-"));
// The settings of the user must not matter.
const env = {
  ...process.env, HOME: folder, IPYTHONDIR: folder, JUPYTER_CONFIG_DIR: folder, JUPYTER_DATA_DIR: folder, JUPYTER_RUNTIME_DIR: folder,
  JUPYTERLAB_SETTINGS_DIR: folder, JUPYTERLAB_WORKSPACES_DIR: folder,
};

const CELLS = [
  'import thalweg as tw\nruns = tw.train("article", ["rprop", "momentum:learning_rate=0.3"], start=(-4, -4))\npage = tw.explore(runs, height=560)\npage',
  'print(f"start {page.start} {page.optimizers} {page.epoch} {page.train()[0].epochs}")',
  'page.start = (1.5, 2)\npage.epoch = 3',
  "page.start = (1, 2, 3)",
  'print(f"then {page.start} {page.failure}")',
];

function writeNotebook(name) {
  const cells = CELLS.map((source, i) => ({ cell_type: "code", id: `cell-${i}`, metadata: {}, source, outputs: [], execution_count: null }));
  const kernelspec = { name: "python3", display_name: "Python 3", language: "python" };
  writeFileSync(join(folder, name), JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
}

/** Starts JupyterLab and returns its process and its address. */
async function startServer() {
  const options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", `--ServerApp.root_dir=${folder}`, "--LabApp.extension_manager=readonly"];
  const server = spawn(python, ["-m", "jupyterlab", ...options], { env, stdio: "ignore" });
  const description = () => readdirSync(folder).find((name) => /^jpserver-\d+\.json$/.test(name));
  await eventually(async () => assert.ok(description(), "JupyterLab did not start"));
  const { url, token } = JSON.parse(readFileSync(join(folder, description()), "utf8"));
  return { server, url, token };
}

/** Executes a cell and returns a locator of its output. */
async function execute(page, cell) {
  const area = page.locator(".jp-CodeCell").nth(cell);
  await area.locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");
  return area.locator(".jp-OutputArea-output");
}

async function testWidget(page) {
  // A cell that is executed before the kernel has started may be lost.
  await shows(page, "#jp-main-statusbar", /Idle/);
  const output = await execute(page, 0);
  const frame = output.frameLocator("iframe");
  await frame.locator("html[data-ready]").waitFor({ state: "attached", timeout: 60_000 });
  assert.equal(await output.locator("iframe").getAttribute("sandbox"), "allow-scripts allow-downloads");
  await shows(page, ".jp-CodeCell >> nth=0 >> .jp-InputPrompt", /^\[1\]/);
  const handle = await frame.locator("#handle").boundingBox();
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(handle.x + 70, handle.y - 30, { steps: 8 });
  await page.mouse.up();
  const start = () => frame.locator("#start").inputValue();
  await eventually(async () => assert.notEqual(await start(), "-4,-4"));
  const epochs = await frame.locator("#position").textContent();
  await eventually(async () => {
    const text = (await (await execute(page, 1)).innerText()).trim();
    const [, x, y, picks, epoch] = /^start \((.+), (.+)\) \((.+)\) (\d+) \d+$/.exec(text) ?? [];
    assert.equal(`${Number(x)},${Number(y)}`, await start(), text);
    assert.equal(picks, "'rprop', 'momentum:learning_rate=0.3'");
    assert.equal(`epoch ${epoch}`, epochs);
  });
  await execute(page, 2);
  await eventually(async () => assert.equal(await start(), "1.5,2"));
  await shows(frame, "#position", "epoch 3");
  await execute(page, 3);
  await eventually(async () => assert.match(await (await execute(page, 4)).innerText(), /^then \(1\.5, 2\.0\) .*one number per weight/s));
}

/** Checks that the page works in a notebook that was converted to HTML. */
async function testStaticPage(notebook, options) {
  execFileSync(python, ["-m", "nbconvert", "--log-level=ERROR", "--to=html", "--allow-errors", ...options, notebook], { env, cwd: folder });
  const url = pathToFileURL(join(folder, notebook.replace("ipynb", "html"))).href;
  // The page of nbconvert requests scripts for formulas and diagrams, which this test does not need.
  const errors = [/^request: https:/, /net::ERR_FAILED|Failed to load|dynamically imported|is not defined/];
  await opened({ url, ready: "iframe", errors }, async (page) => {
    const frame = page.frameLocator("iframe");
    await frame.locator("html[data-ready]").waitFor({ state: "attached", timeout: 20_000 });
    await frame.locator("#handle").focus();
    await page.keyboard.press("ArrowRight");
    await eventually(async () => assert.notEqual(await frame.locator("#start").inputValue(), "-4,-4"));
    await shows(frame, "#failure", "");
  });
}

const tests = {
  "the widget in JupyterLab follows the page, and the page follows the widget": async () => {
    writeNotebook("widget.ipynb");
    const { server, url, token } = await startServer();
    try {
      const context = { viewport: { width: 1400, height: 1500 } };
      // JupyterLab reports its own warnings.
      await opened({ url: `${url}lab/tree/widget.ipynb?token=${token}`, inside: url, ready: ".jp-CodeCell", context, errors: [/./] }, async (page) => {
        await testWidget(page);
        await page.keyboard.press("Control+s");
        await eventually(async () => assert.match(readFileSync(join(folder, "widget.ipynb"), "utf8"), /then \(1\.5, 2\.0\)/));
      });
    } finally {
      server.kill();
    }
  },
  "the saved notebook as HTML is alive without a kernel": () => testStaticPage("widget.ipynb", []),
  "a notebook that nbconvert executes is alive without a kernel": async () => {
    writeNotebook("executed.ipynb");
    await testStaticPage("executed.ipynb", ["--execute"]);
  },
};

let failures = 0;
try {
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok      ${name}`);
    } catch (error) {
      failures += 1;
      console.log(`FAILED  ${name}\n${error.stack ?? error}`);
    }
  }
} finally {
  await close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${Object.keys(tests).length} tests, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;
