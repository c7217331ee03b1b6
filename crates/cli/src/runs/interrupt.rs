//! Ctrl-C and other signals as a flag, so that the program can delete unfinished files before it ends.

use crate::{
    failure::{Failure, Result},
    output::temporary,
    terminal::{self, Host},
};
#[cfg(unix)]
use signal_hook::consts::SIGHUP;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};
use std::{
    process,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// The signals that end the program.
const SIGNALS: &[i32] = &[
    SIGINT,
    SIGTERM,
    #[cfg(unix)]
    SIGHUP,
];

/// Interval between checks of the thread that ends the program.
const WATCH_INTERVAL: Duration = Duration::from_millis(25);
/// Time in which the work must notice a signal. Afterwards the program ends without it.
const PATIENCE: Duration = Duration::from_millis(100);

/// Whether the work has noticed a signal, so that it ends by itself.
static NOTICED: AtomicBool = AtomicBool::new(false);

/// A flag that is set by Ctrl-C and by signals that end a program: the number of the last signal, or 0.
#[derive(Clone, Default)]
pub(crate) struct Interrupt {
    signal: Arc<AtomicUsize>,
    host: Option<Host>,
}

/// Starts the thread that ends late work.
static WATCH: Once = Once::new();

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
        WATCH.call_once(|| {
            let signal = interrupt.signal.clone();
            thread::spawn(move || end_late_work(&signal));
        });
        interrupt
    }

    /// Returns whether there was no signal.
    pub(crate) fn keeps_going(&self) -> bool {
        self.check().is_ok()
    }

    /// Returns an error after a signal.
    pub(crate) fn check(&self) -> Result {
        if let Some(host) = &self.host {
            host.poll();
        }
        match self.signal.load(Ordering::Relaxed) {
            0 => Ok(()),
            signal => {
                NOTICED.store(true, Ordering::Relaxed);
                Err(failure(signal))
            }
        }
    }
}

fn failure(signal: usize) -> Failure {
    Failure::Interrupted {
        signal: u8::try_from(signal).unwrap_or_default(),
    }
}

/// Waits for a signal, and ends the program without temporary files if the work does not notice it, for example because it
/// evaluates a large map.
#[expect(
    clippy::disallowed_methods,
    reason = "a thread waits for a signal; no result depends on the time"
)]
fn end_late_work(signal: &AtomicUsize) {
    while signal.load(Ordering::Relaxed) == 0 {
        thread::sleep(WATCH_INTERVAL);
    }
    thread::sleep(PATIENCE);
    if !NOTICED.load(Ordering::Relaxed) {
        temporary::delete_all();
        let status = terminal::report(&failure(signal.load(Ordering::Relaxed)));
        process::exit(status.into());
    }
}
