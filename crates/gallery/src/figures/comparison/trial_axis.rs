//! The vertical axes of the trials: evaluations to the target, and the loss at the end.

use crate::{
    parts::scaling::{extent, has_place, placed, range, spacing_with_zeros},
    prelude::*,
};
use thalweg::tuning::TrialResult;
use thalweg_plot::{
    legend::{LegendEntry, LegendHandle},
    scale::Spacing,
};

/// A logarithmic axis of losses extends at most to the target divided by this number, and to the loss at the initial point times
/// this number.
const BEYOND: f64 = 10.0;

/// A vertical axis with rows above its values, in which the trials without a value are.
pub(super) struct TrialAxis {
    pub(super) span: AxisSpan,
    /// The height of the row of each optimizer.
    pub(super) rows: Vec<f64>,
    quantity: Quantity,
}

/// What an axis shows.
#[derive(Clone, Copy)]
enum Quantity {
    Evaluations,
    /// The loss, at least and at most these.
    Loss([f64; 2]),
}

impl Quantity {
    fn of(self, result: &TrialResult) -> Option<f64> {
        match self {
            // A logarithmic axis begins above 0.
            Self::Evaluations => result.time.map(|time| time.max(1) as f64),
            Self::Loss([lowest, highest]) => {
                let loss = Some(result.loss).filter(|loss| *loss <= highest);
                loss.map(|loss| loss.max(lowest))
            }
        }
    }
}

impl TrialAxis {
    /// Creates the axis of the evaluations to the target. Trials that miss it are above the budget.
    pub(super) fn evaluations(curves: &[Vec<TrialResult>], budget: f64) -> Self {
        // Without a trial below the budget, the axis would have no second tick.
        let marked = [budget, budget / 10.0];
        Self::new(curves, Quantity::Evaluations, Spacing::Log, &marked)
    }

    /// Creates the axis of the losses at the ends of the trials. Those that diverged, or ended far above the loss at the initial
    /// point, are above it, because the axis would otherwise show nothing else.
    pub(super) fn losses(curves: &[Vec<TrialResult>], initial: f64, target: f64) -> Self {
        let all = || curves.iter().flatten().map(|result| result.loss);
        let losses = || all().chain([target]).filter(|loss| loss.is_finite());
        let spacing = spacing_with_zeros(losses().collect::<Vec<_>>().into_iter());
        let calm = initial.max(target);
        let highest = match spacing {
            Spacing::Log => calm * BEYOND,
            Spacing::Linear => {
                let [low, _] = extent(losses().filter(|loss| *loss <= calm)).unwrap_or([target; 2]);
                calm + (calm - low)
            }
        };
        // A step can end at the minimum exactly. Many decades below the target would leave no room for the trials that miss it.
        let lowest = match spacing {
            Spacing::Log => target / BEYOND,
            Spacing::Linear => f64::NEG_INFINITY,
        };
        Self::new(
            curves,
            Quantity::Loss([lowest, highest]),
            spacing,
            &[target],
        )
    }

    fn new(
        curves: &[Vec<TrialResult>],
        quantity: Quantity,
        spacing: Spacing,
        marked: &[f64],
    ) -> Self {
        /// Distance of neighboring rows relative to the length of the axis below them.
        const ROW: f64 = 0.06;
        /// The largest height of all rows together.
        const MOST: f64 = 0.4;
        /// About the number of ticks of an axis.
        const TICKS: usize = 6;
        let values = curves
            .iter()
            .flatten()
            .filter_map(|result| quantity.of(result));
        let values = values.chain(marked.iter().copied());
        let base = range(values, spacing);
        let has_row = |trials: &&Vec<TrialResult>| {
            let mut values = trials.iter().map(|result| quantity.of(result));
            values.any(|value| value.is_none())
        };
        // Each optimizer has its own row, so that the marks do not cover each other.
        let count = curves.iter().filter(has_row).count();
        let pitch = ROW.min(MOST / (count + 1) as f64);
        let height = |row: usize| spacing.at(base, 1.0 + pitch * row as f64);
        let mut row = 0;
        let rows = curves.iter().map(|trials| {
            row += usize::from(has_row(&trials));
            height(row)
        });
        let rows = rows.collect();
        let top = if count == 0 {
            base[1]
        } else {
            height(count + 1)
        };
        let mut span = AxisSpan::numbers("", [base[0], top], spacing);
        // The rows are not values.
        let ticks = span.ticks(TICKS).into_iter();
        span.given = ticks.filter(|(value, _)| *value <= base[1]).collect();
        // The most important ticks are first, because others too close to them are omitted.
        span.given.sort_by_key(|(value, _)| !marked.contains(value));
        Self {
            span,
            rows,
            quantity,
        }
    }

    /// Returns the height of a line at a value. A logarithmic axis has 0 at its lower edge.
    pub(super) fn line(&self, value: f64) -> f64 {
        placed(value, &self.span)
    }

    /// Returns whether the loss of a trial is lower than the axis.
    fn is_below(&self, result: &TrialResult) -> bool {
        match self.quantity {
            Quantity::Evaluations => false,
            Quantity::Loss([lowest, _]) => result.loss < lowest,
        }
    }

    /// Returns the height of a trial, unless it is in the row of its optimizer.
    pub(super) fn value(&self, result: &TrialResult) -> Option<f64> {
        let value = placed(self.quantity.of(result)?, &self.span);
        has_place(value, self.span.spacing).then_some(value)
    }
}

/// Returns the entries of the legend that explain the lines and the marks of both axes.
pub(super) fn keys(
    results: &[TrialResult],
    losses: &TrialAxis,
    budget: (u64, Stroke),
    target: (f64, Stroke),
    theme: &Theme,
) -> Vec<LegendEntry> {
    let count = |is_counted: &dyn Fn(&TrialResult) -> bool| {
        let counted = results.iter().filter(|result| is_counted(result));
        counted.count()
    };
    let missed = count(&|result| result.time.is_none());
    let above = if missed == 0 {
        ""
    } else {
        "; above it: the target was missed"
    };
    let late = count(&|result| result.time.is_none() && result.loss <= target.0);
    let late = match late {
        0 => String::new(),
        1 => "; one reached it after the budget, which is a miss".to_owned(),
        many => format!("; {many} reached it after the budget, which is a miss"),
    };
    let below = if count(&|result| losses.is_below(result)) == 0 {
        ""
    } else {
        "; those in the lowest row ended lower"
    };
    let mut keys = vec![
        LegendEntry::new(
            format!("Budget: {} evaluations{above}", budget.0),
            LegendHandle::Line(budget.1, None),
        ),
        LegendEntry::new(
            format!(
                "Target loss: {}; trials at or below it reached the target and stopped there{below}{late}",
                thalweg_plot::text::number(target.0, 3)
            ),
            LegendHandle::Line(target.1, None),
        ),
    ];
    if count(&TrialResult::is_diverged) > 0 {
        keys.push(LegendEntry::new(
            "Diverged (at the upper edges)",
            LegendHandle::Cross(theme.foreground),
        ));
    }
    if count(&|result| !result.is_diverged() && losses.value(result).is_none()) > 0 {
        keys.push(LegendEntry::new(
            "At the upper edge of the losses: a loss far above that of the initial point",
            LegendHandle::Ring(theme.foreground),
        ));
    }
    keys
}
