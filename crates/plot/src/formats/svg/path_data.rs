//! Lines as the text of an SVG path: whole hundredths of a px, each corner relative to the one before.

use std::fmt::Write;

use super::hundredths::Hundredths;
use crate::scene::{Point, Polyline};

/// Returns the value of a `d` attribute, one row per line; empty if nothing is visible.
pub(super) fn path_data<'a>(lines: impl IntoIterator<Item = &'a Polyline>) -> String {
    let mut data = String::new();
    for (corners, closed) in pieces(lines) {
        push(&mut data, &corners, closed);
    }
    data
}

/// Returns the corners of each unbroken piece of the lines, at least two, and whether it is closed.
///
/// A line is broken at a corner that is not finite. A broken closed line is open.
pub(crate) fn pieces<'a>(
    lines: impl IntoIterator<Item = &'a Polyline>,
) -> Vec<(Vec<HundredthsPoint>, bool)> {
    let mut pieces = Vec::new();
    for line in lines {
        line.for_each_part(|points, closed| {
            let corners = thinned(points.iter().filter_map(|p| on_grid(*p)), closed);
            if corners.len() > 1 {
                pieces.push((corners, closed));
            }
        });
    }
    pieces
}

/// A corner in whole hundredths.
pub(crate) type HundredthsPoint = [Hundredths; 2];

fn on_grid([x, y]: Point) -> Option<HundredthsPoint> {
    Some([Hundredths::of(x)?, Hundredths::of(y)?])
}

/// Corners closer than this to the previous one in both directions are omitted: 0.05 px is invisible.
const NEAR: Hundredths = Hundredths::of_hundredths(5);

fn is_near(a: &HundredthsPoint, b: &HundredthsPoint) -> bool {
    [a[0] - b[0], a[1] - b[1]].iter().all(|d| d.abs() < NEAR)
}

/// Removes corners that are close to the previous one. The ends of an open line are kept.
fn thinned(corners: impl Iterator<Item = HundredthsPoint>, closed: bool) -> Vec<HundredthsPoint> {
    let mut kept: Vec<HundredthsPoint> = Vec::new();
    let mut passed = None;
    for corner in corners {
        if kept.last().is_some_and(|last| is_near(last, &corner)) {
            passed = Some(corner);
        } else {
            kept.push(corner);
            passed = None;
        }
    }
    if let (Some(end), true) = (passed, !closed && kept.len() > 1) {
        kept.pop();
        kept.push(end);
    }
    // The closing segment leads back to the first corner automatically.
    while closed && kept.len() > 1 && is_near(&kept[0], &kept[kept.len() - 1]) {
        kept.pop();
    }
    kept
}

/// Appends one unbroken line of at least two corners.
fn push(data: &mut String, corners: &[HundredthsPoint], closed: bool) {
    if !data.is_empty() {
        data.push('\n');
    }
    data.push('M');
    let mut last = 'M';
    for start in corners[0] {
        push_number(data, start);
    }
    for pair in corners.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let command = match (dx, dy) {
            (_, Hundredths::ZERO) => 'h',
            (Hundredths::ZERO, _) => 'v',
            _ => 'l',
        };
        if command != last {
            data.push(command);
            last = command;
        }
        if command != 'v' {
            push_number(data, dx);
        }
        if command != 'h' {
            push_number(data, dy);
        }
    }
    if closed {
        data.push('z');
    }
}

/// Appends a number, separated from the previous one by its minus sign or a space.
fn push_number(data: &mut String, number: Hundredths) {
    if number >= Hundredths::ZERO && data.ends_with(|c: char| c.is_ascii_digit()) {
        data.push(' ');
    }
    let _ = write!(data, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(closed: bool, points: &[Point]) -> String {
        let points = points.to_vec();
        path_data(&[Polyline { points, closed }])
    }

    #[test]
    fn rounding_errors_of_relative_corners_do_not_accumulate() {
        assert_eq!(
            data(
                false,
                &[
                    [1.0, 2.0],
                    [4.0, 2.0],
                    [4.0, -2.5],
                    [3.0, -1.0],
                    [2.0, -3.0]
                ]
            ),
            "M1 2h3v-4.5l-1 1.5-1-2"
        );
        let thirds: Vec<_> = (0..=300).map(|i| [f64::from(i) / 3.0, 0.0]).collect();
        let steps = data(false, &thirds);
        let sum: f64 = steps["M0 0h".len()..]
            .split(' ')
            .map(|dx| dx.parse::<f64>().expect("a number"))
            .sum();
        assert!((sum - 100.0).abs() < 1e-9);
    }

    #[test]
    fn invisible_lines_are_omitted() {
        assert_eq!(data(false, &[]), "");
        assert_eq!(data(true, &[[1.0, 1.0]]), "");
        assert_eq!(data(false, &[[1.0, 1.0], [1.001, 1.0]]), "");
        assert_eq!(
            data(true, &[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]),
            "M0 0h1v1z"
        );
    }

    #[test]
    fn corners_that_are_close_are_merged() {
        let dense: Vec<_> = (0..=1000).map(|i| [f64::from(i) * 0.01, 0.0]).collect();
        assert_eq!(data(false, &dense[..=12]), "M0 0h0.05 0.07");
        assert_eq!(data(false, &[[0.0, 0.0], [0.0, 0.04], [0.04, 0.04]]), "");
        let ring = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.04, 0.03]];
        assert_eq!(data(true, &ring), "M0 0h1v1z");
        // The end is kept.
        let end = data(false, &dense);
        let sum: f64 = end["M0 0h".len()..]
            .split(' ')
            .map(|dx| dx.parse::<f64>().expect("a number"))
            .sum();
        assert!((sum - 10.0).abs() < 1e-9);
        assert_eq!(end.split(' ').count(), 1 + 200);
    }

    #[test]
    fn lines_break_at_nan() {
        let bad = [f64::NAN, 0.0];
        let corners = [
            [0.0, 0.0],
            [1.0, 0.0],
            bad,
            [2.0, 0.0],
            [3.0, 0.0],
            bad,
            [4.0, 0.0],
        ];
        assert_eq!(data(false, &corners), "M0 0h1\nM2 0h1");
        // The ring continues from its last corner to its first.
        assert_eq!(data(true, &corners), "M2 0h1\nM4 0h-4 1");
    }
}
