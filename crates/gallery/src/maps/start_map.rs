//! Maps of the results by initial point: epochs, minimum, or outcome. Each optimizer has a panel.

pub use super::thinning::CellSubsampling;

use super::coloring::{CellValue as Colored, Coloring};
use crate::map::{aspect, minimum_markers};
use crate::prelude::*;
use std::borrow::Cow;
use thalweg::map::{Outcome, StartCell, StartGrid};
use thalweg_plot::{
    legend::LegendHandle,
    marks::{ContourLine, HeatMap},
    panels::{Panel, Panels},
    text,
};

/// Number of samples of the loss along each side, for the target line.
const SAMPLES: usize = 161;

/// The quantity that a map of initial points shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartQuantity {
    /// Number of epochs to the target.
    Epochs,
    /// Number of evaluations: calls of the loss, the gradient, or the Hessian.
    Evaluations,
    /// The known minimum at which the run ended.
    Minimum,
    /// The final loss.
    Loss,
    /// The outcome of the run.
    Outcome,
}

impl StartQuantity {
    /// Returns the quantity of a cell as a number. Minima are counted from 1; outcomes have codes.
    pub fn of(self, cell: &StartCell) -> f64 {
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
            Self::Minimum => "Minimum at the end of the run",
            Self::Loss => "Final loss",
            Self::Outcome => "Outcome of the run",
        }
    }
}

/// The results of one optimizer, reduced to what a picture shows. The panel is filled cell by cell, so no complete map
/// is needed in memory.
#[derive(Clone, Debug)]
pub struct StartPanel {
    /// The optimizer's name.
    pub title: String,
    /// Summary of its robustness in one line.
    pub note: String,
    quantity: StartQuantity,
    thinning: CellSubsampling,
    seen: usize,
    values: Vec<f64>,
    outcomes: Vec<Outcome>,
}

impl StartPanel {
    /// Creates an empty panel.
    pub fn new(
        title: impl Into<String>,
        quantity: StartQuantity,
        thinning: CellSubsampling,
    ) -> Self {
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

    /// Adds the next cells in the order of the grid.
    pub fn take(&mut self, cells: &[StartCell]) {
        for cell in cells {
            if self.thinning.keeps(self.seen) {
                self.values.push(self.quantity.of(cell));
                self.outcomes.push(cell.outcome);
            }
            self.seen += 1;
        }
    }

    fn cells(&self) -> impl Iterator<Item = Colored> {
        let outcomes = self.outcomes.iter().copied();
        self.values.iter().copied().zip(outcomes)
    }
}

/// A map of initial points.
pub struct StartMap<'a> {
    /// Title of the problem.
    pub problem: &'a str,
    /// Names of the two weights.
    pub weights: [&'a str; 2],
    /// The grid of initial points.
    pub grid: &'a StartGrid,
    /// The panels of the optimizers, all filled and with the same quantity; at least one.
    pub panels: &'a [StartPanel],
    /// The target loss and the loss in the window, for the target line.
    pub target: Option<(f64, Field)>,
    /// The known minima.
    pub minima: &'a [Vec<f64>],
}

/// Samples the loss in the window of a map with the resolution of the target line.
pub fn field(objective: &dyn thalweg::objective::Objective, window: Window) -> Field {
    Field::sample(objective, window, [SAMPLES, SAMPLES])
}

impl StartMap<'_> {
    /// Draws the map.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let quantity = self.panels[0].quantity;
        let thinning = self.panels[0].thinning;
        let coloring = self.coloring(quantity, theme);
        let classes = self.panels.iter().map(|p| coloring.classes(p.cells()));
        let classes: Vec<Vec<u8>> = classes.collect();
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
        let spans = [(0, x), (1, y)].map(|(i, edges)| AxisSpan::linear(self.weights[i], edges));
        let aspect = aspect(&spans);
        let [x, y] = spans;
        let panels = Panels {
            x,
            y,
            aspect,
            title: format!("{} by initial point: {}", quantity.title(), self.problem),
            description: format!(
                "A map of initial points for each of {}: {}.",
                names.join(", "),
                quantity.title()
            ),
            panels: panels.collect(),
            width: None,
            height: None,
            keys: self.keys(&coloring, &classes, theme),
            color_bar: coloring.color_bar.clone(),
        };
        panels.scene(theme)
    }

    fn coloring(&self, quantity: StartQuantity, theme: &Theme) -> Coloring {
        let (cells, title) = (
            self.panels.iter().flat_map(StartPanel::cells),
            quantity.title(),
        );
        match quantity {
            StartQuantity::Epochs | StartQuantity::Evaluations => {
                Coloring::of_reached(cells, title, "target not reached", theme)
            }
            StartQuantity::Loss => Coloring::of_numbers(cells, title, theme),
            StartQuantity::Minimum => Coloring::of_minima(self.minima, theme),
            StartQuantity::Outcome => Coloring::of_outcomes(theme),
        }
    }

    /// Returns the target line and the known minima.
    fn guides(&self, theme: &Theme) -> Vec<Box<dyn Mark + '_>> {
        let mut marks: Vec<Box<dyn Mark + '_>> = Vec::new();
        if let Some((level, field)) = &self.target {
            let casing = Stroke::new(theme.background.with_opacity(0.7), 3.2);
            for stroke in [casing, target_line(theme)] {
                marks.push(Box::new(ContourLine {
                    field: Cow::Borrowed(field),
                    level: *level,
                    stroke,
                    label: None,
                }));
            }
        }
        let (dots, _) = minimum_markers(self.minima, theme);
        marks.push(Box::new(dots));
        marks
    }

    /// Returns legend entries for everything visible that is not on the color bar.
    fn keys(&self, coloring: &Coloring, classes: &[Vec<u8>], theme: &Theme) -> Vec<LegendEntry> {
        let mut keys = coloring.keys(classes);
        let line = self
            .target
            .as_ref()
            .filter(|(level, field)| field.crosses(*level));
        if let Some((level, _)) = line {
            keys.push(LegendEntry {
                label: format!("target loss, {}", text::number(*level, 4)),
                sign: LegendHandle::Line(target_line(theme), None),
            });
        }
        keys.extend(minimum_markers(self.minima, theme).1);
        keys
    }
}

fn target_line(theme: &Theme) -> Stroke {
    Stroke::new(theme.foreground, 1.2).dashed([5.0, 3.0])
}
