//! The names of the columns of a table.

use super::table::beginning;
use crate::catalog::choice;

/// Whether the first row of a table contains the names of its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// The names are in the first row unless it contains numbers.
    #[default]
    Auto,
    /// The names are in the first row.
    First,
    /// There are no names.
    None,
}

choice!(Header {
    "auto": Auto,
    "first": First,
    "none": None,
});

/// The first row may contain the names of the columns or values.
pub(super) enum AmbiguousHeader {
    /// It contains both names and numbers.
    NameAndNumber {
        name: String,
        number: String,
        /// Column of the number, counted from 0.
        column: usize,
    },
    /// Its numbers are years or count the columns, in contrast to the numbers below.
    NumbersLikeNames {
        number: String,
        /// Column of the number, counted from 0.
        column: usize,
    },
}

impl AmbiguousHeader {
    /// Returns the column of a number in the first row, counted from 0.
    pub(super) fn column(&self) -> usize {
        match self {
            Self::NameAndNumber { column, .. } | Self::NumbersLikeNames { column, .. } => *column,
        }
    }

    pub(super) fn message(&self) -> String {
        match self {
            Self::NameAndNumber { name, number, .. } => format!(
                "the first line contains a name, `{}`, and a number, `{}`; it must contain the column names, or only values",
                beginning(name),
                beginning(number)
            ),
            Self::NumbersLikeNames { number, .. } => format!(
                "the first line contains numbers such as `{}`, which may be the names of the columns; header=first reads \
                 them as names, and header=none as values",
                beginning(number)
            ),
        }
    }
}

/// Returns whether the first row contains names. `is_number` decides whether a cell is a number.
pub(super) fn has_names(
    header: Header,
    first: &[String],
    second: Option<&[String]>,
    is_number: impl Fn(&str) -> bool,
) -> Result<bool, AmbiguousHeader> {
    match header {
        Header::First => return Ok(true),
        Header::None => return Ok(false),
        Header::Auto => {}
    }
    let Some(column) = first.iter().position(|cell| is_number(cell)) else {
        return Ok(true);
    };
    let number = first[column].clone();
    // A word above a number is a name. A word above a word may be the name of a class.
    let below = second.unwrap_or_default();
    let mut pairs = first.iter().zip(below);
    let name = pairs.find(|(cell, below)| !cell.is_empty() && !is_number(cell) && is_number(below));
    if let Some((name, _)) = name {
        return Err(AmbiguousHeader::NameAndNumber {
            name: name.clone(),
            number,
            column,
        });
    }
    if are_years(first, below) || count_columns(first, below) {
        return Err(AmbiguousHeader::NumbersLikeNames { number, column });
    }
    Ok(false)
}

/// Returns whether the numbers in the first row are different years in their order, and those below are not all years.
fn are_years(first: &[String], below: &[String]) -> bool {
    let year = |cell: &String| {
        cell.parse()
            .ok()
            .filter(|year| (1800..=2200).contains(year))
    };
    let numbers = first.iter().zip(below);
    let numbers: Vec<(&String, &String)> = numbers
        .filter(|(cell, _)| cell.parse::<f64>().is_ok())
        .collect();
    let years: Option<Vec<i32>> = numbers.iter().map(|(cell, _)| year(cell)).collect();
    years.is_some_and(|years| {
        let is_ordered = years.is_sorted_by(|a, b| a < b) || years.is_sorted_by(|a, b| a > b);
        let is_alone = years.len() == 1 && first.len() > 1 && first.len() == below.len();
        let are_below = numbers.iter().all(|(_, below)| year(below).is_some());
        is_ordered && !are_below && (years.len() > 1 || is_alone)
    })
}

