//! Explains one step of a matrix of weights by its singular values.
//!
//! The shape and the quantity of each channel determine what is drawn, so a new optimizer needs no code here.

mod facts;
mod panels;

use super::{
    ConfiguredFigure, EpochSelection, FigureInput, FigureRequirement, FigureStyle,
    step::{last_epoch, step_number},
};
use crate::prelude::*;
use facts::{LARGEST, MatrixStep};
use std::ops::RangeInclusive;
use thalweg::blocks::{Block, BlockKind};
use thalweg_plot::{page::Page, prose::TextColumn};

/// One step of a matrix of weights: the gradient, the state of the optimizer, and the step as matrices, with their singular
/// values.
///
/// Colors show the sign and the size of each element, relative to the largest one. Below each matrix, bars show its singular
/// values, or the eigenvalues of a square matrix of the state, relative to the largest one.
#[derive(Clone, Debug, Describe)]
#[entry(id = "matrix-step", title = "One step of a matrix")]
pub struct MatrixStepFigure {
    /// The step to explain, counted from 1. Without a value, it is the first of the selected epochs, or the middle of the run.
    #[param(valid = 1.0..)]
    pub epoch: Option<u64>,
    /// The run, counted from 1. Without a value, it is the selected run, or the first.
    #[param(valid = 1.0..)]
    pub run: Option<u64>,
    /// The matrix among those of the weights, counted from 1. Without a value, it is the first one with several rows and columns.
    #[param(valid = 1.0..)]
    pub matrix: Option<u64>,
    /// Whether the picture contains the explanation in words.
    #[param(default = true)]
    pub words: bool,
}

/// Default width of the picture in px.
const WIDTH: f64 = 1000.0;

impl ConfiguredFigure for MatrixStepFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs]
    }

    fn follows_playhead(&self) -> bool {
        true
    }

    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::Step
    }

    fn last_epoch(&self, selected: Option<&RangeInclusive<usize>>) -> Option<usize> {
        last_epoch(self.epoch, selected)
    }

    fn shows_single_steps(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on associative-memory --with muon --epochs 10..10"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        subject.check(self.requirements())?;
        let run = subject.run(self.run)?;
        let trace = &subject.traces[run];
        let number = step_number(subject, run, self.epoch)?;
        let block = self.block(&trace.blocks, &subject.contest.problem.title)?;
        check_size(block)?;
        let step = MatrixStep::new(subject, run, number, block);
        let name = subject.labels().nth(run).unwrap_or_default();
        let title = look.title(|| {
            let what = &block.name;
            format!("{}, {what}: step {number} of {name}", subject.title())
        });
        let width = look.size.map_or(WIDTH, |[width, _]| width);
        let mut rows = vec![vec![panels::heading(&title, width, look.theme)]];
        rows.extend(panels::rows(&step.matrices, width, look.theme));
        let paragraphs = step.paragraphs();
        let description = paragraphs.join(" ");
        if self.words {
            rows.push(vec![TextColumn { paragraphs, width }.scene(look.theme)]);
        }
        let page = Page {
            title,
            description,
            background: look.theme.background,
            rows,
        };
        let mut scene = page.scene();
        if let Some(height) = look.height() {
            scene.size[1] = scene.size[1].max(height);
        }
        Ok(scene)
    }
}

impl MatrixStepFigure {
    /// Returns the matrix to show.
    fn block<'b>(&self, blocks: &'b [Block], problem: &str) -> Result<&'b Block, Error> {
        let matrices = || {
            blocks
                .iter()
                .filter(|block| block.kind == BlockKind::Matrix)
        };
        let count = matrices().count();
        if count == 0 {
            return Err(Error::Settings(format!(
                "no weight of {problem} is part of a matrix: choose a problem with matrices, such as matrix-regression, \
                 associative-memory, or mlp, or draw the figure `step`"
            )));
        }
        let Some(chosen) = self.matrix else {
            let mut all = matrices();
            let wide = all.find(|block| block.shape.iter().all(|side| *side > 1));
            return Ok(wide.or_else(|| matrices().next()).unwrap_or(&blocks[0]));
        };
        let place = usize::try_from(chosen - 1).ok();
        let found = place.and_then(|place| matrices().nth(place));
        found.ok_or_else(|| Error::Value {
            key: "matrix".to_owned(),
            given: chosen.to_string(),
            allowed: match count {
                1 => "there is one matrix".to_owned(),
                count => format!("there are {count} matrices"),
            },
            nearest: None,
        })
    }
}

/// Checks that a matrix has few enough elements to be drawn.
fn check_size(block: &Block) -> Result<(), Error> {
    let [rows, columns] = block.shape;
    if rows.max(columns) <= LARGEST {
        return Ok(());
    }
    Err(Error::Settings(format!(
        "{} has {rows} rows and {columns} columns, too many to draw: choose a matrix with at most {LARGEST} of each, by the setting \
         `matrix`, or a smaller problem",
        block.name
    )))
}
