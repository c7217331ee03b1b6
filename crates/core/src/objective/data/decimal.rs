//! Numbers with a decimal point or a decimal comma.

use crate::catalog::choice;

/// The decimal sign of the numbers in a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalSign {
    /// A comma if no number contains a point, else a point.
    #[default]
    Auto,
    /// A point, as in 0.5.
    Point,
    /// A comma, as in 0,5.
    Comma,
}

choice!(DecimalSign {
    "auto": Auto,
    "point": Point,
    "comma": Comma,
});

impl DecimalSign {
    /// Returns the finite number in a cell, if this sign allows it. `auto` reads only decimal points.
    pub(super) fn number(self, cell: &str) -> Option<f64> {
        match self {
            Self::Auto | Self::Point => finite(cell),
            Self::Comma if cell.contains('.') => None,
            Self::Comma => with_comma(cell).or_else(|| finite(cell)),
        }
    }

    /// Returns whether a cell may be a number.
    pub(super) fn may_be_number(self, cell: &str) -> bool {
        self.number(cell).is_some() || self == Self::Auto && with_comma(cell).is_some()
    }
}

fn finite(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|v: &f64| v.is_finite())
}

/// Returns the number in a cell with exactly one decimal comma.
pub(crate) fn with_comma(cell: &str) -> Option<f64> {
    let (whole, fraction) = cell.split_once(',')?;
    let is_digit = |c: char| c.is_ascii_digit();
    if fraction.contains([',', '.']) || whole.contains('.') || !fraction.starts_with(is_digit) {
        return None;
    }
    finite(&format!("{whole}.{fraction}"))
}

/// Returns whether a comma in a number may separate thousands, as in 1,234.
pub(crate) fn may_group_thousands(cell: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts = cell.trim_start_matches(['-', '+']).split_once(',');
    parts.is_some_and(|(whole, fraction)| {
        is_digits(whole)
            && whole.len() <= 3
            && !whole.starts_with('0')
            && is_digits(fraction)
            && fraction.len() == 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_may_be_the_decimal_sign() {
        assert_eq!(DecimalSign::Comma.number("-0,28"), Some(-0.28));
        assert_eq!(DecimalSign::Comma.number("7"), Some(7.0));
        assert_eq!(DecimalSign::Comma.number("0.28"), None);
        assert_eq!(DecimalSign::Point.number("0,28"), None);
        assert_eq!(with_comma("1,5e3"), Some(1500.0));
        for cell in ["1,234,5", "1.234,5", "1,", "a,b", ",x"] {
            assert_eq!(with_comma(cell), None, "{cell}");
        }
        assert!(may_group_thousands("-1,234") && !may_group_thousands("0,234"));
    }
}
