// The worker: owns the session and processes one request after the other.

import * as wasm from "../../generated/thalweg.js";
import { Unpacker } from "./unpack";
import type { ProgramPart } from "./program";
import type { Background, Colors, DataFile, Drawing, Experiment, Failure, Field, Link, MapAxis, MarkedError, Overlay, Position, Results, WorkerMessage, WorkerRequest } from "./client";

/** Milliseconds of work after which the worker processes other requests. */
const SLICE = 12;
/** Milliseconds of a run after which the page shows that it is not complete. A short run is drawn once. */
const FIRST_SLICE = 50;
/** Maximum number of epochs between two measurements of the time. */
const MAX_EPOCHS = 4096;
/** Milliseconds of a long run between the drawing of a report and the next one. */
const REPORT_INTERVAL = 150;
/** Number of samples that are evaluated to measure the time per sample. */
const PROBE_SAMPLES = 8;
/** Milliseconds of sampling after which other workers help. */
const HELPED = 150;
/** Milliseconds that the rows take which another worker samples at a time. */
const TAKEN = 60;
/** Minimum number of samples along each side of the map. */
const MIN_SAMPLES = 12;

/** A request that the worker does not complete, because another one replaced it or none can follow. */
class Refusal extends Error {}

let session: wasm.Session | undefined;
let gif: wasm.GifWriter | undefined;
/** Numbers of the last run and of the last background. A change cancels the current one. */
let runNumber = 0;
let backgroundNumber = 0;
/** The last field that was sampled completely, with the session and the key of its problem. */
let sampled: { field: wasm.FieldSampler; session: wasm.Session; key: string; about: Pick<Background, "window" | "size" | "coarse"> } | undefined;
/** The field that is being sampled, and the number of rows that another worker takes at a time. */
let shared: { field: wasm.FieldSampler; number: number; rows: number } | undefined;
/** Continues the sampling, which waits for the rows of other workers. */
let wake = (): void => {};
/** A text that is the same for problems with the same loss; empty if this is not known. */
let problemKey = "";
/** The number of the plane that overlays show, and the largest number of a plane. A map of two weights has the number 0. */
let [planeNumber, lastPlane] = [0, 0];
/** The time when the page had drawn the last report, or nothing while it is drawing. */
let drawnAt: number | undefined;
/** Number of epochs per call, adapted to the time that they take. */
let epochsPerCall = 16;

const post = (message: WorkerMessage): void => (self as unknown as Worker).postMessage(message);

/** Runs for a slice of time. Returns whether there is more to do. */
function runSlice(session: wasm.Session, slice = SLICE): boolean {
  const begin = performance.now();
  for (let now = begin; now < begin + slice; ) {
    if (!session.advance(epochsPerCall)) return false;
    const took = performance.now() - now;
    now += took;
    // An epoch of a large network takes much longer than one of a formula.
    if (took < SLICE / 8) epochsPerCall = Math.min(2 * epochsPerCall, MAX_EPOCHS);
    else if (took > SLICE / 2) epochsPerCall = Math.max(epochsPerCall >> 2, 1);
  }
  return true;
}

function resultsOf(session: wasm.Session, running: boolean): Results {
  drawnAt = undefined;
  return { ...(JSON.parse(session.report()) as Omit<Results, "running">), running };
}

/** Waits until pending requests are processed. */
const pause = (): Promise<void> => new Promise((resolve) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => resolve();
  channel.port2.postMessage(0);
});

/** Continues a long run until it ends or another run replaces it. */
async function continueRun(session: wasm.Session, number: number): Promise<void> {
  for (let running = true; running; ) {
    await pause();
    if (runNumber !== number) return;
    running = runSlice(session);
    const isDue = drawnAt !== undefined && performance.now() - drawnAt > REPORT_INTERVAL;
    if (!running || isDue) post({ event: resultsOf(session, running) });
  }
}

/** The parts of the experiment that runs. */
let shownParts: string[] = [];
/** The files of the experiment that runs: a rule from a file names settings there. */
let dataFiles: DataFile[] = [];

