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

/** An SVG as PNG, two pixels for each px. */
export async function png(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas");
  [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("this browser makes no PNG"))));
  });
}
