//! A part of the map with its steps.

use super::{
    ConfiguredFigure, EpochSelection, FigureInput, FigureRequirement, FigureStyle, PlaneView,
};
use crate::map::{self, BANDS, LossMap, MapPath, NumberedSteps, SAMPLES};
use crate::prelude::*;
use std::{borrow::Cow, ops::RangeInclusive};
use thalweg_plot::{
    inset::{Inset, bare},
    legend::distance,
    levels::{LevelSet, Levels},
    marks::Rectangle,
    scene::Rect,
};

/// An enlarged part of the map with the steps in it, and the whole map as an inset.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting that is on or off"
)]
#[derive(Clone, Debug, Describe)]
#[entry(id = "zoom", title = "A part of the map")]
pub struct ZoomFigure {
    /// Whether an inset shows the whole map, with a frame around the enlarged part.
    #[param(default = true)]
    pub inset: bool,
    /// Whether the steps of the selected run, or of the first run, are numbered.
    #[param(default = true)]
    pub numbers: bool,
    /// Whether the parts of the paths before and after the selected steps are also shown.
    #[param(default = false)]
    pub context: bool,
    /// Whether the legend lists the runs.
    #[param(default = true)]
    pub legend: bool,
}

/// Number of steps to show without a window and epochs: the last steps of the selected run.
const STEPS: usize = 10;
/// More numbers than this would hide the steps.
const MOST_NUMBERS: usize = 12;
/// An arrow shorter than this share of the window has no number, because the number could not be assigned to it.
const SHORTEST: f64 = 0.03;
/// Width of the inset in px.
const INSET: f64 = 150.0;
/// Number of samples of the loss along each side of the inset.
const INSET_SAMPLES: usize = 61;
/// Width of the path lines in px.
const LINE: f64 = 2.4;

impl ConfiguredFigure for ZoomFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs, FigureRequirement::Plane]
    }

    fn follows_playhead(&self) -> bool {
        true
    }

    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::Path
    }

    fn last_epoch(&self, selected: Option<&RangeInclusive<usize>>) -> Option<usize> {
        let selected = selected.filter(|_| !self.context);
        selected.map(|epochs| *epochs.end())
    }

    fn shows_single_steps(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on article --with rprop --epochs 11..16"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        subject.check(self.requirements())?;
        let (view, theme) = (subject.view()?, look.theme);
        let run = run_with_steps(subject)?;
        let trace = &view.traces[run];
        let names: Vec<&str> = subject.labels().collect();
        let steps = steps(subject, run, names[run])?;
        let window = match view.requested_window() {
            Some(window) => window,
            None => around(view, trace, &steps, names[run])?,
        };
        let numbered = self.numbers.then(|| NumberedSteps {
            trace,
            steps: numbered(trace, &steps, window),
        });
        let (labels, shown) = self.labels_and_traces(subject)?;
        let mut paths = subject.paths(&labels, theme)?;
        for (path, trace) in paths.iter_mut().zip(&shown) {
            path.trace = trace;
        }
        // Of selected steps, the legend lists only those that can be seen.
        paths.retain(|path| subject.epochs.is_none() || is_visible(path.trace, window));
        let field = view.field(window, SAMPLES);
        let whole = view.field(view.full_window(), INSET_SAMPLES);
        let part = if view.requested_window().is_some() {
            "a part of the map".to_owned()
        } else {
            format!("{} of {}", words(&steps), names[run])
        };
        let [x, y] = &view.names;
        let map = LossMap {
            title: look.title(|| format!("{}: {part}", subject.title())),
            description: format!(
                "{}: {part}, where {x} is {} and {y} is {}. Paths: {}.",
                subject.contest.problem.title,
                map::span(window.w1),
                map::span(window.w2),
                names.join(", "),
            ),
            line: LINE,
            numbered,
            inset: (self.inset && is_part(window, view.full_window()))
                .then(|| {
                    let along = subject.losses_along_paths(&whole)?;
                    let levels = Levels::Auto.of(&whole, &along, BANDS);
                    Ok(inset(&paths, view.start, &whole, levels, window, theme))
                })
                .transpose()?,
            paths,
            legend: self.legend,
            ..look.map(subject, &field)?
        };
        Ok(map.scene(theme))
    }
}

impl ZoomFigure {
    /// Returns the names and the visible parts of the runs.
    fn labels_and_traces<'s>(
        &self,
        subject: &'s FigureInput,
    ) -> Result<(Vec<String>, Vec<Cow<'s, Trace>>), Error> {
        if self.context {
            let whole = subject.view()?.traces.iter().map(Cow::Borrowed);
            return Ok((subject.long_labels(), whole.collect()));
        }
        Ok((subject.path_labels(), subject.elapsed_traces()?))
    }
}