/// Returns whether the first row counts at least three columns from 0 or 1, and the row below contains a fraction.
fn count_columns(first: &[String], below: &[String]) -> bool {
    let counts_from = |begin: usize| {
        let mut cells = first.iter().zip(begin..);
        cells.all(|(cell, i)| *cell == i.to_string())
    };
    let is_fraction = |cell: &String| {
        let number = super::decimal::with_comma(cell).or_else(|| cell.parse().ok());
        number.is_some_and(|v: f64| v.fract() != 0.0)
    };
    first.len() >= 3 && (counts_from(0) || counts_from(1)) && below.iter().any(is_fraction)
}

/// Returns the names of the columns of a table without a header.
pub(super) fn invented_names(columns: usize) -> Vec<String> {
    let features = (1..columns).map(|i| format!("x{i}"));
    features.chain(["y".to_owned()]).collect()
}

/// Returns the names in the first row. A column without a name is called by its number. Several columns can have the same
/// name.
pub(super) fn names_of(first: &[String]) -> Vec<String> {
    let names = first.iter().enumerate();
    let names = names.map(|(i, name)| match &**name {
        "" => unnamed(i),
        name => name.to_owned(),
    });
    names.collect()
}

/// Returns the name of the unnamed column `i`, counted from 0.
pub(super) fn unnamed(i: usize) -> String {
    format!("column {}", i + 1)
}

#[cfg(test)]
mod tests {
    use super::{
        super::table::{Table, TableFormat},
        *,
    };
    use crate::Error;

    fn found(first: &str, below: &str) -> Result<bool, AmbiguousHeader> {
        let cells = |row: &str| row.split(',').map(str::to_owned).collect::<Vec<_>>();
        let is_number = |cell: &str| cell.parse::<f64>().is_ok();
        has_names(Header::Auto, &cells(first), Some(&cells(below)), is_number)
    }

    fn table(text: &str, header: Header) -> Result<Table, Error> {
        let format = TableFormat {
            header,
            ..TableFormat::default()
        };
        Table::from_csv("d.csv", text, format)
    }

    #[test]
    fn a_header_may_be_missing() {
        let bare = table("0.5,2,red\n1,3,blue\n", Header::Auto).unwrap();
        assert_eq!(bare.columns, ["x1", "x2", "y"]);
        assert_eq!((bare.rows(), bare.lines[0]), (2, 1));
        assert!(
            bare.notes[0].contains("are named x1, x2, y"),
            "{:?}",
            bare.notes
        );
        let error = table("id,2019,class\n7,0.5,a\n", Header::Auto).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("line 1, column 2"), "{error}");
        assert!(
            error.contains("a name, `id`, and a number, `2019`"),
            "{error}"
        );
        let read = |header| table("id,2019\n7,0.5\n", header).unwrap();
        assert_eq!(read(Header::First).columns, ["id", "2019"]);
        assert_eq!(read(Header::None).rows(), 2);
        assert_eq!(table("1\n2\n", Header::Auto).unwrap().columns, ["y"]);
    }

    #[test]
    fn years_and_numbers_of_columns_may_be_names() {
        for (first, below) in [
            ("2019,2020,2021", "5.1,6.2,7.3"),
            ("country,2019,2020", "Rome,5,6"),
            ("city,2020", "Rome,5"),
            ("2021,2020", "3,4"),
            ("0,1,2", "0.5,1,1"),
            ("1,2,3,4", "5.5,1,1,0"),
        ] {
            let Err(error) = found(first, below) else {
                panic!("{first}");
            };
            let message = error.message();
            assert!(
                message.contains("header=first") && message.contains("header=none"),
                "{message}"
            );
        }
        for (first, below) in [
            ("0,1", "1,0"),
            ("1,2,3", "4,5,6"),
            ("2019,1", "2020,0"),
            ("2019,2020,1", "2018,2017,0"),
            ("2015,2.5,red", "2011,3.5,blue"),
            ("Rome,2020", "Oslo,1999"),
        ] {
            assert_eq!(found(first, below).ok(), Some(false), "{first}");
        }
        assert_eq!(found("a,b", "1,2").ok(), Some(true));
    }
}
