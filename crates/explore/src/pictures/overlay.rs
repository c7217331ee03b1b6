//! The part of the map that changes during playback: paths up to the playhead, the selected step, markers, and axes.

use super::{axes::axes, map::frame};
use crate::session::Session;
use thalweg::{
    Error,
    field::Window,
    inspect::{Quantity, Shape},
    trace::Trace,
};
use thalweg_gallery::{
    figures::{FigureInput, PlaneView, Playhead},
    map::{MapPath, end_markers, minimum_markers, start_marker},
};
use thalweg_plot::{
    figure::{self, Frame, Mark},
    formats::canvas::{self, Drawing},
    legend::distance,
    marks::{Arrow, Outline, Overlap, PathExits, PointLabels, Rectangle, Trajectory},
    scene::{Node, Point, Scene, Stroke},
    shapes::{group, open_lines},
    theme::Theme,
};

/// Width of a path line in px.
const LINE: f64 = 2.0;
/// Width of the line of a lifted path in px.
const LIFTED: f64 = 4.5;
/// The initial point of a problem with more weights than this cannot be moved: a link would have to store all of them.
pub(super) const MAX_MOVABLE: usize = 64;
/// A path with more distinguishable points is drawn without arrowheads.
const MAX_ARROWS: usize = 1000;
/// Length in px of an arrow that shows only a direction.
const DIRECTION: f64 = 60.0;
/// Arrows longer than this, in px, are omitted.
const MAX_ARROW_LENGTH: f64 = 1e5;

type Marks<'a> = Vec<Box<dyn Mark + 'a>>;

/// The part of the map that changes during playback.
pub struct Overlay {
    /// Paths, arrows, markers, and names.
    pub marks: Drawing,
    /// Tick labels along both edges, and the names of the weights.
    pub axes: Drawing,
    /// Position of the handle of the initial point in px; `None` if it is outside the window or cannot be moved.
    pub handle: Option<Point>,
    /// Whether a path ends outside the window.
    pub path_leaves_window: bool,
}

impl Overlay {
    /// Draws the runs up to the playhead in a picture of `size` px that shows `window`. The path of the run `lifted` is wider
    /// and lies above the others.
    ///
    /// # Errors
    /// There is no map.
    pub fn new(
        session: &Session,
        playhead: &Playhead,
        window: Window,
        size: [f64; 2],
        theme: &Theme,
        lifted: Option<usize>,
    ) -> Result<Self, Error> {
        let mut subject = session.shown_subject(Some(window))?;
        subject.playhead = Some(playhead.clone());
        let view = subject.view()?;
        let frame = frame([window.w1, window.w2], size, theme);
        let runs = view.traces.iter().enumerate();
        let elapsed = runs.map(|(i, trace)| thinned(trace, subject.playhead_epoch(i), &frame));
        let traces: Vec<Trace> = elapsed.collect();
        let styles = subject.styles(theme);
        let paths = traces.iter().zip(&styles).map(|(trace, style)| MapPath {
            trace,
            style: *style,
            label: "",
        });
        let is_movable = session.contest().start.len() <= MAX_MOVABLE;
        let mut marks: Marks = vec![Box::new(minimum_markers(&view.minima, theme).0)];
        if !is_movable {
            marks.push(Box::new(start_marker(&view.start, theme)));
        }
        let paths: Vec<MapPath> = paths.collect();
        let lines = paths.iter().map(|path| path.line(&[], LINE, ""));
        marks.push(Box::new(PathStack(lines.collect())));
        let lifted = lifted.and_then(|run| paths.get(run));
        marks.extend(
            lifted.map(|path| Box::new(LiftedPath(path.line(&[], LIFTED, ""))) as Box<dyn Mark>),
        );
        let states = subject.search_states(theme)?.into_iter();
        marks.extend(states.map(|state| Box::new(state) as Box<dyn Mark>));
        let ends = end_markers(&paths, [window.w1, window.w2]).into_iter();
        marks.extend(ends.map(|ends| Box::new(ends) as Box<dyn Mark>));
        let step = SelectedStep::new(session, &subject, view, &frame);
        if let Some(step) = step {
            marks.extend(step.marks);
            marks.push(Box::new(PointLabels { names: step.names }));
        }
        let sight = |w: &[f64]| frame.area.contains(frame.px_from_data(w));
        let start = frame.px_from_data(&view.start);
        Ok(Self {
            marks: drawn(&marks, &frame),
            axes: axes(&frame, &view.names),
            handle: Some(start).filter(|at| is_movable && frame.area.contains(*at)),
            path_leaves_window: traces.iter().any(|trace| !sight(trace.last())),
        })
    }
}

