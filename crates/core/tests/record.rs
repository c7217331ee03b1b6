//! Recorded runs: properties that hold for every problem.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    experiment::{Experiment, PreparedExperiment, Target},
    pick::{FileContent, Pick},
    run::StopReason,
    sweep::{Seeds, Starts, Sweep},
    trace::{self, Trace},
};

/// Returns the pick of a recorded run with this content.
fn record(content: impl Into<FileContent>) -> Pick {
    let mut pick: Pick = "recorded:runs/r.csv".parse().unwrap();
    pick.files.push(("runs/r.csv".to_owned(), content.into()));
    pick
}

fn contest(on: &str, with: &[&Pick]) -> PreparedExperiment {
    let with = with.iter().map(|pick| (*pick).clone()).collect();
    Experiment::new(on.parse().unwrap(), with)
        .prepare()
        .unwrap()
}

fn replayed(contest: &PreparedExperiment) -> Trace {
    Trace::record(contest.run(&contest.contenders[0]))
}

fn same(a: &Trace, b: &Trace) -> bool {
    let bits = |v: &[f64]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    bits(&a.weights) == bits(&b.weights) && bits(&a.losses) == bits(&b.losses)
}

#[test]
fn a_trace_of_this_program_is_replayed_exactly() {
    for (on, with) in [
        ("article", "momentum"),
        ("rosenbrock", "newton"),
        ("rosenbrock", "lbfgs"),
        ("mlp:layers=2-2-1,data.samples=8", "adam"),
    ] {
        let with: Pick = with.parse().unwrap();
        let original = replayed(&contest(on, &[&with]));
        let again = contest(on, &[&record(original.to_csv())]);
        let replay = replayed(&again);
        assert!(same(&original, &replay), "{with} on {on}");
        assert_eq!(original.calls, replay.calls, "{with} on {on}");
        assert_eq!(
            original.stop == StopReason::Reached,
            replay.stop == StopReason::Reached
        );
        assert_eq!(again.start, original.at(0));
        let record = again.contenders[0].record().unwrap();
        let mut losses = replay.losses.iter().zip(0..);
        assert!(losses.all(|(loss, epoch)| record.loss_mismatch(epoch, *loss).is_none()));
        // Streaming writes the recorded trace.
        let mut streamed = String::new();
        let mut run = again.run(&again.contenders[0]);
        trace::stream_csv(&mut run, &mut streamed, |_| true).unwrap();
        assert_eq!(streamed, replay.to_csv());
    }
}

#[test]
fn a_record_is_replayed_from_its_first_row_beyond_the_target() {
    // The loss of this problem is (x-1)^2 + 2 y^2.
    let on = "formula:(x-1)^2+2*y^2";
    let text = "w1,w2\n3,0\n1.5,0\n1,0\n2,0\n";
    let with_target = |target| Experiment {
        target,
        ..Experiment::new(on.parse().unwrap(), vec![record(text)])
    };
    let trace = |experiment: Experiment| replayed(&experiment.prepare().unwrap());
    let whole = trace(with_target(Target::Loss(0.3)));
    assert_eq!(whole.losses, [4.0, 0.25, 0.0, 1.0]);
    assert_eq!(whole.stop, StopReason::RecordEnds { reached: Some(1) });
    assert!(whole.stop.to_string().contains("at epoch 1"));
    let never = trace(with_target(Target::Loss(-1.0)));
    assert_eq!(never.stop, StopReason::RecordEnds { reached: None });
    let at_last = trace(with_target(Target::Loss(1.0)));
    assert_eq!(at_last.stop, StopReason::RecordEnds { reached: Some(1) });
    // The epoch limit still applies.
    let short = |epochs, target| {
        trace(Experiment {
            epochs,
            ..with_target(target)
        })
    };
    assert_eq!(short(2, Target::None).losses.len(), 3);
    assert_eq!(short(2, Target::None).stop, StopReason::EpochLimit);
    assert_eq!(
        short(3, Target::None).stop,
        StopReason::RecordEnds { reached: None }
    );
    assert_eq!(short(1, Target::Loss(0.3)).stop, StopReason::Reached);
    assert_eq!(
        short(2, Target::Loss(0.3)).stop,
        StopReason::RecordEnds { reached: Some(1) }
    );
}

