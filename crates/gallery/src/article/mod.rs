//! The reproduction of the article: its page, its table, and a comparison with the original figures.

mod comparison;
mod page;
mod summary;

pub use crate::figures::article::{Algorithm, ArticlePanel, ArticleRuns, FIGURES};
pub use comparison::comparison;
pub use page::{LivePage, html};
pub use summary::{csv, markdown};
