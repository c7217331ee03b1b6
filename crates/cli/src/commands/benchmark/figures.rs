//! The figures of a benchmark.

use super::results::{BenchmarkResults, Ranking};
use crate::{output::files::Folder, prelude::*};
use thalweg::tuning::ratios;
use thalweg_gallery::{
    colors::theme_indices,
    comparison::{ProfileCurve, performance_profile, tuning_curves},
};
use thalweg_plot::{formats::svg, scene::Scene, theme::Theme};

/// Maximum number of optimizers in a figure; more lines could not be distinguished.
pub(super) const MOST: usize = 8;

/// The files of the figures.
pub(super) struct Figures {
    /// The performance profiles, one file per ranking.
    pub(super) profiles: Vec<String>,
    /// The evaluations of all trials, for each ranking one file per workload.
    pub(super) tuning: Vec<Vec<String>>,
}

/// Writes, for each ranking, the performance profiles of the best optimizers, and the trials of the fastest ones on each
/// problem. If no optimizer solves a problem, the figure shows the best ones of all problems.
pub(super) fn write(folder: &Folder, results: &BenchmarkResults) -> Result<Figures> {
    let mut figures = Figures {
        profiles: Vec::new(),
        tuning: Vec::new(),
    };
    let rankings = results.rankings.len();
    for (i, ranking) in results.rankings.iter().enumerate() {
        let name = profile_file(i, rankings);
        folder.write(&name, svg::encode(&profile(results, ranking)))?;
        figures.profiles.push(name);
        let mut files = Vec::new();
        for workload in 0..results.plan.workloads().len() {
            let fastest = results.fastest(workload, &ranking.optimizers);
            let shown = if fastest.is_empty() {
                &ranking.optimizers
            } else {
                &fastest
            };
            let shown = &shown[..shown.len().min(MOST)];
            let (plan, trials) = (results.plan, results.trials);
            let scene = tuning_curves(plan, trials, workload, shown, &Theme::LIGHT);
            let name = tuning_file(i, rankings, workload);
            folder.write(&name, svg::encode(&scene))?;
            files.push(name);
        }
        figures.tuning.push(files);
    }
    Ok(figures)
}

/// Returns the names of all files that [`write`] writes.
pub(super) fn file_names(rankings: usize, workloads: usize) -> Vec<String> {
    let of_ranking = |i: usize| {
        let tuning = (0..workloads).map(move |workload| tuning_file(i, rankings, workload));
        tuning.chain([profile_file(i, rankings)])
    };
    (0..rankings).flat_map(of_ranking).collect()
}

fn profile_file(ranking: usize, rankings: usize) -> String {
    format!("profile{}.svg", suffix(ranking, rankings))
}

fn tuning_file(ranking: usize, rankings: usize, workload: usize) -> String {
    format!("tuning{}-{}.svg", suffix(ranking, rankings), workload + 1)
}

/// Returns the number of a ranking in the names of its files. A single ranking needs no number.
fn suffix(ranking: usize, rankings: usize) -> String {
    if rankings == 1 {
        String::new()
    } else {
        format!("-{}", ranking + 1)
    }
}

/// Draws the performance profiles of the best optimizers of a ranking.
fn profile(results: &BenchmarkResults, ranking: &Ranking) -> Scene {
    let theme = &Theme::LIGHT;
    let all = &ranking.optimizers;
    let best = &all[..all.len().min(MOST)];
    let times: Vec<Vec<f64>> = all.iter().map(|i| results.times[*i].clone()).collect();
    let picks = best.iter().map(|i| &results.plan.optimizers()[*i]);
    let colors = theme_indices(picks, theme.paths.len());
    let curves = best.iter().zip(ratios(&times)).zip(colors);
    let curves = curves.map(|((optimizer, ratios), color)| ProfileCurve {
        name: results.name(*optimizer),
        ratios,
        score: results.scores[*optimizer],
        style: theme.path(color),
    });
    let title = if all.len() > best.len() {
        let (best, all) = (best.len(), all.len());
        format!("Performance profiles of the {best} best of {all} optimizers")
    } else {
        "Performance profiles".to_owned()
    };
    performance_profile(&curves.collect::<Vec<_>>(), &title, theme)
}
