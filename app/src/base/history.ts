// The address of the page, its entries in the browser's history, and the command that corresponds to the address.

import type { Link, WorkerClient } from "../rpc/client";
import { get } from "./dom";

/**
 * How a change is recorded in the history.
 *
 * - `new` adds an entry.
 * - `drag` is one of several changes that together form one entry; the change that ends the drag is `new`.
 * - `view` changes only the view and replaces the current entry.
 * - `none` records nothing.
 */
export type HistoryEntry = "new" | "drag" | "view" | "none";

/** Milliseconds without a change after which the entry is replaced. Browsers limit the rate of changes. */
const DELAY = 250;

export class AddressHistory {
  private previous: HistoryEntry = "none";
  private timer = 0;
  /** Number of addresses that were opened. */
  private generation = 0;
  /** The browser's address when it was opened or written here. After a click on a link, the browser has another one before the
   *  page opens it. */
  private known = location.hash;

  /** `parts` returns the current address as alternating keys and values. */
  constructor(private client: WorkerClient, private parts: () => string[]) {}

  /** Returns the link and the command of the current state. */
  async currentLink(): Promise<Link> {
    const link = await this.client.link(this.parts());
    get("command").textContent = link.command;
    return link;
  }

  /** Records a change of the current state. */
  async record(entry: HistoryEntry): Promise<void> {
    clearTimeout(this.timer);
    const wasDragging = this.previous === "drag";
    if (entry !== "view") this.previous = entry;
    if (entry === "none") await this.currentLink();
    else if (entry === "new" || (entry === "drag" && !wasDragging)) await this.write(!wasDragging);
    else this.timer = window.setTimeout(() => void this.write(false).catch(() => {}), DELAY);
  }

  /** Discards pending changes and ends a drag, because another address is opened. */
  discardPending(): void {
    clearTimeout(this.timer);
    this.generation += 1;
    this.known = location.hash;
    this.previous = "none";
  }

  /** Writes the current state to the history, as a new entry or instead of the last one. */
  private async write(asNew: boolean): Promise<void> {
    const { generation } = this;
    const { address } = await this.currentLink();
    if (generation !== this.generation || location.hash !== this.known) return;
    if (asNew) history.pushState(null, "", `#${address}`);
    else if (location.hash !== `#${address}`) history.replaceState(null, "", `#${address}`);
    this.known = location.hash;
  }
}
