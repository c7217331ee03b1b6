//! The figure that everything begins with: paths over the map of the loss.

use thalweg::{
    field::{Field, Window},
    run::Stop,
    trace::Trace,
};
use thalweg_plot::{
    color::Color,
    figure::{AxisSpan, Figure, Mark},
    marks::{ContourLine, Dots, FilledContour, Glyph, StepNumbers, Trajectory, even_levels},
    scene::{Scene, Stroke},
    theme::Theme,
};

/// Bands of a filled contour.
pub const BANDS: usize = 20;
/// Samples of the loss along each side of a map.
pub const SAMPLES: usize = 101;
/// Width and height of a map in px: the map itself comes out square.
pub const SIZE: [f64; 2] = [760.0, 640.0];

/// A path on a map.
#[derive(Clone, Copy)]
pub struct Path<'a> {
    /// Where the optimizer went.
    pub trace: &'a Trace,
    /// Its colour.
    pub color: Color,
    /// Its name in the legend.
    pub label: &'a str,
}

/// A path's name in a legend: "Momentum (92 steps)".
pub fn label(name: &str, trace: &Trace) -> String {
    match (trace.stop, trace.epochs()) {
        (Stop::Diverged { epoch }, _) => format!("{name} (diverged at epoch {epoch})"),
        (_, 1) => format!("{name} (1 step)"),
        (_, n) => format!("{name} ({n} steps)"),
    }
}

/// Paths over the map of the loss.
pub struct Map<'a> {
    /// Width and height in px.
    pub size: [f64; 2],
    /// Names the figure, above it.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Names of the two weights and of the loss.
    pub labels: [&'a str; 3],
    /// The loss.
    pub field: &'a Field,
    /// The loss at which runs are done: drawn as a line.
    pub target: Option<f64>,
    /// Where runs begin.
    pub start: Option<&'a [f64]>,
    /// The paths, the first at the back.
    pub paths: Vec<Path<'a>>,
    /// Width of the paths' lines in px.
    pub line: f64,
    /// Steps of the first path that get numbers.
    pub numbered: Vec<usize>,
    /// Whether the paths' names are listed.
    pub legend: bool,
}

impl<'a> Map<'a> {
    /// An empty map.
    pub fn new(title: impl Into<String>, labels: [&'a str; 3], field: &'a Field) -> Self {
        Self {
            size: SIZE,
            title: title.into(),
            description: String::new(),
            labels,
            field,
            target: None,
            start: None,
            paths: Vec::new(),
            line: 2.0,
            numbered: Vec::new(),
            legend: false,
        }
    }

    /// Lays the map out.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let contour = FilledContour {
            field: self.field,
            levels: even_levels(self.field, BANDS),
        };
        let color_bar = Some(contour.color_bar(self.labels[2]));
        let mut marks: Vec<Box<dyn Mark + '_>> = vec![Box::new(contour)];
        if let Some(level) = self.target {
            marks.push(Box::new(ContourLine {
                field: self.field,
                level,
                stroke: Stroke::new(theme.ink, 1.2).dashed([5.0, 4.0]),
                label: Some(format!("Target: {level}")),
            }));
        }
        for path in &self.paths {
            marks.push(Box::new(Trajectory {
                trace: path.trace,
                color: path.color,
                width: self.line,
                label: path.label.to_owned(),
            }));
        }
        let dot = |w: &[f64], glyph, color, radius| Dots {
            points: vec![[w[0], w[1]]],
            glyph,
            color,
            radius,
            label: None,
        };
        if let Some(w) = self.start {
            marks.push(Box::new(dot(w, Glyph::Cross, theme.ink, 6.0)));
        }
        for path in &self.paths {
            let end = path.trace.last();
            marks.push(Box::new(dot(end, Glyph::Disc, path.color, 4.0)));
        }
        if let Some(path) = self.paths.first() {
            marks.push(Box::new(StepNumbers {
                trace: path.trace,
                steps: self.numbered.clone(),
            }));
        }
        let ends = |v: &[f64]| [v[0], v[v.len() - 1]];
        let figure = Figure {
            size: self.size,
            title: self.title.clone(),
            description: self.description.clone(),
            x: AxisSpan::linear(self.labels[0], ends(&self.field.xs)),
            y: AxisSpan::linear(self.labels[1], ends(&self.field.ys)),
            equal_units: true,
            marks,
            color_bar,
            legend: self.legend,
        };
        figure.scene(theme)
    }
}

/// The square around the points that a path passes between two epochs, with a margin.
pub fn window_around(trace: &Trace, epochs: std::ops::RangeInclusive<usize>) -> Option<Window> {
    let (first, last) = (*epochs.start(), *epochs.end());
    let points = trace.path().skip(first).take(last + 1 - first);
    let finite = points.filter(|w| w[..2].iter().all(|v| v.is_finite()));
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for w in finite {
        for i in 0..2 {
            low[i] = low[i].min(w[i]);
            high[i] = high[i].max(w[i]);
        }
    }
    let side = (high[0] - low[0]).max(high[1] - low[1]);
    if !(side.is_finite() && side > 0.0) {
        return None;
    }
    let half = 0.62 * side;
    let middle = [0, 1].map(|i| f64::midpoint(low[i], high[i]));
    let span = |i: usize| [middle[i] - half, middle[i] + half];
    Some(Window {
        w1: span(0),
        w2: span(1),
    })
}
