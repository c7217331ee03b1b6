//! What is shown to whoever sits at the terminal: words, tables, progress, pictures, and what went wrong.

pub(crate) mod picture;
mod print;
pub(crate) mod progress;
mod report;
pub(crate) mod table;

pub(crate) use print::{print, say, tell_written, warn_of_missing_characters};
pub(crate) use report::{report, report_args};
