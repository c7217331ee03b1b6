// Explains the current step of the selected run and shows the trials of its line search.

import type { Results, Step, WorkerClient } from "./client";
import { get, make } from "./dom";
import { latest } from "./latest";
import { svgElement } from "./svg";

export class Inspector {
  private select = get<HTMLSelectElement>("inspected");
  private epochs: number[] = [];
  private announce = false;
  /** Called with a text for screen readers. */
  onAnnounce: (text: string) => void = () => {};
  /** Called when the user selects another run. */
  onRun: () => void = () => {};

  constructor(private client: WorkerClient, private theme: () => string) {
    this.select.addEventListener("change", () => {
      this.show(this.epochs, true);
      this.onRun();
    });
  }

  /** The index of the selected run. */
  get run(): number {
    return Math.max(0, this.select.selectedIndex);
  }

  /** Lists the runs and keeps the selection. */
  listRuns(results: Results): void {
    const names = results.table.map((row) => row.name);
    const listed = [...this.select.options].map((option) => option.text);
    if (JSON.stringify(names) === JSON.stringify(listed)) return;
    const selected = Math.min(this.run, names.length - 1);
    this.select.replaceChildren(...names.map((name) => make("option", {}, name)));
    this.select.selectedIndex = selected;
  }

  /** Selects the run with this index. */
  selectRun(run: number): void {
    this.select.selectedIndex = Math.min(run, this.select.options.length - 1);
  }

  /** Explains the step to the given epoch of the selected run. */
  show(epochs: number[], announce: boolean): void {
    this.epochs = epochs;
    this.announce ||= announce;
    this.refresh();
  }

  private refresh = latest(async () => {
    const announce = this.announce;
    this.announce = false;
    const epoch = this.epochs[this.run];
    if (epoch !== undefined) return this.display(await this.client.step(this.run, epoch), announce);
    get("explanation").replaceChildren(make("li", {}, "There are no runs to explain: add an algorithm."));
    get("search").hidden = true;
  });

  private async display(step: Step, announce: boolean): Promise<void> {
    get("explanation").replaceChildren(...step.words.map((sentence) => make("li", {}, sentence)));
    if (announce) this.onAnnounce(`${step.title}. ${step.words[0] ?? ""}`);
    const hasTrials = step.trials > 1;
    get("search").hidden = !hasTrials;
    if (!hasTrials) return;
    const svg = await this.client.search(this.run, step.epoch, this.theme(), get("search").clientWidth);
    get("search").replaceChildren(svgElement(svg, "search"));
  }
}
