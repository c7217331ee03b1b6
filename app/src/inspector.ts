// Why a step was made as it was, in the program's own words, and what the line search tried.

import { fitted, get, make } from "./dom";
import type { Arrow, Colors, Columns, Lab, Step } from "./lab";

export class Inspector {
  private select = get<HTMLSelectElement>("inspected");
  private shown: number[] = [];
  private asking = false;
  private stale = false;
  onArrows: (arrows: Arrow[]) => void = () => {};
  onSaid: (words: string) => void = () => {};
  /** Called when somebody looks into another run. */
  onRun: () => void = () => {};
  private speak = false;

  constructor(private lab: Lab, private colors: Colors) {
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
    this.stale = true;
    if (!this.asking) void this.ask();
  }

  private async ask(): Promise<void> {
    this.asking = true;
    while (this.stale) {
      this.stale = false;
      const speak = this.speak;
      this.speak = false;
      const epoch = this.shown[this.run];
      if (epoch === undefined) {
        get("words").replaceChildren(make("li", {}, "There is no run to look into: add an algorithm."));
        this.onArrows([]);
        continue;
      }
      try {
        this.tell(await this.lab.step(this.run, epoch), speak);
      } catch {
        // Another experiment has begun: its steps will be asked for.
      }
    }
    this.asking = false;
  }

  private tell(step: Step, speak: boolean): void {
    get("words").replaceChildren(...step.words.map((words) => make("li", {}, words)));
    this.onArrows(step.arrows);
    if (speak) this.onSaid(`${step.title}. ${step.words[0] ?? ""}`);
    const figure = get("search");
    figure.hidden = step.trials.length < 2;
    if (!figure.hidden) this.plot(step.trials);
  }

  /** The tried points in their order: how far along, and how high. */
  private plot(trials: [number, number][]): void {
    const { context, width, height } = fitted(get<HTMLCanvasElement>("trials"));
    context.clearRect(0, 0, width, height);
    const finite = trials.filter(([, loss]) => Number.isFinite(loss));
    const span = (i: 0 | 1): [number, number] => {
      const values = finite.map((trial) => trial[i]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return [low, high - low || 1];
    };
    const [[left, wide], [low, tall]] = [span(0), span(1)];
    const at = ([t, loss]: [number, number]): [number, number] => [
      14 + ((t - left) / wide) * (width - 28), height - 14 - ((loss - low) / tall) * (height - 28),
    ];
    context.strokeStyle = this.colors.faint;
    context.beginPath();
    [...finite].sort((a, b) => a[0] - b[0]).forEach((trial) => context.lineTo(...at(trial)));
    context.stroke();
    context.fillStyle = this.colors.paths[this.run % this.colors.paths.length]?.line ?? "";
    for (const trial of finite) {
      context.beginPath();
      context.arc(...at(trial), 4, 0, 7);
      context.fill();
    }
  }
}
