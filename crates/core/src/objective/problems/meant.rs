//! The problem that was meant by something else: a data set or a formula.

use super::{Problem, REGISTRY, advice::followed};
use crate::{
    Error,
    catalog::{Text, pick::Pick},
    objective::data_sets,
};
use std::fmt::Write as _;

/// Builds the problem that a pick selects.
///
/// # Errors
/// There is no such problem, or a setting is invalid. For a data set or a formula, the error contains the pick of a problem
/// that uses it. A pick that the error advises is that of a problem that can be built.
pub fn build(pick: &Pick) -> Result<Problem, Error> {
    let problem = REGISTRY.build(pick, None);
    if REGISTRY.find(&pick.id).is_some() {
        return problem.map_err(|error| followed(pick, error));
    }
    problem.map_err(|error| match meant(pick) {
        Some((is, meant)) => Error::Mistaken {
            given: pick.text().to_owned(),
            is: Text::Borrowed(is),
            kind: REGISTRY.kind,
            pick: meant,
        }
        .within(pick.text(), pick.id_span()),
        None => error,
    })
}

/// Returns what the text of a pick is instead of a problem, and the pick that was meant.
fn meant(pick: &Pick) -> Option<(&'static str, String)> {
    if data_sets::REGISTRY.find(&pick.id).is_some() {
        return Some(("a data set", problem_with(pick)?));
    }
    let formula = format!("formula:{}", pick.text());
    let is_formula = formula
        .parse()
        .is_ok_and(|pick| REGISTRY.build(&pick, None).is_ok());
    (is_formula || looks_like_a_formula(pick.text())).then_some(("a formula", formula))
}

/// Returns the first problem that can use a data set with its settings.
fn problem_with(data_set: &Pick) -> Option<String> {
    let mut data = format!("data={}", data_set.id);
    for given in &data_set.settings {
        let value = &data_set.text()[given.span.clone()];
        let _ = write!(data, ",data.{}", value.trim_start());
    }
    let built = data_sets::REGISTRY.build(data_set, None).ok()?;
    let classes = built
        .targets
        .iter()
        .fold(0.0_f64, |most, class| most.max(*class))
        + 1.0;
    let candidates = [
        format!("perceptron:{data}"),
        format!("mlp:{data}"),
        format!(
            "mlp:layers={}-8-{classes},{data},loss=categorical-cross-entropy",
            built.dim()
        ),
    ];
    let can_be_built = |text: &String| {
        text.parse()
            .is_ok_and(|pick: Pick| REGISTRY.build(&pick, None).is_ok())
    };
    candidates.into_iter().find(can_be_built)
}

/// Returns whether a text contains a weight, and an operator or a bracket. Its mistakes are then those of a formula.
fn looks_like_a_formula(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = text.split(|c| !is_part(c));
    text.contains(['^', '*', '+', '/', '(', '|']) && words.any(|word| matches!(word, "x" | "y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(text: &str) -> String {
        let Err(error) = build(&text.parse().unwrap()) else {
            panic!("{text} is a problem");
        };
        error.help().unwrap()
    }

    #[test]
    fn a_formula_or_a_data_set_is_answered_with_its_pick() {
        for text in [
            "x^2+y^2",
            "x*exp(-(x^2+y^2))",
            "|x| + y², start=1,1",
            "sn(x)+y",
        ] {
            assert_eq!(help(text), format!("did you mean `formula:{text}`?"));
        }
        for text in ["iris", "moons", "circles", "blobs", "spirals", "six-points"] {
            let help = help(text);
            let pick = help.split('`').nth(1).unwrap();
            assert!(pick.contains(&format!("data={text}")), "{help}");
            assert!(build(&pick.parse().unwrap()).is_ok(), "{help}");
        }
        assert!(help("moons:noise=0.3").contains("data=moons,data.noise=0.3`"));
        assert_eq!(help("artikle"), "did you mean `article`?");
        assert!(help("tests/file").starts_with("choose one of"));
    }
}
