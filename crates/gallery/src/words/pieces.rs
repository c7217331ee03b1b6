//! Writes numbers and names for sentences.

use crate::form::{eigenvalues, symmetric};
use thalweg::{
    inspect::{Quantity, Shape},
    linalg::{difference, dot},
    number::ShortestFloat,
};
use thalweg_plot::text;

/// Digits of a number, unless more are needed.
pub(super) const DIGITS: u8 = 4;

pub(super) fn number(v: f64) -> String {
    text::number(v, DIGITS)
}

/// Writes two numbers with at least `digits` digits each, and with as many as make different numbers look different.
pub(super) fn format_distinct([a, b]: [f64; 2], digits: u8) -> [String; 2] {
    const ALL: u8 = 17;
    let written = |digits| [a, b].map(|v| text::number(v, digits));
    let mut more = (digits..=ALL).map(written);
    // Only the shortest text that reads back as the same number distinguishes neighboring numbers.
    let exact = || [a, b].map(|v| ShortestFloat(v).to_string().replace('-', "\u{2212}"));
    more.find(|[was, is]| was != is || a == b)
        .unwrap_or_else(exact)
}

/// Writes the numbers `to`, each with enough digits to differ from its counterpart in `from`.
pub(super) fn distinct_tuple(to: &[f64], from: &[f64]) -> String {
    let numbers = to.iter().zip(from);
    let numbers = numbers.map(|(to, from)| {
        let [_, to] = format_distinct([*from, *to], DIGITS);
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

/// Writes a matrix row by row.
pub(super) fn matrix_rows(v: &[f64], dim: usize) -> String {
    let rows: Vec<String> = v.chunks(dim).map(tuple).collect();
    match &*rows {
        [one] => one.clone(),
        many => format!("rows {}", many.join(" and ")),
    }
}

/// Writes points (count, dim), row-major.
pub(super) fn points(v: &[f64], dim: usize) -> String {
    v.chunks(dim).map(tuple).collect::<Vec<_>>().join(", ")
}

/// Describes the standard deviations of random points whose covariance is a matrix of two weights.
pub(super) fn deviations(shape: Shape, numbers: &[f64]) -> String {
    let Some(matrix) = symmetric(shape, numbers) else {
        return String::new();
    };
    let [least, most] = eigenvalues(matrix).map(|v| number(v.max(0.0).sqrt()));
    if least == most {
        return format!("; the standard deviation is {least} in each direction");
    }
    format!("; the standard deviation is between {least} and {most}, depending on the direction")
}

/// Returns the description of a channel. The part after the semicolon describes values without a meaning and is omitted
/// unless there are some.
pub(super) fn channel_help(help: &str, has_meaningless: bool) -> &str {
    let help = help.trim_end_matches('.');
    match help.split_once("; ") {
        Some((what, _)) if !has_meaningless => what,
        _ => help,
    }
}

pub(super) fn length(v: &[f64]) -> String {
    // Dividing by the largest component prevents that squares overflow or underflow.
    let unit = v.iter().fold(0.0, |unit: f64, v| unit.max(v.abs()));
    if unit == 0.0 || !v.iter().all(|v| v.is_finite()) {
        return number(v.iter().map(|v| v.abs()).sum());
    }
    let shares: Vec<f64> = v.iter().map(|v| v / unit).collect();
    number(unit * dot(&shares, &shares).sqrt())
}

/// Compares two vectors and tolerates floating-point rounding.
pub(super) fn almost_equal(a: &[f64], b: &[f64]) -> bool {
    // Squares could overflow or underflow.
    let greatest = a
        .iter()
        .chain(b)
        .fold(0.0, |most: f64, v| most.max(v.abs()));
    let d = difference(a, b);
    d.iter().all(|d| d.abs() <= 1e-9 * greatest)
}

/// Returns a weight's name for the middle of a sentence.
pub(super) fn name_in_sentence(name: &str) -> String {
    match name.split_at_checked(1) {
        Some((first, rest)) if name.starts_with(char::is_uppercase) => {
            format!("the {}{rest}", first.to_ascii_lowercase())
        }
        _ => name.to_owned(),
    }
}

/// Returns the sentence that begins with "the" or "each" with a capital letter. Other sentences begin with a name.
pub(super) fn capitalize(sentence: &str) -> String {
    match sentence.split_at_checked(1) {
        Some((first, rest)) if sentence.starts_with("the ") || sentence.starts_with("each ") => {
            first.to_ascii_uppercase() + rest
        }
        _ => sentence.to_owned(),
    }
}

/// Describes the curvatures of a matrix, or the factors by which it scales the gradient.
pub(super) fn curvature(matrix: [f64; 3], quantity: Quantity) -> String {
    let [low, high] = eigenvalues(matrix);
    let [least, most] = [low, high].map(number);
    let is_same = least == most;
    let model = match quantity {
        Quantity::InverseCurvature if is_same => {
            return format!("; it scales the gradient by {least}");
        }
        // A negative eigenvalue would reverse the gradient.
        Quantity::InverseCurvature if low < 0.0 => {
            return format!("; its eigenvalues are {least} and {most}");
        }
        Quantity::InverseCurvature => {
            return format!(
                "; it scales the gradient by a factor between {least} and {most}, depending on its direction"
            );
        }
        _ if is_same && low > 0.0 => format!("is a bowl with the curvature {least}"),
        _ if is_same => format!("has the curvature {least} in each direction"),
        _ if low > 0.0 => format!("is a bowl with curvatures from {least} to {most}"),
        _ if high < 0.0 => format!("is a hill with curvatures from {least} to {most}"),
        _ if low < 0.0 && high > 0.0 => {
            format!(
                "is a saddle with the curvature {least} in one direction and {most} in the other"
            )
        }
        _ => format!("is flat in one direction, with curvatures from {least} to {most}"),
    };
    format!("; its quadratic model {model}")
}
