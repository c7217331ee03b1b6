//! Runs as they go: paths that grow epoch by epoch over the map or the surface, and the data's boundary that turns.

mod board;
mod boundary;
mod ground;
mod pace;
mod race;

pub use pace::{EpochSpacing, PlaybackOptions};
pub use race::{AnimationOptions, AnimationView, LEAST_SIDE, RunAnimation};

use crate::prelude::*;
use board::AnimationLegend;
use boundary::BoundaryPlot;
use ground::AnimationBackground;
use race::RunPosition;
use thalweg_plot::{
    animation::{Animation, FrameContent},
    page::Page,
    scene::Point,
    shapes::open_lines,
};

/// At this size in pixels a px is a pixel; larger pictures are the same, enlarged.
const PLAIN: [f64; 2] = [800.0, 600.0];
/// Pixels to the px at the least: below, nobody could read the words.
const SMALLEST: f64 = 0.6;
/// Share of the width that the data take.
const BESIDE: f64 = 0.4;

impl<'a> RunAnimation<'a> {
    /// The animation, ready to be written.
    pub fn animation(&'a self) -> Animation<'a> {
        let AnimationOptions { theme, pixels, .. } = self.staging;
        let [width, height] = pixels.map(f64::from);
        let scale = (width / PLAIN[0]).min(height / PLAIN[1]).max(SMALLEST);
        let size = [width / scale, height / scale];
        let beside = if self.staging.beside_data {
            size[0] * BESIDE
        } else {
            0.0
        };
        let mut ground = AnimationBackground::new(self, [size[0] - beside, size[1]]);
        let board = AnimationLegend::new(self, &ground);
        let mut scene = std::mem::replace(&mut ground.scene, Scene::blank([0.0; 2], theme.paper));
        let network = self.subject.contest.problem.network.as_deref();
        let boundary = network.filter(|_| self.staging.beside_data).map(|network| {
            let place = [size[0] - beside, 0.0];
            let size = [beside, size[1]];
            let (data, boundary) = BoundaryPlot::new(network, &self.classes, size, place, theme);
            let page = Page {
                title: scene.title.clone(),
                description: scene.description.clone(),
                background: theme.paper,
                rows: vec![vec![
                    std::mem::replace(&mut scene, Scene::blank([0.0; 2], theme.paper)),
                    data,
                ]],
            };
            scene = page.scene();
            boundary
        });
        // Rounding in the sums must not make the picture a pixel narrower.
        scene.size = size;
        let ways = self.view.traces.iter().enumerate();
        Animation {
            pixels,
            background: scene,
            clip: ground.clip(),
            ways: ways
                .map(|(i, trace)| ground.way(trace, self.colors[i], theme))
                .collect(),
            lid: board.lasting.clone(),
            timing: self.clock.timing,
            moment: Box::new(move |picture| {
                self.moment(picture, &ground, &board, boundary.as_ref())
            }),
        }
    }

    fn moment(
        &self,
        picture: usize,
        ground: &AnimationBackground,
        board: &AnimationLegend,
        boundary: Option<&BoundaryPlot>,
    ) -> FrameContent {
        let theme = self.staging.theme;
        let clock = self.clock.epoch(picture);
        let places = self
            .view
            .traces
            .iter()
            .map(|trace| RunPosition::of(trace, clock));
        let places: Vec<RunPosition> = places.collect();
        let mut above = Vec::new();
        ground.start(&self.view.start, theme, &mut above);
        let runs = || self.view.traces.iter().zip(&places).enumerate();
        for (i, (trace, place)) in runs() {
            cased(
                ground.rest(trace, place),
                theme,
                self.colors[i],
                ground.line(),
                &mut above,
            );
        }
        for (i, (trace, place)) in runs() {
            ground.head(
                &place.weights(trace),
                place.ended,
                self.colors[i],
                theme,
                &mut above,
            );
        }
        board.write(self, &places, &mut above);
        if let Some(boundary) = boundary {
            for (i, (trace, place)) in self.subject.traces.iter().zip(&places).enumerate() {
                let lines = boundary.lines(&place.weights(trace));
                cased(lines, theme, self.colors[i], 2.4, &mut above);
            }
        }
        FrameContent {
            grown: places.iter().map(|place| place.epoch).collect(),
            above,
        }
    }
}

/// Lines in a colour, with what makes them stand out.
fn cased(lines: Vec<Vec<Point>>, theme: &Theme, color: Color, width: f64, out: &mut Vec<Node>) {
    if lines.is_empty() {
        return;
    }
    let casing = Stroke::new(theme.casing(color), width + 2.0);
    out.push(open_lines(lines.clone(), casing));
    out.push(open_lines(lines, Stroke::new(color, width)));
}
