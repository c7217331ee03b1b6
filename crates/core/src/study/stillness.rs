//! Why a run hardly moved.

use super::{contender::ComparedOptimizer, experiment::PreparedExperiment};
use crate::{
    numeric::number::ShortestFloat,
    objective::{Objective, network::Network},
    optimizers,
    run::{Budget, Run, StopReason, convergence::Convergence},
};

/// A gradient whose components are smaller is that of a flat loss.
const FLAT: f64 = 1e-3;

/// Returns a sentence that explains why a run hardly moved, if the loss is flat at its initial point, or if its steps are smaller
/// than the rounding of the weights. `last` are its last weights (dim).
pub fn stillness_note(
    contest: &PreparedExperiment,
    contender: &ComparedOptimizer,
    last: &[f64],
    epochs: u64,
    stop: StopReason,
) -> Option<String> {
    if !may_be_still(stop, epochs) || contender.record().is_some() {
        return None;
    }
    let start = &contest.start;
    let has_ended = matches!(stop, StopReason::EpochLimit | StopReason::Converged(_));
    if !contender.uses_gradient() {
        return (last == &**start && has_ended).then(|| {
            "no weight has moved, because no point that the optimizer evaluated has a lower loss than the initial point; use \
             larger steps or another seed"
                .to_owned()
        });
    }
    let distance = largest_change(start, last);
    let mut gradient = vec![0.0; start.len()];
    contest
        .problem
        .objective
        .value_and_gradient(start, &mut gradient);
    let steepest = gradient.iter().map(|g| g.abs()).fold(0.0, f64::max);
    if steepest > FLAT && last == &**start && has_ended {
        if first_step_moves(contest, contender) {
            return Some(
                "the run is back at its initial point, because its steps go back and forth; use smaller steps"
                    .to_owned(),
            );
        }
        if let Some(note) = below_bound(contest, contender) {
            return Some(note);
        }
        // The outcome of a stalled run states the same.
        return (stop != StopReason::Converged(Convergence::Stalled)).then(|| {
            format!(
                "no weight has moved, because each step is smaller than the rounding of the weights (gradient {steepest:.0e}); \
                 use larger steps"
            )
        });
    }
    if distance > small_distance(contest) || steepest > FLAT {
        return None;
    }
    let moved = if last == &**start {
        "no weight has moved".to_owned()
    } else {
        format!("no weight has moved by more than {distance:.0e}")
    };
    let network = contest.problem.network.as_deref();
    let saturation = network.and_then(|network| saturation(network, start));
    if steepest == 0.0 && saturation.is_none() {
        // The outcome of the run states that the gradient is zero.
        return None;
    }
    // The epochs of a run that came to rest earlier do not matter.
    let is_at_limit = stop == StopReason::EpochLimit;
    let limit = if is_at_limit { epochs } else { u64::MAX };
    if steepest > 0.0 && !would_move_if_steep(contest, contender, steepest, limit) {
        return None;
    }
    Some(format!(
        "{moved}, because the loss is flat at the initial point (gradient {steepest:.0e}){}",
        saturation.unwrap_or_default()
    ))
}

/// Returns whether the first step of a run changes its weights.
fn first_step_moves(contest: &PreparedExperiment, contender: &ComparedOptimizer) -> bool {
    let mut run = contest.run(contender);
    run.advance();
    run.weights() != &*contest.start
}

/// Explains that the loss at the initial point is below the bound that a setting of the optimizer states, if it is: the steps of
/// such an optimizer are proportional to the distance from the bound.
fn below_bound(contest: &PreparedExperiment, contender: &ComparedOptimizer) -> Option<String> {
    let loss = contest.problem.objective.value(&contest.start);
    let settings = optimizers::REGISTRY.abouts();
    let mut bounds = settings
        .flat_map(|about| &*about.params)
        .filter(|p| p.loss_bound);
    bounds.find_map(|param| {
        let (name, bound) = (&param.name, contender.number(&param.name)?);
        (loss <= bound).then(|| {
            let [loss, bound] = [loss, bound].map(ShortestFloat);
            format!(
                "no weight has moved, because the loss at the initial point, {loss}, is not above `{name}`, {bound}; \
                 decrease `{name}`"
            )
        })
    })
}

/// Returns whether a run that ended for this reason after these epochs may have hardly moved although it should have.
fn may_be_still(stop: StopReason, epochs: u64) -> bool {
    let is_good = |why| matches!(why, Convergence::Minimum | Convergence::Tolerance);
    match stop {
        StopReason::Reached | StopReason::Diverged { .. } => false,
        StopReason::Converged(why) => !is_good(why),
        StopReason::EpochLimit => epochs > 0,
        _ => true,
    }
}

