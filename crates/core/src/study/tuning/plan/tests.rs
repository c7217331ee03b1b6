use super::*;
use crate::{
    run::StopReason,
    study::{experiment::Experiment, tuning::Search},
};

fn workload(on: &str, evaluations: u64) -> Workload {
    let experiment = Experiment::new(on.parse().unwrap(), Vec::new());
    Workload {
        name: on.to_owned(),
        contest: experiment.prepare().unwrap(),
        is_custom: false,
        evaluations,
    }
}

fn plan(on: &[&str], with: &[&str], protocol: TuningProtocol) -> TuningPlan {
    let workloads = on.iter().map(|on| workload(on, 200)).collect();
    let with = with.iter().map(|pick| entrant(pick)).collect();
    TuningPlan::new(workloads, with, protocol).unwrap()
}

fn entrant(pick: &str) -> Entrant {
    Entrant::Cataloged(pick.parse().unwrap())
}

fn results(plan: &TuningPlan) -> Vec<TrialResult> {
    let rows = (0..plan.runs()).map(|i| plan.drive(i..i + 1).unwrap().remove(0));
    let results = rows.map(|row| {
        let budget = plan.budget(plan.trial(row.number).workload);
        TrialResult::of(&row.end, budget)
    });
    results.collect()
}

#[test]
fn names_are_short_and_distinct() {
    let long = " + 0*g".repeat(100);
    let rules = ["", "+g"].map(|end| format!("rule:w := w - 0.1*(g{long}{end})"));
    let plan = plan(
        &["article"],
        &[&rules[0], "rprop", &rules[1]],
        TuningProtocol::default(),
    );
    let names = plan.names();
    assert!(
        names.iter().all(|name| name.chars().count() < 70),
        "{names:?}"
    );
    assert!(names[0] != names[2] && names[1] == "rprop", "{names:?}");
}

#[test]
fn every_trial_has_a_number() {
    let plan = plan(
        &["article", "beale"],
        &["momentum", "rprop:initial_step=0.1", "bfgs"],
        TuningProtocol::default(),
    );
    // RPROP has nothing to tune, so each of its studies has one trial.
    assert_eq!(plan.runs(), 2 * (15 + 3 + 15));
    let mut last = plan.trial(0);
    for number in 1..plan.runs() {
        let trial = plan.trial(number);
        let order = |t: &Trial| [t.workload, t.optimizer, t.study, t.trial];
        assert!(order(&last) < order(&trial), "{last:?} {trial:?}");
        last = trial;
    }
    let first = plan.pick(&plan.trial(0)).unwrap();
    assert!(
        first.text().starts_with("momentum:learning_rate="),
        "{first}"
    );
    assert_eq!(
        plan.pick(&plan.trial(15)).unwrap().text(),
        "rprop:initial_step=0.1"
    );
}

#[test]
fn optimizers_with_equal_ranges_try_equal_values() {
    let plan = plan(&["article"], &["adam", "nadam"], TuningProtocol::default());
    assert_eq!(plan.cell(0, 0).values, plan.cell(0, 1).values);
    let studies = &plan.cell(0, 0).values;
    assert_ne!(studies[0], studies[1]);
}

#[test]
fn the_best_trial_is_that_of_a_run_with_its_settings() {
    let plan = plan(
        &["article"],
        &["momentum", "newton"],
        TuningProtocol::default(),
    );
    let all = results(&plan);
    let found = plan.results(&all);
    for (optimizer, found) in found.iter().enumerate() {
        let found = found.as_ref().unwrap();
        let trial = plan.median_trial(0, optimizer, found);
        let pick = plan.pick(&trial).unwrap();
        let contest = &plan.workloads()[0].contest;
        let contender = contest.enter(&pick).unwrap();
        let mut run = contest.run(&contender);
        while run.advance() {}
        assert_eq!(run.stop(), Some(StopReason::Reached));
        assert_eq!(
            Some(run.calls().evaluations()),
            found.result().time,
            "{pick}"
        );
    }
}

#[test]
fn the_grid_tries_the_rates_in_the_range_of_the_optimizer() {
    let protocol = TuningProtocol {
        search: Search::Grid,
        studies: 1,
        ..TuningProtocol::default()
    };
    let plan = plan(
        &["article"],
        &["momentum", "sign-sgd", "gauss-newton"],
        protocol,
    );
    let counts = [0, 1, 2].map(|optimizer| plan.cell(0, optimizer).values[0].len());
    // From 1e-6 to 100, from 1e-6 to 1, and nothing to tune.
    assert_eq!(counts, [65, 49, 1]);
}

#[test]
fn defaults_have_a_larger_budget() {
    let protocol = TuningProtocol {
        search: Search::Defaults,
        ..TuningProtocol::default()
    };
    let plan = plan(&["article"], &["momentum"], protocol);
    assert_eq!((plan.runs(), plan.budget(0)), (3, 300));
    assert_eq!(plan.pick(&plan.trial(2)).unwrap().text(), "momentum");
}

#[test]
fn an_optimizer_that_cannot_run_on_one_problem_misses_it() {
    let plan = plan(
        &["rastrigin", "article"],
        &["gauss-newton"],
        TuningProtocol::default(),
    );
    assert!(plan.cell(0, 0).obstacle.is_some() && plan.cell(1, 0).obstacle.is_none());
    let found = plan.results(&results(&plan));
    assert!(found[0].is_none() && found[1].is_some());
    let none = TuningPlan::new(
        vec![workload("rastrigin", 10)],
        vec![entrant("gauss-newton")],
        TuningProtocol::default(),
    );
    assert!(none.is_err());
}

#[test]
fn batched_and_single_runs_have_equal_budgets() {
    let contest = workload("rosenbrock", 1).contest;
    for pick in ["adam", "adafactor"] {
        let contender = contest.enter(&pick.parse().unwrap()).unwrap();
        let (mut weights, mut ends) = (contest.start.clone(), [RunEnd::NONE]);
        run_within(37, &contest, 0, &contender, &mut weights, &mut ends);
        assert_eq!(
            (ends[0].epochs, ends[0].calls.evaluations()),
            (37, 37),
            "{pick}"
        );
    }
}
