//! Paths from many starts, in the colours of where they end.

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle, PlaneView};
use crate::prelude::*;
use crate::{map::known_minima, parts::side_by_side::side_by_side};
use std::collections::{BTreeMap, BTreeSet};
use thalweg::{
    contender::ComparedOptimizer,
    map::{Outcome, StartGrid},
};
use thalweg_plot::{legend::LegendHandle, marks::LineBundle, panels::Panel, text::number};

/// Which way each optimizer goes from many starts, in the colours of where it ends.
#[derive(Clone, Debug, Describe)]
#[entry(id = "starts", title = "Paths from many starts")]
pub struct StartsFigure {
    /// Starts along each side of the map.
    #[param(default = 12, valid = 2.0..=60.0)]
    pub grid: u64,
    /// Most epochs of each run.
    #[param(default = 2000, valid = 1.0..=100_000.0)]
    pub epochs: u64,
    /// How far each path is drawn, in widths of the map: the beginnings show more than all of the ways together.
    #[param(default = 0.3, valid = 0.01..=1e6, slider = 0.05..=3.0, log)]
    pub reach: f64,
    /// Width of the paths' lines in px.
    #[param(default = 1.4, valid = 0.3..=4.0)]
    pub line: f64,
}

/// Points of a path that lie nearer to each other than this share of the map could not be told apart.
const CLOSE: f64 = 0.003;

/// How a run ended, as far as its colour tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PathEnding {
    /// At this known minimum, counted from 1, or at none.
    At(u32),
    /// In this way.
    By(Outcome),
}

impl ConfiguredFigure for StartsFigure {
    fn asks(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs, FigureRequirement::Plane]
    }

    fn example(&self) -> &'static str {
        "--on himmelblau --with gradient-descent --with momentum"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let (view, theme, contest) = (subject.view()?, look.theme, subject.contest);
        let window = view.window();
        let grid = StartGrid::new(inner(window, self.grid), [self.grid as usize; 2]);
        let (count, all) = (grid.cells(), grid.cells() * contest.contenders.len());
        let bundles = contest.contenders.iter().enumerate();
        let bundles = bundles.map(|(i, contender)| {
            let goes_on = |cell: usize| subject.goes_on(i * count + cell, all);
            self.bundle(subject, contender, &grid, window, &goes_on)
        });
        let bundles: Vec<PathsByEnding> = bundles.collect();
        let has_target = contest.budget.target.is_some();
        let notes = bundles.iter().map(|(_, reached)| {
            if has_target {
                format!("{reached} of {count} runs reached the target")
            } else {
                String::new()
            }
        });
        let notes: Vec<String> = notes.collect();
        let panels = contest.contenders.iter().zip(&bundles).zip(&notes);
        let panels = panels.map(|((contender, (ends, _)), note)| Panel {
            title: contender.label.clone(),
            note: note.clone(),
            marks: self.marks(ends, view, theme),
        });
        let told = contest.contenders.iter().zip(&notes);
        let told = told.map(|(c, note)| match &**note {
            "" => c.label.clone(),
            note => format!("{}: {note}", c.label),
        });
        let told: Vec<String> = told.collect();
        let description = format!(
            "A map of the loss with the paths from {count} starts, in the colours of where they end. {}.",
            told.join("; ")
        );
        let title = format!("{}: paths from {count} starts", subject.title());
        let keys = keys(&bundles, view, theme);
        side_by_side(subject, look, title, description, panels, keys)
    }
}

/// The window without half a cell at each edge.
fn inner(window: Window, cells: u64) -> Window {
    let span = |[low, high]: [f64; 2]| {
        let margin = 0.5 * (high - low) / cells as f64;
        [low + margin, high - margin]
    };
    Window {
        w1: span(window.w1),
        w2: span(window.w2),
    }
}

/// The paths of an optimizer by how they ended, and how many of them reached the target.
type PathsByEnding = (BTreeMap<PathEnding, Vec<Vec<[f64; 2]>>>, usize);

impl StartsFigure {
    /// The paths of one optimizer on the map, and the known minima.
    fn marks(
        &self,
        ends: &BTreeMap<PathEnding, Vec<Vec<[f64; 2]>>>,
        view: &PlaneView,
        theme: &Theme,
    ) -> Vec<Box<dyn Mark>> {
        let threads = ends.iter().map(|(end, lines)| LineBundle {
            id: "threads".to_owned(),
            lines: lines.clone(),
            color: color(*end, theme),
            width: self.line,
            label: None,
        });
        let mut marks: Vec<Box<dyn Mark>> = Vec::new();
        marks.extend(threads.map(|threads| Box::new(threads) as Box<dyn Mark>));
        marks.push(Box::new(known_minima(&view.minima, theme).0));
        marks
    }

