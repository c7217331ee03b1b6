// The page's side of the worker: every function is a question and a promise of its answer.

import packed from "virtual:wasm";
import LabWorker from "./worker?worker&inline";

export interface Question { id: number; method: string; given: unknown[] }
export type Answer = { id: number; answer: unknown } | { id: number; error: string; fatal: boolean } | { event: Columns };

export interface Row {
  name: string; outcome: string; sentence: string; epochs: number; loss: number | null; loss_text: string;
  values: number; gradients: number; hessians: number; evaluations: number;
}
export interface Columns {
  table: Row[];
  runs: { losses: Float64Array; evaluations: Float64Array }[];
  going: boolean;
}
/** One setting of a pick. */
export interface Setting {
  key: string; name: string; help: string; kind: string; choices: string[] | null; list: string | null;
  value: string; preset: string; given: boolean; allowed: string; share: number | null;
  /** Whether the problem states its default. */
  per_gradient: boolean;
}
export interface Panel { pick: string; id: string; title: string; summary: string; formula: string; rows: Setting[] }
export interface Experiment {
  title: string; dim: number; plane: string | null; start: string; movable: boolean; window: number[] | null; styles: Colors["paths"];
  target: string | null; epochs: number; problem: Panel; optimizers: Panel[];
}
/** What is looked at of an experiment: the picture, the part of the map, and how far the player has come in what it counts. */
export interface Seen { figure: string | null; window: number[] | null; by: string; at: number | null; run: number }
/** An address taken apart; the parts of its experiment are a key and a value in turn. */
export interface Opened { parts: string[]; seen: Seen }
export interface Link { address: string; command: string }
/** Commands for a canvas, and the texts that they refer to. */
export interface Drawing { numbers: Float32Array; texts: string[] }
/** The bar of the map's colors: the texts of its ends, and of the target with its share of the way along it. */
export interface Scale { low: string; high: string; target: { text: string; share: number | null } | null; colors: string[]; label: string }
/** The part of the map that changes with the window alone; it is coarse where it has fewer samples than were asked for. */
export interface Ground { window: number[]; size: Pair; coarse: boolean; drawing: Drawing; scale: Scale | null }
/** The part of the map that moves, with the place of the start's handle, and whether a path ends out of sight. */
export interface Overlay { window: number[]; size: Pair; marks: Drawing; axes: Drawing; handle: Pair | null; leaves: boolean }
type Pair = [number, number];
export interface Step { epoch: number; title: string; words: string[]; trials: number }
export interface Colors { paths: { line: string; casing: string; dash: number[] | null }[] }
export interface Entry { id: string; title: string; summary: string; follows?: boolean; params: { kind: string }[] }
/** A file that somebody gave to the page; it never leaves it. */
export interface DataFile { name: string; bytes: Uint8Array }
export type Catalog = Record<string, Entry[]>;

/** The entries of a list that can be chosen by their name alone: those about a file come with their file. */
export const withoutFile = (catalog: Catalog, list: string): Entry[] =>
  (catalog[list] ?? []).filter((entry) => entry.params.every((param) => param.kind !== "file"));

/** Questions that ask nothing of an experiment: a new worker can answer them as well. */
const FREE = ["catalog", "colors", "opened", "link", "panel", "changed", "slid", "place"];

type Waiting = { question: Question; done: (answer: unknown) => void; failed: (error: Error) => void };

export class Lab {
  private worker = new LabWorker();
  private waiting = new Map<number, Waiting>();
  private asked = 0;
  /** Called with what a long run has done so far. */
  onColumns: (columns: Columns) => void = () => {};
  /** Called when the program broke down over a question of this name; it answers no other. */
  onBroken: (method: string) => void = () => {};

  constructor() {
    this.begin();
  }

  private begin(): void {
    this.worker.onmessage = (message: MessageEvent<Answer>) => this.hear(message.data);
    this.worker.onerror = (event) => this.fail(event.message || "the worker could not start");
    // The first message: what is asked behind it waits until the program stands.
    this.worker.postMessage(packed);
  }

