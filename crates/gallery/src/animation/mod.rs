//! Runs as they go: paths that grow epoch by epoch over the map or the surface, and the data's boundary that turns.

mod board;
mod boundary;
mod ground;
mod pace;

pub use pace::{Pace, Spacing};

use crate::{
    parts::borders::classes,
    subject::{Ask, Subject, View},
};
use board::Board;
use boundary::Boundary;
use ground::Ground;
use pace::Clock;
use thalweg::{Error, field::Field, trace::Trace};
use thalweg_plot::{
    animation::{Animation, Moment, PIXEL_LIMIT},
    color::Color,
    page::Page,
    scene::{Node, Point, Scene, Stroke},
    shapes::open_lines,
    theme::Theme,
};

/// What an animation shows, and how.
#[derive(Clone, Copy, Debug)]
pub struct Staging<'t> {
    /// Colours and sizes of text.
    pub theme: &'t Theme,
    /// Width and height in pixels.
    pub pixels: [u32; 2],
    /// When each picture is shown.
    pub pace: Pace,
    /// What the paths lie on.
    pub on: On,
    /// Whether the data lie beside it, with the lines at which the networks take one class for the other.
    pub beside_data: bool,
}

/// What the paths lie on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The map of the loss.
    Map,
    /// The loss as a surface in space, on which balls roll.
    Surface,
}

/// At this size in pixels a px is a pixel; larger pictures are the same, enlarged.
const PLAIN: [f64; 2] = [800.0, 600.0];
/// Pixels to the px at the least: below, nobody could read the words.
const SMALLEST: f64 = 0.6;
/// The least width or height, in pixels.
pub const LEAST_SIDE: u32 = 240;
/// Share of the width that the data take.
const BESIDE: f64 = 0.4;

/// Runs as they go.
pub struct Race<'a> {
    subject: &'a Subject<'a>,
    view: &'a View<'a>,
    staging: Staging<'a>,
    field: Field,
    /// Classes of the data, where they lie beside the map.
    classes: Vec<f64>,
    clock: Clock,
    /// A colour for each run.
    colors: Vec<Color>,
}

impl<'a> Race<'a> {
    /// The runs of a subject, in their order, from the start to the end of the longest.
    ///
    /// # Errors
    /// No run; a problem of other than two weights without a plane; no data of two features where they are wanted;
    /// a size, a speed or a length outside its limits.
    pub fn new(subject: &'a Subject<'a>, staging: Staging<'a>) -> Result<Self, Error> {
        subject.check(&[Ask::Runs])?;
        staging.check_subject(subject)?;
        staging.check()?;
        let view = subject.view()?;
        let window = view.window();
        let clock = Clock::new(&staging.pace, &view.traces, window)?;
        Ok(Self {
            field: view.field(window, ground::samples(staging.on)),
            classes: staging.classes(subject)?,
            colors: subject
                .styles(staging.theme)
                .into_iter()
                .map(|style| style.color)
                .collect(),
            subject,
            view,
            staging,
            clock,
        })
    }

    /// The animation, ready to be written.
    pub fn animation(&'a self) -> Animation<'a> {
        let Staging { theme, pixels, .. } = self.staging;
        let [width, height] = pixels.map(f64::from);
        let scale = (width / PLAIN[0]).min(height / PLAIN[1]).max(SMALLEST);
        let size = [width / scale, height / scale];
        let beside = if self.staging.beside_data {
            size[0] * BESIDE
        } else {
            0.0
        };
        let mut ground = Ground::new(self, [size[0] - beside, size[1]]);
        let board = Board::new(self, &ground);
        let mut scene = std::mem::replace(&mut ground.scene, Scene::blank([0.0; 2], theme.paper));
        let network = self.subject.contest.problem.network.as_deref();
        let boundary = network.filter(|_| self.staging.beside_data).map(|network| {
            let place = [size[0] - beside, 0.0];
            let size = [beside, size[1]];
            let (data, boundary) = Boundary::new(network, &self.classes, size, place, theme);
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
        ground: &Ground,
        board: &Board,
        boundary: Option<&Boundary>,
    ) -> Moment {
        let theme = self.staging.theme;
        let clock = self.clock.epoch(picture);
        let places = self.view.traces.iter().map(|trace| Place::of(trace, clock));
        let places: Vec<Place> = places.collect();
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
        Moment {
            grown: places.iter().map(|place| place.epoch).collect(),
            above,
        }
    }
}

/// Where a run is: behind so many epochs, and a share of the way to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    epoch: usize,
    share: f64,
    ended: bool,
}

impl Place {
    fn of(trace: &Trace, clock: f64) -> Self {
        let last = trace.epochs() as usize;
        let epoch = (clock as usize).min(last);
        Self {
            epoch,
            share: if epoch == last { 0.0 } else { clock.fract() },
            ended: epoch == last,
        }
    }

    /// The weights there.
    fn weights(&self, trace: &Trace) -> Vec<f64> {
        let from = trace.at(self.epoch);
        if self.share == 0.0 {
            return from.to_vec();
        }
        let to = trace.at(self.epoch + 1);
        let weights = from.iter().zip(to);
        weights.map(|(a, b)| a + self.share * (b - a)).collect()
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

impl Staging<'_> {
    /// Checks what can be checked before there are runs.
    ///
    /// # Errors
    /// A size, a speed or a length outside its limits.
    pub fn check(&self) -> Result<(), Error> {
        check_size(self.pixels)?;
        self.pace.check()
    }

    /// Checks that a problem can be shown.
    ///
    /// # Errors
    /// Other than two weights without a plane; no data of two features where they are wanted.
    pub fn check_subject(&self, subject: &Subject) -> Result<(), Error> {
        subject.check(&[Ask::Plane])?;
        if self.beside_data {
            subject.check(&[Ask::Data])?;
        }
        self.classes(subject).map(|_| ())
    }

    /// The classes of the data, where they are wanted.
    fn classes(&self, subject: &Subject) -> Result<Vec<f64>, Error> {
        let network = subject.contest.problem.network.as_ref();
        let network = network.filter(|_| self.beside_data);
        network.map_or(Ok(Vec::new()), |network| classes(network.data()))
    }
}

fn check_size([width, height]: [u32; 2]) -> Result<(), Error> {
    let wrong = |why: String| {
        Err(Error::Settings(format!(
            "a picture of {width}x{height} {why}"
        )))
    };
    if width.min(height) < LEAST_SIDE {
        return wrong(format!(
            "is too small: each side has at least {LEAST_SIDE} pixels"
        ));
    }
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        return wrong(format!("has more than {PIXEL_LIMIT} pixels"));
    }
    Ok(())
}
