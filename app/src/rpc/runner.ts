// The current experiment, stored as the parts of its address, and the changes to it.

import { setBusy } from "../base/busy";
import type { DataFile, Experiment, Results, ViewState, WorkerClient } from "./client";
import { get } from "../base/dom";
import type { HistoryEntry } from "../base/history";
import { saveFiles } from "../base/storage";

/** Milliseconds after which a worker that does not stop is terminated. */
const STOP_TIMEOUT = 1500;

export class Runner {
  /** The keys and values of the experiment, alternating. */
  parts: string[] = [];
  experiment: Experiment | undefined;
  private lastRequest = 0;
  private busyTimer = 0;
  private running = false;
  /** Whether the last change is one of several that together form one, such as a drag. */
  isDragging = false;
  /** Called with a new experiment, and with the view state if an address defines it. */
  onExperiment: (experiment: Experiment, results: Results, view: ViewState | undefined) => void = () => {};
  /** Called with new results of the runs. The promise states when they are drawn. */
  onResults: (results: Results) => Promise<unknown> = async () => {};
  /** Called when a change should be recorded in the history. */
  onEntry: (entry: HistoryEntry) => void = () => {};

  constructor(private client: WorkerClient, public files: DataFile[], private theme: () => string) {
    client.onResults = (results) => this.receive(results);
    // If a request other than the run crashed the worker, the run can be repeated.
    client.onCrash = (method) => {
      client.restart();
      if (method !== "run" && this.parts.length > 0) void this.run(this.parts, undefined).catch(() => {});
    };
    get("stop").addEventListener("click", () => this.stop());
  }

  /** Opens an address. The caller shows the figure and records the history entry. */
  async open(address: string, files = this.files): Promise<{ results: Results; figure: string }> {
    // An address can contain any algorithm and any problem.
    if (address !== "") this.client.hold();
    const { parts, seen } = await this.client.parseAddress(address);
    return { results: await this.run(parts, undefined, files, seen), figure: seen.figure ?? "" };
  }

  /** Runs an experiment. If it is invalid, fails and keeps the last experiment. */
  async run(parts: string[], entry: HistoryEntry | undefined, files = this.files, view?: ViewState): Promise<Results> {
    const request = (this.lastRequest += 1);
    clearTimeout(this.busyTimer);
    this.busyTimer = window.setTimeout(() => setBusy("run", true), 400);
    try {
      const answer = await this.client.run(parts, files, this.theme(), entry === "drag");
      if (request !== this.lastRequest) return answer.results;
      // A drag runs an experiment per move, with the same files.
      if (files !== this.files) saveFiles(files);
      [this.parts, this.files, this.experiment] = [parts, files, answer.experiment];
      this.isDragging = entry === "drag";
      get("failure").textContent = "";
      this.onExperiment(answer.experiment, answer.results, view);
      this.receive(answer.results);
      if (entry) this.onEntry(entry);
      return answer.results;
    } finally {
      if (request === this.lastRequest) clearTimeout(this.busyTimer);
      if (request === this.lastRequest) setBusy("run", this.running);
    }
  }

  /** Runs the experiment with a new value of one part. An empty value removes the part. */
  set(key: string, value: string, entry: HistoryEntry): Promise<Results> {
    const others = this.without(key);
    return this.run(value === "" ? others : [...others, key, value], entry);
  }

  /** Runs the experiment with another pick of the problem. */
  setProblem(pick: string, entry: HistoryEntry): Promise<Results> {
    return this.run(this.parts.map((part, i) => (this.isValueOf("on", i) ? pick : part)), entry);
  }

  /** Runs the same algorithms on another problem, with the start, the target, and the learning rate of that problem. */
  async replaceProblem(pick: string, files = this.files): Promise<Results> {
    return this.run(["on", pick, ...withParts(await this.portablePicks())], "new", files);
  }

  /** Returns the picks without settings whose defaults depend on the problem. */
  private portablePicks(): Promise<string[]> {
    const panels = this.experiment?.optimizers ?? [];
    return Promise.all(panels.map(async ({ rows }, i) => {
      let pick = this.picks[i] ?? "";
      for (const { key, per_gradient, given } of rows) {
        if (per_gradient && given) pick = await this.client.withSetting("optimizers", pick, key, "");
      }
      return pick;
    }));
  }

  /** The picks of the algorithms. */
  get picks(): string[] {
    return this.parts.filter((_, i) => this.isValueOf("with", i));
  }

  /** Runs the experiment with other algorithms. */
  setPicks(picks: string[], entry: HistoryEntry, files = this.files): Promise<Results> {
    return this.run([...this.without("with"), ...withParts(picks)], entry, files);
  }

  /** Runs the experiment with another pick of one algorithm and another initial point. */
  setPickAndStart(run: number, pick: string, start: string): Promise<Results> {
    const picks = this.picks.map((old, i) => (i === run ? pick : old));
    const isMoved = start !== this.experiment?.start;
    const others = this.without("with").filter((_, i, all) => !isMoved || all[i - (i % 2)] !== "start");
    return this.run([...others, ...withParts(picks), ...(isMoved ? ["start", start] : [])], "new");
  }

  private isValueOf(key: string, i: number): boolean {
    return i % 2 === 1 && this.parts[i - 1] === key;
  }

  private without(key: string): string[] {
    return this.parts.filter((_, i) => this.parts[i - (i % 2)] !== key);
  }

  private receive(results: Results): void {
    this.running = results.running;
    setBusy("run", results.running);
    const drawn = this.onResults(results);
    if (results.running) void drawn.then(() => this.client.drawn()).catch(() => {});
  }

  /** Stops the current work. If the worker does not respond, terminates it and repeats the last complete experiment. */
  stop(): void {
    const stopped = this.client.stop();
    const timer = window.setTimeout(() => {
      const canRepeat = !this.running && this.parts.length > 0;
      this.client.restart();
      setBusy("run", false);
      if (canRepeat) void this.run(this.parts, undefined).catch(() => {});
      else get("failure").textContent = "The run was stopped. Change a setting to start again.";
    }, STOP_TIMEOUT);
    void stopped.then(() => clearTimeout(timer), () => {});
  }
}

const withParts = (picks: string[]): string[] => picks.flatMap((pick) => ["with", pick]);
