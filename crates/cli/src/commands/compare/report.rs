//! The results of a comparison as text.

use super::comparison::{Comparison, ContenderResult, PairTest};
use crate::{
    prelude::*,
    runs::tuning::{complete_picks, studies_text, untuned_notes},
};
use thalweg::{
    error::printable,
    tuning::{Search, Trial},
};
use thalweg_explore::tuning::count_studies;
use thalweg_gallery::map::count;

/// A smaller probability permits the word "better".
pub(super) const SIGNIFICANCE: f64 = 0.05;

/// The heads of the columns, whose words are short so that a table fits into a terminal of 80 columns.
const HEADS: &str =
    "optimizer|tuned settings|trials|evals to the target|studies|paired runs|median|quartiles";

/// Formats a table for each problem, the tests, and the protocol.
pub(super) fn report(comparison: &Comparison) -> String {
    let plan = &comparison.plan;
    let mut text = String::new();
    for (workload, results) in comparison
        .results
        .chunks(plan.optimizers().len())
        .enumerate()
    {
        let rows = results.iter().enumerate().map(|(optimizer, result)| {
            result.as_ref().map_or_else(
                || {
                    let label = label(comparison, optimizer);
                    let cells = [&*label, "-", "0", "cannot run", "-", "-", "-", "-"];
                    cells.map(str::to_owned).to_vec()
                },
                |result| row(comparison, result),
            )
        });
        let name = printable(&plan.workloads()[workload].name);
        text.extend([&*name, ":\n", &table(HEADS, rows, 2), "\n"]);
    }
    let mut notes = String::new();
    for note in untuned_notes(plan).into_iter().chain(complete_picks(plan)) {
        notes.extend([&*note, "\n"]);
    }
    notes += &(obstacles(comparison) + &derived_rates(comparison) + &misses(comparison));
    for test in &comparison.tests {
        notes += &test_text(comparison, test);
    }
    notes += &protocol_text(comparison);
    text + &terminal::wrapped(&notes)
}

fn row(comparison: &Comparison, result: &ContenderResult) -> Vec<String> {
    let plan = &comparison.plan;
    let cell = plan.cell(result.trial.workload, result.trial.optimizer);
    let settings = plan
        .summary(&result.trial)
        .map(|summary| summary.settings.join(", "))
        .or_else(|| cell.untuned.as_ref().map(|_| "not tuned".to_owned()));
    let [lower, median, upper] = result.quartiles();
    let [low, high] = result.tuned.spread();
    vec![
        label(comparison, result.trial.optimizer),
        or_dash(settings),
        result.tuned.trials.to_string(),
        terminal::number(result.tuned.result().time_or_infinity()),
        range([low, high]),
        format!("{} of {} reached", result.reached(), comparison.pairs),
        terminal::number(median),
        range([lower, upper]),
    ]
}

/// Formats a range as in "12 to 40".
fn range([low, high]: [f64; 2]) -> String {
    format!("{} to {}", terminal::number(low), terminal::number(high))
}

/// Returns the name of an optimizer: its title, or its pick if several have the same title.
pub(super) fn label(comparison: &Comparison, optimizer: usize) -> String {
    let count = comparison.plan.optimizers().len();
    let title = |optimizer: usize| {
        let mut cells = comparison.results.iter().skip(optimizer).step_by(count);
        cells.find_map(|result| result.as_ref().map(|result| result.label.clone()))
    };
    let own = title(optimizer).unwrap_or_default();
    let namesakes = (0..count).filter(|other| title(*other).as_deref() == Some(&*own));
    if namesakes.count() > 1 {
        comparison.plan.names().swap_remove(optimizer)
    } else {
        own
    }
}

/// Lists the optimizers that cannot run on a problem.
fn obstacles(comparison: &Comparison) -> String {
    let plan = &comparison.plan;
    let mut text = String::new();
    for (i, workload) in plan.workloads().iter().enumerate() {
        for (j, name) in plan.names().iter().enumerate() {
            if let Some(obstacle) = &plan.cell(i, j).obstacle {
                let _ = writeln!(text, "{}: {name} cannot run: {obstacle}", workload.name);
            }
        }
    }
    text
}

/// Lists the learning rates that were neither given nor tuned, but follow from the curvature of a problem.
fn derived_rates(comparison: &Comparison) -> String {
    let mut text = String::new();
    for result in comparison.results.iter().flatten() {
        let workload = &comparison.plan.workloads()[result.trial.workload];
        if let Some(rate) = result.derived_rate.map(ShortestFloat) {
            let label = label(comparison, result.trial.optimizer);
            let (name, source) = (
                &workload.name,
                workload.contest.problem.learning_rate_source,
            );
            let _ = writeln!(text, "{name}: {label}: learning_rate={rate}, {source}");
        }
    }
    text
}

