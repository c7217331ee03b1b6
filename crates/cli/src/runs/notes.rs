//! Notes on how the input was understood, and the settings in effect.

use crate::terminal;
use thalweg::{
    effective::{EffectiveSetting, SettingSource},
    error::{printable, shortened},
    experiment::PreparedExperiment,
    run::StopReason,
    stillness::stillness_note,
    trace::Trace,
};

/// Returns one line per note on the problem and on rules for matrices without matrices.
pub(crate) fn text(contest: &PreparedExperiment) -> String {
    let notes = contest.problem.notes.iter().cloned();
    let notes = notes.chain(contest.matrix_notes());
    let notes = notes.map(|note| format!("note: {note}\n"));
    terminal::escaped_lines(&notes.collect::<String>())
}

/// Prints the notes on the problem, and the learning rates that follow from it, to standard error.
pub(crate) fn print(contest: &PreparedExperiment) {
    print_problem(contest);
    print_rates(contest.rate_notes());
}

/// Prints the notes on the problem to standard error.
pub(crate) fn print_problem(contest: &PreparedExperiment) {
    terminal::print_stderr(text(contest));
}

/// Prints notes on learning rates to standard error.
pub(crate) fn print_rates(notes: Vec<String>) {
    let notes = notes.into_iter().map(|note| format!("note: {note}\n"));
    terminal::print_stderr(terminal::escaped_lines(&notes.collect::<String>()));
}

/// Prints the reason why a run hardly moved, for each such run, to standard error.
pub(crate) fn print_stillness(contest: &PreparedExperiment, traces: &[Trace]) {
    for (i, trace) in traces.iter().enumerate() {
        let text = stillness(contest, i, trace.last(), trace.epochs(), trace.stop);
        terminal::print_stderr(text);
    }
}

/// Returns a line with the reason why the run of an optimizer hardly moved; empty if it did move.
pub(crate) fn stillness(
    contest: &PreparedExperiment,
    optimizer: usize,
    last: &[f64],
    epochs: u64,
    stop: StopReason,
) -> String {
    let contender = &contest.contenders[optimizer];
    let note = stillness_note(contest, contender, last, epochs, stop);
    note.map_or_else(String::new, |note| format!("{}: {note}\n", contender.label))
}

/// Lists the settings of the problem and of each optimizer in effect, given or not.
pub(crate) fn settings(contest: &PreparedExperiment) -> String {
    let problem = (contest.on.id.clone(), contest.problem_settings());
    let optimizers = contest.contenders.iter();
    let optimizers = optimizers.map(|one| (one.label.clone(), one.settings_in_effect()));
    let all = [problem].into_iter().chain(optimizers);
    let all: Vec<_> = all.filter(|(_, settings)| !settings.is_empty()).collect();
    let lines = all.iter();
    let lines = lines.map(|(name, settings)| format!("  {name}: {}\n", line(settings)));
    let lines: String = lines.collect();
    if lines.is_empty() {
        return lines;
    }
    let lines = terminal::escaped_lines(&lines);
    format!(
        "\nSettings in effect (* not given):\n{lines}{}",
        complete(&all)
    )
}

/// A longer value is shortened: the text of a rule can have any length.
const MAX_VALUE_CHARS: usize = 60;

/// Lists the complete values of the settings that are shortened elsewhere.
fn complete(all: &[(String, Vec<EffectiveSetting>)]) -> String {
    let mut lines = String::new();
    for (name, settings) in all {
        for EffectiveSetting { key, value, .. } in settings {
            if shortened(value, MAX_VALUE_CHARS) != printable(value) {
                lines.extend(["  ", name, ": ", key, "=", value, "\n"]);
            }
        }
    }
    if lines.is_empty() {
        return lines;
    }
    format!("\nComplete values:\n{}", terminal::escaped_lines(&lines))
}

fn line(settings: &[EffectiveSetting]) -> String {
    let texts = settings
        .iter()
        .map(|EffectiveSetting { key, value, source }| {
            let value = shortened(value, MAX_VALUE_CHARS);
            match source {
                SettingSource::Given => format!("{key}={value}"),
                SettingSource::Default => format!("{key}={value}*"),
                SettingSource::Problem(_) | SettingSource::LeastLoss => {
                    format!("{key}={value}* ({source})")
                }
            }
        });
    texts.collect::<Vec<_>>().join(", ")
}
