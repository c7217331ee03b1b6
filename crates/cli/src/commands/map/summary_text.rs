//! Shares and numbers of runs as text.

use thalweg::map::{Outcome, Summary};

/// Formats a share of runs in percent. Shares are never rounded to 0 % or 100 %.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let share = 100.0 * part as f64 / whole.max(1) as f64;
    match share {
        _ if part == whole => "100 %".to_owned(),
        _ if part == 0 => "0 %".to_owned(),
        99.99.. => "> 99.99 %".to_owned(),
        ..0.01 => "< 0.01 %".to_owned(),
        _ => format!("{share:.2} %"),
    }
}

/// Formats a summary in one line: "reached 98.50 %; epochs: median 43, 95 % 120, worst 310". Without a target, it states how the
/// runs ended.
pub(super) fn one_line_summary(summary: &Summary, has_target: bool) -> String {
    if !has_target {
        let ends = Outcome::ALL.iter().zip(summary.ends);
        let ends = ends.filter(|(_, count)| *count > 0);
        let ends =
            ends.map(|(end, count)| format!("{} {}", end.word(), percent(count, summary.runs)));
        return ends.collect::<Vec<_>>().join("; ");
    }
    let reached = percent(summary.ends[0], summary.runs);
    match (summary.median, summary.percentile_95, summary.worst) {
        (Some(median), Some(most), Some(worst)) => {
            format!("reached {reached}; epochs: median {median}, 95 % {most}, worst {worst}")
        }
        _ => format!("reached {reached}"),
    }
}
