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

  /** Returns the window moved by a distance in px. Its center stays within the limit around the full window. */
  moved(dx: number, dy: number, full: number[]): number[] {
    const distances = [-dx / this.width, dy / this.height];
    return this.change(full, ([low, high], [first, last], axis) => {
      const reach = MAX_SIDE * (last - first);
      const shift = (distances[axis] ?? 0) * (high - low);
      const center = Math.min(Math.max((low + high) / 2 + shift, first - reach), last + reach);
      return [center - (high - low) / 2, center + (high - low) / 2];
    });
  }

  /** Returns the window enlarged by a factor around a position in px. Its sides stay between the limits, which are multiples
   *  of those of the full window. */
  zoomed(factor: number, at: Point, full: number[]): number[] {
    const fixed = this.pointAt(at);
    const sides = [0, 2].map((i) => [sideOf(this.window, i), sideOf(full, i)] as const);
    // A window beyond a limit, for example in a link, can only be brought back.
    const finest = MIN_RELATIVE_SIDE * Math.max(...this.window.map(Math.abs));
    const least = Math.max(...sides.map(([side, whole]) => Math.min(1, Math.max(MIN_SIDE * whole, finest) / side)));
    const most = Math.min(...sides.map(([side, whole]) => Math.max(1, (MAX_SIDE * whole) / side)));
    const allowed = Math.min(Math.max(factor, least), most);
    return this.change(full, (ends, _, axis) => {
      const center = fixed[axis] ?? 0;
      return [center + allowed * (ends[0] - center), center + allowed * (ends[1] - center)];
    });
  }

  /** Returns the window with changed ends of both axes, rounded so that a link stores few digits. */
  private change(full: number[], ends: (now: Point, full: Point, axis: number) => Point): number[] {
    const pixels = [this.width, this.height];
    return [0, 1].flatMap((axis) => {
      const [low, high] = ends(endsOf(this.window, axis), endsOf(full, axis), axis);
      return [low, high].map((v) => rounded(v, (high - low) / (pixels[axis] || 1)));
    });
  }
}

/** The smallest and the largest side of a window as a multiple of the full window. */
const [MIN_SIDE, MAX_SIDE] = [1e-6, 1e3];
/** The smallest side relative to the coordinates. Smaller sides have too few floating-point numbers. */
const MIN_RELATIVE_SIDE = 1e-10;

const endsOf = (window: number[], axis: number): Point => [window[2 * axis] ?? 0, window[2 * axis + 1] ?? 1];
const sideOf = (window: number[], i: number): number => (window[i + 1] ?? 1) - (window[i] ?? 0);

/** Rounds a number to the power of ten that is at most a twentieth of the width of a px. */
function rounded(v: number, px: number): number {
  const exponent = Math.floor(Math.log10(px / 20));
  // Powers of ten with a positive exponent are exact, and the nearest number to a decimal text has few digits.
  return exponent >= 0 ? Math.round(v / 10 ** exponent) * 10 ** exponent : Number(v.toFixed(Math.min(-exponent, 100)));
}
