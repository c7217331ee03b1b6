// The bar below the map: which loss has which color, and where on it the target lies.

import { get, make } from "./dom";
import type { Scale } from "./lab";

/** Shows the bar; nothing where no loss is finite. */
export function showScale(scale: Scale | null): void {
  const place = get("scale");
  if (!scale) return place.replaceChildren();
  const { low, high, target, colors, label } = scale;
  const bar = make("span", { class: "bar" });
  for (const color of colors) {
    const band = make("i");
    band.style.background = color;
    bar.append(band);
  }
  if (target && target.share !== null) {
    const mark = make("b");
    mark.style.left = `${100 * target.share}%`;
    bar.append(mark);
  }
  const end = (text: string, name = ""): HTMLElement => make("span", { class: name }, text);
  place.replaceChildren(end(`loss ${low}`), bar, end(high), ...(target ? [end(`target ${target.text}`, "target")] : []));
  place.setAttribute("aria-label", label);
}
