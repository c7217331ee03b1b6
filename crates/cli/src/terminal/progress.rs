//! Progress of what takes more than a second, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// A bar that appears after a second, and never where standard error is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
}

const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    /// `total` pieces of work, such as "epochs" or "figures".
    pub(crate) fn new(total: u64, pieces: &str) -> Self {
        Self::hidden(
            total,
            &format!("of at most {{human_len}} {pieces}, {{elapsed}}"),
        )
    }

    /// `total` pieces of work that will all be done, of which some are done already, with the time that is left.
    pub(crate) fn with_time_left(total: u64, done: u64, pieces: &str) -> Self {
        let progress = Self::hidden(
            total,
            &format!("of {{human_len}} {pieces}, {{elapsed}}, {{eta}} left"),
        );
        progress.bar.set_position(done);
        // What was done before says nothing of how fast it goes now.
        progress.bar.reset_eta();
        progress
    }

    /// A bar that is not shown yet, its number followed by these words.
    fn hidden(total: u64, words: &str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let template = format!("{{bar:40}} {{human_pos}} {words}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// So many pieces are done.
    pub(crate) fn set(&self, done: u64) {
        if self.bar.is_hidden() && self.bar.elapsed() > PATIENCE {
            // Indicatif itself stays silent where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done);
    }

    /// One more piece is done.
    pub(crate) fn increment(&self) {
        self.set(self.bar.position() + 1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
