// Starts programs for the tests, and finds in their output where they listen.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds after which a program has failed to start. */
const TIMEOUT = 30_000;

/** Starts a program. `found` is fulfilled with the match of a pattern in its output. */
export function started(program, args, { env = {}, pattern = /^/ } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  // The event `close` would wait for all processes that the program has started.
  const ended = new Promise((resolve) => { child.once("exit", resolve); });
  const found = new Promise((resolve, reject) => {
    let output = "";
    const fail = (why) => reject(new Error(`${program} ${why}:\n${output}`));
    const timer = setTimeout(fail, TIMEOUT, "did not start");
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (bytes) => {
        output += bytes;
        const match = pattern.exec(output);
        if (match) resolve(match);
      });
    }
    child.once("error", (error) => fail(error.message));
    child.once("exit", () => { clearTimeout(timer); fail("ended"); });
  });
  // A program without a pattern does not need to print anything.
  found.catch(() => {});
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  return {
    found,
    stop: async () => {
      child.kill();
      await Promise.race([ended, sleep(5000)]);
      kill();
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      process.removeListener("exit", kill);
    },
  };
}

/** Returns a port that is free. */
export const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
