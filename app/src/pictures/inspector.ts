// Explains the current step of the selected run and shows the trials of its line search.

import type { Position, Row, Step, WorkerClient } from "../rpc/client";
import { get, make, showHtml } from "../base/dom";
import { latest } from "../rpc/latest";
import { state } from "../state";
import { svgElement } from "./svg";

export class Inspector {
  private select = get<HTMLSelectElement>("inspected");
  private position: Position = { at: 0, byEvaluations: false };
  private announce = false;
  /** Called with a text for screen readers. */
  onAnnounce: (text: string) => void = () => {};

  constructor(private client: WorkerClient, private theme: () => string) {
    this.select.addEventListener("change", () => (state.selected.value = Math.max(0, this.select.selectedIndex)));
    state.selected.watch((run) => {
      this.select.selectedIndex = run;
      void this.show(this.position, true);
    });
  }

  /** Lists the runs and keeps the selection. */
  listRuns(rows: Row[]): void {
    const names = rows.map((row) => row.name);
    const listed = [...this.select.options].map((option) => option.text);
    if (JSON.stringify(names) === JSON.stringify(listed)) return;
    this.select.replaceChildren(...names.map((name) => make("option", {}, name)));
    this.selectRun(state.selected.value);
  }

  /** Selects the run with this index, or the last one. */
  selectRun(run: number): void {
    const last = Math.max(0, this.select.options.length - 1);
    state.selected.value = Math.min(run, last);
    this.select.selectedIndex = state.selected.value;
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
    if (this.select.options.length > 0) return this.display(await this.client.step(state.selected.value, this.position), announce);
    this.write(["There are no runs to explain: add an algorithm."], null);
    get("search").hidden = true;
  });

  /** Writes paragraphs of HTML: what happened, the calculation, and the reason of the end; the details are folded. */
  private write([reason = "", sum = "", ...details]: string[], end: string | null): void {
    showHtml(get("reason"), reason);
    showHtml(get("sum"), sum);
    get("end").textContent = end;
    get("end").hidden = end === null;
    get("numbers").querySelector("ul")?.replaceChildren(...details.map((paragraph) => {
      const item = make("li");
      showHtml(item, paragraph);
      return item;
    }));
    get("numbers").hidden = details.length === 0;
  }

  private async display(step: Step, announce: boolean): Promise<void> {
    this.write(step.paragraphs, step.end);
    if (announce) this.onAnnounce(`${step.title}. ${step.words[0] ?? ""}`);
    const hasTrials = step.trials > 1;
    get("search").hidden = !hasTrials;
    if (!hasTrials) return;
    get("numbers").hidden = false;
    const width = get("inspector").clientWidth;
    const svg = await this.client.search(state.selected.value, step.epoch, this.theme(), width);
    get("search").replaceChildren(svgElement(svg, "search"));
  }
}
