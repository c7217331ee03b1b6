// The chart of the loss of all runs, with a marker at the position of the player.

import type { PlayerTime, WorkerClient } from "../rpc/client";
import { get } from "../base/dom";
import { latest } from "../rpc/latest";
import { state } from "../state";
import { svgElement } from "./svg";

/** Minimum milliseconds between two drawings while the user drags, because converting the chart to elements takes long. */
const PAUSE = 120;
/** The same as a multiple of the time that the last drawing took: the map has priority over a chart of many long runs. */
const PAUSE_FACTOR = 10;
/** Milliseconds after which a waiting chart notices the end of a drag. */
const POLL_INTERVAL = 50;

export class Chart {
  private log = get<HTMLInputElement>("log");
  /** Until when the next drawing waits during a drag. */
  private waitsUntil = 0;

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
    while (this.isDragging() && performance.now() < this.waitsUntil) await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
    const begin = performance.now();
    const svg = await this.client.chart(this.log.checked, this.theme(), state.position.value, container.clientWidth, this.time());
    container.replaceChildren(svgElement(svg, "chart"));
    const end = performance.now();
    this.waitsUntil = end + Math.max(PAUSE, PAUSE_FACTOR * (end - begin));
  });
}
