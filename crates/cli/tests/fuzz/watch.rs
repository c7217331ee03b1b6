//! Measures how long each input takes, and reports an input that never ends.

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

/// After this time, an input is reported while it is still being read.
const HANG: Duration = Duration::from_secs(20);

/// Measures the inputs of one kind.
pub(crate) struct Watch {
    /// The longest time that one input may take.
    limit: Duration,
    slowest: Mutex<Duration>,
    current: Arc<Mutex<Vec<u8>>>,
    /// Tells the watching thread that another input has begun.
    begun: Sender<()>,
}

impl Watch {
    /// Starts the thread that ends the process if an input hangs.
    pub(crate) fn start(name: &'static str, seconds: u64) -> Self {
        let (begun, receiver) = mpsc::channel();
        let current = Arc::new(Mutex::new(Vec::new()));
        let shown = Arc::clone(&current);
        thread::spawn(move || {
            loop {
                match receiver.recv_timeout(HANG) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        let input = shown.lock().unwrap();
                        println!("{name}: hangs at the input {}", input.escape_ascii());
                        std::process::exit(1);
                    }
                }
            }
        });
        Self {
            limit: Duration::from_secs(seconds),
            slowest: Mutex::default(),
            current,
            begun,
        }
    }

    /// Reads one input and returns whether it was accepted; fails if that takes too long.
    pub(crate) fn time(&self, input: &[u8], read: fn(&[u8]) -> bool) -> Result<bool, String> {
        input.clone_into(&mut self.current.lock().unwrap());
        let _ = self.begun.send(());
        #[expect(
            clippy::disallowed_methods,
            reason = "nothing that is tested reads this clock"
        )]
        let start = Instant::now();
        let is_accepted = read(input);
        let took = start.elapsed();
        let mut slowest = self.slowest.lock().unwrap();
        *slowest = took.max(*slowest);
        if took > self.limit {
            return Err(format!("took {:.1} s", took.as_secs_f64()));
        }
        Ok(is_accepted)
    }

    /// Returns the time of the slowest input in seconds.
    pub(crate) fn slowest(&self) -> f64 {
        self.slowest.lock().unwrap().as_secs_f64()
    }
}
