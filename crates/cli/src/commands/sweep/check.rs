//! Checks every combination of settings before the first run.

use crate::prelude::*;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};
use thalweg::sweep::{Plan, SweepError};

/// Number of combinations between updates of the progress bar.
const PROGRESS_INTERVAL: u64 = 4096;

/// Checks all combinations of optimizers and settings. The inner error is the first invalid combination; the outer error
/// is Ctrl-C.
pub(super) fn settings(
    plan: &Plan,
    threads: &WorkerPool,
    interrupt: &Interrupt,
) -> Result<std::result::Result<(), SweepError>> {
    let progress = Progress::with_time_left(plan.variants(), 0, "combinations checked");
    let checked = AtomicU64::new(0);
    let sweep_error = threads.install(|| {
        (0..plan.variants())
            .into_par_iter()
            .find_map_first(|variant| {
                let done = checked.fetch_add(1, Ordering::Relaxed);
                if done.is_multiple_of(PROGRESS_INTERVAL) {
                    progress.set(done);
                }
                match interrupt.check() {
                    Ok(()) => plan.check(variant).err().map(Ok),
                    Err(failure) => Some(Err(failure)),
                }
            })
    });
    sweep_error
        .transpose()
        .map(|sweep_error| sweep_error.map_or(Ok(()), Err))
}
