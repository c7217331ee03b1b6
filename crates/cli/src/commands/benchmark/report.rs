//! The results of a benchmark as a table for the terminal, and as a Markdown report.

use super::{
    description::Description,
    figures::{Figures, MOST},
    markdown_text::MarkdownText,
    report_file::REPORT_LINES,
    results::{BenchmarkResults, Ranking},
};
use crate::{
    prelude::*,
    runs::tuning::{complete_picks, studies_text, untuned_notes},
};
use thalweg::{sweep::NumberedRuns as _, tuning::Search};
use thalweg_gallery::map::count;
use thalweg_plot::text::number;

/// Formats the rankings for the terminal.
pub(super) fn summary(results: &BenchmarkResults) -> String {
    let problems = results.plan.workloads().len();
    let mut text = String::new();
    for ranking in &results.rankings {
        if !ranking.name.is_empty() {
            text.extend([&ranking.name, ":\n"]);
        }
        let rows = ranking.optimizers.iter().map(|optimizer| {
            vec![
                results.name(*optimizer),
                number(results.scores[*optimizer], 3),
                format!("{} of {problems}", results.solved(*optimizer)),
            ]
        });
        text += &table("optimizer|score|problems solved", rows, 1);
        text.push('\n');
    }
    let trials = count(results.plan.runs(), "trial");
    let _ = writeln!(text, "{}: {trials}.", method(results));
    for note in notes(results) {
        text.extend([&*note, ".\n"]);
    }
    text
}

/// Writes the report. `links` precedes the names of the files.
pub(super) fn markdown(
    description: &Description,
    results: &BenchmarkResults,
    figures: &Figures,
    links: &str,
) -> String {
    let mut text = format!("# {}\n\n", MarkdownText(&description.title));
    paragraph(&mut text, &description.introduction);
    paragraph(&mut text, &protocol(results, links));
    for note in notes(results) {
        paragraph(&mut text, &format!("{}.", MarkdownText(&note)));
    }
    text.extend([REPORT_LINES[0], "\n"]);
    for (ranking, profile) in results.rankings.iter().zip(&figures.profiles) {
        heading(&mut text, ranking);
        let _ = writeln!(text, "![Performance profiles]({links}{profile})\n");
        scores(&mut text, results, ranking);
        text.push('\n');
    }
    text += "## Problems\n\n";
    problems(&mut text, results);
    text.extend(["\n", REPORT_LINES[1], "\n"]);
    text += "Evaluations of the loss, the gradient, and the Hessian until the target: the median study. A dash is a miss.\n\n";
    for ranking in &results.rankings {
        heading(&mut text, ranking);
        times(&mut text, results, ranking);
        text.push('\n');
    }
    text += "## Evaluations and losses against the tuned setting\n\n";
    let _ = writeln!(
        text,
        "Each ring is a trial, and the disc is the best trial of the median study. Trials above the budget miss the target. A trial \
         stops at the target, so the losses of those that reach it differ little; their evaluations judge them. Each figure shows at most {MOST} optimizers: the fastest of those that reach the target in the median study or, if there are \
         none, those with the best scores.\n"
    );
    for (ranking, files) in results.rankings.iter().zip(&figures.tuning) {
        heading(&mut text, ranking);
        for (workload, file) in results.plan.workloads().iter().zip(files) {
            let name = MarkdownText(&workload.name);
            let _ = writeln!(text, "![Evaluations and losses on {name}]({links}{file})\n");
        }
    }
    paragraph(&mut text, &description.discussion);
    text.trim_end().to_owned() + "\n"
}

/// Adds the name of a ranking, if there are several.
fn heading(text: &mut String, ranking: &Ranking) {
    if !ranking.name.is_empty() {
        let _ = writeln!(text, "### {}\n", MarkdownText(&ranking.name));
    }
}

fn paragraph(text: &mut String, words: &str) {
    let words = words.trim();
    if !words.is_empty() {
        text.extend([words, "\n\n"]);
    }
}

