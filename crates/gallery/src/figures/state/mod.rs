//! The inner state of optimizers over the epochs, below their paths.

mod levels;

use super::{ConfiguredFigure, FigureInput, FigureStyle};
use crate::prelude::*;
use crate::{
    map::{LossMap, MapPath, SAMPLES, label},
    parts::{below::CaptionBlock, scaling::counts},
};
use levels::StatePlotInput;
use thalweg_plot::{page::Page, scale::Spacing, stack::StackedPlots, theme::PathStyle};

/// What each optimizer remembers, epoch by epoch, below its path on the map.
///
/// Every channel of the state has a plot of its own: a vector as one line a weight, or as a band where there are many
/// weights; a matrix by its eigenvalues. Step sizes and squares of gradients are on logarithmic axes.
#[derive(Clone, Debug, Describe)]
#[entry(id = "state", title = "Inner state over the epochs")]
pub struct StateFigure {
    /// The run that is shown, counted from 1; without it all are, beside each other.
    #[param(valid = 1.0..)]
    pub run: Option<u64>,
}

/// Height of a plot in px.
const LEVEL: f64 = 112.0;
/// The least height of a plot in px.
const LOWEST: f64 = 48.0;
/// A picture of so many heights or more is wide.
const WIDE: f64 = 1.3;
/// The map's share of the width of a wide picture.
const BESIDE: f64 = 0.45;
/// Width of one run alone, and of one of several.
const WIDTHS: [f64; 2] = [700.0, 620.0];
/// Height of the map as a share of its width.
const MAP: f64 = 0.8;

impl ConfiguredFigure for StateFigure {
    fn example(&self) -> &'static str {
        "--on article --with rprop"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        subject.check(self.asks())?;
        let runs = self.runs(subject)?;
        let field = subject
            .seen()
            .map(|view| view.field(view.window(), SAMPLES));
        let layout = ColumnLayout::new(look.size, runs.len(), field.is_some());
        let styles = subject.styles(look.theme);
        let column = |(run, name)| Column {
            subject,
            trace: &subject.traces[run],
            run,
            style: styles[run],
            name,
            layout,
            look,
        };
        let columns: Vec<Column> = runs.into_iter().map(column).collect();
        let maps: Vec<Scene> = columns
            .iter()
            .filter_map(|c| c.map(field.as_ref()?))
            .collect();
        let left = look.size.map(|[_, height]| {
            let above = maps.first().filter(|_| !layout.beside);
            height - above.map_or(0.0, |map| map.size[1])
        });
        let stacks: Vec<Scene> = columns.iter().map(|column| column.stack(left)).collect();
        let parts: Vec<&str> = stacks.iter().map(|stack| &*stack.description).collect();
        let page = Page {
            title: look.title(|| {
                format!(
                    "{}: inner state over the epochs",
                    subject.contest.problem.title
                )
            }),
            description: parts.join(" "),
            background: look.theme.paper,
            rows: if layout.beside {
                vec![maps.into_iter().chain(stacks).collect()]
            } else {
                [maps, stacks]
                    .into_iter()
                    .filter(|row| !row.is_empty())
                    .collect()
            },
        };
        let mut scene = page.scene();
        if let Some([width, height]) = look.size {
            // Plots that are as low as can be read may need more.
            scene.size = [width, height.max(scene.size[1])];
        }
        Ok(scene)
    }
}

/// How the parts of the picture of one run lie.
#[derive(Clone, Copy)]
struct ColumnLayout {
    /// Width of its map and of its plots, in px.
    widths: [f64; 2],
    /// Whether they stand side by side.
    beside: bool,
}

