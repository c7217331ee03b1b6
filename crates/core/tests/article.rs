//! The numbers of the article, reproduced to the last digits of the weights.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]
#![allow(
    clippy::unreadable_literal,
    reason = "the numbers are copied from printed output"
)]

use thalweg::{Error, experiment::Experiment, run::StopReason, trace::Trace};

fn train(pick: &str) -> Trace {
    let experiment = Experiment::new("article".parse().unwrap(), vec![pick.parse().unwrap()]);
    let contest = experiment.prepare().unwrap();
    Trace::record(contest.run(&contest.contenders[0]))
}

fn close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs()
}

/// Pick, epochs, final weights, final loss, and evaluations of the loss and the gradient.
type Row = (&'static str, u64, [f64; 2], f64, [u64; 2]);

const ROWS: [Row; 6] = [
    (
        "gradient-descent:learning_rate=0.3",
        797,
        [2.376613099606531, -3.032590878645686],
        0.12497966023192819,
        [0, 797],
    ),
    (
        "gradient-descent:learning_rate=10",
        25,
        [2.4206093624939102, -3.0910872855838716],
        0.12428596340441977,
        [0, 25],
    ),
    (
        "momentum:learning_rate=0.3,momentum=0.9",
        92,
        [2.488561765375191, -2.989806367833873],
        0.12498131067254653,
        [0, 92],
    ),
    (
        "rprop:initial_step=0.1",
        20,
        [2.625747478246194, -3.5046659866263545],
        0.1204253476640038,
        [0, 20],
    ),
    (
        "irprop-plus:initial_step=0.1",
        17,
        [2.4545583496396786, -3.0887794346065913],
        0.12415127672886005,
        [0, 17],
    ),
    (
        "gradient-descent:search=golden-section",
        2,
        [3.1332075276176012, -6.088788467969165],
        0.12118403945716129,
        [31, 2],
    ),
];

#[test]
fn every_algorithm_reproduces_the_numbers_of_the_article() {
    for (pick, epochs, weights, loss, [value, gradient]) in ROWS {
        let trace = train(pick);
        assert_eq!(trace.stop, StopReason::Reached, "{pick}");
        assert_eq!(trace.epochs(), epochs, "{pick}");
        for (found, expected) in trace.last().iter().zip(weights) {
            assert!(close(*found, expected, 1e-12), "{pick}: {found} {expected}");
        }
        assert!(close(trace.loss(), loss, 1e-12), "{pick}: {}", trace.loss());
        let calls = trace.total();
        assert_eq!([calls.value, calls.gradient], [value, gradient], "{pick}");
    }
}

#[test]
fn irprop_plus_compares_losses_as_published() {
    // With this initial step size, a comparison that lags by one epoch would change the path at epoch 12.
    let trace = train("irprop-plus:initial_step=0.3");
    assert_eq!(trace.epochs(), 16);
    for (found, expected) in trace.last().iter().zip([2.271919155199999, -3.2826082816]) {
        assert!(close(*found, expected, 1e-12), "{found} {expected}");
    }
}

#[test]
fn the_line_search_takes_the_steps_of_the_article() {
    let trace = train("gradient-descent:search=golden-section");
    let steps = [302.43460614626593, 159.27589382764899];
    for (epoch, (expected, evaluations)) in [1, 2].into_iter().zip(steps.into_iter().zip([18, 13]))
    {
        let trials = &trace.trials[epoch];
        assert_eq!(trials.len(), evaluations);
        let best = trials
            .iter()
            .min_by(|a, b| a.loss.total_cmp(&b.loss))
            .unwrap();
        assert!(
            close(best.step, expected, 1e-12),
            "{} {expected}",
            best.step
        );
        assert_eq!(best.loss, trace.losses[epoch]);
    }
    assert!(close(trace.at(1)[0], 1.2928266157653612, 1e-12));
    assert!(close(trace.losses[1], 0.16052718485746872, 1e-12));
}

#[test]
fn a_learning_rate_with_a_line_search_is_refused() {
    let pick = "gradient-descent:learning_rate=0.3,search=golden-section";
    let experiment = Experiment::new("article".parse().unwrap(), vec![pick.parse().unwrap()]);
    let Err(Error::In { span, error, .. }) = experiment.prepare().map(|_| ()) else {
        panic!("accepted");
    };
    assert_eq!(&pick[span], "learning_rate=0.3");
    assert_eq!(
        error.to_string(),
        "`learning_rate` has no effect if `search` is given: remove one of them"
    );
}
