// Converts SVG texts to elements and to pixels.

import { get, make } from "../base/dom";

/** Creates an element from an SVG. Prefixes its ids, because other SVGs on the page have the same ids. */
export function svgElement(svg: string, prefix: string): SVGElement {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement as unknown as SVGElement;
  for (const element of [root, ...root.querySelectorAll("[id], [clip-path]")]) {
    if (element.id) element.id = `${prefix}-${element.id}`;
    const clip = element.getAttribute("clip-path");
    if (clip) element.setAttribute("clip-path", clip.replace("#", `#${prefix}-`));
    const names = element.getAttribute("aria-labelledby");
    if (names) element.setAttribute("aria-labelledby", names.replace(/\S+/g, `${prefix}-$&`));
  }
  return document.importNode(root, true);
}

/** Draws an SVG on a canvas. It needs the fonts of the page, because an image has no access to them. `scale` returns the number of pixels per px for a width in px. */
export async function renderSvg(svg: string, scale: (width: number) => number): Promise<HTMLCanvasElement> {
  const image = new Image();
  const withFonts = svg.replace(/<svg[^>]*>/, (root) => `${root}<style>${get("fonts").textContent}</style>`);
  image.src = URL.createObjectURL(new Blob([withFonts], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas");
  const factor = scale(image.width);
  [canvas.width, canvas.height] = [image.width, image.height].map((side) => Math.round(factor * side)) as [number, number];
  canvas.getContext("2d", { willReadFrequently: true })?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return canvas;
}

/** Converts an SVG to a PNG with two pixels per px. */
export async function png(svg: string): Promise<Blob> {
  const canvas = await renderSvg(svg, () => 2);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("this browser cannot create PNG files"))));
  });
}
