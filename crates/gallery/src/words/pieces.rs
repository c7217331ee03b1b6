//! Numbers and names as they are written in a sentence.

use crate::form::eigenvalues;
use thalweg::{
    inspect::Quantity,
    linalg::{difference, dot},
};
use thalweg_plot::text;

/// Digits of a number, unless more are needed.
const DIGITS: u8 = 4;

pub(super) fn number(v: f64) -> String {
    text::number(v, DIGITS)
}

/// Two numbers with at least so many digits each, and as many as tell them apart.
pub(super) fn apart([a, b]: [f64; 2], digits: u8) -> [String; 2] {
    const ALL: u8 = 17;
    let told = |digits| [a, b].map(|v| text::number(v, digits));
    let mut more = (digits..ALL).map(told);
    more.find(|[was, is]| was != is || a == b)
        .unwrap_or_else(|| told(ALL))
}

/// Where a step led, each number with the digits that tell it from the one before.
pub(super) fn place(to: &[f64], from: &[f64]) -> String {
    let numbers = to.iter().zip(from);
    let numbers = numbers.map(|(to, from)| {
        let [_, to] = apart([*from, *to], DIGITS);
        to
    });
    listed(&numbers.collect::<Vec<_>>())
}

pub(super) fn tuple(v: &[f64]) -> String {
    listed(&v.iter().map(|v| number(*v)).collect::<Vec<_>>())
}

fn listed(numbers: &[String]) -> String {
    match numbers {
        [one] => one.clone(),
        many => format!("({})", many.join(", ")),
    }
}

/// A matrix, a row at a time.
pub(super) fn rows(v: &[f64], dim: usize) -> String {
    let rows: Vec<String> = v.chunks(dim).map(tuple).collect();
    match &*rows {
        [one] => one.clone(),
        many => format!("rows {}", many.join(" and ")),
    }
}

/// What a channel is; what it is where it has no sense is left out where it has.
pub(super) fn label<'h>(help: &'h str, now: &[f64]) -> &'h str {
    let help = help.trim_end_matches('.');
    match help.split_once("; ") {
        Some((what, _)) if now.iter().all(|v| *v != 0.0 && v.is_finite()) => what,
        _ => help,
    }
}

pub(super) fn length(v: &[f64]) -> String {
    // In units of its greatest number: squares of what is huge or tiny are no numbers.
    let unit = v.iter().fold(0.0, |unit: f64, v| unit.max(v.abs()));
    if unit == 0.0 || !v.iter().all(|v| v.is_finite()) {
        return number(v.iter().map(|v| v.abs()).sum());
    }
    let shares: Vec<f64> = v.iter().map(|v| v / unit).collect();
    number(unit * dot(&shares, &shares).sqrt())
}

/// Whether two vectors are the same but for rounding.
pub(super) fn same(a: &[f64], b: &[f64]) -> bool {
    let d = difference(a, b);
    dot(&d, &d) <= 1e-18 * dot(a, a).max(dot(b, b))
}

/// A weight's name within a sentence.
pub(super) fn spoken(name: &str) -> String {
    match name.split_at_checked(1) {
        Some((first, rest)) if name.contains(' ') => {
            format!("the {}{rest}", first.to_ascii_lowercase())
        }
        _ => name.to_owned(),
    }
}

/// How a matrix curves, or by how much it stretches.
pub(super) fn curved(matrix: [f64; 3], quantity: Quantity) -> String {
    let [low, high] = eigenvalues(matrix);
    let [least, most] = [low, high].map(number);
    let is_same = least == most;
    match quantity {
        Quantity::InverseCurvature if is_same => format!("; it stretches the gradient by {least}"),
        Quantity::InverseCurvature => format!("; it stretches the gradient by {least} to {most}"),
        _ if is_same && low > 0.0 => format!("; a bowl, curved in each direction by {least}"),
        _ if is_same => format!("; curved in each direction by {least}"),
        _ if low > 0.0 => format!("; a bowl, curved by {least} to {most}"),
        _ if high < 0.0 => format!("; a hill, curved by {least} to {most}"),
        _ if low < 0.0 && high > 0.0 => {
            format!("; a saddle, curved by {least} in one direction and by {most} in the other")
        }
        _ => format!("; flat in one direction, curved by {least} to {most}"),
    }
}
