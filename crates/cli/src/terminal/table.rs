//! Tables for the terminal.

use std::io::{self, IsTerminal as _};

use thalweg::error::printable;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

/// The table style: one line below the header, and spaces between the columns.
const LIGHT: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
/// Spaces before a column, in addition to the space that replaces the hidden vertical line.
const GAP: u16 = 2;

/// Tables are at least this wide, because narrower ones are illegible.
const MIN_TABLE_WIDTH: u16 = 40;

/// Formats a table. `heads` are the column heads separated by `|`. The first `left` columns are left-aligned.
pub(crate) fn table(heads: &str, rows: impl Iterator<Item = Vec<String>>, left: usize) -> String {
    let mut table = Table::new();
    table
        .load_style(LIGHT)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(heads.split('|'))
        .add_rows(rows.map(|cells| cells.into_iter().map(|cell| printable(&cell).into_owned())));
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if i == 0 { 0 } else { GAP }, 0));
        if i >= left {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let is_terminal = io::stdout().is_terminal();
    if let Some((columns, _)) = terminal_size::terminal_size().filter(|_| is_terminal) {
        let width = columns.0.max(MIN_TABLE_WIDTH);
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
    }
    let text = table.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Formats a cell, or a dash if there is no value.
pub(crate) fn or_dash(known: Option<impl ToString>) -> String {
    known.map_or_else(|| "-".to_owned(), |known| known.to_string())
}
