// The map: it paints outlines that the program made, and paths over them. Where a point lies in px is all it works out.

import { fitted, get } from "./dom";
import type { Arrow, Bands, Colors, Columns, Lab } from "./lab";

/** Samples of the loss along each side. */
const SAMPLES = 200;
/** Length in px of an arrow that shows a direction only. */
const DIRECTION = 60;
/** Steps of a path above which they get no dots. */
const DOTTED = 150;

type Point = [number, number];

export class LossMap {
  private canvas = get<HTMLCanvasElement>("canvas");
  private handle = get<HTMLButtonElement>("handle");
  private frame = get("map");
  private picture = document.createElement("canvas");
  private bands: Bands | undefined;
  private asking = false;
  private stale = false;
  private drawn = 0;
  private pointers = new Map<number, Point>();
  private home: number[] = [-1, 1, -1, 1];
  private colors: Colors;
  window: number[] = [-1, 1, -1, 1];
  start: number[] | null = null;
  minima: number[][] = [];
  columns: Columns | undefined;
  /** How many steps of each run are shown. */
  shown: number[] = [];
  arrows: Arrow[] = [];
  movable = true;
  hasMap = true;
  onStart: (at: string, done: boolean) => void = () => {};
  onHover: (x: number, y: number) => void = () => {};

