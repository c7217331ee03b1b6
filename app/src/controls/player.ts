// The player: sets the position up to which all runs are shown, in epochs or in evaluations.

import type { PlayerTime, Position, Row, WorkerClient } from "../rpc/client";
import { get } from "../base/dom";
import { latest } from "../rpc/latest";
import { positionAt, timeOf } from "./timeline";

/** Seconds from the first to the last position. */
const DURATION = 8;

export class Player {
  private scrub = get<HTMLInputElement>("scrub");
  private field = get<HTMLInputElement>("at");
  private play = get<HTMLButtonElement>("play");
  private by = get<HTMLSelectElement>("by");
  private time = get<HTMLSelectElement>("time");
  private speed = get<HTMLSelectElement>("speed");
  private rows: Row[] = [];
  /** The positions at equal intervals of the time. */
  private timeline: Float64Array = new Float64Array(2);
  private spacing = "linear";
  private frameRequest = 0;
  /** The requested position. An unfinished run may not have reached it yet. */
  private requested = 0;
  private atEnd = true;
  /** Whether the field contains a number that is not complete. */
  private isTyping = false;
  /** Called with the new position; `announce` states whether screen readers should read the step. */
  onMove: (position: Position, announce: boolean) => void = () => {};
  /** Called when the positions over the time have changed. */
  onTime: () => void = () => {};

  constructor(private client: WorkerClient) {
    const time = (): number => Number(this.scrub.value);
    this.scrub.addEventListener("input", () => this.goTo(this.at(time()), false));
    this.scrub.addEventListener("change", () => this.goTo(this.at(time()), true));
    this.scrub.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("input", () => (this.isTyping = true));
    this.field.addEventListener("change", () => {
      const position = Math.round(Number(this.field.value)) || 0;
      this.isTyping = false;
      this.pause();
      this.goTo(position, true);
    });
    get("first").addEventListener("click", () => this.goTo(0, true));
    get("last").addEventListener("click", () => this.goTo(this.last, true));
    get("back").addEventListener("click", () => this.step(-1));
    get("forward").addEventListener("click", () => this.step(1));
    this.play.addEventListener("click", () => (this.isPlaying ? this.pause() : this.start()));
    this.by.addEventListener("change", () => void this.changeUnit());
    this.time.addEventListener("change", () => void this.refreshTimeline());
  }

  /** The position in the selected unit, or null at the end. */
  get position(): number | null {
    return this.atEnd ? null : Math.floor(this.exact);
  }

  private get exact(): number {
    return Math.min(this.requested, this.last);
  }

  get byEvaluations(): boolean {
    return this.by.value === "evaluations";
  }

  /** The selected unit: epochs or evaluations. */
  get unit(): string {
    return this.by.value;
  }

  get isPlaying(): boolean {
    return this.frameRequest !== 0;
  }

  /** Returns a position as text. */
  describe(position: number): string {
    return this.byEvaluations ? `${position} evaluation${position === 1 ? "" : "s"}` : `epoch ${position}`;
  }

  /** The last position. */
  get last(): number {
    return Math.max(0, ...this.rows.map((row) => (this.byEvaluations ? row.evaluations : row.epochs)));
  }

  get playerTime(): PlayerTime {
    return { positions: this.timeline, spacing: this.spacing };
  }

  /** Returns the position after a share of the time. */
  at(time: number): number {
    return time >= 1 ? this.last : Math.min(Math.floor(positionAt(this.timeline, time)), this.last);
  }

  /** Shows new results. A player at the end moves to the new end; otherwise it keeps its position. */
  show(rows: Row[]): void {
    this.rows = rows;
    this.update(false);
    void this.refreshTimeline();
  }

  /** Requests the positions over the time, which depend on the runs. */
  private refreshTimeline = latest(async () => {
    const spacing = this.time.value;
    this.timeline = await this.client.timeline(spacing, this.byEvaluations);
    this.spacing = spacing;
    this.showTime();
    this.onTime();
  });

  /** Restores a unit and a position; null is the end. */
  restore(unit: string, position: number | null): void {
    this.by.value = unit;
    this.requested = position ?? 0;
    this.atEnd = position === null;
  }

  goTo(position: number, announce: boolean): void {
    this.requested = Math.min(Math.max(position, 0), this.last);
    this.atEnd = this.requested >= this.last;
    this.update(announce);
  }

  private step(by: 1 | -1): void {
    this.goTo(by > 0 ? Math.floor(this.exact) + 1 : Math.ceil(this.exact) - 1, true);
  }

  /** Moves by one position, because the slider has fewer steps than a long run. */
  private onKey(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key] as 1 | -1 | undefined;
    if (!by) return;
    event.preventDefault();
    this.step(by);
  }

  /** Converts the position of the longest run to the new unit. */
  private async changeUnit(): Promise<void> {
    this.requested = await this.client.converted(Math.floor(this.requested), this.byEvaluations).catch(() => 0);
    this.update(true);
    void this.refreshTimeline();
  }

  private update(announce: boolean): void {
    if (this.atEnd) this.requested = this.last;
    const position = Math.floor(this.exact);
    if (!this.isTyping) this.field.value = String(position);
    this.field.setAttribute("aria-label", this.byEvaluations ? "Go to evaluation" : "Go to epoch");
    get("position").textContent = this.describe(position);
    this.scrub.setAttribute("aria-valuetext", this.describe(position));
    this.showTime();
    this.onMove(this.positionAt(position), announce);
  }

  private showTime(): void {
    this.scrub.value = String(this.atEnd ? 1 : timeOf(this.timeline, this.exact));
  }

  /** Returns a position in the selected unit. */
  positionAt(at: number): Position {
    return { at, byEvaluations: this.byEvaluations };
  }

  /** Plays from the current position to the end. From the first to the last position, this takes `duration` seconds. */
  start(duration = DURATION / Number(this.speed.value)): void {
    if (this.atEnd) this.goTo(0, false);
    this.play.textContent = "Pause";
    this.atEnd = false;
    let time = timeOf(this.timeline, this.exact);
    let shown = this.requested;
    let before = performance.now();
    const frame = (now: number): void => {
      // After a move of the user, playing goes on from there.
      if (this.requested !== shown) time = timeOf(this.timeline, this.exact);
      time += Math.max(0, now - before) / 1000 / duration;
      before = now;
      this.goTo(this.at(time), false);
      shown = this.requested;
      if (this.atEnd) this.pause();
      else this.frameRequest = requestAnimationFrame(frame);
    };
    this.frameRequest = requestAnimationFrame(frame);
  }

  pause(): void {
    if (!this.isPlaying) return;
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    this.play.textContent = "Play";
    this.goTo(Math.floor(this.exact), true);
  }
}
