// The map: it asks for outlines of the loss, and paints them with the paths over them.

import { fitted, get } from "./dom";
import type { Arrow, Bands, Colors, Columns, Lab } from "./lab";
import { paintAxes } from "./axes";
import { paintArrows, paintBands, paintCross, paintPath } from "./painter";
import { listen } from "./pointers";
import { showScale } from "./scale";
import { type Point, View } from "./view";

/** Samples of the loss along each side. */
const SAMPLES = 200;
/** Milliseconds after which a map is late. */
const LATE = 300;
/** Milliseconds that the first map may take, and how many times as many the next one, if that was coarse. */
const PATIENCE = 250;
const LONGER = 8;

export class LossMap {
  private canvas = get<HTMLCanvasElement>("canvas");
  private handle = get<HTMLButtonElement>("handle");
  private picture = document.createElement("canvas");
  private bands: Bands | undefined;
  private asking = false;
  private asked = 0;
  private stale = false;
  private drawn = 0;
  /** What was seen when a pointer went down. */
  private before: number[] | undefined;
  /** Where the pointer is. */
  private pointed: Point | undefined;
  private home: number[] = [-1, 1, -1, 1];
  window: number[] = [-1, 1, -1, 1];
  start: number[] | null = null;
  minima: number[][] = [];
  columns: Columns | undefined;
  /** How many steps of each run are shown. */
  shown: number[] = [];
  arrows: Arrow[] = [];
  movable = true;
  /** Whether there is a map: not before there is an experiment. */
  hasMap = false;
  onStart: (at: string, done: boolean) => void = () => {};
  onHover: (x: number, y: number) => void = () => {};
  /** The names of what lies across and up. */
  names: string[] = [];
  /** Called when another part is shown. */
  onWindow: () => void = () => {};
  /** Called when the map is late, and when it has come. */
  onLate: (late: boolean) => void = () => {};

  constructor(private lab: Lab, private colors: Colors) {
    listen(this.canvas, this.handle, {
      pan: (dx, dy) => this.see(this.view().moved(dx, dy)),
      zoom: (factor, around) => this.see(this.view().zoomed(factor, around)),
      reset: () => this.see(this.home),
      hover: (at) => this.hover(at),
      leave: () => (this.pointed = undefined),
      press: () => (this.before = this.window),
      takeBack: () => this.see(this.before),
      drag: (at, done) => void this.drag(at, done),
      nudge: (dx, dy) => {
        if (!this.start || !this.movable) return;
        const [x, y] = this.view().px(this.start);
        void this.drag([x + dx, y + dy], true);
      },
    });
    get("fit").addEventListener("click", () => this.see(this.home));
    new ResizeObserver(() => this.refresh()).observe(get("map"));
  }

  /** Whether the whole map is seen. */
  get whole(): boolean {
    return String(this.window) === String(this.home);
  }

  /** Shows another map, of which `home` is the whole: the colours of the last one say nothing of it. */
  show(home: number[], window: number[]): void {
    this.bands = undefined;
    get("scale").replaceChildren();
    this.home = home;
    this.see(window);
  }

  /** Shows a part of the same map, of which the whole may have become another. */
  showPart(home: number[], window: number[]): void {
    this.home = home;
    if (String(window) === String(this.window)) this.refresh();
    else this.see(window);
  }

  /** Asks for the outlines anew; meanwhile the old ones are moved to where they belong. */
  refresh(): void {
    this.redraw();
    get("scale").hidden = !this.hasMap;
    if (!this.hasMap) return;
    this.stale = true;
    if (!this.asking) void this.ask();
    // Who waits long for what nobody wants any more, waits no longer.
    else if (performance.now() - this.asked > LATE) void this.lab.forgetBands().catch(() => {});
  }

  /** Paints what is there in other colours. */
  recolor(): void {
    if (this.bands) this.paint(this.bands);
  }

  /** Draws once before the next frame. */
  redraw(): void {
    this.drawn ||= requestAnimationFrame(() => {
      this.drawn = 0;
      this.draw();
    });
  }

  private see(window: number[] | undefined): void {
    if (!window) return;
    this.window = window;
    this.refresh();
    this.onWindow();
    if (this.pointed) this.hover(this.pointed);
  }

  private hover(at: Point): void {
    this.pointed = at;
    this.onHover(...this.view().under(at));
  }

  private view(): View {
    const { width, height } = this.canvas.getBoundingClientRect();
    return new View(this.window, width, height);
  }

  private async ask(): Promise<void> {
    this.asking = true;
    const late = setTimeout(() => this.onLate(true), LATE);
    let patience = PATIENCE;
    for (let coarse = false; this.stale || coarse; ) {
      patience = this.stale ? PATIENCE : LONGER * patience;
      this.stale = false;
      this.asked = performance.now();
      const { width, height } = this.canvas.getBoundingClientRect();
      try {
        const bands: Bands | undefined = width > 0 ? await this.lab.bands(this.window, [width, height], SAMPLES, patience) : undefined;
        if (bands) this.paint(bands);
        coarse = bands?.coarse === true;
      } catch {
        // Another experiment took its place, it was stopped, or the window became too small: the last picture stays.
        coarse = false;
      }
    }
    this.asking = false;
    clearTimeout(late);
    this.onLate(false);
    this.redraw();
  }

  private paint(bands: Bands): void {
    this.bands = bands;
    const ratio = devicePixelRatio || 1;
    [this.picture.width, this.picture.height] = [Math.round(bands.width * ratio), Math.round(bands.height * ratio)];
    const context = this.picture.getContext("2d");
    if (!context) return;
    context.scale(ratio, ratio);
    paintBands(context, bands, this.colors);
    showScale(bands, this.colors);
    this.draw();
  }

  private draw(): void {
    const { context, width, height } = fitted(this.canvas);
    context.clearRect(0, 0, width, height);
    if (!this.hasMap) return;
    const view = new View(this.window, width, height);
    if (this.bands) {
      const [left = 0, right = 1, low = 0, high = 1] = this.bands.window;
      const [x, y] = view.px([left, high]);
      const [x2, y2] = view.px([right, low]);
      context.drawImage(this.picture, x, y, x2 - x, y2 - y);
    }
    for (const m of this.minima) paintCross(context, view.px(m), this.colors);
    let isOut = false;
    this.columns?.runs.forEach(({ path }, i) => {
      const last = Math.min(this.shown[i] ?? Infinity, path.length / 2 - 1);
      const color = this.colors.paths[i % this.colors.paths.length];
      if (last >= 0 && color) paintPath(context, view, path, last, color);
      isOut ||= last >= 0 && !view.holds(view.px(path, 2 * last));
    });
    // Where the end of a path is out of sight, a click shows all.
    get("fit").hidden = this.whole || !isOut;
    paintArrows(context, view, this.arrows, this.colors);
    if (this.bands) paintAxes(context, view, this.bands.axes, this.names, this.colors);
    if (this.start) {
      const [x, y] = view.px(this.start);
      this.handle.hidden = !view.holds([x, y]) || !this.movable;
      // In shares, so that it lies there on paper too.
      [this.handle.style.left, this.handle.style.top] = [`${(100 * x) / width}%`, `${(100 * y) / height}%`];
    }
  }

  private async drag(at: Point, done: boolean): Promise<void> {
    const { width, height } = this.canvas.getBoundingClientRect();
    const inside = [Math.min(Math.max(at[0], 0), width), Math.min(Math.max(at[1], 0), height)];
    this.onStart(await this.lab.place(this.window, [width, height], inside), done);
  }
}
