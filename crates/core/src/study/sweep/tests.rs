use super::*;
use crate::run::StopReason;

fn sweep(on: &[&str], with: &[&str], over: &[&str]) -> Sweep {
    let picks = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
    Sweep {
        on: picks(on),
        with: picks(with),
        over: over.iter().map(|text| text.parse().unwrap()).collect(),
        starts: Starts::Problem,
        seeds: Seeds::List(vec![1]),
        target: Target::Problem,
        epochs: 2000,
        tolerance: None,
        randomness: Randomness::default(),
    }
}

/// Returns all rows, made from `step` runs at a time.
fn rows(plan: &Plan, step: u64) -> Vec<SweepRow<'_>> {
    let mut rows = Vec::new();
    while (rows.len() as u64) < plan.runs() {
        let first = rows.len() as u64;
        rows.extend(plan.drive(first..(first + step).min(plan.runs())).unwrap());
    }
    rows
}

fn sweep_error(sweep: &Sweep) -> (SweepPart, String) {
    let checked = sweep
        .plan()
        .and_then(|plan| (0..plan.variants()).try_for_each(|i| plan.check(i)));
    let sweep_error = checked.unwrap_err();
    (sweep_error.place, sweep_error.error.to_string())
}

#[test]
fn the_last_factor_changes_fastest() {
    let with = ["momentum", "rprop"];
    let sweep = Sweep {
        starts: Starts::Given(vec![vec![-4.0, -4.0], vec![0.0, 1.0]]),
        seeds: Seeds::Span { from: 7, count: 2 },
        ..sweep(
            &["article"],
            &with,
            &["learning_rate=0.1|0.2", "momentum=0.5|0.9", "increase=1.2"],
        )
    };
    let plan = sweep.plan().unwrap();
    let seen: Vec<String> = rows(&plan, 3)
        .iter()
        .map(|row| format!("{} {} {:?} {}", row.number, row.with, row.start, row.seed))
        .collect();
    assert_eq!(plan.runs(), (4 + 1) * 2 * 2);
    assert_eq!(
        seen[0],
        "0 momentum:learning_rate=0.1,momentum=0.5 [-4.0, -4.0] 7"
    );
    assert_eq!(
        seen[1],
        "1 momentum:learning_rate=0.1,momentum=0.5 [-4.0, -4.0] 8"
    );
    assert_eq!(
        seen[2],
        "2 momentum:learning_rate=0.1,momentum=0.5 [0.0, 1.0] 7"
    );
    assert_eq!(
        seen[4],
        "4 momentum:learning_rate=0.1,momentum=0.9 [-4.0, -4.0] 7"
    );
    assert_eq!(
        seen[8],
        "8 momentum:learning_rate=0.2,momentum=0.5 [-4.0, -4.0] 7"
    );
    assert_eq!(seen[19], "19 rprop:increase=1.2 [0.0, 1.0] 8");
}

#[test]
fn a_run_ends_like_a_single_run() {
    let with = [
        "gradient-descent:search=golden-section",
        "momentum",
        "irprop-plus",
    ];
    let sweep = Sweep {
        starts: Starts::Random(20),
        ..sweep(&["article"], &with, &["learning_rate=0.1..5:log:3"])
    };
    let plan = sweep.plan().unwrap();
    let all = rows(&plan, 1000);
    assert_eq!(all, rows(&plan, 1));
    assert_eq!(all, rows(&plan, 7));
    for row in &all {
        let experiment = Experiment {
            start: Some(row.start.clone()),
            epochs: sweep.epochs,
            ..Experiment::new(row.on.clone(), vec![(*row.with).clone()])
        };
        let contest = experiment.prepare().unwrap();
        let mut run = contest.run(&contest.contenders[0]);
        while run.advance() {}
        assert_eq!(run.epoch(), row.end.epochs);
        assert_eq!(run.loss().to_bits(), row.end.loss.to_bits());
        assert_eq!(run.weights(), row.weights);
        assert_eq!(run.calls(), row.end.calls);
    }
    assert!(all.iter().any(|row| row.end.stop == StopReason::Reached));
}

