//! The state of optimizers over the epochs, below their paths.

mod channel_rows;
mod levels;

use super::{ConfiguredFigure, FigureInput, FigureStyle};
use crate::prelude::*;
use crate::{
    map::{LossMap, MapPath, NumberedSteps, SAMPLES, label, search_state},
    parts::{caption::CaptionBlock, scaling::counts},
};
use levels::StatePlotInput;
use thalweg_plot::{page::Page, scale::Spacing, stack::StackedPlots, theme::PathStyle};

/// The state of each optimizer by epoch, below its path on the map.
///
/// Every channel of the state has its own plot. A vector is drawn as one line per weight, or as a band if there are
/// many weights. A matrix is drawn by its eigenvalues. Step sizes and squared gradients have logarithmic axes.
#[derive(Clone, Debug, Describe)]
#[entry(id = "state", title = "Optimizer state over the epochs")]
pub struct StateFigure {
    /// The run to show, counted from 1. Without a value, all runs are shown side by side.
    #[param(valid = 1.0..)]
    pub run: Option<u64>,
}

/// Height of a plot in px.
const LEVEL: f64 = 112.0;
/// Minimum height of a plot in px.
const LOWEST: f64 = 48.0;
/// A picture with at least this ratio of width to height is wide.
const WIDE: f64 = 1.3;
/// Share of the width that the map uses in a wide picture.
const BESIDE: f64 = 0.45;
/// Width of a single run, and of one of several runs.
const WIDTHS: [f64; 2] = [700.0, 620.0];
/// Height of the map as a share of its width.
const MAP: f64 = 0.8;

impl ConfiguredFigure for StateFigure {
    fn shows_single_steps(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on article --with rprop"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        subject.check(self.requirements())?;
        let runs = self.runs(subject)?;
        let field = subject
            .optional_view()
            .map(|view| view.field(view.window(), SAMPLES));
        let per_row = runs_per_row(look.size, runs.len());
        let row = row_style(look, runs.len().div_ceil(per_row));
        let layout = ColumnLayout::new(row.size, per_row, field.is_some());
        let styles = subject.styles(look.theme);
        let column = |(run, name)| Column {
            subject,
            trace: &subject.traces[run],
            run,
            style: styles[run],
            name,
            layout,
            look: row,
        };
        let columns: Vec<Column> = runs.into_iter().map(column).collect();
        let maps: Vec<Scene> = columns
            .iter()
            .filter_map(|c| c.map(field.as_ref()?))
            .collect();
        let left = row.height().map(|height| {
            let above = maps.first().filter(|_| !layout.beside);
            height - above.map_or(0.0, |map| map.size[1])
        });
        let stacks: Vec<Scene> = columns.iter().map(|column| column.stack(left)).collect();
        let parts: Vec<&str> = stacks.iter().map(|stack| &*stack.description).collect();
        let page = Page {
            title: look.title(|| {
                format!(
                    "{}: optimizer state over the epochs",
                    subject.contest.problem.title
                )
            }),
            description: parts.join(" "),
            background: look.theme.background,
            rows: if layout.beside {
                vec![maps.into_iter().chain(stacks).collect()]
            } else {
                let rows = stacks.chunks(per_row).enumerate();
                let rows = rows.flat_map(|(i, stacks)| {
                    let maps = maps.chunks(per_row).nth(i).unwrap_or_default();
                    [maps.to_vec(), stacks.to_vec()]
                });
                rows.filter(|row| !row.is_empty()).collect()
            },
        };
        let mut scene = page.scene();
        if let (Some([width, _]), Some(height)) = (look.size, look.height()) {
            // Plots at their minimum height may need more space than the given height.
            scene.size = [width, height.max(scene.size[1])];
        }
        Ok(scene)
    }
}

/// Returns the number of runs beside each other: all of them, unless their texts would overlap in a picture of this size.
fn runs_per_row(size: Option<[f64; 2]>, runs: usize) -> usize {
    const NARROWEST: f64 = 300.0;
    let room = size.map_or(usize::MAX, |[width, _]| (width / NARROWEST) as usize);
    runs.min(room).max(1)
}

/// Returns the style of one of several rows of runs.
fn row_style(look: FigureStyle, rows: usize) -> FigureStyle {
    const LOWEST: f64 = 420.0;
    let share = |[width, height]: [f64; 2]| match rows {
        0 | 1 => [width, height],
        _ => [width, (height / rows as f64).max(LOWEST)],
    };
    FigureStyle {
        size: look.size.map(share),
        ..look
    }
}

/// The layout of one run.
#[derive(Clone, Copy)]
struct ColumnLayout {
    /// Width of the map and of the plots in px.
    widths: [f64; 2],
    /// Whether the map and the plots are side by side.
    beside: bool,
}

impl ColumnLayout {
    fn new(size: Option<[f64; 2]>, runs: usize, has_map: bool) -> Self {
        // In a wide picture, plots below the map would be too flat.
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
    /// Returns the indices and names of the runs to show.
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

/// One run: a map, and the plots of its state below it.
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
        /// More numbers on a path would be unreadable.
        const MOST_NUMBERED: usize = 8;
        let view = self.subject.optional_view()?;
        let shown = self.subject.shown(self.trace.epochs());
        let numbered = match &self.subject.epochs {
            Some(_) if shown.end() - shown.start() < MOST_NUMBERED => Some(NumberedSteps {
                trace: view.traces.get(self.run)?,
                steps: shown.collect(),
            }),
            _ => None,
        };
        let elapsed = self.subject.elapsed_traces().ok()?;
        // In a picture of fixed size, half of the height is reserved for the plots.
        let share = if self.layout.beside { 1.0 } else { 0.5 };
        let most = self.look.height();
        let most = most.map_or(f64::INFINITY, |height| share * height);
        let label = self.label();
        let map = LossMap {
            size: [
                self.layout.widths[0],
                most.min(MAP * self.layout.widths[0]).round(),
            ],
            title: label.clone(),
            paths: vec![MapPath {
                trace: elapsed.get(self.run)?,
                style: self.style,
                label: &label,
            }],
            numbered,
            state: search_state(
                view.traces.get(self.run)?,
                *self.subject.path_epochs(self.run).end(),
                self.style,
            ),
            ..self.look.map(self.subject, field).ok()?
        };
        Some(map.scene(self.look.theme))
    }

    /// Draws the plots, with this total height in px if one is given.
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
        if let Some(gap) = self
            .subject
            .plane_gap(self.run, self.trace.epochs() as usize)
        {
            let [distance, losses] = gap.words();
            notes.insert(0, format!("The end is {distance}: {losses}."));
        }
        // Without a map, the plots must name their run.
        if self.subject.optional_view().is_none() {
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
