//! Compares the multilayer perceptron with an independent computation, and its passes with each other.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    activation::Activation,
    data::DataSet,
    experiment::{Experiment, Target},
    loss::{Loss, Output},
    mlp::{Head, Mlp},
    network::Network,
    objective::Objective as _,
    trace::Trace,
};

/// Returns the expected loss, the initial weights, and the network of the golden file.
fn golden() -> (f64, Vec<f64>, Mlp) {
    let text = include_str!("golden/mlp_2_8_8_1.csv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let (mut loss, mut w, mut features, mut targets) = (0.0, vec![], vec![], vec![]);
    for line in lines {
        let (name, rest) = line.split_once(',').unwrap();
        let numbers = rest.split(',').map(|v| v.parse::<f64>().unwrap());
        match name {
            "loss" => loss = rest.parse().unwrap(),
            "weights" => {
                w.extend(numbers);
                // These are the biases of 8, 8, and 1 units.
                w.extend(vec![0.0; if w.len() < 100 { 8 } else { 1 }]);
            }
            first => {
                let numbers: Vec<f64> = numbers.collect();
                features.extend([first.parse().unwrap(), numbers[0]]);
                targets.push(numbers[1]);
            }
        }
    }
    let data = DataSet {
        feature_names: vec!["x1".to_owned(), "x2".to_owned()],
        features,
        target_name: "class".to_owned(),
        targets,
        ..DataSet::default()
    };
    let head = Head::Units(Output {
        activation: Activation::Linear,
        loss: Loss::Mse,
    });
    (
        loss,
        w,
        Mlp::new(data, &[2, 8, 8, 1], Activation::Tanh, head),
    )
}

#[test]
fn a_thousand_epochs_end_at_the_expected_loss() {
    let (known, mut w, network) = golden();
    assert_eq!((w.len(), network.dim()), (105, 105));
    let mut g = vec![0.0; w.len()];
    for _ in 0..1000 {
        network.value_and_gradient(&w, &mut g);
        for (w, g) in w.iter_mut().zip(&g) {
            *w -= 0.1 * g;
        }
    }
    let loss = network.value(&w);
    println!("{loss:?} {:e}", loss - known);
    assert!(
        (loss - known).abs() <= 1e-9,
        "found {loss:?}, expected {known:?}"
    );
}

#[test]
fn a_batch_of_all_rows_equals_the_loss() {
    let (_, w, network) = golden();
    let sampled = network.sampled().unwrap();
    let rows: Vec<usize> = (0..sampled.samples()).collect();
    let (mut whole, mut batch) = (vec![0.0; w.len()], vec![0.0; w.len()]);
    let loss = network.value_and_gradient(&w, &mut whole);
    let again = sampled.value_and_gradient_on(&rows, &w, &mut batch);
    assert_eq!((loss.to_bits(), whole), (again.to_bits(), batch));
    // The mean over all rows is the mean of the means of 20 batches of 25 rows.
    let means = rows.chunks(25).map(|rows| sampled.value_on(rows, &w));
    let mean = means.sum::<f64>() / 20.0;
    assert!((mean - loss).abs() <= 1e-14 * loss, "{mean} {loss}");
}

#[test]
fn the_loss_follows_from_the_output_sums() {
    let (_, w, network) = golden();
    let (data, mut sum) = (network.data(), [0.0]);
    let squares = data.rows().map(|(x, y)| {
        network.sums(x, &w, &mut sum);
        (sum[0] - y) * (sum[0] - y)
    });
    let loss = squares.sum::<f64>() / data.samples() as f64;
    assert!((loss - network.value(&w)).abs() <= 1e-14 * loss);
    assert_eq!(network.between(0.0, 1.0), 0.5);
}

#[test]
fn the_largest_output_sum_determines_the_class() {
    let problem = "mlp:data=iris,layers=4-5-3,loss=categorical-cross-entropy";
    let with = vec!["rprop".parse().unwrap()];
    let experiment = Experiment {
        target: Target::Loss(0.1),
        ..Experiment::new(problem.parse().unwrap(), with)
    };
    let contest = experiment.prepare().unwrap();
    let trace = Trace::record(contest.runs().next().unwrap());
    let network = contest.problem.network.unwrap();
    let mut sums = [0.0; 3];
    let right = network.data().rows().filter(|(x, y)| {
        network.sums(x, trace.last(), &mut sums);
        let best = (0..3).max_by(|i, j| sums[*i].total_cmp(&sums[*j]));
        best == Some(*y as usize)
    });
    let (right, all) = (right.count(), network.data().samples());
    assert!(10 * right > 9 * all, "{right} of {all}");
}

#[test]
fn products_and_hessians_agree_with_differences_of_gradients() {
    let (_, w, network) = golden();
    let dim = w.len();
    let v: Vec<f64> = (0..dim)
        .map(|i| ((i * 37) % 11) as f64 / 10.0 - 0.5)
        .collect();
    let mut product = vec![0.0; dim];
    assert!(network.hessian_product(&w, &v, &mut product));
    let gradient = |step: f64| {
        let at: Vec<f64> = w.iter().zip(&v).map(|(w, v)| w + step * v).collect();
        let mut g = vec![0.0; dim];
        network.value_and_gradient(&at, &mut g);
        g
    };
    let step = 1e-4;
    let [near, far] = [step, 2.0 * step].map(|step| [gradient(step), gradient(-step)]);
    for i in 0..dim {
        // The difference has fourth order.
        let second = (8.0 * (near[0][i] - near[1][i]) - (far[0][i] - far[1][i])) / (12.0 * step);
        assert!(
            (second - product[i]).abs() < 1e-10,
            "{second} {}",
            product[i]
        );
    }
    let mut h = vec![0.0; dim * dim];
    network.curved().unwrap().hessian(&w, &mut h);
    for (found, row) in product.iter().zip(h.chunks_exact(dim)) {
        let expected: f64 = row.iter().zip(&v).map(|(h, v)| h * v).sum();
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
}

#[test]
fn large_networks_have_products_but_no_hessian_and_kinks_have_neither() {
    let objective = |on: &str| {
        let problem = thalweg::problems::build(&on.parse().unwrap());
        problem.unwrap().objective
    };
    for (on, has_hessian, has_products) in [
        ("mlp:layers=2-20-20-1", false, true),
        ("mlp:layers=2-19-19-1", true, true),
        (
            "mlp:layers=2-20-20-3,data=spirals,data.classes=3,loss=categorical-cross-entropy",
            false,
            true,
        ),
        ("mlp:activation=relu", false, false),
        ("mlp:activation=relu,layers=2-1", true, true),
        ("mlp:loss=mae", false, false),
        ("mlp:loss=hinge", false, false),
    ] {
        let objective = objective(on);
        let w = vec![0.1; objective.dim()];
        let mut product = w.clone();
        assert_eq!(objective.curved().is_some(), has_hessian, "{on}");
        assert_eq!(
            objective.hessian_product(&w, &w, &mut product),
            has_products,
            "{on}"
        );
    }
}
