//! Ctrl-C and other signals as a flag, so that the program can delete unfinished files before it ends.

use crate::{
    failure::{Failure, NOTICED, Result},
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
        atomic::{AtomicUsize, Ordering},
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
                NOTICED.store(number(signal), Ordering::Relaxed);
                Err(failure(signal))
            }
        }
    }
}

fn failure(signal: usize) -> Failure {
    Failure::Interrupted {
        signal: number(signal),
    }
}

fn number(signal: usize) -> u8 {
    u8::try_from(signal).unwrap_or_default()
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
    if NOTICED.load(Ordering::Relaxed) == 0 {
        temporary::delete_all();
        let status = terminal::report(&failure(signal.load(Ordering::Relaxed)));
        process::exit(status.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_plot::{formats::png, scene::Scene, theme::Theme};

    #[test]
    fn a_picture_that_a_signal_stops_has_the_status_of_the_signal() {
        for (signal, status) in [(SIGTERM, 143), (SIGINT, 130)] {
            let host = Host::default();
            host.interrupt(signal as usize);
            let stopped = host.run(|| {
                let interrupt = Interrupt::listen();
                let scene = Scene::blank([400.0, 300.0], Theme::LIGHT.background);
                png::encode_while(&scene, 1.0, None, &|| interrupt.keeps_going())
            });
            let failure = Failure::from(stopped.expect_err("the signal stops the picture"));
            assert_eq!(failure.status(), status);
        }
    }
}