/// Returns the largest change of a weight.
fn largest_change(from: &[f64], to: &[f64]) -> f64 {
    let changes = from.iter().zip(to).map(|(a, b)| (a - b).abs());
    changes.fold(0.0, f64::max)
}

/// Returns whether the run would leave its initial point in as many epochs, but not more than a few, if the loss were multiplied
/// so that its largest derivative were 1 instead of `steepest`. If it would not, few epochs or small steps are the reason, or the
/// length of a step does not depend on that of the gradient.
fn would_move_if_steep(
    contest: &PreparedExperiment,
    contender: &ComparedOptimizer,
    steepest: f64,
    epochs: u64,
) -> bool {
    const MOST_EPOCHS: u64 = 100;
    if !contender.about.needs.is_empty() {
        // A step by second derivatives stays the same.
        return false;
    }
    let objective = ScaledObjective {
        objective: &*contest.problem.objective,
        factor: (1.0 / steepest).min(f64::MAX * f64::EPSILON),
    };
    let budget = Budget {
        epochs: epochs.min(MOST_EPOCHS),
        target: None,
        tolerance: None,
    };
    let small = small_distance(contest);
    let mut run = Run::new(&objective, &*contender.recipe, &contest.start, budget);
    while run.advance() {
        if largest_change(&contest.start, run.weights()) > small {
            return true;
        }
    }
    false
}

/// A loss multiplied by a factor.
struct ScaledObjective<'a> {
    objective: &'a dyn Objective,
    factor: f64,
}

impl Objective for ScaledObjective<'_> {
    fn dim(&self) -> usize {
        self.objective.dim()
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.factor * self.objective.value(w)
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let loss = self.objective.value_and_gradient(w, g);
        for g in g.iter_mut() {
            *g *= self.factor;
        }
        self.factor * loss
    }
}

/// Returns the distance below which a run has hardly moved, as a share of the problem's window.
fn small_distance(contest: &PreparedExperiment) -> f64 {
    const SHARE: f64 = 1e-3;
    let window = contest.problem.window;
    let widths = [window.w1, window.w2].map(|[low, high]| high - low);
    SHARE * widths[0].max(widths[1])
}

