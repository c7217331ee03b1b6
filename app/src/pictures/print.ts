// Prepares a light version of a dark page, because a browser does not wait for drawings when it prints.

import type { Colors } from "../rpc/client";
import type { MapDrawings } from "../map/map";

/** Milliseconds without a change after which the light version is prepared. */
const DELAY = 500;

/** The light colors, and the map and the picture drawn with them. The picture is empty if no figure is shown. */
export interface PrintVersion { colors: Colors; map: MapDrawings; picture: string }

export class PrintPreparation {
  private version: PrintVersion | undefined;
  private timer = 0;
  private changes = 0;

  /** `make` creates the light version, or nothing if the page is light. `show` shows it and returns a function that
   *  restores the page. */
  constructor(private make: () => Promise<PrintVersion | undefined>, show: (version: PrintVersion) => () => void) {
    let restore = (): void => {};
    addEventListener("beforeprint", () => {
      if (this.version) restore = show(this.version);
    });
    addEventListener("afterprint", () => {
      restore();
      restore = () => {};
    });
  }

  /** Discards the prepared version and prepares a new one after a delay. */
  invalidate(): void {
    this.version = undefined;
    this.changes += 1;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.prepare(), DELAY);
  }

  private async prepare(): Promise<void> {
    const { changes } = this;
    // If the light version cannot be drawn, the page is printed as it is.
    const version = await this.make().catch(() => undefined);
    if (changes === this.changes) this.version = version;
  }
}