/// Returns a path up to the epoch `last`, without points that are less than a px from the previous one.
fn thinned(trace: &Trace, last: usize, frame: &Frame) -> Trace {
    let mut weights = Vec::new();
    let mut before = [f64::INFINITY; 2];
    for (epoch, w) in trace.path().take(last + 1).enumerate() {
        let at = frame.px_from_data(w);
        // A point that is not finite has no distance and is kept.
        let is_near = distance(at, before) < 1.0;
        if epoch == last || !is_near {
            weights.extend(w);
            before = at;
        }
    }
    Trace::of_path(weights, trace.stop)
}

/// All paths, from the lowest to the highest. Where paths coincide, they alternate in dashes.
struct PathStack<'a>(Vec<Trajectory<'a>>);

impl Mark for PathStack<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let mut below = Overlap::default();
        for path in &self.0 {
            if path.trace.losses.len() <= MAX_ARROWS {
                path.draw_above(&below, frame, out);
            } else {
                draw_long(path, &below, frame, out);
            }
            path.add_to(&mut below, frame);
        }
    }
}

/// The path that the user has lifted above the others.
struct LiftedPath<'a>(Trajectory<'a>);

impl Mark for LiftedPath<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        draw_long(&self.0, &Overlap::default(), frame, out);
    }
}

/// Draws a path with so many steps that arrowheads would hide it.
fn draw_long(path: &Trajectory, below: &Overlap, frame: &Frame, out: &mut Vec<Node>) {
    let points = path.trace.path().map(|w| frame.px_from_data(w));
    let points: Vec<Point> = points.collect();
    let pieces = frame.area.grown(path.width).pieces_of(&points);
    let visible = pieces.iter().flat_map(|piece| below.visible(piece));
    let visible: Vec<_> = visible.collect();
    let line = path.style.stroke(path.width);
    let lines = [frame.theme.cased(line), line].map(|stroke| open_lines(visible.clone(), stroke));
    out.push(group("path", lines.to_vec()));
    let last = path.trace.losses.len() - 1;
    PathExits::new(path.trace, frame, line).draw(last, frame.theme, out);
}

/// The explanation of the selected step: its vectors and boxes from its beginning, and their names.
struct SelectedStep<'a> {
    view: &'a PlaneView<'a>,
    frame: &'a Frame<'a>,
    /// The two weights at the beginning of the step, and their position on the plane.
    from: [f64; 2],
    tail: [f64; 2],
    marks: Marks<'static>,
    names: Vec<(String, [f64; 2])>,
}

