//! Many paths in one buffer, without superfluous corners.

use super::DataPoint;

/// One outline or line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContourPath<'a> {
    /// The corners, no two in a row equal. A closed path does not repeat the first at its end.
    pub points: &'a [DataPoint],
    /// Whether the last corner is connected to the first.
    pub closed: bool,
}

/// Many paths in one buffer, which is reused for each level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContourPaths {
    points: Vec<DataPoint>,
    /// End of each path in `points`, where the next one starts, and whether it is closed.
    ends: Vec<(usize, bool)>,
}

impl ContourPaths {
    /// Returns the paths in the order in which they were traced.
    pub fn iter(&self) -> impl Iterator<Item = ContourPath<'_>> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, closed)| {
            let points = &self.points[start..end];
            start = end;
            ContourPath { points, closed }
        })
    }

    pub(super) fn clear(&mut self) {
        self.points.clear();
        self.ends.clear();
    }

    fn start(&self) -> usize {
        self.ends.last().map_or(0, |&(end, _)| end)
    }

    /// Adds a corner to the last path and removes superfluous corners before it.
    pub(super) fn push(&mut self, point: DataPoint) {
        let start = self.start();
        while let [.., before, last] = self.points[start..]
            && is_superfluous(before, last, point)
        {
            self.points.pop();
        }
        if self.points[start..].last() != Some(&point) {
            self.points.push(point);
        }
    }

    /// Ends the path, or removes it if it has no extent.
    pub(super) fn finish(&mut self, closed: bool) {
        let start = self.start();
        while closed && self.points.len() >= start + 3 {
            let ring = &self.points[start..];
            let (first, before, last) = (ring[0], ring[ring.len() - 2], ring[ring.len() - 1]);
            if is_superfluous(before, last, first) {
                self.points.pop();
            } else if is_superfluous(last, first, ring[1]) {
                // The last corner replaces the first: the same ring with another start.
                self.points.swap_remove(start);
            } else {
                break;
            }
        }
        if self.points.len() >= start + if closed { 3 } else { 2 } {
            self.ends.push((self.points.len(), closed));
        } else {
            self.points.truncate(start);
        }
    }
}

/// Returns whether `b` is superfluous between `a` and `c`: it repeats one of them, is the tip of a spike, or
/// lies exactly on one line with them along an axis.
fn is_superfluous(a: DataPoint, b: DataPoint, c: DataPoint) -> bool {
    a == c || b == c || (a[0] == b[0] && b[0] == c[0]) || (a[1] == b[1] && b[1] == c[1])
}
