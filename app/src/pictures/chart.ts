// The chart of the loss of all runs, with a marker at the position of the player.

import type { PlayerTime, WorkerClient } from "../rpc/client";
import { get } from "../base/dom";
import { latest } from "../rpc/latest";
import { state } from "../state";
import { svgElement } from "./svg";

/** Milliseconds between two drawings while the user drags, because converting the chart to elements takes long. */
const PAUSE = 120;

export class Chart {
  private log = get<HTMLInputElement>("log");
  private drawnAt = 0;

  /** `isDragging` states whether changes follow each other quickly. */
  constructor(private client: WorkerClient, private theme: () => string, private time: () => PlayerTime, private isDragging: () => boolean) {
    this.log.addEventListener("change", () => void this.refresh());
    state.view.watch(() => void this.refresh());
    new ResizeObserver(() => void this.refresh()).observe(get("views"));
  }

  /** Redraws the chart if it is visible. */
  refresh = latest(async () => {
    const container = get("chart");
    if (container.clientWidth === 0) return;
    const rest = this.drawnAt + PAUSE - performance.now();
    if (this.isDragging() && rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    const svg = await this.client.chart(this.log.checked, this.theme(), state.position.value, container.clientWidth, this.time());
    container.replaceChildren(svgElement(svg, "chart"));
    this.drawnAt = performance.now();
  });
}