#[test]
fn random_starts_depend_on_the_seed_and_lie_in_the_window() {
    let sweep = |seeds: &[u64]| Sweep {
        starts: Starts::Random(50),
        seeds: Seeds::List(seeds.to_vec()),
        epochs: 0,
        ..sweep(&["article"], &["momentum", "rprop"], &[])
    };
    let starts = |sweep: &Sweep| -> Vec<Vec<f64>> {
        let plan = sweep.plan().unwrap();
        rows(&plan, 1000).into_iter().map(|row| row.start).collect()
    };
    let (one, other, both) = (
        starts(&sweep(&[1])),
        starts(&sweep(&[2])),
        starts(&sweep(&[1, 2])),
    );
    assert_eq!(one[..50], one[50..], "the same starts for every optimizer");
    assert!(one.iter().flatten().all(|w| (-6.0..=6.0).contains(w)));
    assert!(one.iter().zip(&other).all(|(a, b)| a != b));
    assert_eq!(both[0], one[0]);
    assert_eq!(both[1], other[0]);
    let mut distinct = one[..50].to_vec();
    distinct.sort_by(|a, b| a.partial_cmp(b).unwrap());
    distinct.dedup();
    assert_eq!(distinct.len(), 50);
}

#[test]
fn each_run_uses_its_seed() {
    let randomness = Randomness {
        batch: Some(2),
        shuffle: true,
        gradient_noise: 0.01,
        seed: 99,
    };
    let sweep = Sweep {
        seeds: Seeds::Span { from: 3, count: 3 },
        starts: Starts::Given(vec![vec![-4.0, -4.0], vec![0.0, 0.0]]),
        randomness,
        epochs: 50,
        ..sweep(&["article"], &["momentum"], &[])
    };
    assert!(sweep.is_random());
    let plan = sweep.plan().unwrap();
    let all = rows(&plan, 100);
    assert_eq!(all, rows(&plan, 1));
    for row in &all {
        let experiment = Experiment {
            start: Some(row.start.clone()),
            epochs: sweep.epochs,
            randomness: Randomness {
                seed: row.seed,
                ..sweep.randomness.clone()
            },
            ..Experiment::new(row.on.clone(), vec![(*row.with).clone()])
        };
        let contest = experiment.prepare().unwrap();
        let mut run = contest.run(&contest.contenders[0]);
        while run.advance() {}
        assert_eq!(run.weights(), row.weights);
    }
    assert_ne!(all[0].weights, all[1].weights);
}

fn refused(cases: &[(Sweep, SweepPart, &str)]) {
    for (sweep, place, words) in cases {
        let (found, complaint) = sweep_error(sweep);
        assert_eq!(found, *place, "{complaint}");
        assert!(complaint.contains(words), "{complaint}");
    }
}

#[test]
fn reports_an_invalid_pick_at_its_position() {
    refused(&[
        (
            sweep(&["article", "article"], &["rprop"], &[]),
            SweepPart::On(1),
            "given twice",
        ),
        (
            sweep(&["artikle"], &["rprop"], &[]),
            SweepPart::On(0),
            "no problem `artikle`",
        ),
        (
            sweep(&["article"], &["rprop", "momentun"], &[]),
            SweepPart::With(1),
            "no optimizer",
        ),
        (
            sweep(&["article"], &["momentum:momentum=2"], &[]),
            SweepPart::With(0),
            "cannot be `2`",
        ),
    ]);
}

