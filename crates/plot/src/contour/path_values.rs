//! Logarithmic levels that distinguish the values along the paths on a map.

use super::quantile::quantile;
use thalweg::float::{ln, powf};

/// With logarithmic levels, the lowest band covers this fraction of the map, which is visible for any smallest value.
const LOWEST: f64 = 0.005;
/// The lowest band is at least this fraction of the range, so that rounding errors in a flat valley do not use bands.
const LEAST: f64 = 1e-9;

/// The values along the paths on a map, ascending, without those that differ only by rounding.
pub(super) struct PathValues(Vec<f64>);

impl PathValues {
    /// Selects the values that a map from `low` to `high` can distinguish.
    pub(super) fn new(along: &[f64], [low, high]: [f64; 2]) -> Self {
        let within = |v: &f64| v.is_finite() && *v <= high;
        let mut values: Vec<f64> = along.iter().copied().filter(within).collect();
        values.sort_unstable_by(f64::total_cmp);
        let least = LEAST * (high - low);
        values.dedup_by(|next, kept| *next - *kept < least);
        Self(values)
    }

    /// Returns whether at least `wanted` bands contain values, or as many as there are values.
    pub(super) fn are_distinguished(&self, edges: &[f64], wanted: usize) -> bool {
        let wanted = wanted.min(self.0.len());
        let below = |edge: &f64| self.0.partition_point(|v| v < edge);
        let inner = edges[1..edges.len() - 1].iter().map(below);
        let mut ends: Vec<usize> = inner.chain([0, self.0.len()]).collect();
        ends.sort_unstable();
        ends.dedup();
        ends.len() > wanted
    }

    /// Returns logarithmic levels for the values of a field that distinguish `wanted` bands along the paths.
    ///
    /// If the usual levels do not, the lowest band becomes smaller. If that does not help, because the paths lie far from
    /// the smallest value, some levels lie in the gaps between the values along the paths.
    pub(super) fn logarithmic(
        &self,
        values: &[f64],
        [low, high]: [f64; 2],
        bands: usize,
        wanted: usize,
    ) -> Vec<f64> {
        let least = LEAST * (high - low);
        let usual = (quantile(values, LOWEST) - low).max(least);
        // A valley between the samples may be deeper than all of them.
        let deepest = self.0.first().map_or(low, |v| v.min(low));
        for low in [low, deepest] {
            let mut floor = usual;
            // The least floor of a tiny range is rounded to 0.
            while floor >= least && floor > 0.0 {
                let edges = ratios([low, high], floor, bands);
                if self.are_distinguished(&edges, wanted) {
                    return edges;
                }
                floor /= 2.0;
            }
        }
        self.inserted(&ratios([deepest, high], usual, bands), usual, wanted)
    }

    /// Replaces levels by the middles of the largest gaps between the values, on a logarithmic scale above the lowest
    /// level, so that `wanted` bands contain values.
    fn inserted(&self, edges: &[f64], floor: f64, wanted: usize) -> Vec<f64> {
        let (low, high) = (edges[0], edges[edges.len() - 1]);
        let scale = |v: f64| ln(v - low + floor);
        let mut gaps: Vec<[f64; 2]> = self.0.windows(2).map(|pair| [pair[0], pair[1]]).collect();
        gaps.sort_by(|a, b| {
            let size = |gap: &[f64; 2]| scale(gap[1]) - scale(gap[0]);
            size(b).total_cmp(&size(a))
        });
        let count = wanted.saturating_sub(1).min(edges.len() - 2);
        let cuts = gaps.iter().take(count).map(|[a, b]| f64::midpoint(*a, *b));
        let mut levels: Vec<(f64, bool)> = cuts.map(|v| (v, true)).collect();
        let own = edges[1..edges.len() - 1].iter().map(|v| (*v, false));
        levels.extend(own.chain([(low, true), (high, true)]));
        levels.sort_by(|a, b| a.0.total_cmp(&b.0));
        levels.dedup_by(|next, kept| next.0 == kept.0);
        while levels.len() > edges.len() {
            // The level whose neighbors are closest to each other is missed least.
            let distance = |i: &usize| scale(levels[i + 1].0) - scale(levels[i - 1].0);
            let movable = (1..levels.len() - 1).filter(|i| !levels[*i].1);
            let Some(i) = movable.min_by(|a, b| distance(a).total_cmp(&distance(b))) else {
                break;
            };
            levels.remove(i);
        }
        levels.into_iter().map(|(v, _)| v).collect()
    }
}

/// Returns the smallest value, followed by levels with equal ratios of the distance from it. The lowest band ends `floor`
/// above it.
fn ratios([low, high]: [f64; 2], floor: f64, bands: usize) -> Vec<f64> {
    let ratio = (high - low) / floor;
    let steps = (bands - 1).max(1) as f64;
    let mut edges = vec![low];
    edges.extend((0..bands - 1).map(|i| low + floor * powf(ratio, i as f64 / steps)));
    edges.push(high);
    edges
}
