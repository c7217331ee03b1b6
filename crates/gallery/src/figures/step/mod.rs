//! One step, explained by what the optimizer shows of its inner state.
//!
//! What is drawn follows from the shape and the quantity of each channel, so that a new optimizer is explained like all
//! others.

mod along;
mod around;
mod marks;
mod model;
mod moment;
mod vectors;

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle};
use crate::prelude::*;
use moment::StepView;
use thalweg_plot::{legend, page::Page, prose::TextColumn, shapes::group};

/// One step of a run: what the optimizer knows, where it goes, and the loss along the way.
#[derive(Clone, Debug, Describe)]
#[entry(id = "step", title = "One step explained")]
pub struct StepFigure {
    /// Which step, counted from 1; where none is given the first of the epochs that are shown, else the one in the middle of
    /// the run.
    #[param(valid = 1.0..)]
    pub epoch: Option<u64>,
    /// Which run, counted from 1; where none is given the one that is looked at, else the first.
    #[param(valid = 1.0..)]
    pub run: Option<u64>,
    /// Whether what each quantity is and does is told in words.
    #[param(default = true)]
    pub words: bool,
}

/// Width and height in px of the map, and of the loss along the step.
const MAP: [f64; 2] = [620.0, 520.0];
const LINE: [f64; 2] = [460.0, 520.0];
/// In a picture less wide than this, in px, they stand below each other.
const SIDE_BY_SIDE: f64 = 700.0;

impl ConfiguredFigure for StepFigure {
    fn asks(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs, FigureRequirement::Plane]
    }

    fn follows(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on article --with rprop --epochs 12..12"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let theme = look.theme;
        subject.check(self.asks())?;
        let run = subject.run(self.run)?;
        let moment = StepView::new(subject, run, self.number(subject, run)?)?;
        let stacked = look.size.is_some_and(|[width, _]| width < SIDE_BY_SIDE);
        let [map, line] = match look.size {
            // Below each other; the height follows.
            Some([width, _]) if stacked => {
                [MAP, LINE].map(|size| [width, size[1] / size[0] * width])
            }
            Some([width, height]) => {
                let share = MAP[0] / (MAP[0] + LINE[0]);
                [[share * width, height], [(1.0 - share) * width, height]]
            }
            None => [MAP, LINE],
        };
        let width = if stacked { map[0] } else { map[0] + line[0] };
        let paragraphs = moment
            .told(subject.contest.randomness.is_none())
            .paragraphs();
        let title = look.title(|| {
            let (number, name) = (moment.number, moment.name);
            format!("{}: step {number} of {name}", subject.title())
        });
        let (map, mut keys) = around::scene(&moment, title.clone(), map, look);
        let (line, more) = along::scene(&moment, line, theme);
        // Points are on both.
        let more = more.into_iter();
        let more: Vec<LegendEntry> = more
            .filter(|key| keys.iter().all(|other| other.label != key.label))
            .collect();
        keys.extend(more);
        let mut rows = if stacked {
            vec![vec![map], vec![line]]
        } else {
            vec![vec![map, line]]
        };
        rows.push(vec![key_scene(&keys, width, theme)]);
        let description = paragraphs.join(" ");
        if self.words {
            rows.push(vec![TextColumn { paragraphs, width }.scene(theme)]);
        }
        let page = Page {
            title,
            description,
            background: theme.paper,
            rows,
        };
        Ok(page.scene())
    }
}

impl StepFigure {
    /// Which step is explained.
    fn number(&self, subject: &FigureInput, run: usize) -> Result<usize, Error> {
        let last = subject.traces[run].epochs() as usize;
        let asked = match (self.epoch, &subject.epochs) {
            (Some(epoch), _) => Some(epoch as usize),
            (None, Some(shown)) => Some((*shown.start()).max(1)),
            (None, None) if subject.now.is_some() => Some((*subject.gone(run).end()).max(1)),
            (None, None) => None,
        };
        let name = subject.labels().nth(run).unwrap_or_default();
        match asked {
            _ if last == 0 => Err(Error::Settings(format!(
                "{name} made no step, so there is none to explain: {}",
                subject.traces[run].stop
            ))),
            Some(asked) if asked > last => Err(Error::Settings(format!(
                "{name} made {last} steps: there is no step {asked}"
            ))),
            Some(asked) => Ok(asked),
            None => Ok(last.div_ceil(2)),
        }
    }
}

/// The signs of both pictures below them.
fn key_scene(keys: &[LegendEntry], width: f64, theme: &Theme) -> Scene {
    const MARGIN: f64 = 26.0;
    let (nodes, height) = legend::rows(keys, [MARGIN, 4.0], width - 2.0 * MARGIN, theme);
    Scene {
        nodes: vec![group("legend", nodes)],
        ..Scene::blank([width, (height + 14.0).round()], theme.paper)
    }
}

/// The loss along one step of a run alone, with what a line search tried, numbered in its order.
///
/// # Errors
/// There is no such run or step, or the problem has no plane.
pub fn along_step(
    subject: &FigureInput,
    run: usize,
    epoch: usize,
    size: [f64; 2],
    theme: &Theme,
) -> Result<Scene, Error> {
    let step = StepFigure {
        epoch: Some(epoch as u64),
        run: None,
        words: false,
    };
    let moment = StepView::new(subject, run, step.number(subject, run)?)?;
    let (line, keys) = along::scene(&moment, size, theme);
    let page = Page {
        title: line.title.clone(),
        description: moment.told(false).search().unwrap_or_default(),
        background: theme.paper,
        rows: vec![vec![line], vec![key_scene(&keys, size[0], theme)]],
    };
    Ok(page.scene())
}
