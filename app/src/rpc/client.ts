// The page's interface to the worker: every function sends a request and returns a promise of the result.

import { InputError } from "../base/errors";
import { FIRST_METHODS, rest, startWorker } from "./program";
import type { CatalogEntry, CatalogList, Cell, Colors, Experiment, Link, MarkedError, Panel, ParsedAddress, Report, Scale, Score, Step, Tuned } from "./answers";

export type * from "./answers";

export interface WorkerRequest { id: number; method: string; args: unknown[] }
/** A worker without the rest of the program reports that it is incomplete when a request needs the rest. */
export type WorkerMessage = { id: number; result: unknown } | { id: number; error: string; marked?: MarkedError | null; fatal: boolean } | { event: Results } | { tuning: string } | { field: Field } | { incomplete: true };

/** The results so far, and whether a run proceeds. */
export type Results = Report & { running: boolean };
/** A position of the player in epochs or evaluations. */
export interface Position { at: number; byEvaluations: boolean }
/** The time of the player: positions at equal intervals, and their distribution: `log`, path `length`, or `linear`. */
export interface PlayerTime { positions: Float64Array; spacing: string }
/** Drawing commands for a canvas, and the texts that they refer to. */
export interface Drawing { numbers: Float32Array; texts: string[] }
/** The part of the map that depends only on the window. It is coarse if it has fewer samples than requested. `plane` is the
 *  number of its plane: an overlay with another number belongs to another plane. */
export interface Background { window: number[]; size: Pair; coarse: boolean; plane: number; drawing: Drawing; scale: Scale | null }
/** The part of the map that moves, with the position of the handle. `leaves` states whether a path ends outside the window. */
export interface Overlay { window: number[]; size: Pair; plane: number; marks: Drawing; axes: Drawing; handle: Pair | null; leaves: boolean }
/** A field that other workers should help to sample: the parts of its experiment, and the numbers of its plane. */
export interface Field { number: number; parts: string[]; plane: Float64Array; window: number[]; samples: number }
type Pair = [number, number];
/** An axis of a map of settings. */
export interface MapAxis { key: string; range: Pair; isLog: boolean }
/** A file that the user opened. It is not uploaded. */
export interface DataFile { name: string; bytes: Uint8Array }
export type Catalog = CatalogList[];

/** Returns the entries of a list. */
export const entriesOf = (catalog: Catalog, list: string): CatalogEntry[] => catalog.find(({ name }) => name === list)?.entries ?? [];
/** Returns the entries of a list that do not need a file. */
export const withoutFile = (catalog: Catalog, list: string): CatalogEntry[] => entriesOf(catalog, list).filter((entry) => !entry.needs_file);

/** Methods that do not need an experiment, so that a new worker can repeat them. */
const STATELESS = ["catalog", "colors", "parseAddress", "link", "panel", "withSetting", "withSlider"];

type PendingRequest = { request: WorkerRequest; resolve: (result: unknown) => void; reject: (error: Error) => void };

export class WorkerClient {
  private worker = startWorker();
  private pending = new Map<number, PendingRequest>();
  /** Requests that wait for the rest of the program. */
  private held: WorkerRequest[] | undefined;
  /** Whether the worker has all of the program. */
  private isComplete = false;
  /** The last experiment that was started, which a new worker can start again. */
  private lastRun: WorkerRequest | undefined;
  private lastId = 0;
  /** Called with the intermediate results of a long run. */
  onResults: (results: Results) => void = () => {};
  /** Called with the progress of tuning. */
  onTuning: (progress: string) => void = () => {};
  /** Called with a field whose sampling takes long. */
  onField: (field: Field) => void = () => {};
  /** Called with the method that crashed the worker. The worker does not process further requests. */
  onCrash: (method: string) => void = () => {};

  constructor() {
    this.connect();
  }

  private connect(): void {
    this.worker.onmessage = (message: MessageEvent<WorkerMessage>) => this.receive(message.data);
    this.worker.onerror = (event) => this.rejectAll(event.message || "the worker could not start");
  }

  /** Replaces the worker by a new one, which gets the requests when it has the whole program. */
  private replace(requests: WorkerRequest[]): void {
    this.worker.onmessage = null;
    this.worker.terminate();
    this.worker = startWorker();
    this.isComplete = false;
    this.held = requests;
    this.connect();
    void this.complete();
  }

  /** Terminates the worker and starts a new one, which repeats the stateless requests. */
  restart(): void {
    const repeated = [...this.pending].filter(([, { request }]) => STATELESS.includes(request.method));
    for (const [id] of repeated) this.pending.delete(id);
    this.rejectAll("the work was stopped");
    for (const [id, pending] of repeated) this.pending.set(id, pending);
    this.replace(repeated.map(([, { request }]) => request));
  }

