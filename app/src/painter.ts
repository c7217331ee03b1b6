// Paints what the program made: outlines of the loss, paths and arrows.

import type { Arrow, Bands, Colors } from "./lab";
import { Labels } from "./labels";
import type { Point, View } from "./view";

/** Length in px of an arrow that shows a direction only. */
const DIRECTION = 60;
/** Steps of a path in the picture above which they get no dots. */
const DOTTED = 150;

type Context = CanvasRenderingContext2D;

/** The colour of each band, from the least loss to the greatest. */
export function bandColors(bands: Bands, colors: Colors): string[] {
  const count = bands.levels.length - 1;
  const shade = (band: number): number => Math.round((band / Math.max(1, count - 1)) * (colors.bands.length - 1));
  return Array.from({ length: count }, (_, band) => colors.bands[shade(band)] ?? "");
}

/** Fills the bands of the loss, each over those below it and all over the colour of no loss at all, and strokes the line of the target. */
export function paintBands(context: Context, bands: Bands, colors: Colors): void {
  const { points, ends, counts } = bands;
  const fills = bandColors(bands, colors);
  context.fillStyle = colors.nothing;
  context.fillRect(0, 0, bands.width, bands.height);
  let corner = 0;
  let ring = 0;
  counts.forEach((count, band) => {
    const outlines = new Path2D();
    for (; ring < count; ring += 1) {
      const end = ends[ring] ?? 0;
      outlines.moveTo(points[corner] ?? 0, points[corner + 1] ?? 0);
      for (corner += 2; corner < end; corner += 2) outlines.lineTo(points[corner] ?? 0, points[corner + 1] ?? 0);
    }
    // What follows the bands is the target's line.
    const fill = fills[band];
    if (fill) {
      context.fillStyle = fill;
      context.fill(outlines, "evenodd");
    } else {
      stroke(context, outlines, [colors.paper, 3], [colors.ink, 1.2], [5, 4]);
    }
  });
}

/** A path up to the step `last`, with a dot at each step where they are few. */
export function paintPath(context: Context, view: View, w: Float64Array, last: number, color: Colors["paths"][number]): void {
  const way = new Path2D();
  const seen: Point[] = [];
  let before: Point | undefined;
  // Where the pen is.
  let drawn: Point | undefined;
  for (let step = 0; step <= last; step += 1) {
    const at = view.px(w, 2 * step);
    if (!Number.isFinite(at[0] + at[1])) break;
    if (step < last && view.holds(at)) seen.push(at);
    if (before && Math.abs(at[0] - before[0]) + Math.abs(at[1] - before[1]) < 0.3 && step < last) continue;
    // What lies far out would be drawn nowhere, and slowly.
    const part = before && near(before, at, view);
    if (part) {
      if (drawn !== part[0]) way.moveTo(...part[0]);
      way.lineTo(...part[1]);
      drawn = part[1];
    }
    before = at;
  }
  context.lineJoin = "round";
  // The casing of the dots lies under the line, or many of them would hide it.
  const dots = new Path2D();
  if (seen.length <= DOTTED) for (const at of seen) dots.addPath(disc(at, 2.5));
  context.strokeStyle = color.casing;
  context.lineWidth = 2;
  context.stroke(dots);
  stroke(context, way, [color.casing, 4], [color.line, 2], color.dash ?? []);
  context.fillStyle = color.line;
  context.fill(dots);
  const end = disc(view.px(w, 2 * last), 5);
  context.strokeStyle = color.casing;
  context.stroke(end);
  context.fill(end);
}

function disc([x, y]: Point, radius: number): Path2D {
  const disc = new Path2D();
  disc.arc(x, y, radius, 0, 7);
  return disc;
}

/** The sign of a minimum. */
export function paintCross(context: Context, [x, y]: Point, colors: Colors): void {
  const cross = new Path2D();
  for (const side of [-1, 1]) {
    cross.moveTo(x - 5, y - 5 * side);
    cross.lineTo(x + 5, y + 5 * side);
  }
  stroke(context, cross, [colors.paper, 4], [colors.ink, 1.5]);
}

