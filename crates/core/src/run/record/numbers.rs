//! The numbers of a recorded run in CSV, which have decimal points or decimal commas.

use crate::objective::data::{
    decimal::{may_group_thousands, with_comma},
    separator::Separator,
    table::beginning,
};

/// Reads numbers with the same decimal sign in the whole file.
pub(super) struct RecordNumbers {
    separator: Separator,
    /// The first number with a decimal point.
    point: Option<String>,
    /// The first number with a decimal comma, and its value.
    comma: Option<(String, f64)>,
}

impl RecordNumbers {
    pub(super) fn new(separator: Separator) -> Self {
        Self {
            separator,
            point: None,
            comma: None,
        }
    }

    pub(super) fn separator(&self) -> Separator {
        self.separator
    }

    /// Returns whether a cell is a number with either decimal sign.
    pub(super) fn is_number(&self, cell: &str) -> bool {
        cell.parse::<f64>().is_ok() || self.with_comma(cell).is_some()
    }

    /// Returns the number in a cell, which may be NaN or infinite, or a message.
    pub(super) fn read(&mut self, cell: &str) -> Result<f64, String> {
        let cell_name = beginning(cell);
        if let Ok(number) = cell.parse() {
            if cell.contains('.') {
                if let Some((comma, _)) = &self.comma {
                    return Err(mixed(&cell_name, comma));
                }
                self.point.get_or_insert(cell_name);
            }
            return Ok(number);
        }
        let Some(number) = self.with_comma(cell) else {
            return Err(format!("`{cell_name}` is not a number"));
        };
        if let Some(point) = &self.point {
            return Err(mixed(point, &cell_name));
        }
        self.comma.get_or_insert((cell_name, number));
        Ok(number)
    }

    /// Returns the number in a cell with a decimal comma. Between commas, groups of thousands are as likely.
    fn with_comma(&self, cell: &str) -> Option<f64> {
        let is_group = self.separator == Separator::Comma && may_group_thousands(cell);
        with_comma(cell).filter(|_| !is_group)
    }

    /// Returns a note if the numbers have decimal commas.
    pub(super) fn note(&self, file: &str) -> Option<String> {
        let (example, value) = self.comma.as_ref()?;
        Some(format!(
            "the numbers in {file} have a decimal comma: `{example}` is read as {value}"
        ))
    }
}

fn mixed(point: &str, comma: &str) -> String {
    format!(
        "there are numbers with a decimal point, `{point}`, and with a decimal comma, `{comma}`; write all of them with the \
         same sign"
    )
}
