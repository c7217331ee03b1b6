//! Plots of the channels of an optimizer's state. The form of a plot depends on the channel's quantity and shape.

use super::channel_rows::{ChannelRows, MinMedianMax};
use crate::parts::scaling::{
    crossing, extent, is_at_lower_edge, placed, range, spacing_with_zeros,
};
use crate::prelude::*;
use std::ops::RangeInclusive;
use thalweg::{
    blocks::shapes,
    linalg::{eigenvalues, is_zero},
};
use thalweg_plot::{
    legend::LegendHandle,
    marks::{Band, EndMarker, LinePlot, Marker},
    scale::Spacing,
    stack::StackedPlot,
    text,
    theme::PathStyle,
};

/// More weights are drawn as a band instead of lines, and larger matrices have too many eigenvalues to be readable.
const MOST_LINES: usize = 8;
/// Maximum number of epochs whose eigenvalues are computed.
const MOST_MATRICES: usize = 2000;
const WIDTH: f64 = 1.8;

/// The plots of one run and their descriptions.
pub(super) struct StatePlots {
    pub(super) levels: Vec<StackedPlot<'static>>,
    pub(super) keys: Vec<LegendEntry>,
    /// Sentences about channels or values that are not drawn.
    pub(super) notes: Vec<String>,
    /// Names of the channels whose later values are too large for the axis, or not finite.
    too_large: Vec<String>,
    not_finite: Vec<String>,
    pub(super) description: String,
}

/// The input of the plots of one run.
pub(super) struct StatePlotInput<'a> {
    pub(super) trace: &'a Trace,
    /// The epochs to show.
    pub(super) shown: RangeInclusive<usize>,
    /// Names of the weights.
    pub(super) weights: &'a [String],
    /// The color of the run.
    pub(super) color: Color,
    pub(super) theme: &'a Theme,
}

