//! A step in words: a sentence for each quantity, made from its numbers.

use super::{
    model::{eigenvalues, symmetric},
    moment::{Moment, Reading, length, same},
};
use thalweg::inspect::{Quantity, Shape};

/// What there is to say, a paragraph for each thing; `seen` tells whether the optimizer saw the gradient itself, not one
/// of a mini-batch or with noise.
pub(super) fn paragraphs(moment: &Moment, seen: bool) -> Vec<String> {
    let mut all = vec![way(moment), slope(moment, seen)];
    all.extend(moment.readings().map(|reading| channel(moment, reading)));
    all.extend(search(moment));
    all
}

fn number(v: f64) -> String {
    thalweg_plot::text::number(v, 4)
}

fn tuple(numbers: &[f64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|v| number(*v)).collect();
    match &numbers[..] {
        [one] => one.clone(),
        _ => format!("({})", numbers.join(", ")),
    }
}

/// A weight's name within a sentence.
fn spoken(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if name.contains(' ') => {
            format!("the {}{}", first.to_lowercase(), letters.as_str())
        }
        _ => name.to_owned(),
    }
}

fn way(moment: &Moment) -> String {
    let [before, after] = moment.losses();
    let loss = if !after.is_finite() {
        format!(
            "The loss is {} before it and no finite number after it",
            number(before)
        )
    } else if after == before {
        format!("The loss stays at {}", number(before))
    } else {
        let word = if after < before { "falls" } else { "rises" };
        format!(
            "The loss {word} from {} to {}",
            number(before),
            number(after)
        )
    };
    format!(
        "Step {} of {} leads from {} to {}. {loss}.",
        moment.number,
        moment.name,
        tuple(&moment.from),
        tuple(&moment.to)
    )
}

fn slope(moment: &Moment, seen: bool) -> String {
    let g = moment.gradient;
    let mut sentences = vec![format!(
        "The gradient where it begins is {}, its length {}.",
        tuple(&g),
        number(length(g))
    )];
    if let Some(before) = moment.gradient_before {
        let changed = (0..2).filter(|i| g[*i] * before[*i] < 0.0);
        let names: Vec<String> = changed.map(|i| spoken(&moment.view.names[i])).collect();
        sentences.push(match &names[..] {
            [] => "No part of it has changed its sign since the step before.".to_owned(),
            [one] => format!("The gradient of {one} changed its sign since the step before."),
            [one, other, ..] => format!(
                "The gradients of {one} and {other} changed their signs since the step before."
            ),
        });
    }
    if !seen {
        let words = "The optimizer saw another one: of a mini-batch, or with noise.";
        sentences.push(words.to_owned());
    }
    sentences.join(" ")
}

/// What one channel shows after the step.
fn channel(moment: &Moment, reading: Reading) -> String {
    let help = reading.channel.help.trim_end_matches('.');
    let now = reading.now;
    let is_zero = now.iter().all(|v| *v == 0.0);
    let said = match reading.channel.quantity {
        _ if is_zero => "zero".to_owned(),
        Quantity::StepSize if reading.channel.shape == Shape::Vector => {
            let weights = moment.view.names.iter().zip(now).zip(reading.before);
            let weights = weights.map(|((name, now), before)| {
                format!(
                    "{} for {}, {}",
                    number(*now),
                    spoken(name),
                    change(*now, *before)
                )
            });
            weights.collect::<Vec<_>>().join("; ")
        }
        Quantity::Displacement => {
            let is_step = moment.step().zip(reading.pair(Quantity::Displacement));
            let is_step = is_step.is_some_and(|(step, d)| same(step, d));
            let which = if is_step { ", which is the step" } else { "" };
            format!("{}{which}", tuple(now))
        }
        Quantity::GradientSquared => {
            let roots: Vec<f64> = now.iter().map(|v| v.sqrt()).collect();
            format!(
                "{}; its root, {}, has the size of a gradient",
                tuple(now),
                tuple(&roots)
            )
        }
        Quantity::Curvature | Quantity::InverseCurvature => curved(reading),
        Quantity::Position | Quantity::Gradient => tuple(now),
        Quantity::StepSize | Quantity::Value | Quantity::Number => {
            if now == reading.before {
                format!("{}, as before", tuple(now))
            } else {
                format!("{}, before the step {}", tuple(now), tuple(reading.before))
            }
        }
    };
    format!("{help}: {said}.")
}

fn change(now: f64, before: f64) -> String {
    if now == before {
        "as before".to_owned()
    } else if now == 0.0 || before == 0.0 {
        format!("before the step {}", number(before))
    } else {
        let word = if now > before { "grown" } else { "shrunk" };
        format!("{word} by the factor {}", number(now / before))
    }
}

/// How a matrix curves, or by how much it stretches.
fn curved(reading: Reading) -> String {
    let numbers = tuple(reading.now);
    let Some(matrix) = symmetric(reading) else {
        return numbers;
    };
    let [low, high] = eigenvalues(matrix);
    let (from, to) = (number(low), number(high));
    let how = match reading.channel.quantity {
        Quantity::InverseCurvature => {
            format!("it stretches the gradient by {from} to {to}, as its direction is")
        }
        _ if low > 0.0 => format!("a bowl, curved by {from} to {to}"),
        _ if high < 0.0 => format!("a hill, curved by {from} to {to}"),
        _ if low < 0.0 && high > 0.0 => {
            format!("a saddle, curved by {from} in one direction and by {to} in the other")
        }
        _ => format!("curved in one direction alone, by {}", number(low + high)),
    };
    format!("{numbers}: {how}")
}

/// What the line search did.
fn search(moment: &Moment) -> Option<String> {
    let trials = moment.trials();
    if trials.is_empty() {
        return None;
    }
    let taken = trials.iter().rev().find(|t| t.weights == moment.to);
    let lowest = trials
        .iter()
        .map(|t| t.loss)
        .filter(|loss| loss.is_finite());
    let lowest = lowest.fold(f64::INFINITY, f64::min);
    Some(match (trials.len(), taken) {
        (1, Some(taken)) => format!(
            "The line search tried one point, {} times its direction, and took it.",
            number(taken.step)
        ),
        (count, Some(taken)) => format!(
            "The line search tried {count} points and took {} times its direction, which is {} of them.",
            number(taken.step),
            if taken.loss <= lowest {
                "the lowest"
            } else {
                "not the lowest"
            }
        ),
        (1, None) => "The line search tried one point and took another.".to_owned(),
        (count, None) => format!("The line search tried {count} points and took one between them."),
    })
}
