//! Quantiles.

/// Returns the quantile `share`, from 0 to 1, of `values`. There must be at least one value and no NaN.
///
/// The values are partitioned by the highest bit in which two of them differ, until the rest are equal. Fields have
/// plateaus with many equal samples. On these, the selection algorithm of the standard library takes quadratic time
/// when it is optimized for size, as in the page.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut place = (share * (values.len() - 1) as f64).round() as usize;
    let mut keys: Vec<u64> = values.iter().map(|v| key(*v)).collect();
    loop {
        let first = keys[0];
        let differs = keys.iter().fold(0, |bits, key| bits | (key ^ first));
        if differs == 0 {
            return value(first);
        }
        let bit = 1 << differs.ilog2();
        let below = keys.iter().filter(|key| *key & bit == 0).count();
        let wanted = if place < below { 0 } else { bit };
        if wanted == bit {
            place -= below;
        }
        keys.retain(|key| key & bit == wanted);
    }
}

const SIGN: u64 = 1 << 63;

/// Returns an integer key with the same order as the values.
fn key(v: f64) -> u64 {
    let bits = v.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// Returns the value of a key.
fn value(key: u64) -> f64 {
    f64::from_bits(if key & SIGN == 0 { !key } else { key ^ SIGN })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_the_sorted_list() {
        let wild = (0..1000_i32).map(|i| f64::from(i * 7919 % 1013 - 500) / 8.0);
        let mut values: Vec<f64> = wild.chain([f64::MAX, f64::MIN, -0.0, 5e-324]).collect();
        let plateau = values.len();
        values.extend(std::iter::repeat_n(0.5, plateau));
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        for share in [0.0, 0.005, 0.1, 0.5, 0.75, 0.999, 1.0] {
            let place = (share * (values.len() - 1) as f64).round() as usize;
            assert_eq!(quantile(&values, share), sorted[place], "{share}");
        }
        assert_eq!(quantile(&[-3.0; 4], 0.5), -3.0);
    }
}
