// The program of the workers, which the page contains in two parts: the functions that the first visit calls, and the rest.
// The page shows its first pictures and answers to the pointer while the rest is still loading.

import { get } from "../base/dom";

/** A part of the WebAssembly, compressed and encoded as base64. */
export type ProgramPart = { first: string } | { rest: string };

/** The worker that a script of the page starts before this script has been loaded, and the address of its code. */
declare const engine: { url: string; worker: Worker };

const textOf = (id: string): string => get(id).textContent ?? "";

let started: Worker | undefined = engine.worker;

/** Returns a worker with the first part of the program. */
export function startWorker(): Worker {
  const early = started;
  started = undefined;
  if (early) return early;
  const worker = new Worker(engine.url);
  worker.postMessage({ first: textOf("program-first") } satisfies ProgramPart);
  return worker;
}

/** The second part of the program, which is at the end of the page. */
export const rest: Promise<ProgramPart> = new Promise((resolve) => {
  const read = (): void => resolve({ rest: textOf("program-rest") });
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", read);
  else read();
});

/** Requests that the first part can process for the experiment of the first visit, also with other settings and another
 *  initial point: those that `build/profile.ts` calls. */
export const FIRST_METHODS = new Set([
  "catalog", "colors", "parseAddress", "link", "run", "stop", "drawn", "timeline", "converted", "background", "recolored", "cancelBackground",
  "overlay", "withSlider", "startAt", "runAt", "scores", "readout", "step", "chart",
]);
