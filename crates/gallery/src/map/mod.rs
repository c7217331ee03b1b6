//! The basic figure: paths on a map of the loss.

mod search_state;

pub use search_state::search_state;

use crate::prelude::*;
use std::{borrow::Cow, ops::RangeInclusive};
use thalweg_plot::{
    color_bar::{ColorBar, ColorBarLayout},
    inset::Inset,
    legend::LegendHandle,
    levels::{self, LevelSet, Levels},
    marks::{
        ContourLine, DashedPath, Dots, FilledContour, Marker, Note, StepNumbers, Trajectory,
        Wireframe,
    },
    refined::refined,
    text,
    theme::PathStyle,
};

/// Number of bands of a filled contour plot.
pub const BANDS: usize = 20;
/// Number of samples of the loss along each side of a map.
pub const SAMPLES: usize = 101;
/// Factor by which a map with bands of equal ratios has more cells along each side than samples.
const REFINEMENT: usize = 3;
/// The same for the line of a target in the lowest band, where the valley is narrowest.
const TARGET_REFINEMENT: usize = 8;
/// Width and height of a figure in px; the map in it is square.
pub const SIZE: [f64; 2] = [760.0, 640.0];

/// A path on a map.
#[derive(Clone, Copy)]
pub struct MapPath<'a> {
    /// The trace of the run.
    pub trace: &'a Trace,
    /// Its color and dashes.
    pub style: PathStyle,
    /// Its name in the legend.
    pub label: &'a str,
}

impl<'a> MapPath<'a> {
    /// Returns the path as a line with this width in px and this legend entry. It alternates with the paths `below` it
    /// where it coincides with them.
    pub fn line(&self, below: &[Self], width: f64, label: &str) -> Trajectory<'a> {
        Trajectory {
            trace: self.trace,
            below: below.iter().map(|path| path.trace).collect(),
            style: self.style,
            width,
            label: label.to_owned(),
        }
    }
}

/// Returns a count with its noun: "1 step", "2 steps".
pub fn count(n: u64, one: &str) -> String {
    let many = if n == 1 { "" } else { "s" };
    format!("{n} {one}{many}")
}

/// Returns an interval in words, "-1 to 2.5", with three digits each.
pub(crate) fn span([low, high]: [f64; 2]) -> String {
    format!("{} to {}", text::number(low, 3), text::number(high, 3))
}

/// Returns a path's name for a legend: "Momentum (92 steps)", with the reason if it stopped early.
pub fn label(name: &str, trace: &Trace) -> String {
    let steps = count(trace.epochs(), "step");
    match trace.stop {
        StopReason::Diverged { .. } => format!("{name} ({})", outcome(trace)),
        StopReason::NoStep(_) | StopReason::Singular => {
            format!("{name} ({steps}, then {})", trace.stop.word())
        }
        _ => format!("{name} ({steps})"),
    }
}

/// Describes the outcome of a run in a few words: "reached", "diverged at epoch 12".
pub fn outcome(trace: &Trace) -> String {
    match trace.stop {
        StopReason::Diverged { epoch } => format!("diverged at epoch {epoch}"),
        stop => stop.word().to_owned(),
    }
}

/// Steps of a run with numbers.
pub struct NumberedSteps<'a> {
    /// The complete trace of the run, of which a path may be a part.
    pub trace: &'a Trace,
    /// The steps; step n leads from the weights of epoch n - 1 to those of epoch n.
    pub steps: Vec<usize>,
}

/// A map of the loss with paths.
pub struct LossMap<'a> {
    /// Width and height in px.
    pub size: [f64; 2],
    /// Title above the map.
    pub title: String,
    /// Text alternative for readers who cannot see the map.
    pub description: String,
    /// Names of the two weights and of the loss.
    pub labels: [&'a str; 3],
    /// The sampled loss.
    pub field: &'a Field,
    /// Distribution of the levels of the loss.
    pub levels: Levels,
    /// Losses along the paths, which the levels distinguish.
    pub along: Vec<f64>,
    /// The target loss, drawn as a contour line.
    pub target: Option<f64>,
    /// The initial point.
    pub start: Option<&'a [f64]>,
    /// The paths in drawing order.
    pub paths: Vec<MapPath<'a>>,
    /// Points and covariances of the states of the runs, drawn above the paths.
    pub state: Vec<Wireframe>,
    /// Paths of other points of the optimizers, drawn above the paths.
    pub other_paths: Vec<DashedPath>,
    /// Width of the path lines in px.
    pub line: f64,
    /// Numbered steps of a run.
    pub numbered: Option<NumberedSteps<'a>>,
    /// A smaller map in a corner.
    pub inset: Option<Inset>,
    /// Whether the legend lists the paths.
    pub legend: bool,
}

