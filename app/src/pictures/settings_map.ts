// The map of two settings of the selected algorithm. Every pixel is a run, computed by several workers, coarse first. A click
// on it shows the run on the map of the loss.

import { get, make } from "../base/dom";
import { message } from "../base/errors";
import type { Cell, WorkerClient } from "../rpc/client";
import { latest } from "../rpc/latest";
import type { WorkerPool } from "../rpc/pool";
import type { Runner } from "../rpc/runner";
import { state } from "../state";
import { type Axis, axesOf, changed, placeOf, startKey } from "./axes";

/** Cells along each side, coarse first. */
const SIDES = [16, 64, 256];
/** Factor of the buttons that zoom, and of the wheel. */
const ZOOM = 2;
const WHEEL = 1.25;
/** Movements of the pointer in px below which a press is a click. */
const CLICK = 4;

export class SettingsMap {
  private canvas = get<HTMLCanvasElement>("settings-canvas");
  private mark = get("settings-mark");
  private selects = [get<HTMLSelectElement>("settings-x"), get<HTMLSelectElement>("settings-y")] as const;
  private limit = get<HTMLInputElement>("settings-limit");
  private axes: [Axis, Axis] | undefined;
  /** What is drawn, as text. */
  private drawn = "";

  constructor(
    private client: WorkerClient, private pool: WorkerPool, private runner: Runner, private theme: () => string, private window: () => number[],
  ) {
    for (const select of this.selects) select.addEventListener("change", () => this.chooseAxes());
    this.limit.addEventListener("change", () => this.refresh());
    state.view.watch(() => this.refresh());
    state.selected.watch(() => this.refresh());
    state.results.watch(() => this.refresh());
    this.listen();
  }

  /** Draws the map again if it is visible and something has changed. */
  refresh(): void {
    const { experiment } = this.runner;
    if (state.view.value !== "settings" || !experiment) return;
    const possible = axesOf(experiment, state.selected.value, this.window());
    this.listAxes(possible);
    const keep = (i: 0 | 1): Axis | undefined => {
      const next = possible.find((axis) => axis.key === this.selects[i].value);
      const old = this.axes?.[i];
      return next && old?.key === next.key && String(old.full) === String(next.full) ? old : next;
    };
    const [x, y] = [keep(0), keep(1)];
    this.axes = x && y && x.key !== y.key ? [x, y] : undefined;
    get("settings-readout").textContent = this.axes ? "" : "Choose two different settings that are numbers.";
    this.moveMark();
    const request = this.request();
    if (request === this.drawn) return;
    this.drawn = request;
    void this.draw();
  }

  /** Returns everything that the picture depends on, as text. The settings on the axes do not count. */
  private request(): string {
    const { experiment, parts } = this.runner;
    const keys = this.axes?.map((axis) => axis.key) ?? [];
    const rows = experiment?.optimizers[state.selected.value]?.rows.filter((row) => row.given && !keys.includes(row.key)) ?? [];
    const others = parts.filter((_, i) => !["with", "start"].includes(parts[i - (i % 2)] ?? ""));
    const start = experiment?.start_point.filter((_, i) => !keys.includes(startKey(i))) ?? [];
    const pick = experiment?.optimizers[state.selected.value]?.id;
    return JSON.stringify([pick, rows.map((row) => [row.key, row.value]), others, start, this.axes, this.limit.value, this.theme()]);
  }

  /** Lists the possible axes, and selects the first two if the old ones are not possible. */
  private listAxes(possible: Axis[]): void {
    for (const [i, select] of this.selects.entries()) {
      const old = select.value;
      const same = JSON.stringify([...select.options].map((option) => option.value)) === JSON.stringify(possible.map((axis) => axis.key));
      if (same) continue;
      select.replaceChildren(...possible.map((axis) => make("option", { value: axis.key }, axis.name)));
      select.value = possible.some((axis) => axis.key === old) ? old : possible[i === 0 ? 0 : possible[1]?.key === startKey(0) ? 2 : 1]?.key ?? "";
    }
  }

  private chooseAxes(): void {
    this.axes = undefined;
    this.refresh();
  }

