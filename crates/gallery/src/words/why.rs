//! Why each weight moves as it does: the case of the optimizer's file that is true for it, with its numbers.

use super::{
    MOST, StepNarrative,
    pieces::{number, spoken},
    sum::worked_out,
};
use thalweg::{
    contender::ComparedOptimizer,
    expression::{parse::NameResolver, tree::Leaf},
    inspect::{Shape, StepReason},
    linalg::{dot, product, solve},
    trace::Series,
};

/// A formula is true if it is nearer to the move than its digits show.
const NEAR: f64 = 1e-4;

/// A case that is true for some weights.
struct ReasonCase<'w> {
    why: &'w StepReason,
    weights: Vec<MatchedWeight>,
}

/// A weight for which a case is true: its number, what the formula gives for it, and the formula with its numbers.
type MatchedWeight = (usize, f64, String);

impl StepNarrative<'_> {
    /// A sentence for each case that is true for some weights.
    pub(super) fn reasons(&self) -> Vec<String> {
        let Some(contender) = self.contender else {
            return Vec::new();
        };
        let step = self.displacement();
        if !step.iter().all(|d| d.is_finite()) {
            return Vec::new();
        }
        let mut cases: Vec<ReasonCase> = Vec::new();
        let mut open: Vec<usize> = (0..step.len()).collect();
        for why in contender.why() {
            let weights = self.true_for(why, contender, &step, &mut open);
            if !weights.is_empty() {
                cases.push(ReasonCase { why, weights });
            }
        }
        let few = step.len() <= MOST;
        let told = cases
            .iter()
            .filter(|case| few || case.weights.len() == step.len());
        told.map(|case| self.reason(case)).collect()
    }

    /// Takes the weights for which a case is true out of those that are open.
    fn true_for(
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
                told: self,
                contender,
                weight,
                factor,
            };
            worked_out(&why.step, &here)
        };
        let mut factor = 1.0;
        let fitted = why.step.contains("factor");
        // One number is a multiple of any other.
        if fitted && step.len() == 1 && self.trace.trials[self.epoch].is_empty() {
            return Vec::new();
        }
        if fitted {
            let whole: Option<Vec<f64>> = (0..step.len()).map(|i| Some(at(i, 1.0)?.0)).collect();
            let Some(d) = whole else {
                return Vec::new();
            };
            factor = dot(step, &d) / dot(&d, &d);
        }
        let from = self.trace.at(self.epoch - 1);
        let mut found = Vec::new();
        open.retain(|&i| {
            let Some((value, said)) = at(i, factor) else {
                return true;
            };
            // The move is known to the last digits of the weight.
            let rounding = 4.0 * f64::EPSILON * from[i].abs();
            let is_true = (value - step[i]).abs() <= NEAR * step[i].abs() + rounding;
            if is_true {
                found.push((i, value, said));
            }
            !is_true
        });
        // A factor that does not suit all is none.
        if fitted && found.len() < step.len() {
            open.extend(found.drain(..).map(|(i, ..)| i));
            open.sort_unstable();
        }
        found
    }

    fn reason(&self, ReasonCase { why, weights }: &ReasonCase) -> String {
        let name = |i: usize| spoken(&self.names[i]);
        let names: Vec<String> = weights.iter().map(|(i, ..)| name(*i)).collect();
        let all = weights.len() == self.names.len();
        let who = match &*names {
            [one] => capital(one),
            _ if all => "Each weight".to_owned(),
            many => format!("Each of {}", many.join(" and ")),
        };
        let mut words = format!("{who} {}", why.words);
        // One number alone would be the move itself.
        let is_told = weights.iter().all(|(.., said)| said.contains(' '));
        if is_told && weights.len() <= MOST {
            let step = self.displacement();
            let equation = |(i, value, said): &MatchedWeight| {
                let of = if weights.len() == 1 {
                    String::new()
                } else {
                    format!(" for {}", name(*i))
                };
                // What is less than the last digit of the weight is lost.
                let lost = step[*i] == 0.0 && *value != 0.0;
                let (moved, lost) = if lost {
                    (*value, ", too little to move it")
                } else {
                    (step[*i], "")
                };
                format!("{said} = {}{of}{lost}", number(moved))
            };
            let equations: Vec<String> = weights.iter().map(equation).collect();
            words.extend([": ", &equations.join(", ")]);
        }
        words.push('.');
        words
    }
}

fn capital(name: &str) -> String {
    match name.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => name.to_owned(),
    }
}

/// One weight in one step.
struct WeightStep<'a> {
    told: &'a StepNarrative<'a>,
    contender: &'a ComparedOptimizer,
    weight: usize,
    factor: f64,
}

impl WeightStep<'_> {
    fn series(&self, name: &str) -> Option<&Series> {
        self.told.trace.series(name)
    }

    /// The number of a channel that is this weight's, or everybody's.
    fn of_weight(&self, series: &Series, epoch: usize) -> Option<f64> {
        let row = series.at(epoch);
        match series.channel.shape {
            Shape::Scalar => row.first().copied(),
            Shape::Vector => row.get(self.weight).copied(),
            Shape::Matrix => None,
        }
    }
}

impl NameResolver for WeightStep<'_> {
    fn name(&self, name: &str) -> Option<Leaf> {
        let (told, i) = (self.told, self.weight);
        if let Some(series) = self.series(name) {
            return self.of_weight(series, told.epoch).map(Leaf::Constant);
        }
        let number = match name {
            "gradient" => told.gradient[i],
            "weight" => told.trace.at(told.epoch - 1)[i],
            "t" => told.epoch as f64,
            "factor" => self.factor,
            setting => self.contender.number(setting)?,
        };
        Some(Leaf::Constant(number))
    }

    fn of(&self, function: &str, name: &str) -> Option<Leaf> {
        let (told, series) = (self.told, self.series(name)?);
        let now = series.at(told.epoch);
        let mut out = told.gradient.clone();
        match function {
            "before" => {
                let before = self.of_weight(series, told.epoch - 1);
                return before.map(Leaf::Constant);
            }
            "product" => product(now, &told.gradient, &mut out),
            "solution" => solve(&mut now.to_vec(), &mut out).ok()?,
            _ => return None,
        }
        Some(Leaf::Constant(out[self.weight]))
    }
}
