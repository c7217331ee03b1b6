//! The results of runs as text: a table, a sentence on each run that missed the target, and the settings.

use crate::{
    prelude::*,
    runs::{notes, records},
};
use thalweg::{
    need::Need,
    oracle::EvaluationCounts,
    randomness::Randomness,
    record::LossMismatch,
    record_notes::LossCheck,
    run::{Budget, Run, StopReason, convergence::Convergence},
    trace::Trace,
};
use thalweg_gallery::map::count;

/// The result of one run.
pub(super) struct RunResult<'c> {
    contender: &'c ComparedOptimizer,
    stop: StopReason,
    epochs: u64,
    loss: f64,
    weights: Vec<f64>,
    calls: EvaluationCounts,
    uses_hessian: bool,
    /// The first loss of a recorded run that differs from the problem's.
    disagreement: Option<LossMismatch>,
}

impl<'c> RunResult<'c> {
    pub(super) fn of_run(contender: &'c ComparedOptimizer, run: &Run, check: &LossCheck) -> Self {
        Self {
            contender,
            stop: run.stop().unwrap_or(StopReason::EpochLimit),
            epochs: run.epoch(),
            loss: run.loss(),
            weights: run.weights().to_vec(),
            calls: run.calls(),
            uses_hessian: run.needs().contains(&Need::Hessian),
            disagreement: check.first(),
        }
    }

    pub(super) fn of_trace(contender: &'c ComparedOptimizer, trace: &Trace) -> Self {
        Self {
            contender,
            stop: trace.stop,
            epochs: trace.epochs(),
            loss: trace.loss(),
            weights: trace.last().to_vec(),
            calls: trace.total(),
            uses_hessian: trace.needs.contains(&Need::Hessian),
            disagreement: LossCheck::of_trace(contender, trace).first(),
        }
    }
}

/// Formats the results of recorded runs; see [`results_text`].
pub(crate) fn text_of_traces(contest: &PreparedExperiment, traces: &[Trace]) -> String {
    let runs = contest.contenders.iter().zip(traces);
    let results = runs.map(|(contender, trace)| RunResult::of_trace(contender, trace));
    results_text(&results.collect::<Vec<_>>(), contest)
}

/// Formats the table, a sentence on each run that missed the target, and the shared settings.
pub(super) fn results_text(outcomes: &[RunResult], contest: &PreparedExperiment) -> String {
    let hessians = outcomes.iter().any(|o| o.uses_hessian);
    let heads = format!(
        "optimizer|outcome|epochs|loss|distance to minimum|loss evals|gradient evals{}|weights",
        if hessians { "|Hessian evals" } else { "" }
    );
    let row = |o: &RunResult| {
        let counted = !o.contender.lacks_counts();
        let calls = |count: u64| or_dash(counted.then_some(count));
        let mut cells = vec![
            o.contender.label.clone(),
            o.stop.word().to_owned(),
            o.epochs.to_string(),
            terminal::number(o.loss),
            distance(contest.problem.distance(&o.weights)),
            calls(o.calls.value),
            calls(o.calls.gradient),
        ];
        cells.extend(hessians.then(|| calls(o.calls.hessian)));
        cells.push(weights(&o.weights));
        cells
    };
    let results = table(&heads, outcomes.iter().map(row), 2);
    let mut text = String::new();
    // Without a target, a run is expected to end at the epoch limit or at a minimum.
    let target = contest.budget.target;
    let ends = [
        StopReason::EpochLimit,
        StopReason::RecordEnds { reached: None },
        StopReason::Converged(Convergence::Minimum),
        StopReason::Converged(Convergence::Tolerance),
    ];
    let expected = |stop| stop == StopReason::Reached || target.is_none() && ends.contains(&stop);
    let stillness: Vec<String> = outcomes
        .iter()
        .enumerate()
        .map(|(i, o)| notes::stillness(contest, i, &o.weights, o.epochs, o.stop))
        .collect();
    // More epochs do not help a run that does not move.
    let is_still = |i: usize| !stillness[i].is_empty();
    for (i, o) in outcomes.iter().enumerate() {
        if expected(o.stop) || o.stop == StopReason::EpochLimit && is_still(i) {
            continue;
        }
        text += &outcome_sentence(o);
    }
    for o in outcomes {
        text += &records::notes(contest, o.contender, o.epochs, o.disagreement);
    }
    text += &stillness.concat();
    text += &(notes::text(contest) + &notes::settings(contest) + &shared_settings_text(contest));
    results + &terminal::wrapped(&text)
}