#[test]
fn reports_an_invalid_setting_at_its_position() {
    refused(&[
        (
            sweep(&["article"], &["rprop", "momentum"], &["momentum=0.5|2"]),
            SweepPart::Over(0),
            "cannot be `2`",
        ),
        (
            sweep(
                &["article"],
                &["momentum"],
                &["learning_rate=1", "momentums=1"],
            ),
            SweepPart::Over(1),
            "none of the optimizers has a setting `momentums`",
        ),
        (
            sweep(
                &["article"],
                &["momentum"],
                &["momentum=0.1", "momentum=0.2"],
            ),
            SweepPart::Over(1),
            "`momentum` is given twice",
        ),
        (
            sweep(
                &["article"],
                &["rprop"],
                &["min_step=1e-6|60", "max_step=50|70"],
            ),
            SweepPart::Over(0),
            "`min_step` is 60, which exceeds `max_step`, 50",
        ),
        (
            sweep(
                &["article"],
                &["momentum"],
                &["learning_rate=1,momentum=0.5|1"],
            ),
            SweepPart::Over(0),
            "more than one setting",
        ),
        (
            sweep(
                &["article"],
                &["momentum", "momentum:learning_rate=3"],
                &["learning_rate=1|2"],
            ),
            SweepPart::With(1),
            "is given here and with the values 1, 2",
        ),
    ]);
}

#[test]
fn reports_invalid_starts_seeds_and_randomness() {
    let good = || sweep(&["article"], &["momentum", "rprop"], &[]);
    let of_chance = |batch, gradient_noise| Sweep {
        randomness: Randomness {
            batch,
            gradient_noise,
            ..Randomness::default()
        },
        ..good()
    };
    refused(&[
        (
            Sweep {
                starts: Starts::Given(vec![vec![1.0]]),
                ..good()
            },
            SweepPart::Starts,
            "must have one number per weight: 2, not 1",
        ),
        (
            Sweep {
                seeds: Seeds::List(vec![3, 1, 3]),
                ..good()
            },
            SweepPart::Seeds,
            "the seed 3 is given twice",
        ),
        (
            of_chance(Some(7), 0.1),
            SweepPart::Field("batch"),
            "a mini-batch cannot have 7",
        ),
        (
            of_chance(Some(7), -0.1),
            SweepPart::Field("gradient-noise"),
            "cannot be -0.1",
        ),
        (
            Sweep {
                target: Target::Loss(f64::NAN),
                ..good()
            },
            SweepPart::Field("target"),
            "finite",
        ),
        (
            Sweep {
                starts: Starts::Random(MAX_SWEEP_RUNS),
                ..good()
            },
            SweepPart::Whole,
            "a sweep must have 1 to 100000000 runs",
        ),
    ]);
}

#[test]
fn a_setting_applies_to_the_optimizers_that_have_it() {
    let with = [
        "gradient-descent:search=golden-section",
        "gradient-descent",
        "momentum",
        "rprop",
    ];
    let over = ["search.tolerance=0.1|0.2", "learning_rate=1|2|3"];
    let plan = sweep(&["article"], &with, &over).plan().unwrap();
    assert_eq!(plan.variants(), 2 + 3 + 3 + 1);
    let pick = |i| plan.variants.pick(i).unwrap().text().to_owned();
    assert_eq!(
        pick(1),
        "gradient-descent:search=golden-section,search.tolerance=0.2"
    );
    assert_eq!(pick(4), "gradient-descent:learning_rate=3");
    assert_eq!(pick(8), "rprop");
    let with = [
        "gradient-descent:search=golden-section",
        "rprop:regularizer=l2",
        "momentum",
    ];
    let parts = [
        "search.tolerance=0.1|0.2",
        "regularizer.rate=0|0.1",
        "regularizer=l2",
    ];
    let plan = |over: &[&str]| sweep(&["article"], &with, over).plan();
    assert_eq!(plan(&parts[..2]).unwrap().variants(), 2 + 2 + 1);
    let (place, message) = sweep_error(&sweep(&["article"], &with, &parts));
    assert_eq!(place, SweepPart::With(1));
    assert!(message.contains("`regularizer` is given here"), "{message}");
    let with = [with[0], "rprop", with[2]];
    let plan = |over: &[&str]| sweep(&["article"], &with, over).plan();
    assert_eq!(plan(&parts).unwrap().variants(), 4 + 2 + 2);
    assert!(plan(&["regularizer.tolerance=1"]).is_err());
}
