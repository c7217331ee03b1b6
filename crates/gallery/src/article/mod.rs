//! The article retold: its page, its table, and a comparison with the original figures.

mod comparison;
mod page;
mod summary;

pub use crate::figures::article::{Algorithm, ArticleFigure, FIGURES, Study};
pub use comparison::comparison;
pub use page::{Live, html};
pub use summary::{csv, markdown};
