// The worker: it holds the session and answers one question after the other.

import * as wasm from "../generated/thalweg.js";
import { unpack } from "./unpack";
import type { Answer, Colors, Columns, DataFile, Drawing, Ground, Link, Overlay, Question } from "./lab";

/** A slice of work in milliseconds, after which questions are heard. */
const SLICE = 12;
/** Most epochs between two looks at the clock. */
const MOST = 4096;
/** Milliseconds between two reports of a long run. */
const REPORT = 150;
/** Samples that tell how long one takes, and the fewest along a side of a map. */
const PROBE = 8;
const FEWEST = 12;

let session: wasm.Session | undefined;
let film: wasm.Film | undefined;
let number = 0;
let survey = 0;
/** The last field that was sampled to its end, with its window, its picture's size, and whether it is coarse. */
let sampled: { field: wasm.Survey; about: Pick<Ground, "window" | "size" | "coarse"> } | undefined;
let stride = 16;

const post = (answer: Answer, transfer: Transferable[] = []): void =>
  (self as unknown as Worker).postMessage(answer, transfer);

/** Goes on for a slice; whether there is more to do. */
function slice(running: wasm.Session): boolean {
  const begin = performance.now();
  for (let now = begin; now < begin + SLICE; ) {
    if (!running.advance(stride)) return false;
    const took = performance.now() - now;
    now += took;
    // Epochs of a large network take long, those of a formula no time.
    if (took < SLICE / 8) stride = Math.min(2 * stride, MOST);
    else if (took > SLICE / 2) stride = Math.max(stride >> 2, 1);
  }
  return true;
}

function columns(running: wasm.Session, going: boolean): Columns {
  const table = JSON.parse(running.table()) as Columns["table"];
  const runs = table.map((_, i) => ({
    losses: running.losses(i),
    evaluations: running.evaluations(i),
  }));
  return { table, runs, going };
}

const pause = (): Promise<void> => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done();
  channel.port2.postMessage(0);
});

/** Goes on with a long run until it is at its end or another one takes its place. */
async function goOn(running: wasm.Session, mine: number): Promise<void> {
  let reported = performance.now();
  for (let going = true; going; ) {
    await pause();
    if (number !== mine) return;
    going = slice(running);
    if (!going || performance.now() - reported > REPORT) {
      reported = performance.now();
      post({ event: columns(running, going) });
    }
  }
}

function run(parts: string[], files: DataFile[], theme: string): unknown {
  const next = new wasm.Session(link(parts).address, files.flatMap(({ name, bytes }) => [name, bytes]));
  session?.free();
  session = next;
  number += 1;
  survey += 1;
  const going = slice(next);
  const experiment: unknown = JSON.parse(next.experiment(theme));
  if (going) void goOn(next, number);
  return { experiment, columns: columns(next, going) };
}

const link = (parts: string[]): Link => JSON.parse(wasm.link(parts)) as Link;

/** The map, with so many samples along a side, or as many as so many milliseconds allow. */
async function ground(window: number[], size: [number, number], samples: number, patience: number, theme: string): Promise<Ground | undefined> {
  survey += 1;
  const mine = survey;
  const begun = (samples: number): wasm.Survey => open().survey(Float64Array.from(window), samples);
  const probe = begun(PROBE);
  const begin = performance.now();
  probe.advance(1);
  const took = Math.max((performance.now() - begin) / PROBE, 1e-4);
  probe.free();
  const allowed = Math.max(FEWEST, Math.floor(Math.sqrt(patience / took)));
  const coarse = allowed < samples;
  const side = coarse ? allowed : samples;
  const field = begun(side);
  try {
    while (field.advance(Math.max(1, Math.floor(SLICE / (took * side))))) {
      await pause();
      if (survey !== mine) throw "the map was stopped";
    }
  } catch (error) {
    field.free();
    throw error;
  }
  sampled?.field.free();
  sampled = { field, about: { window, size, coarse } };
  return groundIn(theme);
}

