//! With every value of one setting or two: how many epochs to the target. One is a curve, two are a heat map.

use thalweg::{
    map::{Outcome, SettingCell},
    over::{Over, Spacing},
};
use thalweg_plot::{
    figure::{AxisSpan, Figure, Mark},
    legend::{Key, Sign},
    marks::{Bands, Curve, Dots, Glyph, HeatMap, STRIP, Strip},
    panels::{Panel, Panels},
    scene::Scene,
    text,
    theme::Theme,
};

/// Bands of the scale of colours.
const BANDS: usize = 18;
/// Width and height of a picture of curves in px.
const SIZE: [f64; 2] = [820.0, 560.0];
/// Px between the axes of such a picture, from bottom to top, or nearly so.
const HEIGHT: f64 = 460.0;

/// A map of settings.
pub struct SettingMap<'a> {
    /// What was made small.
    pub problem: &'a str,
    /// The settings that took values, one or two.
    pub over: &'a [Over],
    /// The name of each optimizer, and its cells: the first setting gives the column, the second the row.
    pub optimizers: &'a [(String, Vec<SettingCell>)],
    /// Which path of the theme each optimizer is drawn as, one each; only curves need it.
    pub colors: &'a [usize],
    /// Number of starts of each cell.
    pub starts: usize,
}

/// The cell that got to the target in the fewest epochs, the first of several.
pub fn best(cells: &[SettingCell]) -> Option<usize> {
    let reached = cells.iter().enumerate();
    let reached = reached.filter_map(|(i, cell)| Some((cell.epochs?, i)));
    reached.min().map(|(_, i)| i)
}

/// An axis of a setting's values: where each lies, and the outer edges of their cells.
struct Axis {
    span: AxisSpan,
    places: Vec<f64>,
    /// Whether the values are numbers, so that there is something between two of them.
    is_scale: bool,
}

impl Axis {
    fn new(over: &Over) -> Self {
        match &over.span {
            Some((numbers, spacing)) if numbers.len() > 1 => {
                let last = numbers.len() - 1;
                let [low, high] = match spacing {
                    Spacing::Linear => {
                        let half = (numbers[1] - numbers[0]) / 2.0;
                        [numbers[0] - half, numbers[last] + half]
                    }
                    Spacing::Log => {
                        let half = (numbers[1] / numbers[0]).sqrt();
                        [numbers[0] / half, numbers[last] * half]
                    }
                };
                Self {
                    span: AxisSpan::numbers(&*over.key, [low, high], *spacing),
                    places: numbers.clone(),
                    is_scale: true,
                }
            }
            _ => Self {
                span: AxisSpan::names(&*over.key, over.values.clone()),
                places: (0..over.values.len()).map(|i| i as f64).collect(),
                is_scale: false,
            },
        }
    }

    /// The axis of a curve, which needs no cells of the same width: listed numbers lie where they are on a scale, too.
    fn of_curve(over: &Over) -> Self {
        /// From this ratio on numbers are better told apart by ratios.
        const WIDE: f64 = 20.0;
        let numbers = over.values.iter().map(|text| text.parse::<f64>().ok());
        let numbers: Option<Vec<f64>> = numbers.collect();
        let ascends = |v: &Vec<f64>| {
            let finite = v.iter().all(|v| v.is_finite());
            v.len() > 1 && finite && v.windows(2).all(|pair| pair[0] < pair[1])
        };
        let Some(numbers) = numbers.filter(|v| over.span.is_none() && ascends(v)) else {
            return Self::new(over);
        };
        let last = numbers.len() - 1;
        let [low, high] = [numbers[0], numbers[last]];
        let wide = low > 0.0 && high / low >= WIDE;
        let (range, spacing) = if wide {
            let half = |pair: &[f64]| (pair[1] / pair[0]).sqrt();
            let ends = [low / half(&numbers[..2]), high * half(&numbers[last - 1..])];
            (ends, Spacing::Log)
        } else {
            let half = |pair: &[f64]| (pair[1] - pair[0]) / 2.0;
            let ends = [low - half(&numbers[..2]), high + half(&numbers[last - 1..])];
            (ends, Spacing::Linear)
        };
        Self {
            span: AxisSpan::numbers(&*over.key, range, spacing),
            places: numbers,
            is_scale: true,
        }
    }

    /// The edge between a value and the one before; the outer edge for the first one, and for the one behind the last.
    fn edge(&self, i: usize) -> f64 {
        let [low, high] = self.span.range;
        match i {
            0 => low,
            i if i == self.places.len() => high,
            i => match self.span.spacing {
                Spacing::Linear => f64::midpoint(self.places[i - 1], self.places[i]),
                Spacing::Log => (self.places[i - 1] * self.places[i]).sqrt(),
            },
        }
    }
}

