// WebKit by WebDriver: https://www.w3.org/TR/webdriver2. Its browser needs a display, which Xvfb provides.

import { setTimeout as sleep } from "node:timers/promises";
import { freePort, started } from "./programs.mjs";

/** Height of the toolbar of the browser, in px. */
const TOOLBAR = 38;

/** Starts the browser on a display of its own. */
export async function launch({ width, height }) {
  const outerHeight = height + TOOLBAR;
  const display = started("Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", `${width}x${outerHeight}x24`], { pattern: /^(\d+)\n/m });
  const [, number] = await display.found;
  const port = await freePort();
  const driver = started("WebKitWebDriver", [`--port=${port}`], { env: { DISPLAY: `:${number}` } });
  const stop = async () => { await driver.stop(); await display.stop(); };
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await listening(call);
  const { sessionId } = await call("POST", "/session", { capabilities: {} });
  const send = (path, body) => call("POST", `/session/${sessionId}/${path}`, body);
  await send("window/rect", { x: 0, y: 0, width, height: outerHeight });
  return {
    errors: [],
    goto: (url) => send("url", { url }),
    evaluate: (expression) => send("execute/sync", { script: `return ${expression}`, args: [] }),
    perform: (actions) => send("actions", { actions }),
    async close() {
      await call("DELETE", `/session/${sessionId}`);
      await stop();
    },
  };
}

/** Waits until the driver accepts connections. */
async function listening(call) {
  for (let tries = 100; ; tries -= 1) {
    try {
      return await call("GET", "/status");
    } catch (error) {
      if (tries === 0) throw error;
    }
    await sleep(50);
  }
}