impl<'a> LossMap<'a> {
    /// Creates an empty map.
    pub fn new(title: impl Into<String>, labels: [&'a str; 3], field: &'a Field) -> Self {
        Self {
            size: SIZE,
            title: title.into(),
            description: String::new(),
            labels,
            field,
            levels: Levels::Auto,
            along: Vec::new(),
            target: None,
            start: None,
            paths: Vec::new(),
            state: Vec::new(),
            other_paths: Vec::new(),
            line: 2.0,
            numbered: None,
            inset: None,
            legend: false,
        }
    }

    /// Draws the map.
    pub fn scene(&self, theme: &Theme) -> Scene {
        self.figure(theme).scene(theme)
    }

    /// Returns whether the map shows two weights.
    fn field_contains(&self, w: &[f64]) -> bool {
        let axes = [&self.field.xs, &self.field.ys];
        let mut axes = axes.iter().zip(w);
        axes.all(|(v, w)| (v[0]..=v[v.len() - 1]).contains(w))
    }

    /// Returns the map as a figure, to which marks can be added.
    pub fn figure(&self, theme: &Theme) -> Figure<'_> {
        let levels = self.levels.of(self.field, &self.along, BANDS);
        let (mut marks, color_bar) =
            base_marks(self.field, levels, self.labels[2], self.target, theme);
        for (i, path) in self.paths.iter().enumerate() {
            marks.push(Box::new(path.line(&self.paths[..i], self.line, path.label)));
        }
        let others = self.other_paths.iter().cloned();
        marks.extend(others.map(|path| Box::new(path) as Box<dyn Mark>));
        for mark in &self.state {
            marks.push(Box::new(mark.clone()));
        }
        if let Some(w) = self.start {
            let marker = start_marker(w, theme);
            let label = marker.label.filter(|_| self.field_contains(w));
            marks.push(Box::new(Dots { label, ..marker }));
        }
        let window = [&self.field.xs, &self.field.ys].map(|v| [v[0], v[v.len() - 1]]);
        for marker in end_markers(&self.paths, window) {
            marks.push(Box::new(marker));
        }
        // The numbers avoid the inset, so it comes first.
        if let Some(inset) = &self.inset {
            marks.push(Box::new(inset.clone()));
        }
        if let Some(numbered) = &self.numbered {
            marks.push(Box::new(StepNumbers {
                trace: numbered.trace,
                steps: numbered.steps.clone(),
            }));
        }
        let note = levels::note(self.field, &self.labels[2].to_lowercase());
        marks.extend(note.map(|words| Box::new(Note(words)) as Box<dyn Mark>));
        let [x, y] = spans(self.field, [self.labels[0], self.labels[1]]);
        Figure {
            size: self.size,
            title: self.title.clone(),
            description: self.description.clone(),
            x,
            y,
            equal_units: true,
            marks,
            color_bar,
            legend: self.legend,
        }
    }
}

/// Returns the marks of the loss and of the target line, and the color bar if any loss is finite.
pub fn base_marks<'a>(
    field: &'a Field,
    levels: LevelSet,
    label: &str,
    target: Option<f64>,
    theme: &Theme,
) -> (Vec<Box<dyn Mark + 'a>>, Option<ColorBar>) {
    // Bands of equal ratios show valleys that are narrower than the distance of the samples.
    let fine = match levels.layout {
        ColorBarLayout::Bands => Cow::Owned(refined(field, REFINEMENT)),
        ColorBarLayout::Scale(_) => Cow::Borrowed(field),
    };
    let around_target = match target.zip(levels.edges.get(1)) {
        Some((target, edge)) if levels.layout == ColorBarLayout::Bands && target < *edge => {
            Cow::Owned(refined(field, TARGET_REFINEMENT))
        }
        _ => fine.clone(),
    };
    let contour = FilledContour {
        field: fine,
        levels,
    };
    // A color bar without any finite loss would be misleading.
    let has_loss = field.range().is_some();
    let color_bar = has_loss.then(|| contour.color_bar(label));
    let mut marks: Vec<Box<dyn Mark + 'a>> = vec![Box::new(contour)];
    if let Some(level) = target {
        let mut line = |stroke, label| {
            marks.push(Box::new(ContourLine {
                field: around_target.clone(),
                level,
                stroke,
                label,
            }));
        };
        // In a dark theme, small losses are as light as the foreground.
        if theme.target.contrast(theme.ramp_at(0.0)) < 3.0 {
            line(Stroke::new(theme.background.with_opacity(0.85), 3.2), None);
        }
        line(
            Stroke::new(theme.target, 1.2).dashed([5.0, 4.0]),
            // A line outside the map must not appear in the legend.
            field.crosses(level).then(|| format!("Target: {level}")),
        );
    }
    (marks, color_bar)
}

