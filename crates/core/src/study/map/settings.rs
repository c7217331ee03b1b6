//! Every value of one or two settings of an optimizer.

use super::{Outcome, Tally};
use crate::{
    Error,
    catalog::{over::SettingValues, pick::Pick},
    numeric::random::Random,
    objective::field::Window,
    run::batch::RunEnd,
    study::experiment::PreparedExperiment,
};

/// An optimizer with one or two settings that take values in turn.
///
/// Its cells are counted row by row: the first setting gives the column, the second the row.
#[derive(Clone, Debug)]
pub struct SettingsGrid {
    pick: Pick,
    over: Vec<SettingValues>,
}

/// What one optimizer with certain settings did from one or more starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SettingCell {
    /// Number of starts.
    pub starts: u64,
    /// From how many of them the target was reached.
    pub reached: u64,
    /// From how many the run diverged.
    pub diverged: u64,
    /// The median of the epochs to the target over all starts, by nearest rank; a run that does not get there takes for
    /// ever, and so may the median: none.
    pub epochs: Option<u64>,
}

impl SettingCell {
    /// Reached or not by the median, and if not whether at least as many runs diverged as missed the target otherwise.
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
    /// The grid of an optimizer, after a look at every value.
    ///
    /// # Errors
    /// No setting or more than two, the same one twice, one that the optimizer does not have, or a value that it does
    /// not take: shown where it stands in the [`SettingValues`], if it can be told.
    pub fn new(
        pick: Pick,
        over: Vec<SettingValues>,
        contest: &PreparedExperiment,
    ) -> Result<Self, Error> {
        match &over[..] {
            [a, b] if a.key == b.key => {
                let message = format!("`{}` is given twice", a.key);
                return Err(Error::Settings(message));
            }
            [_] | [_, _] => {}
            many => {
                let message = format!("a map shows one or two settings, not {}", many.len());
                return Err(Error::Settings(message));
            }
        }
        let grid = Self { pick, over };
        // Settings may restrict each other, so every cell is looked at and not every value alone.
        for cell in 0..grid.cells() {
            let built = grid.pick(cell).and_then(|pick| contest.enter(&pick));
            if let Err(error) = built {
                return Err(grid.placed(error));
            }
        }
        Ok(grid)
    }

    /// Number of values of the first setting and of the second, 1 where there is none.
    pub fn size(&self) -> [usize; 2] {
        [0, 1].map(|i| self.over.get(i).map_or(1, |over| over.values.len()))
    }

    /// Number of cells.
    pub fn cells(&self) -> usize {
        let [columns, rows] = self.size();
        columns * rows
    }

    /// The settings that take values.
    pub fn over(&self) -> &[SettingValues] {
        &self.over
    }

    /// The values of a cell, one a setting.
    pub fn values(&self, cell: usize) -> impl Iterator<Item = &str> {
        let columns = self.over[0].values.len();
        let at = [cell % columns, cell / columns];
        self.over.iter().zip(at).map(|(over, i)| &*over.values[i])
    }

    /// The optimizer of a cell.
    ///
    /// # Errors
    /// A value that would be misread in a pick.
    pub fn pick(&self, cell: usize) -> Result<Pick, Error> {
        let mut pick = self.pick.clone();
        for (over, value) in self.over.iter().zip(self.values(cell)) {
            pick = pick.changed(&over.key, value)?;
        }
        Ok(pick)
    }

    /// Drives the runs of a cell from `starts`, (dim, count) row-major, to their ends.
    ///
    /// # Errors
    /// None for a grid whose values were looked at.
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
        for end in ends {
            tally.add_one(end.stop.into(), end.epochs);
        }
        Ok(SettingCell {
            starts: tally.runs(),
            reached: tally.ended(Outcome::Reached),
            diverged: tally.ended(Outcome::Diverged),
            epochs: tally.percentile(50, tally.runs()),
        })
    }

    /// The error where it stands in an [`SettingValues`], if it is about one.
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
        // A part's own settings are named without the part: `tolerance` of `search.tolerance`.
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
                    // A list has the value in it, a span only its ends.
                    within(over, if over.span.is_some() { values } else { given })
                })
            }
            _ => None,
        }
        .unwrap_or(error)
    }
}

/// `count` starts drawn evenly from a window of two weights by a seed, (2, count) row-major: the first weight of a start,
/// then its second, then the next start's.
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
