//! A progress bar for work that takes more than a second, shown only in a terminal.

use crate::terminal::host::{Host, WorkProgress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// A progress bar that appears after a second, and only if standard error is a terminal. A host receives the numbers
/// instead.
pub(crate) struct Progress {
    bar: ProgressBar,
    host: Option<Host>,
}

const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    /// Creates a bar for at most `total` units of work. `pieces` names the unit, such as "epochs" or "figures".
    pub(crate) fn new(total: u64, pieces: &str) -> Self {
        let words = format!("of at most {{human_len}} {pieces}, {{elapsed}}");
        Self::hidden(total, pieces, true, &words)
    }

    /// Creates a bar for exactly `total` units of work with the remaining time. `done` units are complete already.
    pub(crate) fn with_time_left(total: u64, done: u64, pieces: &str) -> Self {
        let words = format!("of {{human_len}} {pieces}, {{elapsed}}, {{eta}} left");
        let progress = Self::hidden(total, pieces, false, &words);
        progress.set(done);
        // Units from an earlier run would distort the estimated speed.
        progress.bar.reset_eta();
        progress
    }

    /// Creates a hidden bar. Its template shows `words` after the position.
    fn hidden(total: u64, pieces: &str, is_limit: bool, words: &str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let template = format!("{{bar:40}} {{human_pos}} {words}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        let host = Host::current();
        if let Some(host) = &host {
            host.report(Some(WorkProgress {
                done: 0,
                total,
                is_limit,
                unit: pieces.to_owned(),
            }));
        }
        Self { bar, host }
    }

    /// Returns whether a host receives the numbers, which takes less time than drawing a bar.
    pub(crate) fn has_host(&self) -> bool {
        self.host.is_some()
    }

    /// Sets the number of completed units.
    pub(crate) fn set(&self, done: u64) {
        if let Some(host) = &self.host {
            return host.set_done(done);
        }
        if self.bar.is_hidden() && self.bar.elapsed() > PATIENCE {
            // Indicatif shows nothing if standard error is not a terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done);
    }

    /// Adds one completed unit.
    pub(crate) fn increment(&self) {
        let done = self.host.as_ref().map_or(self.bar.position(), Host::done);
        self.set(done + 1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(host) = &self.host {
            host.report(None);
        }
        self.bar.finish_and_clear();
    }
}
