// The legend of the paths. It is visible where the table is not: in a frame and on paper.

import type { Colors, Row } from "../rpc/client";
import { get, make } from "../base/dom";
import { swatch } from "../pictures/table";

export function showLegend(rows: Row[], colors: Colors): void {
  const item = (row: Row, i: number): HTMLElement => make("li", {}, swatch(colors, i), `${row.name}: ${row.epochs} epochs, ${row.outcome}`);
  get("legend").replaceChildren(...rows.map(item));
}
