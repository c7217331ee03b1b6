// The map: requests drawings of the loss (background) and of the paths (overlay), and replays them.

import { replay } from "./canvas";
import type { Background, Overlay, Results, WorkerClient } from "../rpc/client";
import { fitCanvas, get } from "../base/dom";
import { latest } from "../rpc/latest";
import { state } from "../state";
import { listen } from "./pointers";
import { showScale } from "./scale";
import { type Point, View } from "./view";

/** Samples of the loss along each side. */
const SAMPLES = 200;
/** Milliseconds after which the page reports that the map is being drawn. */
const LATE_AFTER = 300;
/** Time limit in milliseconds of the first background. */
const TIME_LIMIT = 250;
/** Factor by which the time limit grows after a coarse background. */
const TIME_FACTOR = 8;

/** Factor of the buttons that zoom. */
const ZOOM = 1.5;
/** Milliseconds for which the page explains how the wheel zooms. */
const HINT_TIME = 2500;

/** The drawings of the map in the colors of one theme. */
export interface MapDrawings { background: Background | undefined; overlay: Overlay | undefined }

export class LossMap {
  private canvas = get<HTMLCanvasElement>("canvas");
  private handle = get<HTMLButtonElement>("handle");
  /** The pixels of the background. */
  private picture = document.createElement("canvas");
  private background: Background | undefined;
  private overlay: Overlay | undefined;
  /** Drawings that wait for the other one, because both must show the same plane. */
  private waiting: MapDrawings = { background: undefined, overlay: undefined };
  private requesting = false;
  private requestedAt = 0;
  private stale = false;
  /** Whether a coarse background is followed by a finer one: not after the user stopped the work. */
  private refines = true;
  private frameRequest = 0;
  /** The window when a pointer went down, or nothing for the full window. */
  private windowBefore: number[] | undefined;
  private pointer: Point | undefined;
  /** Whether the pointer on the map has lifted a path. */
  private liftsPath = false;
  /** The size of the canvas in px, until it changes. */
  private size: Point | undefined;
  private wheelTimer = 0;
  private fullWindow: number[] = [-1, 1, -1, 1];
  /** The number of the plane that the last results describe. */
  private plane = 0;
  /** Whether the last results were those of unfinished runs. */
  private wasRunning = false;
  window: number[] = [-1, 1, -1, 1];
  /** Whether the map shows the full window, also if new results change it. */
  isFull = true;
  /** Whether there is an experiment with a map. */
  hasMap = false;
  /** Called when the user moves the initial point. */
  onStart: (at: string, done: boolean) => void = () => {};
  onHover: (x: number, y: number) => void = () => {};
  /** Called when the window changes. */
  onWindow: () => void = () => {};
  /** Called when the drawings change. */
  onDrawn: () => void = () => {};
  /** Called with true when the map is late, and with false when it is complete. */
  onLate: (late: boolean) => void = () => {};

  constructor(private client: WorkerClient, private theme: () => string) {
    listen(this.canvas, this.handle, {
      pan: (dx, dy) => this.select(this.view().moved(dx, dy, this.fullWindow)),
      zoom: (factor, around) => this.select(this.view().zoomed(factor, around, this.fullWindow)),
      reset: () => this.select(undefined),
      hover: (at) => this.hover(at),
      click: (at) => void this.click(at),
      wheel: () => this.showWheelHint(),
      leave: () => {
        this.pointer = undefined;
        if (this.liftsPath) state.lifted.value = undefined;
        this.liftsPath = false;
      },
      press: () => (this.windowBefore = this.isFull ? undefined : this.window),
      cancel: () => this.select(this.windowBefore),
      drag: (at, done) => void this.drag(at, done),
      nudge: (dx, dy) => {
        const handle = this.overlay?.handle;
        if (handle) void this.drag([handle[0] + dx, handle[1] + dy], true);
      },
    });
    get("stop").addEventListener("click", () => (this.refines = false));
    get("fit").addEventListener("click", () => this.select(undefined));
    for (const [id, factor] of [["zoom-in", 1 / ZOOM], ["zoom-out", ZOOM]] as const) {
      get(id).addEventListener("click", () => {
        const view = this.view();
        this.select(view.zoomed(factor, [view.width / 2, view.height / 2], this.fullWindow));
      });
    }
    new ResizeObserver(() => {
      this.size = undefined;
      this.refresh();
    }).observe(get("map"));
    state.lifted.watch(() => void this.updateOverlay());
    state.selected.watch(() => void this.updateOverlay());
    state.position.watch(() => void this.updateOverlay());
  }