/** Starts an experiment. During a drag, the map keeps its plane, because it does not depend on the new runs yet. */
function run(parts: string[], files: DataFile[], theme: string, isDrag: boolean): unknown {
  const next = new wasm.Session(link(parts).address, namesAndContents(files));
  [shownParts, dataFiles] = [parts, files];
  const keepsPlane = isDrag && session !== undefined && next.keep_plane(session);
  session?.free();
  session = next;
  runNumber += 1;
  cancelBackground();
  const running = runSlice(next, isDrag ? SLICE : FIRST_SLICE);
  if (!keepsPlane) planeNumber = next.has_plane() ? (lastPlane += 1) : 0;
  const experiment = JSON.parse(next.experiment(theme)) as Experiment;
  problemKey = experiment.loss_key;
  if (running) {
    continueRun(next, runNumber).catch((error: unknown) => {
      if (!firstPart) throw error;
      post({ incomplete: true });
    });
  }
  return { experiment, results: resultsOf(next, running) };
}

/** The number of the last request to cancel maps of settings. */
let tileNumber = 0;

/** Passes axes of a map of settings to a function, and frees them. */
function withAxes<T>(axes: MapAxis[], use: (axes: wasm.MapAxes) => T): T {
  const [x, y] = axes;
  const passed = new wasm.MapAxes(axes.map((axis) => axis.key), Float64Array.from(axes.flatMap((axis) => axis.range)), x?.isLog ?? false, y?.isLog ?? false);
  try {
    return use(passed);
  } finally {
    passed.free();
  }
}

/** Computes rows of a map of settings, until it is canceled. */
async function settingsTile(
  parts: string[], files: DataFile[], run: number, axes: MapAxis[], side: number, [first, end]: [number, number], limit: number, theme: string,
): Promise<Uint8ClampedArray> {
  const number = tileNumber;
  const tile = withAxes(axes, (passed) => new wasm.SettingsTile(link(parts).address, namesAndContents(files), run, passed, side, first, end, limit));
  try {
    for (let until = performance.now() + SLICE; tile.advance(); ) {
      if (performance.now() < until) continue;
      await pause();
      if (tileNumber !== number) throw new Refusal("the map of settings was stopped");
      until = performance.now() + SLICE;
    }
    return tile.pixels(theme);
  } finally {
    tile.free();
  }
}

const settingsCell = (parts: string[], files: DataFile[], run: number, axes: MapAxis[], at: number[], limit: number): unknown =>
  withAxes(axes, (passed) => JSON.parse(wasm.settings_cell(link(parts).address, namesAndContents(files), run, passed, Float64Array.from(at), limit)) as unknown);

/** The number of the last request to stop tuning. */
let tuningNumber = 0;

/** Tunes the optimizer of a run, until it is stopped or another run starts. */
async function tune(parts: string[], files: DataFile[], run: number): Promise<unknown> {
  const tuning = new wasm.Tuning(link(parts).address, namesAndContents(files), run);
  const [number, ofRun] = [tuningNumber += 1, runNumber];
  try {
    for (let end = performance.now() + SLICE; tuning.advance(epochsPerCall); ) {
      if (performance.now() < end) continue;
      post({ tuning: tuning.progress() });
      await pause();
      if (runNumber !== ofRun) throw new Refusal("tuning was stopped, because another run started");
      if (tuningNumber !== number) throw new Refusal("tuning was stopped");
      end = performance.now() + SLICE;
    }
    return JSON.parse(tuning.result()) as unknown;
  } finally {
    tuning.free();
  }
}

const namesAndContents = (files: DataFile[]): unknown[] => files.flatMap(({ name, bytes }) => [name, bytes]);

const link = (parts: string[]): Link => JSON.parse(wasm.link(parts)) as Link;

/** Cancels the sampling of the map. */
function cancelBackground(): void {
  backgroundNumber += 1;
  wake();
}

/** Takes rows for another worker. */
function takeRows(number: number): [number, number] | undefined {
  if (shared?.number !== number) return undefined;
  const [first = 0, end = 0] = shared.field.take(shared.rows);
  return first < end ? [first, end] : undefined;
}

/** Accepts the rows of another worker. */
function acceptRows(number: number, [first, end]: [number, number], losses: Float64Array): void {
  if (shared?.number !== number) return;
  shared.field.accept(first, end, losses);
  wake();
}

/** Samples rows for the worker of the experiment. */
const fieldRows = ({ parts, plane, window, samples }: Field, files: DataFile[], [first, end]: [number, number]): Float64Array =>
  wasm.field_rows(link(parts).address, namesAndContents(files), plane, Float64Array.from(window), samples, first, end);