/// Returns the sentence on a run that missed the target.
fn outcome_sentence(o: &RunResult) -> String {
    let label = &o.contender.label;
    match (o.stop, o.contender.record()) {
        // The usual advice to use smaller steps does not apply to a recorded run.
        (StopReason::Diverged { epoch }, Some(_)) => format!(
            "{label}: the loss or a weight of epoch {epoch} is not finite, so the recorded run ends here\n"
        ),
        // Smaller steps do not help if a formula of the user is undefined.
        (StopReason::Diverged { epoch: 1 }, None)
            if o.contender.is_user_defined() && o.weights.iter().any(|w| !w.is_finite()) =>
        {
            format!(
                "{label}: its first step is not finite; check the formulas of the rule, for example for a division by zero\n"
            )
        }
        _ => format!("{label}: {}\n", o.stop),
    }
}

/// Lists the shared settings, without which a comparison would be meaningless.
fn shared_settings_text(contest: &PreparedExperiment) -> String {
    let Budget {
        epochs,
        target,
        tolerance,
    } = contest.budget;
    let target = target.map_or_else(|| "none".to_owned(), |loss| ShortestFloat(loss).to_string());
    let (start, epochs) = (weights(&contest.start), count(epochs, "epoch"));
    let sampling = sampling_text(contest);
    let tolerance =
        tolerance.map_or_else(String::new, |v| format!("; tolerance {}", ShortestFloat(v)));
    let clipped = contest
        .contenders
        .iter()
        .filter(|c| c.options().is_some_and(|options| options.clip.is_some()));
    let clipped: Vec<&str> = clipped.map(|c| &*c.label).collect();
    let clipping = match &*clipped {
        [] => "no gradient clipping".to_owned(),
        labels => format!("gradient clipping only for {}", labels.join(", ")),
    };
    let recorded = contest.contenders.iter().any(|c| c.record().is_some());
    let except = if recorded {
        " (except recorded runs)"
    } else {
        ""
    };
    let is_derived = |c: &ComparedOptimizer| c.derived_rate().is_some();
    let tunings: Vec<_> = contest
        .contenders
        .iter()
        .filter_map(|c| c.tuning.as_ref())
        .collect();
    let tuning = if let Some(tuning) = tunings.first() {
        // All optimizers have the same protocol.
        format!(
            "{} of {} optimizers tuned, each by {} of at most {} evaluations",
            tunings.len(),
            contest.contenders.len(),
            count(tuning.trials as u64, "trial"),
            tuning.evaluations
        )
    } else if contest.contenders.iter().any(is_derived) {
        "learning rates that were not given follow from the curvature, without tuning to the results".to_owned()
    } else {
        "no hyperparameter tuning".to_owned()
    };
    format!(
        "\nShared settings{except}: start {start}; target loss {target}; at most {epochs}{tolerance}; {sampling}; \
         {tuning}; {clipping}.\n"
    )
}

/// Describes the randomness of the runs.
fn sampling_text(contest: &PreparedExperiment) -> String {
    let Randomness {
        batch,
        shuffle,
        gradient_noise,
        seed,
    } = contest.randomness;
    let mut sampling = match batch {
        Some(batch) if shuffle => format!("shuffled mini-batches of {batch}"),
        Some(batch) => format!("mini-batches of {batch}"),
        None => "all samples".to_owned(),
    };
    if gradient_noise > 0.0 {
        let _ = write!(
            sampling,
            "; gradient noise {}",
            ShortestFloat(gradient_noise)
        );
    }
    for contender in &contest.contenders {
        let own = contender.randomness().batch;
        if own != batch && contender.record().is_none() {
            let size = own.map_or_else(
                || "all samples".to_owned(),
                |n| format!("mini-batches of {n}"),
            );
            let _ = write!(sampling, "; {size} for {}", contender.label);
        }
    }
    if contest.contenders.iter().any(|c| !c.randomness().is_none()) {
        let _ = write!(sampling, "; seed {seed}");
    }
    sampling
}

/// Formats a distance with three significant digits, or a dash if there is none.
fn distance(distance: Option<f64>) -> String {
    or_dash(distance.map(|distance| {
        let rounded = format!("{distance:.2e}").parse();
        ShortestFloat(rounded.unwrap_or(f64::NAN))
    }))
}

/// Formats the weights, or the first few of many.
fn weights(w: &[f64]) -> String {
    const MAX_SHOWN_WEIGHTS: usize = 4;
    match w.get(..MAX_SHOWN_WEIGHTS) {
        Some(first) if w.len() > MAX_SHOWN_WEIGHTS => {
            format!("{},... ({})", terminal::numbers(first), w.len())
        }
        _ => terminal::numbers(w),
    }
}
