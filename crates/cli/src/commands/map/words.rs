//! Shares and counts of runs in words.

use thalweg::map::Summary;

/// A share of all runs in percent; only all of them are 100 and only none are 0.
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

/// Robustness in a line: "reached 98.50 %, median 43, 95 % within 120, all within 310".
pub(super) fn one_line_summary(summary: &Summary) -> String {
    let reached = percent(summary.ends[0], summary.runs);
    match (summary.median, summary.percentile_95, summary.worst) {
        (Some(median), Some(most), Some(worst)) => {
            format!("reached {reached}; epochs: median {median}, 95 % {most}, worst {worst}")
        }
        _ => format!("reached {reached}"),
    }
}
