//! From data to px along one axis, and the round numbers that are marked on it.

/// A linear scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Data at the two ends.
    pub data: [f64; 2],
    /// Px at the two ends.
    pub px: [f64; 2],
}

impl Scale {
    /// Px of a number.
    pub fn px_from_data(&self, v: f64) -> f64 {
        let t = (v - self.data[0]) / (self.data[1] - self.data[0]);
        self.px[0] + t * (self.px[1] - self.px[0])
    }
}

/// Round numbers within a range, evenly spaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The numbers, ascending.
    pub values: Vec<f64>,
    step: f64,
    /// Digits behind the point that tell them apart.
    decimals: usize,
}

impl Ticks {
    /// About `count` numbers in `[low, high]`, at steps of 1, 2 or 5 times a power of ten.
    pub fn new([low, high]: [f64; 2], count: usize) -> Self {
        let rough = (high - low) / count as f64;
        if !(rough > 0.0 && rough.is_finite()) {
            return Self {
                values: Vec::new(),
                step: 1.0,
                decimals: 0,
            };
        }
        let (factor, power) = round_step(rough);
        let step = factor * power_of_ten(power);
        // Whole multiples of the step are counted, so that no rounding adds up.
        let first = (low / step - 1e-9).ceil();
        let last = (high / step + 1e-9).floor();
        let count = (last - first).max(-1.0) as usize + 1;
        let multiple = |i: usize| (first + i as f64) * factor;
        let value = |i: usize| match power {
            0.. => multiple(i) * power_of_ten(power),
            // A division by a whole number rounds once: 3 / 10 is the 0.3 that a reader means.
            _ => multiple(i) / power_of_ten(-power),
        };
        Self {
            values: (0..count).map(value).collect(),
            step,
            decimals: (-power).max(0) as usize,
        }
    }

    /// The tick as text, with a real minus sign.
    pub fn label(&self, v: f64) -> String {
        // Very small and very large steps are written with a power of ten.
        if (1e-4..1e5).contains(&self.step) {
            crate::text::fixed(v, self.decimals)
        } else {
            crate::text::tick(v, self.step)
        }
    }
}

/// The step 1, 2 or 5 times ten to a power that is next to `rough`, as factor and power.
fn round_step(rough: f64) -> (f64, i32) {
    let mut power = 0;
    while rough >= power_of_ten(power + 1) {
        power += 1;
    }
    while rough < power_of_ten(power) {
        power -= 1;
    }
    let share = rough / power_of_ten(power);
    match share {
        ..1.5 => (1.0, power),
        ..3.5 => (2.0, power),
        ..7.5 => (5.0, power),
        _ => (1.0, power + 1),
    }
}

/// Ten to a power, by multiplication alone: the same bits everywhere.
fn power_of_ten(power: i32) -> f64 {
    let whole = (0..power.abs()).fold(1.0, |p, _| p * 10.0);
    if power < 0 { 1.0 / whole } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let ticks = Ticks::new([-6.0, 6.0], 7);
        assert_eq!(ticks.values, [-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0]);
        let ticks = Ticks::new([-1.4, -0.9], 5);
        assert_eq!(ticks.values, [-1.4, -1.3, -1.2, -1.1, -1.0, -0.9]);
        assert_eq!(ticks.label(ticks.values[0]), "\u{2212}1.4");
        assert_eq!(ticks.label(ticks.values[4]), "\u{2212}1.0");
        let ticks = Ticks::new([0.0, 797.0], 5);
        assert_eq!(ticks.values, [0.0, 200.0, 400.0, 600.0]);
        let ticks = Ticks::new([0.0, 1e-300], 2);
        assert_eq!(
            ticks.label(ticks.values[1]),
            "5\u{d7}10\u{207b}\u{b3}\u{2070}\u{b9}"
        );
    }

    #[test]
    fn a_range_without_an_inside_has_no_ticks() {
        assert!(Ticks::new([1.0, 1.0], 5).values.is_empty());
        assert!(Ticks::new([f64::NAN, 1.0], 5).values.is_empty());
    }
}
