// Which point of the map lies under a px, and how a window moves under a hand. It is all that the page works out by itself.

export type Point = [number, number];

/** A window of the map in a picture of so many px. */
export class View {
  constructor(readonly window: number[], readonly width: number, readonly height: number) {}

  /** Where another window of the map lies: left, top, width, height in px. */
  place(window: number[]): [number, number, number, number] {
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    const [left2 = 0, right2 = 1, low2 = 0, high2 = 1] = window;
    const [across, up] = [this.width / (right - left), this.height / (high - low)];
    return [(left2 - left) * across, (high - high2) * up, (right2 - left2) * across, (high2 - low2) * up];
  }

  /** The point under a px. */
  under([x, y]: Point): Point {
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    return [left + (x / this.width) * (right - left), high - (y / this.height) * (high - low)];
  }

  /** The window moved by so many px. */
  moved(dx: number, dy: number): number[] {
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    const [across, up] = [(dx / this.width) * (right - left), (dy / this.height) * (high - low)];
    return [left - across, right - across, low + up, high + up];
  }

  /** The window larger by a factor around a px; none where numbers next to each other would be seen. */
  zoomed(factor: number, at: Point): number[] | undefined {
    const [cx, cy] = this.under(at);
    const [left = 0, right = 1, low = 0, high = 1] = this.window;
    const next = [left, right].map((v) => cx + factor * (v - cx)).concat([low, high].map((v) => cy + factor * (v - cy)));
    const [a = 0, b = 1] = next;
    return b - a > 1e-8 * Math.max(Math.abs(a), Math.abs(b)) && b - a < 1e12 ? next : undefined;
  }
}
