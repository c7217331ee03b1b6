// The map: it asks for drawings of the loss and of what moves over it, and replays them.

import { replay } from "./canvas";
import { fitted, get } from "./dom";
import type { Ground, Lab, Overlay } from "./lab";
import { latest } from "./latest";
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

/** The map in the colors of one theme. */
export interface Drawings { ground: Ground | undefined; overlay: Overlay | undefined }

export class LossMap {
  private canvas = get<HTMLCanvasElement>("canvas");
  private handle = get<HTMLButtonElement>("handle");
  /** The ground as pixels. */
  private picture = document.createElement("canvas");
  private ground: Ground | undefined;
  private overlay: Overlay | undefined;
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
  /** How many steps of each run are shown. */
  shown: number[] = [];
  /** Whether there is a map: not before there is an experiment. */
  hasMap = false;
  onStart: (at: string, done: boolean) => void = () => {};
  onHover: (x: number, y: number) => void = () => {};
  /** Called when another part is shown. */
  onWindow: () => void = () => {};
  /** Called when something else was drawn. */
  onDrawn: () => void = () => {};
  /** Called when the map is late, and when it has come. */
  onLate: (late: boolean) => void = () => {};

  /** `look` gives the theme, and the run whose step is shown. */
  constructor(private lab: Lab, private look: () => { theme: string; run: number }) {
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
        const handle = this.overlay?.handle;
        if (handle) void this.drag([handle[0] + dx, handle[1] + dy], true);
      },
    });
    get("fit").addEventListener("click", () => this.see(this.home));
    new ResizeObserver(() => this.refresh()).observe(get("map"));
  }

  /** Whether the whole map is seen. */
  get whole(): boolean {
    return String(this.window) === String(this.home);
  }

  /** Shows another map, of which `home` is the whole: the last one says nothing of it. */
  show(home: number[], window: number[]): void {
    [this.ground, this.overlay] = [undefined, undefined];
    showScale(null);
    this.home = home;
    this.see(window);
  }

  /** Shows a part of the same map, of which the whole may have become another. */
  showPart(home: number[], window: number[]): void {
    this.home = home;
    if (String(window) === String(this.window)) this.refresh();
    else this.see(window);
  }

  /** Asks for all anew; meanwhile the old drawings are moved to where they belong. */
  refresh(): void {
    this.redraw();
    this.move();
    get("scale").hidden = !this.hasMap;
    if (!this.hasMap) return;
    this.stale = true;
    if (!this.asking) void this.ask();
    // Who waits long for what nobody wants any more, waits no longer.
    else if (performance.now() - this.asked > LATE) void this.lab.forgetGround().catch(() => {});
  }

  /** Asks for the same in the colors of the page. */
  recolor = latest(async () => {
    const drawings = await this.drawings(this.look().theme);
    this.cover(drawings);
    if (!drawings.ground) this.refresh();
  });

  /** What is shown, in the colors of a theme. */
  async drawings(theme: string): Promise<Drawings> {
    const [ground, overlay] = await Promise.all([this.ground && this.lab.groundIn(theme), this.hasMap ? this.moving(theme) : undefined]);
    return { ground, overlay };
  }

  /** Shows drawings at once, and returns those that were shown. */
  cover({ ground, overlay }: Drawings): Drawings {
    const before = { ground: this.ground, overlay: this.overlay };
    this.overlay = overlay;
    if (ground) this.paint(ground);
    this.draw();
    return before;
  }

  /** Asks for what moves. */
  move = latest(async () => {
    // An experiment and its runs come at once, one after the other.
    await null;
    if (!this.hasMap) return this.redraw();
    this.overlay = await this.moving(this.look().theme);
    this.draw();
    this.onDrawn();
  });

  private moving(theme: string): Promise<Overlay> {
    const { width, height } = this.view();
    return this.lab.overlay(this.window, [width, height], theme, this.shown, this.look().run);
  }

  /** Draws once before the next frame. */
  private redraw(): void {
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
        const ground = width > 0 ? await this.lab.ground(this.window, [width, height], SAMPLES, patience, this.look().theme) : undefined;
        if (ground) {
          this.paint(ground);
          this.onDrawn();
        }
        coarse = ground?.coarse === true;
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

  private paint(ground: Ground): void {
    this.ground = ground;
    const ratio = devicePixelRatio || 1;
    [this.picture.width, this.picture.height] = ground.size.map((side) => Math.round(side * ratio)) as Point;
    const context = this.picture.getContext("2d");
    if (!context) return;
    context.scale(ratio, ratio);
    replay(context, ground.drawing);
    showScale(ground.scale);
    this.redraw();
  }

  private draw(): void {
    const { context, width, height } = fitted(this.canvas);
    context.clearRect(0, 0, width, height);
    const { ground, overlay } = this;
    // Where the end of a path is out of sight, a click shows all.
    get("fit").hidden = this.whole || !overlay?.leaves;
    this.handle.hidden = !overlay?.handle;
    if (!this.hasMap) return;
    const view = new View(this.window, width, height);
    if (ground) context.drawImage(this.picture, ...view.place(ground.window));
    if (!overlay) return;
    const [left, top, wide, high] = view.place(overlay.window);
    context.save();
    context.translate(left, top);
    context.scale(wide / overlay.size[0], high / overlay.size[1]);
    replay(context, overlay.marks);
    context.restore();
    if (ground) replay(context, overlay.axes);
    if (!overlay.handle) return;
    const [x, y] = [left + (overlay.handle[0] / overlay.size[0]) * wide, top + (overlay.handle[1] / overlay.size[1]) * high];
    // In shares, so that it lies there on paper too.
    [this.handle.style.left, this.handle.style.top] = [`${(100 * x) / width}%`, `${(100 * y) / height}%`];
  }

  private async drag(at: Point, done: boolean): Promise<void> {
    const { width, height } = this.canvas.getBoundingClientRect();
    const inside = [Math.min(Math.max(at[0], 0), width), Math.min(Math.max(at[1], 0), height)];
    this.onStart(await this.lab.place(this.window, [width, height], inside), done);
  }
}
