//! Compares the test functions with those of another crate: values, gradients, and Hessians.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use argmin_testfunctions as theirs;
use thalweg::{problems::REGISTRY, random::Random};

type Value = fn(&[f64; 2]) -> f64;
type Gradient = fn(&[f64; 2]) -> [f64; 2];
type Hessian = fn(&[f64; 2]) -> [[f64; 2]; 2];

/// The functions of the other crate by the ids of this program.
const THEIRS: [(&str, Value, Gradient, Hessian); 15] = [
    (
        "easom",
        theirs::easom,
        theirs::easom_derivative,
        theirs::easom_hessian,
    ),
    (
        "cross-in-tray",
        theirs::cross_in_tray,
        theirs::cross_in_tray_derivative,
        theirs::cross_in_tray_hessian,
    ),
    (
        "bukin",
        theirs::bukin_n6,
        theirs::bukin_n6_derivative,
        theirs::bukin_n6_hessian,
    ),
    (
        "rosenbrock",
        |w| theirs::rosenbrock(w),
        theirs::rosenbrock_derivative_const,
        theirs::rosenbrock_hessian_const,
    ),
    (
        "beale",
        theirs::beale,
        theirs::beale_derivative,
        theirs::beale_hessian,
    ),
    (
        "himmelblau",
        theirs::himmelblau,
        theirs::himmelblau_derivative,
        theirs::himmelblau_hessian,
    ),
    (
        "booth",
        theirs::booth,
        theirs::booth_derivative,
        theirs::booth_hessian,
    ),
    (
        "matyas",
        theirs::matyas,
        theirs::matyas_derivative,
        theirs::matyas_hessian,
    ),
    (
        "mccormick",
        theirs::mccormick,
        theirs::mccormick_derivative,
        theirs::mccormick_hessian,
    ),
    (
        "goldstein-price",
        theirs::goldsteinprice,
        theirs::goldsteinprice_derivative,
        theirs::goldsteinprice_hessian,
    ),
    (
        "three-hump-camel",
        theirs::threehumpcamel,
        theirs::threehumpcamel_derivative,
        theirs::threehumpcamel_hessian,
    ),
    (
        "styblinski-tang",
        |w| theirs::styblinski_tang(w),
        theirs::styblinski_tang_derivative_const,
        theirs::styblinski_tang_hessian_const,
    ),
    (
        "rastrigin",
        |w| theirs::rastrigin(w),
        theirs::rastrigin_derivative_const,
        |w| theirs::rastrigin_hessian_const(w),
    ),
    (
        "ackley",
        |w| theirs::ackley(w),
        theirs::ackley_derivative_const,
        theirs::ackley_hessian_const,
    ),
    (
        "levy",
        |w| theirs::levy(&repeat_first(*w)),
        levy_gradient,
        levy_hessian,
    ),
];

/// Repeats the first weight, because the other crate omits it from its sum, contrary to its formula.
fn repeat_first([x, y]: [f64; 2]) -> [f64; 3] {
    [x, x, y]
}

fn levy_gradient(w: &[f64; 2]) -> [f64; 2] {
    let [a, b, c] = theirs::levy_derivative_const(&repeat_first(*w));
    [a + b, c]
}

fn levy_hessian(w: &[f64; 2]) -> [[f64; 2]; 2] {
    let h = theirs::levy_hessian_const(&repeat_first(*w));
    let mixed = h[0][2] + h[1][2];
    [[h[0][0] + 2.0 * h[0][1] + h[1][1], mixed], [mixed, h[2][2]]]
}

#[test]
fn values_gradients_and_hessians_agree_with_another_crate() {
    for (id, value, gradient, hessian) in THEIRS {
        let problem = REGISTRY.build(&id.parse().unwrap(), None).unwrap();
        let f = &*problem.objective;
        let mut random = Random::from_seed(1);
        for _ in 0..200 {
            let w = [problem.window.w1, problem.window.w2].map(|span| random.between(span));
            // The error is relative to the largest entry, because single entries may cancel.
            let near = |found: &[f64], known: &[f64]| {
                let most = known.iter().fold(1.0_f64, |most, v| most.max(v.abs()));
                let mut pairs = found.iter().zip(known);
                assert!(
                    pairs.all(|(a, b)| (a - b).abs() <= 1e-10 * most),
                    "{id} at {w:?}: {found:?} {known:?}"
                );
            };
            let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
            near(&[f.value_and_gradient(&w, &mut g)], &[value(&w)]);
            near(&g, &gradient(&w));
            f.curved().unwrap().hessian(&w, &mut h);
            near(&h, hessian(&w).as_flattened());
        }
    }
}

#[test]
fn the_gradient_at_the_minimum_of_ackley_is_zero() {
    let problem = REGISTRY.build(&"ackley".parse().unwrap(), None).unwrap();
    let (mut g, mut h) = ([1.0; 2], [0.0; 4]);
    let loss = problem.objective.value_and_gradient(&[0.0; 2], &mut g);
    assert!(loss.abs() < 1e-15, "{loss:e}");
    assert_eq!(g, [0.0; 2]);
    problem
        .objective
        .curved()
        .unwrap()
        .hessian(&[0.0; 2], &mut h);
    let waves = 2.0 * std::f64::consts::PI * std::f64::consts::PI * std::f64::consts::E;
    assert!((h[0] - waves).abs() < 1e-12 * waves && h[1] == 0.0 && h[3] == h[0]);
}