  constructor(private lab: Lab, colors: Colors) {
    this.colors = colors;
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("pointerdown", (event) => this.down(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"] as const)
      this.canvas.addEventListener(end, (event) => this.pointers.delete(event.pointerId));
    this.canvas.addEventListener("dblclick", () => this.reset());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.handle.addEventListener("keydown", (event) => this.key(event));
    this.handle.addEventListener("pointerdown", (event) => {
      this.handle.setPointerCapture(event.pointerId);
      this.handle.dataset["held"] = "yes";
      event.preventDefault();
      this.handle.focus();
    });
    this.handle.addEventListener("pointermove", (event) => {
      if (this.handle.dataset["held"]) void this.drag(this.inside(event), false);
    });
    this.handle.addEventListener("pointerup", (event) => {
      if (!this.handle.dataset["held"]) return;
      delete this.handle.dataset["held"];
      void this.drag(this.inside(event), true);
    });
    this.handle.addEventListener("pointercancel", () => delete this.handle.dataset["held"]);
    new ResizeObserver(() => this.refresh()).observe(this.frame);
  }

  /** Shows a window, and again when the page asks for no other. */
  show(window: number[]): void {
    this.home = window;
    this.window = window;
    this.refresh();
  }

  reset(): void {
    this.window = this.home;
    this.refresh();
  }

  /** Asks for the outlines anew; meanwhile the old ones are moved to where they belong. */
  refresh(): void {
    this.redraw();
    if (!this.hasMap) return;
    this.stale = true;
    if (!this.asking) void this.ask();
  }

  private async ask(): Promise<void> {
    this.asking = true;
    while (this.stale) {
      this.stale = false;
      const { width, height } = this.canvas.getBoundingClientRect();
      try {
        if (width > 0) this.paint(await this.lab.bands(this.window, width, height, SAMPLES));
      } catch {
        // Another experiment took its place, or the window became too small: the last picture stays.
      }
    }
    this.asking = false;
    this.redraw();
  }

  private paint(bands: Bands): void {
    this.bands = bands;
    const ratio = devicePixelRatio || 1;
    [this.picture.width, this.picture.height] = [Math.round(bands.width * ratio), Math.round(bands.height * ratio)];
    const context = this.picture.getContext("2d");
    if (!context) return;
    context.scale(ratio, ratio);
    const { points, ends, counts } = bands;
    let corner = 0;
    let ring = 0;
    counts.forEach((count, band) => {
      context.beginPath();
      for (; ring < count; ring += 1) {
        const end = ends[ring] ?? 0;
        context.moveTo(points[corner] ?? 0, points[corner + 1] ?? 0);
        for (corner += 2; corner < end; corner += 2) context.lineTo(points[corner] ?? 0, points[corner + 1] ?? 0);
      }
      // What follows the bands is the target's line.
      const last = Math.max(1, bands.levels.length - 2);
      const shade = Math.round((band / last) * (this.colors.bands.length - 1));
      const fill = band < bands.levels.length - 1 ? this.colors.bands[shade] : undefined;
      if (fill) {
        context.fillStyle = fill;
        context.fill("evenodd");
      } else {
        context.strokeStyle = this.colors.ink;
        context.lineWidth = 1.2;
        context.setLineDash([5, 4]);
        context.stroke();
      }
    });
    this.draw();
  }

  /** Draws once before the next frame. */
  redraw(): void {
    this.drawn ||= requestAnimationFrame(() => {
      this.drawn = 0;
      this.draw();
    });
  }

  private px(w: ArrayLike<number>, width: number, height: number, i = 0): Point {
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    return [
      (((w[i] ?? 0) - left) / (right - left)) * width,
      height - (((w[i + 1] ?? 0) - low) / (high - low)) * height,
    ];
  }

  private draw(): void {
    const { context, width, height } = fitted(this.canvas);
    context.clearRect(0, 0, width, height);
    if (!this.hasMap) return;
    const bands = this.bands;
    if (bands) {
      const [left = 0, right = 1, low = 0, high = 1] = bands.window;
      const [x, y] = this.px([left, high], width, height);
      const [x2, y2] = this.px([right, low], width, height);
      context.drawImage(this.picture, x, y, x2 - x, y2 - y);
    }
    for (const m of this.minima) this.cross(context, this.px(m, width, height));
    this.columns?.runs.forEach((run, i) => this.path(context, run.path, i, width, height));
    this.drawArrows(context, width, height);
    if (this.start) {
      const [x, y] = this.px(this.start, width, height);
      const seen = x >= 0 && x <= width && y >= 0 && y <= height;
      this.handle.hidden = !seen || !this.movable;
      this.handle.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
    }
  }

  private path(context: CanvasRenderingContext2D, w: Float64Array, i: number, width: number, height: number): void {
    const last = Math.min(this.shown[i] ?? Infinity, w.length / 2 - 1);
    const color = this.colors.paths[i % this.colors.paths.length];
    if (last < 0 || !color) return;
    context.beginPath();
    let before: Point = [NaN, NaN];
    for (let step = 0; step <= last; step += 1) {
      const at = this.px(w, width, height, 2 * step);
      if (!Number.isFinite(at[0] + at[1])) break;
      // What lies far out would be drawn nowhere, and slowly.
      const point: Point = [clamp(at[0], width), clamp(at[1], height)];
      if (Math.abs(point[0] - before[0]) + Math.abs(point[1] - before[1]) < 0.3 && step < last) continue;
      if (step === 0) context.moveTo(...point);
      else context.lineTo(...point);
      before = point;
    }
    context.lineJoin = "round";
    context.strokeStyle = color.casing;
    context.lineWidth = 4;
    context.stroke();
    context.strokeStyle = color.line;
    context.lineWidth = 2;
    context.stroke();
    context.fillStyle = color.line;
    if (last <= DOTTED) {
      for (let step = 0; step < last; step += 1) this.dot(context, this.px(w, width, height, 2 * step), 2.5);
    }
    context.strokeStyle = color.casing;
    this.dot(context, this.px(w, width, height, 2 * last), 5, true);
  }

  private dot(context: CanvasRenderingContext2D, [x, y]: Point, radius: number, cased = false): void {
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    if (cased) context.stroke();
    context.fill();
  }

  private cross(context: CanvasRenderingContext2D, [x, y]: Point): void {
    context.beginPath();
    for (const side of [-1, 1]) {
      context.moveTo(x - 5, y - 5 * side);
      context.lineTo(x + 5, y + 5 * side);
    }
    context.strokeStyle = this.colors.paper;
    context.lineWidth = 4;
    context.stroke();
    context.strokeStyle = this.colors.ink;
    context.lineWidth = 1.5;
    context.stroke();
  }

  private drawArrows(context: CanvasRenderingContext2D, width: number, height: number): void {
    context.font = "12px system-ui, sans-serif";
    for (const { name, from, by, to_scale, box } of this.arrows) {
      const [x, y] = this.px(from, width, height);
      const reach = (d: number[]): Point => this.px([(from[0] ?? 0) + (d[0] ?? 0), (from[1] ?? 0) + (d[1] ?? 0)], width, height);
      context.strokeStyle = context.fillStyle = this.colors.ink;
      context.lineWidth = 1.5;
      if (box) {
        const [x2, y2] = reach(box);
        context.setLineDash([2, 3]);
        context.strokeRect(2 * x - x2, y2, 2 * (x2 - x), 2 * (y - y2));
        context.setLineDash([]);
        continue;
      }
      let [tx, ty] = reach(by ?? [0, 0]);
      const length = Math.sqrt((tx - x) ** 2 + (ty - y) ** 2);
      if (!(length > 0 && length < 1e5)) continue;
      if (!to_scale) [tx, ty] = [x + ((tx - x) / length) * DIRECTION, y + ((ty - y) / length) * DIRECTION];
      context.setLineDash(to_scale ? [] : [6, 3]);
      this.arrow(context, [x, y], [tx, ty]);
      context.setLineDash([]);
      context.lineWidth = 3;
      context.strokeStyle = this.colors.paper;
      const left = tx + 8 + context.measureText(name).width > width;
      context.textAlign = left ? "right" : "left";
      context.strokeText(name, left ? tx - 8 : tx + 8, ty + 4);
      context.fillText(name, left ? tx - 8 : tx + 8, ty + 4);
    }
  }

  private arrow(context: CanvasRenderingContext2D, [x, y]: Point, [tx, ty]: Point): void {
    const length = Math.sqrt((tx - x) ** 2 + (ty - y) ** 2);
    const [ux, uy] = [(tx - x) / length, (ty - y) / length];
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(tx, ty);
    context.moveTo(tx - 9 * ux - 4 * uy, ty - 9 * uy + 4 * ux);
    context.lineTo(tx, ty);
    context.lineTo(tx - 9 * ux + 4 * uy, ty - 9 * uy - 4 * ux);
    context.stroke();
  }

  private inside(event: MouseEvent): Point {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private async drag(at: Point, done: boolean): Promise<void> {
    const { width, height } = this.canvas.getBoundingClientRect();
    const inside = [Math.min(Math.max(at[0], 0), width), Math.min(Math.max(at[1], 0), height)];
    this.onStart(await this.lab.place(this.window, [width, height], inside), done);
  }

  private down(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.inside(event));
  }

  private move(event: PointerEvent): void {
    const at = this.inside(event);
    const before = this.pointers.get(event.pointerId);
    const { width, height } = this.canvas.getBoundingClientRect();
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    if (!before) {
      this.onHover(left + (at[0] / width) * (right - left), high - (at[1] / height) * (high - low));
      return;
    }
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, at);
    if (other) {
      const spread = (p: Point): number => Math.hypot(p[0] - other[0], p[1] - other[1]);
      if (spread(at) > 0) this.zoom(spread(before) / spread(at), other);
    } else {
      const [dx, dy] = [((at[0] - before[0]) / width) * (right - left), ((at[1] - before[1]) / height) * (high - low)];
      this.window = [left - dx, right - dx, low + dy, high + dy];
      this.refresh();
    }
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, this.inside(event));
  }

