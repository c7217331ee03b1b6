//! Trajectories against other implementations: the files in golden/ say which, with which settings.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    batch::End,
    experiment::{Experiment, Target},
    field::spread,
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
fn a_map_of_starts_agrees_in_every_cell() {
    let golden = include_str!("golden/epochs_momentum_200x200.csv");
    let rows = golden.lines().filter(|line| !line.starts_with('#'));
    let expected: Vec<u64> = rows
        .flat_map(|row| row.split(',').map(|v| v.parse().unwrap()))
        .collect();
    assert_eq!(
        (expected.len(), expected.iter().sum::<u64>()),
        (40_000, 2_719_746)
    );
    let pick = "momentum:learning_rate=0.3,momentum=0.9";
    let experiment = Experiment {
        target: Target::Loss(0.125),
        epochs: 2000,
        ..Experiment::new("article".parse().unwrap(), vec![pick.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    let side = spread([-6.0, 6.0], 200);
    let first = side.iter().cycle().take(expected.len());
    let second = side.iter().flat_map(|w| vec![w; side.len()]);
    let mut starts: Vec<f64> = first.chain(second).copied().collect();
    let mut ends = vec![End::NONE; expected.len()];
    contest.run_many(&contest.contenders[0], &mut starts, &mut ends);
    let differ = ends
        .iter()
        .zip(&expected)
        .filter(|(end, epochs)| end.epochs != **epochs);
    assert_eq!(differ.count(), 0);
}

#[test]
fn another_setting_goes_elsewhere() {
    // The comparison must be able to fail.
    let golden = include_str!("golden/torch_sgd_article.csv");
    let (_, worst) = deviation(golden, "gradient-descent:learning_rate=0.3000001");
    assert!(worst > 1e-9, "{worst:e}");
}
