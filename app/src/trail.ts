// The trail of what was shown: the address of the page, its entries in the browser's history, and the command beside it.

import { get } from "./dom";
import type { Lab, Link } from "./lab";

/**
 * How a change enters the history: as an entry, as one of many of a drag that may go on, as no more than a look, or not at
 * all. The changes of a drag and the one that ends it are one entry.
 */
export type Entry = "new" | "same" | "look" | "none";

/** Milliseconds of rest after which looks are written down: browsers refuse too many entries. */
const REST = 250;

export class Trail {
  private before: Entry = "none";
  private resting = 0;
  /** How often something else was opened. */
  private era = 0;

  /** `parts` are those of what is shown, a key and a value in turn. */
  constructor(private lab: Lab, private parts: () => string[]) {}

  /** The link and the command of what is shown. */
  async here(): Promise<Link> {
    const link = await this.lab.link(this.parts());
    get("command").textContent = link.command;
    return link;
  }

  /** What is shown has changed. */
  async note(entry: Entry): Promise<void> {
    clearTimeout(this.resting);
    const drags = this.before === "same";
    if (entry !== "look") this.before = entry;
    if (entry === "none") await this.here();
    else if (entry === "new" || (entry === "same" && !drags)) await this.write(!drags);
    else this.resting = window.setTimeout(() => void this.write(false).catch(() => {}), REST);
  }

  /** Something else is opened: what has not been written down is forgotten, and a drag is over. */
  hush(): void {
    clearTimeout(this.resting);
    this.era += 1;
    this.before = "none";
  }

  /** Writes what is shown into the history, as an entry or in the place of the last. */
  private async write(anew: boolean): Promise<void> {
    const { era } = this;
    const { address } = await this.here();
    if (era !== this.era) return;
    if (anew) history.pushState(null, "", `#${address}`);
    else if (location.hash !== `#${address}`) history.replaceState(null, "", `#${address}`);
  }
}