  private async draw(): Promise<void> {
    this.pool.cancel();
    const { axes } = this;
    const context = this.canvas.getContext("2d");
    if (!axes || !context) return;
    const { parts, files } = this.runner;
    const [run, theme, limit] = [state.selected.value, this.theme(), Math.max(1, Math.round(Number(this.limit.value)) || 100)];
    const picture = document.createElement("canvas");
    try {
      for (const side of SIDES) {
        const height = Math.max(1, Math.ceil(side / this.pool.parts));
        const bands = Array.from({ length: Math.ceil(side / height) }, (_, i) => i * height);
        const isComplete = await this.pool.doAll(bands, async (client, first) => {
          const end = Math.min(side, first + height);
          const pixels = await client.settingsTile(parts, files, run, axes, side, [first, end], limit, theme);
          if (axes !== this.axes) return;
          [picture.width, picture.height] = [side, end - first];
          picture.getContext("2d")?.putImageData(new ImageData(pixels, side, end - first), 0, 0);
          const px = this.canvas.height / side;
          context.imageSmoothingEnabled = false;
          context.drawImage(picture, 0, this.canvas.height - end * px, this.canvas.width, (end - first) * px);
        });
        if (!isComplete) return;
        this.canvas.dataset["side"] = String(side);
      }
    } catch (error) {
      if (axes === this.axes) get("settings-readout").textContent = message(error);
    }
  }

  /** Moves the ring to the settings of the selected run. */
  private moveMark(): void {
    const { experiment } = this.runner;
    const rows = experiment?.optimizers[state.selected.value]?.rows ?? [];
    const start = experiment?.start_point ?? [];
    const places = (this.axes ?? []).map((axis) => {
      const weight = start.find((_, i) => axis.key === startKey(i));
      return placeOf(axis, weight ?? Number(rows.find((row) => row.key === axis.key)?.value));
    });
    const [x = NaN, y = NaN] = places;
    const isInside = [x, y].every((place) => place >= 0 && place <= 1);
    this.mark.hidden = !isInside;
    [this.mark.style.left, this.mark.style.bottom] = [`${100 * x}%`, `${100 * y}%`];
    const ends = this.axes?.map((axis) => axis.range.map((end) => Number(end.toPrecision(4))).join(" to "));
    get("settings-range").textContent = ends ? `${this.axes?.[0].name}: ${ends[0]}. ${this.axes?.[1].name}: ${ends[1]}.` : "";
  }

  /** Zooms by a factor around a position, and moves by shares of the ranges. */
  private change(factor: number, [x, y]: [number, number], [right, up]: [number, number]): void {
    if (!this.axes) return;
    this.axes = [changed(this.axes[0], factor, x, right), changed(this.axes[1], factor, y, up)];
    this.refresh();
  }

  private listen(): void {
    const { canvas } = this;
    const placeOfEvent = (event: MouseEvent): [number, number] => {
      const { left, bottom, width, height } = canvas.getBoundingClientRect();
      return [(event.clientX - left) / width, (bottom - event.clientY) / height];
    };
    const middle: [number, number] = [0.5, 0.5];
    get("settings-in").addEventListener("click", () => this.change(1 / ZOOM, middle, [0, 0]));
    get("settings-out").addEventListener("click", () => this.change(ZOOM, middle, [0, 0]));
    get("settings-all").addEventListener("click", () => this.change(Infinity, middle, [0, 0]));
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
      event.preventDefault();
      this.change(event.deltaY > 0 ? WHEEL : 1 / WHEEL, placeOfEvent(event), [0, 0]);
    }, { passive: false });
    let [pressed, last]: [Point | undefined, Point] = [undefined, [0, 0]];
    let hasMoved = false;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      [pressed, last, hasMoved] = [placeOfEvent(event), placeOfEvent(event), false];
    });
    canvas.addEventListener("pointermove", (event) => {
      const at = placeOfEvent(event);
      if (!pressed) return this.hover(at);
      hasMoved ||= Math.hypot(at[0] - pressed[0], at[1] - pressed[1]) * canvas.clientWidth > CLICK;
      if (hasMoved) this.change(1, middle, [last[0] - at[0], last[1] - at[1]]);
      last = at;
    });
    canvas.addEventListener("pointerup", (event) => {
      pressed = undefined;
      if (!hasMoved) void this.choose(placeOfEvent(event));
    });
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "-") this.change(event.key === "-" ? ZOOM : 1 / ZOOM, middle, [0, 0]);
    });
  }

  private cellAt(at: Point): Promise<Cell> | undefined {
    const { parts, files } = this.runner;
    return this.axes && this.client.settingsCell(parts, files, state.selected.value, this.axes, at, Number(this.limit.value) || 100);
  }

  private at: Point = [0, 0];

  private hover(at: Point): void {
    this.at = at;
    void this.describe();
  }

  private describe = latest(async () => {
    const cell = await this.cellAt(this.at);
    if (cell) get("settings-readout").textContent = cell.sentence;
  });

  /** Shows the run of a position on the map of the loss. */
  private async choose(at: Point): Promise<void> {
    const run = state.selected.value;
    try {
      const cell = await this.cellAt(at);
      if (!cell?.pick) return;
      await this.runner.setPickAndStart(run, cell.pick, cell.start);
      get("settings-readout").textContent = cell.sentence;
    } catch (error) {
      get("settings-readout").textContent = message(error);
    }
  }
}

type Point = [number, number];
