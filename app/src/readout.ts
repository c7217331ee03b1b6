// The line below the map: the loss and the gradient at the pointer.

import type { WorkerClient } from "./client";
import { get } from "./dom";
import { latest } from "./latest";
import type { Point } from "./view";

const HINT = "Point at the map, or tap it, to read the loss and the gradient.";
const NO_MAP = "There is no map, because the problem has only one weight.";

export class Readout {
  private element = get("readout");
  private at: Point = [0, 0];
  private window: number[] = [];

  constructor(private client: WorkerClient) {}

  /** Shows the hint. */
  reset(hasMap: boolean): void {
    this.element.textContent = hasMap ? HINT : NO_MAP;
  }

  /** Describes a point of the visible part of the map. */
  show(at: Point, window: number[]): void {
    [this.at, this.window] = [at, window];
    this.refresh();
  }

  private refresh = latest(async () => {
    this.element.textContent = await this.client.readout(...this.at, this.window);
  });
}
