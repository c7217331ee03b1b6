//! Finds the reason why each weight moves: the case of the optimizer whose formula gives the step.

use super::{
    MAX_WRITTEN_NUMBERS, StepNarrative,
    pieces::{name_in_sentence, number},
    sum::substitute,
};
use thalweg::{
    contender::ComparedOptimizer,
    expression::{parse::NameResolver, tree::Leaf},
    inspect::{Quantity, Shape, StepReason},
    linalg::{difference, dot, product, solve},
    trace::Series,
};

/// A formula matches a step if their relative difference is below the digits that are shown.
const NEAR: f64 = 1e-4;

/// A weight that matches a case: its index, the value of the formula, and the formula with numbers instead of names.
pub(super) type MatchedWeight = (usize, f64, String);

impl StepNarrative<'_> {
    /// Adds a sentence for each case that matches some weights, and returns the calculations.
    pub(super) fn reasons(&self, causes: &mut Vec<String>) -> Vec<String> {
        let mut equations = Vec::new();
        let step = self.displacement();
        let Some(contender) = self.contender else {
            return equations;
        };
        if !step.iter().all(|d| d.is_finite()) {
            return equations;
        }
        let few = step.len() <= MAX_WRITTEN_NUMBERS;
        let mut open: Vec<usize> = (0..step.len()).collect();
        open.retain(|i| !self.is_undone(*i));
        // An optimizer without a gradient has another reason.
        let is_still =
            |i: &usize| step[*i] == 0.0 && self.gradient[*i] == 0.0 && contender.uses_gradient();
        let still = open.iter().copied().filter(|i| few && is_still(i));
        let still: Vec<usize> = still.collect();
        open.retain(|i| !still.contains(i));
        for why in self.possible_reasons(contender) {
            let weights = self.matching_weights(why, contender, &step, &mut open);
            let matching: Vec<usize> = weights.iter().map(|(i, ..)| *i).collect();
            if weights.is_empty() || !few && self.whole_blocks(&matching).is_none() {
                continue;
            }
            causes.push(self.reason(&why.words, matching.into_iter()));
            // A single number would only repeat the step.
            let has_formula = weights.iter().all(|(.., formula)| formula.contains(' '));
            if has_formula && few {
                let new = weights.iter().map(|weight| self.equation(weight, &step));
                equations.extend(new);
            }
        }
        if !still.is_empty() {
            let words = "stays in place, because its gradient is zero";
            causes.push(self.reason(words, still.into_iter()));
        }
        equations
    }

    /// Returns the reasons of an optimizer without those of other cases than the one that it reports for this step.
    pub(super) fn possible_reasons<'s>(
        &'s self,
        contender: &'s ComparedOptimizer,
    ) -> impl Iterator<Item = &'s StepReason> {
        let mut inner = self.trace.inner.iter();
        let reported = inner.find(|series| series.channel.quantity == Quantity::Case);
        let case = reported.and_then(|series| series.at(self.epoch).first().copied());
        let reasons = contender.why().iter();
        reasons.filter(move |why| why.case.is_none_or(|own| case == Some(f64::from(own))))
    }

    /// Removes the weights that match a case from the open ones, and returns them.
    pub(super) fn matching_weights(
        &self,
        why: &StepReason,
        contender: &ComparedOptimizer,
        step: &[f64],
        open: &mut Vec<usize>,
    ) -> Vec<MatchedWeight> {
        if why.step.is_empty() {
            return open
                .drain(..)
                .map(|i| (i, step[i], String::new()))
                .collect();
        }
        let at = |weight: usize, factor: f64| {
            let here = WeightStep {
                narrative: self,
                contender,
                weight,
                factor,
            };
            substitute(&why.step, &here)
        };
        let mut factor = 1.0;
        let fitted = why.step.contains("factor");
        let count = open.len();
        // A factor exists for every single number, so a match would prove nothing.
        if fitted
            && count == 1
            && self.other_gradient.is_some()
            && self.trace.trials[self.epoch].is_empty()
        {
            return Vec::new();
        }
        if fitted {
            let [fixed, whole] = [0.0, 1.0].map(|factor| {
                let values = open.iter().map(|i| Some(at(*i, factor)?.0));
                values.collect::<Option<Vec<f64>>>()
            });
            let (Some(fixed), Some(whole)) = (fixed, whole) else {
                return Vec::new();
            };
            let step: Vec<f64> = open.iter().map(|i| step[*i]).collect();
            let d = difference(&whole, &fixed);
            factor = dot(&difference(&step, &fixed), &d) / dot(&d, &d);
        }
        let from = self.trace.at(self.epoch - 1);
        let mut found = Vec::new();
        open.retain(|&i| {
            let Some((value, formula)) = at(i, factor) else {
                return true;
            };
            // The step is only known to the precision of the weight.
            let rounding = 4.0 * f64::EPSILON * from[i].abs();
            let is_true = (value - step[i]).abs() <= NEAR * step[i].abs() + rounding;
            if is_true {
                found.push((i, value, formula));
            }
            !is_true
        });
        // The factor must match all these weights.
        if fitted && found.len() < count {
            open.extend(found.drain(..).map(|(i, ..)| i));
            open.sort_unstable();
        }
        found
    }

    fn reason(&self, words: &str, weights: impl Iterator<Item = usize>) -> String {
        let weights: Vec<usize> = weights.collect();
        let names = weights.iter().map(|i| name_in_sentence(&self.names[*i]));
        let names: Vec<String> = names.collect();
        let who = match (&*names, self.whole_blocks(&weights)) {
            ([one], _) => one.clone(),
            _ if names.len() == self.names.len() => "each weight".to_owned(),
            (many, Some(blocks)) if many.len() > MAX_WRITTEN_NUMBERS => {
                format!("each weight of {}", blocks.join(" and "))
            }
            (many, _) => format!("each of {}", many.join(" and ")),
        };
        format!("{who} {words}")
    }

    /// Returns the names of the blocks that these weights, in ascending order, consist of. The result is `None` if only a part of
    /// a block is among them. Without blocks, all weights are one.
    fn whole_blocks(&self, weights: &[usize]) -> Option<Vec<&str>> {
        if weights.len() == self.names.len() {
            return Some(Vec::new());
        }
        let (mut names, mut count) = (Vec::new(), 0);
        for block in &self.trace.blocks {
            if block
                .range
                .clone()
                .all(|i| weights.binary_search(&i).is_ok())
            {
                names.push(&*block.name);
                count += block.range.len();
            }
        }
        (count == weights.len()).then_some(names)
    }

    fn equation(&self, (i, value, formula): &MatchedWeight, step: &[f64]) -> String {
        let name = name_in_sentence(&self.names[*i]);
        // A step below the precision of the weight leaves the weight unchanged.
        let (moved, lost) = if step[*i] == 0.0 && *value != 0.0 {
            (*value, ", too small to change the weight")
        } else {
            (step[*i], "")
        };
        format!("{formula} = {} for {name}{lost}", number(moved))
    }
}

