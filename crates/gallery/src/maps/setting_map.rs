//! Maps of the number of epochs to the target by the value of one setting (curves) or two settings (heat maps).

use super::{
    axis::Axis,
    coloring::{CellValue, Coloring},
};
use crate::map::{count, dots};
use crate::prelude::*;
use thalweg::{
    map::{Outcome, SettingCell},
    over::{SettingValues, Spacing},
};
use thalweg_plot::{
    legend::LegendHandle,
    marks::{Bands, Dots, HeatMap, LinePlot, Marker, STRIP, SpanStrip},
    panels::{Panel, Panels},
    text,
    theme::PathStyle,
};

/// Width and height of a picture of curves in px.
const SIZE: [f64; 2] = [820.0, 560.0];

/// Approximate height of the plot area in px.
const HEIGHT: f64 = 460.0;

/// A map of settings.
pub struct SettingMap<'a> {
    /// Title of the problem.
    pub problem: &'a str,
    /// The one or two settings that vary.
    pub over: &'a [SettingValues],
    /// The name of each optimizer and its cells. The first setting determines the column, the second the row.
    pub optimizers: &'a [(String, Vec<SettingCell>)],
    /// The theme index of each optimizer's path style; only curves need it.
    pub colors: &'a [usize],
    /// Number of initial points of each cell.
    pub starts: usize,
}

/// Returns the first cell with the fewest epochs to the target.
pub fn best(cells: &[SettingCell]) -> Option<usize> {
    let reached = cells.iter().enumerate();
    let reached = reached.filter_map(|(i, cell)| Some((cell.epochs?, i)));
    reached.min().map(|(_, i)| i)
}

