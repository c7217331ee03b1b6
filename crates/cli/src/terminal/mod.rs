//! What is shown to whoever sits at the terminal: words, tables, progress, pictures, and what went wrong.

mod picture;
mod print;
mod progress;
mod report;
mod table;

pub(crate) use picture::Terminal;
pub(crate) use print::{print, print_stderr, report_written, warn_of_missing_characters};
pub(crate) use progress::Progress;
pub(crate) use report::{report, report_args};
pub(crate) use table::{or_dash, table};
