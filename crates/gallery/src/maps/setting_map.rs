//! Maps of the number of epochs to the target, or of the final loss, by the value of one setting (curves) or two settings (heat
//! maps).

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

/// The quantity that a map of settings shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingQuantity {
    /// Number of epochs to the target.
    Epochs,
    /// The final loss.
    Loss,
}

impl SettingQuantity {
    /// Returns the quantity of a cell. Its outcome is `Reached` if it has a number.
    fn of(self, cell: &SettingCell) -> CellValue {
        match self {
            Self::Epochs => {
                let epochs = cell.epochs.map_or(f64::NAN, |n| n as f64);
                (epochs, cell.outcome())
            }
            Self::Loss if cell.has_no_loss() => (f64::NAN, Outcome::Diverged),
            Self::Loss => (cell.loss, Outcome::Reached),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Epochs => "Epochs to the target",
            Self::Loss => "Final loss",
        }
    }

    /// Describes the marked cell in the legend.
    fn best(self) -> &'static str {
        match self {
            Self::Epochs => "fewest epochs",
            Self::Loss => "lowest loss",
        }
    }
}

/// A map of settings.
pub struct SettingMap<'a> {
    /// Title of the problem.
    pub problem: &'a str,
    /// The quantity that the map shows.
    pub quantity: SettingQuantity,
    /// The one or two settings that vary.
    pub over: &'a [SettingValues],
    /// The name of each optimizer and its cells. The first setting determines the column, the second the row.
    pub optimizers: &'a [(String, Vec<SettingCell>)],
    /// The theme index of each optimizer's path style; only curves need it.
    pub colors: &'a [usize],
    /// Number of initial points of each cell.
    pub starts: usize,
}

/// Returns the first cell with the fewest epochs to the target or with the lowest loss.
pub fn best(cells: &[SettingCell], quantity: SettingQuantity) -> Option<usize> {
    let values = cells.iter().map(|cell| quantity.of(cell)).enumerate();
    let values = values.filter(|(_, (_, outcome))| *outcome == Outcome::Reached);
    let best = values.min_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b));
    best.map(|(i, _)| i)
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

    fn quantity_title(&self) -> String {
        let title = self.quantity.title();
        match self.starts {
            1 => title.to_owned(),
            n => format!("{title}, median of {n} initial points"),
        }
    }

    fn title(&self) -> String {
        let keys: Vec<&str> = self.over.iter().map(|over| &*over.key).collect();
        format!(
            "{} by {}: {}",
            self.quantity_title(),
            keys.join(" and "),
            self.problem
        )
    }

    /// Describes the fewest epochs or the lowest loss and their settings, or that no value reached the target.
    fn words_of_best(&self, cells: &[SettingCell]) -> String {
        let Some(i) = best(cells, self.quantity) else {
            let words = match self.quantity {
                SettingQuantity::Epochs => "target not reached",
                SettingQuantity::Loss => "diverged",
            };
            return words.to_owned();
        };
        let number = match self.quantity {
            SettingQuantity::Epochs => count(cells[i].epochs.unwrap_or_default(), "epoch"),
            SettingQuantity::Loss => format!("loss {}", text::number(cells[i].loss, 3)),
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
            number,
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

    /// Returns the numbers of all cells that have one.
    fn numbers(&self) -> impl Iterator<Item = f64> {
        let cells = self.optimizers.iter().flat_map(|(_, cells)| cells);
        let values = cells.map(|cell| self.quantity.of(cell));
        let values = values.filter(|(_, outcome)| *outcome == Outcome::Reached);
        values.map(|(v, _)| v)
    }

    fn has(&self, outcome: Outcome) -> bool {
        let mut cells = self.optimizers.iter().flat_map(|(_, cells)| cells);
        cells.any(|cell| self.quantity.of(cell).1 == outcome)
    }

    fn curves(&self, theme: &Theme) -> Scene {
        let axis = Axis::of_curve(&self.over[0]);
        let strips = self.strips(&axis, theme);
        let y = self.vertical_axis(strips.len());
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        for (i, (name, cells)) in self.optimizers.iter().enumerate() {
            let style = theme.path(self.colors[i]);
            let label = format!("{name}, {}", self.words_of_best(cells));
            marks.extend(self.curve(&axis, cells, style, label));
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
            let outcome = |cell: &SettingCell| self.quantity.of(cell).1;
            for run in cells.chunk_by(|a, b| outcome(a) == outcome(b)) {
                let after = first + run.len();
                let color = match outcome(&run[0]) {
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

    /// Returns the axis of the quantity with space for strips above the curves.
    fn vertical_axis(&self, strips: usize) -> AxisSpan {
        // Margins keep curves off the edges, and a logarithmic scale must start above zero.
        let least = match self.quantity {
            SettingQuantity::Epochs => 1.0,
            SettingQuantity::Loss => f64::NEG_INFINITY,
        };
        let bands = Bands::over(self.numbers().map(|v| v.max(least)), 1);
        let (low, high) = (bands.levels[0], bands.levels[1]);
        let strips = strips as f64 * STRIP / HEIGHT;
        let (below, above) = (0.04, 0.06 + strips);
        let inner = 1.0 - below - above;
        let range = match bands.spacing {
            Spacing::Linear => {
                let whole = (high - low) / inner;
                let bottom = low - below * whole;
                // A margin below numbers that cannot be negative ends at zero.
                let bottom = if low >= 0.0 { bottom.max(0.0) } else { bottom };
                [bottom, high + above * whole]
            }
            Spacing::Log => {
                let power = |share: f64| thalweg::float::powf(high / low, share / inner);
                [low / power(below), high * power(above)]
            }
        };
        AxisSpan::numbers(self.quantity_title(), range, bands.spacing)
    }

    fn heat_maps(&self, theme: &Theme) -> Scene {
        let axes = [0, 1].map(|i| Axis::of_cells(&self.over[i]));
        let size = axes.each_ref().map(|axis| axis.places.len());
        let all = self.optimizers.iter().flat_map(|(_, cells)| cells);
        let of = |cell| self.quantity.of(cell);
        let title = self.quantity.title();
        let coloring = Coloring::of_reached(all.map(of), title, self.missed(), theme);
        let classes = self.optimizers.iter();
        let classes = classes.map(|(_, cells)| coloring.classes(cells.iter().map(of)));
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
            if let Some(i) = best(cells, self.quantity) {
                let place = [axes[0].places[i % size[0]], axes[1].places[i / size[0]]];
                marks.push(Box::new(dots(
                    vec![place],
                    Marker::Ring,
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
        if self.numbers().next().is_some() {
            keys.push(LegendEntry {
                label: self.quantity.best().to_owned(),
                sign: LegendHandle::Ring(theme.foreground),
            });
        }
        let panels = Panels {
            title: self.title(),
            description: self.description(),
            aspect: 0.85,
            panels: panels.collect(),
            color_bar: coloring.color_bar.clone(),
            width: None,
            height: None,
            keys,
            x: axes[0].span.clone(),
            y: axes[1].span.clone(),
        };
        panels.scene(theme)
    }

    /// Returns the numbers of one optimizer as a line, and its best value as a dot.
    fn curve(
        &self,
        axis: &Axis,
        cells: &[SettingCell],
        style: PathStyle,
        label: String,
    ) -> Vec<Box<dyn Mark>> {
        let points = axis.places.iter().zip(cells);
        let points = points.map(|(v, cell)| [*v, self.quantity.of(cell).0]);
        let points: Vec<[f64; 2]> = points.collect();
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        if let Some(best) = best(cells, self.quantity) {
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
}
