//! Height of a value in the box: linear, or logarithmic if a few values are much larger than all others.

use crate::layout::Ticks;
use thalweg::{field::Field, float::ln, over::Spacing};

/// Maps the values of a field to heights from 0 (smallest) to 1 (largest).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HeightScale {
    low: f64,
    high: f64,
    /// Offset that is added to the difference from the smallest value before the logarithm; `None` for a linear height.
    offset: Option<f64>,
}

impl HeightScale {
    /// Creates the mapping for a field. With [`Spacing::Log`], the median is at half of the height unless it is already higher.
    pub(super) fn new(field: &Field, spacing: Spacing) -> Self {
        let [low, high] = match field.range() {
            Some([low, high]) if low < high => [low, high],
            Some([level, _]) => [level - 0.5, level + 0.5],
            None => [0.0, 1.0],
        };
        let offset = match spacing {
            Spacing::Linear => None,
            // ln(1 + m / c) is half of ln(1 + r / c) for c = m^2 / (r - 2 m).
            Spacing::Log => {
                let (m, r) = (median(field) - low, high - low);
                let offset = m * m / (r - 2.0 * m);
                Some(offset).filter(|c| r > 2.0 * m && *c > 1e-12 * r)
            }
        };
        Self { low, high, offset }
    }

    /// Returns the relative height of a value.
    pub(super) fn share(&self, v: f64) -> f64 {
        match self.offset {
            None => (v - self.low) / (self.high - self.low),
            Some(c) => ln(1.0 + (v - self.low) / c) / ln(1.0 + (self.high - self.low) / c),
        }
    }

    /// Returns ticks with their labels, in ascending order, at least `apart` (relative to the height) apart.
    pub(super) fn ticks(&self, apart: f64) -> Vec<(f64, String)> {
        if self.offset.is_none() {
            let count = (0.7 / apart).floor().max(1.0);
            let ticks = Ticks::new([self.low, self.high], count as usize);
            return ticks.values.iter().map(|v| (*v, ticks.label(*v))).collect();
        }
        // The shortest numbers first, each if there is space.
        let mut taken: Vec<f64> = Vec::new();
        for v in round_numbers([self.low, self.high]) {
            let near = |other: &f64| (self.share(*other) - self.share(v)).abs() < apart;
            if !taken.iter().any(near) {
                taken.push(v);
            }
        }
        taken.sort_by(f64::total_cmp);
        let label = |v: &f64| (*v, crate::text::number(*v, 6));
        taken.iter().map(label).collect()
    }
}

/// Returns the median of the finite values; 0 if there are none.
fn median(field: &Field) -> f64 {
    let mut values: Vec<f64> = field
        .values
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Returns the relative position of the median, from 0 (smallest value) to 1 (largest); 0.5 for a flat field.
pub(super) fn median_share(field: &Field) -> f64 {
    match field.range() {
        Some([low, high]) if low < high => (median(field) - low) / (high - low),
        _ => 0.5,
    }
}

/// Returns round numbers in a range: zero, then powers of ten from the largest down, then multiples by five and two.
fn round_numbers([low, high]: [f64; 2]) -> Vec<f64> {
    const DECADES: i32 = 9;
    let largest = low.abs().max(high.abs());
    let mut ten: f64 = 1.0;
    while ten * 10.0 <= largest {
        ten *= 10.0;
    }
    while ten > largest {
        ten /= 10.0;
    }
    let decades = |digit: f64| {
        // Division instead of multiplication by 0.1: 5 / 100 is exactly the float 0.05.
        let powers = (0..DECADES).scan(1.0, move |down, _| {
            let power = digit * ten / *down;
            *down *= 10.0;
            Some(power)
        });
        powers.flat_map(|v| [v, -v])
    };
    let digits = [1.0, 5.0, 2.0].into_iter().flat_map(decades);
    let all = [0.0].into_iter().chain(digits);
    all.filter(|v| (low..=high).contains(v)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(values: &[f64]) -> Field {
        Field {
            xs: vec![0.0, 1.0, 2.0],
            ys: vec![0.0, 1.0],
            values: values.to_vec(),
        }
    }

    #[test]
    fn a_steep_field_has_its_median_in_the_middle() {
        let steep = field(&[0.0, 1.0, 5.0, 10.0, 900.0, 2500.0]);
        let height = HeightScale::new(&steep, Spacing::Log);
        assert!((height.share(10.0) - 0.5).abs() < 1e-12);
        assert_eq!([height.share(0.0), height.share(2500.0)], [0.0, 1.0]);
        let ticks: Vec<String> = height
            .ticks(0.11)
            .into_iter()
            .map(|(_, words)| words)
            .collect();
        assert_eq!(ticks, ["0", "0.1", "1", "10", "100", "1000"]);
    }

    #[test]
    fn a_uniform_field_and_one_without_finite_values_are_linear() {
        let even = field(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(HeightScale::new(&even, Spacing::Log).share(2.5), 0.5);
        assert_eq!(median_share(&even), 0.6);
        let flat = HeightScale::new(&field(&[3.0; 6]), Spacing::Log);
        assert_eq!(
            (flat.share(3.0), median_share(&field(&[3.0; 6]))),
            (0.5, 0.5)
        );
        let empty = HeightScale::new(&field(&[f64::NAN; 6]), Spacing::Log);
        assert!(empty.share(0.0) == 0.0 && empty.share(f64::NAN).is_nan());
    }
}
