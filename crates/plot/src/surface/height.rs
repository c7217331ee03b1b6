//! From a value to its height in the box: in equal steps, or in ratios where a few values tower above all others.

use crate::layout::Ticks;
use thalweg::{field::Field, float::ln, over::Spacing};

/// From the least value of a field, 0, to its greatest, 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HeightScale {
    low: f64,
    high: f64,
    /// What is added to values above the least before their ratios are taken; none for equal steps.
    offset: Option<f64>,
}

impl HeightScale {
    /// For a field. With [`Spacing::Log`] the median lies at half of the height, unless it is above that already.
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

    /// The height of a value as a share.
    pub(super) fn share(&self, v: f64) -> f64 {
        match self.offset {
            None => (v - self.low) / (self.high - self.low),
            Some(c) => ln(1.0 + (v - self.low) / c) / ln(1.0 + (self.high - self.low) / c),
        }
    }

    /// Numbers with what is written there, from below, about as many as lie `apart`, a share of the height, or more.
    pub(super) fn ticks(&self, apart: f64) -> Vec<(f64, String)> {
        if self.offset.is_none() {
            let count = (0.7 / apart).floor().max(1.0);
            let ticks = Ticks::new([self.low, self.high], count as usize);
            return ticks.values.iter().map(|v| (*v, ticks.label(*v))).collect();
        }
        // The roundest numbers first, each where there is room left.
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

/// The median of the finite values; 0 where there are none.
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

/// How far up the median lies, from 0 at the least value to 1 at the greatest; a half for a flat field.
pub(super) fn median_share(field: &Field) -> f64 {
    match field.range() {
        Some([low, high]) if low < high => (median(field) - low) / (high - low),
        _ => 0.5,
    }
}

/// Round numbers within a range, the roundest first: zero, powers of ten from the greatest down, then fives and twos.
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
        // Divided, not multiplied with 0.1: 5 / 100 is the 0.05 that a reader means.
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
    fn an_even_field_and_one_without_numbers_are_linear() {
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
