// The guided tour: steps that set the page up. Its numbers come from the runs.

import { get, make } from "./dom";
import type { Columns } from "./lab";
import lessons from "./lessons.json";
import steps from "./tour.json";

/** What a step shows: an experiment, the part of the map, an epoch, the run that is looked into, a figure beside the map. */
export interface Scene { address: string; epoch?: number; inspect?: number; window?: number[]; start?: string; figure?: string }

export class Tour {
  private at = 0;

  /** `set` shows a scene and returns what its runs came to. */
  constructor(private set: (scene: Scene) => Promise<Columns | undefined>) {
    get("tour-open").addEventListener("click", () => void this.go(0));
    get("tour-back").addEventListener("click", () => void this.go(this.at - 1));
    get("tour-next").addEventListener("click", () => void this.go(this.at + 1));
    get("tour-leave").addEventListener("click", () => this.leave());
    const items = lessons.map((lesson) => {
      const link = make("a", { href: `#${lesson.address}` }, lesson.title);
      return make("li", {}, link, ` ${lesson.text}`);
    });
    get("lessons").replaceChildren(...items);
  }

  private async go(at: number): Promise<void> {
    if (at >= steps.length) return this.leave();
    this.at = Math.max(at, 0);
    const step = steps[this.at] as (typeof steps)[number] & Scene;
    get("tour").hidden = false;
    const columns = await this.set(step);
    const epochs = columns?.table.map((row) => String(row.epochs)) ?? [];
    get("tour-title").textContent = step.title;
    get("tour-text").textContent = step.text.replace(/\{(\d)\}/g, (_, i: string) => epochs[Number(i)] ?? "");
    get("tour-place").textContent = `${this.at + 1} of ${steps.length}`;
    get<HTMLButtonElement>("tour-back").disabled = this.at === 0;
    get("tour-next").textContent = this.at === steps.length - 1 ? "Finish" : "Next";
  }

  private leave(): void {
    get("tour").hidden = true;
    get("tour-open").focus();
  }
}
