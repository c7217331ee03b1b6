// The table of results, which can be sorted by any column.

import type { Colors, Row } from "../rpc/client";
import { get, make, updateScrollHint } from "../base/dom";

interface Column { title: string; key: keyof Row; text: (row: Row) => string }

const COLUMNS: Column[] = [
  { title: "Algorithm", key: "name", text: (row) => row.name },
  { title: "Outcome", key: "outcome", text: (row) => row.outcome },
  { title: "Epochs", key: "epochs", text: (row) => String(row.epochs) },
  { title: "Loss", key: "loss", text: (row) => row.loss_text },
  { title: "Values", key: "values", text: (row) => String(row.values) },
  { title: "Gradients", key: "gradients", text: (row) => String(row.gradients) },
  { title: "Hessians", key: "hessians", text: (row) => String(row.hessians) },
  { title: "Evaluations", key: "evaluations", text: (row) => String(row.evaluations) },
  { title: "From the plane", key: "distance", text: (row) => row.distance_text ?? "" },
  { title: "Loss on the map", key: "map_loss", text: (row) => row.map_loss_text ?? "" },
];

/** Columns that are shown only if a run has a value. */
const OPTIONAL: (keyof Row)[] = ["hessians", "distance", "map_loss"];

export class Table {
  private table = get<HTMLTableElement>("table");
  private rows: Row[] = [];
  /** What is shown, as text. */
  private content = "";
  private sorted: keyof Row | null = null;
  private ascending = true;

  constructor(private colors: Colors) {
    new ResizeObserver(() => this.updateHint()).observe(this.table);
  }

  /** Shows the results. */
  show(rows: Row[]): void {
    const content = JSON.stringify([rows, this.colors]);
    if (content === this.content) return;
    this.content = content;
    this.rows = rows;
    this.draw();
  }

  private draw(): void {
    const { rows } = this;
    const columns = COLUMNS.filter(({ key }) => !OPTIONAL.includes(key) || rows.some((row) => row[key]));
    const heads = columns.map((column) => {
      const button = make("button", { type: "button" }, column.title);
      button.addEventListener("click", () => this.sort(column.key));
      const order = this.sorted !== column.key ? "none" : this.ascending ? "ascending" : "descending";
      return make("th", { scope: "col", "aria-sort": order, id: `column-${column.key}` }, button);
    });
    this.table.tHead?.replaceChildren(make("tr", {}, ...heads));
    const order = rows.map((_, i) => i);
    const key = this.sorted;
    if (key) order.sort((a, b) => (this.ascending ? 1 : -1) * compare(rows[a]?.[key], rows[b]?.[key]));
    const lines = order.map((i) => {
      const row = rows[i] as Row;
      const line = make("tr", {});
      columns.forEach((column, c) => {
        const cell = make(c === 0 ? "th" : "td", c === 0 ? { scope: "row" } : {}, column.text(row));
        if (c === 0) cell.prepend(swatch(this.colors, i));
        if (column.key === "outcome") cell.title = row.sentence;
        line.append(cell);
      });
      return line;
    });
    this.table.tBodies[0]?.replaceChildren(...lines);
    this.updateHint();
  }

  /** Shows a hint if columns are hidden. */
  private updateHint(): void {
    if (this.table.parentElement) updateScrollHint("table-more", this.table.parentElement);
  }

  private sort(key: keyof Row): void {
    [this.ascending, this.sorted] = [this.sorted === key ? !this.ascending : true, key];
    this.draw();
    const index = COLUMNS.findIndex((column) => column.key === key);
    this.table.tHead?.querySelectorAll("button")[index]?.focus();
  }
}

function compare(a: string | number | null | undefined, b: string | number | null | undefined): number {
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b);
  // A missing loss counts as larger than every number.
  return (a === null || a === undefined ? Infinity : Number(a)) - (b === null || b === undefined ? Infinity : Number(b)) || 0;
}

/** Creates a sample of the color of a path, striped if the path is dashed. */
export function swatch(colors: Colors, i: number): HTMLElement {
  const mark = make("span", { class: "swatch", "aria-hidden": "true" });
  const path = colors.paths[i % colors.paths.length];
  if (path) mark.style.background = path.dash ? `repeating-linear-gradient(90deg, ${path.line} 0 0.25em, ${path.casing} 0.25em 0.4em)` : path.line;
  return mark;
}
