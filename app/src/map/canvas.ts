// Replays the drawing commands of a picture. crates/plot/src/formats/canvas.rs defines the commands.

import type { Drawing } from "../rpc/client";

const VERSION = 1;
const FONT = "Roboto, system-ui, sans-serif";
const ALIGN: CanvasTextAlign[] = ["left", "center", "right"];

/** Draws the commands in px of the context. */
export function replay(context: CanvasRenderingContext2D, { numbers, texts }: Drawing): void {
  let place = 0;
  const next = (): number => numbers[place++] ?? NaN;
  const text = (): string => texts[next()] ?? "";
  const addLine = (): void => {
    const end = 2 * next() + place;
    context.moveTo(next(), next());
    while (place < end) context.lineTo(next(), next());
  };
  const writeText = (): void => {
    const [content, x, y, size, align, turn, color, halo, width] = [text(), next(), next(), next(), next(), next(), text(), text(), next()];
    context.save();
    context.translate(x, y);
    context.rotate((turn * Math.PI) / 180);
    context.font = `${size}px ${FONT}`;
    context.textAlign = ALIGN[align] ?? "left";
    [context.fillStyle, context.strokeStyle, context.lineWidth] = [color, halo, width];
    context.setLineDash([]);
    if (width > 0) context.strokeText(content, 0, 0);
    context.fillText(content, 0, 0);
    context.restore();
  };
  const commands = [
    () => {
      context.save();
      context.beginPath();
      context.rect(next(), next(), next(), next());
      context.clip();
    },
    () => context.restore(),
    () => context.beginPath(),
    addLine,
    () => {
      addLine();
      context.closePath();
    },
    () => {
      const [x, y, radius] = [next(), next(), next()];
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    },
    () => {
      context.fillStyle = text();
      context.fill("evenodd");
    },
    () => {
      [context.strokeStyle, context.lineWidth] = [text(), next()];
      const dash = [next(), next()];
      context.setLineDash(dash[0] ? dash : []);
      context.stroke();
    },
    writeText,
  ];
  if (next() !== VERSION) throw new Error("the page and its WebAssembly have different versions");
  context.lineJoin = "round";
  while (place < numbers.length) commands[next()]?.();
}