/// Lists the optimizers whose median study missed the target, with their best trial.
fn misses(comparison: &Comparison) -> String {
    let results = comparison.results.iter().flatten();
    let missed = results.filter(|result| result.tuned.result().time.is_none());
    missed.map(|result| miss(comparison, result)).collect()
}

/// Returns the line on an optimizer whose median study missed the target.
fn miss(comparison: &Comparison, result: &ContenderResult) -> String {
    let plan = &comparison.plan;
    let (study, trial, best) = result.tuned.best();
    let trial = Trial {
        study,
        trial,
        ..result.trial.clone()
    };
    let name = &plan.workloads()[trial.workload].name;
    let label = label(comparison, trial.optimizer);
    let settings = plan.summary(&trial);
    let settings = settings.map_or_else(String::new, |s| format!(", {},", s.settings.join(", ")));
    let outcome = match best.time {
        Some(time) => {
            let studies = result.tuned.studies.iter();
            let reached = studies.filter(|(_, best)| best.time.is_some()).count();
            format!(
                "only {reached} of {} reach the target; the best trial{settings} needs {time} evaluations; \
                 a larger --trials finds such values more reliably",
                count_studies(plan.protocol().studies)
            )
        }
        None if best.loss.is_finite() => format!(
            "no trial reaches the target ({}); the best{settings} ends with the loss {}",
            count(result.tuned.trials as u64, "trial"),
            terminal::number(best.loss)
        ),
        None => {
            let trials = count(result.tuned.trials as u64, "trial");
            format!("every trial diverged ({trials})")
        }
    };
    format!("{name}: {label}: {outcome}\n")
}

/// Returns the sentence on one test.
fn test_text(comparison: &Comparison, pair: &PairTest) -> String {
    let test = pair.test;
    let [a, b] = pair
        .optimizers
        .map(|optimizer| label(comparison, optimizer));
    let name = &comparison.plan.workloads()[pair.workload].name;
    let (better, worse, wins) = if test.losses > test.wins {
        (b, a, test.losses)
    } else {
        (a, b, test.wins)
    };
    let counts = format!("{wins} of {} pairs", comparison.pairs);
    let ties = match test.ties {
        0 => String::new(),
        ties => format!(", {}", count(ties, "tie")),
    };
    let p = terminal::number(rounded(pair.p));
    if pair.p < SIGNIFICANCE {
        format!(
            "{name}: {better} is better than {worse}: faster in {counts}{ties} (sign test, p = {p})\n"
        )
    } else {
        format!(
            "{name}: no difference between {better} and {worse} is shown: {better} is faster in {counts}{ties} (sign test, p = {p})\n"
        )
    }
}

/// Rounds a probability to two digits.
fn rounded(p: f64) -> f64 {
    format!("{p:.1e}").parse().unwrap_or(p)
}

/// Describes the protocol, without which the numbers would be meaningless.
fn protocol_text(comparison: &Comparison) -> String {
    let plan = &comparison.plan;
    let protocol = plan.protocol();
    let studies = studies_text(protocol);
    let method = match protocol.search {
        Search::None => format!("no tuning, {studies}"),
        _ => studies,
    };
    let workload = &plan.workloads()[0];
    let pairs = if workload.contest.randomness.is_none() {
        "random initial points in the window of the problem"
    } else {
        "other seeds"
    };
    let settings = if protocol.is_search() {
        "the settings of the median study"
    } else {
        "the same settings"
    };
    let tests = match comparison.tests.len() {
        0 => String::new(),
        tests => format!(
            " The sign test is two-sided, and p is adjusted for {} by the method of Holm.",
            count(tests as u64, "test")
        ),
    };
    let noise = match workload.contest.randomness.gradient_noise {
        0.0 => "",
        _ => " The noise is added to each gradient; losses and Hessians are exact.",
    };
    format!(
        "\nProtocol: {method}; at most {} evaluations per run; first seed {}; {} in all. The result is the median of the \
         studies, and that of a study its best trial; inf is a miss. The paired runs have {settings} and {pairs}.{noise}{tests}\n",
        plan.budget(0),
        protocol.seed,
        count(comparison.trials.len() as u64, "trial"),
    )
}
