//! What each figure teaches, in words. Every number in them is read from the runs.
//!
//! A story is plain text, its paragraphs parted by empty lines; the first one serves as the picture's description.

use super::study::{Algorithm, Study};
use crate::map::{SAMPLES, count};
use crate::prelude::*;
use thalweg_plot::text;

/// Where single steps of gradient descent are looked at.
pub(super) const SINGLE_STEPS: Window = Window {
    w1: [-1.4, -0.9],
    w2: [-2.9, -2.4],
};

/// The first paragraph.
pub(super) fn first_paragraph(story: &str) -> String {
    story.split("\n\n").next().unwrap_or_default().to_owned()
}

fn number(v: f64) -> String {
    text::number(v, 4)
}

fn pair(w: &[f64]) -> String {
    format!("({}, {})", number(w[0]), number(w[1]))
}

fn target(study: &Study) -> String {
    study.problem.target.map_or_else(String::new, number)
}

/// Length of the step that led to `epoch`.
fn stride(trace: &Trace, epoch: usize) -> f64 {
    let (a, b) = (trace.at(epoch - 1), trace.at(epoch));
    let squares = a.iter().zip(b).map(|(a, b)| (b - a) * (b - a));
    squares.sum::<f64>().sqrt()
}

fn strides(trace: &Trace) -> Vec<f64> {
    let last = trace.losses.len() - 1;
    (1..=last).map(|epoch| stride(trace, epoch)).collect()
}

/// The step sizes of both weights after `epoch`.
fn sizes(trace: &Trace, epoch: usize) -> [f64; 2] {
    let series = trace.series("step_size");
    series.map_or([f64::NAN; 2], |s| {
        let row = s.at(epoch);
        [row[0], row[1]]
    })
}

/// The steps in which the step size of weight `i` (0 or 1) shrank: its gradient had changed its sign.
fn turns(trace: &Trace, i: usize) -> Vec<usize> {
    let epochs = 1..trace.losses.len();
    epochs
        .filter(|e| sizes(trace, *e)[i] < sizes(trace, e - 1)[i])
        .collect()
}

/// The first step in which any weight's gradient had changed its sign, and that weight's name.
fn first_turn(trace: &Trace) -> (usize, &'static str) {
    let first = |i: usize| turns(trace, i).first().copied();
    match (first(0), first(1)) {
        (Some(a), Some(b)) if a <= b => (a, "first"),
        (_, Some(b)) => (b, "second"),
        (Some(a), None) => (a, "first"),
        (None, None) => (trace.losses.len() - 1, "second"),
    }
}

/// "step 12", "steps 15 and 17".
fn list(steps: &[usize]) -> String {
    let words: Vec<String> = steps.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((only, [])) => format!("step {only}"),
        Some((last, rest)) => format!("steps {} and {last}", rest.join(", ")),
        None => "no step".to_owned(),
    }
}

pub(super) fn data_scatter(study: &Study) -> String {
    let data = study.problem.network.as_ref().map(|network| network.data());
    let (all, ones) = data.map_or((0, 0), |d| {
        let ones = d.targets.iter().filter(|y| **y == 1.0).count();
        (d.samples(), ones)
    });
    format!(
        "{all} points with two features: {ones} discs of class 1, {} squares of class 0. A straight line through the \
         origin can part them.\n\n\
         The network that learns them is as small as can be: it weighs the two features, adds them up and squeezes the \
         sum between 0 and 1 with a sigmoid. It has no bias and no hidden layer, so it has just two weights, and every \
         network of this kind is one point of a plane.",
        all - ones
    )
}