impl<'a> SelectedStep<'a> {
    /// Creates the explanation for the selected run; returns `None` if it does not have two weights.
    fn new(
        session: &Session,
        subject: &FigureInput,
        view: &'a PlaneView,
        frame: &'a Frame,
    ) -> Option<Self> {
        let run = subject.playhead.as_ref()?.run;
        let trace = session.traces().get(run)?;
        let epoch = subject.playhead_epoch(run);
        // A sparse trace does not contain the beginning of the step.
        if trace.epoch_of(epoch) > epoch as u64 {
            return None;
        }
        let &[w1, w2] = trace.at(epoch.saturating_sub(1)) else {
            return None;
        };
        let from = [w1, w2];
        let mut step = Self {
            view,
            frame,
            from,
            tail: view.coordinates(&from),
            marks: Vec::new(),
            names: Vec::new(),
        };
        let mut g = [0.0; 2];
        let objective = &session.contest().problem.objective;
        objective.value_and_gradient(&from, &mut g);
        let length = distance([0.0; 2], g);
        step.arrow("negative gradient", g.map(|v| -v / length), true);
        for series in &trace.inner {
            let (name, row) = (series.channel.words(), series.at(epoch));
            match (series.channel.shape, series.channel.quantity, row) {
                (Shape::Vector, Quantity::Displacement, &[a, b]) if epoch > 0 => {
                    step.arrow(&name, [a, b], false);
                }
                (Shape::Vector, Quantity::StepSize, &[a, b]) => {
                    step.add_step_size_box(name, [a, b]);
                }
                (Shape::Scalar, Quantity::StepSize, &[radius]) => {
                    step.add_step_size_circle(name, radius);
                }
                _ => {}
            }
        }
        Some(step)
    }

    /// Adds an arrow: a displacement to scale, or a direction, which is dashed and has a fixed length.
    fn arrow(&mut self, name: &str, d: [f64; 2], is_direction: bool) {
        let (frame, tail) = (self.frame, self.tail);
        let tip = self.view.coordinates(&[0, 1].map(|i| self.from[i] + d[i]));
        let length = distance(frame.px_from_data(&tail), frame.px_from_data(&tip));
        if length.is_nan() || length == 0.0 || length > MAX_ARROW_LENGTH {
            return;
        }
        let stroke = Stroke::new(frame.theme.foreground, 2.0);
        let (share, stroke) = if is_direction {
            (DIRECTION / length, stroke.dashed([6.0, 3.0]))
        } else {
            (1.0, stroke)
        };
        let tip = [0, 1].map(|i| tail[i] + share * (tip[i] - tail[i]));
        self.name(name, [tail, tip], tip);
        self.marks.push(Box::new(Arrow {
            aside: 0.0,
            id: name.to_owned(),
            tail,
            tip,
            stroke,
            label: None,
        }));
    }

    /// Adds the box of the step sizes of both weights.
    fn add_step_size_box(&mut self, name: String, [a, b]: [f64; 2]) {
        let ([x, y], color) = (self.tail, self.frame.theme.foreground);
        let top = [x, y + b];
        self.name(&name, [top; 2], top);
        self.marks.push(Box::new(Rectangle {
            id: name,
            x: [x - a, x + a],
            y: [y - b, y + b],
            least: 0.0,
            stroke: Stroke::new(color, 1.5).dashed([2.0, 3.0]),
            label: None,
        }));
    }

    /// Adds a circle that limits the whole step.
    fn add_step_size_circle(&mut self, name: String, radius: f64) {
        let ([x, y], color) = (self.tail, self.frame.theme.foreground);
        let top = [x, y + radius];
        self.name(&name, [top; 2], top);
        self.marks.push(Box::new(Outline::circle(
            name,
            [x, y],
            radius,
            Stroke::new(color, 1.5).dashed([2.0, 3.0]),
        )));
    }

    /// Adds a name at a position if one of the points is visible.
    fn name(&mut self, name: &str, points: [[f64; 2]; 2], at: [f64; 2]) {
        let frame = self.frame;
        let mut points = points.iter().map(|p| frame.px_from_data(p));
        if points.any(|px| frame.area.contains(px)) {
            self.names.push((name.to_owned(), at));
        }
    }
}

/// Draws the marks, and their labels above them.
fn drawn(marks: &Marks, frame: &Frame) -> Drawing {
    let (nodes, _) = figure::drawn(marks, frame);
    canvas::encode(&transparent_scene(frame, nodes))
}

