// The chart of the loss of all runs, with a marker at the position of the player.

import type { Position, WorkerClient } from "./client";
import { get } from "./dom";
import { latest } from "./latest";
import { svgElement } from "./svg";

export interface ChartOptions { theme: string; position: Position }

export class Chart {
  private log = get<HTMLInputElement>("log");

  constructor(private client: WorkerClient, private options: () => ChartOptions) {
    this.log.addEventListener("change", () => void this.refresh());
  }

  /** Redraws the chart. */
  refresh = latest(async () => {
    const { theme, position } = this.options();
    const svg = await this.client.chart(this.log.checked, theme, position, get("chart").clientWidth);
    get("chart").replaceChildren(svgElement(svg, "chart"));
  });
}
