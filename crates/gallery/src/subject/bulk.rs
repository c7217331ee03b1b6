//! The window of a map: the problem's own view, extended to the bulk of the paths.

use crate::prelude::*;

/// A run extends the window by at most this many window sides; beyond it, nothing else would be visible.
const FAR: f64 = 10.0;
/// Share of the points of a path that are its bulk.
const BULK: f64 = 0.75;
/// A path may always extend the window by this many window sides.
const NEAR: f64 = 0.5;
/// A path or a run this many times as far out as the bulk is an exception and leaves the window.
const EXCEPTION: f64 = 2.0;

/// Returns the window extended to the initial point and to the bulk of the paths.
///
/// A few steps that go much farther than the rest of their run do not extend the window, and neither does a run that
/// goes much farther than the others.
pub(super) fn around_bulk(own: Window, start: &[f64; 2], traces: &[Trace]) -> Window {
    let base = own.including([&start[..]].into_iter());
    let reaches: Vec<f64> = traces.iter().map(|trace| reach(base, trace)).collect();
    let near: Vec<f64> = reaches.iter().copied().filter(|r| *r <= FAR).collect();
    let usual = middle(&near, false).unwrap_or(0.0);
    let limit = EXCEPTION * usual.max(NEAR);
    let runs = traces.iter().zip(&reaches);
    let runs = runs.filter(|(_, reach)| **reach <= limit.min(FAR));
    let bulk = runs.flat_map(|(trace, reach)| {
        let near = move |w: &&[f64]| distance_outside(base, w) <= *reach;
        trace.path().filter(near)
    });
    own.including(bulk.chain([&start[..]]))
}

/// Returns whether a point is so near to a window that a picture of both can be read.
pub(super) fn is_near(window: Window, w: &[f64]) -> bool {
    distance_outside(window, w) <= FAR
}

/// Returns how far the bulk of a path goes outside of a window, in window sides.
fn reach(window: Window, trace: &Trace) -> f64 {
    let outside = trace.path().map(|w| distance_outside(window, w));
    let mut outside: Vec<f64> = outside.collect();
    outside.sort_unstable_by(f64::total_cmp);
    let last = outside.len() - 1;
    let bulk = outside[(BULK * last as f64) as usize].max(NEAR / EXCEPTION);
    if outside[last] <= EXCEPTION * bulk {
        outside[last]
    } else {
        bulk
    }
}

/// Returns the distance of a point from a window in window sides, 0 inside, and infinity for NaN.
fn distance_outside(window: Window, w: &[f64]) -> f64 {
    let along = |v: f64, [low, high]: [f64; 2]| {
        let share = (v - low) / (high - low);
        if share.is_nan() {
            f64::INFINITY
        } else {
            (-share).max(share - 1.0).max(0.0)
        }
    };
    along(w[0], window.w1).max(along(w[1], window.w2))
}

/// Returns the median of numbers without NaN, the upper or the lower one of an even count.
fn middle(numbers: &[f64], upper: bool) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let place = if upper {
        sorted.len() / 2
    } else {
        sorted.len().saturating_sub(1) / 2
    };
    sorted.get(place).copied()
}

/// Returns whether each run, by its distance from the initial point, belongs on a map that has no view of its own.
///
/// Only a run that goes much farther than most runs that move does not. Of two runs, both belong on the map.
pub(super) fn belongs(distances: &[f64]) -> Vec<bool> {
    /// Runs of different optimizers differ in length.
    const MUCH_FARTHER: f64 = 5.0;
    let moved: Vec<f64> = distances.iter().copied().filter(|d| *d > 0.0).collect();
    let usual = middle(&moved, true).unwrap_or(0.0);
    distances
        .iter()
        .map(|distance| *distance <= MUCH_FARTHER * usual)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::float::powf;

    const OWN: Window = Window {
        w1: [-1.0, 1.0],
        w2: [-1.0, 1.0],
    };

    /// Returns the right edge of the window around paths along the first weight.
    fn right_edge(start: f64, paths: &[&[f64]]) -> f64 {
        let trace = |path: &&[f64]| {
            Trace::of_path(
                path.iter().flat_map(|x| [*x, 0.0]).collect(),
                StopReason::EpochLimit,
            )
        };
        let traces: Vec<Trace> = paths.iter().map(trace).collect();
        around_bulk(OWN, &[start, 0.0], &traces).w1[1]
    }

    #[test]
    fn a_window_holds_the_problem_and_paths_near_it() {
        assert_eq!(right_edge(0.0, &[]), 1.0);
        assert_eq!(right_edge(0.0, &[&[0.0, 0.5]]), 1.0);
        assert_eq!(right_edge(0.0, &[&[0.0, 2.0, 0.5, 0.0, 0.0]]), 2.08);
    }

    #[test]
    fn a_few_far_steps_leave_the_window() {
        assert_eq!(right_edge(0.0, &[&[0.0, 9.0, 0.5, 0.0, 0.0]]), 1.0);
        assert_eq!(right_edge(0.0, &[&[0.0, 9.0, 1.4, 1.2, 0.0]]), 1.48);
        assert_eq!(right_edge(0.0, &[&[0.0, f64::NAN, 0.5, 0.1, 0.0]]), 1.0);
    }

    #[test]
    fn a_path_to_a_distant_minimum_stays_in_the_window() {
        let path: Vec<f64> = (0..100)
            .map(|i| 8.0 - 8.0 * powf(0.8, f64::from(i)))
            .collect();
        assert!(right_edge(0.0, &[&path]) > 8.0);
        // Also from a distant initial point, which is always visible.
        assert_eq!(right_edge(6.0, &[&[6.0, 2.0, 0.0, 0.0, 0.0, 0.0]]), 6.08);
    }

    #[test]
    fn one_far_run_does_not_determine_the_window() {
        let (calm, far): (&[f64], &[f64]) = (&[0.0, 1.2, 0.1], &[0.0, 4.0, 7.0, 9.0]);
        assert_eq!(right_edge(0.0, &[calm, far, calm]), 1.28);
        assert_eq!(right_edge(0.0, &[far, calm]), 1.28);
        assert!(right_edge(0.0, &[far, calm, far]) > 9.0);
        let away: Vec<f64> = (0..60).map(|i| powf(2.0, f64::from(i))).collect();
        assert_eq!(right_edge(0.0, &[&away]), 1.0);
    }

    #[test]
    fn runs_of_similar_length_belong_on_a_map_of_a_plane() {
        assert_eq!(belongs(&[1.0, 4.0]), [true, true]);
        assert_eq!(belongs(&[0.0, 4.0]), [true, true]);
        assert_eq!(belongs(&[1.0, 100.0, 2.0]), [true, false, true]);
        assert!(belongs(&[]).is_empty());
    }
}
