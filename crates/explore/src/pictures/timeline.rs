//! The positions of the player over its time.

use crate::session::Session;
use thalweg::Error;
use thalweg_gallery::{
    animation::{EpochSpacing, TimeDistribution, TimeUnit},
    figures::{FigureInput, TimeAxis},
};

/// Number of intervals for which positions are computed. Between them, the position changes linearly.
const INTERVALS: usize = 512;
/// The distributions of the epochs over the time of the player, with their names on the page.
pub const SPACINGS: [(&str, EpochSpacing); 3] = [
    ("log", EpochSpacing::Log),
    ("length", EpochSpacing::ArcLength),
    ("linear", EpochSpacing::Even),
];

/// Returns the axis of a chart whose positions are spaced as in the time of the player. Its linear time has no axis of its
/// own: a chart is linear without one. `known` are the last [`positions`], which are used if the runs have not proceeded.
///
/// # Errors
/// There is no such distribution.
pub fn axis(
    session: &Session,
    known: Vec<f64>,
    spacing: &str,
    by_evaluations: bool,
) -> Result<Option<TimeAxis>, Error> {
    let label = match named(spacing)? {
        EpochSpacing::Log => "log scale",
        EpochSpacing::ArcLength => "by path length",
        EpochSpacing::Even => return Ok(None),
    };
    let last = session.traces().iter().map(|trace| {
        if by_evaluations {
            trace.total().evaluations()
        } else {
            trace.epochs()
        }
    });
    let last = last.max().unwrap_or(0) as f64;
    let positions = if known.last() == Some(&last) {
        known
    } else {
        positions(session, spacing, by_evaluations)?
    };
    Ok(Some(TimeAxis {
        positions,
        spacing: label,
    }))
}

/// Returns the distribution of this name in [`SPACINGS`].
fn named(spacing: &str) -> Result<EpochSpacing, Error> {
    let known = SPACINGS.iter().find(|(name, _)| *name == spacing);
    known.map(|(_, spacing)| *spacing).ok_or_else(|| {
        Error::Settings(format!(
            "`{spacing}` is not a distribution: give log, length, or linear"
        ))
    })
}

/// Returns the positions of the player at equal intervals of its time, from 0 to the last position, in epochs or
/// evaluations. `spacing` is a name in [`SPACINGS`].
///
/// # Errors
/// There is no such distribution.
pub fn positions(
    session: &Session,
    spacing: &str,
    by_evaluations: bool,
) -> Result<Vec<f64>, Error> {
    let spacing = named(spacing)?;
    let unit = if by_evaluations {
        TimeUnit::Evaluations
    } else {
        TimeUnit::Epochs
    };
    let subject = session.subject().ok();
    let view = subject.as_ref().and_then(FigureInput::optional_view);
    let time = match view {
        Some(view) => TimeDistribution::new(&view.traces, view.full_window(), spacing, unit),
        None => TimeDistribution::without_paths(session.traces(), spacing, unit),
    };
    Ok((0..=INTERVALS).map(|i| time.at(i, INTERVALS)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::DEFAULT_ADDRESS;

    fn positions_of(address: &str, spacing: &str, by_evaluations: bool) -> Vec<f64> {
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        while session.advance(1000) {}
        positions(&session, spacing, by_evaluations).unwrap()
    }

    /// Returns the share of the time that passes before a position.
    fn share_before(positions: &[f64], position: f64) -> f64 {
        positions.partition_point(|p| *p < position) as f64 / INTERVALS as f64
    }

    #[test]
    fn every_distribution_ascends_from_the_start_to_the_end() {
        for (spacing, _) in SPACINGS {
            for (by_evaluations, last) in [(false, 797.0), (true, 797.0)] {
                let all = positions_of(DEFAULT_ADDRESS, spacing, by_evaluations);
                assert_eq!((all[0], all[INTERVALS]), (0.0, last), "{spacing}");
                assert!(all.is_sorted(), "{spacing}: {all:?}");
            }
        }
    }

    #[test]
    fn a_short_run_beside_a_long_one_takes_a_large_part_of_the_time() {
        let share = |spacing| share_before(&positions_of(DEFAULT_ADDRESS, spacing, false), 20.0);
        assert!((share("log") - 0.455).abs() < 0.01, "{}", share("log"));
        assert!(share("length") > 0.4, "{}", share("length"));
        assert!((share("linear") - 20.0 / 797.0).abs() < 0.01);
    }

    #[test]
    fn the_time_ends_where_the_last_visible_movement_ends() {
        let rest =
            "on=formula:(x-1)^2%2B9*(y%2B2)^2&with=gradient-descent&target=none&epochs=100000";
        let all = positions_of(rest, "linear", false);
        let last = all[INTERVALS];
        assert!(
            all[INTERVALS - 1] < last / 2.0,
            "{} of {last}",
            all[INTERVALS - 1]
        );
    }

    #[test]
    fn a_problem_without_a_map_has_a_time() {
        let all = positions_of("on=formula:x^2&with=rprop&epochs=9", "length", false);
        assert_eq!(all[INTERVALS], 9.0);
    }

    #[test]
    fn an_unknown_distribution_is_an_error() {
        let session = Session::new(&DEFAULT_ADDRESS.parse().unwrap(), &[]).unwrap();
        let error = positions(&session, "fast", false).unwrap_err();
        assert!(error.to_string().contains("give log, length, or linear"));
    }
}
