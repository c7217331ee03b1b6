//! Tables for the terminal.

use super::wrap::MIN_WIDTH;
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};
use std::io::{self, IsTerminal as _};
use thalweg::error::printable;

/// The table style: one line below the header, and spaces between the columns.
const LIGHT: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
/// Spaces before a column, in addition to the space that replaces the hidden vertical line.
const GAP: u16 = 2;

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
        let width = columns.0.max(MIN_WIDTH);
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
        keep_words(&mut table, width);
    }
    let text = table.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Makes every column at least as wide as its longest word, so that cells are wrapped at blanks, if the table then fits.
fn keep_words(table: &mut Table, width: u16) {
    let longest: Vec<u16> = (0..table.column_count())
        .map(|i| {
            let rows = table.row_iter().map(|row| row.cell_iter().nth(i));
            let head = table.header().map(|row| row.cell_iter().nth(i));
            let cells = rows.chain(head).flatten();
            let words = cells.flat_map(|cell| {
                let text = cell.content();
                let words = text.split_whitespace().map(|word| word.chars().count());
                words.max()
            });
            words.max().unwrap_or(0) as u16 + if i == 0 { 0 } else { GAP }
        })
        .collect();
    // A blank separates two columns.
    let whole = longest.iter().sum::<u16>() + longest.len().saturating_sub(1) as u16;
    if whole > width {
        return;
    }
    for (column, least) in table.column_iter_mut().zip(longest) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
    }
}

/// Formats a cell, or a dash if there is no value.
pub(crate) fn or_dash(known: Option<impl ToString>) -> String {
    known.map_or_else(|| "-".to_owned(), |known| known.to_string())
}
