//! Curves over the epochs, one per run: the loss or a distance.

use super::{
    caption::add_caption,
    scaling::{Scaling, counts, extent, has_place, range},
};
use crate::prelude::*;
use crate::{
    drawing::FigureStyle,
    map::{label, outcome},
    subject::FigureInput,
};
use thalweg::{choice, float::ln};
use thalweg_plot::{
    marks::{EndMarker, HorizontalLine, LinePlot, Marker},
    scale::Spacing,
    text,
    theme::PathStyle,
};

/// Width and height in px.
pub(crate) const SIZE: [f64; 2] = [820.0, 560.0];

/// The horizontal axis of curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurveAxis {
    /// Steps.
    Epochs,
    /// Number of evaluations: calls of the loss, the gradient, or the Hessian, each counted as one.
    Evaluations,
}

choice!(CurveAxis {
    "epochs": Epochs,
    "evaluations": Evaluations,
});

impl CurveAxis {
    /// Returns the position on the axis after this number of epochs.
    pub(crate) fn count(self, trace: &Trace, epochs: usize) -> u64 {
        match self {
            Self::Epochs => epochs as u64,
            Self::Evaluations => trace.calls[epochs].evaluations(),
        }
    }

    /// Returns the label of the axis.
    pub(crate) fn axis(self) -> &'static str {
        match self {
            Self::Epochs => "Epoch",
            Self::Evaluations => "Evaluations of the loss, gradient, and Hessian",
        }
    }

    /// Returns a run's name for the legend.
    fn label(self, name: &str, trace: &Trace) -> String {
        match (self, trace.stop) {
            (Self::Epochs, _) | (_, StopReason::Diverged { .. }) => label(name, trace),
            (Self::Evaluations, _) => {
                let n = trace.total().evaluations();
                format!("{name} ({n} evaluations)")
            }
        }
    }
}

/// Curves with one number per epoch of every run.
pub(crate) struct Curves<'a> {
    /// Name of the quantity, such as "loss".
    pub(crate) quantity: &'static str,
    /// The horizontal axis.
    pub(crate) over: CurveAxis,
    /// The scales of the horizontal and the vertical axis.
    pub(crate) scales: [Scaling; 2],
    /// Returns the numbers of a run, (epochs + 1).
    pub(crate) numbers: &'a dyn Fn(&Trace) -> Vec<f64>,
    /// The target value.
    pub(crate) target: Option<f64>,
    /// Whether the legend lists the runs.
    pub(crate) legend: bool,
}

/// The points of a run and its description.
struct RunCurve<'a> {
    trace: &'a Trace,
    name: &'a str,
    style: PathStyle,
    points: Vec<[f64; 2]>,
    /// The point of the playhead, if it is not the last point.
    playhead: Option<[f64; 2]>,
    /// Whether the curve ends because the run diverged.
    fails: bool,
}