  private zoom(factor: number, [x, y]: Point): void {
    const { width, height } = this.canvas.getBoundingClientRect();
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    const [cx, cy] = [left + (x / width) * (right - left), high - (y / height) * (high - low)];
    const next = [left, right].map((v) => cx + factor * (v - cx)).concat([low, high].map((v) => cy + factor * (v - cy)));
    const [a = 0, b = 1] = next;
    // Closer than this, numbers next to each other would be seen.
    if (!(b - a > 1e-8 * Math.max(Math.abs(a), Math.abs(b)) && b - a < 1e12)) return;
    this.window = next;
    this.refresh();
  }

  private key(event: KeyboardEvent): void {
    const { width, height } = this.canvas.getBoundingClientRect();
    const step = event.shiftKey ? 1 : 10;
    const moves: Record<string, Point> = {
      ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (move && this.start && this.movable) {
      const [x, y] = this.px(this.start, width, height);
      void this.drag([x + move[0], y + move[1]], true);
    } else if (event.key === "+" || event.key === "-") {
      this.zoom(event.key === "-" ? 1.25 : 0.8, [width / 2, height / 2]);
    } else if (event.key === "0") {
      this.reset();
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** A px, but no farther out than can matter. */
const clamp = (v: number, size: number): number => Math.min(Math.max(v, -4 * size), 5 * size);
