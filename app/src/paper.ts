// What goes onto paper: a dark page keeps light colours ready, for a browser that prints waits for nothing.

import type { Colors } from "./lab";
import type { Drawings } from "./map";

/** Milliseconds of rest after which it is made. */
const REST = 500;

/** The colors of paper, and the map and the picture beside it in them; the picture is empty where there is none. */
export interface Sheet { colors: Colors; map: Drawings; picture: string }

export class Paper {
  private sheet: Sheet | undefined;
  private resting = 0;
  private asked = 0;

  /** `make` makes a sheet of what is shown, or none where that is light already; `show` shows one, and returns what takes
   *  it away again. */
  constructor(private make: () => Promise<Sheet | undefined>, show: (sheet: Sheet) => () => void) {
    let takeAway = (): void => {};
    addEventListener("beforeprint", () => {
      if (this.sheet) takeAway = show(this.sheet);
    });
    addEventListener("afterprint", () => {
      takeAway();
      takeAway = () => {};
    });
  }

  /** What is shown has changed. */
  changed(): void {
    this.sheet = undefined;
    this.asked += 1;
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => void this.renew(), REST);
  }

  private async renew(): Promise<void> {
    const mine = this.asked;
    // What cannot be drawn is not printed in other colours.
    const sheet = await this.make().catch(() => undefined);
    if (mine === this.asked) this.sheet = sheet;
  }
}
