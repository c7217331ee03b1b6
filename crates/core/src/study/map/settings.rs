//! Runs for every value of one or two settings of an optimizer.

use super::{Outcome, Tally};
use crate::{
    Error,
    catalog::{over::SettingValues, pick::Pick},
    numeric::random::Random,
    objective::field::Window,
    run::batch::RunEnd,
    study::experiment::PreparedExperiment,
};

/// An optimizer with lists of values for one or two settings.
///
/// Cells are numbered row by row: the first setting selects the column, the second the row.
#[derive(Clone, Debug)]
pub struct SettingsGrid {
    pick: Pick,
    over: Vec<SettingValues>,
}

/// Result of one optimizer with fixed settings from one or more initial points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SettingCell {
    /// Number of initial points.
    pub starts: u64,
    /// Number of runs that reached the target.
    pub reached: u64,
    /// Number of runs that diverged.
    pub diverged: u64,
    /// Median number of epochs to the target over all initial points (nearest rank). A run that does not reach the
    /// target counts as infinite. `None` means that the median is infinite.
    pub epochs: Option<u64>,
    /// Median of the final losses over all initial points (nearest rank).
    pub loss: f64,
}

impl SettingCell {
    /// Returns whether the median of the final losses is that of a run that diverged, or is not finite.
    pub fn has_no_loss(&self) -> bool {
        let ended = self.starts - self.diverged;
        2 * ended < self.starts.max(1) || !self.loss.is_finite()
    }

    /// Returns `Reached` if the median is finite. Otherwise returns `Diverged` if at least as many runs diverged as missed the
    /// target for other reasons, else `EpochLimit`.
    pub fn outcome(&self) -> Outcome {
        let missed = self.starts - self.reached - self.diverged;
        match self.epochs {
            Some(_) => Outcome::Reached,
            None if self.diverged >= missed => Outcome::Diverged,
            None => Outcome::EpochLimit,
        }
    }
}

impl SettingsGrid {
    /// Creates the grid of an optimizer and checks every cell.
    ///
    /// # Errors
    /// There is no setting, more than two, or the same setting twice; the optimizer does not have a setting; or a value
    /// is not allowed. If possible, the error contains the position in the [`SettingValues`].
    pub fn new(
        pick: Pick,
        over: Vec<SettingValues>,
        contest: &PreparedExperiment,
    ) -> Result<Self, Error> {
        match &over[..] {
            [a, b] if a.key == b.key => {
                let message = format!("`{}` is given twice; remove one", a.key);
                return Err(Error::Settings(message));
            }
            [_] | [_, _] => {}
            many => {
                let message = format!("{} settings are given; give one or two", many.len());
                return Err(Error::Settings(message));
            }
        }
        for over in &over {
            over.check_not_given(&pick)?;
        }
        let grid = Self { pick, over };
        // One setting may restrict another, so every cell is checked instead of every value.
        for cell in 0..grid.cells() {
            let built = grid.pick(cell).and_then(|pick| contest.enter(&pick));
            if let Err(error) = built {
                return Err(grid.placed(error));
            }
        }
        Ok(grid)
    }

    /// Returns the number of values of the first and the second setting; 1 if there is no second setting.
    pub fn size(&self) -> [usize; 2] {
        [0, 1].map(|i| self.over.get(i).map_or(1, |over| over.values.len()))
    }

    /// Returns the number of cells.
    pub fn cells(&self) -> usize {
        let [columns, rows] = self.size();
        columns * rows
    }

    /// Returns the settings with their values.
    pub fn over(&self) -> &[SettingValues] {
        &self.over
    }

    /// Returns the values of a cell, one per setting.
    pub fn values(&self, cell: usize) -> impl Iterator<Item = &str> {
        let columns = self.over[0].values.len();
        let at = [cell % columns, cell / columns];
        self.over.iter().zip(at).map(|(over, i)| &*over.values[i])
    }

    /// Returns the optimizer of a cell.
    ///
    /// # Errors
    /// A value would be misread in a pick.
    pub fn pick(&self, cell: usize) -> Result<Pick, Error> {
        let mut pick = self.pick.clone();
        for (over, value) in self.over.iter().zip(self.values(cell)) {
            pick = pick.changed(&over.key, value)?;
        }
        Ok(pick)
    }

    /// Runs a cell from the initial points `starts`: (dim, count), row-major.
    ///
    /// # Errors
    /// None, because [`new`](Self::new) checks all cells.
    pub fn run(
        &self,
        contest: &PreparedExperiment,
        starts: &[f64],
        cell: usize,
    ) -> Result<SettingCell, Error> {
        let contender = contest.enter(&self.pick(cell)?)?;
        let mut weights = starts.to_vec();
        let dim = contest.problem.objective.dim();
        let mut ends = vec![RunEnd::NONE; starts.len() / dim];
        contest.run_many(&contender, &mut weights, &mut ends);
        let mut tally = Tally::default();
        for end in &ends {
            tally.add_one(end.stop.into(), end.epochs);
        }
        // NaN counts as infinite.
        let mut losses: Vec<f64> = ends.iter().map(|end| end.loss).collect();
        losses.sort_by(|a, b| a.is_nan().cmp(&b.is_nan()).then(a.total_cmp(b)));
        Ok(SettingCell {
            starts: tally.runs(),
            reached: tally.ended(Outcome::Reached),
            diverged: tally.ended(Outcome::Diverged),
            epochs: tally.percentile(50, tally.runs()),
            loss: losses
                .get((losses.len() - 1) / 2)
                .copied()
                .unwrap_or(f64::NAN),
        })
    }

    /// Adds the position in the [`SettingValues`] to an error about a setting or a value.
    fn placed(&self, error: Error) -> Error {
        let inner = match &error {
            Error::In { error, .. } => &**error,
            other => other,
        };
        let within = |over: &SettingValues, part: &str| {
            let text = over.to_string();
            let begin = text.find(part).unwrap_or(0);
            let span = begin..begin + part.len();
            inner.clone().within(&text, span)
        };
        // An error in a component names the setting without the component: `tolerance` for `search.tolerance`.
        let last = |over: &SettingValues| over.key.rsplit('.').next().map(str::to_owned);
        match inner {
            Error::UnknownKey { given, .. } => {
                let found = self
                    .over
                    .iter()
                    .find(|over| last(over).as_ref() == Some(given));
                found.map(|over| within(over, &over.key))
            }
            Error::Value { key, given, .. } => {
                let mut found = self
                    .over
                    .iter()
                    .filter(|over| last(over).as_ref() == Some(key));
                let takes = |over: &&SettingValues| over.values.contains(given);
                found.find(takes).map(|over| {
                    let text = over.to_string();
                    let values = &text[over.key.len() + 1..];
                    // A list contains the value; a range contains only its ends.
                    within(over, if over.span.is_some() { values } else { given })
                })
            }
            _ => None,
        }
        .unwrap_or(error)
    }
}

/// Draws `count` initial points uniformly from a window of two weights: (2, count), row-major. They are drawn one after
/// the other, the first weight before the second.
pub fn uniform_starts(window: Window, count: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::from_seed(seed);
    let mut weights = vec![0.0; 2 * count];
    let (first, second) = weights.split_at_mut(count);
    for (w1, w2) in first.iter_mut().zip(second) {
        *w1 = random.between(window.w1);
        *w2 = random.between(window.w2);
    }
    weights
}