  /** Discards the drawings of the last map, because another one follows. */
  clear(): void {
    [this.background, this.overlay] = [undefined, undefined];
    this.waiting = { background: undefined, overlay: undefined };
    showScale(null);
  }

  /** Shows the map of new results, or nothing if they have no map. During a drag, the window stays. */
  update({ window: fullWindow, plane, running }: Results, isDragging: boolean): void {
    const hasEnded = this.wasRunning && !running;
    this.wasRunning = running;
    this.hasMap = fullWindow !== null;
    const isSame = plane === this.plane;
    this.plane = plane;
    this.fullWindow = fullWindow ?? this.fullWindow;
    const isShown = String(this.window) === String(this.fullWindow);
    if (this.isFull && !isShown && !isDragging) this.setWindow(this.fullWindow, false);
    else if (!isSame) this.refresh(false);
    // The levels distinguish bands along the complete paths.
    else if (hasEnded) void this.recolor();
  }

  /** The window of figures that show the visible part of the map: empty for the full window. */
  get visibleWindow(): number[] {
    return this.isFull ? [] : this.window;
  }

  /** Shows a window, or the full window. */
  select(window: number[] | undefined): void {
    this.isFull = window === undefined || String(window) === String(this.fullWindow);
    this.setWindow(window ?? this.fullWindow);
  }

  /** Requests all drawings. Until they arrive, the old drawings are moved to the right place. An obsolete background that
   *  takes long is canceled, unless it shows the progress of a run: the next one would be canceled as well. */
  refresh(canCancel = true): void {
    this.redraw();
    void this.updateOverlay();
    get("scale").hidden = !this.hasMap;
    if (!this.hasMap) return;
    this.stale = true;
    this.refines ||= canCancel;
    if (!this.requesting) void this.requestBackground();
    else if (canCancel && performance.now() - this.requestedAt > LATE_AFTER) void this.client.cancelBackground().catch(() => {});
  }

  /** Requests the same drawings in the colors of the current theme. */
  recolor = latest(async () => {
    const drawings = await this.drawings(this.theme());
    this.replace(drawings);
    if (!drawings.background) this.refresh();
  });

  /** Returns the current drawings in the colors of a theme. */
  async drawings(theme: string): Promise<MapDrawings> {
    const [background, overlay] = await Promise.all([
      this.background && this.client.recolored(theme),
      this.hasMap ? this.requestOverlay(theme) : undefined,
    ]);
    return { background, overlay };
  }

  /** Shows drawings immediately, and returns the previous ones. */
  replace({ background, overlay }: MapDrawings): MapDrawings {
    const before = { background: this.background, overlay: this.overlay };
    this.overlay = overlay;
    this.waiting = { background: undefined, overlay: undefined };
    if (background) this.paint(background);
    this.draw();
    return before;
  }

  /** Shows new drawings when both show the same plane. */
  private accept(drawings: Partial<MapDrawings>): void {
    this.waiting = { ...this.waiting, ...drawings };
    const { background = this.background, overlay = this.overlay } = this.waiting;
    if (background && overlay && background.plane !== overlay.plane) return;
    const isNew = background && background !== this.background;
    this.overlay = overlay;
    this.waiting = { background: undefined, overlay: undefined };
    if (isNew) this.paint(background);
    this.draw();
    this.onDrawn();
  }

  /** Requests the overlay. */
  updateOverlay = latest(async () => {
    // An experiment and its results arrive in one task, and each requests the overlay.
    await null;
    if (!this.hasMap) return this.redraw();
    this.accept({ overlay: await this.requestOverlay(this.theme()) });
  });

  private requestOverlay(theme: string): Promise<Overlay> {
    const { width, height } = this.view();
    return this.client.overlay(this.window, [width, height], theme, state.position.value, state.selected.value, state.lifted.value);
  }

  /** Draws once before the next frame. */
  private redraw(): void {
    this.frameRequest ||= requestAnimationFrame(() => {
      this.frameRequest = 0;
      this.draw();
    });
  }

  private setWindow(window: number[], canCancel = true): void {
    this.window = window;
    this.refresh(canCancel);
    this.onWindow();
    if (this.pointer) this.hover(this.pointer);
  }

  private hover(at: Point): void {
    this.pointer = at;
    this.onHover(...this.view().pointAt(at));
    void this.liftPath();
  }

