//! The shape of a matrix as a setting.

use crate::{
    Error,
    catalog::{Kind, Param, Setting, Settings},
};

/// The number of rows and columns of a matrix, such as `8x8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatrixShape {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
}

/// Limit of the number of rows and of columns; a larger number is most likely a typing error.
const MAX_SIDE: usize = 500;

impl MatrixShape {
    /// Returns (rows, columns).
    pub(super) fn sides(self) -> [usize; 2] {
        [self.rows, self.columns]
    }
}

impl Setting for MatrixShape {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let text = String::read(param, settings)?;
        let side = |text: &str| {
            let side = text.trim().parse().ok();
            side.filter(|side| (1..=MAX_SIDE).contains(side))
        };
        let shape = text.split_once('x').and_then(|(rows, columns)| {
            Some(Self {
                rows: side(rows)?,
                columns: side(columns)?,
            })
        });
        shape.ok_or_else(|| Error::Value {
            key: param.name.to_string(),
            given: text,
            allowed: format!(
                "it must be the numbers of rows and columns, from 1 to {MAX_SIDE}, with an x between them, such as 8x8"
            ),
            nearest: None,
        })
    }
}
