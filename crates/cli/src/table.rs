//! Tables for the terminal.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// A table with a rule under its head and none elsewhere; the first `left` columns hold words, the others numbers.
pub(crate) fn table(heads: &[&str], rows: Vec<Vec<String>>, left: usize) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(heads)
        .add_rows(rows);
    let last = heads.len() - 1;
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if i == last { 0 } else { 3 }));
        if i >= left {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let text = table.to_string();
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let widest = lines.iter().map(|line| line.chars().count()).max();
    let rule = "\u{2500}".repeat(widest.unwrap_or(0));
    lines.insert(1, &rule);
    lines.join("\n") + "\n"
}
