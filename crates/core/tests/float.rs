//! Compares the functions of `float` with exact values, and every instruction set with `f64` arithmetic.

use fearless_simd::{Level, dispatch};
use thalweg::float::{
    self, Lanes, Scalar, SimdLanes, UnrolledLanes, exp_lanes, sigmoid_lanes, sigmoid2_lanes,
    tanh_lanes,
};

/// A function of one or two numbers.
type Function = fn(f64, f64) -> f64;

/// Returns the largest error of `name` over its golden values, in units in the last place.
fn worst_error(name: &str, f: Function) -> f64 {
    let mut worst = 0.0_f64;
    let mut points = 0;
    for line in include_str!("golden/float.csv").lines() {
        let fields: Vec<_> = line.split(',').collect();
        if fields[0] != name {
            continue;
        }
        let number = |i: usize| fields[i].parse::<f64>().expect("a number");
        let y = if fields[2].is_empty() { 0.0 } else { number(2) };
        let (got, rounded, rest) = (f(number(1), y), number(3), number(4));
        assert!(!got.is_nan(), "{line} gave NaN");
        assert!(
            got == 0.0 || got.signum() == rounded.signum(),
            "{line} gave {got}"
        );
        // Bits count units in the last place away from zero, through powers of two and up to infinity.
        let units = got.abs().to_bits().cast_signed() - rounded.abs().to_bits().cast_signed();
        worst = worst.max((units as f64 - rest).abs());
        points += 1;
    }
    assert!(points >= 200, "{name} has only {points} golden values");
    worst
}

#[test]
fn functions_are_within_one_unit_in_the_last_place() {
    let functions: [(&str, Function); 12] = [
        ("ln", |x, _| float::ln(x)),
        ("ln_1p", |x, _| float::ln_1p(x)),
        ("sin", |x, _| float::sin(x)),
        ("cos", |x, _| float::cos(x)),
        ("powf", float::powf),
        ("asin", |x, _| float::asin(x)),
        ("acos", |x, _| float::acos(x)),
        ("atan", |x, _| float::atan(x)),
        ("exp2", |x, _| float::exp2(x)),
        ("log2", |x, _| float::log2(x)),
        ("log10", |x, _| float::log10(x)),
        ("cbrt", |x, _| float::cbrt(x)),
    ];
    for (name, f) in functions {
        let worst = worst_error(name, f);
        println!("{name}: {worst:.3} ulp");
        assert!(worst <= 1.0, "{name} is off by {worst} ulp");
    }
}

#[test]
fn functions_of_several_roundings_are_within_two_units() {
    // The table of `numeric/float` states the errors of more points.
    let functions: [(&str, Function); 4] = [
        ("exp", |x, _| float::exp(x)),
        ("atan2", float::atan2),
        ("sinh", |x, _| float::sinh(x)),
        ("cosh", |x, _| float::cosh(x)),
    ];
    for (name, f) in functions {
        let worst = worst_error(name, f);
        println!("{name}: {worst:.3} ulp");
        assert!(worst <= 2.0, "{name} is off by {worst} ulp");
    }
}

#[test]
fn sigmoid_has_the_error_of_three_roundings() {
    // The roundings are those of exp, the sum, and the quotient; 120,000 points gave 2.27 ulp.
    let worst = worst_error("sigmoid", |x, _| float::sigmoid(x));
    println!("sigmoid: {worst:.3} ulp");
    assert!(worst <= 2.3, "sigmoid is off by {worst} ulp");
}

#[test]
fn tanh_has_the_error_of_its_roundings() {
    // The roundings are those of both parts of the quotient and of the quotient; 300,000 points gave 2.68 ulp.
    let worst = worst_error("tanh", |x, _| float::tanh(x));
    println!("tanh: {worst:.3} ulp");
    assert!(worst <= 2.7, "tanh is off by {worst} ulp");
}

#[test]
fn tanh_and_softplus_have_exact_limits() {
    use float::{softplus, tanh};
    for x in [0.0, 1e-300, 0.3, 5.0, 19.0, 30.0, f64::INFINITY] {
        assert_eq!(tanh(-x), -tanh(x), "tanh must be odd");
        assert!(tanh(x) <= 1.0);
    }
    assert_eq!((tanh(20.0), tanh(f64::INFINITY)), (1.0, 1.0));
    assert!(tanh(f64::NAN).is_nan() && softplus(f64::NAN).is_nan());
    assert_eq!(softplus(0.0), std::f64::consts::LN_2);
    assert_eq!((softplus(800.0), softplus(-800.0)), (800.0, 0.0));
    assert_eq!(softplus(f64::INFINITY), f64::INFINITY);
    for x in [-30.0, -1.0, 0.5, 20.0] {
        let plain = float::ln(1.0 + float::exp(x));
        assert!((softplus(x) - plain).abs() < 1e-15 * (1.0 + plain), "{x}");
    }
}

