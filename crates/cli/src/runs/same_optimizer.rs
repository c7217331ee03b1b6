//! Recognizes an optimizer that is given twice, which would be compared with itself.

use crate::failure::{Result, usage};
use thalweg::{optimizers, pick::Pick};

/// The advice for an optimizer that is given twice.
pub(crate) const REMOVE_ONE: &str = "remove one of them, or give it other settings";

/// Refuses optimizers that are given twice.
pub(crate) fn check_distinct(with: &[Pick]) -> Result {
    for (i, pick) in with.iter().enumerate() {
        if let Some(other) = with[..i].iter().find(|other| is_same(other, pick)) {
            return Err(usage!("{}", twice(other, pick); REMOVE_ONE));
        }
    }
    Ok(())
}

/// Returns the message about two picks of the same optimizer.
pub(crate) fn twice(first: &Pick, second: &Pick) -> String {
    if first.text() == second.text() {
        format!("`{first}` is given twice")
    } else {
        format!("`{first}` and `{second}` are the same optimizer")
    }
}

/// Returns whether two picks have the same id and the same settings, in any order and notation, also by the names of other
/// libraries.
pub(crate) fn is_same(a: &Pick, b: &Pick) -> bool {
    let native = |pick: &Pick| optimizers::REGISTRY.native(pick.clone());
    let (Ok(a), Ok(b)) = (native(a), native(b)) else {
        return false;
    };
    let has = |pick: &Pick, key: &str, value: &str| {
        let mut settings = pick.settings.iter();
        settings.any(|other| other.key == key && is_same_value(&other.value, value))
    };
    let contains = |a: &Pick, b: &Pick| b.settings.iter().all(|s| has(a, &s.key, &s.value));
    a.id == b.id && contains(&a, &b) && contains(&b, &a)
}

/// Returns whether two values are the same text or the same number.
pub(crate) fn is_same_value(a: &str, b: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    a == b || number(a).is_some_and(|value| number(b) == Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_settings_are_recognized_in_every_notation() {
        let same = |a: &str, b: &str| is_same(&a.parse().unwrap(), &b.parse().unwrap());
        for (a, b) in [
            ("adam", "adam"),
            ("adam:learning_rate=0.1", "adam:learning_rate=1e-1"),
            ("adam:beta1=0.5,beta2=0.9", "adam:beta2=0.90,beta1=0.5"),
            (
                "lookahead:of=adam,of.beta1=0.5",
                "lookahead:of.beta1=.5,of=adam",
            ),
        ] {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("adam", "rprop"),
            ("adam", "adam:beta1=0.5"),
            ("adam:learning_rate=0.1", "adam:learning_rate=0.2"),
        ] {
            assert!(!same(a, b) && !same(b, a), "{a} {b}");
        }
    }
}
