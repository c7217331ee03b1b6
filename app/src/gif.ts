// Records a GIF of the map or the figure. The worker draws each frame as SVG, the browser converts it to pixels, and the
// worker encodes the pixels.

import type { Position, WorkerClient } from "./client";
import { get } from "./dom";
import type { Player } from "./player";
import { renderSvg } from "./svg";

const FRAMES_PER_SECOND = 15;
const MAX_FRAMES = 120;
/** Additional seconds for which the last frame is shown. */
const FINAL_PAUSE = 2;
/** Maximum width in pixels. */
const MAX_WIDTH = 800;

export class GifRecorder {
  private button = get("save-gif");
  private label = this.button.textContent;
  private recording = false;

  /** `draw` returns the SVG of the runs up to a position of the player. */
  constructor(private client: WorkerClient, private player: Player, private draw: (position: Position) => Promise<string>) {}

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
    const end = player.last;
    const count = Math.min(end + 1, MAX_FRAMES);
    const positions = Array.from({ length: count }, (_, i) => Math.round((i * end) / Math.max(1, count - 1)));
    const size: [number, number] = [0, 0];
    const pixels = async (i: number): Promise<Uint8Array> => {
      const position = positions[i] ?? 0;
      const canvas = await renderSvg(await this.draw(player.positionAt(position)), (width) => Math.min(1, MAX_WIDTH / width));
      // All frames have the size of the last one. Text can make another frame taller.
      if (size[0] === 0) [size[0], size[1]] = [canvas.width, canvas.height];
      const context = canvas.getContext("2d");
      if (!context) throw new Error("this browser does not support canvas");
      paintPosition(context, player.describe(position));
      const { data } = context.getImageData(0, 0, ...size);
      // Pixels outside the canvas are transparent, but the GIF is opaque.
      for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] === 0) data.fill(255, alpha - 3, alpha + 1);
      return new Uint8Array(data.buffer);
    };
    const last = await pixels(count - 1);
    await client.beginGif(size, last);
    for (let i = 0; i < count; i += 1) {
      if (!this.recording) return undefined;
      this.button.textContent = `Stop (${i + 1} of ${count})`;
      const pause = i + 1 === count ? FINAL_PAUSE : 0;
      await client.addGifFrame(await pixels(i), i / FRAMES_PER_SECOND, (i + 1) / FRAMES_PER_SECOND + pause);
    }
    return new Blob([await client.endGif()], { type: "image/gif" });
  }
}

/** Writes the position of the player into the upper right corner. */
function paintPosition(context: CanvasRenderingContext2D, text: string): void {
  context.font = "13px system-ui, sans-serif";
  context.textAlign = "right";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = "#ffffff";
  context.strokeText(text, context.canvas.width - 8, 18);
  context.fillStyle = "#1b2430";
  context.fillText(text, context.canvas.width - 8, 18);
}
