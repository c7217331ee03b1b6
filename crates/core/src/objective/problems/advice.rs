//! Advice that is followed until it leads to a problem.

use super::{Problem, REGISTRY};
use crate::{Error, catalog::pick::Pick};

/// Follows the advice of an error: if the advised pick has another error with advice, the error advises both. Advice that
/// leads to an error without advice is removed, because it would not help.
pub(super) fn followed(pick: &Pick, error: Error) -> Error {
    /// Each step solves another problem of a file: its header, columns, gaps, and targets.
    const MAX_STEPS: usize = 6;
    let Some((purpose, advised)) = error.advised_pick() else {
        return error;
    };
    let mut purposes = vec![purpose.to_owned()];
    let mut advised = advised.to_owned();
    for _ in 0..MAX_STEPS {
        let Err(next) = build_advised(pick, &advised) else {
            let purpose = in_words(&purposes);
            return error.with_advised_pick(Some((purpose, advised)));
        };
        let Some((purpose, next)) = next.advised_pick() else {
            break;
        };
        purposes.push(purpose.to_owned());
        purposes.dedup();
        next.clone_into(&mut advised);
    }
    error.with_advised_pick(None)
}

/// Builds the problem of an advised pick with the files of the original one.
fn build_advised(pick: &Pick, advised: &str) -> Result<Problem, Error> {
    let mut advised: Pick = advised.parse()?;
    advised.files.clone_from(&pick.files);
    REGISTRY.build(&advised, None)
}

/// Joins purposes with commas and `and`.
fn in_words(purposes: &[String]) -> String {
    match purposes {
        [first, second] => format!("{first} and {second}"),
        [others @ .., last] if others.len() > 1 => format!("{}, and {last}", others.join(", ")),
        _ => purposes.concat(),
    }
}
