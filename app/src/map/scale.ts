// The color bar below the map: the colors of the loss, and the target.

import type { Scale } from "../rpc/client";
import { get, make } from "../base/dom";

/** Shows the color bar, or nothing if no loss is finite. */
export function showScale(scale: Scale | null): void {
  const container = get("scale");
  if (!scale) return container.replaceChildren();
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
  const text = (content: string, name = ""): HTMLElement => make("span", { class: name }, content);
  container.replaceChildren(text(`loss ${low}`), bar, text(high), ...(target ? [text(`target ${target.text}`, "target")] : []));
  container.setAttribute("aria-label", label);
}
