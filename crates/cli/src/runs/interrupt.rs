//! Ctrl-C as a flag: what is under way ends in order, so that no half-written file is left.

use crate::failure::{Failure, Result};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the person at the keyboard wants it to end.
#[derive(Clone, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens for Ctrl-C from now on.
    pub(crate) fn listen() -> Self {
        let interrupt = Self::default();
        let flag = interrupt.0.clone();
        // Where no handler can be set, Ctrl-C ends the program at once, as it would without us.
        let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
        interrupt
    }

    /// An error once Ctrl-C was pressed.
    pub(crate) fn check(&self) -> Result {
        if self.0.load(Ordering::Relaxed) {
            Err(Failure::Interrupted)
        } else {
            Ok(())
        }
    }
}
