//! A finer grid for contours of narrow valleys.

use thalweg::{field::Field, number::spread};

/// Returns a field with `times` as many cells along each axis, interpolated by cubic polynomials through the four nearest
/// samples.
///
/// Contours are straight within a cell. In a valley that is narrower than a cell, they form beads and islands, although the
/// function is smooth. The result stays within the range of the field. Near samples that are not finite, it is linear or not
/// a number.
pub fn refined(field: &Field, times: usize) -> Field {
    let [columns, rows] = [field.xs.len(), field.ys.len()];
    if times < 2 || columns < 4 || rows < 4 {
        return field.clone();
    }
    let finer = |along: &[f64]| {
        spread(
            [along[0], along[along.len() - 1]],
            (along.len() - 1) * times + 1,
        )
    };
    let (xs, ys) = (finer(&field.xs), finer(&field.ys));
    let wide: Vec<f64> = (0..rows)
        .flat_map(|j| {
            let row = &field.values[j * columns..(j + 1) * columns];
            (0..xs.len()).map(move |i| between(|k| row[k], columns, i, times))
        })
        .collect();
    let [low, high] = field.range().unwrap_or([f64::NEG_INFINITY, f64::INFINITY]);
    let values = (0..ys.len()).flat_map(|j| {
        let (wide, across) = (&wide, xs.len());
        (0..across).map(move |i| {
            let value = between(|k| wide[k * across + i], rows, j, times);
            value.clamp(low, high)
        })
    });
    let values = values.collect();
    Field { xs, ys, values }
}

/// Returns the value at `index / times` between `count` equidistant samples.
fn between(sample: impl Fn(usize) -> f64, count: usize, index: usize, times: usize) -> f64 {
    let (cell, part) = (index / times, index % times);
    if part == 0 {
        return sample(cell);
    }
    let t = part as f64 / times as f64;
    let first = cell.saturating_sub(1).min(count - 4);
    // The position relative to the first of the four samples.
    let x = (cell - first) as f64 + t;
    let p = [0, 1, 2, 3].map(|k| sample(first + k));
    if !p.iter().all(|v| v.is_finite()) {
        let [a, b] = [sample(cell), sample(cell + 1)];
        return a + t * (b - a);
    }
    let weights = [
        -(x - 1.0) * (x - 2.0) * (x - 3.0) / 6.0,
        x * (x - 2.0) * (x - 3.0) / 2.0,
        -x * (x - 1.0) * (x - 3.0) / 2.0,
        x * (x - 1.0) * (x - 2.0) / 6.0,
    ];
    weights.iter().zip(p).map(|(w, p)| w * p).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampled(f: impl Fn(f64, f64) -> f64, count: usize) -> Field {
        let along = spread([-2.0, 2.0], count);
        let points = along
            .iter()
            .flat_map(|y| along.iter().map(move |x| (*x, *y)));
        Field {
            values: points.map(|(x, y)| f(x, y)).collect(),
            xs: along.clone(),
            ys: along,
        }
    }

    #[test]
    fn a_cubic_function_is_exact() {
        let f = |x: f64, y: f64| x * x * x - 2.0 * x * y * y + y * y * y + 3.0;
        let coarse = sampled(f, 9);
        let [low, high] = coarse.range().unwrap_or_default();
        let fine = refined(&coarse, 3);
        let right = sampled(f, 25);
        assert_eq!(fine.xs.len(), 25);
        for (a, b) in fine.values.iter().zip(&right.values) {
            assert!((a - b.clamp(low, high)).abs() < 1e-9, "{a} {b}");
        }
    }

    #[test]
    fn a_valley_between_samples_stays_within_the_range() {
        let f = |x: f64, y: f64| 100.0 * (y - x * x) * (y - x * x) + (1.0 - x) * (1.0 - x);
        let coarse = sampled(f, 101);
        let [low, high] = coarse.range().unwrap_or_default();
        let fine = refined(&coarse, 3);
        assert!(fine.values.iter().all(|v| (low..=high).contains(v)));
        let right = sampled(f, 301);
        for (a, b) in fine.values.iter().zip(&right.values) {
            assert!((a - b.clamp(low, high)).abs() < 0.01, "{a} {b}");
        }
    }

    #[test]
    fn holes_stay_holes() {
        let f = |x: f64, y: f64| if x + y > 1.0 { f64::NAN } else { x * y };
        let fine = refined(&sampled(f, 41), 3);
        let inside = fine.values.iter().filter(|v| v.is_finite()).count();
        let share = inside as f64 / fine.values.len() as f64;
        assert!((0.6..0.8).contains(&share), "{share}");
    }
}