  /** Sends the rest of the program to the worker when it has been loaded. Until then, the worker processes only the requests
   *  of the first visit. */
  async complete(): Promise<void> {
    const { worker } = this;
    const part = await rest;
    if (this.isComplete || worker !== this.worker) return;
    this.isComplete = true;
    worker.postMessage(part);
    for (const request of this.held ?? []) worker.postMessage(request);
    this.held = undefined;
  }

  /** Holds all further requests until the worker has the whole program. */
  hold(): void {
    if (this.isComplete) return;
    this.held ??= [];
    void this.complete();
  }

  private rejectAll(reason: string): void {
    for (const { reject } of this.pending.values()) reject(new Error(reason));
    this.pending.clear();
  }

  private receive(message: WorkerMessage): void {
    if ("event" in message) return this.onResults(message.event);
    if ("tuning" in message) return this.onTuning(message.tuning);
    if ("field" in message) return this.onField(message.field);
    if ("incomplete" in message) {
      const experiment = this.lastRun ? [this.lastRun] : [];
      return this.replace([...experiment, ...[...this.pending.values()].map(({ request }) => request)]);
    }
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (!("error" in message)) {
      // A new worker has repeated the last run, whose first answer was that of the old one.
      if (!pending && message.id === this.lastRun?.id) return this.onResults((message.result as { results: Results }).results);
      if (pending?.request.method === "run") this.lastRun = pending.request;
      return pending?.resolve(message.result);
    }
    pending?.reject(new InputError(message.error, message.marked ?? null));
    if (message.fatal) this.onCrash(pending?.request.method ?? "");
  }

  private async call<T>(method: string, ...args: unknown[]): Promise<T> {
    const id = (this.lastId += 1);
    return new Promise<T>((resolve, reject) => {
      const request = { id, method, args };
      this.pending.set(id, { request, resolve: resolve as PendingRequest["resolve"], reject });
      if (!FIRST_METHODS.has(method)) this.hold();
      if (this.held) this.held.push(request);
      else this.worker.postMessage(request);
    });
  }

