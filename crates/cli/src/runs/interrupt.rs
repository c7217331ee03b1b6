//! Ctrl-C and other signals as a flag, so that the program can delete unfinished files before it ends.

use crate::{
    failure::{Failure, Result},
    terminal::Host,
};
#[cfg(unix)]
use signal_hook::consts::SIGHUP;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// The signals that end the program.
const SIGNALS: &[i32] = &[
    SIGINT,
    SIGTERM,
    #[cfg(unix)]
    SIGHUP,
];

/// A flag that is set by Ctrl-C and by signals that end a program: the number of the last signal, or 0.
#[derive(Clone, Default)]
pub(crate) struct Interrupt {
    signal: Arc<AtomicUsize>,
    host: Option<Host>,
}

impl Interrupt {
    /// Installs the handlers of the signals. A host handles signals itself and sets the flag.
    pub(crate) fn listen() -> Self {
        if let Some(host) = Host::current() {
            return Self {
                signal: host.signal(),
                host: Some(host),
            };
        }
        let interrupt = Self::default();
        for signal in SIGNALS {
            // Without a handler, a signal ends the program immediately.
            let _ = flag::register_usize(*signal, interrupt.signal.clone(), *signal as usize);
        }
        interrupt
    }

    /// Returns an error after a signal.
    pub(crate) fn check(&self) -> Result {
        if let Some(host) = &self.host {
            host.poll();
        }
        match self.signal.load(Ordering::Relaxed) {
            0 => Ok(()),
            signal => Err(Failure::Interrupted {
                signal: u8::try_from(signal).unwrap_or_default(),
            }),
        }
    }
}
