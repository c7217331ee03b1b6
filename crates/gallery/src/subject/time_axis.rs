//! A horizontal axis that follows the time of a player.

/// An axis of epochs or evaluations that are spaced as in the time of a player, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// The positions at equal intervals of the time, ascending from 0.
    pub positions: Vec<f64>,
    /// The name of the spacing for the label of the axis, such as `log scale`.
    pub spacing: &'static str,
}

impl TimeAxis {
    /// Returns the first time at which a position is reached.
    pub(crate) fn share(&self, position: f64) -> f64 {
        let intervals = self.positions.len().saturating_sub(1).max(1) as f64;
        let after = self.positions.partition_point(|before| *before < position);
        let Some((from, to)) = after
            .checked_sub(1)
            .and_then(|before| Some((self.positions[before], *self.positions.get(after)?)))
        else {
            return if after == 0 { 0.0 } else { 1.0 };
        };
        (after as f64 - 1.0 + (position - from) / (to - from)) / intervals
    }

    /// Returns the times of round positions with their labels. The most important ones are first: both ends, then powers of
    /// ten, then 5 and 2 times as much.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        let last = self.positions.last().copied().unwrap_or(0.0);
        let mut ticks = vec![0.0, last];
        for factor in [1.0, 5.0, 2.0] {
            let mut position = factor;
            while position < last {
                ticks.push(position);
                position *= 10.0;
            }
        }
        let tick = |position: f64| {
            (
                self.share(position),
                thalweg_plot::text::number(position, 6),
            )
        };
        ticks.into_iter().map(tick).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_between_the_known_ones_are_interpolated() {
        let axis = TimeAxis {
            positions: vec![0.0, 1.0, 11.0, 111.0],
            spacing: "log scale",
        };
        let shares = [0.0, 0.5, 1.0, 6.0, 111.0, 200.0].map(|position| axis.share(position) * 3.0);
        assert_eq!(shares, [0.0, 0.5, 1.0, 1.5, 3.0, 3.0]);
        let labels: Vec<String> = axis.ticks().into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["0", "111", "1", "10", "100", "5", "50", "2", "20"]);
    }

    #[test]
    fn an_axis_without_a_step_has_one_place() {
        let axis = TimeAxis {
            positions: vec![0.0, 0.0],
            spacing: "log scale",
        };
        assert_eq!(axis.share(0.0), 0.0);
    }
}
