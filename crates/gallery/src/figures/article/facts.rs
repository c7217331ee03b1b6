//! Facts for the placeholders of the article's texts, all computed from the runs.

use super::study::{Algorithm, ArticleRuns};
use crate::map::{SAMPLES, count};
use crate::prelude::*;
use thalweg::{linalg::difference, problems::Problem};
use thalweg_plot::text;

/// The window that shows single steps of gradient descent.
pub(super) const SINGLE_STEPS: Window = Window {
    w1: [-1.4, -0.9],
    w2: [-2.9, -2.4],
};

/// Names of the runs in placeholders, in the order of [`ArticleRuns::algorithms`]; the last is the larger learning rate.
const RUNS: [&str; 6] = ["gd", "momentum", "rprop", "irprop", "golden", "gd10"];

impl ArticleRuns {
    /// Returns the text with each placeholder, such as `{rprop.epochs}`, replaced by its fact. Others remain unchanged.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut parts = text.split('{');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let filled = part.split_once('}').and_then(|(place, rest)| {
                let (owner, name) = place.split_once('.')?;
                out += &self.fact(owner, name)?;
                Some(rest)
            });
            if filled.is_none() {
                out.push('{');
            }
            out += filled.unwrap_or(part);
        }
        out
    }

    fn fact(&self, owner: &str, name: &str) -> Option<String> {
        match owner {
            "problem" => problem_fact(&self.problem, name),
            "all" => {
                let entry = |a: &Algorithm| match name {
                    "labels" => Some(a.label()),
                    "epochs" => Some(format!("{} {}", a.name, a.trace.epochs())),
                    _ => None,
                };
                let entries: Option<Vec<String>> = self.algorithms.iter().map(entry).collect();
                Some(entries?.join(", "))
            }
            _ => {
                let i = RUNS.iter().position(|run| *run == owner)?;
                let algorithm = self.algorithms.get(i).unwrap_or(&self.larger_rate);
                run_fact(algorithm, &self.problem, name)
            }
        }
    }
}

/// Returns the number whose name is at the same position in `names`.
fn find(names: &str, numbers: &[f64], name: &str) -> Option<String> {
    let i = names.split(' ').position(|known| known == name)?;
    numbers.get(i).map(|v| number(*v))
}

fn number(v: f64) -> String {
    text::number(v, 4)
}

fn pair(w: &[f64]) -> String {
    format!("({}, {})", number(w[0]), number(w[1]))
}

/// Returns the lengths of the steps; the first step leads to epoch 1.
fn step_lengths(trace: &Trace) -> Vec<f64> {
    let steps = (1..trace.losses.len()).map(|e| difference(trace.at(e), trace.at(e - 1)));
    let squares = steps.map(|step| step.iter().map(|d| d * d).sum::<f64>());
    squares.map(f64::sqrt).collect()
}

/// Returns a fact of the data, or of the loss in the problem's window.
fn problem_fact(problem: &Problem, name: &str) -> Option<String> {
    if name == "start" {
        return Some(pair(&problem.start));
    }
    let data = problem.network.as_ref().map(|network| network.data());
    let targets = data.map_or(&[][..], |data| &data.targets);
    let ones = targets.iter().filter(|y| **y == 1.0).count();
    let field = Field::sample(&*problem.objective, problem.window, [SAMPLES, SAMPLES]);
    let [low, high] = field.range().unwrap_or_default();
    let numbers = [
        targets.len() as f64,
        ones as f64,
        (targets.len() - ones) as f64,
        low,
        high,
        problem.objective.value(&problem.start),
        problem.target.unwrap_or(f64::NAN),
    ];
    let names = "samples ones zeros lowest highest start_error target";
    find(names, &numbers, name)
}

/// Returns a fact of a run, or the value of a setting.
fn run_fact(algorithm: &Algorithm, problem: &Problem, name: &str) -> Option<String> {
    let Algorithm { pick, trace, .. } = algorithm;
    let (calls, lengths) = (trace.total(), step_lengths(trace));
    let mut settings = pick.settings.iter();
    if let Some(setting) = settings.find(|setting| setting.key == name) {
        return Some(setting.value.clone());
    }
    Some(match name {
        "name" => algorithm.name.to_owned(),
        "steps" => count(trace.epochs(), "step"),
        "gradients" => count(calls.gradient, "gradient"),
        "start" => pair(trace.at(0)),
        "end" => pair(trace.last()),
        "precise_error" => text::number(trace.loss(), 5),
        "path" => {
            let points: Vec<String> = trace.path().map(pair).collect();
            points.join(" \u{2192} ")
        }
        _ => {
            let numbers = [
                trace.epochs() as f64,
                trace.loss(),
                calls.value as f64,
                lengths[0],
                lengths.iter().copied().fold(0.0, f64::max),
                chosen_step(trace, 1),
                chosen_step(trace, 2),
            ];
            let names = "epochs error values first_step longest_step first_trial second_trial";
            return find(names, &numbers, name).or_else(|| {
                if trace.series("step_size").is_some() {
                    sign_change_fact(trace, name)
                } else {
                    speed_fact(problem, trace, &lengths, name)
                }
            });
        }
    })
}