type Pen = [color: string, width: number];

/** Strokes a line with a casing, which makes it stand out from any ground. */
function stroke(context: Context, line: Path2D, casing: Pen, pen: Pen, dash: number[] = []): void {
  for (const [[color, width], gaps] of [[casing, []], [pen, dash]] as const) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash([...gaps]);
    context.stroke(line);
  }
  context.setLineDash([]);
}

/** What explains a step: arrows with their names, and boxes of step sizes. */
export function paintArrows(context: Context, view: View, arrows: Arrow[], colors: Colors): void {
  const labels = new Labels(context, [view.width, view.height], colors);
  const named: [string, Point][] = [];
  for (const { name, from, by, to_scale, box } of arrows) {
    const [x, y] = view.px(from);
    const reach = (d: number[]): Point => view.px([(from[0] ?? 0) + (d[0] ?? 0), (from[1] ?? 0) + (d[1] ?? 0)]);
    const casing: Pen = [colors.paper, 3.5];
    const pen: Pen = [colors.ink, 1.5];
    if (box) {
      const [x2, y2] = reach(box);
      const sides = new Path2D();
      sides.rect(2 * x - x2, y2, 2 * (x2 - x), 2 * (y - y2));
      stroke(context, sides, casing, pen, [2, 3]);
      // Above the middle of its upper side.
      const above: Point = [x, Math.min(y2, 2 * y - y2) - 4];
      if (view.holds(above)) named.push([name, above]);
      continue;
    }
    let [tx, ty] = reach(by ?? [0, 0]);
    const length = Math.sqrt((tx - x) ** 2 + (ty - y) ** 2);
    if (!(length > 0 && length < 1e5)) continue;
    if (!to_scale) [tx, ty] = [x + ((tx - x) / length) * DIRECTION, y + ((ty - y) / length) * DIRECTION];
    stroke(context, arrow([x, y], [tx, ty]), casing, pen, to_scale ? [] : [6, 3]);
    labels.avoid([x, y], [tx, ty]);
    if (view.holds([x, y]) || view.holds([tx, ty])) named.push([name, [tx, ty]]);
  }
  for (const [name, at] of named) labels.write(name, at);
}

function arrow([x, y]: Point, [tx, ty]: Point): Path2D {
  const length = Math.sqrt((tx - x) ** 2 + (ty - y) ** 2);
  const [ux, uy] = [(tx - x) / length, (ty - y) / length];
  const arrow = new Path2D();
  arrow.moveTo(x, y);
  arrow.lineTo(tx, ty);
  arrow.moveTo(tx - 9 * ux - 4 * uy, ty - 9 * uy + 4 * ux);
  arrow.lineTo(tx, ty);
  arrow.lineTo(tx - 9 * ux + 4 * uy, ty - 9 * uy - 4 * ux);
  return arrow;
}

/** The part of a line that lies no farther out than can matter, if there is any; an end that stays is the same point. */
function near(a: Point, b: Point, { width, height }: View): [Point, Point] | undefined {
  const fits = ([x, y]: Point): boolean => Math.abs(x) < 4 * width && Math.abs(y) < 4 * height;
  if (fits(a) && fits(b)) return [a, b];
  let [from, to] = [0, 1];
  for (const [i, size] of [[0, width], [1, height]] as const) {
    const way = b[i] - a[i];
    const [low, high] = [-4 * size - a[i], 5 * size - a[i]];
    if (way === 0 && (low > 0 || high < 0)) return undefined;
    if (way === 0) continue;
    from = Math.max(from, Math.min(low / way, high / way));
    to = Math.min(to, Math.max(low / way, high / way));
  }
  const at = (t: number): Point => (t === 0 ? a : t === 1 ? b : [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
  return from <= to ? [at(from), at(to)] : undefined;
}
