// The loss of all runs, with a sign where the player stands.

import { get } from "./dom";
import type { Lab } from "./lab";
import { drawn } from "./svg";

/** How the chart is to be seen. */
export interface Way { byEvaluations: boolean; theme: string; epochs: number[] }

export class Chart {
  private log = get<HTMLInputElement>("log");
  private asking = false;
  private stale = false;

  constructor(private lab: Lab, private way: () => Way) {
    this.log.addEventListener("change", () => this.refresh());
  }

  /** Draws anew; of what comes while one is drawn, only the last is. */
  refresh(): void {
    this.stale = true;
    if (!this.asking) void this.ask();
  }

  private async ask(): Promise<void> {
    this.asking = true;
    while (this.stale) {
      this.stale = false;
      const { byEvaluations, theme, epochs } = this.way();
      try {
        const svg = await this.lab.chart(this.log.checked, byEvaluations, theme, epochs);
        get("chart").replaceChildren(drawn(svg, "chart"));
      } catch {
        // The run was stopped: the last chart stays.
      }
    }
    this.asking = false;
  }
}