pub(super) fn error_contour(study: &Study) -> String {
    let start = &study.problem.start;
    let value = |w: &[f64]| study.problem.objective.value(w);
    let field = Field::sample(
        &*study.problem.objective,
        study.problem.window,
        [SAMPLES, SAMPLES],
    );
    let [low, high] = field.range().unwrap_or_default();
    format!(
        "The mean squared error over the plane of the two weights, from {} (light) to {} (dark). The cross at {} is \
         where every algorithm starts, with an error of {}; the dashed line is the target, {}.\n\n\
         Two weights make the error a landscape that can be drawn: a plateau behind the start, a slope, and a valley \
         that falls away to the lower right. Training means walking down in it without seeing more than the ground \
         underfoot.",
        number(low),
        number(high),
        pair(start),
        number(value(start)),
        target(study),
    )
}

pub(super) fn gradient_descent(study: &Study) -> String {
    let [gd, ..] = study.five();
    let larger = &study.larger_rate;
    let ways = strides(&gd.trace);
    format!(
        "Gradient descent with a learning rate of {} needs {} epochs from {} to {}, where the error is {}. Its steps are \
         so short that they run together into one curve.\n\n\
         Each step goes against the gradient, and its length is the learning rate times the steepness: {} at the start, \
         {} at most. Where the ground is flat it creeps. The learning rate decides nearly everything: with {} instead, \
         the same algorithm needs {} epochs.",
        rate(gd),
        gd.trace.epochs(),
        pair(gd.trace.at(0)),
        pair(gd.trace.last()),
        text::number(gd.trace.loss(), 5),
        number(ways[0]),
        number(ways.iter().copied().fold(0.0, f64::max)),
        rate(larger),
        larger.trace.epochs(),
    )
}

/// The value that an algorithm's pick gives to a setting.
fn setting<'a>(algorithm: &'a Algorithm, key: &str) -> &'a str {
    let mut given = algorithm.pick.settings.iter();
    given.find(|s| s.key == key).map_or("", |s| &s.value)
}

fn rate(algorithm: &Algorithm) -> &str {
    setting(algorithm, "learning_rate")
}

