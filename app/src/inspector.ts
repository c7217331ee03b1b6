// Why a step was made as it was, in the program's own words, and what the line search tried.

import { get, make } from "./dom";
import type { Columns, Lab, Step } from "./lab";
import { latest } from "./latest";
import { drawn } from "./svg";

export class Inspector {
  private select = get<HTMLSelectElement>("inspected");
  private shown: number[] = [];
  onSaid: (words: string) => void = () => {};
  /** Called when somebody looks into another run. */
  onRun: () => void = () => {};
  private speak = false;

  constructor(private lab: Lab, private theme: () => string) {
    this.select.addEventListener("change", () => {
      this.show(this.shown, true);
      this.onRun();
    });
  }

  get run(): number {
    return Math.max(0, this.select.selectedIndex);
  }

  names(columns: Columns): void {
    const names = columns.table.map((row) => row.name);
    const here = [...this.select.options].map((option) => option.text);
    if (JSON.stringify(names) === JSON.stringify(here)) return;
    const kept = Math.min(this.run, names.length - 1);
    this.select.replaceChildren(...names.map((name) => make("option", {}, name)));
    this.select.selectedIndex = kept;
  }

  /** Chooses the run of this number. */
  choose(run: number): void {
    this.select.selectedIndex = Math.min(run, this.select.options.length - 1);
  }

  show(shown: number[], spoken: boolean): void {
    this.shown = shown;
    this.speak ||= spoken;
    this.ask();
  }

  private ask = latest(async () => {
    const speak = this.speak;
    this.speak = false;
    const epoch = this.shown[this.run];
    if (epoch !== undefined) return this.tell(await this.lab.step(this.run, epoch), speak);
    get("words").replaceChildren(make("li", {}, "There is no run to look into: add an algorithm."));
    get("search").hidden = true;
  });

  private async tell(step: Step, speak: boolean): Promise<void> {
    get("words").replaceChildren(...step.words.map((words) => make("li", {}, words)));
    if (speak) this.onSaid(`${step.title}. ${step.words[0] ?? ""}`);
    const searched = step.trials > 1;
    get("search").hidden = !searched;
    if (!searched) return;
    const svg = await this.lab.search(this.run, step.epoch, this.theme(), get("search").clientWidth);
    get("search").replaceChildren(drawn(svg, "search"));
  }
}
