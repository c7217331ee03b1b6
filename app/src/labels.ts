// Names beside what they name: inside of the picture, and none over another.

import type { Colors } from "./lab";
import type { Point } from "./view";

interface Box { left: number; top: number; right: number; bottom: number }

const HEIGHT = 14;
/** Distances of a name from what it names, the better first. */
const GAPS = [8, 20, 34];
/** What a line takes on both sides of it. */
const REACH = 3;

/** Room in the corners where the axes have their names. */
const CORNER: Point = [100, 24];

export class Labels {
  private taken: Box[];

  constructor(private context: CanvasRenderingContext2D, private size: Point, private colors: Colors) {
    const [right, bottom] = size;
    this.taken = [
      { left: 0, top: 0, right: CORNER[0], bottom: CORNER[1] },
      { left: right - CORNER[0], top: bottom - CORNER[1], right, bottom },
    ];
  }

  /** Keeps names off a line. */
  avoid([x, y]: Point, [tx, ty]: Point): void {
    const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(tx - x), Math.abs(ty - y)) / REACH));
    for (let i = 0; i <= Math.min(pieces, 1000); i += 1) {
      const [px, py] = [x + ((tx - x) * i) / pieces, y + ((ty - y) * i) / pieces];
      this.taken.push({ left: px - REACH, right: px + REACH, top: py - REACH, bottom: py + REACH });
    }
  }

  /** Writes a name beside a point, on the first side that has room. */
  write(name: string, [x, y]: Point): void {
    const { context, colors } = this;
    context.font = "12px system-ui, sans-serif";
    const width = context.measureText(name).width;
    const sides = GAPS.flatMap((gap): Point[] => [
      [x + gap, y - HEIGHT / 2], [x - gap - width, y - HEIGHT / 2], [x - width / 2, y - gap - HEIGHT], [x - width / 2, y + gap],
      [x + gap, y + gap], [x - gap - width, y + gap], [x + gap, y - gap - HEIGHT], [x - gap - width, y - gap - HEIGHT],
    ]);
    const boxes = sides.map(([left, top]) => ({ left, top, right: left + width, bottom: top + HEIGHT }));
    const box = boxes.find((box) => this.free(box)) ?? this.least(boxes.map((box) => this.inside(box)));
    this.taken.push(box);
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = colors.paper;
    context.strokeText(name, box.left, box.bottom - 3);
    context.fillStyle = colors.ink;
    context.fillText(name, box.left, box.bottom - 3);
  }

  private free(box: Box): boolean {
    const [width, height] = this.size;
    return box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height && this.covered(box) === 0;
  }

  /** How many of what is there a box covers. */
  private covered(box: Box): number {
    const apart = (other: Box): boolean =>
      other.right < box.left || box.right < other.left || other.bottom < box.top || box.bottom < other.top;
    return this.taken.filter((other) => !apart(other)).length;
  }

  /** The box that covers the least, of at least one. */
  private least(boxes: Box[]): Box {
    const [first, ...others] = boxes as [Box, ...Box[]];
    return others.reduce((best, box) => (this.covered(box) < this.covered(best) ? box : best), first);
  }

  private inside(box: Box): Box {
    const [width, height] = this.size;
    const across = Math.max(-box.left, 0) + Math.min(width - box.right, 0);
    const down = Math.max(-box.top, 0) + Math.min(height - box.bottom, 0);
    return { left: box.left + across, right: box.right + across, top: box.top + down, bottom: box.bottom + down };
  }
}
