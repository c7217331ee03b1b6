//! From every start of a window: how many epochs, which minimum, how it ended. A panel for each optimizer.

use thalweg::{
    field::{Field, Window},
    map::{Cell, Outcome, StartGrid},
};
use thalweg_plot::{
    color::Color,
    color_bar::ColorBar,
    figure::{AxisSpan, Mark},
    legend::{Key, Sign},
    marks::{Bands, ContourLine, Dots, Glyph, HeatMap},
    panels::{Panel, Panels},
    scene::{Scene, Stroke},
    text,
    theme::Theme,
};

/// Bands of the scale of colours.
const BANDS: usize = 18;
/// More cells than this along a side of a picture could not be told apart.
const MOST_CELLS: usize = 500;
/// Samples of the loss along each side, for the line of the target.
const SAMPLES: usize = 161;

/// What a map of starts tells of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The epochs to the target.
    Epochs,
    /// How often the optimizer asked, for whatever.
    Evaluations,
    /// Which known minimum the run ended at.
    Minimum,
    /// The last loss.
    Loss,
    /// How the run ended.
    Outcome,
}

impl Quantity {
    /// The quantity of a cell as a number; minima are counted from 1, outcomes have their codes.
    pub fn of(self, cell: &Cell) -> f64 {
        match self {
            Self::Epochs => cell.epochs as f64,
            Self::Evaluations => cell.evaluations() as f64,
            Self::Minimum => f64::from(cell.minimum),
            Self::Loss => cell.loss,
            Self::Outcome => f64::from(cell.outcome as u8),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Epochs => "Epochs to the target",
            Self::Evaluations => "Evaluations to the target",
            Self::Minimum => "Where runs end",
            Self::Loss => "Last loss",
            Self::Outcome => "How runs end",
        }
    }
}

/// The cells of a map that a picture shows: all, or every second, third ... of each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thinning {
    size: [usize; 2],
    strides: [usize; 2],
}

impl Thinning {
    /// For a map of so many columns and rows.
    pub fn new(size: [usize; 2]) -> Self {
        Self {
            size,
            strides: size.map(|side| side.div_ceil(MOST_CELLS)),
        }
    }

    /// Whether cells are left out.
    pub fn strides(&self) -> [usize; 2] {
        self.strides
    }

    /// Columns and rows that are kept: of each stride its middle one.
    fn kept(&self) -> [usize; 2] {
        [0, 1].map(|i| (self.size[i] - self.strides[i] / 2).div_ceil(self.strides[i]))
    }

    fn keeps(&self, cell: usize) -> bool {
        let at = [cell % self.size[0], cell / self.size[0]];
        (0..2).all(|i| at[i] % self.strides[i] == self.strides[i] / 2)
    }

    /// The outer edges of what is kept, in data.
    fn edges(&self, axis: usize, nodes: &[f64]) -> [f64; 2] {
        let step = (nodes[nodes.len() - 1] - nodes[0]) / (nodes.len() - 1) as f64;
        let low = nodes[0] - step / 2.0;
        let kept = self.kept()[axis] * self.strides[axis];
        [low, low + step * kept as f64]
    }
}

/// What one optimizer did, as far as a picture shows it. It is filled cell by cell, so that no map need be held whole.
#[derive(Clone, Debug)]
pub struct StartPanel {
    /// The optimizer's name.
    pub title: String,
    /// Its robustness in a line.
    pub note: String,
    quantity: Quantity,
    thinning: Thinning,
    seen: usize,
    values: Vec<f64>,
    outcomes: Vec<Outcome>,
}

