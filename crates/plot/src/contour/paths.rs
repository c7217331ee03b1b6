//! Many paths in one buffer, without superfluous corners.

use super::DataPoint;

/// One outline or line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContourPath<'a> {
    /// The corners, no two in a row equal. A closed path does not repeat the first at its end.
    pub points: &'a [DataPoint],
    /// Whether the last corner is joined to the first.
    pub closed: bool,
}

/// Many paths in one buffer, which is kept from level to level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContourPaths {
    points: Vec<DataPoint>,
    /// Each path's end in `points` (it starts where the one before ends), and if it is closed.
    ends: Vec<(usize, bool)>,
}

impl ContourPaths {
    /// The paths, in the order in which they were traced.
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

    /// Adds a corner to the path at the end, without what is superfluous before it.
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

    /// Ends the path, or forgets it if it has no extent.
    pub(super) fn finish(&mut self, closed: bool) {
        let start = self.start();
        while closed && self.points.len() >= start + 3 {
            let ring = &self.points[start..];
            let (first, before, last) = (ring[0], ring[ring.len() - 2], ring[ring.len() - 1]);
            if is_superfluous(before, last, first) {
                self.points.pop();
            } else if is_superfluous(last, first, ring[1]) {
                // The last corner takes the place of the first: the same ring, begun elsewhere.
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

/// Whether `b` adds nothing between `a` and `c`: it repeats one of them, is the tip of a spike, or
/// lies on one line with them along an axis (exactly so in floats).
fn is_superfluous(a: DataPoint, b: DataPoint, c: DataPoint) -> bool {
    a == c || b == c || (a[0] == b[0] && b[0] == c[0]) || (a[1] == b[1] && b[1] == c[1])
}
