//! Paths from many initial points, colored by where they end.

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle, PlaneView};
use crate::prelude::*;
use crate::{map::minimum_markers, parts::side_by_side::side_by_side};
use std::collections::{BTreeMap, BTreeSet};
use thalweg::{
    contender::ComparedOptimizer,
    map::{Outcome, StartGrid},
    optimizers,
};
use thalweg_plot::{legend::LegendHandle, marks::LineBundle, panels::Panel, text::number};

/// The paths of each optimizer from many initial points, colored by where they end.
#[derive(Clone, Debug, Describe)]
#[entry(id = "starts", title = "Paths from many initial points")]
pub struct StartsFigure {
    /// Number of initial points along each side of the map.
    #[param(default = 12, valid = 2.0..=60.0)]
    pub grid: u64,
    /// Epoch limit of each run.
    #[param(default = 2000, valid = 1.0..=100_000.0)]
    pub epochs: u64,
    /// Maximum length of each path in widths of the map. Short paths show their directions better than long ones, which
    /// overlap.
    #[param(default = 0.3, valid = 0.01..=1e6, slider = 0.05..=3.0, log)]
    pub reach: f64,
    /// Width of the path lines in px.
    #[param(default = 1.4, valid = 0.3..=4.0)]
    pub line: f64,
}

/// Points of a path that are closer than this share of the map cannot be distinguished.
const CLOSE: f64 = 0.003;

/// The end of a run, as shown by its color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PathEnding {
    /// At this known minimum, counted from 1; 0 means at none.
    At(u32),
    /// With this outcome.
    By(Outcome),
}

impl ConfiguredFigure for StartsFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Runs, FigureRequirement::Plane]
    }

    fn example(&self) -> &'static str {
        "--on himmelblau --with gradient-descent --with momentum"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let (view, theme, contest) = (subject.view()?, look.theme, subject.contest);
        for contender in &contest.contenders {
            optimizers::check_can_run(&contender.pick)?;
        }
        let window = view.window();
        let grid = StartGrid::new(inner(window, self.grid), [self.grid as usize; 2]);
        let (count, all) = (grid.cells(), grid.cells() * contest.contenders.len());
        let bundles = contest.contenders.iter().enumerate();
        let bundles = bundles.map(|(i, contender)| {
            let goes_on = |cell: usize| subject.should_continue(i * count + cell, all);
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
        let results = contest.contenders.iter().zip(&notes);
        let results = results.map(|(c, note)| match &**note {
            "" => c.label.clone(),
            note => format!("{}: {note}", c.label),
        });
        let results: Vec<String> = results.collect();
        let description = format!(
            "A map of the loss with the paths from {count} initial points, colored by where they end. {}.",
            results.join("; ")
        );
        let title = format!("{}: paths from {count} initial points", subject.title());
        let keys = keys(&bundles, view, theme);
        let along = losses(&bundles, view);
        side_by_side(subject, look, title, description, panels, keys, Some(along))
    }
}

/// Returns the window without half a cell at each edge.
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

/// The paths of an optimizer by their endings, and the number of runs that reached the target.
type PathsByEnding = (BTreeMap<PathEnding, Vec<Vec<[f64; 2]>>>, usize);

/// Returns the losses at the ends of all paths.
fn losses(bundles: &[PathsByEnding], view: &PlaneView) -> Vec<f64> {
    let lines = bundles.iter().flat_map(|(ends, _)| ends.values().flatten());
    let ends = lines.flat_map(|line| [line.first(), line.last()]);
    ends.flatten().map(|w| view.objective.value(w)).collect()
}

impl StartsFigure {
    /// Returns the paths of one optimizer on the map, and the known minima.
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
        marks.push(Box::new(minimum_markers(&view.minima, theme).0));
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
        let Some(view) = subject.optional_view() else {
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

    /// Returns the beginning of one path on the plane, the end of the run, and its outcome.
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
                let next = view.coordinates(run.weights());
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
        (line, view.coordinates(run.weights()), outcome)
    }
}

fn color(end: PathEnding, theme: &Theme) -> Color {
    match end {
        PathEnding::At(0) => theme.nothing,
        PathEnding::By(Outcome::EpochLimit) => theme.missed,
        // The colors of paths are used, because colors of areas include the blue of the map. Red marks diverged runs.
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
    keys.chain(minimum_markers(&view.minima, theme).1).collect()
}
