//! Reads one input of each kind, and uses it as the program would. Returns whether the input was accepted.

use std::borrow::Cow;
use thalweg::{
    Error,
    experiment::Experiment,
    expression::{surface::FormulaObjective, tape::Tape, tree::Expression},
    objective::Objective as _,
    pick::{FileContent, Pick},
    problems,
    trace::Trace,
};
use thalweg_explore::{address::Address, session::Session};

pub(crate) use crate::commands::command_lines;

/// Steps of each run.
const EPOCHS: u64 = 3;

fn text(input: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(input)
}

/// Runs an optimizer for some steps.
fn train(on: Pick, with: Pick) -> Result<(), Error> {
    let mut experiment = Experiment::new(on, vec![with]);
    experiment.epochs = EPOCHS;
    let prepared = experiment.prepare()?;
    for run in prepared.runs() {
        let trace = Trace::record(run);
        assert!(trace.epochs() <= EPOCHS);
    }
    Ok(())
}

fn with_file(mut pick: Pick, name: &str, input: &[u8]) -> Pick {
    pick.files = vec![(name.to_owned(), FileContent::from(input.to_vec()))];
    pick
}

/// A pick as the problem, and as the optimizer.
pub(crate) fn picks(input: &[u8]) -> bool {
    let text = text(input);
    let (article, rprop) = ("article".parse().unwrap(), "rprop".parse().unwrap());
    let outcomes = [
        problems::pick(&text).and_then(|on| train(on, rprop)),
        text.parse().and_then(|with| train(article, with)),
    ];
    for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(!error.to_string().is_empty());
    }
    outcomes.iter().any(Result::is_ok)
}

/// A formula: its values on a grid have the same bits as at single points.
pub(crate) fn formulas(input: &[u8]) -> bool {
    let Ok(expression) = Expression::read(&text(input)) else {
        return false;
    };
    let objective = FormulaObjective(Tape::of(&expression));
    let (xs, ys) = ([-2.0, 0.0, 0.5], [-1.0, 0.0, 3.0]);
    let mut losses = [0.0; 9];
    objective.grid(&xs, &ys, &mut losses);
    let points = ys.iter().flat_map(|y| xs.map(|x| [x, *y]));
    for (point, loss) in points.zip(losses) {
        let value = objective.value(&point);
        assert!(value.to_bits() == loss.to_bits() || value.is_nan() && loss.is_nan());
        objective.value_and_gradient(&point, &mut [0.0; 2]);
        if let Some(curved) = objective.curved() {
            curved.hessian(&point, &mut [0.0; 4]);
        }
    }
    true
}

/// A data set in a CSV file.
pub(crate) fn tables(input: &[u8]) -> bool {
    let on = with_file(problems::pick("d.csv").unwrap(), "d.csv", input);
    train(on, "gradient-descent".parse().unwrap()).is_ok()
}

/// A recorded run in a CSV or a NumPy file.
pub(crate) fn records(input: &[u8]) -> bool {
    let outcomes = ["r.csv", "r.npy", "r.npz"].map(|name| {
        let with = format!("recorded:path={name}").parse().unwrap();
        train("article".parse().unwrap(), with_file(with, name, input))
    });
    outcomes.iter().any(Result::is_ok)
}

/// A sweep file.
pub(crate) fn sweeps(input: &[u8]) -> bool {
    thalweg_cli::check_sweep(&text(input)).is_ok()
}

/// A benchmark file.
pub(crate) fn benchmarks(input: &[u8]) -> bool {
    thalweg_cli::check_benchmark(&text(input)).is_ok()
}

/// An address of the page. Written and read again, it stays the same.
pub(crate) fn addresses(input: &[u8]) -> bool {
    let Ok(address) = text(input).parse::<Address>() else {
        return false;
    };
    let again = address.to_string();
    assert_eq!(again.parse::<Address>().unwrap().to_string(), again);
    assert!(address.command().starts_with("thalweg "));
    let Ok(mut session) = Session::new(&address, &[]) else {
        return false;
    };
    session.advance(EPOCHS);
    session.subject().is_ok()
}

/// A picture with a recipe.
pub(crate) fn recipes(input: &[u8]) -> bool {
    thalweg_cli::check_recipe(input)
}