  /** Ends whatever the worker is at, however long it would take. */
  restart(): void {
    this.worker.terminate();
    const again = [...this.waiting].filter(([, { question }]) => FREE.includes(question.method));
    for (const [id] of again) this.waiting.delete(id);
    this.fail("it was stopped");
    this.worker = new LabWorker();
    this.begin();
    for (const [id, waiting] of again) {
      this.waiting.set(id, waiting);
      this.worker.postMessage(waiting.question);
    }
  }

  private fail(why: string): void {
    for (const { failed } of this.waiting.values()) failed(new Error(why));
    this.waiting.clear();
  }

  private hear(answer: Answer): void {
    if ("event" in answer) return this.onColumns(answer.event);
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (!("error" in answer)) return waiting?.done(answer.answer);
    waiting?.failed(new Error(answer.error));
    if (answer.fatal) this.onBroken(waiting?.question.method ?? "");
  }

  private async ask<T>(method: string, ...given: unknown[]): Promise<T> {
    const id = (this.asked += 1);
    return new Promise<T>((done, failed) => {
      const question = { id, method, given };
      this.waiting.set(id, { question, done: done as Waiting["done"], failed });
      this.worker.postMessage(question);
    });
  }

  catalog = (): Promise<Catalog> => this.ask("catalog");
  colors = (theme: string): Promise<Colors> => this.ask("colors", theme);
  opened = (address: string): Promise<Opened> => this.ask("opened", address);
  link = (parts: string[]): Promise<Link> => this.ask("link", parts);
  run = (parts: string[], files: DataFile[], theme: string): Promise<{ experiment: Experiment; columns: Columns }> =>
    this.ask("run", parts, files, theme);
  stop = (): Promise<void> => this.ask("stop");
  /** At most so many samples along a side, as many as so many milliseconds allow. Another question for a ground ends the
   *  one before it. */
  ground = (window: number[], size: Pair, samples: number, patience: number, theme: string): Promise<Ground> =>
    this.ask("ground", window, size, samples, patience, theme);
  /** The last ground in the colors of a theme; none where there is none yet. */
  groundIn = (theme: string): Promise<Ground | undefined> => this.ask("groundIn", theme);
  /** Ends the question for a ground that is under way. */
  forgetGround = (): Promise<void> => this.ask("forgetGround");
  overlay = (window: number[], size: Pair, theme: string, epochs: number[], run: number): Promise<Overlay> =>
    this.ask("overlay", window, size, theme, epochs, run);
  panel = (list: string, pick: string): Promise<Panel> => this.ask("panel", list, pick);
  changed = (list: string, pick: string, key: string, value: string): Promise<string> =>
    this.ask("changed", list, pick, key, value);
  slid = (list: string, pick: string, key: string, share: number): Promise<string> =>
    this.ask("slid", list, pick, key, share);
  place = (window: number[], size: number[], at: number[]): Promise<string> => this.ask("place", window, size, at);
  point = (x: number, y: number, window: number[]): Promise<string> => this.ask("point", x, y, window);
  step = (run: number, epoch: number): Promise<Step> => this.ask("step", run, epoch);
  /** In a column of so many px. */
  chart = (log: boolean, evaluations: boolean, theme: string, epochs: number[], column: number): Promise<string> =>
    this.ask("chart", log, evaluations, theme, epochs, column);
  search = (run: number, epoch: number, theme: string, column: number): Promise<string> =>
    this.ask("search", run, epoch, theme, column);
  figure = (pick: string, window: number[], theme: string, epochs: number[], run: number): Promise<string> =>
    this.ask("figure", pick, window, theme, epochs, run);
  turned = (pick: string, window: number[], around: number, up: number): Promise<string> =>
    this.ask("turned", pick, window, around, up);
  filmBegin = (size: [number, number], sample: Uint8Array): Promise<void> => this.ask("filmBegin", size, sample);
  filmAdd = (pixels: Uint8Array, from: number, to: number): Promise<void> => this.ask("filmAdd", pixels, from, to);
  filmEnd = (): Promise<Uint8Array<ArrayBuffer>> => this.ask("filmEnd");
  csv = (run: number): Promise<string> => this.ask("csv", run);
}
