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
  /** Where somebody wants to stand; a run that is under way may not have come so far. */
  private wanted = 0;
  private atEnd = true;
  onMove: (shown: number[], spoken: boolean) => void = () => {};
  /** Called when somebody counts otherwise. */
  onBy: () => void = () => {};

  constructor() {
    this.scrub.addEventListener("input", () => this.go(Number(this.scrub.value), false));
    this.scrub.addEventListener("change", () => this.go(Number(this.scrub.value), true));
    get("first").addEventListener("click", () => this.go(0, true));
    get("last").addEventListener("click", () => this.go(this.last, true));
    get("back").addEventListener("click", () => this.go(Math.ceil(this.at) - 1, true));
    get("forward").addEventListener("click", () => this.go(Math.floor(this.at) + 1, true));
    this.play.addEventListener("click", () => (this.playing ? this.pause() : this.begin()));
    this.by.addEventListener("change", () => this.convert());
  }

  /** Where it stands, in what it counts; none at the end. */
  get place(): number | null {
    return this.atEnd ? null : Math.floor(this.at);
  }

  private get at(): number {
    return Math.min(this.wanted, this.last);
  }

  get byEvaluations(): boolean {
    return this.by.value === "evaluations";
  }

  /** What it counts: epochs or evaluations. */
  get counts(): string {
    return this.by.value;
  }

  /** A position in words. */
  words(at: number): string {
    return this.byEvaluations ? `${at} evaluation${at === 1 ? "" : "s"}` : `epoch ${at}`;
  }

  /** The last position. */
  get last(): number {
    const runs = this.columns?.runs ?? [];
    const ends = runs.map((run) => (this.byEvaluations ? run.evaluations.at(-1) ?? 0 : run.losses.length - 1));
    return Math.max(0, ...ends);
  }

  /** Takes over new runs; whoever stood at the end stands at the new end, else stays. */
  show(columns: Columns): void {
    this.columns = columns;
    this.scrub.max = String(this.last);
    this.tell(false);
  }

  /** Counts by epochs or evaluations and stands there; at the end where nothing is said. */
  stand(by: string, at: number | null): void {
    this.by.value = by;
    this.wanted = at ?? 0;
    this.atEnd = at === null;
  }

  go(at: number, spoken: boolean): void {
    this.wanted = Math.min(Math.max(at, 0), this.last);
    this.atEnd = this.wanted >= this.last;
    this.tell(spoken);
  }

  /** Counts otherwise, from where the longest run stands. */
  private convert(): void {
    const runs = this.columns?.runs ?? [];
    const longest = runs.reduce((most, run, i) => (run.losses.length > (runs[most]?.losses.length ?? 0) ? i : most), 0);
    const spent = runs[longest]?.evaluations;
    // What was counted before is what is not chosen now.
    const epoch = this.byEvaluations ? Math.floor(this.wanted) : affordable(spent ?? new Float64Array(1), this.wanted);
    this.wanted = this.byEvaluations ? spent?.[epoch] ?? 0 : epoch;
    this.scrub.max = String(this.last);
    this.tell(true);
    this.onBy();
  }

  private tell(spoken: boolean): void {
    if (this.atEnd) this.wanted = this.last;
    const whole = Math.floor(this.at);
    this.scrub.value = String(whole);
    get("position").textContent = this.words(whole);
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
    this.atEnd = false;
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
    if (!this.playing) return;
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
