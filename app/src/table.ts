// The comparison, sorted by any of its columns.

import { get, hintAtMore, make } from "./dom";
import type { Colors, Row } from "./lab";

interface Column { head: string; key: keyof Row; text: (row: Row) => string }

const COLUMNS: Column[] = [
  { head: "Algorithm", key: "name", text: (row) => row.name },
  { head: "Outcome", key: "outcome", text: (row) => row.outcome },
  { head: "Epochs", key: "epochs", text: (row) => String(row.epochs) },
  { head: "Loss", key: "loss", text: (row) => row.loss_text },
  { head: "Values", key: "values", text: (row) => String(row.values) },
  { head: "Gradients", key: "gradients", text: (row) => String(row.gradients) },
  { head: "Hessians", key: "hessians", text: (row) => String(row.hessians) },
  { head: "Evaluations", key: "evaluations", text: (row) => String(row.evaluations) },
];

export class Table {
  private table = get<HTMLTableElement>("table");
  private rows: Row[] = [];
  private sorted: keyof Row | null = null;
  private up = true;

  constructor(private colors: Colors) {
    new ResizeObserver(() => this.hint()).observe(this.table);
  }

  show(rows: Row[]): void {
    this.rows = rows;
    const columns = COLUMNS.filter((column) => column.key !== "hessians" || rows.some((row) => row.hessians > 0));
    const heads = columns.map((column) => {
      const button = make("button", { type: "button" }, column.head);
      button.addEventListener("click", () => this.sort(column.key));
      const order = this.sorted !== column.key ? "none" : this.up ? "ascending" : "descending";
      return make("th", { scope: "col", "aria-sort": order, id: `column-${column.key}` }, button);
    });
    this.table.tHead?.replaceChildren(make("tr", {}, ...heads));
    const order = rows.map((_, i) => i);
    const key = this.sorted;
    if (key) order.sort((a, b) => (this.up ? 1 : -1) * compare(rows[a]?.[key], rows[b]?.[key]));
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
    this.hint();
  }

  /** Says where columns are out of sight. */
  private hint(): void {
    if (this.table.parentElement) hintAtMore("table-more", this.table.parentElement);
  }

  private sort(key: keyof Row): void {
    [this.up, this.sorted] = [this.sorted === key ? !this.up : true, key];
    this.show(this.rows);
    const index = COLUMNS.findIndex((column) => column.key === key);
    this.table.tHead?.querySelectorAll("button")[index]?.focus();
  }
}

function compare(a: string | number | null | undefined, b: string | number | null | undefined): number {
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b);
  // No number is worse than any.
  return (a === null || a === undefined ? Infinity : Number(a)) - (b === null || b === undefined ? Infinity : Number(b)) || 0;
}

/** The colour of a run's path, for the eye; in stripes where its path has dashes. */
export function swatch(colors: Colors, i: number): HTMLElement {
  const mark = make("span", { class: "swatch", "aria-hidden": "true" });
  const path = colors.paths[i % colors.paths.length];
  if (path) mark.style.background = path.dash ? `repeating-linear-gradient(90deg, ${path.line} 0 0.25em, ${path.casing} 0.25em 0.4em)` : path.line;
  return mark;
}
