//! The facts in the stories, all read from the runs.

use super::study::{Algorithm, ArticleRuns};
use crate::map::{SAMPLES, count};
use crate::prelude::*;
use crate::subject::algorithms::{GOLDEN_SEARCH, GRADIENT_DESCENT, IRPROP_PLUS, MOMENTUM, RPROP};
use std::fmt::Display;
use thalweg::{linalg::difference, problems::Problem};
use thalweg_plot::text;

/// The window that shows single steps of gradient descent.
pub(super) const SINGLE_STEPS: Window = Window {
    w1: [-1.4, -0.9],
    w2: [-2.9, -2.4],
};

/// Facts as texts, each with its placeholder in a template, such as `{rprop.epochs}`.
#[derive(Default)]
pub(crate) struct Facts(Vec<(String, String)>);

type Named = Vec<(&'static str, String)>;

impl Facts {
    /// Collects the facts of all runs.
    pub(super) fn new(study: &ArticleRuns) -> Self {
        let mut facts = Self::default();
        for algorithm in study.algorithms.iter().chain([&study.larger_rate]) {
            let settings = algorithm.pick.settings.iter();
            let settings = settings.map(|setting| (&setting.key, setting.value.clone()));
            facts.add(algorithm.file, settings);
            facts.add(algorithm.file, run(algorithm));
        }
        let trace = |i: usize| &study.algorithms[i].trace;
        facts.add("problem", problem(&study.problem));
        facts.add("all", all(&study.algorithms));
        facts.add("single", single_steps(trace(GRADIENT_DESCENT)));
        facts.add("ball", ball(&study.problem, trace(MOMENTUM)));
        facts.add("rprop", turn(trace(RPROP)));
        facts.add("irprop-plus", turn(trace(IRPROP_PLUS)));
        facts.add("golden-search", search(trace(GOLDEN_SEARCH)));
        facts
    }

    /// Adds facts whose placeholders begin with the name of their owner.
    fn add(&mut self, owner: &str, facts: impl IntoIterator<Item = (impl Display, String)>) {
        let facts = facts.into_iter();
        self.0
            .extend(facts.map(|(name, fact)| (format!("{{{owner}.{name}}}"), fact)));
    }

    /// Returns the text with each placeholder replaced by its fact.
    pub(crate) fn fill(&self, text: &str) -> String {
        let facts = self.0.iter();
        facts.fold(text.to_owned(), |text, (place, fact)| {
            text.replace(place, fact)
        })
    }
}

fn number(v: f64) -> String {
    text::number(v, 4)
}

fn pair(w: &[f64]) -> String {
    format!("({}, {})", number(w[0]), number(w[1]))
}

/// Returns the lengths of the steps; the first step leads to epoch 1.
fn strides(trace: &Trace) -> Vec<f64> {
    let steps = (1..trace.losses.len()).map(|e| difference(trace.at(e), trace.at(e - 1)));
    let squares = steps.map(|step| step.iter().map(|d| d * d).sum::<f64>());
    squares.map(f64::sqrt).collect()
}

/// Returns the facts of the data and of the loss over the problem's window.
fn problem(problem: &Problem) -> Named {
    let data = problem.network.as_ref().map(|network| network.data());
    let targets = data.map_or(&[][..], |data| &data.targets);
    let ones = targets.iter().filter(|y| **y == 1.0).count();
    let field = Field::sample(&*problem.objective, problem.window, [SAMPLES, SAMPLES]);
    let [low, high] = field.range().unwrap_or_default();
    vec![
        ("samples", targets.len().to_string()),
        ("ones", ones.to_string()),
        ("zeros", (targets.len() - ones).to_string()),
        ("lowest", number(low)),
        ("highest", number(high)),
        ("start", pair(&problem.start)),
        (
            "start_error",
            number(problem.objective.value(&problem.start)),
        ),
        ("target", problem.target.map_or_else(String::new, number)),
    ]
}

/// Returns lists of all algorithms.
fn all(algorithms: &[Algorithm]) -> Named {
    let labels: Vec<String> = algorithms.iter().map(Algorithm::label).collect();
    let epochs = |a: &Algorithm| format!("{} {}", a.name, a.trace.epochs());
    let epochs: Vec<String> = algorithms.iter().map(epochs).collect();
    vec![("labels", labels.join(", ")), ("epochs", epochs.join(", "))]
}

/// Returns the facts that every run has.
fn run(Algorithm { name, trace, .. }: &Algorithm) -> Named {
    let (calls, ways) = (trace.total(), strides(trace));
    let longest = ways.iter().copied().fold(0.0, f64::max);
    vec![
        ("name", (*name).to_owned()),
        ("epochs", trace.epochs().to_string()),
        ("steps", count(trace.epochs(), "step")),
        ("start", pair(trace.at(0))),
        ("end", pair(trace.last())),
        ("error", number(trace.loss())),
        ("precise_error", text::number(trace.loss(), 5)),
        ("first_step", number(ways[0])),
        ("longest_step", number(longest)),
        ("values", calls.value.to_string()),
        ("gradients", count(calls.gradient, "gradient")),
    ]
}

/// Returns the facts of the steps within [`SINGLE_STEPS`].
fn single_steps(trace: &Trace) -> Named {
    let ways = strides(trace).into_iter().enumerate();
    let inside = ways.filter(|(i, _)| SINGLE_STEPS.contains(trace.at(i + 1)));
    let (steps, ways): (Vec<usize>, Vec<f64>) = inside.map(|(i, way)| (i + 1, way)).unzip();
    let shortest = ways.iter().copied().fold(f64::INFINITY, f64::min);
    let longest = ways.iter().copied().fold(0.0, f64::max);
    vec![
        ("first", steps.first().unwrap_or(&0).to_string()),
        ("last", steps.last().unwrap_or(&0).to_string()),
        ("shortest", number(shortest)),
        ("longest", number(longest)),
    ]
}

/// Returns how momentum accelerates and slows down.
fn ball(problem: &Problem, trace: &Trace) -> Named {
    let ways = strides(trace);
    let growing = ways.windows(2).take_while(|pair| pair[1] > pair[0]).count() + 1;
    let by_length = |a: &usize, b: &usize| ways[*a].total_cmp(&ways[*b]);
    let fastest = (0..ways.len()).max_by(by_length).unwrap_or(0);
    let last = ways.len() - 1;
    let slowest = (fastest..=last).min_by(by_length).unwrap_or(last);
    // The gradient of the first weight.
    let slope = |w: &[f64]| {
        let mut g = vec![0.0; w.len()];
        problem.objective.value_and_gradient(w, &mut g);
        g[0]
    };
    let first = |is: &dyn Fn(usize) -> bool| (fastest..=last).find(|e| is(*e)).unwrap_or(last);
    let floor = first(&|e| slope(trace.at(e)) > 0.0);
    let turn = first(&|e| trace.at(e + 1)[0] < trace.at(e)[0]);
    // Steps are counted from 1; the turn is reported by the step before it.
    vec![
        ("growing", growing.to_string()),
        ("grown_step", number(ways[growing - 1])),
        ("fastest", (fastest + 1).to_string()),
        ("fastest_step", number(ways[fastest])),
        ("slowest", (slowest + 1).to_string()),
        ("slowest_step", number(ways[slowest])),
        ("floor", (floor + 1).to_string()),
        ("turn", turn.to_string()),
    ]
}

/// Returns the step sizes of both weights after `epoch`.
fn sizes(trace: &Trace, epoch: usize) -> [f64; 2] {
    let series = trace.series("step_size");
    series.map_or([f64::NAN; 2], |s| [s.at(epoch)[0], s.at(epoch)[1]])
}

/// Returns the steps for which a condition holds.
fn steps(trace: &Trace, are: impl Fn(&usize) -> bool) -> Vec<usize> {
    (1..trace.losses.len()).filter(are).collect()
}

/// Returns a list in words: "step 12", "steps 15 and 17".
fn list(steps: &[usize]) -> String {
    let words: Vec<String> = steps.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((only, [])) => format!("step {only}"),
        Some((last, rest)) => format!("steps {} and {last}", rest.join(", ")),
        None => "no step".to_owned(),
    }
}

