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

/** Fills the bands of the loss, each over those below it, and strokes the line of the target. */
export function paintBands(context: Context, bands: Bands, colors: Colors): void {
  const { points, ends, counts } = bands;
  const fills = bandColors(bands, colors);
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
    const fill = fills[band];
    if (fill) {
      context.fillStyle = fill;
      context.fill("evenodd");
    } else {
      context.strokeStyle = colors.ink;
      context.lineWidth = 1.2;
      context.setLineDash([5, 4]);
      context.stroke();
    }
  });
}

/** A path up to the step `last`, with a dot at each step where they are few. */
export function paintPath(context: Context, view: View, w: Float64Array, last: number, color: Colors["paths"][number]): void {
  context.beginPath();
  let before: Point = [NaN, NaN];
  const seen: Point[] = [];
  for (let step = 0; step <= last; step += 1) {
    const at = view.px(w, 2 * step);
    if (!Number.isFinite(at[0] + at[1])) break;
    if (step < last && view.holds(at)) seen.push(at);
    // What lies far out would be drawn nowhere, and slowly.
    const point: Point = [clamp(at[0], view.width), clamp(at[1], view.height)];
    if (Math.abs(point[0] - before[0]) + Math.abs(point[1] - before[1]) < 0.3 && step < last) continue;
    if (step === 0) context.moveTo(...point);
    else context.lineTo(...point);
    before = point;
  }
  context.lineJoin = "round";
  stroke(context, color.casing, color.line, 2, color.dash ?? []);
  context.fillStyle = color.line;
  if (seen.length <= DOTTED) for (const at of seen) dot(context, at, 2.5);
  context.strokeStyle = color.casing;
  dot(context, view.px(w, 2 * last), 5, true);
}

function dot(context: Context, [x, y]: Point, radius: number, cased = false): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  if (cased) context.stroke();
  context.fill();
}

/** The sign of a minimum. */
export function paintCross(context: Context, [x, y]: Point, colors: Colors): void {
  context.beginPath();
  for (const side of [-1, 1]) {
    context.moveTo(x - 5, y - 5 * side);
    context.lineTo(x + 5, y + 5 * side);
  }
  stroke(context, colors.paper, colors.ink, 1.5);
}

/** Strokes a line with a casing, which makes it stand out from any ground. */
function stroke(context: Context, casing: string, color: string, width: number, dash: number[] = []): void {
  for (const [style, across, gaps] of [[casing, 4, []], [color, width, dash]] as const) {
    context.strokeStyle = style;
    context.lineWidth = across;
    context.setLineDash([...gaps]);
    context.stroke();
  }
  context.setLineDash([]);
}

/** What explains a step: arrows with their names, and boxes of step sizes. */
export function paintArrows(context: Context, view: View, arrows: Arrow[], colors: Colors): void {
  const labels = new Labels(context, [view.width, view.height], colors);
  for (const { name, from, by, to_scale, box } of arrows) {
    const [x, y] = view.px(from);
    const reach = (d: number[]): Point => view.px([(from[0] ?? 0) + (d[0] ?? 0), (from[1] ?? 0) + (d[1] ?? 0)]);
    context.strokeStyle = context.fillStyle = colors.ink;
    context.lineWidth = 1.5;
    if (box) {
      const [x2, y2] = reach(box);
      context.setLineDash([2, 3]);
      context.strokeRect(2 * x - x2, y2, 2 * (x2 - x), 2 * (y - y2));
      context.setLineDash([]);
      // Above the middle of its upper side.
      const above: Point = [x, Math.min(y2, 2 * y - y2) - 4];
      if (view.holds(above)) labels.write(name, above);
      continue;
    }
    let [tx, ty] = reach(by ?? [0, 0]);
    const length = Math.sqrt((tx - x) ** 2 + (ty - y) ** 2);
    if (!(length > 0 && length < 1e5)) continue;
    if (!to_scale) [tx, ty] = [x + ((tx - x) / length) * DIRECTION, y + ((ty - y) / length) * DIRECTION];
    context.setLineDash(to_scale ? [] : [6, 3]);
    arrow(context, [x, y], [tx, ty]);
    context.setLineDash([]);
    if (view.holds([x, y]) || view.holds([tx, ty])) labels.write(name, [tx, ty]);
  }
}

function arrow(context: Context, [x, y]: Point, [tx, ty]: Point): void {
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

/** A px, but no farther out than can matter. */
const clamp = (v: number, size: number): number => Math.min(Math.max(v, -4 * size), 5 * size);
