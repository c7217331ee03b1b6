// The chart of the loss of all runs, with a marker at the position of the player.

import type { WorkerClient } from "./client";
import { get } from "./dom";
import { latest } from "./latest";
import { svgElement } from "./svg";

export interface ChartOptions { byEvaluations: boolean; theme: string; epochs: number[] }

export class Chart {
  private log = get<HTMLInputElement>("log");

  constructor(private client: WorkerClient, private options: () => ChartOptions) {
    this.log.addEventListener("change", () => this.refresh());
  }

  /** Redraws the chart. */
  refresh = latest(async () => {
    const { byEvaluations, theme, epochs } = this.options();
    const svg = await this.client.chart(this.log.checked, byEvaluations, theme, epochs, get("chart").clientWidth);
    get("chart").replaceChildren(svgElement(svg, "chart"));
  });
}
