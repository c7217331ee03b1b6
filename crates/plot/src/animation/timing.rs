//! Timing of the frames of an animation.

/// The timing of the frames of an animation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameTiming {
    /// Frames per second.
    pub fps: f64,
    /// Number of frames, at least one.
    pub pictures: usize,
    /// Additional duration of the first and the last frame in seconds.
    pub pauses: [f64; 2],
    /// Number of repetitions.
    pub loops: Loops,
}

/// The number of repetitions of an animation, if the format supports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loops {
    /// Endless repetition.
    Forever,
    /// This number of times, at least once.
    Times(u16),
}

impl FrameTiming {
    /// Returns the start and the end of the `i`-th frame in seconds.
    pub fn interval(&self, i: usize) -> [f64; 2] {
        let [start, end] = self.pauses;
        let moves = |i: usize| i as f64 / self.fps;
        let appears = if i == 0 { 0.0 } else { start + moves(i) };
        let last = i + 1 == self.pictures;
        [appears, start + moves(i + 1) + if last { end } else { 0.0 }]
    }

    /// Returns the duration in seconds.
    pub fn total(&self) -> f64 {
        self.pauses[0] + self.pictures as f64 / self.fps + self.pauses[1]
    }

    /// Returns the number of frames if pauses consist of frames.
    pub fn frames(&self) -> f64 {
        (self.total() * self.fps).round()
    }
}

/// Returns the delay between two instants in whole hundredths, thousandths, and so on of a second. Rounding errors do
/// not accumulate. A delay that is too long for the format is split into several.
pub(crate) fn delays([from, to]: [f64; 2], a_second: f64) -> impl Iterator<Item = u16> {
    let at = |t: f64| (t * a_second).round() as u64;
    let mut left = Some(at(to) - at(from));
    std::iter::from_fn(move || {
        let longest = u16::try_from(left?).unwrap_or(u16::MAX);
        left = left?.checked_sub(longest.into()).filter(|rest| *rest > 0);
        Some(longest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_consecutive_and_pauses_extend_the_ends() {
        let timing = FrameTiming {
            fps: 30.0,
            pictures: 4,
            pauses: [0.5, 2.0],
            loops: Loops::Forever,
        };
        let seen: Vec<[f64; 2]> = (0..4).map(|i| timing.interval(i)).collect();
        assert_eq!(seen[0][0], 0.0);
        for pair in seen.windows(2) {
            assert_eq!(pair[0][1], pair[1][0]);
        }
        assert_eq!(seen[3][1], timing.total());
        let sum: u64 = seen
            .iter()
            .flat_map(|seen| delays(*seen, 100.0))
            .map(u64::from)
            .sum();
        assert_eq!(sum, 263, "2.5 s and 4/30 s in hundredths");
    }
}
