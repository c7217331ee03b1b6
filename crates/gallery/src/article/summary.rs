//! The article's table: one row an algorithm.

use crate::figures::article::{Algorithm, Study};
use std::fmt::Write as _;
use thalweg::number::{Shortest, join};

/// The five rows as CSV.
pub fn csv(study: &Study) -> String {
    let mut out = "algorithm,optimizer,epochs,loss,w1,w2,value_calls,gradient_calls\n".to_owned();
    for a in &study.algorithms {
        let (trace, calls) = (&a.trace, a.trace.total());
        // A pick may hold commas.
        let _ = writeln!(
            out,
            "{},\"{}\",{},{},{},{},{}",
            a.name,
            a.pick,
            trace.epochs(),
            Shortest(trace.loss()),
            join(trace.last()),
            calls.value,
            calls.gradient
        );
    }
    out
}

/// What a reader of the table sees of one algorithm.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: [String; 5],
}

/// Heads of the cells behind the name.
pub(super) const HEADS: [&str; 5] = [
    "epochs",
    "error",
    "weights",
    "error calls",
    "gradient calls",
];

pub(super) fn row(a: &Algorithm) -> Row {
    let (trace, calls) = (&a.trace, a.trace.total());
    let number = |v: f64| thalweg_plot::text::number(v, 6);
    let weights: Vec<String> = trace.last().iter().map(|w| number(*w)).collect();
    Row {
        name: a.name.to_owned(),
        cells: [
            trace.epochs().to_string(),
            number(trace.loss()),
            weights.join(", "),
            calls.value.to_string(),
            calls.gradient.to_string(),
        ],
    }
}

/// The five rows, and the one with the larger learning rate, as a Markdown table.
pub fn markdown(study: &Study) -> String {
    let mut out = format!("| algorithm | {} |\n|---|", HEADS.join(" | "));
    out += &"---:|".repeat(HEADS.len());
    out.push('\n');
    for a in study.algorithms.iter().chain([&study.larger_rate]) {
        let row = row(a);
        let _ = writeln!(
            out,
            "| {}, `{}` | {} |",
            row.name,
            a.pick,
            row.cells.join(" | ")
        );
    }
    out
}
