//! Writes the article's table with one row per algorithm.

use crate::figures::article::{Algorithm, ArticleRuns};
use std::fmt::Write as _;
use thalweg::number::{ShortestFloat, join};

/// Returns the five rows as CSV.
pub fn csv(study: &ArticleRuns) -> String {
    let mut out = "algorithm,optimizer,epochs,loss,w1,w2,value_calls,gradient_calls\n".to_owned();
    for a in &study.algorithms {
        let (trace, calls) = (&a.trace, a.trace.total());
        // The text may contain commas.
        let _ = writeln!(
            out,
            "{},\"{}\",{},{},{},{},{}",
            a.name,
            a.pick,
            trace.epochs(),
            ShortestFloat(trace.loss()),
            join(trace.last()),
            calls.value,
            calls.gradient
        );
    }
    out
}

/// Headings of the cells after the name.
pub(super) const HEADS: [&str; 5] = [
    "epochs",
    "error",
    "weights",
    "error calls",
    "gradient calls",
];

/// Returns the cells of one algorithm.
pub(super) fn cells(a: &Algorithm) -> [String; 5] {
    let (trace, calls) = (&a.trace, a.trace.total());
    let number = |v: f64| thalweg_plot::text::number(v, 6);
    let weights: Vec<String> = trace.last().iter().map(|w| number(*w)).collect();
    [
        trace.epochs().to_string(),
        number(trace.loss()),
        weights.join(", "),
        calls.value.to_string(),
        calls.gradient.to_string(),
    ]
}

/// Returns the five rows, and the row with the larger learning rate, as a Markdown table.
pub fn markdown(study: &ArticleRuns) -> String {
    let (heads, lines) = (HEADS.join(" | "), "---:|".repeat(HEADS.len()));
    let mut out = format!("| algorithm | {heads} |\n|---|{lines}\n");
    for a in study.algorithms.iter().chain([&study.larger_rate]) {
        let cells = cells(a).join(" | ");
        let _ = writeln!(out, "| {}, `{}` | {cells} |", a.name, a.pick);
    }
    out
}