  catalog = async (): Promise<Catalog> => JSON.parse(await this.call<string>("catalog")) as Catalog;
  colors = (theme: string): Promise<Colors> => this.call("colors", theme);
  parseAddress = (address: string): Promise<ParsedAddress> => this.call("parseAddress", address);
  link = (parts: string[]): Promise<Link> => this.call("link", parts);
  /** Starts an experiment. During a drag, the map keeps its plane. */
  run = (parts: string[], files: DataFile[], theme: string, isDrag: boolean): Promise<{ experiment: Experiment; results: Results }> =>
    this.call("run", parts, files, theme, isDrag);
  stop = (): Promise<void> => this.call("stop");
  /** Reports that the last results are drawn. The worker sends the next ones only afterwards. */
  drawn = (): Promise<void> => this.call("drawn");
  /** Returns the positions of the player at equal intervals of its time, which is distributed `log`, by path `length`, or
   *  `linear`. */
  timeline = (spacing: string, byEvaluations: boolean): Promise<Float64Array> => this.call("timeline", spacing, byEvaluations);
  /** Converts a position of the player to evaluations, or to epochs. */
  converted = (at: number, toEvaluations: boolean): Promise<number> => this.call("converted", at, toEvaluations);
  /** Samples the background of the map: at most `samples` per side, and as many as `timeLimit` (milliseconds) allows. A new
   *  request cancels the one before it. */
  background = (window: number[], size: Pair, samples: number, timeLimit: number, theme: string): Promise<Background> =>
    this.call("background", window, size, samples, timeLimit, theme);
  /** Takes rows of a field for another worker: the first one and the one after the last, or nothing if none are left. */
  takeRows = (field: number): Promise<Pair | undefined> => this.call("takeRows", field);
  /** Returns the losses of rows of a field. */
  fieldRows = (field: Field, files: DataFile[], rows: Pair): Promise<Float64Array<ArrayBuffer>> => this.call("fieldRows", field, files, rows);
  /** Passes the losses of rows that were taken, or none if their worker failed. */
  acceptRows = (field: number, rows: Pair, losses: Float64Array): Promise<void> => this.call("acceptRows", field, rows, losses);
  /** Returns the last background in the colors of a theme, if there is one, with levels that distinguish bands along the
   *  current paths. */
  recolored = (theme: string): Promise<Background | undefined> => this.call("recolored", theme);
  /** Cancels the current request for a background. */
  cancelBackground = (): Promise<void> => this.call("cancelBackground");
  /** Draws what moves on the map. The path of the run `lifted` lies above the others. */
  overlay = (window: number[], size: Pair, theme: string, position: Position, run: number, lifted?: number): Promise<Overlay> =>
    this.call("overlay", window, size, theme, position, run, lifted);
  panel = (list: string, pick: string): Promise<Panel> => this.call("panel", list, pick);
  /** Returns the pick with a new value of a setting. */
  withSetting = (list: string, pick: string, key: string, value: string): Promise<string> =>
    this.call("withSetting", list, pick, key, value);
  /** Returns the pick with the value at a position of the slider, from 0 to 1. */
  withSlider = (list: string, pick: string, key: string, share: number): Promise<string> =>
    this.call("withSlider", list, pick, key, share);
  /** Returns the initial point under a position in px, as a text with suitable precision. */
  startAt = (window: number[], size: number[], at: number[]): Promise<string> => this.call("startAt", window, size, at);
  /** Returns the run whose path is under a position in px, if there is one. */
  runAt = (window: number[], size: number[], px: number[], position: Position): Promise<number | undefined> =>
    this.call("runAt", window, size, px, position);
  /** Returns the state of each run at a position of the player. */
  scores = (position: Position): Promise<Score[]> => this.call("scores", position);
  /** Tunes the algorithm of a run by the trials of `--tune`; returns its pick with the tuned settings. A new run stops it. */
  tune = (parts: string[], files: DataFile[], run: number): Promise<Tuned> => this.call("tune", parts, files, run);
  /** Stops tuning. */
  cancelTuning = (): Promise<void> => this.call("cancelTuning");
  /** Describes the loss and the gradient at a point. */
  readout = (x: number, y: number, window: number[]): Promise<string> => this.call("readout", x, y, window);
  step = (run: number, position: Position): Promise<Step> => this.call("step", run, position);
  /** Draws the loss of all runs as SVG, `width` px wide. The horizontal axis is spaced like the time of the player. */
  chart = (log: boolean, theme: string, position: Position, width: number, time: PlayerTime): Promise<string> =>
    this.call("chart", log, theme, position, width, time.positions, time.spacing);
  search = (run: number, epoch: number, theme: string, width: number): Promise<string> =>
    this.call("search", run, epoch, theme, width);
  /** Draws a figure as SVG, with a recipe if one is given. An empty window is the full window. */
  figure = (pick: string, window: number[], theme: string, position: Position, run: number, recipe?: string): Promise<string> =>
    this.call("figure", pick, window, theme, position, run, recipe);
  /** Returns the recipe of the picture of an address, or of its animation: the command that draws it. */
  recipe = (address: string, files: DataFile[], theme: string, isAnimation: boolean): Promise<string> =>
    this.call("recipe", address, files, theme, isAnimation);
  /** Returns a PNG file with a recipe. */
  pngWithRecipe = (file: Uint8Array, recipe: string): Promise<Uint8Array<ArrayBuffer>> => this.call("pngWithRecipe", file, recipe);
  /** Returns the pick of a 3-D figure after a rotation in degrees. */
  rotated = (pick: string, window: number[], around: number, up: number): Promise<string> =>
    this.call("rotated", pick, window, around, up);
  /** Computes the rows `first` to before `end` of a map of settings with `side` cells along each side, as pixels. */
  settingsTile = (parts: string[], files: DataFile[], run: number, axes: MapAxis[], side: number, rows: Pair, limit: number, theme: string): Promise<Uint8ClampedArray<ArrayBuffer>> =>
    this.call("settingsTile", parts, files, run, axes, side, rows, limit, theme);
  /** Cancels the current calculations of maps of settings. */
  cancelTiles = (): Promise<void> => this.call("cancelTiles");
  /** Describes a position of a map of settings, from 0 to 1 along both axes. */
  settingsCell = (parts: string[], files: DataFile[], run: number, axes: MapAxis[], at: Pair, limit: number): Promise<Cell> =>
    this.call("settingsCell", parts, files, run, axes, at, limit);
  beginGif = (size: [number, number], sample: Uint8Array, recipe: string): Promise<void> => this.call("beginGif", size, sample, recipe);
  addGifFrame = (pixels: Uint8Array, from: number, to: number): Promise<void> => this.call("addGifFrame", pixels, from, to);
  endGif = (): Promise<Uint8Array<ArrayBuffer>> => this.call("endGif");
  csv = (run: number): Promise<string> => this.call("csv", run);
}