/// Describes how the optimizers were tuned.
fn method(results: &BenchmarkResults) -> String {
    let protocol = results.plan.protocol();
    let text = studies_text(protocol);
    match protocol.search {
        Search::QuasiRandom => format!("{text} per optimizer and problem"),
        Search::Grid | Search::Defaults => text,
        Search::None => format!("{text} with the given settings, without tuning"),
    }
}

fn protocol(results: &BenchmarkResults, links: &str) -> String {
    let group = if results.rankings.len() > 1 {
        ", relative to the best optimizer of its group"
    } else {
        ""
    };
    format!(
        "Protocol: {}, with the first seed {}: {} in all. The result of a study is its best trial, and that of an optimizer the \
         median of its studies. The score is the mean of its performance profile for ratios from 1 to 4, as in AlgoPerf{group}. \
         [results.csv]({links}results.csv) contains the tuned settings and the spread of the studies. The command also writes \
         trials.csv, which lists every trial.",
        method(results),
        results.plan.protocol().seed,
        count(results.plan.runs(), "trial"),
    )
}

/// Lists the optimizers that were not tuned, and why, and the complete picks of shortened names.
fn notes(results: &BenchmarkResults) -> impl Iterator<Item = String> {
    let untuned = untuned_notes(results.plan).into_iter();
    untuned.chain(complete_picks(results.plan))
}

fn scores(text: &mut String, results: &BenchmarkResults, ranking: &Ranking) {
    let problems = results.plan.workloads().len();
    *text += "| rank | optimizer | score | problems solved |\n|---|---|---|---|\n";
    let score = |optimizer: usize| results.scores[optimizer];
    for optimizer in &ranking.optimizers {
        let (name, solved) = (results.name(*optimizer), results.solved(*optimizer));
        let own = score(*optimizer);
        // Equal scores have the same rank.
        let rank = 1 + ranking
            .optimizers
            .partition_point(|other| score(*other) > own);
        let (score, name) = (number(own, 3), MarkdownText(&name));
        let _ = writeln!(
            text,
            "| {rank} | {name} | {score} | {solved} of {problems} |"
        );
    }
}

fn problems(text: &mut String, results: &BenchmarkResults) {
    let all: Vec<usize> = (0..results.plan.optimizers().len()).collect();
    *text += "| problem | weights | target loss | budget | randomness | solved by | fastest |\n|---|---|---|---|---|---|---|\n";
    for (i, workload) in results.plan.workloads().iter().enumerate() {
        let solvers = results.fastest(i, &all);
        let fastest = solvers.first().map_or_else(
            || "-".to_owned(),
            |best| {
                let name = results.name(*best);
                format!("{} ({})", MarkdownText(&name), results.times[*best][i])
            },
        );
        let target = workload
            .contest
            .budget
            .target
            .map_or(f64::NAN, |target| target);
        let _ = writeln!(
            text,
            "| {} (`{}`) | {} | {} | {} | {} | {} of {} | {fastest} |",
            MarkdownText(&workload.name),
            // Tables are divided at vertical lines also inside of code.
            workload
                .contest
                .on
                .text()
                .replace('|', "\\|")
                .replace(['\n', '\r'], " "),
            workload.contest.start.len(),
            ShortestFloat(target),
            results.plan.budget(i),
            workload
                .contest
                .randomness
                .words()
                .as_deref()
                .unwrap_or("none"),
            solvers.len(),
            all.len(),
        );
    }
}

fn times(text: &mut String, results: &BenchmarkResults, ranking: &Ranking) {
    let workloads = results.plan.workloads();
    *text += "| optimizer |";
    for workload in workloads {
        let _ = write!(text, " {} |", MarkdownText(&workload.name));
    }
    text.extend(["\n|---|", &"---|".repeat(workloads.len()), "\n"]);
    for optimizer in &ranking.optimizers {
        let name = results.name(*optimizer);
        let _ = write!(text, "| {} |", MarkdownText(&name));
        for time in &results.times[*optimizer] {
            let time = time.is_finite().then_some(*time);
            text.extend([" ", &or_dash(time), " |"]);
        }
        text.push('\n');
    }
}
