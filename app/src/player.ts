// The player: sets the position up to which all runs are shown, in epochs or in evaluations.

import type { Position, Row, WorkerClient } from "./client";
import { get } from "./dom";

export class Player {
  private scrub = get<HTMLInputElement>("scrub");
  private play = get<HTMLButtonElement>("play");
  private by = get<HTMLSelectElement>("by");
  private speed = get<HTMLSelectElement>("speed");
  private rows: Row[] = [];
  private frameRequest = 0;
  /** The requested position. An unfinished run may not have reached it yet. */
  private requested = 0;
  private atEnd = true;
  /** Called with the new position; `announce` states whether screen readers should read the step. */
  onMove: (position: Position, announce: boolean) => void = () => {};
  /** Called when the user selects the other unit. */
  onUnit: () => void = () => {};

  constructor(private client: WorkerClient) {
    this.scrub.addEventListener("input", () => this.goTo(Number(this.scrub.value), false));
    this.scrub.addEventListener("change", () => this.goTo(Number(this.scrub.value), true));
    get("first").addEventListener("click", () => this.goTo(0, true));
    get("last").addEventListener("click", () => this.goTo(this.last, true));
    get("back").addEventListener("click", () => this.goTo(Math.ceil(this.exact) - 1, true));
    get("forward").addEventListener("click", () => this.goTo(Math.floor(this.exact) + 1, true));
    this.play.addEventListener("click", () => (this.frameRequest ? this.pause() : this.start()));
    this.by.addEventListener("change", () => void this.changeUnit());
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

  /** Returns a position as text. */
  describe(position: number): string {
    return this.byEvaluations ? `${position} evaluation${position === 1 ? "" : "s"}` : `epoch ${position}`;
  }

  /** The last position. */
  get last(): number {
    return Math.max(0, ...this.rows.map((row) => (this.byEvaluations ? row.evaluations : row.epochs)));
  }

  /** Shows new results. A player at the end moves to the new end; otherwise it keeps its position. */
  show(rows: Row[]): void {
    this.rows = rows;
    this.scrub.max = String(this.last);
    this.update(false);
  }

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

  /** Converts the position of the longest run to the new unit. */
  private async changeUnit(): Promise<void> {
    this.requested = await this.client.converted(Math.floor(this.requested), this.byEvaluations).catch(() => 0);
    this.scrub.max = String(this.last);
    this.update(true);
    this.onUnit();
  }

  private update(announce: boolean): void {
    if (this.atEnd) this.requested = this.last;
    const position = Math.floor(this.exact);
    this.scrub.value = String(position);
    get("position").textContent = this.describe(position);
    this.scrub.setAttribute("aria-valuetext", get("position").textContent ?? "");
    this.onMove(this.positionAt(position), announce);
  }

  /** Returns a position in the selected unit. */
  positionAt(at: number): Position {
    return { at, byEvaluations: this.byEvaluations };
  }

  start(): void {
    if (this.atEnd) this.goTo(0, false);
    this.play.textContent = "Pause";
    this.atEnd = false;
    let before = performance.now();
    const frame = (now: number): void => {
      this.goTo(this.exact + ((now - before) / 1000) * Number(this.speed.value), false);
      before = now;
      if (this.atEnd) this.pause();
      else this.frameRequest = requestAnimationFrame(frame);
    };
    this.frameRequest = requestAnimationFrame(frame);
  }

  pause(): void {
    if (!this.frameRequest) return;
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    this.play.textContent = "Play";
    this.goTo(Math.floor(this.exact), true);
  }
}