impl StartPanel {
    /// A panel without any cell.
    pub fn new(title: impl Into<String>, quantity: Quantity, thinning: Thinning) -> Self {
        Self {
            title: title.into(),
            note: String::new(),
            quantity,
            thinning,
            seen: 0,
            values: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    /// Takes the next cells, in the order of the grid.
    pub fn take(&mut self, cells: &[Cell]) {
        for cell in cells {
            if self.thinning.keeps(self.seen) {
                self.values.push(self.quantity.of(cell));
                self.outcomes.push(cell.outcome);
            }
            self.seen += 1;
        }
    }
}

/// A map of starts.
pub struct StartMap<'a> {
    /// What was made small.
    pub problem: &'a str,
    /// Names of the two weights.
    pub weights: [&'a str; 2],
    /// The starts.
    pub grid: &'a StartGrid,
    /// A panel for each optimizer, all of one quantity and all filled; at least one.
    pub panels: &'a [StartPanel],
    /// The loss at which runs were done, and the loss itself over the window: drawn as a line.
    pub target: Option<(f64, Field)>,
    /// The known minima.
    pub minima: &'a [Vec<f64>],
}

/// The loss over the window of a map, as fine as its line of the target needs it.
pub fn field(objective: &dyn thalweg::objective::Objective, window: Window) -> Field {
    Field::sample(objective, window, [SAMPLES, SAMPLES])
}

/// How the cells of a map are coloured.
struct Coloring {
    colors: Vec<Color>,
    /// What the colours that are no band of a scale mean, by class.
    names: Vec<(u8, String)>,
    color_bar: Option<ColorBar>,
    class: Box<dyn Fn(f64, Outcome) -> u8>,
}

impl StartMap<'_> {
    /// Lays the map out.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let quantity = self.panels[0].quantity;
        let thinning = self.panels[0].thinning;
        let coloring = self.coloring(quantity, theme);
        let classes: Vec<Vec<u8>> = self.panels.iter().map(|p| coloring.classes(p)).collect();
        let x = thinning.edges(0, &self.grid.xs);
        let y = thinning.edges(1, &self.grid.ys);
        let panels = self.panels.iter().zip(&classes).map(|(panel, classes)| {
            let heat_map = HeatMap {
                size: thinning.kept(),
                x,
                y,
                classes,
                colors: &coloring.colors,
            };
            let mut marks: Vec<Box<dyn Mark + '_>> = vec![Box::new(heat_map)];
            marks.extend(self.guides(theme));
            Panel {
                title: panel.title.clone(),
                note: panel.note.clone(),
                marks,
            }
        });
        let names: Vec<&str> = self.panels.iter().map(|p| &*p.title).collect();
        let aspect = (y[1] - y[0]) / (x[1] - x[0]);
        let panels = Panels {
            title: format!("{} from every start: {}", quantity.title(), self.problem),
            description: format!(
                "A map of starts for each of {}: {}.",
                names.join(", "),
                quantity.title()
            ),
            x: AxisSpan::linear(self.weights[0], x),
            y: AxisSpan::linear(self.weights[1], y),
            // A map that is much longer than it is wide would show nothing: it is drawn out to a square then.
            aspect: if (0.4..=1.6).contains(&aspect) {
                aspect
            } else {
                1.0
            },
            panels: panels.collect(),
            keys: self.keys(&coloring, &classes, theme),
            color_bar: coloring.color_bar.clone(),
        };
        panels.scene(theme)
    }

    fn coloring(&self, quantity: Quantity, theme: &Theme) -> Coloring {
        match quantity {
            Quantity::Epochs | Quantity::Evaluations => self.of_reached(quantity, theme),
            Quantity::Loss => self.of_loss(theme),
            Quantity::Minimum => self.of_minima(theme),
            Quantity::Outcome => of_outcomes(theme),
        }
    }

    /// Numbers that say something only where the target was reached.
    fn of_reached(&self, quantity: Quantity, theme: &Theme) -> Coloring {
        let cells = || self.panels.iter().flat_map(StartPanel::cells);
        let reached = cells().filter(|(_, outcome)| *outcome == Outcome::Reached);
        let bands = Bands::over(reached.map(|(v, _)| v), BANDS);
        let (missed, failed) = (bands.count() as u8, bands.count() as u8 + 1);
        let mut colors = bands.colors(theme);
        colors.extend([theme.missed, theme.failed]);
        Coloring {
            colors,
            names: vec![
                (missed, "target not reached".to_owned()),
                (failed, "diverged".to_owned()),
            ],
            color_bar: Some(bands.color_bar(quantity.title())),
            class: Box::new(move |v, outcome| match outcome {
                Outcome::Reached => bands.band(v),
                Outcome::Diverged => failed,
                _ => missed,
            }),
        }
    }

    fn of_loss(&self, theme: &Theme) -> Coloring {
        let cells = self.panels.iter().flat_map(StartPanel::cells);
        let finite = cells.filter(|(_, outcome)| *outcome != Outcome::Diverged);
        let bands = Bands::over(finite.map(|(v, _)| v), BANDS);
        let failed = bands.count() as u8;
        let mut colors = bands.colors(theme);
        colors.push(theme.failed);
        Coloring {
            colors,
            names: vec![(failed, "diverged".to_owned())],
            color_bar: Some(bands.color_bar(Quantity::Loss.title())),
            class: Box::new(move |v, outcome| match outcome {
                Outcome::Diverged => failed,
                _ => bands.band(v),
            }),
        }
    }