/** Samples the loss with `samples` along each side, or as many as `timeLimit` (milliseconds) allows. */
async function background(window: number[], size: [number, number], samples: number, timeLimit: number, theme: string): Promise<Background | undefined> {
  cancelBackground();
  const number = backgroundNumber;
  const isSame = sampled && !sampled.about.coarse && sampled.key === problemKey && problemKey !== "" && String(sampled.about.window) === String(window);
  if (sampled && isSame) {
    sampled.about.size = size;
    return recolored(theme);
  }
  const owner = currentSession();
  const sampler = (samples: number): wasm.FieldSampler => currentSession().field_sampler(Float64Array.from(window), samples);
  const probe = sampler(PROBE_SAMPLES);
  const begin = performance.now();
  probe.advance(1);
  const took = Math.max((performance.now() - begin) / PROBE_SAMPLES, 1e-4);
  probe.free();
  const allowed = Math.max(MIN_SAMPLES, Math.floor(Math.sqrt(timeLimit / took)));
  const coarse = allowed < samples;
  const side = coarse ? allowed : samples;
  const field = sampler(side);
  const rows = (time: number): number => Math.max(1, Math.floor(time / (took * side)));
  shared = { field, number, rows: rows(TAKEN) };
  let helped = false;
  try {
    for (let more = field.advance(rows(SLICE)); !field.is_complete(); more = field.advance(rows(SLICE))) {
      // The first part of the program cannot describe a plane.
      if (!helped && !firstPart && performance.now() - begin > HELPED) {
        helped = true;
        post({ field: { number, parts: shownParts, plane: field.plane(), window, samples: side } });
      }
      await (more ? pause() : new Promise<void>((resolve) => (wake = resolve)));
      if (backgroundNumber !== number) throw new Refusal("the map was stopped");
    }
  } catch (error) {
    if (shared?.field === field) shared = undefined;
    field.free();
    throw error;
  }
  shared = undefined;
  sampled?.field.free();
  sampled = { field, session: owner, key: problemKey, about: { window, size, coarse } };
  return recolored(theme);
}

/** Draws the last sampled field in the colors of a theme. From now on, overlays show its plane. */
function recolored(theme: string): Background | undefined {
  if (!sampled) return undefined;
  const { field, about } = sampled;
  const isCurrent = sampled.session === session || (sampled.key === problemKey && problemKey !== "");
  if (isCurrent && currentSession().show(field)) planeNumber = lastPlane += 1;
  const drawn = field.ground(Float64Array.from(about.size), theme);
  const result = { ...about, plane: planeNumber, drawing: drawingOf(drawn.drawing()), scale: JSON.parse(drawn.scale()) as Background["scale"] };
  drawn.free();
  return result;
}

function overlay(window: number[], size: [number, number], theme: string, { at, byEvaluations }: Position, run: number, lifted?: number): Overlay {
  const drawn = currentSession().overlay(Float64Array.from(window), Float64Array.from(size), theme, at, byEvaluations, run, lifted);
  const [x, y] = drawn.handle();
  const handle: Overlay["handle"] = x !== undefined && y !== undefined ? [x, y] : null;
  const result = { window, size, plane: planeNumber, marks: drawingOf(drawn.marks()), axes: drawingOf(drawn.axes()), handle, leaves: drawn.leaves() };
  drawn.free();
  return result;
}

function drawingOf(drawing: wasm.Drawing): Drawing {
  const result = { numbers: drawing.numbers(), texts: JSON.parse(drawing.texts()) as string[] };
  drawing.free();
  return result;
}

/** Returns the colors of a theme, with the colors of the paths in the order of the runs. */
function colors(theme: string): Colors {
  const colors = JSON.parse(wasm.colors(theme)) as Colors;
  const paths = session ? (JSON.parse(session.styles(theme)) as Colors["paths"]) : [];
  return paths.length > 0 ? { ...colors, paths } : colors;
}

function currentSession(): wasm.Session {
  if (!session) throw new Refusal("no experiment is loaded");
  return session;
}

