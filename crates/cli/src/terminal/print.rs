//! Standard output and standard error.

use crate::failure::{Failure, Result};
use std::{
    fmt,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
};

/// Prints to standard output; a reader that has gone away ends the program in peace.
pub(crate) fn print(words: impl fmt::Display) -> Result {
    let mut out = io::stdout().lock();
    let written = write!(out, "{words}").and_then(|()| out.flush());
    written.map_err(Failure::standard_output)
}

/// Prints to standard error; where nobody can hear it, there is nobody to tell.
pub(crate) fn say(words: impl fmt::Display) {
    let _ = write!(io::stderr().lock(), "{words}");
}

/// Tells who watches which file, or which folder of files, was written.
pub(crate) fn tell_written(path: &Path) {
    if io::stderr().is_terminal() {
        say(format_args!("wrote {}\n", path.display()));
    }
}
