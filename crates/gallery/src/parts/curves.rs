//! Curves over the epochs, one per run: the loss or a distance.

use super::{
    caption::add_caption,
    scaling::{
        Scaling, counts, crossing, extent, has_place, highest_beside, is_at_lower_edge, placed,
        range, spacing_with_zeros,
    },
};
use crate::prelude::*;
use crate::{
    drawing::FigureStyle,
    map::{label, outcome},
    subject::FigureInput,
};
use std::ops::RangeInclusive;
use thalweg::{choice, record::LossLog};
use thalweg_plot::{
    marks::{EndMarker, HorizontalLine, LinePlot, Marker},
    scale::Spacing,
    text,
    theme::PathStyle,
};

/// Width and height in px.
pub(crate) const SIZE: [f64; 2] = [820.0, 560.0];

/// Margin at both ends of an axis of time, as a share of its length.
const ROOM: f64 = 0.02;

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
    /// Returns the position of a row of a trace on the axis.
    pub(crate) fn count(self, trace: &Trace, row: usize) -> u64 {
        match self {
            Self::Epochs => trace.epoch_of(row),
            Self::Evaluations => trace.calls[row].evaluations(),
        }
    }

    /// Returns the label of the axis.
    pub(crate) fn axis(self) -> &'static str {
        match self {
            Self::Epochs => "Epoch",
            Self::Evaluations => "Evaluations of the loss, gradient, and Hessian",
        }
    }

    /// Returns a short label of the axis.
    fn unit(self) -> &'static str {
        match self {
            Self::Epochs => "Epoch",
            Self::Evaluations => "Evaluations",
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
    /// Losses of other programs by step.
    pub(crate) logs: &'a [LossLog],
    /// The target value.
    pub(crate) target: Option<f64>,
    /// Whether the legend lists the runs.
    pub(crate) legend: bool,
}