/// Explains that all units are saturated, if they are.
fn saturation(network: &dyn Network, w: &[f64]) -> Option<String> {
    /// The derivative of a sigmoid is below 1e-6 beyond this sum.
    const SATURATED: f64 = 15.0;
    /// Scaled features are smaller.
    const LARGE: f64 = 2.0;
    let data = network.data();
    let mut sums = vec![0.0; network.outputs()];
    let mut smallest = f64::INFINITY;
    for (features, _) in data.rows() {
        network.sums(features, w, &mut sums);
        smallest = sums
            .iter()
            .fold(smallest, |least, sum| least.min(sum.abs()));
    }
    if smallest < SATURATED {
        return None;
    }
    let count = data.features.len() as f64;
    let mean: f64 = data.features.iter().map(|v| v.abs() / count).sum();
    let rounded = ShortestFloat(format!("{mean:.0e}").parse().unwrap_or(mean));
    let advice = if data.source.is_some() && mean > LARGE {
        "; scale=standard scales them"
    } else {
        ""
    };
    Some(format!(
        ": all units are saturated, and the features have magnitudes of about {rounded}{advice}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{objective::problems, study::experiment::Experiment, trace::Trace};

    /// Returns the last loss and the note of a run. `content` is that of the file `d.csv`.
    fn run(on: &str, with: &str, start: Option<Vec<f64>>, content: &str) -> (f64, Option<String>) {
        let mut on = problems::pick(on).unwrap();
        on.files.push(("d.csv".to_owned(), content.into()));
        let experiment = Experiment {
            start,
            epochs: 400,
            ..Experiment::new(on, vec![with.parse().unwrap()])
        };
        let contest = experiment.prepare().unwrap();
        let contender = &contest.contenders[0];
        let trace = Trace::record(contest.run(contender));
        let note = stillness_note(
            &contest,
            contender,
            trace.last(),
            trace.epochs(),
            trace.stop,
        );
        (trace.loss(), note)
    }

    #[test]
    fn a_flat_initial_point_is_reported() {
        let hill = "formula:x*exp(-(x^2+y^2))";
        let (_, note) = run(hill, "gradient-descent", None, "");
        let note = note.unwrap();
        assert!(
            note.ends_with("because the loss is flat at the initial point (gradient 4e-5)"),
            "{note}"
        );
        assert!(
            note.starts_with("no weight has moved by more than"),
            "{note}"
        );
        let (loss, note) = run(hill, "gradient-descent", Some(vec![-1.5, 1.0]), "");
        assert!((loss + 0.428_881_94).abs() < 1e-8, "{loss}");
        assert_eq!(note, None);
    }

    #[test]
    fn a_run_that_returns_to_its_initial_point_has_moved() {
        // Each step changes the weight by 0.3 times 1000.5, and the minimum is near 1.
        let text = "x,y\n1000,1000\n1001,1001\n";
        let on = "csv:path=d.csv,activation=linear,loss=mae";
        let (_, note) = run(on, "gradient-descent", None, text);
        assert!(
            note.as_ref().unwrap().contains("go back and forth"),
            "{note:?}"
        );
    }

    #[test]
    fn flatness_is_a_reason_only_if_a_steep_loss_would_move_the_run() {
        let hill = "formula:x*exp(-(x^2+y^2))";
        let note = |with: &str, epochs: u64| {
            let experiment = Experiment {
                epochs,
                ..Experiment::new(hill.parse().unwrap(), vec![with.parse().unwrap()])
            };
            let contest = experiment.prepare().unwrap();
            let contender = &contest.contenders[0];
            let trace = Trace::record(contest.run(contender));
            let (epochs, stop) = (trace.epochs(), trace.stop);
            stillness_note(&contest, contender, trace.last(), epochs, stop)
        };
        for with in [
            "gradient-descent",
            "momentum",
            "nesterov",
            "averaged-sgd:learning_rate=0.3",
        ] {
            let note = note(with, 3).unwrap_or_default();
            assert!(note.contains("because the loss is flat"), "{with}: {note}");
        }
        // These steps do not depend on the size of the gradient: few epochs or a small learning rate are the reason.
        for with in [
            "adam",
            "sign-sgd:learning_rate=1e-4",
            "lion:learning_rate=1e-4",
            "amsgrad",
        ] {
            assert_eq!(note(with, 3), None, "{with}");
        }
        for with in [
            "gradient-descent:learning_rate=1e-9",
            "newton:search.step=1e-6",
        ] {
            assert_eq!(note(with, 3), None, "{with}");
        }
    }

    #[test]
    fn a_run_that_has_converged_at_its_initial_point_is_not_still() {
        for (on, tolerance) in [
            ("formula:x^2+y^2,start=1,2", 9.0),
            ("formula:x^2+y^2,start=0,0", 0.0),
        ] {
            let experiment = Experiment {
                tolerance: Some(tolerance),
                ..Experiment::new(on.parse().unwrap(), vec!["adam".parse().unwrap()])
            };
            let contest = experiment.prepare().unwrap();
            let contender = &contest.contenders[0];
            let trace = Trace::record(contest.run(contender));
            let note = stillness_note(
                &contest,
                contender,
                trace.last(),
                trace.epochs(),
                trace.stop,
            );
            assert_eq!((trace.epochs(), note), (0, None), "{on}");
        }
    }

    #[test]
    fn a_loss_below_its_bound_is_the_reason_for_no_step() {
        // Without a known minimum, the bound is 0.
        let hill = "formula:x*exp(-(x^2+y^2)),start=-1,0.5";
        for with in [
            "polyak-sgd",
            "momo",
            "lookahead:of=polyak-sgd",
            "polyak-sgd:minimum=-0.1",
        ] {
            let note = run(hill, with, None, "").1.unwrap();
            assert!(note.contains("is not above `minimum`"), "{with}: {note}");
        }
        assert_eq!(run(hill, "polyak-sgd:minimum=-1", None, "").1, None);
        // The problem knows its minimum.
        let (loss, note) = run("easom", "polyak-sgd", None, "");
        assert_eq!(note, None);
        assert!(loss < -0.9, "{loss}");
    }

    #[test]
    fn saturated_units_are_reported_with_the_magnitude_of_the_features() {
        let scores = "a,b,y\n39,65,0\n72,32,0\n40,95,1\n88,81,1\n";
        let start = Some(vec![-4.0, -4.0]);
        for with in ["gradient-descent", "adam", "momentum"] {
            let (_, note) = run("d.csv", with, start.clone(), scores);
            let note = note.unwrap();
            assert!(note.contains("all units are saturated"), "{with}: {note}");
            assert!(
                note.contains("magnitudes of about 60; scale=standard scales them"),
                "{with}: {note}"
            );
        }
        let (_, note) = run("d.csv", "gradient-descent", start, scores);
        assert!(note.unwrap().starts_with("no weight has moved, because"));
        let (_, note) = run("d.csv", "gradient-descent", None, scores);
        assert_eq!(note, None);
        // Small steps are not a property of the loss.
        assert_eq!(
            run("article", "gradient-descent:learning_rate=1e-9", None, "").1,
            None
        );
    }
}
