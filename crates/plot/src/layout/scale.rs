//! From data to px along one axis, and the round numbers that are marked on it.

use thalweg::float::ln;
pub use thalweg::over::Spacing;

/// A scale: linear, or logarithmic over numbers above zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Data at the two ends.
    pub data: [f64; 2],
    /// Px at the two ends.
    pub px: [f64; 2],
    /// Whether equal distances or equal ratios are equally long.
    pub spacing: Spacing,
}

impl Scale {
    /// A scale with equal distances.
    pub fn linear(data: [f64; 2], px: [f64; 2]) -> Self {
        Self {
            data,
            px,
            spacing: Spacing::Linear,
        }
    }

    /// Px of a number; on a logarithmic scale not finite for one that is not above zero.
    pub fn px_from_data(&self, v: f64) -> f64 {
        let [low, high] = self.data;
        let t = match self.spacing {
            Spacing::Linear => (v - low) / (high - low),
            Spacing::Log => ln_ratio(v, low) / ln_ratio(high, low),
        };
        self.px[0] + t * (self.px[1] - self.px[0])
    }
}

/// Returns the logarithm of `v / low`, which is finite for any positive numbers.
fn ln_ratio(v: f64, low: f64) -> f64 {
    let ratio = v / low;
    if v > 0.0 && !(ratio > 0.0 && ratio.is_finite()) {
        return ln(v) - ln(low);
    }
    ln(ratio)
}

/// Round numbers within a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The numbers, ascending.
    pub values: Vec<f64>,
    /// How they are written.
    style: NumberFormat,
}

/// How the numbers of an axis are written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum NumberFormat {
    /// With as many digits behind the point as tell numbers apart that lie a step from each other.
    Evenly { step: f64, decimals: usize },
    /// Each as short as it can be.
    Shortest,
}

impl Ticks {
    /// About `count` numbers in `[low, high]`, at steps of 1, 2 or 5 times a power of ten.
    pub fn new([low, high]: [f64; 2], count: usize) -> Self {
        let rough = (high - low) / count as f64;
        if !(rough > 0.0 && rough.is_finite()) {
            return Self {
                values: Vec::new(),
                style: NumberFormat::Shortest,
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
            style: NumberFormat::Evenly {
                step,
                decimals: (-power).max(0) as usize,
            },
        }
    }

    /// About `count` numbers in a range on an axis of this spacing.
    pub fn on(range: [f64; 2], spacing: Spacing, count: usize) -> Self {
        match spacing {
            Spacing::Linear => Self::new(range, count),
            Spacing::Log => Self::log(range, count),
        }
    }

    /// About `count` numbers in `[low, high]`, which lies above zero: powers of ten, with 2 and 5 times as much between
    /// them or all nine digits where these are few; evenly spaced where even those are.
    fn log([low, high]: [f64; 2], count: usize) -> Self {
        if !(low > 0.0 && low < high && high.is_finite()) {
            return Self::new([f64::NAN; 2], count);
        }
        let (first, last) = (power_below(low), power_below(high));
        let inside = |v: &f64| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(v);
        let times = |digits: &[f64]| -> Vec<f64> {
            let decades = (first..=last).map(scaled);
            let values = decades.flat_map(|ten| digits.iter().map(move |digit| ten(*digit)));
            values.filter(inside).collect()
        };
        let powers = times(&[1.0]);
        // Every power, or every second, third ... one.
        let stride = powers.len().div_ceil(count.max(1) + 1).max(1);
        let choices = [
            times(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]),
            times(&[1.0, 2.0, 5.0]),
            powers.into_iter().step_by(stride).collect(),
        ];
        let most = count + 1;
        let [nine, three, one] = &choices;
        let fits = |values: &Vec<f64>| (3..=most).contains(&values.len());
        match [nine, three, one].into_iter().find(|values| fits(values)) {
            Some(values) => Self {
                values: values.clone(),
                style: NumberFormat::Shortest,
            },
            None if one.len() > 1 => Self {
                values: one.clone(),
                style: NumberFormat::Shortest,
            },
            None => Self::new([low, high], count),
        }
    }

    /// Whether numbers of a usual size differ by little, so that they are shorter without a power of ten.
    fn is_narrow(&self) -> bool {
        const LEAST: f64 = 1e-3;
        const MAX_TICK_DIGITS: usize = 12;
        let NumberFormat::Evenly { decimals, .. } = self.style else {
            return false;
        };
        let largest = self
            .values
            .iter()
            .fold(0.0, |most: f64, v| most.max(v.abs()));
        let whole = if largest < 1.0 {
            1
        } else {
            1 + power_below(largest) as usize
        };
        decimals > 0 && largest >= LEAST && whole + decimals <= MAX_TICK_DIGITS
    }

    /// The tick as text, with a real minus sign.
    pub fn label(&self, v: f64) -> String {
        match self.style {
            // Very small and very large steps are written with a power of ten, unless the numbers that they tell apart are
            // not so small or large themselves.
            NumberFormat::Evenly { step, decimals }
                if (1e-4..1e5).contains(&step) || self.is_narrow() =>
            {
                crate::text::fixed(v, decimals)
            }
            NumberFormat::Evenly { step, .. } => crate::text::tick(v, step),
            NumberFormat::Shortest => crate::text::number(v, 6),
        }
    }
}