/// Returns the horizontal and the vertical axis of a map of the field.
pub fn spans(field: &Field, labels: [&str; 2]) -> [AxisSpan; 2] {
    let ends = |v: &[f64]| [v[0], v[v.len() - 1]];
    let [x, y] = labels;
    [
        AxisSpan::linear(x, ends(&field.xs)),
        AxisSpan::linear(y, ends(&field.ys)),
    ]
}

/// Returns the marker of the initial point.
pub fn start_marker(w: &[f64], theme: &Theme) -> Dots {
    Dots {
        label: Some("Initial point".to_owned()),
        ..dots(vec![[w[0], w[1]]], Marker::Cross, theme.foreground, 6.0)
    }
}

/// Returns the marker of the end of a run.
pub fn end_marker(path: &MapPath) -> Dots {
    let w = path.trace.last();
    dots(vec![[w[0], w[1]]], Marker::Disc, path.style.color, 4.0)
}

/// Returns the markers of the ends of several runs within a window. Ends at the same place form rings.
pub fn end_markers(paths: &[MapPath], window: [[f64; 2]; 2]) -> Vec<Dots> {
    /// Distance of ends that count as one place, as a share of the window.
    const NEAR: f64 = 0.004;
    const RING: f64 = 2.5;
    let is_near = |a: &MapPath, b: &MapPath| {
        (0..2).all(|k| {
            let side = window[k][1] - window[k][0];
            (a.trace.last()[k] - b.trace.last()[k]).abs() <= NEAR * side
        })
    };
    let marker = |(i, path): (usize, &MapPath)| {
        let above = paths[i + 1..].iter().filter(|later| is_near(path, later));
        let dots = end_marker(path);
        Dots {
            radius: dots.radius + RING * above.count() as f64,
            ..dots
        }
    };
    paths.iter().enumerate().map(marker).collect()
}

/// Returns the markers of the known minima, and their legend entry if there are any.
pub fn minimum_markers(minima: &[Vec<f64>], theme: &Theme) -> (Dots, Option<LegendEntry>) {
    let points = minima.iter().map(|m| [m[0], m[1]]).collect();
    let key = (!minima.is_empty()).then(|| LegendEntry {
        label: "known minimum".to_owned(),
        sign: LegendHandle::Diamond(theme.foreground),
    });
    (dots(points, Marker::Diamond, theme.foreground, 5.0), key)
}

/// Returns points of the same style without a legend entry.
pub fn dots(points: Vec<[f64; 2]>, glyph: Marker, color: Color, radius: f64) -> Dots {
    Dots {
        points,
        glyph,
        color,
        radius,
        label: None,
    }
}

/// Returns the points (two weights each) of a path between two epochs.
pub fn points(
    trace: &Trace,
    epochs: RangeInclusive<usize>,
) -> impl Iterator<Item = [f64; 2]> + Clone {
    epochs.map(|epoch| trace.at(epoch)).map(|w| [w[0], w[1]])
}

/// Margin around a part of a path, as a share of the square that contains it.
pub const WINDOW_MARGIN: f64 = 0.12;

/// Returns the square around the finite points. `margin` is its margin on all sides as a share of the square that
/// contains the points; its sides are at least `least`.
///
/// Returns `None` if there is no such square: there are no points, all points are equal, or their extent is infinite.
pub fn square_around(
    points: impl Iterator<Item = [f64; 2]>,
    margin: f64,
    least: f64,
) -> Option<Window> {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for w in points.filter(|w| w.iter().all(|v| v.is_finite())) {
        for i in 0..2 {
            low[i] = low[i].min(w[i]);
            high[i] = high[i].max(w[i]);
        }
    }
    let side = (high[0] - low[0]).max(high[1] - low[1]);
    let half = ((0.5 + margin) * side).max(least / 2.0);
    let middle = [0, 1].map(|i| f64::midpoint(low[i], high[i]));
    Window::new([
        middle[0] - half,
        middle[0] + half,
        middle[1] - half,
        middle[1] + half,
    ])
    .ok()
}

/// Returns the ratio of height to width of a map. A very long map would show nothing and is drawn as a square.
pub fn aspect(spans: &[AxisSpan; 2]) -> f64 {
    let [x, y] = [0, 1].map(|i| spans[i].range[1] - spans[i].range[0]);
    let aspect = y / x;
    if (0.4..=1.6).contains(&aspect) {
        aspect
    } else {
        1.0
    }
}
