//! Describes the inner state after a step: the value of each channel, and the changes of step sizes.

use super::{
    MAX_WRITTEN_NUMBERS, StepNarrative,
    pieces::{
        DIGITS, almost_equal, channel_help, curvature, deviations, distinct_tuple, format_distinct,
        matrix_rows, name_in_sentence, points, tuple,
    },
};
use crate::form::symmetric;
use thalweg::{
    blocks::shapes,
    inspect::{Quantity, Shape},
    trace::Series,
};
use thalweg_plot::text;

impl StepNarrative<'_> {
    /// Describes a channel after the step. Changes of step sizes are causes; the most important ones come first.
    pub(super) fn channel(
        &self,
        series: &Series,
        causes: &mut Vec<String>,
        details: &mut Vec<String>,
    ) {
        let (then, now) = (series.at(self.epoch - 1), series.at(self.epoch));
        let (shape, quantity) = (series.channel.shape, series.channel.quantity);
        // A channel that has always been zero contains no information yet.
        let is_zero = |row: &[f64]| row.iter().all(|v| *v == 0.0);
        // The reason of the step describes its case.
        if quantity == Quantity::Case
            || now.is_empty()
            || now.len() > MAX_WRITTEN_NUMBERS
            || is_zero(now) && is_zero(then)
        {
            return;
        }
        if shape == Shape::Vector && quantity == Quantity::StepSize {
            let changes = (0..now.len()).map(|i| self.step_size(i, then[i], now[i]));
            let (main, others): (Vec<_>, Vec<_>) = changes.partition(|(is_main, _)| *is_main);
            causes.splice(0..0, main.into_iter().map(|(_, cause)| cause));
            causes.extend(others.into_iter().map(|(_, cause)| cause));
            return;
        }
        let mut value = self.value_of(shape, quantity, now);
        let more = match quantity {
            _ if is_zero(now) || matches!(shape, Shape::LeftFactors | Shape::RightFactors) => {
                String::new()
            }
            Quantity::GradientSquared => {
                if self.epoch == 1 {
                    value = format!("{value}, initially {}", tuple(then));
                }
                let roots: Vec<f64> = now.iter().map(|v| v.sqrt()).collect();
                let roots = tuple(&roots);
                format!("; its square root, {roots}, has the unit of the gradient")
            }
            Quantity::Curvature | Quantity::InverseCurvature => {
                // The diagonal alone does not determine the curvature in other directions.
                let matrix = symmetric(shape, now).filter(|_| shape == Shape::Matrix);
                matrix.map_or(String::new(), |m| curvature(m, quantity))
            }
            Quantity::Covariance => deviations(shape, now),
            Quantity::Displacement | Quantity::Position | Quantity::Gradient => String::new(),
            // Before the first step the value may be undefined.
            _ if !then.iter().all(|v| v.is_finite()) => String::new(),
            _ if now == then => ["", ", unchanged"][usize::from(self.epoch > 1)].to_owned(),
            _ => {
                let when = ["initially", "one step earlier"][usize::from(self.epoch > 1)];
                value = distinct_tuple(now, then);
                format!("; {when} {}", distinct_tuple(then, now))
            }
        };
        // A remembered gradient is zero without a meaning if the gradient of the step is not.
        let mut pairs = now.iter().zip(&self.gradient);
        let is_reset = quantity == Quantity::Gradient && pairs.any(|(v, g)| *v == 0.0 && *g != 0.0);
        let help = channel_help(&series.channel.help, is_reset);
        details.push(format!("{help}: {value}{more}."));
    }

    /// Writes the value `now` of a channel after the step.
    fn value_of(&self, shape: Shape, quantity: Quantity, now: &[f64]) -> String {
        match (shape, quantity) {
            (Shape::Matrix, _) => matrix_rows(now, self.trace.dim),
            (Shape::Points | Shape::Simplex, _) => points(now, self.trace.dim),
            (Shape::LeftFactors | Shape::RightFactors, _) => self.factors(shape, now),
            (_, Quantity::Displacement) if almost_equal(now, &self.displacement()) => {
                "equal to the step".to_owned()
            }
            (_, Quantity::Position) if almost_equal(now, self.trace.at(self.epoch)) => {
                "equal to the weights after the step".to_owned()
            }
            (Shape::Vector, Quantity::Gradient) if now == self.gradient => {
                "equal to the gradient above".to_owned()
            }
            _ => tuple(now),
        }
    }

    /// Writes the square factors of the blocks, those of a block row by row.
    fn factors(&self, shape: Shape, numbers: &[f64]) -> String {
        let (dim, mut rest, mut all) = (self.trace.dim, numbers, Vec::new());
        for side in shape.sides(dim, shapes(&self.trace.blocks, dim)) {
            let (matrix, more) = rest.split_at(side * side);
            all.push(matrix_rows(matrix, side));
            rest = more;
        }
        all.join(", then ")
    }

    /// Returns the numbers of a weight before and after the step in the channels of a quantity.
    fn changes(&self, quantity: Quantity, i: usize) -> impl Iterator<Item = [f64; 2]> {
        let inner = self.trace.inner.iter();
        let inner = inner.filter(move |s| s.channel.quantity == quantity);
        inner.filter_map(move |s| {
            let row = |epoch: usize| s.at(epoch).get(i).copied();
            Some([row(self.epoch - 1)?, row(self.epoch)?])
        })
    }

    /// Returns whether an optimizer with step sizes reverses the last step of a weight and resets its remembered gradient.
    pub(super) fn is_undone(&self, i: usize) -> bool {
        let mut moves = self.changes(Quantity::Displacement, i);
        self.changes(Quantity::StepSize, i).next().is_some()
            && self
                .changes(Quantity::Gradient, i)
                .any(|[_, now]| now == 0.0)
            && moves.any(|[then, now]| now != 0.0 && now == -then)
    }

    /// Returns why a weight's step size stays, as the rest of a sentence.
    fn why_unchanged(&self, i: usize) -> String {
        let is_zero = |g: &[f64]| self.other_gradient.is_none() && g[i] == 0.0;
        let is_reset = self
            .changes(Quantity::Gradient, i)
            .any(|[then, _]| then == 0.0);
        if is_zero(&self.gradient) {
            " because its gradient is zero".to_owned()
        } else if !is_reset {
            String::new()
        } else if self.epoch == 1 {
            " because there is no earlier sign to compare with".to_owned()
        } else if self.before.as_ref().is_some_and(|g| is_zero(g)) {
            " because its last gradient was zero".to_owned()
        } else {
            let [from, to] = [2, 1].map(|ago| self.trace.at(self.epoch - ago)[i]);
            let last = self.epoch - 1;
            let what = if from == to {
                "left the weight in place"
            } else {
                "undid its last step"
            };
            format!(" because step {last} {what} and remembered no sign")
        }
    }

    /// Describes the change of a weight's step size, and whether it is a main cause: a changed sign of the gradient.
    fn step_size(&self, i: usize, then: f64, now: f64) -> (bool, String) {
        let name = name_in_sentence(&self.names[i]);
        let [from, to] = format_distinct([then, now], DIGITS);
        let is_undone = self.is_undone(i);
        let undone = if is_undone {
            " and its last step is undone"
        } else {
            ""
        };
        let setting = |name| self.contender.and_then(|one| one.number(name));
        let limits = [("max_step", "maximum"), ("min_step", "minimum")];
        let limit = limits.iter().find(|(name, _)| setting(name) == Some(now));
        if now == then {
            let limit = limit.map_or(String::new(), |(_, limit)| format!(", its {limit},"));
            let reason = if is_undone {
                undone.to_owned()
            } else {
                self.why_unchanged(i)
            };
            let words = format!("the step size of {name} stays {to}{limit}{reason}");
            return (is_undone, words.trim_end_matches(',').to_owned());
        }
        let before = self.before.as_ref();
        let signs = before.map_or(0.0, |before| self.gradient[i] * before[i]);
        let has_turned = signs < 0.0 && now < then;
        let what = if has_turned {
            format!("the gradient of {name} changed its sign, so its step size")
        } else if signs > 0.0 && now > then {
            format!("the gradient of {name} kept its sign, so its step size")
        } else {
            format!("the step size of {name}")
        };
        let change = if let Some((_, limit)) = limit {
            format!("is set to its {limit}")
        } else if now == then / 2.0 {
            "is halved".to_owned()
        } else if then == 0.0 {
            "grows".to_owned()
        } else {
            format!("is multiplied by {}", text::number(now / then, 3))
        };
        (
            has_turned,
            format!("{what} {change} ({from} to {to}){undone}"),
        )
    }
}
