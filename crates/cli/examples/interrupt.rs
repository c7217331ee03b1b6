//! Measures the longest stretches of a command between two checks for an interruption, in processor time. Linux only:
//! `cargo run --release -p thalweg-cli --example interrupt -- animate --on article --with rprop --size 4000x2500 -o a.gif`

use std::{
    cell::Cell,
    fs,
    sync::{Arc, Mutex, PoisonError},
};
use thalweg_cli::embed::{self, Host};

/// Number of stretches to print.
const PRINTED: usize = 5;

thread_local! {
    static LAST: Cell<u64> = const { Cell::new(0) };
}

/// The stretches in nanoseconds, and when they began.
#[derive(Default)]
struct Stretches(Vec<[u64; 2]>);

impl Stretches {
    fn add(&mut self, began: u64, ended: u64) {
        self.0.push([ended.saturating_sub(began), began]);
        self.0.sort_unstable_by(|a, b| b.cmp(a));
        self.0.truncate(PRINTED);
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let longest = Arc::new(Mutex::new(Stretches::default()));
    let checked = longest.clone();
    let host = Host::with_poll(move |_| {
        let now = processor_time();
        let began = LAST.replace(now);
        checked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .add(began, now);
    });
    LAST.set(processor_time());
    let done = host.run(|| embed::run_command(&words));
    host_free_end(&longest);
    println!("{}{}", host.take_output(), host.take_notes());
    if let Err(error) = done {
        println!("error: {error}");
    }
    for [length, began] in &longest.lock().unwrap_or_else(PoisonError::into_inner).0 {
        let [length, began] = [length, began].map(|time| *time as f64 / 1e6);
        println!("{length:.1} ms without a check, {began:.1} ms after the start of the thread");
    }
}

/// Adds the stretch after the last check.
fn host_free_end(longest: &Mutex<Stretches>) {
    let mut longest = longest.lock().unwrap_or_else(PoisonError::into_inner);
    longest.add(LAST.get(), processor_time());
}

/// Returns the processor time of this thread in nanoseconds.
fn processor_time() -> u64 {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let time = statistics.split(' ').next();
    time.and_then(|time| time.parse().ok()).unwrap_or_default()
}