/// Returns the facts of the first step at which the gradient of a weight has changed its sign, and of the steps around it.
fn turn(trace: &Trace) -> Named {
    // A step size shrinks where the gradient has changed its sign.
    let turns = |i: usize| steps(trace, |e| sizes(trace, *e)[i] < sizes(trace, e - 1)[i]);
    let first = |i: usize| turns(i).first().copied().unwrap_or(trace.losses.len() - 1);
    let i = usize::from(first(1) < first(0));
    let (turn, later) = (first(i), turns(1 - i));
    let moved = |step: usize| (trace.at(step)[i] - trace.at(step - 1)[i]).abs();
    let waits = |i: usize| list(&steps(trace, |e| trace.at(*e)[i] == trace.at(e - 1)[i]));
    let [last, other] = sizes(trace, turn - 1);
    let sameness = if last == other {
        "the same for both weights"
    } else {
        "different for the two weights"
    };
    let weights = ["first", "second"].map(str::to_owned);
    vec![
        ("turn", turn.to_string()),
        ("before_turn", (turn - 1).to_string()),
        ("after_turn", (turn + 1).to_string()),
        ("other_turn", list(&later[..later.len().min(1)])),
        ("weight", weights[i].clone()),
        ("other_weight", weights[1 - i].clone()),
        ("sameness", sameness.to_owned()),
        ("growth", number(sizes(trace, 3)[0] / sizes(trace, 2)[0])),
        ("first_size", number(sizes(trace, 1)[0])),
        ("last_size", number(last)),
        ("size_before", number(sizes(trace, turn - 1)[i])),
        ("size_after", number(sizes(trace, turn)[i])),
        ("move_before", number(moved(turn - 1))),
        ("move_back", number(moved(turn))),
        ("move_after", number(moved(turn + 1))),
        ("waits", waits(i)),
        ("other_waits", waits(1 - i)),
    ]
}

/// Returns the points of the run, and the step size that the line search chose in each of two steps.
fn search(trace: &Trace) -> Named {
    let stops: Vec<String> = trace.path().map(pair).collect();
    let length = |epoch: usize| {
        let mut trials = trace.trials.get(epoch).into_iter().flatten();
        let chosen = trials.find(|t| t.loss == trace.losses[epoch]);
        chosen.map_or_else(String::new, |t| number(t.step))
    };
    vec![
        ("path", stops.join(" \u{2192} ")),
        ("first_trial", length(1)),
        ("second_trial", length(2)),
    ]
}