impl ColumnLayout {
    fn new(size: Option<[f64; 2]>, runs: usize, has_map: bool) -> Self {
        // In a wide picture one run's map stands beside its plots, which would be flat below it.
        let is_wide = size.is_some_and(|[width, height]| width >= WIDE * height);
        let beside = runs == 1 && has_map && is_wide;
        let width = match size {
            Some([width, _]) => (width / runs as f64).floor(),
            None => WIDTHS[usize::from(runs > 1)],
        };
        let shares = if beside {
            [BESIDE, 1.0 - BESIDE]
        } else {
            [1.0; 2]
        };
        Self {
            widths: shares.map(|share| (share * width).floor()),
            beside,
        }
    }
}

impl StateFigure {
    /// The numbers and names of the runs that are shown.
    fn runs<'s>(&self, subject: &'s FigureInput) -> Result<Vec<(usize, &'s str)>, Error> {
        let all = subject.labels().take(subject.traces.len()).enumerate();
        let all: Vec<(usize, &str)> = all.collect();
        if self.run.is_none() {
            return Ok(all);
        }
        let chosen = subject.run(self.run)?;
        Ok(vec![all[chosen]])
    }
}

/// One run: a map, and the plots of its state below.
struct Column<'a> {
    subject: &'a FigureInput<'a>,
    trace: &'a Trace,
    run: usize,
    style: PathStyle,
    name: &'a str,
    layout: ColumnLayout,
    look: FigureStyle<'a>,
}

impl Column<'_> {
    fn label(&self) -> String {
        label(self.name, self.trace)
    }

    fn map(&self, field: &Field) -> Option<Scene> {
        /// More numbers on a path would be a crowd.
        const MOST_NUMBERED: usize = 8;
        let view = self.subject.seen()?;
        let shown = self.subject.shown(self.trace.epochs());
        let numbered = match &self.subject.epochs {
            Some(_) if shown.end() - shown.start() < MOST_NUMBERED => shown.collect(),
            _ => Vec::new(),
        };
        // Where the picture may not grow, half of it is left for the plots below.
        let share = if self.layout.beside { 1.0 } else { 0.5 };
        let most = self
            .look
            .size
            .map_or(f64::INFINITY, |[_, height]| share * height);
        let label = self.label();
        let map = LossMap {
            size: [
                self.layout.widths[0],
                most.min(MAP * self.layout.widths[0]).round(),
            ],
            title: label.clone(),
            paths: vec![MapPath {
                trace: view.traces.get(self.run)?,
                style: self.style,
                label: &label,
            }],
            numbered,
            ..self.look.map(self.subject, field).ok()?
        };
        Some(map.scene(self.look.theme))
    }

    /// The plots, in so many px where that is given.
    fn stack(&self, height: Option<f64>) -> Scene {
        let (theme, shown) = (self.look.theme, self.subject.shown(self.trace.epochs()));
        let ends = [shown.start(), shown.end()].map(|e| *e as f64);
        let levels = StatePlotInput {
            trace: self.trace,
            shown,
            weights: &self.subject.contest.problem.weight_names,
            color: self.style.color,
            theme,
        };
        let drawn = levels.draw();
        let mut notes = drawn.notes;
        // Without a map the plots must say whose they are.
        if self.subject.seen().is_none() {
            notes.insert(0, format!("{}.", self.label()));
        }
        let below = CaptionBlock::new(Vec::new(), &notes, self.layout.widths[1], theme);
        let mut stack = StackedPlots {
            width: self.layout.widths[1],
            height: 0.0,
            title: self.label(),
            description: format!("{}. {}", self.label(), drawn.description),
            x: AxisSpan::counts("Epoch", counts(ends, Spacing::Linear), Spacing::Linear),
            levels: drawn.levels,
            keys: drawn.keys,
        };
        let count = stack.levels.len().max(1) as f64;
        stack.height = match height {
            Some(height) => {
                let fixed = stack.scene(theme).size[1] + below.height();
                ((height - fixed) / count).floor().max(LOWEST)
            }
            None => LEVEL,
        };
        let mut scene = stack.scene(theme);
        below.add_to(&mut scene);
        scene
    }
}