pub(super) fn gradient_descent_zoom(study: &Study) -> String {
    let [gd, ..] = study.five();
    let inside: Vec<usize> = (1..gd.trace.losses.len())
        .filter(|e| {
            let w = gd.trace.at(*e);
            SINGLE_STEPS.contains(w)
        })
        .collect();
    let lengths = inside.iter().map(|e| stride(&gd.trace, *e));
    let (short, long) = lengths.fold((f64::INFINITY, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    let (first, last) = (inside.first().unwrap_or(&0), inside.last().unwrap_or(&0));
    format!(
        "A close look at steps {first} to {last}: single arrows, {} to {} long, each at right angles to the contour \
         lines.\n\n\
         In so small a part of the map the contour lines are nearly parallel, so the gradient hardly changes from step \
         to step: neither its direction nor its length, and so neither do the arrows'.",
        number(short),
        number(long),
    )
}

pub(super) fn momentum(study: &Study) -> String {
    let [gd, momentum, ..] = study.five();
    format!(
        "Momentum needs {} epochs with the same learning rate of {} with which gradient descent needs {}.\n\n\
         It remembers a velocity. Each step adds a little of the new gradient to what is left of the old velocity, so \
         that steps in a direction that stays the same grow longer and longer, and a turn takes time.",
        momentum.trace.epochs(),
        rate(momentum),
        gd.trace.epochs(),
    )
}

pub(super) fn momentum_speeding_up(study: &Study) -> String {
    let trace = &study.five()[1].trace;
    let ways = strides(trace);
    let growing = ways.windows(2).take_while(|pair| pair[1] > pair[0]).count() + 1;
    format!(
        "The ball picks up speed: the first {growing} steps are each longer than the one before, from {} to {}.\n\n\
         The slope pushes the same way all the time, and a share of {} of the velocity is kept from step to step: the \
         arrows point the same way and grow.",
        number(ways[0]),
        number(ways[growing - 1]),
        setting(study.five()[1], "momentum"),
    )
}

pub(super) fn momentum_slowing_down(study: &Study) -> String {
    let trace = &study.five()[1].trace;
    let ways = strides(trace);
    let fastest = (0..ways.len())
        .max_by(|a, b| ways[*a].total_cmp(&ways[*b]))
        .unwrap_or(0);
    let last = ways.len() - 1;
    let slowest = (fastest..=last)
        .min_by(|a, b| ways[*a].total_cmp(&ways[*b]))
        .unwrap_or(last);
    // Both are steps that lead there, counted from 1.
    let floor = 1
        + (fastest..=last)
            .find(|e| slope(study, trace.at(*e)) > 0.0)
            .unwrap_or(last);
    let turn = (fastest..=last)
        .find(|e| trace.at(*e + 1)[0] < trace.at(*e)[0])
        .unwrap_or(last);
    format!(
        "The ball slows down: after its fastest step, number {} with a length of {}, the steps shrink to {} at step {}.\n\n\
         The ground gets gentler, but the ball does not stop at once. Its speed carries the first weight past the floor of \
         the valley: from step {floor} on that weight's gradient has the other sign and pulls it back, and after step \
         {turn} it turns. The ball rolls on along the valley.",
        fastest + 1,
        number(ways[fastest]),
        number(ways[slowest]),
        slowest + 1,
    )
}

/// The gradient of the first weight.
fn slope(study: &Study, w: &[f64]) -> f64 {
    let mut g = vec![0.0; w.len()];
    study.problem.objective.value_and_gradient(w, &mut g);
    g[0]
}

pub(super) fn momentum_3d(study: &Study) -> String {
    let trace = &study.five()[1].trace;
    format!(
        "The same {} steps on the error as a landscape in space: the path, a thick line, comes down from the plateau, \
         crosses the floor of the valley and turns along it.\n\n\
         Seen like this the valley is a half-pipe, and momentum is the ball in it.",
        trace.epochs()
    )
}

pub(super) fn rprop(study: &Study) -> String {
    let [_, _, rprop, ..] = study.five();
    format!(
        "RPROP needs {} epochs and ends at {} with an error of {}.\n\n\
         It does not look at how steep the ground is, only at the sign of each weight's gradient. Every weight has a step \
         size of its own: it grows while the sign stays the same and shrinks where it changes. So flat ground does not \
         hold RPROP up.",
        rprop.trace.epochs(),
        pair(rprop.trace.last()),
        number(rprop.trace.loss()),
    )
}

pub(super) fn rprop_first_steps(study: &Study) -> String {
    let trace = &study.five()[2].trace;
    let (turn, _) = first_turn(trace);
    let [first, _] = sizes(trace, 1);
    let [last, other] = sizes(trace, turn - 1);
    let growth = sizes(trace, 3)[0] / sizes(trace, 2)[0];
    let equal = if last == other {
        "the same for both weights"
    } else {
        "different for the two weights"
    };
    format!(
        "The first {} steps all go the same way. The step sizes are {equal} and grow by {} each time, from {} to {}.\n\n\
         Both gradients keep their signs, so both step sizes grow alike, and with equal step sizes the path runs along \
         the diagonal, whatever the slope.",
        turn - 1,
        number(growth),
        number(first),
        number(last),
    )
}

pub(super) fn rprop_turns(study: &Study) -> String {
    let trace = &study.five()[2].trace;
    let (turn, weight) = first_turn(trace);
    let i = usize::from(weight == "second");
    let (before, after) = (sizes(trace, turn - 1)[i], sizes(trace, turn)[i]);
    let later: Vec<usize> = turns(trace, 1 - i);
    let other = if i == 1 { "first" } else { "second" };
    let moved = trace.at(turn)[i] - trace.at(turn - 1)[i];
    format!(
        "At step {turn} the gradient of the {weight} weight has changed its sign: that weight takes its last step back, by \
         {}, and its step size falls from {} to {}.\n\n\
         A changed sign means that the step went over the valley's floor. From step {} on the steps of the {weight} weight \
         are smaller, while the other weight strides on. The same happens to the {other} weight at {}.",
        number(moved.abs()),
        number(before),
        number(after),
        turn + 1,
        list(&later[..later.len().min(1)]),
    )
}

pub(super) fn irprop_plus(study: &Study) -> String {
    let [_, _, rprop, irprop, _] = study.five();
    let (turn, _) = first_turn(&irprop.trace);
    format!(
        "iRPROP+ needs {} epochs where RPROP needs {}; up to step {} the two go the same way.\n\n\
         It changes one thing: where a gradient has changed its sign it takes the step back only if the error rose as \
         well. Otherwise the weight waits for one step.",
        irprop.trace.epochs(),
        rprop.trace.epochs(),
        turn - 1,
    )
}

pub(super) fn irprop_plus_turns(study: &Study) -> String {
    let trace = &study.five()[3].trace;
    let (turn, weight) = first_turn(trace);
    let i = usize::from(weight == "second");
    let waits = |i: usize| -> Vec<usize> {
        let still = |e: &usize| trace.at(*e)[i] == trace.at(*e - 1)[i];
        (1..trace.losses.len()).filter(still).collect()
    };
    let name = |i: usize| if i == 1 { "second" } else { "first" };
    let moved = (trace.at(turn + 1)[i] - trace.at(turn)[i]).abs();
    let before = (trace.at(turn - 1)[i] - trace.at(turn - 2)[i]).abs();
    format!(
        "At step {turn} the {weight} weight does not move at all; at step {} it moves again, by {} where its last step was \
         {}.\n\n\
         The error had gone down although the sign changed, so there is nothing to take back: the weight waits and its \
         step size shrinks. The {weight} weight waits at {}, the {} weight at {}.",
        turn + 1,
        number(moved),
        number(before),
        list(&waits(i)),
        name(1 - i),
        list(&waits(1 - i)),
    )
}

pub(super) fn golden_search(study: &Study) -> String {
    let golden = study.five()[4];
    let trace = &golden.trace;
    let calls = trace.total();
    let stops: Vec<String> = trace.path().map(pair).collect();
    format!(
        "Gradient descent with a golden-section search arrives in {}: {}.\n\n\
         A line search looks along the gradient's direction until it has found how far to go: here steps of {} and {} \
         where the learning rates above are {} and {}. Two steps sound unbeatable, but each had to be looked for: the \
         search asked for the error {} times.",
        count(trace.epochs(), "step"),
        stops.join(" \u{2192} "),
        step_of(trace, 1),
        step_of(trace, 2),
        rate(study.five()[0]),
        rate(&study.larger_rate),
        calls.value,
    )
}

/// How far the line search went in a step: the trial where the run went on.
fn step_of(trace: &Trace, epoch: usize) -> String {
    let trials = trace.trials.get(epoch).into_iter().flatten();
    let mut chosen = trials.filter(|t| t.loss == trace.losses[epoch]);
    chosen.next().map_or_else(String::new, |t| number(t.step))
}

pub(super) fn all_algorithms(study: &Study) -> String {
    let names: Vec<String> = study.algorithms.iter().map(Algorithm::label).collect();
    format!(
        "All five ways over the same map: {}.\n\n\
         They start at the same place and stop as soon as the error is not above {}, but they do not stop at the same \
         place: any point of the valley beyond the dashed line will do.",
        names.join(", "),
        target(study),
    )
}

pub(super) fn compare_epochs(study: &Study) -> String {
    let rows = study.algorithms.iter();
    let rows: Vec<String> = rows
        .map(|a| format!("{} {}", a.name, a.trace.epochs()))
        .collect();
    let golden = study.five()[4].trace.total();
    format!(
        "Epochs until the error is not above {}: {}.\n\n\
         An epoch is not the same amount of work for all. Four of the algorithms ask for one gradient an epoch; the line \
         search asks for the error {} times beside its {}. The table above counts both.",
        target(study),
        rows.join(", "),
        golden.value,
        count(golden.gradient, "gradient"),
    )
}
