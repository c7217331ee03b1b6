//! Tables for the terminal.

use super::wrap::{MIN_WIDTH, output_width};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};
use thalweg::error::printable;

/// The table style: one line below the header, and spaces between the columns.
const LIGHT: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
/// Spaces before a column, in addition to the space that replaces the hidden vertical line.
const GAP: u16 = 2;

/// Formats a table. `heads` are the column heads separated by `|`. The first `left` columns are left-aligned.
pub(crate) fn table(heads: &str, rows: impl Iterator<Item = Vec<String>>, left: usize) -> String {
    let width = output_width().map(|columns| columns.0.max(MIN_WIDTH));
    let heads: Vec<String> = heads.split('|').map(str::to_owned).collect();
    let printed = |cells: Vec<String>| {
        let cells = cells.into_iter();
        cells.map(|cell| printable(&cell).into_owned()).collect()
    };
    format(&heads, &rows.map(printed).collect::<Vec<_>>(), left, width)
}

/// Formats a table that is at most `width` characters wide, if a width is given. Cells are only wrapped at blanks. If
/// the longest words do not fit beside each other, each row becomes a list.
fn format(heads: &[String], rows: &[Vec<String>], left: usize, width: Option<u16>) -> String {
    let words = longest_words(heads, rows);
    let fits = |gap: &u16| {
        let between = (1 + gap) * (words.len().saturating_sub(1)) as u16;
        width.is_none_or(|width| words.iter().sum::<u16>() + between <= width)
    };
    let Some(gap) = [GAP, 0].into_iter().find(fits) else {
        return list(heads, rows);
    };
    let mut table = Table::new();
    table
        .load_style(LIGHT)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(heads)
        .add_rows(rows);
    if let Some(width) = width {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
    }
    for (i, (column, word)) in table.column_iter_mut().zip(&words).enumerate() {
        let padding = if i == 0 { 0 } else { gap };
        column.set_padding((padding, 0));
        if i >= left {
            column.set_cell_alignment(CellAlignment::Right);
        }
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(
            word + padding,
        )));
    }
    let text = table.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Returns the length of the longest word of each column, in characters.
fn longest_words(heads: &[String], rows: &[Vec<String>]) -> Vec<u16> {
    let longest = |cell: &String| {
        let words = cell.split_whitespace().map(|word| word.chars().count());
        words.max().unwrap_or(0) as u16
    };
    let mut words: Vec<u16> = heads.iter().map(longest).collect();
    for row in rows {
        for (word, cell) in words.iter_mut().zip(row) {
            *word = longest(cell).max(*word);
        }
    }
    words
}

/// Formats each row as its first cell and one line for each other cell.
fn list(heads: &[String], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        for (i, (head, cell)) in heads.iter().zip(row).enumerate() {
            let indent = if i == 0 { "" } else { "  " };
            text.extend([indent, head, ": ", cell, "\n"]);
        }
    }
    text
}

/// Formats a cell, or a dash if there is no value.
pub(crate) fn or_dash(known: Option<impl ToString>) -> String {
    known.map_or_else(|| "-".to_owned(), |known| known.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(width: Option<u16>) -> String {
        let texts = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [
            texts(["Momentum", "epoch limit", "0.1, -4"]),
            texts(["RPROP", "reached", "2.62575, -3.50467"]),
        ];
        format(&texts(["optimizer", "outcome", "weights"]), &rows, 2, width)
    }

    #[test]
    fn cells_are_only_wrapped_at_blanks() {
        let whole = text(None);
        assert_eq!(whole, text(Some(200)));
        assert_eq!(whole.lines().count(), 4);
        for width in 26..48 {
            let narrow = text(Some(width));
            for word in [
                "Momentum",
                "optimizer",
                "reached",
                "limit",
                "2.62575,",
                "-3.50467",
            ] {
                assert!(narrow.contains(word), "{width}: no {word} in\n{narrow}");
            }
            let longest = narrow.lines().map(|line| line.chars().count()).max();
            assert!(longest <= Some(usize::from(width)), "{width}:\n{narrow}");
        }
        let list = text(Some(25));
        let lines: Vec<&str> = list.lines().collect();
        assert_eq!(
            lines[..2],
            ["optimizer: Momentum", "  outcome: epoch limit"]
        );
    }
}
