//! Maps: each cell is the result of its run, independent of the tiles.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    experiment::{Experiment, PreparedExperiment, Target},
    field::Window,
    map::{Outcome, SettingsGrid, StartGrid, uniform_starts},
    over::SettingValues,
    run::Run,
    trace::Trace,
};

fn contest(with: &[&str], epochs: u64) -> PreparedExperiment {
    let with = with.iter().map(|pick| pick.parse().unwrap()).collect();
    let experiment = Experiment {
        target: Target::Loss(0.125),
        epochs,
        ..Experiment::new("article".parse().unwrap(), with)
    };
    experiment.prepare().unwrap()
}

#[test]
fn a_cell_is_the_result_of_its_run_for_every_tile_size() {
    let picks = [
        "momentum:learning_rate=0.3,momentum=0.9",
        "rprop",
        "irprop-plus",
        "gradient-descent:search=golden-section",
    ];
    let contest = contest(&picks, 300);
    let grid = StartGrid::new(Window::new([-6.0, 6.0, -5.0, 7.0]).unwrap(), [13, 11]);
    for contender in &contest.contenders {
        let whole = grid.run(&contest, contender, 0..grid.cells());
        for tile in [1, 7, 64] {
            let firsts = (0..grid.cells()).step_by(tile);
            let tiles = firsts.flat_map(|first| {
                let cells = first..(first + tile).min(grid.cells());
                grid.run(&contest, contender, cells)
            });
            assert!(tiles.eq(whole.iter().copied()), "{}", contender.pick);
        }
        for (cell, found) in whole.iter().enumerate() {
            // A single run uses the code without SIMD.
            let experiment = Experiment {
                start: Some(grid.start(cell).to_vec()),
                target: Target::Loss(0.125),
                epochs: 300,
                ..Experiment::new("article".parse().unwrap(), vec![contender.pick.clone()])
            };
            let single = experiment.prepare().unwrap();
            let mut run: Run = single.run(&single.contenders[0]);
            while run.advance() {}
            let outcome: Outcome = run.stop().unwrap().into();
            assert_eq!(
                (
                    found.epochs,
                    found.loss.to_bits(),
                    found.calls,
                    found.outcome
                ),
                (run.epoch(), run.loss().to_bits(), run.calls(), outcome),
                "{} from {:?}",
                contender.pick,
                grid.start(cell)
            );
        }
    }
}

fn settings(pick: &str, over: &[&str]) -> Result<SettingsGrid, Error> {
    let over: Vec<SettingValues> = over.iter().map(|text| text.parse().unwrap()).collect();
    SettingsGrid::new(pick.parse()?, over, &contest(&["momentum"], 1000))
}

#[test]
fn a_map_of_the_learning_rate_contains_the_numbers_of_the_article() {
    let grid = settings("gradient-descent", &["learning_rate=0.3|10"]).unwrap();
    let contest = contest(&["rprop"], 1000);
    let epochs: Vec<Option<u64>> = (0..grid.cells())
        .map(|cell| grid.run(&contest, &contest.start, cell).unwrap().epochs)
        .collect();
    assert_eq!(epochs, [Some(797), Some(25)]);
}

#[test]
fn a_cell_of_many_initial_points_is_their_median() {
    let grid = settings("momentum", &["momentum=0|0.9", "learning_rate=0.3|1|3"]).unwrap();
    assert_eq!((grid.size(), grid.cells()), ([2, 3], 6));
    assert_eq!(grid.values(3).collect::<Vec<_>>(), ["0.9", "1"]);
    let contest = contest(&["rprop"], 200);
    let starts = uniform_starts(contest.problem.window, 9, 5);
    assert_eq!(starts, uniform_starts(contest.problem.window, 9, 5));
    for cell in 0..grid.cells() {
        let found = grid.run(&contest, &starts, cell).unwrap();
        let mut epochs: Vec<u64> = (0..9)
            .map(|i| {
                let experiment = Experiment {
                    start: Some(vec![starts[i], starts[9 + i]]),
                    target: Target::Loss(0.125),
                    epochs: 200,
                    ..Experiment::new("article".parse().unwrap(), vec![grid.pick(cell).unwrap()])
                };
                let single = experiment.prepare().unwrap();
                let trace = Trace::record(single.run(&single.contenders[0]));
                match trace.stop.into() {
                    Outcome::Reached => trace.epochs(),
                    _ => u64::MAX,
                }
            })
            .collect();
        epochs.sort_unstable();
        let median = Some(epochs[4]).filter(|epochs| *epochs < u64::MAX);
        assert_eq!(found.epochs, median, "cell {cell}");
        let reached = epochs.iter().filter(|epochs| **epochs < u64::MAX).count();
        assert_eq!((found.starts, found.reached), (9, reached as u64));
        let outcome = if median.is_some() {
            Outcome::Reached
        } else {
            Outcome::EpochLimit
        };
        assert_eq!(found.outcome(), outcome);
    }
}

#[test]
fn an_error_contains_the_invalid_value() {
    let place = |pick: &str, over: &[&str]| match settings(pick, over).unwrap_err() {
        Error::In { text, span, error } => (text[span].to_owned(), error.to_string()),
        other => (String::new(), other.to_string()),
    };
    let (part, words) = place("momentum", &["momentum=0.5|1.5"]);
    assert_eq!(part, "1.5");
    assert!(words.contains("`momentum` cannot be `1.5`"), "{words}");
    let (part, _) = place("momentum", &["learning_rate=1|2", "momentum=0..1:3"]);
    assert_eq!(part, "0..1:3");
    let (part, words) = place("momentum", &["learning_rat=1|2"]);
    assert_eq!(part, "learning_rat");
    assert!(words.contains("has no setting `learning_rat`"), "{words}");
    let (part, words) = place(
        "gradient-descent:search=golden-section",
        &["search.tolerance=3|4"],
    );
    assert_eq!((&*part, words.contains("cannot be `3`")), ("3", true));
    let (_, words) = place("momentum", &["momentum=0|0.5", "momentum=0|0.5"]);
    assert!(words.contains("given twice"), "{words}");
    let (_, words) = place("momentum", &[]);
    assert!(
        words.contains("0 settings are given; give one or two"),
        "{words}"
    );
}
