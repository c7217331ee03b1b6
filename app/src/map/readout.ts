// The line below the map: the loss and the gradient at the pointer.

import type { WorkerClient } from "../rpc/client";
import { get } from "../base/dom";
import { latest } from "../rpc/latest";
import type { Point } from "./view";

const HINT = "Point at the map, or tap it, to read the loss and the gradient.";
const NO_MAP = "There is no map, because the problem has only one weight.";
const NO_PLANE = "There is no map, because the first path defines no plane. Select another plane of the map.";

export class Readout {
  private element = get("readout");
  private at: Point = [0, 0];
  private window: number[] = [];

  constructor(private client: WorkerClient) {}

  /** Shows the hint, or why a problem with this number of weights has no map. */
  reset(hasMap: boolean, dim: number): void {
    this.element.textContent = hasMap ? HINT : dim < 2 ? NO_MAP : NO_PLANE;
  }

  /** Describes a point of the visible part of the map. */
  show(at: Point, window: number[]): void {
    [this.at, this.window] = [at, window];
    void this.refresh();
  }

  private refresh = latest(async () => {
    this.element.textContent = await this.client.readout(...this.at, this.window);
  });
}