/// One weight in one step, whose quantities formulas refer to by name.
pub(super) struct WeightStep<'a> {
    pub(super) narrative: &'a StepNarrative<'a>,
    pub(super) contender: &'a ComparedOptimizer,
    pub(super) weight: usize,
    pub(super) factor: f64,
}

impl WeightStep<'_> {
    fn series(&self, name: &str) -> Option<&Series> {
        self.narrative.trace.series(name)
    }

    /// Returns the numbers of rows and columns of the block to which this weight belongs.
    fn block_shape(&self) -> [usize; 2] {
        let mut blocks = self.narrative.trace.blocks.iter();
        let own = blocks.find(|block| block.range.contains(&self.weight));
        own.map_or([1, 1], |block| block.shape)
    }

    /// Returns this weight's number of a channel, or the number that all weights share.
    fn of_weight(&self, series: &Series, epoch: usize) -> Option<f64> {
        let row = series.at(epoch);
        match series.channel.shape {
            Shape::Scalar => row.first().copied(),
            Shape::Vector => row.get(self.weight).copied(),
            _ => None,
        }
    }
}

impl NameResolver for WeightStep<'_> {
    fn name(&self, name: &str) -> Option<Leaf> {
        let (step, i) = (self.narrative, self.weight);
        if let Some(series) = self.series(name) {
            return self.of_weight(series, step.epoch).map(Leaf::Constant);
        }
        let number = match name {
            "gradient" => step.used[i],
            "weight" => step.trace.at(step.epoch - 1)[i],
            "t" => step.epoch as f64,
            "factor" => self.factor,
            "rows" => self.block_shape()[0] as f64,
            "columns" => self.block_shape()[1] as f64,
            setting => self.contender.number(setting)?,
        };
        Some(Leaf::Constant(number))
    }

    fn of(&self, function: &str, name: &str) -> Option<Leaf> {
        let (step, series) = (self.narrative, self.series(name)?);
        let now = series.at(step.epoch);
        let mut out = step.used.clone();
        match function {
            "before" => {
                let before = self.of_weight(series, step.epoch - 1);
                return before.map(Leaf::Constant);
            }
            "product" => product(now, &step.used, &mut out),
            "solution" => solve(&mut now.to_vec(), &mut out).ok()?,
            _ => return None,
        }
        Some(Leaf::Constant(out[self.weight]))
    }
}
