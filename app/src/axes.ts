// The numbers along the edges of the map, and the names of what lies across and up.

import type { Colors, Tick } from "./lab";
import type { View } from "./view";

/** Length in px of the line at a number. */
const TICK = 5;
/** Least distance in px of a number from the corner, where the names are. */
const CORNER = 16;

/** Paints them inside the edges, so that the map fills its place. */
export function paintAxes(context: CanvasRenderingContext2D, view: View, axes: Tick[][], names: string[], colors: Colors): void {
  context.font = "11px system-ui, sans-serif";
  context.lineWidth = 1;
  const write = (text: string, x: number, y: number, align: CanvasTextAlign): void => {
    context.textAlign = align;
    context.lineWidth = 3;
    context.strokeStyle = colors.paper;
    context.strokeText(text, x, y);
    context.fillStyle = colors.ink;
    context.fillText(text, x, y);
  };
  const line = (x: number, y: number, x2: number, y2: number): void => {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x2, y2);
    for (const [style, width] of [[colors.paper, 3], [colors.ink, 1]] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
  };
  context.lineJoin = "round";
  const [across = [], up = []] = axes;
  const { width, height } = view;
  const [first = "", second = ""] = names;
  const room = width - context.measureText(first).width - CORNER;
  for (const { at, text } of across) {
    const [x] = view.px([at, 0]);
    const half = context.measureText(text).width / 2;
    if (x - half < CORNER || x + half > room) continue;
    line(x, height, x, height - TICK);
    write(text, x, height - TICK - 4, "center");
  }
  write(first, width - 6, height - TICK - 4, "right");
  for (const { at, text } of up) {
    const [, y] = view.px([0, at]);
    if (y < 2 * CORNER || y > height - 2 * CORNER) continue;
    line(0, y, TICK, y);
    write(text, TICK + 4, y + 4, "left");
  }
  write(second, 6, 14, "left");
}
