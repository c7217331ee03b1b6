// The experiment that the page shows, as the parts of its address, and how it becomes another one.

import { get } from "./dom";
import type { Columns, DataFile, Experiment, Lab } from "./lab";

/** How a change enters the browser's history: as a new entry, in the place of the last one, or not at all. */
export type Entry = "new" | "same" | "none";

export class Runner {
  parts: string[] = [];
  experiment: Experiment | undefined;
  private asked = 0;
  private slow = 0;
  private before: Entry = "none";
  private going = false;
  onExperiment: (experiment: Experiment, columns: Columns) => void = () => {};
  /** Called with what the runs came to; `toEnd` when they are new ones. */
  onColumns: (columns: Columns, toEnd: boolean) => void = () => {};

  constructor(private lab: Lab, private home: string, public files: DataFile[], private theme: () => string) {
    lab.onColumns = (columns) => this.came(columns, false);
    get("stop").addEventListener("click", () => this.stop());
  }

  /** Opens an address; one that names no algorithm shows the article's. */
  async open(address: string, entry: Entry): Promise<Columns | undefined> {
    return this.run(await this.lab.parts(address || this.home), entry);
  }

  /** Runs an experiment; if it cannot be, the last one stays and the promise fails. */
  async run(next: string[], entry: Entry, files = this.files): Promise<Columns> {
    const mine = (this.asked += 1);
    clearTimeout(this.slow);
    this.slow = window.setTimeout(() => (get("busy").hidden = false), 400);
    try {
      const answer = await this.lab.run(next, files, this.theme());
      if (mine !== this.asked) return answer.columns;
      [this.parts, this.files, this.experiment] = [next, files, answer.experiment];
      get("failure").textContent = "";
      this.onExperiment(answer.experiment, answer.columns);
      this.came(answer.columns, true);
      this.remember(answer.experiment.address, entry);
      return answer.columns;
    } finally {
      if (mine === this.asked) clearTimeout(this.slow);
      get("busy").hidden = !(mine === this.asked && this.going);
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

  /** Runs the same algorithms on another problem, from its own start to its own target. */
  setOnlyProblem(pick: string, files = this.files): Promise<Columns> {
    return this.run(["on", pick, ...named(this.picks)], "new", files);
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

  private came(columns: Columns, toEnd: boolean): void {
    this.going = columns.going;
    get("busy").hidden = !columns.going;
    this.onColumns(columns, toEnd);
  }

  /** A drag is one entry, made with its first change. */
  private remember(address: string, entry: Entry): void {
    const follows = this.before === "same";
    this.before = entry;
    if (entry === "none" || location.hash === `#${address}`) return;
    if (follows) history.replaceState(null, "", `#${address}`);
    else history.pushState(null, "", `#${address}`);
  }

  /** Stops what runs; a worker that hears nothing any more is ended, and what was drawn stays. */
  stop(): void {
    const hears = this.lab.stop();
    const deaf = window.setTimeout(() => {
      this.lab.restart();
      get("failure").textContent = "The run was stopped; change something and it begins anew.";
      get("busy").hidden = true;
    }, 500);
    void hears.then(() => clearTimeout(deaf), () => {});
  }
}

const named = (picks: string[]): string[] => picks.flatMap((pick) => ["with", pick]);