#[test]
fn special_values() {
    use float::{exp, sigmoid};
    assert!(exp(f64::NAN).is_nan() && sigmoid(f64::NAN).is_nan());
    assert_eq!(exp(f64::INFINITY), f64::INFINITY);
    assert_eq!(exp(f64::NEG_INFINITY).to_bits(), 0.0_f64.to_bits());
    assert_eq!((exp(0.0), exp(-0.0)), (1.0, 1.0));
    assert!(exp(709.782_712_893_384) < f64::INFINITY);
    assert_eq!(exp(709.782_712_893_384_1), f64::INFINITY);
    assert_eq!(exp(-745.133_219_101_941_1), 5e-324);
    assert_eq!(exp(-745.133_219_101_941_3), 0.0);
    assert_eq!((sigmoid(f64::INFINITY), sigmoid(f64::MAX)), (1.0, 1.0));
    assert_eq!((sigmoid(f64::NEG_INFINITY), sigmoid(f64::MIN)), (0.0, 0.0));
    assert_eq!((sigmoid(0.0), sigmoid(-0.0)), (0.5, 0.5));
    assert!(float::asin(1.1).is_nan() && float::acos(-1.1).is_nan());
    assert!(float::log2(-1.0).is_nan() && float::log10(-1.0).is_nan());
    assert_eq!((float::log2(0.125), float::log10(1000.0)), (-3.0, 3.0));
    assert_eq!((float::cbrt(-27.0), float::exp2(-3.0)), (-3.0, 0.125));
    assert_eq!(float::atan2(-0.0, -1.0), -std::f64::consts::PI);
    assert_eq!((float::sinh(0.0), float::cosh(0.0)), (0.0, 1.0));
    assert_eq!(float::cosh(-800.0), f64::INFINITY);
}

/// Returns 200,003 points: special values, all magnitudes, and the range where exp is neither 0 nor infinite.
fn points() -> Vec<f64> {
    let mut points = vec![
        0.0,
        f64::INFINITY,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        f64::NAN,
    ];
    for edge in [
        707.0_f64,
        708.396,
        709.782_712_893_384,
        710.4,
        745.133,
        746.0,
        0.346_573_59,
    ] {
        points.extend([edge.next_down(), edge, edge.next_up()]);
    }
    points.extend(points.clone().iter().map(|x| -x));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    while points.len() < 200_003 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        points.push(f64::from_bits(state));
        points.push((state >> 11) as f64 / (1_u64 << 53) as f64 * 1500.0 - 750.0);
    }
    points
}

/// Computes exp, sigmoid, and tanh of the points that fill whole vectors of `l`.
#[allow(clippy::inline_always, reason = "runs inside a SIMD region")]
#[inline(always)]
fn fill<L: Lanes>(l: L, points: &[f64], [exp, sigmoid, sigmoid2, tanh]: [&mut [f64]; 4]) {
    for i in (0..=points.len() - L::COUNT).step_by(L::COUNT) {
        let lanes = i..i + L::COUNT;
        let x = l.load(&points[lanes.clone()]);
        l.store(exp_lanes(l, x), &mut exp[lanes.clone()]);
        l.store(sigmoid_lanes(l, x), &mut sigmoid[lanes.clone()]);
        l.store(sigmoid2_lanes(l, x), &mut sigmoid2[lanes.clone()]);
        l.store(tanh_lanes(l, x), &mut tanh[lanes]);
    }
}

/// Returns the instruction sets of this machine.
fn levels() -> Vec<Level> {
    let mut levels = vec![Level::baseline(), Level::new()];
    #[cfg(target_arch = "x86_64")]
    {
        use fearless_simd::Simd;
        levels.extend(Level::new().as_sse4_2().map(Simd::level));
        levels.extend(Level::new().as_avx2().map(Simd::level));
    }
    levels
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    let points = points();
    let same = |got: f64, want: f64, x: f64, level: Level| {
        let same = got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan();
        assert!(same, "{level:?} at {x:e}: {got:e} instead of {want:e}");
    };
    for level in levels() {
        let [mut exp, mut sigmoid, mut sigmoid2, mut tanh] =
            [0; 4].map(|_| vec![0.0; points.len()]);
        dispatch!(level, simd => {
            fill(UnrolledLanes::<_, 4>(SimdLanes(simd)), &points, [&mut exp, &mut sigmoid, &mut sigmoid2, &mut tanh]);
        });
        let whole = points.len() / 32 * 32;
        for (i, &x) in points[..whole].iter().enumerate() {
            same(exp[i], exp_lanes(Scalar, x), x, level);
            same(sigmoid[i], sigmoid_lanes(Scalar, x), x, level);
            same(sigmoid2[i], sigmoid2_lanes(Scalar, x), x, level);
            same(tanh[i], tanh_lanes(Scalar, x), x, level);
        }
    }
}

#[test]
fn sigmoid_follows_its_formula() {
    for x in points() {
        let formula = 1.0 / (1.0 + float::exp(-x));
        let got = float::sigmoid(x);
        assert!(
            (0.0..=1.0).contains(&got) || x.is_nan(),
            "sigmoid({x:e}) is {got:e}"
        );
        // Near the end of the range, the exponential function of the formula overflows at another argument.
        let bound = 4.0 * f64::EPSILON * formula + 1.6e-308;
        assert!((got - formula).abs() <= bound || x.is_nan(), "at {x:e}");
        // Their arguments differ by a rounding, which is multiplied by the argument.
        let to_base_2 = sigmoid2_lanes(Scalar, x * std::f64::consts::LOG2_E);
        let bound = (4.0 + x.abs().min(1e3)) * f64::EPSILON * formula + 1.6e-308;
        assert!(
            (to_base_2 - formula).abs() <= bound || x.is_nan(),
            "at {x:e}"
        );
    }
}