#[test]
fn optimizers_start_at_the_initial_point_and_records_at_their_first_row() {
    let own: Pick = "momentum".parse().unwrap();
    let both = contest("article", &[&own, &record("w1,w2\n1,2\n")]);
    assert_eq!(both.start, [-4.0, -4.0]);
    let starts: Vec<_> = both.runs().map(|run| run.weights().to_vec()).collect();
    assert_eq!(starts, [[-4.0, -4.0], [1.0, 2.0]]);
    assert_eq!(both.contenders[1].label, "r.csv");
    // A given initial point is kept, because the map shows it.
    let given = Experiment {
        start: Some(vec![0.0, 0.0]),
        ..Experiment::new("article".parse().unwrap(), vec![record("w1,w2\n1,2\n")])
    };
    assert_eq!(given.prepare().unwrap().start, [0.0, 0.0]);
}

#[test]
fn a_nan_weight_ends_the_run_as_diverged() {
    let trace = replayed(&contest("article", &[&record("w1,w2\n1,2\nnan,2\n3,4\n")]));
    assert_eq!(trace.stop, StopReason::Diverged { epoch: 1 });
    assert_eq!(trace.losses.len(), 2);
    let trace = replayed(&contest("article", &[&record("w1,w2\n1,-inf\n")]));
    assert_eq!(trace.stop, StopReason::Diverged { epoch: 0 });
}

#[test]
fn a_loss_of_another_problem_is_detected() {
    let on = "formula:(x-1)^2+2*y^2";
    let text = "w1,w2,loss\n3,0,4.000001\n2,0,\n2,0,1.1\n2,0,inf\n";
    let contest = contest(on, &[&record(text)]);
    let record = contest.contenders[0].record().unwrap();
    let mismatches: Vec<_> = (0..5)
        .map(|epoch| record.loss_mismatch(epoch, if epoch == 0 { 4.0 } else { 1.0 }))
        .map(|d| d.map(|d| (d.recorded, d.computed)))
        .collect();
    assert_eq!(
        mismatches,
        [
            None,
            None,
            Some((1.1, 1.0)),
            Some((f64::INFINITY, 1.0)),
            None
        ]
    );
    assert!(record.loss_mismatch(2, f64::NAN).is_some());
}

#[test]
fn a_record_with_another_number_of_weights_is_refused() {
    let experiment = Experiment::new("article".parse().unwrap(), vec![record("w1\n1\n")]);
    let Err(Error::In { error, .. }) = experiment.prepare() else {
        panic!("it was accepted");
    };
    assert_eq!(
        error.to_string(),
        "runs/r.csv: the record has 1 weight, but the problem has 2"
    );
}

#[test]
fn records_with_the_same_name_get_different_labels() {
    let named = |text: &str| {
        let mut pick: Pick = text.parse().unwrap();
        pick.files = record("w1,w2\n1,2\n").files;
        pick
    };
    let [a, b, c] = [
        "recorded:runs/r.csv",
        "recorded:path=runs/r.csv",
        "recorded:path=runs/r.csv,label=Torch",
    ]
    .map(named);
    let contest = contest("article", &[&a, &b, &c]);
    let labels: Vec<_> = contest.contenders.iter().map(|c| &*c.label).collect();
    assert_eq!(
        labels,
        ["r.csv (runs/r.csv)", "r.csv (path=runs/r.csv)", "Torch"]
    );
}

#[test]
fn a_sweep_refuses_recorded_runs() {
    let sweep = Sweep {
        on: vec!["article".parse().unwrap()],
        with: vec!["recorded:path=r.csv".parse().unwrap()],
        over: Vec::new(),
        starts: Starts::Problem,
        seeds: Seeds::List(vec![0]),
        target: Target::Problem,
        epochs: 10,
        tolerance: None,
        randomness: thalweg::randomness::Randomness::default(),
    };
    let Err(sweep_error) = sweep.plan() else {
        panic!("it was accepted");
    };
    assert!(sweep_error.error.to_string().contains("is a recorded run"));
}

/// Returns the pick of a recorded run whose file has this name, with these settings.
fn record_in(file: &str, settings: &str, content: impl Into<FileContent>) -> Pick {
    let mut pick: Pick = format!("recorded:path={file}{settings}").parse().unwrap();
    pick.files.push((file.to_owned(), content.into()));
    pick
}

