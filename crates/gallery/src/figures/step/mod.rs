//! Explains one step by the channels of the optimizer's state.
//!
//! The shape and the quantity of each channel determine how it is drawn, so a new optimizer needs no code here.

mod local_map;
mod loss_profile;
mod marks;
mod model;
mod step_view;
mod vectors;

use super::{ConfiguredFigure, EpochSelection, FigureInput, FigureRequirement, FigureStyle};
use crate::prelude::*;
use std::ops::RangeInclusive;
use step_view::StepView;
use thalweg_plot::{legend, page::Page, prose::TextColumn, shapes::group};

/// One step of a run: the quantities that determine it, where it leads, and the loss along it.
#[derive(Clone, Debug, Describe)]
#[entry(id = "step", title = "One step explained")]
pub struct StepFigure {
    /// The step to explain, counted from 1. Without a value, it is the first of the selected epochs, or the middle of
    /// the run.
    #[param(valid = 1.0..)]
    pub epoch: Option<u64>,
    /// The run, counted from 1. Without a value, it is the selected run, or the first.
    #[param(valid = 1.0..)]
    pub run: Option<u64>,
    /// Whether the picture contains the explanation in words.
    #[param(default = true)]
    pub words: bool,
}

/// Width and height in px of the map, and of the plot of the loss.
const MAP: [f64; 2] = [620.0, 520.0];
const LINE: [f64; 2] = [460.0, 520.0];
/// In a picture narrower than this, in px, they are placed below each other.
const SIDE_BY_SIDE: f64 = 700.0;

impl ConfiguredFigure for StepFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs, FigureRequirement::Plane]
    }

    fn follows_playhead(&self) -> bool {
        true
    }

    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::Step
    }

    fn last_epoch(&self, selected: Option<&RangeInclusive<usize>>) -> Option<usize> {
        last_epoch(self.epoch, selected)
    }

    fn shows_single_steps(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on article --with rprop --epochs 12..12"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let theme = look.theme;
        subject.check(self.requirements())?;
        let run = subject.run(self.run)?;
        let number = step_number(subject, run, self.epoch)?;
        let view = StepView::new(subject, run, number)?;
        let stacked = look.size.is_some_and(|[width, _]| width < SIDE_BY_SIDE);
        let paragraphs = view.narrative().paragraphs();
        let title = look.title(|| {
            let (number, name) = (view.number, view.name);
            format!("{}: step {number} of {name}", subject.title())
        });
        let width = look.size.map_or(MAP[0] + LINE[0], |[width, _]| width);
        let description = paragraphs.join(" ");
        let words = TextColumn { paragraphs, width }.scene(theme);
        let words = Some(words).filter(|_| self.words);
        let text_height = words.as_ref().map_or(0.0, |words| words.size[1]);
        let draw = |below: f64| {
            let [map, line] = sizes(look, stacked, below + text_height);
            let (map, mut keys) = local_map::scene(&view, title.clone(), map, look);
            let (line, more) = loss_profile::scene(&view, line, theme);
            // The points appear in both legends.
            let more = more.into_iter();
            let more = more.filter(|key| keys.iter().all(|other| other.label != key.label));
            let more: Vec<LegendEntry> = more.collect();
            keys.extend(more);
            (map, line, key_scene(&keys, width, theme))
        };
        let (mut map, mut line, mut keys) = draw(0.0);
        if look.height().is_some() {
            // The height of the legend is only known after its entries.
            (map, line, keys) = draw(keys.size[1]);
        }
        let mut rows = if stacked {
            vec![vec![map], vec![line]]
        } else {
            vec![vec![map, line]]
        };
        rows.push(vec![keys]);
        rows.extend(words.map(|words| vec![words]));
        let page = Page {
            title,
            description,
            background: theme.background,
            rows,
        };
        Ok(page.scene())
    }
}

/// Returns the last epoch that the figure of a step needs: the given one, or the first of the selected epochs.
pub(super) fn last_epoch(
    given: Option<u64>,
    selected: Option<&RangeInclusive<usize>>,
) -> Option<usize> {
    let given = given.map(|epoch| epoch as usize);
    given.or_else(|| selected.map(|epochs| *epochs.start()))
}

/// Returns the step to explain: the given one, the first of the selected epochs, the one at the playhead, or the middle of the
/// run.
///
/// # Errors
/// The run has no such step.
pub(super) fn step_number(
    subject: &FigureInput,
    run: usize,
    given: Option<u64>,
) -> Result<usize, Error> {
    let last = subject.traces[run].epochs() as usize;
    let asked = match (given, &subject.epochs) {
        (Some(epoch), _) => Some(epoch as usize),
        (None, Some(shown)) => {
            EpochSelection::Step.check(shown)?;
            Some(*shown.start())
        }
        (None, None) if subject.playhead.is_some() => {
            Some((*subject.elapsed_epochs(run).end()).max(1))
        }
        (None, None) => None,
    };
    let name = subject.labels().nth(run).unwrap_or_default();
    match asked {
        _ if last == 0 => Err(Error::Settings(format!(
            "{name} made no step to explain: {}",
            subject.traces[run].stop
        ))),
        Some(asked) if asked > last => Err(Error::Settings(format!(
            "there is no step {asked}: {name} made {}, so give an epoch from 1 to {last}",
            crate::map::count(last as u64, "step")
        ))),
        Some(asked) => Ok(asked),
        None => Ok(last.div_ceil(2)),
    }
}

/// Returns the sizes of the map and of the plot above legend and text of this height in px.
fn sizes(look: FigureStyle, stacked: bool, below: f64) -> [[f64; 2]; 2] {
    /// Smallest height of stacked pictures relative to their width, and of others in px.
    const FLATTEST: f64 = 0.6;
    const LOWEST: f64 = 240.0;
    let Some([width, height]) = look.size else {
        return [MAP, LINE];
    };
    let left = look.height().map(|height| height - below);
    if stacked {
        // Below each other; the height follows from the width.
        return [MAP, LINE].map(|size| {
            let natural = size[1] / size[0] * width;
            let given = left.map_or(natural, |left| (left / 2.0).max(FLATTEST * width));
            [width, natural.min(given)]
        });
    }
    let share = MAP[0] / (MAP[0] + LINE[0]);
    let height = left.map_or(height, |left| left.max(LOWEST));
    [[share * width, height], [(1.0 - share) * width, height]]
}

/// Draws the legend of both pictures.
fn key_scene(keys: &[LegendEntry], width: f64, theme: &Theme) -> Scene {
    const MARGIN: f64 = 26.0;
    let (nodes, height) = legend::rows(keys, [MARGIN, 4.0], width - 2.0 * MARGIN, theme);
    Scene {
        nodes: vec![group("legend", nodes)],
        ..Scene::blank([width, (height + 14.0).round()], theme.background)
    }
}

/// Returns the plot of the loss along one step, with the trial points of a line search numbered in their order.
///
/// # Errors
/// The run or the step does not exist, or the problem has no plane.
pub fn along_step(
    subject: &FigureInput,
    run: usize,
    epoch: usize,
    size: [f64; 2],
    theme: &Theme,
) -> Result<Scene, Error> {
    let number = step_number(subject, run, Some(epoch as u64))?;
    let view = StepView::new(subject, run, number)?;
    let (line, keys) = loss_profile::scene(&view, size, theme);
    let page = Page {
        title: line.title.clone(),
        description: view.narrative().search().unwrap_or_default(),
        background: theme.background,
        rows: vec![vec![line], vec![key_scene(&keys, size[0], theme)]],
    };
    Ok(page.scene())
}