    fn of_minima(&self, theme: &Theme) -> Coloring {
        // As many as there are codes for; no problem knows a tenth of them.
        let count = self.minima.len().min(200);
        let failed = count as u8 + 1;
        let place = |m: &Vec<f64>| m.iter().map(|v| text::number(*v, 3)).collect::<Vec<_>>();
        let name = |(i, m): (usize, &Vec<f64>)| {
            let words = format!("minimum {} ({})", i + 1, place(m).join(", "));
            (i as u8 + 1, words)
        };
        let mut names = vec![(0, "at no known minimum".to_owned())];
        names.extend(self.minima.iter().take(count).enumerate().map(name));
        names.push((failed, "diverged".to_owned()));
        let mut colors = vec![theme.nothing];
        colors.extend((0..count).map(|i| theme.area(i)));
        colors.push(theme.failed);
        Coloring {
            colors,
            names,
            color_bar: None,
            class: Box::new(move |v, outcome| match outcome {
                Outcome::Diverged => failed,
                _ => (v as u8).min(failed - 1),
            }),
        }
    }

    /// The line of the target and the known minima.
    fn guides(&self, theme: &Theme) -> Vec<Box<dyn Mark + '_>> {
        let mut marks: Vec<Box<dyn Mark + '_>> = Vec::new();
        if let Some((level, field)) = &self.target {
            let casing = Stroke::new(theme.paper.with_opacity(0.7), 3.2);
            for stroke in [casing, target_line(theme)] {
                marks.push(Box::new(ContourLine {
                    field,
                    level: *level,
                    stroke,
                    label: None,
                }));
            }
        }
        if !self.minima.is_empty() {
            marks.push(Box::new(Dots {
                points: self.minima.iter().map(|m| [m[0], m[1]]).collect(),
                glyph: Glyph::Cross,
                color: theme.ink,
                radius: 5.0,
                label: None,
            }));
        }
        marks
    }

    /// The legend: what can be seen and no scale says.
    fn keys(&self, coloring: &Coloring, classes: &[Vec<u8>], theme: &Theme) -> Vec<Key> {
        let seen = |class: u8| classes.iter().flatten().any(|c| *c == class);
        let names = coloring.names.iter().filter(|(class, _)| seen(*class));
        let mut keys: Vec<Key> = names
            .map(|(class, name)| Key {
                label: name.clone(),
                sign: Sign::Square(coloring.colors[usize::from(*class)]),
            })
            .collect();
        if let Some((level, _)) = &self.target {
            keys.push(Key {
                label: format!("loss of the target, {}", text::number(*level, 4)),
                sign: Sign::Line(target_line(theme), None),
            });
        }
        if !self.minima.is_empty() {
            keys.push(Key {
                label: "known minimum".to_owned(),
                sign: Sign::Cross(theme.ink),
            });
        }
        keys
    }
}

fn target_line(theme: &Theme) -> Stroke {
    Stroke::new(theme.ink, 1.2).dashed([5.0, 3.0])
}

fn of_outcomes(theme: &Theme) -> Coloring {
    Coloring {
        colors: vec![
            theme.ramp_at(0.4),
            theme.missed,
            theme.nothing,
            theme.area(5),
            theme.failed,
        ],
        names: Outcome::ALL
            .map(|outcome| (outcome as u8, outcome.word().to_owned()))
            .to_vec(),
        color_bar: None,
        class: Box::new(|_, outcome| outcome as u8),
    }
}

impl Coloring {
    fn classes(&self, panel: &StartPanel) -> Vec<u8> {
        panel.cells().map(|(v, o)| (self.class)(v, o)).collect()
    }
}

impl StartPanel {
    fn cells(&self) -> impl Iterator<Item = (f64, Outcome)> {
        self.values
            .iter()
            .copied()
            .zip(self.outcomes.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_map_is_thinned_evenly() {
        let all = Thinning::new([3, 500]);
        assert_eq!((all.strides(), all.kept()), ([1, 1], [3, 500]));
        assert!((0..1500).all(|cell| all.keeps(cell)));
        let some = Thinning::new([1001, 2]);
        assert_eq!((some.strides(), some.kept()), ([3, 1], [334, 2]));
        let kept = (0..2002).filter(|cell| some.keeps(*cell)).count();
        assert_eq!(kept, 668);
        let nodes: Vec<f64> = (0..1001).map(f64::from).collect();
        assert_eq!(some.edges(0, &nodes), [-0.5, 1001.5]);
    }
}