/// Returns the step size that the line search chose in the step to `epoch`.
fn chosen_step(trace: &Trace, epoch: usize) -> f64 {
    let mut trials = trace.trials.get(epoch).into_iter().flatten();
    let chosen = trials.find(|t| t.loss == trace.losses[epoch]);
    chosen.map_or(f64::NAN, |t| t.step)
}

/// Returns a fact of the steps within [`SINGLE_STEPS`], or of how momentum accelerates and slows down.
fn speed_fact(problem: &Problem, trace: &Trace, lengths: &[f64], name: &str) -> Option<String> {
    let single = steps(trace, |e| SINGLE_STEPS.contains(trace.at(*e)));
    let single_lengths = || single.iter().map(|e| lengths[e - 1]);
    let growing = lengths
        .windows(2)
        .take_while(|pair| pair[1] > pair[0])
        .count();
    let by_length = |a: &usize, b: &usize| lengths[*a].total_cmp(&lengths[*b]);
    let fastest = (0..lengths.len()).max_by(by_length).unwrap_or(0);
    let last = lengths.len() - 1;
    let slowest = (fastest..=last).min_by(by_length).unwrap_or(last);
    // The gradient of the first weight.
    let slope = |w: &[f64]| {
        let mut g = vec![0.0; w.len()];
        problem.objective.value_and_gradient(w, &mut g);
        g[0]
    };
    let first = |is: &dyn Fn(usize) -> bool| (fastest..=last).find(|e| is(*e)).unwrap_or(last);
    let numbers = [
        // Steps are counted from 1; the turn is reported by the step before it.
        first(&|e| slope(trace.at(e)) > 0.0) as f64 + 1.0,
        first(&|e| trace.at(e + 1)[0] < trace.at(e)[0]) as f64,
        growing as f64 + 1.0,
        lengths[growing],
        fastest as f64 + 1.0,
        lengths[fastest],
        slowest as f64 + 1.0,
        lengths[slowest],
        single.first().map_or(f64::NAN, |e| *e as f64),
        single.last().map_or(f64::NAN, |e| *e as f64),
        single_lengths().fold(f64::INFINITY, f64::min),
        single_lengths().fold(0.0, f64::max),
    ];
    let names = "floor turn growing grown_step fastest fastest_step slowest slowest_step \
                 single_first single_last single_shortest single_longest";
    find(names, &numbers, name)
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

/// Returns a fact of the first step at which the gradient of a weight has changed its sign, and of the steps around it.
fn sign_change_fact(trace: &Trace, name: &str) -> Option<String> {
    // The step size of a weight shrinks if its gradient has changed its sign.
    let turns = |i: usize| steps(trace, |e| sizes(trace, *e)[i] < sizes(trace, e - 1)[i]);
    let first = |i: usize| turns(i).first().copied().unwrap_or(trace.losses.len() - 1);
    let i = usize::from(first(1) < first(0));
    let turn = first(i);
    let waits = |i: usize| list(&steps(trace, |e| trace.at(*e)[i] == trace.at(e - 1)[i]));
    let [last, _] = sizes(trace, turn - 1);
    let weights = ["first", "second"];
    Some(match name {
        "weight" => weights[i].to_owned(),
        "other_weight" => weights[1 - i].to_owned(),
        "other_turn" => list(turns(1 - i).get(..1).unwrap_or_default()),
        "waits" => waits(i),
        "other_waits" => waits(1 - i),
        _ => {
            let moved = |step: usize| (trace.at(step)[i] - trace.at(step - 1)[i]).abs();
            let numbers = [
                turn as f64,
                turn as f64 - 1.0,
                turn as f64 + 1.0,
                sizes(trace, 3)[0] / sizes(trace, 2)[0],
                sizes(trace, 1)[0],
                last,
                sizes(trace, turn - 1)[i],
                sizes(trace, turn)[i],
                moved(turn - 1),
                moved(turn),
                moved(turn + 1),
            ];
            let names = "turn before_turn after_turn growth first_size last_size \
                         size_before size_after move_before move_back move_after";
            return find(names, &numbers, name);
        }
    })
}
