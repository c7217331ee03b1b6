//! Tries the page in a real browser.

use super::{node, npm_install};
use crate::Result;
use crate::process::run;

/// Runs every test of `app/tests`; they find the browser by `CHROMIUM`, or where Debian puts it.
pub(super) fn test() -> Result {
    npm_install()?;
    let mut tests = node("../tests/run.mjs", &[]);
    run(&mut tests)
}

/// Measures how fast it answers.
pub(crate) fn bench() -> Result {
    npm_install()?;
    run(&mut node("../tests/speed.mjs", &[]))
}
