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
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let template =
            format!("{{bar:40}} {{human_pos}} of at most {{human_len}} {pieces}, {{elapsed}}");
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
    pub(crate) fn one_more(&self) {
        self.set(self.bar.position() + 1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
