// A GIF of what is shown: the program draws each picture, the browser makes pixels of it, and the program packs them.

import { get } from "./dom";
import type { Lab } from "./lab";
import type { Player } from "./player";
import { onCanvas } from "./svg";

/** Pictures a second, the most of them, and the seconds that the last is seen longer. */
const FPS = 15;
const MOST = 120;
const PAUSE = 2;
/** The most pixels across. */
const WIDTH = 800;

export class Film {
  private button = get("save-gif");
  private label = this.button.textContent;
  private going = false;

  /** `draw` gives the picture of the runs after so many epochs each, as SVG. */
  constructor(private lab: Lab, private player: Player, private draw: (epochs: number[]) => Promise<string>) {}

  /** Stops a film that is being made: what it shows is gone. */
  stop(): void {
    this.going = false;
  }

  /** The film from the start to the end; none where it was stopped, as it is by asking once more. */
  async record(): Promise<Blob | undefined> {
    if (this.going) {
      this.going = false;
      return undefined;
    }
    this.going = true;
    try {
      return await this.pictures();
    } finally {
      this.going = false;
      this.button.textContent = this.label;
    }
  }

  private async pictures(): Promise<Blob | undefined> {
    const { player, lab } = this;
    const end = player.last;
    const count = Math.min(end + 1, MOST);
    const places = Array.from({ length: count }, (_, i) => Math.round((i * end) / Math.max(1, count - 1)));
    const size: [number, number] = [0, 0];
    const pixels = async (i: number): Promise<Uint8Array> => {
      const place = places[i] ?? 0;
      const canvas = await onCanvas(await this.draw(player.shownAt(place)), (width) => Math.min(1, WIDTH / width));
      // Words may make a picture higher than the last, whose size all have.
      if (size[0] === 0) [size[0], size[1]] = [canvas.width, canvas.height];
      const context = canvas.getContext("2d");
      if (!context) throw new Error("this browser has no canvas");
      paintPlace(context, player.words(place));
      const { data } = context.getImageData(0, 0, ...size);
      // What lies outside of a canvas is clear, and a GIF is not.
      for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] === 0) data.fill(255, alpha - 3, alpha + 1);
      return new Uint8Array(data.buffer);
    };
    const last = await pixels(count - 1);
    await lab.filmBegin(size, last);
    for (let i = 0; i < count; i += 1) {
      if (!this.going) return undefined;
      this.button.textContent = `Stop (${i + 1} of ${count})`;
      await lab.filmAdd(await pixels(i), i / FPS, (i + 1) / FPS + (i + 1 === count ? PAUSE : 0));
    }
    return new Blob([await lab.filmEnd()], { type: "image/gif" });
  }
}

/** Writes into the corner how far the runs have come. */
function paintPlace(context: CanvasRenderingContext2D, words: string): void {
  context.font = "13px system-ui, sans-serif";
  context.textAlign = "right";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = "#ffffff";
  context.strokeText(words, context.canvas.width - 8, 18);
  context.fillStyle = "#1b2430";
  context.fillText(words, context.canvas.width - 8, 18);
}
