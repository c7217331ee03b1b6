// The experiment that the page shows, as the parts of its address, and how it becomes another one.

import { busy } from "./busy";
import { get } from "./dom";
import { keepFiles } from "./kept";
import type { Columns, DataFile, Experiment, Lab, Seen } from "./lab";
import type { Entry } from "./trail";

/** Milliseconds after which a worker that was told to stop hears nothing any more. */
const DEAF = 1500;

export class Runner {
  parts: string[] = [];
  experiment: Experiment | undefined;
  private asked = 0;
  private slow = 0;
  private going = false;
  /** Called with another experiment, and what is to be seen of it where an address says so. */
  onExperiment: (experiment: Experiment, columns: Columns, seen: Seen | undefined) => void = () => {};
  /** Called with what the runs came to. */
  onColumns: (columns: Columns) => void = () => {};
  /** Called when what is shown has become another. */
  onEntry: (entry: Entry) => void = () => {};

  constructor(private lab: Lab, public files: DataFile[], private theme: () => string) {
    lab.onColumns = (columns) => this.came(columns);
    // What broke down over something else than the run itself can run it again.
    lab.onBroken = (method) => {
      lab.restart();
      if (method !== "run" && this.parts.length > 0) void this.run(this.parts, undefined).catch(() => {});
    };
    get("stop").addEventListener("click", () => this.stop());
  }

  /** Opens an address and shows of it what it says; the figure beside the map and the entry are left to who asks. */
  async open(address: string, files = this.files): Promise<{ came: Columns; figure: string }> {
    const { parts, seen } = await this.lab.opened(address);
    return { came: await this.run(parts, undefined, files, seen), figure: seen.figure ?? "" };
  }

  /** Runs an experiment; if it cannot be, the last one stays and the promise fails. */
  async run(next: string[], entry: Entry | undefined, files = this.files, seen?: Seen): Promise<Columns> {
    const mine = (this.asked += 1);
    clearTimeout(this.slow);
    this.slow = window.setTimeout(() => busy("run", true), 400);
    try {
      const answer = await this.lab.run(next, files, this.theme());
      if (mine !== this.asked) return answer.columns;
      // A drag runs anew at every move; files are the same then.
      if (files !== this.files) keepFiles(files);
      [this.parts, this.files, this.experiment] = [next, files, answer.experiment];
      get("failure").textContent = "";
      this.onExperiment(answer.experiment, answer.columns, seen);
      this.came(answer.columns);
      if (entry) this.onEntry(entry);
      return answer.columns;
    } finally {
      if (mine === this.asked) clearTimeout(this.slow);
      if (mine === this.asked) busy("run", this.going);
    }
  }

  /** Runs the same experiment with one part another; an empty text takes the part away. */
  set(key: string, text: string, entry: Entry): Promise<Columns> {
    const others = this.without(key);
    return this.run(text === "" ? others : [...others, key, text], entry);
  }

  /** Runs the same experiment on another problem. */
  setProblem(pick: string, entry: Entry): Promise<Columns> {
    return this.run(this.parts.map((part, i) => (this.isValueOf("on", i) ? pick : part)), entry);
  }

  /** Runs the same algorithms on another problem, from its own start to its own target, at its own learning rate. */
  async setOnlyProblem(pick: string, files = this.files): Promise<Columns> {
    return this.run(["on", pick, ...named(await this.picksElsewhere())], "new", files);
  }

  /** The picks without the settings that each problem states itself. */
  private picksElsewhere(): Promise<string[]> {
    const panels = this.experiment?.optimizers ?? [];
    return Promise.all(panels.map(async ({ rows }, i) => {
      let pick = this.picks[i] ?? "";
      for (const { key, per_gradient, given } of rows) {
        if (per_gradient && given) pick = await this.lab.changed("optimizers", pick, key, "");
      }
      return pick;
    }));
  }

  /** The algorithms' picks. */
  get picks(): string[] {
    return this.parts.filter((_, i) => this.isValueOf("with", i));
  }

  /** Runs the same experiment with other algorithms. */
  setPicks(picks: string[], entry: Entry, files = this.files): Promise<Columns> {
    return this.run([...this.without("with"), ...named(picks)], entry, files);
  }

  private isValueOf(key: string, i: number): boolean {
    return i % 2 === 1 && this.parts[i - 1] === key;
  }

  private without(key: string): string[] {
    return this.parts.filter((_, i) => this.parts[i - (i % 2)] !== key);
  }

  private came(columns: Columns): void {
    this.going = columns.going;
    busy("run", columns.going);
    this.onColumns(columns);
  }

  /** Stops what runs; a worker that hears nothing any more is ended, and what was drawn before comes back. */
  stop(): void {
    const hears = this.lab.stop();
    const deaf = window.setTimeout(() => {
      const again = !this.going && this.parts.length > 0;
      this.lab.restart();
      busy("run", false);
      if (again) void this.run(this.parts, undefined).catch(() => {});
      else get("failure").textContent = "The run was stopped; change something and it begins anew.";
    }, DEAF);
    void hears.then(() => clearTimeout(deaf), () => {});
  }
}

const named = (picks: string[]): string[] => picks.flatMap((pick) => ["with", pick]);
