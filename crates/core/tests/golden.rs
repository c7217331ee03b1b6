//! Trajectories against other implementations: the files in golden/ say which, with which settings.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    experiment::{Experiment, Target},
    trace::Trace,
};

/// The largest deviation over all rows of a golden file, relative to the larger of the number and one.
fn deviation(golden: &str, pick: &str) -> (usize, f64) {
    let experiment = Experiment {
        target: Target::None,
        epochs: 200,
        ..Experiment::new("article".parse().unwrap(), vec![pick.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    let trace = Trace::record(contest.run(&contest.contenders[0]));
    let rows = golden.lines().filter(|line| !line.starts_with('#'));
    let (mut count, mut worst) = (0, 0.0_f64);
    for row in rows.skip(1) {
        let numbers: Vec<f64> = row.split(',').map(|v| v.parse().unwrap()).collect();
        let [epoch, w1, w2, loss] = numbers[..] else {
            panic!("{row}");
        };
        let epoch = epoch as usize;
        let found = trace.at(epoch).iter().chain([&trace.losses[epoch]]);
        for (found, expected) in found.zip([w1, w2, loss]) {
            worst = worst.max((found - expected).abs() / expected.abs().max(1.0));
        }
        count += 1;
    }
    (count, worst)
}

#[test]
fn gradient_descent_goes_where_torch_goes() {
    let golden = include_str!("golden/torch_sgd_article.csv");
    let (rows, worst) = deviation(golden, "gradient-descent:learning_rate=0.3");
    assert!(rows > 30 && worst <= 1e-12, "{rows} rows, {worst:e}");
}

#[test]
fn momentum_goes_where_torch_goes() {
    let golden = include_str!("golden/torch_momentum_article.csv");
    let (rows, worst) = deviation(golden, "momentum:learning_rate=0.3,momentum=0.9");
    assert!(rows > 30 && worst <= 1e-12, "{rows} rows, {worst:e}");
}

#[test]
fn another_setting_goes_elsewhere() {
    // The comparison must be able to fail.
    let golden = include_str!("golden/torch_sgd_article.csv");
    let (_, worst) = deviation(golden, "gradient-descent:learning_rate=0.3000001");
    assert!(worst > 1e-9, "{worst:e}");
}
