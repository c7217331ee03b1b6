//! Animations of runs: paths that grow epoch by epoch on the map or the surface, and predictions that move.

mod background;
mod dashes;
mod data_panel;
mod distribution;
mod legend;
mod run_animation;
mod timeline;

pub use distribution::{EpochSpacing, TimeDistribution, TimeUnit};
pub use run_animation::{AnimationOptions, AnimationView, MIN_SIDE, RunAnimation};
pub use timeline::PlaybackOptions;

use crate::prelude::*;
use background::AnimationBackground;
use dashes::PathDashes;
use data_panel::DataPanel;
use legend::AnimationLegend;
use run_animation::RunPosition;
use thalweg_plot::{
    animation::{Animation, FrameContent},
    page::Page,
    scene::Point,
    shapes::open_lines,
};

/// At this size in pixels, one px is one pixel. Larger pictures are magnified.
const PLAIN: [f64; 2] = [800.0, 600.0];
/// Minimum number of pixels per px; text would be unreadable below it.
const SMALLEST: f64 = 0.6;
/// Share of the width that the data use.
const BESIDE: f64 = 0.4;

impl<'a> RunAnimation<'a> {
    /// Returns the animation, ready to be written.
    pub fn animation(&'a self) -> Animation<'a> {
        let AnimationOptions { theme, pixels, .. } = self.options;
        let [width, height] = pixels.map(f64::from);
        let scale = (width / PLAIN[0]).min(height / PLAIN[1]).max(SMALLEST);
        let size = [width / scale, height / scale];
        let beside = if self.options.beside_data {
            size[0] * BESIDE
        } else {
            0.0
        };
        let (mut background, legend, top) = self.background(size, size[0] - beside);
        let mut scene = std::mem::replace(
            &mut background.scene,
            Scene::blank([0.0; 2], theme.background),
        );
        let network = self.subject.contest.problem.network.as_deref();
        let network = network.zip(self.data_content.as_ref());
        let data_panel = network.map(|(network, content)| {
            let place = [size[0] - beside, 0.0];
            let size = [beside, top];
            let (data, panel) =
                DataPanel::new(network, content, self.first_run(), size, place, theme);
            let page = Page {
                title: scene.title.clone(),
                description: scene.description.clone(),
                background: theme.background,
                rows: vec![vec![
                    std::mem::replace(&mut scene, Scene::blank([0.0; 2], theme.background)),
                    data,
                ]],
            };
            scene = page.scene();
            panel
        });
        // Rounding must not make the picture a pixel narrower.
        scene.size = size;
        let runs = self.view.traces.iter().enumerate();
        let paths = runs.map(|(i, trace)| {
            let below = &self.view.traces[..i];
            background.growing_path(trace, below, self.styles[i], theme)
        });
        let (growing_paths, dashes): (Vec<_>, Vec<_>) = paths.unzip();
        Animation {
            pixels,
            background: scene,
            clip: background.clip(),
            growing_paths,
            overlay: legend.static_nodes.clone(),
            timing: self.clock.timing,
            content: Box::new(move |picture| {
                let mut above = Vec::new();
                background.start(&self.view.start, theme, &mut above);
                self.partial_steps(picture, &background, &dashes, &mut above);
                self.content(picture, &background, &legend, data_panel.as_ref(), above)
            }),
            keep_going: Box::new(|| true),
        }
    }

    /// Returns the background, which is `across` px wide, and the legend in a picture of this size, and the height of the
    /// part above the legend. If the legend would cover a path or a text, it is below the map and the data.
    fn background(
        &self,
        size: [f64; 2],
        across: f64,
    ) -> (AnimationBackground<'_>, AnimationLegend, f64) {
        let background = AnimationBackground::new(self, [across, size[1]]);
        if let Some(legend) = AnimationLegend::inside(self, &background) {
            return (background, legend, size[1]);
        }
        let (legend, top) = AnimationLegend::below(self, &background, size);
        let background = AnimationBackground::new(self, [across, top]);
        (background, legend, top)
    }

    /// Returns the name of the first run, and its first and last weights.
    fn first_run(&self) -> (&str, [&[f64]; 2]) {
        let name = self.subject.labels().next().unwrap_or_default();
        let trace = &self.subject.traces[0];
        (name, [trace.at(0), trace.last()])
    }

    /// Returns the position of each run in a frame.
    fn places(&self, picture: usize) -> Vec<RunPosition> {
        let clock = self.clock.epoch(picture);
        let traces = self.view.traces.iter();
        traces.map(|trace| RunPosition::of(trace, clock)).collect()
    }

    /// Draws the part of the current step of each run that is already done.
    fn partial_steps(
        &self,
        picture: usize,
        background: &AnimationBackground,
        dashes: &[Option<PathDashes>],
        out: &mut Vec<Node>,
    ) {
        let theme = self.options.theme;
        let runs = self.view.traces.iter().zip(self.places(picture));
        for ((trace, place), (style, dashes)) in runs.zip(self.styles.iter().zip(dashes)) {
            let line = Stroke::new(style.color, background.line());
            let lines = background.partial_step(trace, &place);
            if lines.is_empty() {
                continue;
            }
            let drawn = match dashes {
                Some(dashes) => dashes.of(place.epoch, &lines),
                None => lines.clone(),
            };
            out.push(open_lines(lines, theme.cased(line)));
            out.push(open_lines(drawn, line));
        }
    }

    /// Returns a frame, given the nodes below the positions of the runs.
    fn content(
        &self,
        picture: usize,
        background: &AnimationBackground,
        legend: &AnimationLegend,
        data_panel: Option<&DataPanel>,
        mut above: Vec<Node>,
    ) -> FrameContent {
        let theme = self.options.theme;
        let places = self.places(picture);
        let runs = || self.view.traces.iter().zip(&places).enumerate();
        let here: Vec<Vec<f64>> = runs().map(|(_, (trace, at))| at.weights(trace)).collect();
        for (i, (w, place)) in here.iter().zip(&places).enumerate() {
            let trace = &self.view.traces[i];
            background.search_state(trace, place.epoch, self.styles[i], &mut above);
            let rings = background.at_same_place(w, &here[i + 1..]);
            let state = (place.ended, rings);
            background.exit(i, place.epoch, theme, &mut above);
            background.head(w, state, self.styles[i].color, theme, &mut above);
        }
        legend.write(self, &places, &mut above);
        if let Some(panel) = data_panel {
            let weights = self.subject.traces.iter().zip(&places);
            let weights = weights.map(|(trace, place)| place.weights(trace));
            let runs: Vec<_> = weights.zip(self.styles.iter().copied()).collect();
            panel.draw(&runs, theme, &mut above);
        }
        FrameContent {
            grown: places.iter().map(|place| place.epoch).collect(),
            above,
        }
    }
}

/// Draws lines with an outline that separates them from the background.
fn draw_outlined(lines: Vec<Vec<Point>>, casing: Stroke, line: Stroke, out: &mut Vec<Node>) {
    if lines.is_empty() {
        return;
    }
    out.push(open_lines(lines.clone(), casing));
    out.push(open_lines(lines, line));
}
