//! The figures of a benchmark.

use super::results::BenchmarkResults;
use crate::{output::files::Folder, prelude::*};
use thalweg::tuning::ratios;
use thalweg_gallery::{
    colors::theme_indices,
    comparison::{ProfileCurve, performance_profile, tuning_curves},
};
use thalweg_plot::{formats::svg, theme::Theme};

/// Maximum number of optimizers in a figure; more lines could not be distinguished.
pub(super) const MOST: usize = 8;

/// The file of the performance profile.
pub(super) const PROFILE: &str = "profile.svg";

/// Writes the performance profile of the best optimizers, and the losses of the fastest ones on each problem. Returns the names of
/// the files of the problems; a problem that no optimizer solves has the losses of the best ones of all problems.
pub(super) fn write(folder: &Folder, results: &BenchmarkResults) -> Result<Vec<String>> {
    let theme = &Theme::LIGHT;
    let best: Vec<usize> = results.ranking.iter().copied().take(MOST).collect();
    let ratios = ratios(&results.times);
    let picks = best.iter().map(|i| &results.plan.optimizers()[*i]);
    let colors = theme_indices(picks, theme.paths.len());
    let curves = best.iter().zip(colors).map(|(i, color)| ProfileCurve {
        name: results.name(*i),
        ratios: ratios[*i].clone(),
        score: results.scores[*i],
        style: theme.path(color),
    });
    let curves: Vec<ProfileCurve> = curves.collect();
    let title = match results.ranking.len() {
        all if all > best.len() => {
            format!(
                "Performance profiles of the {} best of {all} optimizers",
                best.len()
            )
        }
        _ => "Performance profiles".to_owned(),
    };
    let scene = performance_profile(&curves, &title, theme);
    folder.write(PROFILE, svg::encode(&scene))?;
    let mut files = Vec::new();
    for workload in 0..results.plan.workloads().len() {
        let mut shown = results.fastest(workload);
        shown.truncate(MOST);
        let shown = if shown.is_empty() { &best } else { &shown };
        let scene = tuning_curves(results.plan, results.trials, workload, shown, theme);
        let file = format!("losses-{}.svg", workload + 1);
        folder.write(&file, svg::encode(&scene))?;
        files.push(file);
    }
    Ok(files)
}
