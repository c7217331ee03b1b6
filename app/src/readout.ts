// What stands below the map: the loss and its gradient where somebody points.

import { get } from "./dom";
import type { Lab } from "./lab";
import { latest } from "./latest";
import type { Point } from "./view";

const ASK = "Move over the map, or tap it, to read the loss and its gradient.";
const NO_MAP = "There is no map: the problem has one weight.";

export class Readout {
  private place = get("readout");
  private at: Point = [0, 0];
  private window: number[] = [];

  constructor(private lab: Lab) {}

  /** Nobody points anywhere. */
  reset(hasMap: boolean): void {
    this.place.textContent = hasMap ? ASK : NO_MAP;
  }

  /** Reads a point of the part of the map that is shown. */
  point(at: Point, window: number[]): void {
    [this.at, this.window] = [at, window];
    this.read();
  }

  private read = latest(async () => {
    this.place.textContent = await this.lab.point(...this.at, this.window);
  });
}
