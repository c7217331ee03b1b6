//! Formats numbers with a typographic minus sign, and with a power of ten where that is shorter.

/// Formats a tick of an axis with ticks `step` apart, in the shortest form that distinguishes it from its neighbors.
///
/// Uses plain digits for steps from 10⁻⁴ to 10⁵, else a power of ten, so that the labels of an axis have the same form.
/// If `step` is not a positive number, formats like [`number`] with six digits.
///
/// ```
/// use thalweg_plot::text::tick;
/// assert_eq!(tick(0.1 + 0.2, 0.1), "0.3");
/// assert_eq!(tick(-4.0, 2.0), "−4");
/// assert_eq!(tick(3e-7, 1e-7), "3×10⁻⁷");
/// ```
pub fn tick(v: f64, step: f64) -> String {
    if !(step.is_finite() && step > 0.0 && v.is_finite()) {
        return number(v, 6);
    }
    // Seven digits tolerate the rounding of a computed step.
    let (digits, exponent) = scientific(step, 6);
    let fraction = digits.split_once('.').map_or("", |(_, fraction)| fraction);
    let decimals = fraction.chars().map(|_| 1).sum::<i32>() - exponent;
    if (-4..5).contains(&exponent) && v.abs() < PLAIN_LIMIT {
        return plain(v, decimals);
    }
    let (_, magnitude) = scientific(v, 0);
    // Ticks are multiples of the step, so a tick far below the step is a rounded zero.
    let digits = magnitude + decimals;
    if v == 0.0 || digits < 0 {
        return "0".to_owned();
    }
    power_of_ten(v, digits.min(MAX_DECIMALS))
}

/// Formats a number with at most this many significant digits, without trailing zeros.
///
/// Uses plain digits from 10⁻⁴ to 10⁶, with all digits before the decimal point, else a power of ten.
///
/// ```
/// use thalweg_plot::text::number;
/// assert_eq!(number(0.123_456, 3), "0.123");
/// assert_eq!(number(-1234.56, 3), "−1235");
/// assert_eq!(number(1e-9, 3), "10⁻⁹");
/// ```
pub fn number(v: f64, significant: u8) -> String {
    if v.is_nan() {
        return "NaN".to_owned();
    }
    if v.is_infinite() {
        return if v > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let decimals = i32::from(significant).clamp(1, MAX_DECIMALS + 1) - 1;
    let (_, exponent) = scientific(v, decimals);
    if v == 0.0 || (-4..6).contains(&exponent) {
        plain(v, decimals - exponent)
    } else {
        power_of_ten(v, decimals)
    }
}

/// Formats a number with exactly this many decimals, for aligned columns.
///
/// ```
/// use thalweg_plot::text::fixed;
/// assert_eq!(fixed(-0.5, 2), "−0.50");
/// assert_eq!(fixed(-0.001, 2), "0.00");
/// ```
pub fn fixed(v: f64, decimals: usize) -> String {
    if !v.is_finite() {
        return number(v, 1);
    }
    let text = format!("{v:.decimals$}");
    let is_zero = text.chars().all(|c| "-0.".contains(c));
    with_minus(if is_zero {
        text.trim_start_matches('-')
    } else {
        &text
    })
}

/// Number of decimals after the first digit that an f64 always represents; more would show rounding errors.
const MAX_DECIMALS: i32 = 14;

/// From this magnitude on, plain digits would exceed the precision of an f64.
const PLAIN_LIMIT: f64 = 1e15;

/// Returns digits such as "1.25", without trailing zeros, and the exponent of the power of ten.
fn scientific(v: f64, decimals: i32) -> (String, i32) {
    let text = format!("{v:.*e}", decimals as usize);
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    // The formatter wrote the exponent, so parsing it cannot fail.
    (trimmed(digits), exponent.parse().unwrap_or(0))
}

fn plain(v: f64, decimals: i32) -> String {
    with_minus(&trimmed(&format!("{v:.*}", decimals.max(0) as usize)))
}

fn power_of_ten(v: f64, decimals: i32) -> String {
    let (digits, exponent) = scientific(v, decimals);
    let power = format!("10{}", superscript(exponent));
    match digits.as_str() {
        "1" => power,
        "-1" => format!("−{power}"),
        _ => format!("{}×{power}", with_minus(&digits)),
    }
}

/// Removes trailing zeros and the sign of a zero.
fn trimmed(decimal: &str) -> String {
    let shortest = if decimal.contains('.') {
        decimal.trim_end_matches('0').trim_end_matches('.')
    } else {
        decimal
    };
    if shortest == "-0" { "0" } else { shortest }.to_owned()
}

fn with_minus(number: &str) -> String {
    number.replace('-', "−")
}

fn superscript(exponent: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise = |c: char| c.to_digit(10).map_or('⁻', |digit| RAISED[digit as usize]);
    exponent.to_string().chars().map(raise).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_have_the_digits_of_their_step() {
        let axis = |values: &[f64], step| values.iter().map(|&v| tick(v, step)).collect::<Vec<_>>();
        assert_eq!(
            axis(&[-0.1, -0.0, 0.1 * 3.0, 1.0], 0.1),
            ["−0.1", "0", "0.3", "1"]
        );
        assert_eq!(axis(&[-0.25, 0.0, 0.75], 0.25), ["−0.25", "0", "0.75"]);
        assert_eq!(
            axis(&[0.0, 20_000.0, 1e6], 20_000.0),
            ["0", "20000", "1000000"]
        );
        assert_eq!(axis(&[0.0, 1e6, 1.5e6], 5e5), ["0", "10⁶", "1.5×10⁶"]);
        assert_eq!(axis(&[-2e-5, 1e-20, 1e-5], 1e-5), ["−2×10⁻⁵", "0", "10⁻⁵"]);
        assert_eq!(axis(&[1.000_1, 1.000_2], 0.000_1), ["1.0001", "1.0002"]);
        assert_eq!(tick(1.0 / 3.0, 1.0 / 3.0), "0.3333333");
        assert_eq!(tick(1e300, 1.0), "10³⁰⁰");
        assert_eq!(tick(2.5, 0.0), "2.5");
        assert_eq!(tick(0.001, 1e-300), "10⁻³");
        assert_eq!(tick(f64::NAN, 1.0), "NaN");
    }

    #[test]
    fn numbers_have_the_requested_digits() {
        let cases = [
            (0.125, 3, "0.125"),
            (0.5, 3, "0.5"),
            (0.000_123_45, 3, "0.000123"),
            (0.000_012_345, 3, "1.23×10⁻⁵"),
            (999_999.9, 3, "10⁶"),
            (999_999.4, 7, "999999.4"),
            (-1_234_567.0, 2, "−1.2×10⁶"),
            (-0.0, 3, "0"),
            (100.0, 1, "100"),
            (1.0, 0, "1"),
            (f64::NEG_INFINITY, 3, "−∞"),
        ];
        for (v, significant, expected) in cases {
            assert_eq!(number(v, significant), expected);
        }
    }
}
