//! The value that a share of many does not exceed.

/// The value that a share of `values`, at least one and none NaN, does not exceed; `share` is from 0 to 1.
///
/// They are parted by the highest bit in which two of them differ, until the rest are one value. Fields have plateaus, where
/// most samples are equal to the bit, and the page's standard library, which is made for size, takes the square of their
/// number to select among equals.
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

/// A number that is greater where the value is greater.
fn key(v: f64) -> u64 {
    let bits = v.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// The value of a key.
fn value(key: u64) -> f64 {
    f64::from_bits(if key & SIGN == 0 { !key } else { key ^ SIGN })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_stands_there_in_a_sorted_list() {
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
