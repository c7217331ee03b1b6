// Pictures that the program made as SVG: as an element, and as pixels.

import { make } from "./dom";

/** An SVG as an element. */
export function drawn(svg: string): SVGElement {
  return document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true) as unknown as SVGElement;
}

/** An SVG on a canvas, `scale` pixels for each px. */
export async function onCanvas(svg: string, scale: number): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas");
  [canvas.width, canvas.height] = [Math.round(scale * image.width), Math.round(scale * image.height)];
  canvas.getContext("2d", { willReadFrequently: true })?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return canvas;
}

/** An SVG as PNG, two pixels for each px. */
export async function png(svg: string): Promise<Blob> {
  const canvas = await onCanvas(svg, 2);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("this browser makes no PNG"))));
  });
}