/// The number in a range that is written with the fewest digits: of several a power of ten, then five or two times one, then
/// the one nearest to the middle.
pub fn roundest([low, high]: [f64; 2]) -> f64 {
    if low > high || !(low.is_finite() && high.is_finite()) {
        return low;
    }
    if high < 0.0 {
        return -roundest([-high, -low]);
    }
    if low <= 0.0 {
        return 0.0;
    }
    let middle = f64::midpoint(low, high);
    let above = power_below(high);
    for power in (above - 17..=above).rev() {
        let times = scaled(power);
        let first = (low / times(1.0)).ceil();
        // At most ten: the next larger power had none, or this is the largest power.
        let numbers = (0..10).map(|i| first + f64::from(i));
        let inside = numbers.filter(|n| (low..=high).contains(&times(*n)));
        let rank = |n: &f64| match n {
            1.0 | 10.0 => -3.0,
            5.0 => -2.0,
            2.0 => -1.0,
            _ => (times(*n) - middle).abs() / high,
        };
        if let Some(n) = inside.min_by(|a, b| rank(a).total_cmp(&rank(b))) {
            return times(n);
        }
    }
    low
}

/// Returns the largest power of ten that does not exceed `v`, which must be positive.
fn power_below(v: f64) -> i32 {
    let mut power = 0;
    // Floating-point rounding must not lose the first decade of the range.
    while v * (1.0 + 1e-9) >= power_of_ten(power + 1) {
        power += 1;
    }
    while v * (1.0 + 1e-9) < power_of_ten(power) {
        power -= 1;
    }
    power
}

/// Multiplies a digit by a power of ten, with one rounding.
fn scaled(power: i32) -> impl Fn(f64) -> f64 {
    move |digit| match power {
        0.. => digit * power_of_ten(power),
        _ => digit / power_of_ten(-power),
    }
}

/// Returns the step 1, 2, or 5 times a power of ten that is closest to `rough`, as factor and exponent.
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

/// Returns a power of ten, computed by multiplication, which gives the same bits everywhere.
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
        let words = |range, count| -> Vec<String> {
            let ticks = Ticks::new(range, count);
            ticks.values.iter().map(|v| ticks.label(*v)).collect()
        };
        // Narrow ranges of ordinary numbers have plain digits, and all ticks of an axis have the same number of digits.
        assert_eq!(
            words([0.399_879, 0.399_901], 2),
            ["0.39988", "0.39989", "0.39990"]
        );
        assert_eq!(
            words([1e6, 1e6 + 1.1e-4], 2),
            ["1000000.00000", "1000000.00005", "1000000.00010"]
        );
        assert_eq!(
            words([0.0, 2e-5], 2),
            ["0", "10\u{207b}\u{2075}", "2\u{d7}10\u{207b}\u{2075}"]
        );
        let ticks = Ticks::new([0.0, 1e-300], 2);
        assert_eq!(
            ticks.label(ticks.values[1]),
            "5\u{d7}10\u{207b}\u{b3}\u{2070}\u{b9}"
        );
    }

    #[test]
    fn ticks_of_a_logarithmic_axis_are_round_too() {
        let on = |range, count| Ticks::on(range, Spacing::Log, count);
        let decades = on([1e-3, 100.0], 7);
        assert_eq!(decades.values, [0.001, 0.01, 0.1, 1.0, 10.0, 100.0]);
        assert_eq!(decades.label(0.001), "0.001");
        assert_eq!(
            on([1.0, 100.0], 7).values,
            [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]
        );
        assert_eq!(on([3.0, 40.0], 9).values, [5.0, 10.0, 20.0]);
        assert_eq!(on([20.0, 90.0], 9).values.len(), 8);
        assert_eq!(on([1e-12, 1e12], 7).values.len(), 7);
        // A range of less than a decade without three round numbers has linear ticks.
        assert_eq!(on([11.0, 14.0], 3).values, [11.0, 12.0, 13.0, 14.0]);
        assert!(on([0.0, 1.0], 5).values.is_empty());
        let scale = Scale {
            data: [1.0, 100.0],
            px: [0.0, 10.0],
            spacing: Spacing::Log,
        };
        assert!((scale.px_from_data(10.0) - 5.0).abs() < 1e-12);
        assert!(!scale.px_from_data(0.0).is_finite());
    }

    #[test]
    fn finds_the_shortest_number_of_a_range() {
        let cases = [
            ([-1.0, 2.0], 0.0),
            ([0.7, 30.0], 10.0),
            ([0.7, 7.0], 1.0),
            ([20.0, 90.0], 50.0),
            ([21.0, 49.0], 30.0),
            ([0.0312, 0.0345], 0.033),
            ([-49.0, -21.0], -30.0),
            ([1234.5, 1234.5], 1234.5),
            ([3.0, 3.05], 3.0),
        ];
        for (range, expected) in cases {
            assert_eq!(roundest(range), expected, "{range:?}");
        }
        assert!(roundest([f64::NAN, 1.0]).is_nan());
    }

    #[test]
    fn an_empty_range_has_no_ticks() {
        assert!(Ticks::new([1.0, 1.0], 5).values.is_empty());
        assert!(Ticks::new([f64::NAN, 1.0], 5).values.is_empty());
    }
}