    fn bundle(
        &self,
        subject: &FigureInput,
        contender: &ComparedOptimizer,
        grid: &StartGrid,
        window: Window,
        goes_on: &dyn Fn(usize) -> bool,
    ) -> PathsByEnding {
        let mut bundle: PathsByEnding = (BTreeMap::new(), 0);
        let Some(view) = subject.seen() else {
            return bundle;
        };
        for cell in (0..grid.cells()).take_while(|cell| goes_on(*cell)) {
            let start = grid.start(cell);
            let (line, last, outcome) = self.path(subject, view, contender, start, window);
            let end = match outcome {
                Outcome::Diverged => PathEnding::By(outcome),
                _ if view.minima.len() > 1 => PathEnding::At(grid.minimum(&view.minima, last)),
                _ => PathEnding::By(outcome),
            };
            bundle.0.entry(end).or_default().push(line);
            bundle.1 += usize::from(outcome == Outcome::Reached);
        }
        bundle
    }

    /// The beginning of one path on the plane, where the run ended, and how.
    fn path(
        &self,
        subject: &FigureInput,
        view: &PlaneView,
        contender: &ComparedOptimizer,
        start: [f64; 2],
        window: Window,
    ) -> (Vec<[f64; 2]>, [f64; 2], Outcome) {
        let contest: &PreparedExperiment = subject.contest;
        let shown = subject.shown(self.epochs);
        let sides = [window.w1, window.w2].map(|[low, high]| high - low);
        let mut run = contest.run_from(contender, &view.weights(start));
        let (mut line, mut left): (Vec<[f64; 2]>, _) = (Vec::new(), self.reach);
        loop {
            if left > 0.0 && shown.contains(&(run.epoch() as usize)) {
                let next = view.place(run.weights());
                match line.last() {
                    None => line.push(next),
                    Some(last) => {
                        let way = [0, 1].map(|i| (next[i] - last[i]) / sides[i]);
                        let long = (way[0] * way[0] + way[1] * way[1]).sqrt();
                        if long > left {
                            let t = left / long;
                            let [x, y] = *last;
                            line.push([x + t * (next[0] - x), y + t * (next[1] - y)]);
                            left = 0.0;
                        } else if long >= CLOSE {
                            line.push(next);
                            left -= long;
                        }
                    }
                }
            }
            if run.epoch() >= self.epochs || !run.advance() {
                break;
            }
        }
        let outcome = run.stop().map_or(Outcome::EpochLimit, Outcome::from);
        (line, view.place(run.weights()), outcome)
    }
}

fn color(end: PathEnding, theme: &Theme) -> Color {
    match end {
        PathEnding::At(0) => theme.nothing,
        PathEnding::By(Outcome::EpochLimit) => theme.missed,
        // Colours of paths, not of areas, which are blue as the map is; red is for those that go out of all bounds.
        PathEnding::At(i) => {
            theme
                .path([1, 2, 4, 6, 5, 0, 7][(i as usize - 1) % 7])
                .color
        }
        PathEnding::By(Outcome::Reached) => theme.path(1).color,
        PathEnding::By(Outcome::Converged) => theme.path(2).color,
        PathEnding::By(Outcome::NoStep) => theme.path(5).color,
        PathEnding::By(Outcome::Diverged) => theme.failed,
    }
}

fn keys(bundles: &[PathsByEnding], view: &PlaneView, theme: &Theme) -> Vec<LegendEntry> {
    let name = |end: &PathEnding| match end {
        PathEnding::At(0) => "at no known minimum".to_owned(),
        PathEnding::At(i) => {
            let m = &view.minima[*i as usize - 1];
            format!("to ({}, {})", number(m[0], 3), number(m[1], 3))
        }
        PathEnding::By(outcome) => outcome.word().to_owned(),
    };
    let key = |end: &PathEnding| LegendEntry {
        label: name(end),
        sign: LegendHandle::Dot(color(*end, theme)),
    };
    let ends: BTreeSet<&PathEnding> = bundles.iter().flat_map(|(ends, _)| ends.keys()).collect();
    let keys = ends.into_iter().map(key);
    keys.chain(known_minima(&view.minima, theme).1).collect()
}
