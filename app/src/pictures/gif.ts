// Records a GIF of the map or the figure. The worker draws each frame as SVG, the browser converts it to pixels, and the
// worker encodes the pixels.

import type { Position, WorkerClient } from "../rpc/client";
import { get } from "../base/dom";
import type { Player } from "../controls/player";
import { renderSvg } from "./svg";

/** Seconds from the first to the last position. */
const DURATION = 8;
const MAX_FRAMES = 120;
/** Additional seconds for which the last frame is shown. */
const FINAL_PAUSE = 2;
/** Time limit in seconds of a recording. */
const TIME_LIMIT = 8;
/** A figure that is too slow for this number of frames is drawn with fewer tiles. */
const SMOOTH_FRAMES = 40;
/** Maximum width in pixels. */
const MAX_WIDTH = 800;

export class GifRecorder {
  private button = get("save-gif");
  private label = this.button.textContent;
  private recording = false;

  /** `recipe` returns the command that draws the animation. `draw` returns the SVG of the runs up to a position of the player. A draft of a surface has fewer tiles. */
  constructor(
    private client: WorkerClient, private player: Player, private recipe: () => Promise<string>,
    private draw: (position: Position, isDraft: boolean) => Promise<string>,
  ) {}

  /** Cancels the recording, for example because another experiment is shown. */
  stop(): void {
    this.recording = false;
  }

  /** Records from the first to the last position of the player. A second call cancels the recording and returns nothing. */
  async record(): Promise<Blob | undefined> {
    if (this.recording) {
      this.recording = false;
      return undefined;
    }
    this.recording = true;
    try {
      return await this.recordFrames();
    } finally {
      this.recording = false;
      this.button.textContent = this.label;
    }
  }

  private async recordFrames(): Promise<Blob | undefined> {
    const { player, client } = this;
    const positions = Array.from({ length: MAX_FRAMES }, (_, i) => player.at(i / (MAX_FRAMES - 1)));
    // Frames of the same position are one.
    const starts = positions.flatMap((position, i) => (position === positions[i - 1] ? [] : [i]));
    const count = starts.length;
    const position = (i: number): number => positions[starts[i] ?? 0] ?? 0;
    const time = (i: number): number => ((starts[i] ?? MAX_FRAMES) * DURATION) / MAX_FRAMES;
    const begin = performance.now();
    const seconds = (): number => (performance.now() - begin) / 1000;
    const size: [number, number] = [0, 0];
    let last = await this.pixels(position(count - 1), size, false);
    const isSlow = seconds() * Math.min(count, SMOOTH_FRAMES) > TIME_LIMIT;
    if (isSlow) last = await this.pixels(position(count - 1), size, true);
    await client.beginGif(size, last, await this.recipe());
    const first = seconds();
    for (let i = 0, drawn = 1; ; drawn += 1) {
      if (!this.recording) return undefined;
      this.button.textContent = `Stop (${i + 1} of ${count})`;
      const pixels = i + 1 === count ? last : await this.pixels(position(i), size, isSlow);
      // If the time is not sufficient for all frames, some are skipped, and the others are shown longer.
      const cost = Math.max((seconds() - first) / drawn, 1e-3);
      const affordable = Math.max(1, Math.floor((TIME_LIMIT - seconds()) / cost));
      const next = Math.min(count, i + Math.max(1, Math.ceil((count - 1 - i) / affordable)));
      const pause = next === count ? FINAL_PAUSE : 0;
      await client.addGifFrame(pixels, time(i), time(next) + pause);
      if (next === count) break;
      i = next;
    }
    return new Blob([await client.endGif()], { type: "image/gif" });
  }

  /** Returns the pixels of a frame. The first frame determines the size, because text can make another frame taller. */
  private async pixels(position: number, size: [number, number], isDraft: boolean): Promise<Uint8Array> {
    const svg = await this.draw(this.player.positionAt(position), isDraft);
    const canvas = await renderSvg(svg, (width) => Math.min(1, MAX_WIDTH / width));
    if (size[0] === 0) [size[0], size[1]] = [canvas.width, canvas.height];
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser does not support canvas");
    paintPosition(context, this.player.describe(position));
    const { data } = context.getImageData(0, 0, ...size);
    // Pixels outside the canvas are transparent, but the GIF is opaque.
    for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] === 0) data.fill(255, alpha - 3, alpha + 1);
    return new Uint8Array(data.buffer);
  }
}

/** Writes the position of the player into the upper right corner. */
function paintPosition(context: CanvasRenderingContext2D, text: string): void {
  context.font = "13px Roboto, sans-serif";
  context.textAlign = "right";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = "#ffffff";
  context.strokeText(text, context.canvas.width - 8, 18);
  context.fillStyle = "#1b2430";
  context.fillText(text, context.canvas.width - 8, 18);
}
