// Converts between points of the map and positions in px, and moves and zooms windows. The page calculates nothing else.

export type Point = [number, number];

/** A window of the map in a picture with a size in px. */
export class View {
  constructor(readonly window: number[], readonly width: number, readonly height: number) {}

  /** Returns the position of another window: left, top, width, and height in px. */
  place(window: number[]): [number, number, number, number] {
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    const [left2 = 0, right2 = 1, low2 = 0, high2 = 1] = window;
    const [across, up] = [this.width / (right - left), this.height / (high - low)];
    return [(left2 - left) * across, (high - high2) * up, (right2 - left2) * across, (high2 - low2) * up];
  }

  /** Returns the point at a position in px. */
  pointAt([x, y]: Point): Point {
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    return [left + (x / this.width) * (right - left), high - (y / this.height) * (high - low)];
  }

  /** Returns the window moved by a distance in px. */
  moved(dx: number, dy: number): number[] {
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    const [across, up] = [(dx / this.width) * (right - left), (dy / this.height) * (high - low)];
    return [left - across, right - across, low + up, high + up];
  }

  /** Returns the window enlarged by a factor around a position in px, or nothing at the limits of floating-point numbers. */
  zoomed(factor: number, at: Point): number[] | undefined {
    const [cx, cy] = this.pointAt(at);
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    const next = [left, right].map((v) => cx + factor * (v - cx)).concat([low, high].map((v) => cy + factor * (v - cy)));
    const [a = 0, b = 1] = next;
    return b - a > 1e-8 * Math.max(Math.abs(a), Math.abs(b)) && b - a < 1e12 ? next : undefined;
  }
}