/// Returns the index of the selected run, or of the first run if none is selected. If it ended before the selected
/// steps, the first run with these steps replaces it.
fn run_with_steps(subject: &FigureInput) -> Result<usize, Error> {
    let run = subject.run(None)?;
    let Some(selected) = &subject.epochs else {
        return Ok(run);
    };
    let has_steps = |run: &usize| selected.start() <= subject.elapsed_epochs(*run).end();
    let all = 0..subject.traces.len();
    Ok([run].into_iter().chain(all).find(has_steps).unwrap_or(run))
}

/// Returns the selected steps, or the last ones. Step n leads from the weights after n - 1 epochs to those after n.
fn steps(subject: &FigureInput, run: usize, name: &str) -> Result<RangeInclusive<usize>, Error> {
    let last = *subject.elapsed_epochs(run).end();
    let Some(asked) = &subject.epochs else {
        return Ok((last + 1).saturating_sub(STEPS).max(1)..=last);
    };
    if *asked.start() > last {
        return Err(Error::Settings(format!(
            "{name} ended after {}: give epochs from 0 to {last} instead of {}..{}",
            map::count(last as u64, "epoch"),
            asked.start(),
            asked.end()
        )));
    }
    let end = (*asked.end()).min(last);
    Ok((*asked.start()).max(1)..=end)
}

fn words(steps: &RangeInclusive<usize>) -> String {
    let (first, last) = (steps.start(), steps.end());
    match last.checked_sub(*first) {
        None => "the start".to_owned(),
        Some(0) => format!("step {last}"),
        Some(_) => format!("steps {first} to {last}"),
    }
}

/// Returns the square around the steps. Steps that lead far away from the map leave it through the border.
fn around(
    view: &PlaneView,
    trace: &Trace,
    steps: &RangeInclusive<usize>,
    name: &str,
) -> Result<Window, Error> {
    let points = map::points(trace, steps.start() - 1..=*steps.end());
    let points = view.near_points(points);
    view.square_around(points.into_iter()).ok_or_else(|| {
        Error::Settings(format!(
            "{} of {name} cannot be shown, because the weights are too large: give earlier epochs or a window",
            words(steps)
        ))
    })
}

/// Returns the steps to number: few enough to be readable, and long enough to be visible.
fn numbered(trace: &Trace, steps: &RangeInclusive<usize>, window: Window) -> Vec<usize> {
    let side = (window.w1[1] - window.w1[0]).min(window.w2[1] - window.w2[0]);
    let seen = |step: &usize| {
        let [tail, tip] = [trace.at(step - 1), trace.at(*step)];
        let long = distance([tail[0], tail[1]], [tip[0], tip[1]]) >= SHORTEST * side;
        long && window.contains(tail) && window.contains(tip)
    };
    let seen: Vec<usize> = steps.clone().filter(seen).collect();
    let stride = seen.len().div_ceil(MOST_NUMBERS).max(1);
    seen.into_iter().step_by(stride).collect()
}

/// Returns whether a part of a path lies in a window.
fn is_visible(trace: &Trace, window: Window) -> bool {
    let [[left, right], [low, high]] = [window.w1, window.w2];
    let window = Rect::new([left, low], [right - left, high - low]);
    let points: Vec<[f64; 2]> = map::points(trace, 0..=trace.last_row()).collect();
    let mut steps = points.windows(2);
    let is_inside = points.iter().any(|w| window.contains(*w));
    is_inside || steps.any(|step| window.meets(step[0], step[1]))
}

/// Returns whether the window is small enough for an inset of the whole map to be useful.
fn is_part(window: Window, whole: Window) -> bool {
    const MOST: f64 = 0.5;
    let area = |w: Window| (w.w1[1] - w.w1[0]) * (w.w2[1] - w.w2[0]);
    area(window) <= MOST * area(whole)
}

/// Returns the inset: the whole map with a frame around the enlarged part.
fn inset(
    paths: &[MapPath],
    start: [f64; 2],
    whole: &Field,
    levels: LevelSet,
    part: Window,
    theme: &Theme,
) -> Inset {
    let [x, y] = map::spans(whole, ["", ""]);
    let (mut marks, _) = map::base_marks(whole, levels, "", None, theme);
    for (i, path) in paths.iter().enumerate() {
        marks.push(Box::new(path.line(&paths[..i], 1.1, "")));
    }
    marks.push(Box::new(Rectangle {
        id: "zoomed".to_owned(),
        x: part.w1.map(|v| v.clamp(x.range[0], x.range[1])),
        y: part.w2.map(|v| v.clamp(y.range[0], y.range[1])),
        least: 9.0,
        stroke: Stroke::new(theme.path(3).color, 1.6),
        label: None,
    }) as Box<dyn Mark>);
    let aspect = (y.range[1] - y.range[0]) / (x.range[1] - x.range[0]);
    let height = INSET * aspect.clamp(0.5, 1.6);
    let line = |path: &MapPath| path.trace.path().map(|w| [w[0], w[1]]).collect();
    Inset {
        scene: bare(&marks, [&x, &y], [INSET, height.round()], theme),
        width: INSET,
        clear_of: paths.iter().map(line).chain([vec![start; 2]]).collect(),
    }
}
