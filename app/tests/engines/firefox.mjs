// Firefox by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi

import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { started } from "./programs.mjs";

const PROGRAM = process.env["FIREFOX"] ?? "/usr/bin/firefox-esr";

/** Milliseconds after which a command has failed. */
const TIMEOUT = 60_000;

/** A connection that sends commands and collects the errors of the page. */
class Connection {
  pending = new Map();
  errors = [];
  id = 0;

  constructor(socket) {
    this.socket = socket;
    socket.on("message", (data) => this.receive(JSON.parse(data)));
  }

  receive(message) {
    if (message.method === "log.entryAdded" && message.params.level === "error") this.errors.push(message.params.text);
    const { resolve, reject } = this.pending.get(message.id) ?? {};
    this.pending.delete(message.id);
    if (message.type === "success") resolve?.(message.result);
    else if (message.type === "error") reject?.(new Error(`${message.error}: ${message.message}`));
  }

  send(method, params) {
    this.id += 1;
    this.socket.send(JSON.stringify({ id: this.id, method, params }));
    return new Promise((resolve, reject) => {
      this.pending.set(this.id, { resolve, reject });
      setTimeout(() => reject(new Error(`${method} was not answered`)), TIMEOUT).unref();
    });
  }
}

/** Starts the browser without a window. */
export async function launch({ width, height }) {
  const profile = mkdtempSync(join(tmpdir(), "thalweg-firefox-"));
  writeFileSync(join(profile, "user.js"), 'user_pref("ui.prefersReducedMotion", 1);\n');
  const browser = started(PROGRAM, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"], { pattern: /BiDi listening on (ws:\S+)/ });
  const [, url] = await browser.found;
  const socket = new WebSocket(`${url}/session`);
  await once(socket, "open");
  const connection = new Connection(socket);
  await connection.send("session.new", { capabilities: {} });
  await connection.send("session.subscribe", { events: ["log.entryAdded"] });
  const { context } = await connection.send("browsingContext.create", { type: "tab" });
  await connection.send("browsingContext.setViewport", { context, viewport: { width, height } });
  return {
    errors: connection.errors,
    goto: (url) => connection.send("browsingContext.navigate", { context, url, wait: "none" }),
    async evaluate(expression) {
      const { result, exceptionDetails } = await connection.send("script.evaluate", { expression, target: { context }, awaitPromise: true });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result.value;
    },
    perform: (actions) => connection.send("input.performActions", { context, actions }),
    async close() {
      socket.close();
      await browser.stop();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
