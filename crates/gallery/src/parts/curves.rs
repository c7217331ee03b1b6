//! What all runs have at each epoch, as one curve a run: the loss, a distance.

use super::{
    below::with_below,
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

/// What a curve runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurveAxis {
    /// Steps.
    Epochs,
    /// What the steps cost: calls for the loss, the gradient or the Hessian, each counted as one.
    Evaluations,
}

choice!(CurveAxis {
    "epochs": Epochs,
    "evaluations": Evaluations,
});

impl CurveAxis {
    /// What a run took for its first epochs.
    pub(crate) fn count(self, trace: &Trace, epochs: usize) -> u64 {
        match self {
            Self::Epochs => epochs as u64,
            Self::Evaluations => trace.calls[epochs].evaluations(),
        }
    }

    /// The name of the axis.
    pub(crate) fn axis(self) -> &'static str {
        match self {
            Self::Epochs => "Epoch",
            Self::Evaluations => "Evaluations of the loss, its gradient or Hessian",
        }
    }

    /// A run's name in the legend.
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

/// One number an epoch of every run.
pub(crate) struct Curves<'a> {
    /// What the numbers are: "loss".
    pub(crate) quantity: &'static str,
    /// What they run over.
    pub(crate) over: CurveAxis,
    /// How the first axis is spread, and the second.
    pub(crate) scales: [Scaling; 2],
    /// The numbers of a run, (epochs + 1).
    pub(crate) numbers: &'a dyn Fn(&Trace) -> Vec<f64>,
    /// A number to come down to.
    pub(crate) target: Option<f64>,
    /// Whether the names of the runs are listed.
    pub(crate) legend: bool,
}

/// A run's points, and what is said of it.
struct RunCurve<'a> {
    trace: &'a Trace,
    name: &'a str,
    style: PathStyle,
    points: Vec<[f64; 2]>,
    /// The point of the epoch that is looked at, if it is not the last.
    now: Option<[f64; 2]>,
    /// Whether it ends because its numbers did.
    fails: bool,
}

impl Curves<'_> {
    /// Draws the curves of all runs.
    pub(crate) fn scene(&self, subject: &FigureInput, look: FigureStyle) -> Scene {
        let lines = self.lines(subject, look);
        let values = || within_sight(&lines).chain(self.target);
        let places = || lines.iter().flat_map(|l| &l.points).map(|p| p[0]);
        let [x, y] = [
            self.scales[0].spacing(places()),
            self.scales[1].spacing(values()),
        ];
        let shown = extent(places().filter(|v| has_place(*v, x))).unwrap_or([0.0, 0.0]);
        let y = AxisSpan::numbers(capital(self.quantity), range(values(), y), y);
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        if let Some(value) = self.target {
            marks.push(Box::new(HorizontalLine {
                value,
                stroke: Stroke::new(look.theme.ink, 1.2).dashed([5.0, 4.0]),
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
            let signs = line.end(x, &y).into_iter().chain(line.here());
            ends.extend(signs.map(|end| Box::new(end) as Box<dyn Mark>));
        }
        marks.extend(ends);
        let left_out = self.left_out(&lines, [x, y.spacing]);
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
        with_below(figure, &left_out, look.theme)
    }

    fn lines<'t>(&self, subject: &'t FigureInput, look: FigureStyle) -> Vec<RunCurve<'t>> {
        let runs = subject.runs(look.theme).enumerate();
        let line = |(run, (name, trace, style)): (usize, (&'t str, &'t Trace, PathStyle))| {
            let (numbers, shown) = ((self.numbers)(trace), subject.shown(trace.epochs()));
            let diverged = matches!(trace.stop, StopReason::Diverged { .. });
            let point = |e: usize| [self.over.count(trace, e) as f64, numbers[e]];
            let now = subject.epoch_now(run);
            RunCurve {
                trace,
                name,
                style,
                fails: diverged && *shown.end() + 1 == numbers.len(),
                now: (shown.contains(&now) && now < *shown.end()).then(|| point(now)),
                points: shown.map(point).collect(),
            }
        };
        runs.map(line).collect()
    }

    /// Sentences that say what has no place on the axes.
    fn left_out(&self, lines: &[RunCurve], [x, y]: [Spacing; 2]) -> Vec<String> {
        let mut sentences = Vec::new();
        let points = || lines.iter().flat_map(|line| &line.points);
        if x == Spacing::Log && points().any(|p| p[0] <= 0.0) {
            let over = self.over.word();
            sentences.push(format!(
                "What is at 0 {over} has no place on a logarithmic axis."
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
                    "Values of the {} that are not above 0 have no place on a logarithmic axis: {}.",
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
                "no finite number".to_owned()
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
            capital(self.quantity),
            self.over.word(),
            all.join("; "),
            target.unwrap_or_default()
        )
    }
}

impl RunCurve<'_> {
    /// The sign at its last point; where it leaves the picture for good, the place where it does.
    fn end(&self, x: Spacing, y: &AxisSpan) -> Option<EndMarker> {
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

    /// The sign at the epoch that is looked at.
    fn here(&self) -> Option<EndMarker> {
        self.now.map(|at| EndMarker {
            at,
            glyph: Marker::Disc,
            color: self.style.color,
            radius: 6.0,
        })
    }
}

/// Where the line from `a` to `b` crosses the upper end of the second axis.
fn crossing(a: &[f64; 2], b: &[f64; 2], y: &AxisSpan) -> f64 {
    let height = |v: f64| match y.spacing {
        Spacing::Linear => v,
        Spacing::Log => ln(v),
    };
    let (from, to) = (height(a[1]), height(b[1]));
    a[0] + (height(y.range[1]) - from) / (to - from) * (b[0] - a[0])
}

/// All numbers but those of runs that diverged and went too far for anything else to be seen.
fn within_sight<'l>(lines: &'l [RunCurve]) -> impl Iterator<Item = f64> + 'l {
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

/// With a capital letter.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