/// Returns a 2-3-1 network on the data with which a run of `PyTorch` was recorded.
fn network() -> Pick {
    let text = "mlp:layers=2-3-1,data=quadrants.csv,loss=binary-cross-entropy";
    let mut pick: Pick = text.parse().unwrap();
    let data = include_str!("records/quadrants.csv");
    pick.files.push(("quadrants.csv".to_owned(), data.into()));
    pick
}

const TORCH: &str = include_str!("records/torch_2_3_1.csv");

#[test]
fn weights_in_the_order_of_torch_have_its_losses() {
    let losses = |settings| {
        let with = record_in("torch.csv", settings, TORCH);
        let contest = Experiment::new(network(), vec![with]).prepare().unwrap();
        let trace = replayed(&contest);
        let record = contest.contenders[0].record().unwrap();
        let numbered = (0..).zip(&trace.losses);
        let mut mismatches =
            numbered.filter_map(|(epoch, loss)| record.loss_mismatch(epoch, *loss));
        let other = mismatches
            .next()
            .map(|first| record.fits_other_order(&first, &*contest.problem.objective));
        (trace.losses, other)
    };
    let (own, fits) = losses("");
    assert!((own[2] - 3.256_689_1).abs() < 1e-6, "{own:?}");
    assert_eq!(fits, Some(true));
    let (torch, fits) = losses(",order=torch");
    assert!(
        (torch[0] - 0.673_868_856_455_845_4).abs() < 1e-14,
        "{torch:?}"
    );
    assert!(
        (torch[2] - 0.194_340_054_753_717_52).abs() < 1e-14,
        "{torch:?}"
    );
    assert_eq!(fits, None);
}

#[test]
fn columns_cannot_be_selected_in_arrays() {
    let content = include_bytes!("records/state_dict.npz").to_vec();
    let with = record_in("state.npz", ",weights=a|b", content);
    let error = Experiment::new(network(), vec![with])
        .prepare()
        .err()
        .unwrap();
    assert!(error.to_string().contains("remove this setting"), "{error}");
}

#[test]
fn a_damaged_file_of_arrays_is_not_read_as_text() {
    for (name, save) in [("a.npz", "numpy.savez"), ("a.NPY", "numpy.save")] {
        let with = record_in(name, "", b"\x01\x02\x03".to_vec());
        let error = Experiment::new(network(), vec![with])
            .prepare()
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.contains("it is damaged") && error.ends_with(save),
            "{error}"
        );
    }
}

#[test]
fn an_archive_of_arrays_has_the_order_of_its_shapes() {
    let content = include_bytes!("records/state_dict.npz").to_vec();
    let with = record_in("state.npz", "", content);
    let contest = Experiment::new(network(), vec![with]).prepare().unwrap();
    let w = contest.contenders[0].record().unwrap().at(0).unwrap();
    // In the file, 0.weight is [[1, 2], [3, 4], [5, 6]].
    assert_eq!(w[..6], [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
    assert_eq!(contest.start, w);
}

#[test]
fn columns_are_found_by_the_names_of_the_weights() {
    let last = "0.79384157,-0.49999999";
    let on = "formula:(x-1)^2+4*(y+0.5)^2";
    for (settings, text) in [
        ("", format!("step,x,y,value\n0,-2,2,34\n1,{last},0\n")),
        ("", format!("-2,2\n{last}\n")),
        ("", format!("# w1,w2\n-2,2\n{last}\n")),
        (
            "",
            "x y loss\n-2 2 34\n0.79384157  -0.49999999 0.0425\n".to_owned(),
        ),
        (
            ",weights=1|2",
            "-2 2 34\n0.79384157 -0.49999999 0.0425\n".to_owned(),
        ),
        ("", "x;y\n-2;2\n0.79384157;-0.49999999\n".to_owned()),
        ("", "x\ty\n-2\t2\n0.79384157\t-0.49999999\n".to_owned()),
        (
            ",weights=b|a",
            "a,b\n2,-2\n-0.49999999,0.79384157\n".to_owned(),
        ),
    ] {
        let with = record_in("run.csv", settings, &*text);
        let trace = replayed(&contest(on, &[&with]));
        assert_eq!(trace.losses[0], 34.0, "{text}");
        assert!(
            (trace.losses[1] - 0.042_501_298_345_827).abs() < 1e-8,
            "{text}"
        );
    }
}
