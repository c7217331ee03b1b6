//! The check of every combination of settings, before any work.

use crate::prelude::*;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};
use thalweg::sweep::{Plan, SweepError};

/// The progress is shown every so many combinations.
const POLL_EVERY_COMBINATIONS: u64 = 4096;

/// The first optimizer with settings that does not fit its problems, as the inner error; the outer one is Ctrl-C.
pub(super) fn settings(
    plan: &Plan,
    threads: &WorkerPool,
    interrupt: &Interrupt,
) -> Result<std::result::Result<(), SweepError>> {
    let progress = Progress::with_time_left(plan.variants(), 0, "optimizers with settings checked");
    let checked = AtomicU64::new(0);
    let misfit = threads.install(|| {
        (0..plan.variants())
            .into_par_iter()
            .find_map_first(|variant| {
                let done = checked.fetch_add(1, Ordering::Relaxed);
                if done.is_multiple_of(POLL_EVERY_COMBINATIONS) {
                    progress.set(done);
                }
                match interrupt.check() {
                    Ok(()) => plan.check(variant).err().map(Ok),
                    Err(failure) => Some(Err(failure)),
                }
            })
    });
    misfit.transpose().map(|misfit| misfit.map_or(Ok(()), Err))
}