  /** Lifts the path under the pointer. */
  private liftPath = latest(async () => {
    const at = this.pointer;
    if (!at || !this.hasMap) return;
    const run = await this.runAt(at);
    if (this.pointer === undefined || (run === undefined && !this.liftsPath)) return;
    this.liftsPath = run !== undefined;
    this.canvas.dataset["over"] = run === undefined ? "" : "path";
    state.lifted.value = run;
  });

  private runAt(at: Point): Promise<number | undefined> {
    const { width, height } = this.view();
    return this.client.runAt(this.window, [width, height], at, state.position.value);
  }

  /** Selects the path at a position, or else moves the initial point there. */
  private async click(at: Point): Promise<void> {
    if (!this.hasMap) return;
    const run = await this.runAt(at).catch(() => undefined);
    if (run === undefined) return this.drag(at, true);
    state.selected.value = run;
  }

  private showWheelHint(): void {
    get("wheel-hint").hidden = false;
    clearTimeout(this.wheelTimer);
    this.wheelTimer = window.setTimeout(() => (get("wheel-hint").hidden = true), HINT_TIME);
  }

  private view(): View {
    if (!this.size) {
      const { width, height } = this.canvas.getBoundingClientRect();
      this.size = [width, height];
    }
    return new View(this.window, ...this.size);
  }

  private async requestBackground(): Promise<void> {
    this.requesting = true;
    const late = setTimeout(() => this.onLate(true), LATE_AFTER);
    let timeLimit = TIME_LIMIT;
    for (let coarse = false; this.stale || coarse; ) {
      timeLimit = this.stale ? TIME_LIMIT : TIME_FACTOR * timeLimit;
      this.stale = false;
      this.requestedAt = performance.now();
      const { width, height } = this.view();
      try {
        const background = width > 0
          ? await this.client.background(this.window, [width, height], SAMPLES, timeLimit, this.theme())
          : undefined;
        if (background) {
          this.accept({ background });
          if (background.plane !== this.overlay?.plane) void this.updateOverlay();
        }
        coarse = this.refines && background?.coarse === true;
      } catch {
        // The request was replaced or stopped, or the window is too small: the last background stays if it shows this plane.
        coarse = false;
        if (this.waiting.overlay && !this.stale) {
          this.background = undefined;
          this.accept({});
        }
      }
    }
    this.requesting = false;
    clearTimeout(late);
    this.onLate(false);
    this.redraw();
  }

  private paint(background: Background): void {
    this.background = background;
    document.getElementById("poster")?.remove();
    const ratio = devicePixelRatio || 1;
    [this.picture.width, this.picture.height] = background.size.map((side) => Math.round(side * ratio)) as Point;
    const context = this.picture.getContext("2d");
    if (!context) return;
    context.scale(ratio, ratio);
    replay(context, background.drawing);
    showScale(background.scale);
    this.redraw();
  }

  /** Draws the map from the last drawings. */
  draw(): void {
    const { width, height } = this.view();
    const context = fitCanvas(this.canvas, width, height);
    context.clearRect(0, 0, width, height);
    const { background, overlay } = this;
    get("fit").hidden = !this.hasMap;
    this.handle.hidden = !overlay?.handle;
    if (!this.hasMap) return;
    const view = new View(this.window, width, height);
    // The tests read which planes are drawn together.
    this.canvas.dataset["planes"] = `${background?.plane} ${overlay?.plane}`;
    if (background) context.drawImage(this.picture, ...view.place(background.window));
    if (!overlay) return;
    const [left, top, wide, high] = view.place(overlay.window);
    context.save();
    context.translate(left, top);
    context.scale(wide / overlay.size[0], high / overlay.size[1]);
    replay(context, overlay.marks);
    context.restore();
    if (background) replay(context, overlay.axes);
    if (!overlay.handle) return;
    const [x, y] = [left + (overlay.handle[0] / overlay.size[0]) * wide, top + (overlay.handle[1] / overlay.size[1]) * high];
    // Percentages also place the handle correctly on paper.
    for (const element of [this.handle, get("hint")]) [element.style.left, element.style.top] = [`${(100 * x) / width}%`, `${(100 * y) / height}%`];
  }

  private async drag(at: Point, done: boolean): Promise<void> {
    const { width, height } = this.view();
    const inside = [Math.min(Math.max(at[0], 0), width), Math.min(Math.max(at[1], 0), height)];
    this.onStart(await this.client.startAt(this.window, [width, height], inside), done);
  }
}
