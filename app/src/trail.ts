// The trail of what was shown: the address of the page, its entries in the browser's history, and the command beside it.

import { get } from "./dom";
import type { Lab, Link } from "./lab";

/** How a change enters the history: as a new entry, in the place of the last one, as no more than a look, or not at all. */
export type Entry = "new" | "same" | "look" | "none";

/** Milliseconds of rest after which looks are written down: browsers refuse too many entries. */
const REST = 250;

export class Trail {
  private before: Entry = "none";
  private resting = 0;

  /** `parts` are those of what is shown, a key and a value in turn. */
  constructor(private lab: Lab, private parts: () => string[]) {}

  /** The link and the command of what is shown. */
  async here(): Promise<Link> {
    const link = await this.lab.link(this.parts());
    get("command").textContent = link.command;
    return link;
  }

  /** What is shown has changed. A drag is one entry, made with its first change. */
  async note(entry: Entry): Promise<void> {
    clearTimeout(this.resting);
    const makes = entry === "new" || (entry === "same" && this.before !== "same");
    if (entry !== "look") this.before = entry;
    if (makes) history.pushState(null, "", `#${(await this.here()).address}`);
    else if (entry === "none") await this.here();
    else this.resting = window.setTimeout(() => void this.replace().catch(() => {}), REST);
  }

  /** Forgets a look that has not been written down: something else is opened. */
  hush(): void {
    clearTimeout(this.resting);
  }

  private async replace(): Promise<void> {
    const { address } = await this.here();
    if (location.hash !== `#${address}`) history.replaceState(null, "", `#${address}`);
  }
}
