//! The terms whose sum is a step, such as a part of the previous velocity and a multiple of the gradient.

use super::{StepNarrative, pieces::number, sum::substitute, why::WeightStep};
use thalweg::{contender::ComparedOptimizer, inspect::StepReason};

/// A term of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepTerm {
    /// The term in words, with numbers for the settings: "0.9 × velocity before the step".
    pub words: String,
    /// Its value for each weight (dim).
    pub values: Vec<f64>,
}

impl StepNarrative<'_> {
    /// Returns the terms whose sum is the step. The result is empty if the step is not a sum, or if different weights
    /// move for different reasons.
    pub fn terms(&self) -> Vec<StepTerm> {
        let Some(contender) = self.contender.filter(|_| self.epoch > 0) else {
            return Vec::new();
        };
        let step = self.displacement();
        if !step.iter().all(|d| d.is_finite()) {
            return Vec::new();
        }
        for why in self.possible_reasons(contender) {
            let mut open: Vec<usize> = (0..step.len()).collect();
            let matching = self.matching_weights(why, contender, &step, &mut open);
            if !matching.is_empty() {
                let is_common = matching.len() == step.len();
                let terms = is_common.then(|| self.terms_of(why, contender));
                return terms.flatten().unwrap_or_default();
            }
        }
        Vec::new()
    }

    fn terms_of(&self, why: &StepReason, contender: &ComparedOptimizer) -> Option<Vec<StepTerm>> {
        let formulas = split(&why.step);
        if formulas.len() < 2 || why.step.contains("factor") {
            return None;
        }
        let at = |weight: usize| WeightStep {
            narrative: self,
            contender,
            weight,
            factor: 1.0,
        };
        let term = |formula: &String| {
            let values = (0..self.trace.dim).map(|i| Some(substitute(formula, &at(i))?.0));
            Some(StepTerm {
                words: self.words_of_term(formula, contender),
                values: values.collect::<Option<_>>()?,
            })
        };
        formulas.iter().map(term).collect()
    }

    /// Writes a term with numbers for settings, and words for the gradient and the state.
    fn words_of_term(&self, formula: &str, contender: &ComparedOptimizer) -> String {
        let here = WeightStep {
            narrative: self,
            contender,
            weight: 0,
            factor: 1.0,
        };
        let word = |factor: &str| {
            let channel = |name: &str| self.trace.series(name).map(|s| s.channel.words());
            let before = factor
                .strip_prefix("before(")
                .and_then(|f| f.strip_suffix(')'));
            if let Some(words) = before.and_then(channel) {
                return format!("{words} before the step");
            }
            if let Some(words) = channel(factor) {
                return words;
            }
            match contender.number(factor).filter(|_| factor != "gradient") {
                Some(v) => number(v),
                None if factor.starts_with('[') => {
                    substitute(factor, &here).map_or(factor.to_owned(), |(v, _)| number(v))
                }
                None => factor.replace('_', " "),
            }
        };
        let (sign, factors) = match formula.strip_prefix('-') {
            Some(rest) => ("\u{2212}", rest.trim()),
            None => ("", formula),
        };
        let factors: Vec<String> = factors.split(" * ").map(word).collect();
        format!("{sign}{}", factors.join(" \u{d7} "))
    }
}

/// Splits a formula at its outermost signs. A term after a minus sign begins with the sign.
fn split(formula: &str) -> Vec<String> {
    let (mut terms, mut depth) = (vec![String::new()], 0);
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let sign = [" + ", " - "]
            .into_iter()
            .find(|sign| rest.starts_with(sign));
        if let (0, Some(sign)) = (depth, sign) {
            terms.push(sign.trim().replace('+', ""));
            rest = &rest[sign.len()..];
            continue;
        }
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        let last = terms.len() - 1;
        terms[last].push(c);
        rest = &rest[c.len_utf8()..];
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_formula_is_split_at_its_outermost_signs() {
        assert_eq!(split("a * before(v) - b * g"), ["a * before(v)", "-b * g"]);
        assert_eq!(split("-[a - b] * g + w"), ["-[a - b] * g", "w"]);
        assert_eq!(split("a * (b + c)"), ["a * (b + c)"]);
    }
}
