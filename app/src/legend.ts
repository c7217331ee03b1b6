// Which path is whose, where there is no table: in a frame and on paper.

import { get, make } from "./dom";
import type { Colors, Row } from "./lab";
import { swatch } from "./table";

export function showLegend(rows: Row[], colors: Colors): void {
  const line = (row: Row, i: number): HTMLElement => make("li", {}, swatch(colors, i), `${row.name}: ${row.epochs} epochs, ${row.outcome}`);
  get("legend").replaceChildren(...rows.map(line));
}
