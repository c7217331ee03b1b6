// The player: how far all paths are shown, in step by epochs or by evaluations spent.

import { get } from "./dom";
import type { Columns } from "./lab";

export class Player {
  private scrub = get<HTMLInputElement>("scrub");
  private play = get<HTMLButtonElement>("play");
  private by = get<HTMLSelectElement>("by");
  private speed = get<HTMLSelectElement>("speed");
  private columns: Columns | undefined;
  private playing = 0;
  private at = 0;
  private atEnd = true;
  onMove: (shown: number[], spoken: boolean) => void = () => {};

  constructor() {
    this.scrub.addEventListener("input", () => this.go(Number(this.scrub.value), false));
    this.scrub.addEventListener("change", () => this.go(Number(this.scrub.value), true));
    get("first").addEventListener("click", () => this.go(0, true));
    get("last").addEventListener("click", () => this.go(this.last, true));
    get("back").addEventListener("click", () => this.go(Math.ceil(this.at) - 1, true));
    get("forward").addEventListener("click", () => this.go(Math.floor(this.at) + 1, true));
    this.play.addEventListener("click", () => (this.playing ? this.pause() : this.begin()));
    this.by.addEventListener("change", () => this.show(this.columns, true));
  }

  get byEvaluations(): boolean {
    return this.by.value === "evaluations";
  }

  /** The last position. */
  get last(): number {
    const runs = this.columns?.runs ?? [];
    const ends = runs.map((run) => (this.byEvaluations ? run.evaluations.at(-1) ?? 0 : run.losses.length - 1));
    return Math.max(1, ...ends);
  }

  /** Takes over new runs; one that stood at the end stands at the new end. */
  show(columns: Columns | undefined, toEnd: boolean): void {
    this.columns = columns;
    this.atEnd ||= toEnd;
    this.scrub.max = String(this.last);
    this.go(this.atEnd && !this.playing ? this.last : Math.min(this.at, this.last), false);
  }

  go(at: number, spoken: boolean): void {
    this.at = Math.min(Math.max(at, 0), this.last);
    this.atEnd = this.at >= this.last;
    const whole = Math.floor(this.at);
    this.scrub.value = String(whole);
    const unit = this.byEvaluations ? "evaluations" : "epoch";
    get("position").textContent = this.byEvaluations ? `${whole} ${unit}` : `${unit} ${whole}`;
    this.scrub.setAttribute("aria-valuetext", get("position").textContent ?? "");
    this.onMove(this.shownAt(whole), spoken);
  }

  /** The epoch of each run at a position. */
  shownAt(at: number): number[] {
    const runs = this.columns?.runs ?? [];
    return runs.map((run) => (this.byEvaluations ? affordable(run.evaluations, at) : Math.min(at, run.losses.length - 1)));
  }

  begin(): void {
    if (this.atEnd) this.go(0, false);
    this.play.textContent = "Pause";
    let before = performance.now();
    const frame = (now: number): void => {
      this.go(this.at + ((now - before) / 1000) * Number(this.speed.value), false);
      before = now;
      if (this.atEnd) this.pause();
      else this.playing = requestAnimationFrame(frame);
    };
    this.playing = requestAnimationFrame(frame);
  }

  pause(): void {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
    this.play.textContent = "Play";
    this.go(Math.floor(this.at), true);
  }
}

/** The last epoch that so many evaluations pay for; `spent` never falls. */
function affordable(spent: Float64Array, budget: number): number {
  let [low, high] = [0, spent.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((spent[middle] ?? 0) <= budget) low = middle;
    else high = middle;
  }
  return low;
}