impl StatePlotInput<'_> {
    pub(super) fn draw(&self) -> StatePlots {
        let mut drawn = StatePlots {
            levels: Vec::new(),
            keys: Vec::new(),
            notes: Vec::new(),
            too_large: Vec::new(),
            not_finite: Vec::new(),
            description: String::new(),
        };
        for series in &self.trace.inner {
            let channel = &series.channel;
            // A number per row has no meaning without matrices, for example.
            if channel.shape == Shape::Vector && is_zero(&series.numbers) {
                let name = &channel.name;
                let words = format!("{name} is not drawn, because it is always 0.");
                drawn.notes.push(words);
                continue;
            }
            if matches!(channel.shape, Shape::Points | Shape::Simplex) {
                let name = &channel.name;
                let words =
                    format!("{name} is not drawn over the epochs, because it consists of points.");
                drawn.notes.push(words);
                continue;
            }
            let Some(rows) = self.rows(series) else {
                let sides = self.sides(series);
                let sizes = sides.iter().map(|side| format!("{side} x {side}"));
                let (name, sizes) = (&channel.name, sizes.collect::<Vec<_>>().join(", "));
                let what = ["matrices of sizes", "a matrix of size"][usize::from(sides.len() == 1)];
                drawn.notes.push(format!(
                    "{name} is not drawn, because its eigenvalues are too many: {what} {sizes}."
                ));
                continue;
            };
            let extra = match channel.shape {
                Shape::Matrix | Shape::LeftFactors | Shape::RightFactors => " Eigenvalues.",
                _ => "",
            };
            let title = [&*channel.name, &format!("{}{extra}", channel.help)];
            self.add(title, &rows, channel.quantity, channel.shape, &mut drawn);
        }
        if self.trace.inner.is_empty() {
            let words = "This optimizer has no state. The plot shows its loss.";
            drawn.notes.push(words.to_owned());
        }
        if drawn.levels.is_empty() {
            let rows = ChannelRows {
                epochs: self.shown.clone().collect(),
                width: 1,
                numbers: self.trace.losses[self.shown.clone()].to_vec(),
            };
            let title = ["loss", "Loss after each epoch."];
            self.add(title, &rows, Quantity::Value, Shape::Scalar, &mut drawn);
        }
        drawn.notes.extend(self.omission_note(&drawn));
        drawn
    }

    /// Returns the numbers of a channel, or the eigenvalues of a matrix; `None` if there are too many eigenvalues.
    fn rows(&self, series: &Series) -> Option<ChannelRows> {
        let sides = self.sides(series);
        if sides.is_empty() {
            let epochs: Vec<usize> = self.shown.clone().collect();
            return Some(ChannelRows {
                numbers: epochs.iter().flat_map(|e| series.at(*e)).copied().collect(),
                epochs,
                width: series.width,
            });
        }
        let width = sides.iter().sum();
        if width > MOST_LINES {
            return None;
        }
        let stride = (self.shown.end() - self.shown.start() + 1).div_ceil(MOST_MATRICES);
        let epochs: Vec<usize> = self.shown.clone().step_by(stride).collect();
        let values = |epoch: &usize| {
            let (mut all, mut numbers) = (Vec::new(), series.at(*epoch).to_vec());
            let mut rest = &mut numbers[..];
            for side in &sides {
                let (matrix, more) = rest.split_at_mut(side * side);
                all.extend(eigenvalues(matrix, *side));
                rest = more;
            }
            all
        };
        Some(ChannelRows {
            numbers: epochs.iter().flat_map(values).collect(),
            epochs,
            width,
        })
    }

    /// Returns the sizes of the square matrices of a channel.
    fn sides(&self, series: &Series) -> Vec<usize> {
        let (dim, blocks) = (self.trace.dim, &self.trace.blocks);
        series.channel.shape.sides(dim, shapes(blocks, dim))
    }

    /// Adds a plot, its legend entries, its description, and notes about zeros and omitted values.
    fn add(
        &self,
        [name, help]: [&str; 2],
        all: &ChannelRows,
        quantity: Quantity,
        shape: Shape,
        drawn: &mut StatePlots,
    ) {
        let title = format!("{name}: {help}");
        let parts = self.parts_of_explosion(all);
        let (rows, readable) = parts
            .as_ref()
            .map_or((all, all), |[rows, calm]| (rows, calm));
        let values = || readable.numbers.iter().copied();
        let spacing = spacing(quantity, values());
        let y = AxisSpan::numbers("", range(values(), spacing), spacing);
        if rows.epochs.len() < all.epochs.len() {
            drawn.too_large.push(name.to_owned());
        } else if rows.numbers.iter().any(|v| !v.is_finite()) {
            drawn.not_finite.push(name.to_owned());
        }
        let (marks, keys) = if rows.width > MOST_LINES {
            self.band(rows, spacing)
        } else {
            self.lines(rows, shape, &y)
        };
        drawn.notes.extend(note_of_zeros(rows, &y));
        drawn.notes.dedup();
        for key in keys {
            if !drawn.keys.contains(&key) {
                drawn.keys.push(key);
            }
        }
        if !drawn.description.is_empty() {
            drawn.description.push(' ');
        }
        drawn.description += &sentence(&title, all);
        drawn.levels.push(StackedPlot { title, y, marks });
    }

    /// Returns the minimum, the median, and the maximum of many weights.
    fn band(&self, rows: &ChannelRows, spacing: Spacing) -> (Marks, Vec<LegendEntry>) {
        let color = self.color.with_opacity(0.25);
        let spread = MinMedianMax::new(rows, spacing);
        let band = Band {
            spans: spread.spans,
            color,
            label: None,
        };
        let median = format!("Median of {} weights", rows.width);
        let keys = vec![
            line_key(median, self.color),
            LegendEntry {
                label: "From minimum to maximum".to_owned(),
                sign: LegendHandle::Square(color),
            },
        ];
        let marks: Marks = vec![Box::new(band), curve(spread.medians, self.color)];
        (marks, keys)
    }

    /// Returns one line per number; lines of weights have different colors. Zeros lie at the lower edge of a logarithmic
    /// axis.
    fn lines(&self, rows: &ChannelRows, shape: Shape, y: &AxisSpan) -> (Marks, Vec<LegendEntry>) {
        let (mut marks, mut keys) = (Marks::new(), Vec::new());
        for i in 0..rows.width {
            let color = match shape {
                // Thin lines on paper need darker colors.
                Shape::Vector => self.theme.area(i).mix(self.theme.foreground, 0.2),
                _ => self.color,
            };
            let points = rows.line(i).into_iter().map(|[x, v]| [x, placed(v, y)]);
            let points: Vec<[f64; 2]> = points.collect();
            marks.extend(exit_marker(&points, color, y));
            marks.push(curve(points, color));
            if let (Shape::Vector, Some(name)) = (shape, self.weights.get(i)) {
                keys.push(line_key(name.clone(), color));
            }
        }
        (marks, keys)
    }

    /// Returns the rows to draw and the rows that determine the axis if the run explodes and its last values would hide
    /// all others. The axis ends with the last epoch before the loss became large, and one more row shows how the lines
    /// leave the plot.
    fn parts_of_explosion(&self, all: &ChannelRows) -> Option<[ChannelRows; 2]> {
        /// Smaller values would be invisible on a linear axis.
        const HIDDEN: f64 = 100.0;
        let last = self.last_calm_epoch();
        let calm = all.until(last);
        let is_hidden = all.largest() > HIDDEN * calm.largest();
        is_hidden.then(|| [all.until(last + 1), calm])
    }

    /// Returns the last shown epoch before the loss of the run became large for good; at least the second one.
    fn last_calm_epoch(&self) -> usize {
        const FAR: f64 = 10.0;
        let (start, end) = (*self.shown.start(), *self.shown.end());
        let first = self.trace.losses[start].abs();
        let is_calm = |epoch: &usize| first == 0.0 || self.trace.losses[*epoch] <= FAR * first;
        let calm = self.shown.clone().rev().find(is_calm);
        calm.unwrap_or(start).max(start + 1).min(end)
    }

    /// Returns a note about the values of an exploding run that are not drawn.
    fn omission_note(&self, drawn: &StatePlots) -> Option<String> {
        let mut sentences = Vec::new();
        if !drawn.too_large.is_empty() {
            let (last, names) = (self.last_calm_epoch(), drawn.too_large.join(", "));
            sentences.push(format!(
                "Values after epoch {last} are too large for the axis: {names}."
            ));
        }
        let outcome = match self.trace.stop {
            StopReason::Diverged { epoch } => Some(format!("The run diverged at epoch {epoch}.")),
            _ => None,
        };
        if outcome.is_some() && !drawn.not_finite.is_empty() {
            let names = drawn.not_finite.join(", ");
            sentences.push(format!("Values that are not finite are missing: {names}."));
        }
        let why = outcome.filter(|_| !sentences.is_empty());
        sentences.splice(0..0, why);
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

/// Returns a note about zeros on a logarithmic axis.
fn note_of_zeros(rows: &ChannelRows, y: &AxisSpan) -> Option<String> {
    let note = if rows.width > MOST_LINES {
        "A logarithmic axis cannot show zeros."
    } else {
        "Zeros lie at the lower edge of a logarithmic axis."
    };
    let mut numbers = rows.numbers.iter();
    let has_zeros = numbers.any(|v| is_at_lower_edge(*v, y));
    has_zeros.then(|| note.to_owned())
}

type Marks = Vec<Box<dyn Mark>>;

fn curve(points: Vec<[f64; 2]>, color: Color) -> Box<dyn Mark> {
    Box::new(LinePlot {
        below: Vec::new(),
        points,
        style: PathStyle::solid(color),
        width: WIDTH,
        label: None,
    })
}

/// Returns the arrow where a line leaves its plot and does not return.
fn exit_marker(points: &[[f64; 2]], color: Color, y: &AxisSpan) -> Option<Box<dyn Mark>> {
    let [.., from, to] = points else {
        return None;
    };
    let is_outside = !(y.range[0]..=y.range[1]).contains(&to[1]);
    let marker = EndMarker {
        at: [crossing(*from, *to, y), to[1]],
        glyph: Marker::Disc,
        color,
        radius: 4.0,
    };
    is_outside.then(|| Box::new(marker) as Box<dyn Mark>)
}

fn line_key(label: String, color: Color) -> LegendEntry {
    LegendEntry {
        label,
        sign: LegendHandle::Line(Stroke::new(color, WIDTH + 0.6), None),
    }
}

/// Returns the axis spacing for a quantity.
fn spacing(quantity: Quantity, values: impl Iterator<Item = f64>) -> Spacing {
    let values: Vec<f64> = values.collect();
    let positive = || values.iter().copied().filter(|v| *v > 0.0);
    let negative = values.iter().any(|v| *v < 0.0);
    match quantity {
        Quantity::Displacement | Quantity::Gradient | Quantity::Position => Spacing::Linear,
        _ if negative || extent(positive()).is_none() => Spacing::Linear,
        Quantity::StepSize | Quantity::GradientSquared => Spacing::Log,
        // A zero that means "not yet defined" must not flatten the later values.
        Quantity::Case => Spacing::Linear,
        Quantity::Curvature
        | Quantity::InverseCurvature
        | Quantity::Covariance
        | Quantity::Value
        | Quantity::Number => spacing_with_zeros(values.iter().copied()),
    }
}

/// Describes the content of a plot.
fn sentence(title: &str, rows: &ChannelRows) -> String {
    match extent(rows.numbers.iter().copied()) {
        Some([low, high]) => {
            let [low, high] = [low, high].map(|v| text::number(v, 3));
            format!("{title} Between {low} and {high}.")
        }
        None => format!("{title} No value is finite."),
    }
}
