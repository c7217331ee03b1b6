//! A data set of two features, and where runs tell its classes apart.

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle};
use crate::prelude::*;
use crate::{
    map::{SIZE, outcome},
    parts::{
        below::with_below,
        borders::{DecisionBoundaries, classes},
        moments::EpochList,
        samples::{color, dots, span},
    },
};
use thalweg::data::DataSet;
use thalweg_plot::marks::{ContourLine, FilledRegion};

/// Samples of a network's answer along each side of the data.
const SAMPLES: usize = 301;

/// The data by class, with the border that each run draws between the classes.
///
/// It is for networks of two features. Where one border is shown, the sides of it have the colours of their classes.
#[derive(Clone, Debug, Describe)]
#[entry(id = "data", title = "Data and decision boundaries")]
pub struct DataFigure {
    /// After which epochs borders are shown, such as `0|5|20|end`; `end` is the last one that is shown.
    #[param(default = "end")]
    pub epochs: EpochList,
    /// Whether the axes are extended to show the origin of the features.
    #[param(default = false)]
    pub origin: bool,
    /// Whether the names of classes and runs are listed.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for DataFigure {
    fn asks(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Data]
    }

    fn follows(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on mlp:data=moons,layers=2-8-1 --with rprop --target 0.01"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        subject.check(self.asks())?;
        let Some(network) = &subject.contest.problem.network else {
            return Err(Error::Settings("the problem has no data".to_owned()));
        };
        let (data, theme) = (network.data(), look.theme);
        let classes = classes(data)?;
        let spans = [0, 1].map(|i| match span(data, i) {
            [low, high] if self.origin => [low.min(0.0), high.max(0.0)],
            span => span,
        });
        let borders = DecisionBoundaries::new(&**network, &classes, spans, SAMPLES);
        let mut lines = Vec::new();
        for (run, (name, trace, style)) in subject.runs(theme).enumerate() {
            let epochs = self.epochs.within(&subject.gone(run));
            for (k, epoch) in epochs.iter().enumerate() {
                // Earlier borders are fainter.
                let age = (epochs.len() - 1 - k) as f64 / epochs.len() as f64;
                let diverged =
                    matches!(trace.stop, StopReason::Diverged { epoch: e } if e == *epoch as u64);
                let margins = borders.margins(trace.at(*epoch));
                let how = if diverged {
                    outcome(trace)
                } else if is_seen(&margins) {
                    format!("epoch {epoch}")
                } else {
                    format!("epoch {epoch}: no border here")
                };
                lines.push(BoundaryCurve {
                    margins,
                    stroke: Stroke {
                        color: style.color.mix(theme.paper, 0.85 * age),
                        ..style.stroke(2.2)
                    },
                    label: format!("{name}, {how}"),
                });
            }
        }
        let marks = marks(data, &classes, &lines, theme);
        let [x, y] = [0, 1].map(|i| AxisSpan::linear(&*data.feature_names[i], spans[i]));
        let figure = Figure {
            size: look.size.unwrap_or_else(|| size(spans)),
            title: look.title(|| subject.contest.problem.title.to_string()),
            description: description(data, &classes, &lines),
            x,
            y,
            equal_units: true,
            marks,
            color_bar: None,
            legend: self.legend,
        };
        Ok(with_below(figure, &[], theme))
    }
}

/// Width and height of a picture whose units are equal, with little room left over.
fn size([x, y]: [[f64; 2]; 2]) -> [f64; 2] {
    let ratio = (y[1] - y[0]) / (x[1] - x[0]);
    let height = SIZE[0] * ratio.clamp(0.4, 1.0) + 60.0;
    [SIZE[0], height.min(SIZE[1] + 40.0).round()]
}

/// Whether any border lies in the part of the plane that is seen.
fn is_seen(margins: &[Field]) -> bool {
    let crosses = |field: &Field| {
        let range = field.range();
        range.is_some_and(|[low, high]| low < 0.0 && high >= 0.0)
    };
    margins.iter().any(crosses)
}

/// A border of a run after an epoch.
struct BoundaryCurve {
    /// How far inside of each class each point is.
    margins: Vec<Field>,
    stroke: Stroke,
    label: String,
}

fn marks<'a>(
    data: &DataSet,
    classes: &[f64],
    lines: &'a [BoundaryCurve],
    theme: &Theme,
) -> Vec<Box<dyn Mark + 'a>> {
    const TINT: f64 = 0.14;
    let mut marks: Vec<Box<dyn Mark + 'a>> = Vec::new();
    if let [line] = lines {
        for (class, field) in line.margins.iter().enumerate() {
            marks.push(Box::new(FilledRegion {
                field,
                level: 0.0,
                color: color(class, classes.len(), theme).with_opacity(TINT),
            }));
        }
    }
    for dots in dots(data, classes, theme) {
        marks.push(Box::new(dots));
    }
    for line in lines {
        // Every border is one of a class behind the first.
        for (i, field) in line.margins.iter().skip(1).enumerate() {
            marks.push(Box::new(ContourLine {
                field,
                level: 0.0,
                stroke: line.stroke,
                label: (i == 0).then(|| line.label.clone()),
            }));
        }
    }
    marks
}

fn description(data: &DataSet, classes: &[f64], lines: &[BoundaryCurve]) -> String {
    let counts = classes.iter().map(|class| {
        let count = data.targets.iter().filter(|y| *y == class).count();
        format!("{count} of class {}", ShortestFloat(*class))
    });
    let counts: Vec<String> = counts.collect();
    let samples = data.samples();
    let borders: Vec<&str> = lines.iter().map(|line| &*line.label).collect();
    let borders = if borders.is_empty() {
        String::new()
    } else {
        format!(" Borders between the classes: {}.", borders.join("; "))
    };
    format!(
        "{samples} samples of two features, {}.{borders}",
        counts.join(", ")
    )
}