/// The points of a run and its description.
struct RunCurve<'a> {
    name: &'a str,
    /// Name and length for the legend.
    label: String,
    /// How the run ended, for the description.
    outcome: String,
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
        let mut lines = self.lines(subject, look);
        let places = || lines.iter().flat_map(|l| &l.points).map(|p| p[0]);
        let x = self.scales[0].spacing(places());
        let shown = extent(places().filter(|v| has_place(*v, x))).unwrap_or([0.0, 0.0]);
        let y = self.value_axis(&lines);
        let omission_notes = self.omission_notes(&lines, x, &y);
        let description = self.description(&lines);
        for line in &mut lines {
            line.move_to_lower_edge(&y);
        }
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        if let Some(value) = self.target {
            marks.push(Box::new(HorizontalLine {
                value,
                stroke: Stroke::new(look.theme.target, 1.2).dashed([5.0, 4.0]),
                label: Some(format!("Target: {value}")),
            }));
        }
        let mut ends: Vec<Box<dyn Mark>> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            marks.push(Box::new(LinePlot {
                points: line.points.clone(),
                below: lines[..i]
                    .iter()
                    .map(|below| below.points.clone())
                    .collect(),
                style: line.style,
                width: 2.0,
                label: Some(line.label.clone()),
            }));
            let markers = line
                .end_marker(x, &y)
                .into_iter()
                .chain(line.playhead_marker());
            ends.extend(markers.map(|end| Box::new(end) as Box<dyn Mark>));
        }
        marks.extend(ends);
        let (quantity, over) = (self.quantity, self.over.word());
        let figure = Figure {
            size: look.size.unwrap_or(SIZE),
            title: look.title(|| match &subject.contest.problem.title {
                // Logs alone do not belong to a problem.
                _ if subject.traces.is_empty() => capitalize(&format!("{quantity} over {over}")),
                title => format!("{title}: {quantity} over {over}"),
            }),
            description,
            x: match &subject.time {
                Some(time) => {
                    let label = format!("{} ({})", self.over.unit(), time.spacing);
                    AxisSpan::with_ticks(label, [-ROOM, 1.0 + ROOM], time.ticks())
                }
                None => AxisSpan::counts(self.over.axis(), counts(shown, x), x),
            },
            y,
            equal_units: false,
            marks,
            color_bar: None,
            legend: self.legend,
        };
        add_caption(figure, &omission_notes, look.theme)
    }

    fn lines<'t>(&'t self, subject: &'t FigureInput, look: FigureStyle) -> Vec<RunCurve<'t>> {
        let runs = subject.runs(look.theme).enumerate();
        let line = |(run, (name, trace, style)): (usize, (&'t str, &'t Trace, PathStyle))| {
            let (numbers, shown) = ((self.numbers)(trace), subject.shown_rows(trace));
            let diverged = matches!(trace.stop, StopReason::Diverged { .. });
            let place = |count: f64| {
                let time = subject.time.as_ref();
                time.map_or(count, |time| time.share(count))
            };
            let point = |e: usize| [place(self.over.count(trace, e) as f64), numbers[e]];
            let now = subject.playhead_epoch(run);
            RunCurve {
                name,
                label: self.over.label(name, trace),
                outcome: outcome(trace),
                style,
                fails: diverged && *shown.end() + 1 == numbers.len(),
                playhead: (shown.contains(&now) && now < *shown.end()).then(|| point(now)),
                points: shown.map(point).collect(),
            }
        };
        runs.map(line)
            .chain(self.log_lines(subject, look))
            .collect()
    }

    /// Returns the curves of the logs.
    fn log_lines<'t>(
        &'t self,
        subject: &FigureInput,
        look: FigureStyle,
    ) -> impl Iterator<Item = RunCurve<'t>> {
        let shown = subject.epochs.clone();
        let is_shown = move |step: f64| {
            let inside = |epochs: &RangeInclusive<usize>| {
                (*epochs.start() as f64..=*epochs.end() as f64).contains(&step)
            };
            shown.as_ref().is_none_or(inside)
        };
        let logs = self.logs.iter().zip(subject.log_styles(look.theme));
        logs.map(move |(log, style)| {
            let points = log.points.iter().copied().filter(|p| is_shown(p[0]));
            let points: Vec<[f64; 2]> = points.collect();
            let count = points.len();
            RunCurve {
                name: &log.name,
                label: format!("{} (log)", log.name),
                outcome: format!("a log of {count} losses"),
                style,
                points,
                playhead: None,
                fails: false,
            }
        })
    }

    /// Returns the vertical axis.
    fn value_axis(&self, lines: &[RunCurve]) -> AxisSpan {
        let values = |spacing| visible_values(lines, spacing).chain(self.target);
        let spacing = match self.scales[1] {
            Scaling::Auto => spacing_with_zeros(values(Spacing::Log)),
            Scaling::Linear => Spacing::Linear,
            Scaling::Log => Spacing::Log,
        };
        AxisSpan::numbers(
            capitalize(self.quantity),
            range(values(spacing), spacing),
            spacing,
        )
    }

    /// Returns sentences about values that the axes cannot show, or show at an edge.
    fn omission_notes(&self, lines: &[RunCurve], x: Spacing, y: &AxisSpan) -> Vec<String> {
        let mut sentences = Vec::new();
        let points = || lines.iter().flat_map(|line| &line.points);
        if x == Spacing::Log && points().any(|p| p[0] <= 0.0) {
            let over = self.over.word();
            sentences.push(format!(
                "A logarithmic axis cannot show the point at 0 {over}."
            ));
        }
        let count = |is_meant: &dyn Fn(f64) -> bool| {
            let counts = lines.iter().filter_map(|line| {
                let count = line.points.iter().filter(|p| is_meant(p[1])).count();
                (count > 0).then(|| format!("{count} of {}", line.name))
            });
            let counts: Vec<String> = counts.collect();
            (!counts.is_empty()).then(|| counts.join(", "))
        };
        if let Some(counts) = count(&|v| v == 0.0 && is_at_lower_edge(v, y)) {
            sentences.push(format!(
                "Zeros lie at the lower edge of the logarithmic axis: {counts}."
            ));
        }
        if let Some(counts) = count(&|v| v > 0.0 && is_at_lower_edge(v, y)) {
            let low = text::number(y.range[0], 1);
            sentences.push(format!(
                "Values below {low} also lie at the lower edge: {counts}."
            ));
        }
        if let Some(counts) = count(&|v| v > y.range[1]) {
            let high = text::number(y.range[1], 1);
            sentences.push(format!(
                "Values above {high} are outside of the axis, so that all runs can be read: {counts}."
            ));
        }
        if let Some(counts) = count(&|v| v < 0.0 && y.spacing == Spacing::Log) {
            sentences.push(format!(
                "A logarithmic axis cannot show values of the {} below 0: {counts}.",
                self.quantity
            ));
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
            let (name, how) = (line.name, &line.outcome);
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
    /// Moves values that are too small for the vertical axis to its lower edge.
    fn move_to_lower_edge(&mut self, y: &AxisSpan) {
        for point in self.points.iter_mut().chain(&mut self.playhead) {
            point[1] = placed(point[1], y);
        }
    }

    /// Returns the marker of the last point, or of the point where the curve leaves the picture for good.
    fn end_marker(&self, x: Spacing, y: &AxisSpan) -> Option<EndMarker> {
        let shown = |p: &&[f64; 2]| has_place(p[0], x) && has_place(p[1], y.spacing);
        let points: Vec<&[f64; 2]> = self.points.iter().filter(shown).collect();
        let inside = |p: &&[f64; 2]| p[1] <= y.range[1];
        let i = points.iter().rposition(inside);
        let at = match i.and_then(|i| Some((points[i], points.get(i + 1)?))) {
            Some((a, b)) => [crossing(*a, **b, y), b[1]],
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

/// Returns all numbers, except those so far above the runs that do not explode that these runs could not be read.
///
/// A run explodes if it diverged or ends far above all initial values. On a logarithmic axis, more of it is visible than
/// on a linear one.
fn visible_values(lines: &[RunCurve], spacing: Spacing) -> impl Iterator<Item = f64> + Clone {
    const AWAY: f64 = 10.0;
    let first = |line: &RunCurve| line.points.first().map_or(0.0, |p| p[1].abs());
    let limit = AWAY * lines.iter().map(first).fold(0.0, f64::max);
    let ends_near = |line: &RunCurve| {
        let last = line.points.last().map_or(0.0, |p| p[1]);
        let is_far = limit > 0.0 && last > limit;
        !line.fails && !is_far
    };
    let values = |line: &RunCurve| line.points.clone().into_iter().map(|p| p[1]);
    let calm: Vec<f64> = if lines.iter().any(ends_near) {
        let near = lines.iter().filter(|line| ends_near(line)).flat_map(values);
        near.filter(|v| limit == 0.0 || *v <= limit).collect()
    } else {
        // Finite numbers are shown completely if no other run needs the space.
        let counts = lines.iter().map(|line| {
            let count = if line.fails { 1 } else { line.points.len() };
            (line, count)
        });
        counts.flat_map(|(line, n)| values(line).take(n)).collect()
    };
    let most = highest_beside(calm.into_iter(), spacing);
    let values = lines.iter().flat_map(|line| &line.points).map(|p| p[1]);
    values.filter(move |v| *v <= most)
}

/// Returns the words with a capital letter.
fn capitalize(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
