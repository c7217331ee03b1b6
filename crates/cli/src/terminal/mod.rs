//! The output in the terminal: text, tables, progress bars, pictures, and error reports.

mod host;
mod legend;
mod number;
mod picture;
mod print;
mod printed_failure;
mod progress;
mod report;
mod table;
mod wrap;

pub use host::{Host, WorkProgress};
pub(crate) use number::{number, numbers};
pub(crate) use picture::Terminal;
pub(crate) use print::{
    escaped_lines, print, print_stderr, report_written, warn_of_missing_characters,
};
pub(crate) use progress::Progress;
pub(crate) use report::{failure_text, report, report_args, usage_error_text};
pub(crate) use table::{or_dash, table};
pub(crate) use wrap::wrapped;
