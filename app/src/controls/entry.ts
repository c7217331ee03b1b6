// One algorithm in the list: legend, score, and main slider, and the folded rest of its settings.

import { get, make, showHtml } from "../base/dom";
import { attempt, message } from "../base/errors";
import { swatch } from "../pictures/table";
import type { Catalog, Colors, Panel, WorkerClient } from "../rpc/client";
import { enqueue } from "../rpc/queue";
import type { Runner } from "../rpc/runner";
import { state } from "../state";
import { Controls } from "./controls";

export class Entry {
  private controls: Controls;
  private panel: Panel | undefined;
  private box: HTMLElement;
  private name = make("span");
  private color = make("span");
  private about = make("p", { class: "about" });
  private formula = make("div", { class: "formula", tabindex: "0" });
  private tune = make("button", { type: "button", class: "tune" });
  private isTuning = false;
  private found = make("p", { class: "muted", role: "status" });

  constructor(client: WorkerClient, catalog: Catalog, private colors: Colors, private runner: Runner, private index: number) {
    const rows = make("div", { id: `with-${index}` });
    const main = make("div", { class: "main-slider", hidden: true });
    const inspect = make("button", { type: "button", class: "name" }, this.color, this.name, make("output", { class: "score" }));
    const remove = make("button", { type: "button", class: "remove" }, "Remove");
    const buttons = make("p", { class: "buttons" }, this.tune, remove);
    const details = make("details", {}, make("summary", {}, "Settings"), this.about, this.formula, rows, this.found, buttons);
    this.box = make("div", { class: "entry" }, inspect, main, details);
    get("optimizers").append(this.box);
    this.controls = new Controls(client, catalog, "optimizers", rows, (pick, done) => this.change(pick, done), main);
    inspect.addEventListener("click", () => (state.selected.value = index));
    this.box.addEventListener("pointerenter", () => (state.lifted.value = index));
    this.box.addEventListener("pointerleave", () => (state.lifted.value = undefined));
    remove.addEventListener("click", () => void this.remove());
    this.tune.addEventListener("click", () => void (this.isTuning ? client.cancelTuning() : this.tuneSettings(client)));
    this.mark();
  }

  /** Shows the settings of the algorithm under this name. */
  show(panel: Panel, name: string): void {
    this.panel = panel;
    const color = swatch(this.colors, this.index);
    this.color.replaceWith(color);
    this.color = color;
    this.name.textContent = name;
    this.about.textContent = panel.summary;
    showHtml(this.formula, panel.formula);
    this.nameTuneButton();
    this.controls.show(panel);
    this.mark();
  }

  /** Shows the settings of an algorithm that is a text of the user, and moves the focus to the text. */
  edit(): void {
    const isText = this.panel?.rows.some((row) => row.multiline);
    const details = this.box.querySelector("details");
    if (!isText || !details) return;
    details.open = true;
    this.controls.showRows();
    details.querySelector("textarea")?.focus();
  }

  /** Marks the entry if its run is selected, or its path is lifted. */
  mark(): void {
    this.box.toggleAttribute("data-selected", state.selected.value === this.index);
    this.box.toggleAttribute("data-lifted", state.lifted.value === this.index);
  }

  /** Removes the entry from the list. */
  dispose(): void {
    this.box.remove();
    if (state.lifted.value === this.index) state.lifted.value = undefined;
  }

  private async change(pick: string, done: boolean): Promise<void> {
    this.found.textContent = "";
    await this.runner.setPicks(this.runner.picks.map((old, j) => (j === this.index ? pick : old)), done ? "new" : "drag");
  }

  private async remove(): Promise<void> {
    const others = (): string[] => this.runner.picks.filter((_, j) => j !== this.index);
    await attempt("failure", enqueue(() => this.runner.setPicks(others(), "new")));
    if (this.runner.picks.length === 0) get("add").focus();
  }

  /** Names the settings that tuning searches on its button. Without one, hides the button. */
  private nameTuneButton(): void {
    const tuned = (this.panel?.rows ?? []).filter((row) => row.tuned);
    this.tune.hidden = tuned.length === 0;
    if (!this.isTuning) this.tune.textContent = `Tune ${tuned.map((row) => row.key).join(" and ")}`;
  }

  /** Tunes the settings that scale the steps and takes the result. Meanwhile, the button stops tuning. */
  private async tuneSettings(client: WorkerClient): Promise<void> {
    const { runner } = this;
    this.isTuning = true;
    this.found.textContent = "Tuning.";
    this.tune.textContent = "Stop tuning";
    client.onTuning = (progress) => (this.tune.textContent = `Stop tuning (${progress})`);
    try {
      const { pick, sentence } = await client.tune(runner.parts, runner.files, this.index);
      if (pick !== null) await this.change(pick, true);
      this.found.textContent = sentence;
    } catch (error) {
      this.found.textContent = message(error);
    } finally {
      this.isTuning = false;
      this.nameTuneButton();
    }
  }
}
