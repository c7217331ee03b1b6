//! Unit tests of the perceptron: its derivatives, and equal bits with every instruction set.

use super::*;
use crate::numeric::{float::powf, random::Random};

fn squared(activation: Activation) -> Output {
    let loss = Loss::Mse;
    Output { activation, loss }
}

/// The data of the article: the sigmoid network has two weights.
fn article(activation: Activation) -> Perceptron {
    let data = DataSet {
        feature_names: vec!["x1".to_owned(), "x2".to_owned()],
        features: vec![0.9, 0.3, 0.5, 0.3, 0.2, 0.1, 0.7, 0.5, 0.1, 0.8, 0.1, 0.9],
        target_name: "class".to_owned(),
        targets: vec![1.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        ..DataSet::default()
    };
    Perceptron::new(data, squared(activation), Bias::None)
}

/// Reproducible numbers between -1 and 1.
fn uniform(count: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::from_seed(seed);
    (0..count).map(|_| random.between([-1.0, 1.0])).collect()
}

/// A network on random data.
fn random(samples: usize, dim: usize, activation: Activation) -> Perceptron {
    let data = DataSet {
        feature_names: (1..=dim).map(|j| format!("x{j}")).collect(),
        features: uniform(samples * dim, 7),
        target_name: "y".to_owned(),
        targets: uniform(samples, 8),
        ..DataSet::default()
    };
    Perceptron::new(data, squared(activation), Bias::None)
}

fn assert_close(got: f64, want: f64, relative: f64) {
    assert!(
        (got - want).abs() <= relative * want.abs(),
        "{got:e} is not {want:e}"
    );
}

#[test]
fn article_start_has_the_known_error_gradient_and_curvature() {
    let network = article(Activation::Sigmoid);
    let (w, mut g, mut h) = ([-4.0, -4.0], [0.0; 2], [0.0; 4]);
    let loss = network.value_and_gradient(&w, &mut g);
    assert_close(loss, 0.416_445_311_291_057_6, 1e-14);
    assert_close(g[0], -0.017_500_730_763_613_74, 1e-14);
    assert_close(g[1], -0.008_686_042_632_831_48, 1e-14);
    TwiceDifferentiable::hessian(&network, &w, &mut h);
    let (mean, half) = (f64::midpoint(h[0], h[3]), (h[0] - h[3]) / 2.0);
    let radius = (half * half + h[1] * h[2]).sqrt();
    assert!(
        (mean - radius + 0.006_435_58).abs() <= 5e-9,
        "{}",
        mean - radius
    );
    assert!(
        (mean + radius - 0.000_260_6).abs() <= 5e-8,
        "{}",
        mean + radius
    );
}

#[test]
fn derivatives_match_finite_differences() {
    for activation in [Activation::Sigmoid, Activation::Linear] {
        let network = random(7, 3, activation);
        let w = [0.3, -1.2, 0.8];
        let (mut g, mut h) = ([0.0; 3], [0.0; 9]);
        let loss = network.value_and_gradient(&w, &mut g);
        assert_eq!(loss.to_bits(), network.value(&w).to_bits());
        TwiceDifferentiable::hessian(&network, &w, &mut h);
        let step = 1e-5;
        for j in 0..3 {
            let (mut before, mut after) = (w, w);
            before[j] -= step;
            after[j] += step;
            let (mut g_before, mut g_after) = ([0.0; 3], [0.0; 3]);
            let low = network.value_and_gradient(&before, &mut g_before);
            let high = network.value_and_gradient(&after, &mut g_after);
            assert!(((high - low) / (2.0 * step) - g[j]).abs() < 1e-9);
            for i in 0..3 {
                let slope = (g_after[i] - g_before[i]) / (2.0 * step);
                assert!((slope - h[3 * i + j]).abs() < 1e-9);
                assert_eq!(h[3 * i + j].to_bits(), h[3 * j + i].to_bits());
            }
        }
    }
}

#[test]
fn predict_is_the_activation_of_the_weighted_sum() {
    assert_eq!(
        article(Activation::Linear).predict(&[2.0, 3.0], &[5.0, 7.0]),
        31.0
    );
    assert_eq!(
        article(Activation::Sigmoid).predict(&[2.0, 3.0], &[3.0, -2.0]),
        0.5
    );
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
fn batched_values_have_the_bits_of_single_values() {
    for (samples, dim, activation) in [
        (6, 2, Activation::Sigmoid),
        (6, 2, Activation::Linear),
        (1, 1, Activation::Sigmoid),
        (5, 7, Activation::Sigmoid),
    ] {
        let network = random(samples, dim, activation);
        for count in (0..40).chain([1001]) {
            // Magnitudes from 1e-9 to 1e300: weighted sums are near zero, saturate the activation, or overflow.
            let exponents = uniform(dim * count, 4);
            let points: Vec<_> = uniform(dim * count, 3)
                .iter()
                .zip(&exponents)
                .map(|(x, e)| x * if *e > 0.9 { 1e300 } else { powf(10.0, 9.0 * e) })
                .collect();
            for level in levels() {
                let mut losses = vec![f64::NAN; count];
                network.values_at(level, &points, &mut losses);
                for (i, loss) in losses.iter().enumerate() {
                    let w: Vec<_> = (0..dim).map(|j| points[j * count + i]).collect();
                    let want = network.value(&w);
                    assert_eq!(loss.to_bits(), want.to_bits(), "{level:?} at {w:?}");
                }
                let mut gradients = vec![f64::NAN; dim * count];
                network.values_and_gradients_at(level, &points, &mut losses, &mut gradients);
                for (i, loss) in losses.iter().enumerate() {
                    let w: Vec<_> = (0..dim).map(|j| points[j * count + i]).collect();
                    let mut g = vec![0.0; dim];
                    let want = network.value_and_gradient(&w, &mut g);
                    assert_eq!(loss.to_bits(), want.to_bits(), "{level:?} at {w:?}");
                    for (j, want) in g.iter().enumerate() {
                        // The bits of a NaN depend on the machine.
                        let found = gradients[j * count + i];
                        let same = found.to_bits() == want.to_bits();
                        assert!(
                            same || found.is_nan() && want.is_nan(),
                            "{level:?} at {w:?}"
                        );
                    }
                }
            }
        }
    }
}