impl SettingMap<'_> {
    /// Draws the map.
    pub fn scene(&self, theme: &Theme) -> Scene {
        if self.over.len() == 1 {
            self.curves(theme)
        } else {
            self.heat_maps(theme)
        }
    }

    fn quantity(&self) -> String {
        match self.starts {
            1 => "Epochs to the target".to_owned(),
            n => format!("Epochs to the target, median of {n} initial points"),
        }
    }

    fn title(&self) -> String {
        let keys: Vec<&str> = self.over.iter().map(|over| &*over.key).collect();
        format!(
            "{} by {}: {}",
            self.quantity(),
            keys.join(" and "),
            self.problem
        )
    }

    /// Describes the fewest epochs and their settings, or that no value reached the target.
    fn words_of_best(&self, cells: &[SettingCell]) -> String {
        let Some((i, epochs)) = best(cells).and_then(|i| Some((i, cells[i].epochs?))) else {
            return "target not reached".to_owned();
        };
        let columns = self.over[0].values.len();
        let values = self.over.iter().zip([i % columns, i / columns]);
        let values = values.map(|(over, i)| {
            let value = match &over.span {
                Some((numbers, _)) => text::number(numbers[i], 3),
                None => over.values[i].clone(),
            };
            format!("{} {value}", over.key)
        });
        format!(
            "best: {} at {}",
            count(epochs, "epoch"),
            values.collect::<Vec<_>>().join(", ")
        )
    }

    fn description(&self) -> String {
        let one = |(name, cells): &(String, Vec<SettingCell>)| {
            format!("{name}, {}", self.words_of_best(cells))
        };
        let all: Vec<String> = self.optimizers.iter().map(one).collect();
        format!("{}: {}.", self.title(), all.join("; "))
    }

    fn epochs(&self) -> impl Iterator<Item = f64> {
        let cells = self.optimizers.iter().flat_map(|(_, cells)| cells);
        cells.filter_map(|cell| cell.epochs).map(|n| n as f64)
    }

    fn has(&self, outcome: Outcome) -> bool {
        let mut cells = self.optimizers.iter().flat_map(|(_, cells)| cells);
        cells.any(|cell| cell.outcome() == outcome)
    }

    fn curves(&self, theme: &Theme) -> Scene {
        let axis = Axis::of_curve(&self.over[0]);
        let strips = self.strips(&axis, theme);
        let y = self.epochs_axis(strips.len());
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        for (i, (name, cells)) in self.optimizers.iter().enumerate() {
            let style = theme.path(self.colors[i]);
            let label = format!("{name}, {}", self.words_of_best(cells));
            marks.extend(curve(&axis, cells, style, label));
        }
        marks.extend(
            strips
                .into_iter()
                .map(|strip| Box::new(strip) as Box<dyn Mark>),
        );
        for (outcome, words, color) in self.endings(theme) {
            if self.has(outcome) {
                // An entry for the legend without points.
                marks.push(Box::new(Dots {
                    label: Some(words.to_owned()),
                    ..dots(Vec::new(), Marker::Square, color, 5.0)
                }));
            }
        }
        let figure = Figure {
            size: SIZE,
            title: self.title(),
            description: self.description(),
            x: axis.span,
            y,
            equal_units: false,
            marks,
            color_bar: None,
            legend: true,
        };
        figure.scene(theme)
    }

    /// Describes a cell without a number, unless its runs diverged.
    fn missed(&self) -> &'static str {
        if self.starts == 1 {
            "target not reached"
        } else {
            "not reached from half of the initial points"
        }
    }

    fn endings(&self, theme: &Theme) -> [(Outcome, &'static str, Color); 2] {
        [
            (Outcome::EpochLimit, self.missed(), theme.missed),
            (Outcome::Diverged, "diverged", theme.failed),
        ]
    }

    /// Returns a strip for each optimizer that has values without a number.
    fn strips(&self, axis: &Axis, theme: &Theme) -> Vec<SpanStrip> {
        let mut strips = Vec::new();
        for (i, (_, cells)) in self.optimizers.iter().enumerate() {
            let mut spans = Vec::new();
            let mut first = 0;
            for run in cells.chunk_by(|a, b| a.outcome() == b.outcome()) {
                let after = first + run.len();
                let color = match run[0].outcome() {
                    Outcome::Reached => None,
                    Outcome::Diverged => Some(theme.failed),
                    _ => Some(theme.missed),
                };
                let ends = [axis.edge(first), axis.edge(after)];
                spans.extend(color.map(|color| (ends, color)));
                first = after;
            }
            if !spans.is_empty() {
                let row = strips.len();
                let color = theme.path(self.colors[i]).color;
                strips.push(SpanStrip { spans, row, color });
            }
        }
        strips
    }

    /// Returns the axis of the epochs with space for strips above the curves.
    fn epochs_axis(&self, strips: usize) -> AxisSpan {
        // Margins keep curves off the edges, and a logarithmic scale must start above zero.
        let bands = Bands::over(self.epochs().map(|n| n.max(1.0)), 1);
        let (low, high) = (bands.levels[0], bands.levels[1]);
        let strips = strips as f64 * STRIP / HEIGHT;
        let (below, above) = (0.04, 0.06 + strips);
        let inner = 1.0 - below - above;
        let range = match bands.spacing {
            Spacing::Linear => {
                let whole = (high - low) / inner;
                [(low - below * whole).max(0.0), high + above * whole]
            }
            Spacing::Log => {
                let power = |share: f64| thalweg::float::powf(high / low, share / inner);
                [low / power(below), high * power(above)]
            }
        };
        AxisSpan::numbers(self.quantity(), range, bands.spacing)
    }

    fn heat_maps(&self, theme: &Theme) -> Scene {
        let axes = [0, 1].map(|i| Axis::of_cells(&self.over[i]));
        let size = axes.each_ref().map(|axis| axis.places.len());
        let all = self.optimizers.iter().flat_map(|(_, cells)| cells);
        let quantity = "Epochs to the target";
        let coloring = Coloring::of_reached(all.map(in_color), quantity, self.missed(), theme);
        let classes = self.optimizers.iter();
        let classes = classes.map(|(_, cells)| coloring.classes(cells.iter().map(in_color)));
        let classes: Vec<Vec<u8>> = classes.collect();
        let panels = self.optimizers.iter().zip(&classes);
        let panels = panels.map(|((name, cells), classes)| {
            let mut marks: Vec<Box<dyn Mark + '_>> = vec![Box::new(HeatMap {
                size,
                x: axes[0].span.range,
                y: axes[1].span.range,
                classes,
                colors: &coloring.colors,
            })];
            if let Some(i) = best(cells) {
                let place = [axes[0].places[i % size[0]], axes[1].places[i / size[0]]];
                marks.push(Box::new(dots(
                    vec![place],
                    Marker::Cross,
                    theme.foreground,
                    6.0,
                )));
            }
            Panel {
                title: name.clone(),
                note: self.words_of_best(cells),
                marks,
            }
        });
        let mut keys = coloring.keys(&classes);
        if self.epochs().next().is_some() {
            keys.push(LegendEntry {
                label: "fewest epochs".to_owned(),
                sign: LegendHandle::Cross(theme.foreground),
            });
        }
        let panels = Panels {
            title: self.title(),
            description: self.description(),
            aspect: 0.85,
            panels: panels.collect(),
            color_bar: coloring.color_bar.clone(),
            width: None,
            keys,
            x: axes[0].span.clone(),
            y: axes[1].span.clone(),
        };
        panels.scene(theme)
    }
}

/// Returns the value of a cell for its color.
fn in_color(cell: &SettingCell) -> CellValue {
    let epochs = cell.epochs.map_or(f64::NAN, |n| n as f64);
    (epochs, cell.outcome())
}

/// Returns the epochs of one optimizer as a line, and its best value as a dot.
fn curve(
    axis: &Axis,
    cells: &[SettingCell],
    style: PathStyle,
    label: String,
) -> Vec<Box<dyn Mark>> {
    let points = axis.places.iter().zip(cells);
    let points = points.map(|(v, cell)| [*v, in_color(cell).0]);
    let points: Vec<[f64; 2]> = points.collect();
    let mut marks: Vec<Box<dyn Mark>> = Vec::new();
    if let Some(best) = best(cells) {
        marks.push(Box::new(dots(
            vec![points[best]],
            Marker::Disc,
            style.color,
            5.0,
        )));
    }
    let label = Some(label);
    marks.push(if axis.is_scale {
        Box::new(LinePlot {
            below: Vec::new(),
            points,
            style,
            width: 2.0,
            label,
        })
    } else {
        // Lines between names would have no meaning.
        let points = points.into_iter().filter(|p| p[1].is_finite()).collect();
        Box::new(Dots {
            label,
            ..dots(points, Marker::Disc, style.color, 3.5)
        })
    });
    marks
}
