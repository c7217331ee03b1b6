//! Ctrl-C as a flag, so that the program can delete unfinished files before it ends.

use crate::failure::{Failure, Result};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A flag that is set by Ctrl-C.
#[derive(Clone, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Installs the handler of Ctrl-C.
    pub(crate) fn listen() -> Self {
        let interrupt = Self::default();
        let flag = interrupt.0.clone();
        // Without a handler, Ctrl-C ends the program immediately.
        let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
        interrupt
    }

    /// Returns an error after Ctrl-C.
    pub(crate) fn check(&self) -> Result {
        if self.0.load(Ordering::Relaxed) {
            Err(Failure::Interrupted)
        } else {
            Ok(())
        }
    }
}