/// Returns a transparent scene.
pub(super) fn transparent_scene(frame: &Frame, nodes: Vec<Node>) -> Scene {
    let size = [frame.area.width, frame.area.height];
    Scene {
        nodes,
        ..Scene::blank(size, frame.theme.background.with_opacity(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::DEFAULT_ADDRESS;

    const SIZE: [f64; 2] = [600.0, 600.0];

    fn session(address: &str) -> Session {
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        session
    }

    fn overlay(session: &Session, window: [f64; 4], epoch: usize, run: usize) -> Overlay {
        let epochs = vec![epoch; session.traces().len()];
        let window = Window::new(window).unwrap();
        Overlay::new(
            session,
            &Playhead { epochs, run },
            window,
            SIZE,
            &Theme::LIGHT,
            None,
        )
        .unwrap()
    }

    const WHOLE: [f64; 4] = [-6.0, 6.0, -6.0, 6.0];

    #[test]
    fn the_selected_step_is_named() {
        let home = session(DEFAULT_ADDRESS);
        let rprop = overlay(&home, WHOLE, 12, 2).marks.texts;
        let has = |name: &str| rprop.iter().any(|text| text == name);
        assert!(
            has("negative gradient") && has("step size") && has("displacement"),
            "{rprop:?}"
        );
        let momentum = overlay(&home, WHOLE, 12, 1).marks.texts;
        assert!(
            momentum.iter().any(|text| text == "velocity"),
            "{momentum:?}"
        );
        let axes = overlay(&home, WHOLE, 12, 2).axes.texts;
        assert!(axes.iter().any(|text| text == "\u{2212}4"), "{axes:?}");
    }

    #[test]
    fn a_stack_draws_each_path_above_those_below() {
        let home = session(
            "on=article&with=gradient-descent&with=momentum&with=gradient-descent&epochs=60",
        );
        let theme = &Theme::LIGHT;
        let subject = home.shown_subject(None).unwrap();
        let styles = subject.styles(theme);
        let traces = home.traces().iter().zip(&styles);
        let paths: Vec<MapPath> = traces
            .map(|(trace, style)| MapPath {
                trace,
                style: *style,
                label: "",
            })
            .collect();
        let frame = frame([[-6.0, 6.0]; 2], SIZE, theme);
        let (mut alone, mut stacked) = (Vec::new(), Vec::new());
        for (i, path) in paths.iter().enumerate() {
            path.line(&paths[..i], LINE, "").draw(&frame, &mut alone);
        }
        let lines = paths.iter().map(|path| path.line(&[], LINE, ""));
        PathStack(lines.collect()).draw(&frame, &mut stacked);
        assert_eq!(format!("{stacked:?}"), format!("{alone:?}"));
    }

    #[test]
    fn paths_that_end_outside_the_window_are_reported() {
        let rprop = session("on=article&with=rprop");
        let whole = overlay(&rprop, WHOLE, usize::MAX, 0);
        assert_eq!(
            (whole.path_leaves_window, whole.handle),
            (false, Some([100.0, 500.0]))
        );
        let part = overlay(&rprop, [-5.0, -3.0, -5.0, -3.0], usize::MAX, 0);
        assert_eq!(
            (part.path_leaves_window, part.handle),
            (true, Some([300.0, 300.0]))
        );
        let away = overlay(&rprop, [0.0, 1.0, 0.0, 1.0], 0, 0);
        assert_eq!((away.path_leaves_window, away.handle), (true, None));
    }

    #[test]
    fn points_within_a_px_are_one() {
        let home = session(DEFAULT_ADDRESS);
        let frame = frame([[-6.0, 6.0]; 2], SIZE, &Theme::LIGHT);
        let descent = &home.traces()[0];
        let thin = thinned(descent, 700, &frame);
        assert!(thin.losses.len() < 300, "{}", thin.losses.len());
        assert_eq!(thin.at(0), descent.at(0));
        assert_eq!(thin.last(), descent.at(700));
    }

    #[test]
    fn a_network_is_drawn_with_its_initial_point() {
        let network = session("on=mlp:data=moons,layers=2-4-1&with=rprop&epochs=20");
        let drawn = overlay(&network, [-1.0, 1.0, -1.0, 1.0], 20, 0);
        assert!(drawn.handle.is_some());
        assert!(drawn.marks.numbers.len() > 10);
    }
}
