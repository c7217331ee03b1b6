// The bar below the map: which loss has which colour, and where on it the target lies.

import { get, make } from "./dom";
import type { Bands, Colors } from "./lab";
import { bandColors } from "./painter";

export function showScale(bands: Bands, colors: Colors): void {
  const { low, high, target } = bands.scale;
  const bar = make("span", { class: "bar" });
  for (const color of bandColors(bands, colors)) {
    const band = make("i");
    band.style.background = color;
    bar.append(band);
  }
  if (target && target.share !== null) {
    const mark = make("b");
    mark.style.left = `${100 * target.share}%`;
    bar.append(mark);
  }
  const ends = [`loss ${low}`, high].map((text) => make("span", {}, text));
  const scale = get("scale");
  scale.replaceChildren(ends[0] ?? "", bar, ends[1] ?? "", ...(target ? [make("span", { class: "target" }, `target ${target.text}`)] : []));
  scale.setAttribute("aria-label", `Colours of the loss, from ${low} to ${high}${target ? `; the dashed line is the target, ${target.text}` : ""}.`);
}
