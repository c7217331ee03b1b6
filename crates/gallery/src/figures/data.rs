//! A data set with two features and the decision boundaries of runs.

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle};
use crate::prelude::*;
use crate::{
    map::{SIZE, outcome},
    parts::{
        borders::{DecisionBoundaries, classes},
        caption::add_caption,
        moments::EpochList,
        samples::{color, dots, span},
    },
};
use thalweg::data::DataSet;
use thalweg_plot::marks::{ContourLine, FilledRegion};

/// Number of samples of a network's output along each side of the picture.
const SAMPLES: usize = 301;

/// The data by class, with the decision boundary of each run.
///
/// It requires a network with two features. If one boundary is shown, the regions on its sides have the colors of their
/// classes.
#[derive(Clone, Debug, Describe)]
#[entry(id = "data", title = "Data and decision boundaries")]
pub struct DataFigure {
    /// Epochs whose boundaries are shown, such as `0|5|20|end`; `end` is the last epoch that is shown.
    #[param(default = "end")]
    pub epochs: EpochList,
    /// Whether the axes are extended to the origin of the features.
    #[param(default = false)]
    pub origin: bool,
    /// Whether the legend lists classes and runs.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for DataFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Data]
    }

    fn follows_playhead(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on mlp:data=moons,layers=2-8-1 --with rprop --target 0.01"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        subject.check(self.requirements())?;
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
            let epochs = self.epochs.within(&subject.elapsed_epochs(run));
            for (k, epoch) in epochs.iter().enumerate() {
                // Earlier boundaries are fainter.
                let age = (epochs.len() - 1 - k) as f64 / epochs.len() as f64;
                let diverged =
                    matches!(trace.stop, StopReason::Diverged { epoch: e } if e == *epoch as u64);
                let margins = borders.margins(trace.at(*epoch));
                let how = if diverged {
                    outcome(trace)
                } else if is_seen(&margins) {
                    format!("epoch {epoch}")
                } else {
                    format!("epoch {epoch}: no boundary here")
                };
                lines.push(BoundaryCurve {
                    margins,
                    stroke: Stroke {
                        color: style.color.mix(theme.background, 0.85 * age),
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
        Ok(add_caption(figure, &[], theme))
    }
}

/// Returns the width and height of a picture with equal units on both axes and little unused space.
fn size([x, y]: [[f64; 2]; 2]) -> [f64; 2] {
    let ratio = (y[1] - y[0]) / (x[1] - x[0]);
    let height = SIZE[0] * ratio.clamp(0.4, 1.0) + 60.0;
    [SIZE[0], height.min(SIZE[1] + 40.0).round()]
}

/// Returns whether a boundary crosses the visible part of the plane.
fn is_seen(margins: &[Field]) -> bool {
    let crosses = |field: &Field| {
        let range = field.range();
        range.is_some_and(|[low, high]| low < 0.0 && high >= 0.0)
    };
    margins.iter().any(crosses)
}

/// The decision boundary of a run after an epoch.
struct BoundaryCurve {
    /// The margin of each class at each point: positive inside the class.
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
        // Every boundary belongs to a class after the first.
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
        format!(" Decision boundaries: {}.", borders.join("; "))
    };
    format!(
        "{samples} samples with two features, {}.{borders}",
        counts.join(", ")
    )
}
