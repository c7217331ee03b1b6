// Finds the functions of the WebAssembly that the first visit calls: processes its requests with the code of the worker.

import { calledBy } from "./split.ts";
import type { Experiment, ParsedAddress, Results, WorkerMessage, WorkerRequest } from "../src/rpc/client";

/** Sizes of the map in px: phones, tablets, and screens. */
const SIZES = [[598, 598], [350, 330], [1100, 900]] as const;
const THEMES = ["light", "dark"];
/** Initial points to which the user drags, per weight. The runs from some of them diverge or come to rest. */
const COORDINATES = [-40, -5.9, -2.5, -0.3, 1, 3.5, 25];
/** Positions of sliders. */
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Steps of the clock in milliseconds: with 0, every work is fast; with others, runs and maps are shown before they are complete. */
const TICKS = [0, 7];
/** Positions of the player, and those during a drag. */
const EPOCHS = [0, 1, 2, 5, 13, 50, 300];
const DRAG_EPOCHS = [3];
/** An empty program. */
const EMPTY = "0 " + btoa(String.fromCharCode(0x5d, ...Array<number>(17).fill(0)));

type Call = <T>(method: string, ...args: unknown[]) => Promise<T>;

/** Returns the functions that the first visit calls, from the code of the worker and an instrumented module. */
export async function functionsOfFirstVisit(code: string, instrumented: Uint8Array): Promise<Set<string>> {
  const instances: WebAssembly.Exports[] = [];
  const program = new WebAssembly.Module(instrumented as BufferSource);
  class Instance extends WebAssembly.Instance {
    constructor(_: WebAssembly.Module, imports: WebAssembly.Imports) {
      super(program, imports);
      instances.push(this.exports);
    }
  }
  const assembly = Object.assign(Object.create(WebAssembly) as object, { Instance, Module: class {} });
  for (const tick of TICKS) {
    const call = startWorker(code, assembly, tick);
    for (const theme of THEMES) {
      for (const size of tick === 0 ? SIZES : SIZES.slice(0, 1)) await openPage(call, [...size], theme);
    }
    if (tick === 0) await useControls(call);
  }
  return new Set(instances.flatMap((exports) => calledBy(exports)));
}

/** Starts the code of the worker and returns a function that calls its methods. Its clock advances by `tick` milliseconds at
 *  each reading, so that the work does not depend on the speed of this machine. */
function startWorker(code: string, assembly: object, tick: number): Call {
  const answers = new Map<number, WorkerMessage>();
  const self = {
    postMessage: (message: WorkerMessage) => "id" in message && answers.set(message.id, message),
    onmessage: async (_: { data: unknown }) => {},
  };
  class Channel {
    port1 = { onmessage: () => {} };
    port2 = { postMessage: () => setTimeout(() => this.port1.onmessage()) };
  }
  let time = 0;
  const clock = { now: () => (time += tick) };
  new Function("self", "performance", "MessageChannel", "WebAssembly", code)(self, clock, Channel, assembly);
  void self.onmessage({ data: { first: EMPTY } });
  let id = 0;
  return async <T>(method: string, ...args: unknown[]): Promise<T> => {
    id += 1;
    await self.onmessage({ data: { id, method, args } satisfies WorkerRequest });
    const answer = answers.get(id) as { result: T } | { error: string } | undefined;
    if (!answer || "error" in answer) throw new Error(`${method} ${JSON.stringify(args)}: ${answer?.error ?? "no answer"}`);
    return answer.result;
  };
}

type Size = [number, number];
interface Shown { experiment: Experiment; results: Results }

const run = (call: Call, parts: string[], theme: string, isDrag: boolean): Promise<Shown> => call("run", parts, [], theme, isDrag);

/** Opens the page without an address, and plays the experiment. */
async function openPage(call: Call, size: Size, theme: string): Promise<string[]> {
  await call("colors", theme);
  await call("catalog");
  const { parts } = await call<ParsedAddress>("parseAddress", "");
  const shown = await run(call, parts, theme, false);
  // The chart before the first time of the player, and the end of runs that are shown before they are complete.
  await call("chart", true, theme, { at: 0, byEvaluations: false }, 292, new Float64Array(2), "linear");
  await call("drawn");
  await call("stop");
  await writeAddresses(call, parts);
  const [left = 0, right = 0, bottom = 0, top = 0] = shown.results.window ?? [];
  // The window of a map that is not square.
  const wide = (size[0] / size[1]) * (right - left);
  for (const window of [[left, right, bottom, top], [left, left + wide, bottom, top], [left / 1.5, right / 1.5, bottom / 1.5, top / 1.5]]) {
    for (const limit of [250, 2000]) await call("background", window, size, 200, limit, theme);
    await call("recolored", theme);
    await showRuns(call, shown, window, size, theme, false);
  }
  return parts;
}

/** Writes the addresses of several views of an experiment, as the history of the page does. */
async function writeAddresses(call: Call, parts: string[]): Promise<void> {
  for (const view of [[], ["at", "7"], ["window", "-4,4.5,-4,4"], ["by", "evaluations", "at", "12"]]) {
    await call("link", [...parts, ...view, "run", "2"]);
  }
}

/** Shows the runs at several positions of the player, as the parts of the page do. */
async function showRuns(call: Call, { results }: Shown, window: number[], size: Size, theme: string, isDrag: boolean): Promise<void> {
  const last = Math.max(...results.table.map(({ epochs }) => epochs));
  for (const byEvaluations of isDrag ? [false] : [false, true]) {
    const time = await call<Float64Array>("timeline", "log", byEvaluations);
    for (const at of [...(isDrag ? DRAG_EPOCHS : EPOCHS), last]) {
      const position = { at: await call<number>("converted", at, byEvaluations), byEvaluations };
      await call("scores", position);
      for (const log of isDrag ? [true] : [true, false]) await call("chart", log, theme, position, 240 + (at % 200), time, "log");
      for (const run of results.table.keys()) {
        await call("step", run, position);
        await call("overlay", window, size, theme, position, run, run);
      }
      const under = size.map((side) => side * ((at % 97) / 97));
      await call("runAt", window, size, under, position);
      await call("readout", under[0], -under[1]! / 10, window);
    }
  }
}

/** Drags the initial point and the sliders. */
async function useControls(call: Call): Promise<void> {
  const [size, theme] = [[598, 598] as Size, "light"];
  const parts = await openPage(call, size, theme);
  for (const x of COORDINATES) {
    for (const y of COORDINATES) {
      await call("startAt", [-6, 6, -6, 6], size, [50 * (x + 6), 50 * (6 - y)]);
      const moved = [...parts, "start", `${x},${y}`];
      const shown = await run(call, moved, theme, true);
      await writeAddresses(call, moved);
      await showRuns(call, shown, [-6, 6, -6, 6], size, theme, true);
    }
  }
  const { experiment } = await run(call, parts, theme, false);
  for (const [i, { pick, rows }] of experiment.optimizers.entries()) {
    for (const { key, slider } of rows) {
      for (const share of slider ? SHARES : []) {
        const changed = await call<string>("withSlider", "optimizers", pick, key, share);
        let number = -1;
        const others = parts.map((part, j) => (parts[j - 1] === "with" && j % 2 === 1 && (number += 1) === i ? changed : part));
        // Some positions of a slider are errors, which the page shows too.
        const shown = await run(call, others, theme, true).catch(() => undefined);
        if (shown) await writeAddresses(call, others);
        if (shown) await showRuns(call, shown, [-6, 6, -6, 6], size, theme, true);
      }
    }
  }
}
