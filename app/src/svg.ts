// Pictures that the program made as SVG: as an element, and as pixels.

import { make } from "./dom";

/** An SVG as an element for the place of this name: others on the page have the same names in them. */
export function drawn(svg: string, place: string): SVGElement {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement as unknown as SVGElement;
  for (const element of [root, ...root.querySelectorAll("[id], [clip-path]")]) {
    if (element.id) element.id = `${place}-${element.id}`;
    const clip = element.getAttribute("clip-path");
    if (clip) element.setAttribute("clip-path", clip.replace("#", `#${place}-`));
    const names = element.getAttribute("aria-labelledby");
    if (names) element.setAttribute("aria-labelledby", names.replace(/\S+/g, `${place}-$&`));
  }
  return document.importNode(root, true);
}

/** An SVG on a canvas; `scale` tells from its width how many pixels there are for each px. */
export async function onCanvas(svg: string, scale: (width: number) => number): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas");
  const factor = scale(image.width);
  [canvas.width, canvas.height] = [image.width, image.height].map((side) => Math.round(factor * side)) as [number, number];
  canvas.getContext("2d", { willReadFrequently: true })?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return canvas;
}

/** An SVG as PNG, two pixels for each px. */
export async function png(svg: string): Promise<Blob> {
  const canvas = await onCanvas(svg, () => 2);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("this browser makes no PNG"))));
  });
}