impl SettingMap<'_> {
    /// Lays the map out.
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
            n => format!("Epochs to the target, median of {n} starts"),
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

    /// The fewest epochs and where, or that no value reached the target.
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
        let epochs = match epochs {
            1 => "1 epoch".to_owned(),
            n => format!("{n} epochs"),
        };
        format!(
            "best: {epochs} at {}",
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
        let style = |i: usize| theme.path(self.colors[i]);
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        for (i, (name, cells)) in self.optimizers.iter().enumerate() {
            let points = axis.places.iter().zip(cells);
            let epochs = |cell: &SettingCell| cell.epochs.map_or(f64::NAN, |n| n as f64);
            let points: Vec<[f64; 2]> = points.map(|(v, cell)| [*v, epochs(cell)]).collect();
            if let Some(best) = best(cells) {
                marks.push(Box::new(Dots {
                    points: vec![points[best]],
                    glyph: Glyph::Disc,
                    color: style(i).color,
                    radius: 5.0,
                    label: None,
                }));
            }
            let label = Some(format!("{name}, {}", self.words_of_best(cells)));
            marks.push(if axis.is_scale {
                Box::new(Curve {
                    points,
                    style: style(i),
                    width: 2.0,
                    label,
                })
            } else {
                // Between two names there is nothing.
                Box::new(Dots {
                    points: points.into_iter().filter(|p| p[1].is_finite()).collect(),
                    glyph: Glyph::Disc,
                    color: style(i).color,
                    radius: 3.5,
                    label,
                })
            });
        }
        let y = self.epochs_axis(strips.len());
        for strip in strips {
            marks.push(Box::new(strip));
        }
        for (outcome, words, color) in self.endings(theme) {
            if self.has(outcome) {
                // No dots: only the line in the legend.
                marks.push(Box::new(Dots {
                    points: Vec::new(),
                    glyph: Glyph::Square,
                    color,
                    radius: 5.0,
                    label: Some(words.to_owned()),
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

    /// What there is to say where a cell has no number.
    fn endings(&self, theme: &Theme) -> [(Outcome, &'static str, thalweg_plot::color::Color); 2] {
        let missed = if self.starts == 1 {
            "target not reached"
        } else {
            "not reached from half of the starts"
        };
        [
            (Outcome::EpochLimit, missed, theme.missed),
            (Outcome::Diverged, "diverged", theme.failed),
        ]
    }

    /// A strip for each optimizer that has values without a number.
    fn strips(&self, axis: &Axis, theme: &Theme) -> Vec<Strip> {
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
                strips.push(Strip { spans, row, color });
            }
        }
        strips
    }

    /// The axis of the epochs, with room for so many strips above the curves.
    fn epochs_axis(&self, strips: usize) -> AxisSpan {
        // Nothing lies at an edge, and a scale by ratios begins above zero.
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
        let axes = [0, 1].map(|i| Axis::new(&self.over[i]));
        let bands = Bands::over(self.epochs(), BANDS);
        let (missed, failed) = (bands.count() as u8, bands.count() as u8 + 1);
        let mut colors = bands.colors(theme);
        colors.extend([theme.missed, theme.failed]);
        let class = |cell: &SettingCell| match (cell.outcome(), cell.epochs) {
            (_, Some(epochs)) => bands.band(epochs as f64),
            (Outcome::Diverged, None) => failed,
            (_, None) => missed,
        };
        let classes = self
            .optimizers
            .iter()
            .map(|(_, cells)| cells.iter().map(class).collect());
        let classes: Vec<Vec<u8>> = classes.collect();
        let panels = self
            .optimizers
            .iter()
            .zip(&classes)
            .map(|((name, cells), classes)| {
                let size = axes.each_ref().map(|axis| axis.places.len());
                let mut marks: Vec<Box<dyn Mark + '_>> = vec![Box::new(HeatMap {
                    size,
                    x: axes[0].span.range,
                    y: axes[1].span.range,
                    classes,
                    colors: &colors,
                })];
                if let Some(i) = best(cells) {
                    let place = [axes[0].places[i % size[0]], axes[1].places[i / size[0]]];
                    marks.push(Box::new(Dots {
                        points: vec![place],
                        glyph: Glyph::Cross,
                        color: theme.ink,
                        radius: 6.0,
                        label: None,
                    }));
                }
                Panel {
                    title: name.clone(),
                    note: self.words_of_best(cells),
                    marks,
                }
            });
        let mut keys = Vec::new();
        for (outcome, words, color) in self.endings(theme) {
            if self.has(outcome) {
                keys.push(Key {
                    label: words.to_owned(),
                    sign: Sign::Square(color),
                });
            }
        }
        if self.epochs().next().is_some() {
            keys.push(Key {
                label: "fewest epochs".to_owned(),
                sign: Sign::Cross(theme.ink),
            });
        }
        let panels = Panels {
            title: self.title(),
            description: self.description(),
            aspect: 0.85,
            panels: panels.collect(),
            color_bar: Some(bands.color_bar("Epochs to the target")),
            width: None,
            keys,
            x: axes[0].span.clone(),
            y: axes[1].span.clone(),
        };
        panels.scene(theme)
    }
}
