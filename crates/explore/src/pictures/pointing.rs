//! What lies at a position of the map: a path, or an initial point.

use super::{
    map::{format_position, frame},
    overlay::MAX_MOVABLE,
};
use crate::session::Session;
use thalweg::{Error, field::Window, number::join};
use thalweg_gallery::figures::Playhead;
use thalweg_plot::{legend::distance, scene::Point, theme::Theme};

/// Largest distance in px of a position from the path that it points at.
const REACH: f64 = 9.0;

/// Returns the run whose path up to the playhead is nearest to a position in px of a picture of `size` px that shows `window`,
/// or `None` if all paths are farther away than a pointer can miss.
///
/// # Errors
/// There is no map.
pub fn run_at(
    session: &Session,
    playhead: &Playhead,
    window: Window,
    size: [f64; 2],
    at: Point,
) -> Result<Option<usize>, Error> {
    let mut subject = session.shown_subject(Some(window))?;
    subject.playhead = Some(playhead.clone());
    let view = subject.view()?;
    let frame = frame([window.w1, window.w2], size, &Theme::LIGHT);
    let distances = view.traces.iter().enumerate().map(|(run, trace)| {
        let path = trace.path().take(subject.playhead_epoch(run) + 1);
        let mut before = None;
        let steps = path.map(|w| {
            let end = frame.px_from_data(w);
            let length = distance_from_step(at, before.unwrap_or(end), end);
            before = Some(end);
            length
        });
        (run, steps.fold(f64::INFINITY, f64::min))
    });
    let near = distances.filter(|(_, distance)| *distance <= REACH);
    let nearest = near.min_by(|(_, a), (_, b)| a.total_cmp(b));
    Ok(nearest.map(|(run, _)| run))
}

/// Returns the distance of a point from the line between two others.
fn distance_from_step(at: Point, [x, y]: Point, end: Point) -> f64 {
    let [dx, dy] = [end[0] - x, end[1] - y];
    let along = ((at[0] - x) * dx + (at[1] - y) * dy) / (dx * dx + dy * dy);
    // A step of length zero has no direction.
    let along = if along.is_finite() {
        along.clamp(0.0, 1.0)
    } else {
        0.0
    };
    distance(at, [x + along * dx, y + along * dy])
}

/// Returns the initial point at a position in px, as text. More than two weights move only within the plane of the map.
///
/// # Errors
/// There is no map, or there are too many weights.
pub fn start_at(
    session: &Session,
    window: Window,
    size: [f64; 2],
    at: Point,
) -> Result<String, Error> {
    /// A weight is rounded to this fraction, which is not visible, so that a link has few digits.
    const DIGITS: f64 = 1e4;
    let position = format_position(window, size, at);
    let start = &session.contest().start;
    if start.len() == 2 && session.plane().is_none() {
        return Ok(position);
    }
    if start.len() > MAX_MOVABLE {
        return Err(Error::Settings(format!(
            "the map can move an initial point of at most {MAX_MOVABLE} weights, but the problem has {}: type it",
            start.len()
        )));
    }
    let subject = session.shown_subject(None)?;
    let view = subject.view()?;
    let target: Vec<f64> = position.split(',').filter_map(|v| v.parse().ok()).collect();
    let (from, to) = (
        view.weights(view.start),
        view.weights([target[0], target[1]]),
    );
    let moved = start.iter().zip(from.iter().zip(&to));
    let moved = moved.map(|(start, (from, to))| ((start + to - from) * DIGITS).round() / DIGITS);
    Ok(join(&moved.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::DEFAULT_ADDRESS;

    fn session(address: &str) -> Session {
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(1000);
        session
    }

    fn window() -> Window {
        Window::new([-6.0, 6.0, -6.0, 6.0]).unwrap()
    }

    #[test]
    fn a_position_on_a_path_is_its_run() {
        let home = session(DEFAULT_ADDRESS);
        let size = [600.0, 600.0];
        let at = |epoch: u64, at| {
            let playhead = home.playhead(epoch, false, 0);
            run_at(&home, &playhead, window(), size, at).unwrap()
        };
        let px = |w: &[f64]| frame([[-6.0, 6.0]; 2], size, &Theme::LIGHT).px_from_data(w);
        for run in [0, 1, 4] {
            let trace = &home.traces()[run];
            let middle = trace.at(trace.last_row() / 2);
            assert_eq!(at(797, px(middle)), Some(run));
        }
        let descent = home.traces()[0].at(700);
        assert_ne!(
            at(20, px(descent)),
            Some(0),
            "the path has not come there yet"
        );
        assert_eq!(at(797, [20.0, 20.0]), None);
    }

    #[test]
    fn the_initial_point_moves_within_the_plane() {
        let two = session(DEFAULT_ADDRESS);
        let start = |session: &Session, at| start_at(session, window(), [600.0, 600.0], at);
        assert_eq!(start(&two, [100.0, 500.0]).unwrap(), "-4,-4");
        let network = session("on=mlp:data=moons,layers=2-4-1&with=rprop&epochs=20&plane=w1,w4");
        let moved = start(&network, [350.0, 300.0]).unwrap();
        let moved: Vec<f64> = moved.split(',').map(|v| v.parse().unwrap()).collect();
        let old = &network.contest().start;
        for (i, (new, old)) in moved.iter().zip(old.iter()).enumerate() {
            match i {
                0 => assert_eq!(*new, 1.0),
                3 => assert_eq!(*new, 0.0),
                _ => assert!((new - old).abs() < 1e-4, "{i}: {new} {old}"),
            }
        }
        let large = session("on=mlp:data=moons,layers=2-32-1&with=rprop&epochs=2");
        let error = start(&large, [0.0, 0.0]).unwrap_err().to_string();
        assert!(error.contains("at most 64 weights"), "{error}");
    }
}