impl Curves<'_> {
    /// Draws the curves of all runs.
    pub(crate) fn scene(&self, subject: &FigureInput, look: FigureStyle) -> Scene {
        let lines = self.lines(subject, look);
        let values = || visible_values(&lines).chain(self.target);
        let places = || lines.iter().flat_map(|l| &l.points).map(|p| p[0]);
        let [x, y] = [
            self.scales[0].spacing(places()),
            self.scales[1].spacing(values()),
        ];
        let shown = extent(places().filter(|v| has_place(*v, x))).unwrap_or([0.0, 0.0]);
        let y = AxisSpan::numbers(capitalize(self.quantity), range(values(), y), y);
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        if let Some(value) = self.target {
            marks.push(Box::new(HorizontalLine {
                value,
                stroke: Stroke::new(look.theme.foreground, 1.2).dashed([5.0, 4.0]),
                label: Some(format!("Target: {value}")),
            }));
        }
        let mut ends: Vec<Box<dyn Mark>> = Vec::new();
        for line in &lines {
            marks.push(Box::new(LinePlot {
                points: line.points.clone(),
                style: line.style,
                width: 2.0,
                label: Some(self.over.label(line.name, line.trace)),
            }));
            let markers = line
                .end_marker(x, &y)
                .into_iter()
                .chain(line.playhead_marker());
            ends.extend(markers.map(|end| Box::new(end) as Box<dyn Mark>));
        }
        marks.extend(ends);
        let omission_notes = self.omission_notes(&lines, [x, y.spacing]);
        let (quantity, over) = (self.quantity, self.over.word());
        let figure = Figure {
            size: look.size.unwrap_or(SIZE),
            title: look
                .title(|| format!("{}: {quantity} over {over}", subject.contest.problem.title)),
            description: self.description(&lines),
            x: AxisSpan::counts(self.over.axis(), counts(shown, x), x),
            y,
            equal_units: false,
            marks,
            color_bar: None,
            legend: self.legend,
        };
        add_caption(figure, &omission_notes, look.theme)
    }

    fn lines<'t>(&self, subject: &'t FigureInput, look: FigureStyle) -> Vec<RunCurve<'t>> {
        let runs = subject.runs(look.theme).enumerate();
        let line = |(run, (name, trace, style)): (usize, (&'t str, &'t Trace, PathStyle))| {
            let (numbers, shown) = ((self.numbers)(trace), subject.shown(trace.epochs()));
            let diverged = matches!(trace.stop, StopReason::Diverged { .. });
            let point = |e: usize| [self.over.count(trace, e) as f64, numbers[e]];
            let now = subject.playhead_epoch(run);
            RunCurve {
                trace,
                name,
                style,
                fails: diverged && *shown.end() + 1 == numbers.len(),
                playhead: (shown.contains(&now) && now < *shown.end()).then(|| point(now)),
                points: shown.map(point).collect(),
            }
        };
        runs.map(line).collect()
    }

    /// Returns sentences about values that the axes cannot show.
    fn omission_notes(&self, lines: &[RunCurve], [x, y]: [Spacing; 2]) -> Vec<String> {
        let mut sentences = Vec::new();
        let points = || lines.iter().flat_map(|line| &line.points);
        if x == Spacing::Log && points().any(|p| p[0] <= 0.0) {
            let over = self.over.word();
            sentences.push(format!(
                "A logarithmic axis cannot show the point at 0 {over}."
            ));
        }
        if y == Spacing::Log {
            let counts = lines.iter().filter_map(|line| {
                let count = line.points.iter().filter(|p| p[1] <= 0.0).count();
                (count > 0).then(|| format!("{count} of {}", line.name))
            });
            let counts: Vec<String> = counts.collect();
            if !counts.is_empty() {
                sentences.push(format!(
                    "A logarithmic axis cannot show values of the {} that are not above 0: {}.",
                    self.quantity,
                    counts.join(", ")
                ));
            }
        }
        sentences
    }

    fn description(&self, lines: &[RunCurve]) -> String {
        let number = |v: f64| {
            if v.is_finite() {
                text::number(v, 4)
            } else {
                "a value that is not finite".to_owned()
            }
        };
        let one = |line: &RunCurve| {
            let [first, last] = [line.points.first(), line.points.last()]
                .map(|p| p.map_or_else(String::new, |p| number(p[1])));
            let (name, how) = (line.name, outcome(line.trace));
            format!("{name} from {first} to {last} ({how})")
        };
        let all: Vec<String> = lines.iter().map(one).collect();
        let target = self
            .target
            .map(|t| format!(" The target is {}.", number(t)));
        format!(
            "{} over {}: {}.{}",
            capitalize(self.quantity),
            self.over.word(),
            all.join("; "),
            target.unwrap_or_default()
        )
    }
}

impl RunCurve<'_> {
    /// Returns the marker of the last point, or of the point where the curve leaves the picture for good.
    fn end_marker(&self, x: Spacing, y: &AxisSpan) -> Option<EndMarker> {
        let shown = |p: &&[f64; 2]| has_place(p[0], x) && has_place(p[1], y.spacing);
        let points: Vec<&[f64; 2]> = self.points.iter().filter(shown).collect();
        let inside = |p: &&[f64; 2]| p[1] <= y.range[1];
        let i = points.iter().rposition(inside);
        let at = match i.and_then(|i| Some((points[i], points.get(i + 1)?))) {
            Some((a, b)) => [crossing(a, b, y), b[1]],
            None => **points.last()?,
        };
        Some(EndMarker {
            at,
            glyph: if self.fails {
                Marker::Cross
            } else {
                Marker::Disc
            },
            color: self.style.color,
            radius: if self.fails { 5.0 } else { 4.0 },
        })
    }

    /// Returns the marker of the playhead.
    fn playhead_marker(&self) -> Option<EndMarker> {
        self.playhead.map(|at| EndMarker {
            at,
            glyph: Marker::Disc,
            color: self.style.color,
            radius: 6.0,
        })
    }
}

/// Returns the position at which the line from `a` to `b` crosses the upper end of the vertical axis.
fn crossing(a: &[f64; 2], b: &[f64; 2], y: &AxisSpan) -> f64 {
    let height = |v: f64| match y.spacing {
        Spacing::Linear => v,
        Spacing::Log => ln(v),
    };
    let (from, to) = (height(a[1]), height(b[1]));
    a[0] + (height(y.range[1]) - from) / (to - from) * (b[0] - a[0])
}

/// Returns all numbers, except those of diverged runs that are so large that nothing else would be visible.
fn visible_values<'l>(lines: &'l [RunCurve]) -> impl Iterator<Item = f64> + 'l {
    const FAR: f64 = 30.0;
    let calm = lines.iter().flat_map(|line| {
        let count = if line.fails { 1 } else { line.points.len() };
        line.points[..count.min(line.points.len())]
            .iter()
            .map(|p| p[1])
    });
    let most = extent(calm).map_or(f64::INFINITY, |[_, high]| FAR * high.abs());
    let values = lines.iter().flat_map(|line| &line.points).map(|p| p[1]);
    values.filter(move |v| most == 0.0 || *v <= most)
}

/// Returns the words with a capital letter.
fn capitalize(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
