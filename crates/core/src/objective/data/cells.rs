//! The cells of a table: numbers with either decimal sign, and words.

use super::{
    decimal::{DecimalSign, may_group_thousands, with_comma},
    separator::Separator,
    table::Table,
};
use crate::Error;

/// Reads the cells of a table row by row.
pub(super) struct CellReader {
    separator: Separator,
    decimal: DecimalSign,
    /// Whether a number contains a decimal point.
    has_point: bool,
}

impl CellReader {
    pub(super) fn new(separator: Separator, decimal: DecimalSign) -> Self {
        Self {
            separator,
            decimal,
            has_point: false,
        }
    }

    /// Appends a row to the table.
    ///
    /// # Errors
    /// The row has another number of cells than the table has columns.
    pub(super) fn push(
        &mut self,
        table: &mut Table,
        line: u64,
        cells: &[impl AsRef<str>],
    ) -> Result<(), Error> {
        let (expected, found) = (table.columns.len(), cells.len());
        if found != expected {
            let message = uneven_row(found, expected, self.separator);
            return Err(Error::in_file(&table.file, Some(line), None, message));
        }
        for cell in cells.iter().map(AsRef::as_ref) {
            let number = self.decimal.number(cell);
            if number.is_some() {
                self.has_point |= cell.contains('.');
            } else {
                table.words.push((table.numbers.len(), cell.to_owned()));
            }
            table.numbers.push(number.unwrap_or(f64::NAN));
        }
        table.lines.push(line);
        Ok(())
    }

    /// Reads numbers with a decimal comma, unless their meaning is ambiguous.
    pub(super) fn read_decimal_commas(&self, table: &mut Table) {
        if self.decimal != DecimalSign::Auto || self.has_point {
            return;
        }
        let numbers = || {
            let words = table.words.iter();
            words.filter_map(|(_, word)| Some((word, with_comma(word)?)))
        };
        let Some((example, value)) = numbers().next() else {
            return;
        };
        let groups = numbers().all(|(word, _)| may_group_thousands(word));
        if groups && self.separator == Separator::Comma {
            return;
        }
        table.notes.push(format!(
            "the numbers in {} have a decimal comma: `{example}` is read as {value}",
            table.file
        ));
        let numbers = &mut table.numbers;
        table.words.retain(|(i, word)| match with_comma(word) {
            Some(number) => {
                numbers[*i] = number;
                false
            }
            None => true,
        });
    }
}

/// Describes a row with another number of cells than there are columns.
pub(crate) fn uneven_row(found: usize, expected: usize, separator: Separator) -> String {
    let advice = match separator {
        Separator::Comma if found > expected => {
            "if the numbers have decimal commas, separate the cells by semicolons"
        }
        _ => "correct this row, or remove it",
    };
    format!(
        "the number of cells is {found} instead of {expected}; every row needs one cell per column; {advice}"
    )
}
