// Explains the current step of the selected run and shows the trials of its line search.

import type { Position, Row, Step, WorkerClient } from "./client";
import { get, make } from "./dom";
import { latest } from "./latest";
import { svgElement } from "./svg";

export class Inspector {
  private select = get<HTMLSelectElement>("inspected");
  private position: Position = { at: 0, byEvaluations: false };
  private announce = false;
  /** Called with a text for screen readers. */
  onAnnounce: (text: string) => void = () => {};
  /** Called when the user selects another run. */
  onRun: () => void = () => {};

  constructor(private client: WorkerClient, private theme: () => string) {
    this.select.addEventListener("change", () => {
      void this.show(this.position, true);
      this.onRun();
    });
  }

  /** The index of the selected run. */
  get run(): number {
    return Math.max(0, this.select.selectedIndex);
  }

  /** Lists the runs and keeps the selection. */
  listRuns(rows: Row[]): void {
    const names = rows.map((row) => row.name);
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

  /** Explains the step of the selected run at a position of the player. */
  show(position: Position, announce: boolean): Promise<void> {
    this.position = position;
    this.announce ||= announce;
    return this.refresh();
  }

  private refresh = latest(async () => {
    const announce = this.announce;
    this.announce = false;
    if (this.select.options.length > 0) return this.display(await this.client.step(this.run, this.position), announce);
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