const methods = {
  // The page parses the catalog, because parsing is faster than copying objects from the worker to the page.
  catalog: () => wasm.catalog(),
  colors,
  parseAddress: (address: string) => JSON.parse(wasm.opened(address)) as unknown,
  link,
  run,
  stop: () => {
    runNumber += 1;
    cancelBackground();
    session?.halt();
    if (session) post({ event: resultsOf(session, false) });
  },
  drawn: () => {
    drawnAt = performance.now();
  },
  timeline: (spacing: string, byEvaluations: boolean) => currentSession().timeline(spacing, byEvaluations),
  converted: (at: number, toEvaluations: boolean) => currentSession().converted(at, toEvaluations),
  background,
  recolored,
  cancelBackground,
  takeRows,
  acceptRows,
  fieldRows,
  overlay,
  panel: (list: string, pick: string) => JSON.parse(wasm.panel(list, pick)) as unknown,
  withSetting: (list: string, pick: string, key: string, value: string) => wasm.changed(list, pick, key, value),
  withSlider: (list: string, pick: string, key: string, share: number) => wasm.slid(list, pick, key, share, namesAndContents(dataFiles)),
  startAt: (window: number[], size: number[], at: number[]) =>
    currentSession().start_at(Float64Array.from(window), Float64Array.from(size), Float64Array.from(at)),
  runAt: (window: number[], size: number[], px: number[], { at, byEvaluations }: Position) =>
    currentSession().run_at(Float64Array.from(window), Float64Array.from(size), Float64Array.from(px), at, byEvaluations),
  scores: ({ at, byEvaluations }: Position) => JSON.parse(currentSession().scores(at, byEvaluations)) as unknown,
  tune,
  cancelTuning: () => {
    tuningNumber += 1;
  },
  settingsTile,
  settingsCell,
  cancelTiles: () => {
    tileNumber += 1;
  },
  readout: (x: number, y: number, window: number[]) => currentSession().point(x, y, Float64Array.from(window)),
  step: (run: number, { at, byEvaluations }: Position) => JSON.parse(currentSession().step(run, at, byEvaluations)) as unknown,
  chart: (log: boolean, theme: string, { at, byEvaluations }: Position, width: number, timeline: Float64Array, spacing: string) =>
    currentSession().chart(log, theme, at, byEvaluations, width, timeline, spacing),
  search: (run: number, epoch: number, theme: string, width: number) => currentSession().search(run, epoch, theme, width),
  figure: (pick: string, window: number[], theme: string, { at, byEvaluations }: Position, run: number, recipe?: string) =>
    currentSession().figure(pick, Float64Array.from(window), theme, at, byEvaluations, run, recipe),
  recipe: (address: string, files: DataFile[], theme: string, isAnimation: boolean) =>
    wasm.recipe(address, namesAndContents(files), theme, isAnimation),
  pngWithRecipe: (file: Uint8Array, recipe: string) => wasm.png_with_recipe(file, recipe),
  rotated: (pick: string, window: number[], around: number, up: number) =>
    currentSession().turned(pick, Float64Array.from(window), around, up),
  beginGif: ([width, height]: [number, number], sample: Uint8Array, recipe: string) => {
    gif?.free();
    gif = new wasm.GifWriter(width, height, sample, recipe);
  },
  addGifFrame: (pixels: Uint8Array, from: number, to: number) => gif?.add(pixels, from, to),
  endGif: () => {
    const bytes = gif?.finish();
    gif = undefined;
    return bytes;
  },
  csv: (run: number) => currentSession().csv(run),
};

/** The first part of the program, until the worker has the rest. */
let firstPart: wasm.InitOutput | undefined;
let unpacker: Unpacker | undefined;

function load(part: ProgramPart): void {
  if ("first" in part) {
    unpacker = new Unpacker(part.first);
    firstPart = wasm.initSync({ module: unpacker.first() });
    // The tests measure the memory.
    Object.assign(self, { memory: firstPart.memory });
  } else if (firstPart && unpacker) {
    // The rest imports the memory, the tables, and functions of the first part, and adds its functions to the table.
    const imports = { "": { ...firstPart } };
    const module = new WebAssembly.Module(unpacker.rest(part.rest));
    firstPart = unpacker = undefined;
    new WebAssembly.Instance(module, imports);
  }
}

/** Reads an error of the program, which is JSON. */
function failureOf(json: string): { error: string; marked: MarkedError | null } {
  const { message, marked } = JSON.parse(json) as Failure;
  return { error: message, marked };
}

self.onmessage = async ({ data }: MessageEvent<WorkerRequest | ProgramPart>) => {
  if (!("method" in data)) return load(data);
  const { id, method, args } = data;
  try {
    const call = methods[method as keyof typeof methods] as (...args: unknown[]) => unknown;
    const result = call(...args);
    post({ id, result: result instanceof Promise ? await result : result });
  } catch (error) {
    if (typeof error === "string") post({ id, ...failureOf(error), fatal: false });
    else if (error instanceof Refusal) post({ id, error: error.message, fatal: false });
    else if (firstPart) post({ incomplete: true });
    else post({ id, error: `the program crashed: ${String(error)}`, fatal: true });
  }
};
