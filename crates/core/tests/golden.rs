//! Comparison with trajectories of other implementations. The files in golden/ contain the settings.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    batch::RunEnd,
    experiment::{Experiment, Target},
    number::spread,
};

mod trajectories;
use trajectories::Golden;

#[test]
fn every_optimizer_follows_the_reference_trajectories() {
    let all = Golden::all().unwrap();
    assert!(all.len() >= 2);
    let mut failures = Vec::new();
    for golden in all {
        let worst = golden.deviation(&golden.with).unwrap();
        if !(worst <= golden.tolerance && golden.rows.len() > 3) {
            let (name, with, library) = (&golden.name, &golden.with, &golden.library);
            failures.push(format!(
                "{name}: {with} deviates from {library} by {worst:e}"
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_map_of_initial_points_agrees_in_every_cell() {
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
    let mut ends = vec![RunEnd::NONE; expected.len()];
    contest.run_many(&contest.contenders[0], &mut starts, &mut ends);
    let differ = ends
        .iter()
        .zip(&expected)
        .filter(|(end, epochs)| end.epochs != **epochs);
    assert_eq!(differ.count(), 0);
}

#[test]
fn another_setting_deviates() {
    // This test shows that the comparison can fail.
    let all = Golden::all().unwrap();
    let golden = all.iter().find(|g| g.name == "torch-sgd-article").unwrap();
    let other = "gradient-descent:learning_rate=0.3000001".parse().unwrap();
    let worst = golden.deviation(&other).unwrap();
    assert!(worst > 1e-9, "{worst:e}");
}
