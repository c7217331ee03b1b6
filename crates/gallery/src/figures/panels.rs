//! Maps side by side, one per run.

use super::{ConfiguredFigure, EpochSelection, FigureInput, FigureRequirement, FigureStyle};
use crate::prelude::*;
use crate::{
    map::{self, count},
    parts::side_by_side::side_by_side,
};
use thalweg_plot::{panels::Panel, text::number};

/// One map per run; all maps have the same axes and colors.
#[derive(Clone, Debug, Describe)]
#[entry(id = "panels", title = "A map for each run")]
pub struct PanelsFigure {
    /// Width of the path lines in px.
    #[param(default = 1.8, valid = 0.5..=6.0)]
    pub line: f64,
}

impl ConfiguredFigure for PanelsFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs, FigureRequirement::Plane]
    }

    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::Path
    }

    fn example(&self) -> &'static str {
        "--on himmelblau --with gradient-descent --with momentum --with rprop --with adam --with bfgs --with lbfgs"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let (view, theme) = (subject.view()?, look.theme);
        let names: Vec<&str> = subject.labels().collect();
        let runs = subject.traces.iter().enumerate();
        let notes: Vec<String> = runs.map(|(i, trace)| note(subject, i, trace)).collect();
        let elapsed = subject.elapsed_traces()?;
        let mut paths = subject.paths(&names, theme)?;
        for (path, trace) in paths.iter_mut().zip(&elapsed) {
            path.trace = trace;
        }
        let panels = paths.into_iter().zip(&notes).map(|(path, note)| Panel {
            title: path.label.to_owned(),
            note: note.clone(),
            marks: vec![
                Box::new(path.line(&[], self.line, "")),
                Box::new(map::start_marker(&view.start, theme)),
                Box::new(map::end_marker(&path)),
            ],
        });
        let ends = names.iter().zip(&notes);
        let ends: Vec<String> = ends.map(|(name, note)| format!("{name}, {note}")).collect();
        let description = format!(
            "A map of the loss with the path of one run for each of: {}.",
            ends.join("; ")
        );
        let keys = map::start_marker(&view.start, theme).key(theme);
        let keys = keys.filter(|_| view.window().contains(&view.start));
        let keys = keys.into_iter().collect();
        side_by_side(
            subject,
            look,
            subject.title(),
            description,
            panels,
            keys,
            None,
        )
    }
}

/// Summarizes a run in one line. The parts are separated by semicolons.
fn note(subject: &FigureInput, run: usize, trace: &Trace) -> String {
    let epochs = count(trace.epochs(), "epoch");
    let word = trace.stop.word();
    match subject.plane_gap(run, trace.last_row()) {
        Some(gap) => format!("{epochs}: {word}; {}", gap.words().join("; ")),
        None => format!("{epochs}: {word}, loss {}", number(trace.loss(), 3)),
    }
}