/** The last map that was sampled, in the colors of a theme. */
function groundIn(theme: string): Ground | undefined {
  if (!sampled) return undefined;
  const { field, about } = sampled;
  const ground = field.ground(Float64Array.from(about.size), theme);
  const answer = { ...about, drawing: drawingOf(ground.drawing()), scale: JSON.parse(ground.scale()) as Ground["scale"] };
  ground.free();
  return answer;
}

function overlay(window: number[], size: [number, number], theme: string, epochs: number[], run: number): Overlay {
  const drawn = open().overlay(Float64Array.from(window), Float64Array.from(size), theme, Uint32Array.from(epochs), run);
  const [x, y] = drawn.handle();
  const handle: Overlay["handle"] = x !== undefined && y !== undefined ? [x, y] : null;
  const answer = { window, size, marks: drawingOf(drawn.marks()), axes: drawingOf(drawn.axes()), handle, leaves: drawn.leaves() };
  drawn.free();
  return answer;
}

function drawingOf(drawing: wasm.Drawing): Drawing {
  const answer = { numbers: drawing.numbers(), texts: JSON.parse(drawing.texts()) as string[] };
  drawing.free();
  return answer;
}

/** The colours of a theme; those of the paths are the session's, in the order of its runs. */
function colors(theme: string): Colors {
  const colors = JSON.parse(wasm.colors(theme)) as Colors;
  const paths = session ? (JSON.parse(session.styles(theme)) as Colors["paths"]) : [];
  return paths.length > 0 ? { ...colors, paths } : colors;
}

function open(): wasm.Session {
  if (!session) throw "no experiment is open";
  return session;
}

const methods = {
  catalog: () => JSON.parse(wasm.catalog()) as unknown,
  colors,
  opened: (address: string) => JSON.parse(wasm.opened(address)) as unknown,
  link,
  run,
  stop: () => {
    number += 1;
    survey += 1;
    session?.halt();
    if (session) post({ event: columns(session, false) });
  },
  ground,
  groundIn,
  forgetGround: () => {
    survey += 1;
  },
  overlay,
  panel: (list: string, pick: string) => JSON.parse(wasm.panel(list, pick)) as unknown,
  changed: (list: string, pick: string, key: string, value: string) => wasm.changed(list, pick, key, value),
  slid: (list: string, pick: string, key: string, share: number) => wasm.slid(list, pick, key, share),
  place: (window: number[], size: number[], at: number[]) =>
    wasm.place(Float64Array.from(window), Float64Array.from(size), Float64Array.from(at)),
  point: (x: number, y: number, window: number[]) => open().point(x, y, Float64Array.from(window)),
  step: (run: number, epoch: number) => JSON.parse(open().step(run, epoch)) as unknown,
  chart: (log: boolean, evaluations: boolean, theme: string, epochs: number[], column: number) =>
    open().chart(log, evaluations, theme, Uint32Array.from(epochs), column),
  search: (run: number, epoch: number, theme: string, column: number) => open().search(run, epoch, theme, column),
  figure: (pick: string, window: number[], theme: string, epochs: number[], run: number) =>
    open().figure(pick, Float64Array.from(window), theme, Uint32Array.from(epochs), run),
  turned: (pick: string, window: number[], around: number, up: number) =>
    open().turned(pick, Float64Array.from(window), around, up),
  filmBegin: ([width, height]: [number, number], sample: Uint8Array) => {
    film?.free();
    film = new wasm.Film(width, height, sample);
  },
  filmAdd: (pixels: Uint8Array, from: number, to: number) => film?.add(pixels, from, to),
  filmEnd: () => {
    const bytes = film?.finish();
    film = undefined;
    return bytes;
  },
  csv: (run: number) => open().csv(run),
};

self.onmessage = async (message: MessageEvent<Question | string>) => {
  const question = message.data;
  if (typeof question === "string") {
    wasm.initSync({ module: unpack(question) });
    return;
  }
  const { id, method, given } = question;
  try {
    const call = methods[method as keyof typeof methods] as (...given: unknown[]) => unknown;
    const answer = call(...given);
    post({ id, answer: answer instanceof Promise ? await answer : answer });
  } catch (error) {
    const fatal = typeof error !== "string";
    post({ id, error: fatal ? `the program broke down: ${String(error)}` : error, fatal });
  }
};
