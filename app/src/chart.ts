// The loss of all runs, with a sign where the player stands.

import { get } from "./dom";
import type { Lab } from "./lab";
import { latest } from "./latest";
import { drawn } from "./svg";

/** How the chart is to be seen. */
export interface Way { byEvaluations: boolean; theme: string; epochs: number[] }

export class Chart {
  private log = get<HTMLInputElement>("log");

  constructor(private lab: Lab, private way: () => Way) {
    this.log.addEventListener("change", () => this.refresh());
  }

  /** Draws anew. */
  refresh = latest(async () => {
    const { byEvaluations, theme, epochs } = this.way();
    const svg = await this.lab.chart(this.log.checked, byEvaluations, theme, epochs, get("chart").clientWidth);
    get("chart").replaceChildren(drawn(svg, "chart"));
  });
}
