//! Properties of every entry of the catalog. New entries are tested automatically.

#![allow(clippy::too_many_lines, reason = "a table of cases may be long")]
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::sync::Arc;
use thalweg::{
    Error,
    batch::RunEnd,
    blocks::shapes,
    catalog::{DefaultValue, EntryMetadata, Family, Kind, Registry},
    data_sets,
    experiment::{Experiment, PreparedExperiment, Target},
    gradient_clips,
    inspect::Shape,
    line::{LineSearch, LineSearchScratch, SearchLine},
    line_searches,
    number::ShortestFloat,
    number::spread,
    objective::Objective,
    optimizers::{self, matrix::auxiliary},
    oracle::Oracle,
    pick::Pick,
    problems::{self, Problem},
    randomness::Randomness,
    references, regularizers,
    run::StopReason,
    schedules,
    trace::Trace,
};

const DATA: &str =
    "width,height,depth,label\n0.5,-1,2,0\n-0.25,1.5,1,1\n1,0.75,-0.5,1\n0.1,0.2,0.3,0\n";

/// Returns every problem with its initial point. Their files are attached.
fn problems() -> Vec<(Pick, Problem)> {
    let picks = [
        "article",
        "csv:path=d.csv",
        "csv:path=d.csv,activation=linear",
        "perceptron:data=d.csv,loss=binary-cross-entropy,bias=trained",
        "perceptron:activation=tanh,bias=fixed,bias_value=0.5",
        "perceptron:activation=relu,loss=mae,data=blobs,data.samples=9",
        "perceptron:activation=softplus,bias=trained",
        "perceptron:activation=linear,loss=hinge",
        "mlp:layers=2-2-1,data.samples=8",
        "mlp:layers=3-2-1,data=csv,data.path=d.csv,loss=binary-cross-entropy,activation=sigmoid",
        "mlp:layers=2-3-3,data=spirals,data.classes=3,data.samples=9,loss=categorical-cross-entropy",
        "mlp:layers=4-1-3,data=iris,activation=softplus,output=sigmoid",
        "matrix-regression:shape=3x2,condition=9",
        "associative-memory:pairs=3",
        "associative-memory:pairs=2,embedding=one-hot,exponent=2",
        "deep-linear:shape=2x3,hidden=2",
        "deep-linear:factors=3,shape=2x2,hidden=1,initial_scale=1",
        "formula:(1-x)^2+100*(y-x^2)^2,start=-1.5,2",
        "formula:ln(1+x^2)*tanh(y)+exp(-x/4)*sin(y)^3-2^-y/max(2,x^2.5),start=2,1,window=0,9,-2,2",
        "quadratic",
        "rosenbrock",
        "beale",
        "himmelblau",
        "booth",
        "matyas",
        "mccormick",
        "goldstein-price",
        "three-hump-camel",
        "six-hump-camel",
        "branin",
        "styblinski-tang",
        "rastrigin",
        "ackley",
        "levy",
        "griewank",
        "easom",
        "cross-in-tray",
        "bukin",
        "michalewicz",
        "cliff",
        "saddle",
        "monkey-saddle",
        "ravine",
        "plateau",
        "image:path=hill.png",
    ];
    let named = problems::REGISTRY.abouts().count();
    let ids: std::collections::BTreeSet<_> = picks.iter().map(|p| p.split(':').next()).collect();
    assert_eq!(ids.len(), named, "a problem is missing in this list");
    let build = |text: &str| {
        let mut pick: Pick = text.parse().unwrap();
        pick.files.push(("d.csv".to_owned(), DATA.into()));
        let picture = include_bytes!("pictures/plain.png").to_vec();
        pick.files.push(("hill.png".to_owned(), picture.into()));
        let problem = problems::REGISTRY.build(&pick, None).unwrap();
        (pick, problem)
    };
    picks.map(build).into()
}

/// Returns the ids of all parts of one kind.
fn parts(kind: &str) -> Vec<&'static str> {
    fn ids<T>(registry: &Registry<T>) -> Vec<&'static str> {
        registry.abouts().map(|about| &*about.id).collect()
    }
    // Wrappers can hold all of these; one is a wrapper itself.
    let wrapped = vec!["adam", "nesterov-lookahead", "adafactor", "lookahead"];
    let kinds = [
        (optimizers::REGISTRY.kind, wrapped),
        (line_searches::REGISTRY.kind, ids(&line_searches::REGISTRY)),
        (schedules::REGISTRY.kind, ids(&schedules::REGISTRY)),
        (regularizers::REGISTRY.kind, ids(&regularizers::REGISTRY)),
        (
            gradient_clips::REGISTRY.kind,
            ids(&gradient_clips::REGISTRY),
        ),
        (auxiliary::REGISTRY.kind, ids(&auxiliary::REGISTRY)),
    ];
    let found = kinds.into_iter().find(|(name, _)| *name == kind);
    found
        .unwrap_or_else(|| panic!("a kind of part is missing in this list: {kind}"))
        .1
}

/// Returns every optimizer with its defaults and with every part of its own settings.
///
/// Parts of shared settings are only combined with momentum. Recorded runs are excluded, because they make no evaluations
/// and have their own initial point; `record.rs` tests them.
fn optimizers() -> Vec<Pick> {
    let mut picks = Vec::new();
    let run = |about: &&EntryMetadata| about.family != Some(Family::Recorded);
    for about in optimizers::REGISTRY.abouts().filter(run) {
        picks.push(about.id.to_string());
        let shared = about.shared.iter().copied().flatten();
        let shared = shared.filter(|_| about.id == "momentum");
        for param in about.params.iter().chain(shared) {
            if let Kind::Part(kind) = &param.kind {
                let parts = parts(kind).into_iter();
                picks.extend(parts.map(|part| format!("{}:{}={part}", about.id, param.name)));
            }
        }
    }
    picks.iter().map(|text| text.parse().unwrap()).collect()
}

/// Returns the optimizers whose needs the problem meets.
fn optimizers_on(problem: &Problem) -> Vec<Pick> {
    let objective = &*problem.objective;
    let mut picks = optimizers();
    picks.retain(|pick| {
        let about = &optimizers::REGISTRY.named(&pick.id).unwrap().about;
        about.needs.iter().all(|need| objective.meets(*need))
    });
    picks
}

fn contest(on: &Pick, with: &Pick, epochs: u64) -> PreparedExperiment {
    let experiment = Experiment {
        target: Target::None,
        epochs,
        ..Experiment::new(on.clone(), vec![with.clone()])
    };
    experiment.prepare().unwrap()
}

/// Returns whether the bits are equal or both numbers are NaN, whose bits depend on the machine.
fn same_number(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

/// Returns a few points around the initial point, beginning with it.
fn points(problem: &Problem) -> Vec<Vec<f64>> {
    let shift = |k: usize| {
        let around = problem.start.iter().enumerate();
        let moved = around.map(|(i, w)| w + (k as f64) * (0.7 - 0.35 * ((i + k) % 5) as f64));
        moved.collect()
    };
    (0..8).map(shift).collect()
}

#[test]
fn the_same_experiment_gives_the_same_trace() {
    for (on, problem) in problems() {
        for with in optimizers_on(&problem) {
            let run = || {
                let contest = contest(&on, &with, 40);
                Trace::record(contest.run(&contest.contenders[0])).to_csv()
            };
            assert_eq!(run(), run(), "{with} on {on}");
        }
    }
}

#[test]
fn a_trace_reads_back_to_the_bits_of_the_run() {
    for (on, problem) in problems() {
        for with in optimizers_on(&problem) {
            let contest = contest(&on, &with, 30);
            let trace = Trace::record(contest.run(&contest.contenders[0]));
            let text = trace.to_csv();
            let mut lines = text.lines();
            let header: Vec<&str> = lines.next().unwrap().split(',').collect();
            let dim = problem.objective.dim();
            assert_eq!(header[..2], ["epoch", "w1"], "{with}");
            assert_eq!(
                header[dim + 1..dim + 4],
                ["loss", "value_calls", "gradient_calls"]
            );
            for (epoch, line) in lines.enumerate() {
                let cells: Vec<f64> = line.split(',').map(|v| v.parse().unwrap()).collect();
                assert_eq!(cells.len(), header.len(), "{with}");
                assert_eq!(cells[0], epoch as f64);
                let same = cells[1..=dim].iter().zip(trace.at(epoch));
                assert!(
                    same.clone().all(|(a, b)| same_number(*a, *b)),
                    "{with} on {on}"
                );
                assert!(same_number(cells[dim + 1], trace.losses[epoch]));
            }
        }
    }
}

#[test]
fn streaming_writes_the_recorded_trace() {
    for with in optimizers() {
        let on: Pick = "article".parse().unwrap();
        let contest = contest(&on, &with, 30);
        let whole = Trace::record(contest.run(&contest.contenders[0])).to_csv();
        let mut streamed = String::new();
        let mut run = contest.run(&contest.contenders[0]);
        thalweg::trace::stream_csv(&mut run, &mut streamed, |_| true).unwrap();
        assert_eq!(streamed, whole, "{with}");
    }
}

#[test]
fn evaluations_of_a_failed_search_are_counted() {
    let (on, _) = problems()
        .into_iter()
        .find(|(on, _)| on.text().ends_with("activation=linear"))
        .unwrap();
    let with: Pick = "gradient-descent:search=golden-section".parse().unwrap();
    let contest = contest(&on, &with, 10_000);
    let trace = Trace::record(contest.run(&contest.contenders[0]));
    assert!(
        matches!(trace.stop, StopReason::NoStep(_) | StopReason::Converged(_)),
        "{:?}",
        trace.stop
    );
    let mut streamed = String::new();
    let mut run = contest.run(&contest.contenders[0]);
    thalweg::trace::stream_csv(&mut run, &mut streamed, |_| true).unwrap();
    assert_eq!(streamed, trace.to_csv());
    assert_eq!(run.calls(), trace.total());
}

#[test]
fn row_0_is_the_initial_point_and_every_step_is_counted() {
    for (on, problem) in problems() {
        for with in optimizers_on(&problem) {
            let contest = contest(&on, &with, 12);
            let steps: Vec<_> = contest.run(&contest.contenders[0]).collect();
            assert_eq!(steps[0].weights, problem.start, "{with}");
            assert_eq!(steps[0].loss, problem.objective.value(&problem.start));
            for (i, pair) in steps.windows(2).enumerate() {
                assert_eq!(pair[1].epoch, i as u64 + 1);
                let evaluations = pair[1].calls.gradient + pair[1].calls.value;
                assert!(
                    evaluations > pair[0].calls.gradient + pair[0].calls.value,
                    "{with} on {on}"
                );
            }
        }
    }
}

/// Picks, or ids for all their picks, that do not reach the target from the initial point of the article.
const NEVER_REACH: &[&str] = &[
    // The steps of adagrad become too small.
    "adagrad",
    "hessian-diagonal",
    "gauss-newton",
    // Without a line search, full steps leave the valley.
    "bfgs:search=fixed",
    "dfp:search=fixed",
    "sr1:search=fixed",
    "psb:search=fixed",
    "lbfgs:search=fixed",
];

#[test]
fn every_optimizer_reaches_the_target() {
    for with in optimizers() {
        let on: Pick = "article".parse().unwrap();
        let contest = Experiment::new(on, vec![with.clone()]).prepare().unwrap();
        let trace = Trace::record(contest.run(&contest.contenders[0]));
        let target = contest.budget.target.unwrap();
        let (last, before) = trace.losses.split_last().unwrap();
        assert!(before.iter().all(|loss| *loss > target), "{with}");
        // With a penalty, the minimum may have a loss above the target.
        let has_penalty = with.settings.iter().any(|s| s.key == "regularizer");
        if [&*with.id, with.text()]
            .iter()
            .any(|text| NEVER_REACH.contains(text))
        {
            assert_ne!(trace.stop, StopReason::Reached, "{with}");
        } else if has_penalty {
            assert!(*last < before[0], "{with}");
        } else {
            assert_eq!(trace.stop, StopReason::Reached, "{with}");
            assert!(*last <= target, "{with}");
        }
    }
}

#[test]
fn channels_have_the_width_of_their_shape() {
    for (on, problem) in problems() {
        for with in optimizers_on(&problem) {
            let contest = contest(&on, &with, 3);
            let contender = &contest.contenders[0];
            let trace = Trace::record(contest.run(contender));
            let names: Vec<_> = trace.inner.iter().map(|s| &*s.channel.name).collect();
            let stated = contender.channels().iter().map(|c| &*c.name);
            // With a line search, gradient descent is a direction with its own state.
            let stated: Vec<_> = stated.collect();
            let scheduled = [&stated[..], &["learning_rate"]].concat();
            let about = &optimizers::REGISTRY.named(&with.id).unwrap().about;
            // The options of a rule have channels too, also of one inside of a wrapper.
            let has_more = about.family == Some(Family::Wrapper) || with.id == "mars";
            let has_all = has_more && stated.iter().all(|name| names.contains(name));
            assert!(
                names.is_empty() || names == stated || names == scheduled || has_all,
                "{with}: {names:?} {stated:?}"
            );
            let csv = trace.to_csv();
            let mut columns: Vec<&str> =
                csv.lines().next().unwrap_or_default().split(',').collect();
            let count = columns.len();
            columns.sort_unstable();
            columns.dedup();
            assert_eq!(columns.len(), count, "{with}: {csv}");
            for series in &trace.inner {
                let dim = problem.objective.dim();
                let shapes = shapes(problem.objective.blocks(), dim);
                let width = match series.channel.shape {
                    Shape::Scalar => 1,
                    Shape::Vector => dim,
                    // The optimizer determines the number of points.
                    Shape::Points => series.width / dim * dim,
                    Shape::Simplex => (dim + 1) * dim,
                    matrices => {
                        let sides = matrices.sides(dim, shapes).into_iter();
                        sides.map(|side| side * side).sum()
                    }
                };
                assert_eq!(series.width, width, "{with}: {}", series.channel.name);
                assert_eq!(series.numbers.len(), width * trace.losses.len());
            }
        }
    }
}

/// Checks that the product of the Hessian `h` at `w` and a vector follows from the Hessian.
fn assert_product_equals_hessian(f: &dyn Objective, w: &[f64], h: &[f64], on: &Pick) {
    let dim = w.len();
    let v: Vec<f64> = (0..dim).map(|i| 1.0 - 0.3 * i as f64).collect();
    let mut product = vec![0.0; dim];
    assert!(f.hessian_product(w, &v, &mut product), "{on}");
    for (found, row) in product.iter().zip(h.chunks_exact(dim)) {
        let terms = row.iter().zip(&v).map(|(h, v)| h * v);
        let size: f64 = terms.clone().map(f64::abs).sum();
        let expected: f64 = terms.sum();
        assert!(
            (found - expected).abs() <= 1e-13 * (1.0 + size),
            "{on} at {w:?}: {found} {expected}"
        );
    }
}

#[test]
fn gradients_and_hessians_agree_with_differences() {
    for (on, problem) in problems() {
        let f = &*problem.objective;
        let dim = f.dim();
        for w in points(&problem) {
            let (mut g, mut h) = (vec![0.0; dim], vec![0.0; dim * dim]);
            let value = f.value_and_gradient(&w, &mut g);
            assert_eq!(value.to_bits(), f.value(&w).to_bits(), "{on}");
            let curved = f.curved();
            if let Some(curved) = curved {
                curved.hessian(&w, &mut h);
                assert_product_equals_hessian(f, &w, &h, &on);
            }
            for i in 0..dim {
                let step = 3e-4;
                let at = |shift: f64| {
                    let mut w = w.clone();
                    w[i] += shift;
                    let mut g = vec![0.0; dim];
                    (f.value_and_gradient(&w, &mut g), g)
                };
                // The differences have fourth order, with the error h^4 f^(5) / 30.
                let near = [at(step), at(-step)];
                let far = [at(2.0 * step), at(-2.0 * step)];
                let slope_of = |near: [f64; 2], far: [f64; 2]| {
                    (8.0 * (near[0] - near[1]) - (far[0] - far[1])) / (12.0 * step)
                };
                let slope = slope_of(near.clone().map(|p| p.0), far.clone().map(|p| p.0));
                let rounding = |size: f64| f64::EPSILON * size.abs() / step;
                assert!(
                    (slope - g[i]).abs() <= 1e-8 * (1.0 + slope.abs()) + 4.0 * rounding(value),
                    "{on} at {w:?}: {slope} {}",
                    g[i]
                );
                for j in 0..if curved.is_some() { dim } else { 0 } {
                    let second =
                        slope_of(near.clone().map(|p| p.1[j]), far.clone().map(|p| p.1[j]));
                    let found = h[i * dim + j];
                    assert!(
                        (second - found).abs()
                            <= 1e-8 * (1.0 + second.abs()) + 4.0 * rounding(g[j]),
                        "{on} at {w:?}: {second} {found}"
                    );
                    assert_eq!(found, h[j * dim + i], "{on}: the Hessian must be symmetric");
                }
            }
        }
    }
}

/// Returns whether a symmetric (2, 2) matrix is positive semidefinite up to rounding.
fn is_positive_semidefinite(h: &[f64]) -> bool {
    let (trace, determinant) = (h[0] + h[3], h[0] * h[3] - h[1] * h[2]);
    trace >= 0.0 && determinant >= -1e-9 * trace * trace
}

#[test]
fn known_minima_have_zero_gradient_and_positive_curvature() {
    for (on, problem) in problems() {
        let f = &*problem.objective;
        let start = f.value(&problem.start);
        for w in &problem.minima {
            let mut g = vec![0.0; f.dim()];
            let loss = f.value_and_gradient(w, &mut g);
            assert!(
                loss < start && problem.target.is_none_or(|t| loss <= t),
                "{on} at {w:?}"
            );
            let mut h = vec![0.0; f.dim() * f.dim()];
            let curved = f.curved().unwrap();
            curved.hessian(w, &mut h);
            // Rounding the coordinates of a minimum causes a slope proportional to the curvature.
            let curvature = h.iter().fold(1.0_f64, |max, h| max.max(h.abs()));
            let size = w.iter().fold(1.0_f64, |max, w| max.max(w.abs()));
            for slope in g {
                let limit = 4.0 * f64::EPSILON * curvature * size;
                assert!(
                    slope.abs() <= limit,
                    "{on} at {w:?}: {slope:e} above {limit:e}"
                );
            }
            assert!(
                f.dim() != 2 || is_positive_semidefinite(&h),
                "{on} at {w:?}: {h:?}"
            );
        }
    }
}

#[test]
fn gradient_descent_descends_with_the_learning_rate_of_the_problem() {
    let with: Pick = "gradient-descent".parse().unwrap();
    for (on, problem) in problems() {
        if problem.learning_rate.is_none() {
            continue;
        }
        let contest = contest(&on, &with, 400);
        let trace = Trace::record(contest.run(&contest.contenders[0]));
        // Only the part of the path inside the window counts, because some problems have no minimum.
        let inside = |w: &[f64]| w.len() != 2 || problem.window.contains(w);
        let losses = &trace.losses[..trace.path().take_while(|w| inside(w)).count()];
        let (first, last) = (losses[0], losses[losses.len() - 1]);
        // The goal is a fraction of the decrease to the known minimum, because many runs reach a nearer local minimum.
        let floor = problem.minima.first().map(|w| problem.objective.value(w));
        let goal = floor.map_or(first, |floor| first - 0.2 * (first - floor));
        assert!(
            losses.iter().all(|loss| *loss <= first),
            "{on}: the loss rose above {first}"
        );
        assert!(last < goal, "{on}: from {first} to {last}");
    }
}

#[test]
fn batched_values_equal_single_values() {
    for (on, problem) in problems() {
        let f = &*problem.objective;
        let points = points(&problem);
        let columns = (0..f.dim()).flat_map(|j| points.iter().map(move |w| w[j]));
        let mut losses = vec![0.0; points.len()];
        f.values(&columns.collect::<Vec<_>>(), &mut losses);
        for (w, loss) in points.iter().zip(losses) {
            assert_eq!(loss.to_bits(), f.value(w).to_bits(), "{on} at {w:?}");
        }
        let count = points.len();
        let columns = (0..f.dim()).flat_map(|j| points.iter().map(move |w| w[j]));
        let columns: Vec<f64> = columns.collect();
        let (mut losses, mut gradients) = (vec![0.0; count], vec![0.0; columns.len()]);
        f.values_and_gradients(&columns, &mut losses, &mut gradients);
        for (i, w) in points.iter().enumerate() {
            let mut g = vec![0.0; f.dim()];
            let loss = f.value_and_gradient(w, &mut g);
            assert_eq!(losses[i].to_bits(), loss.to_bits(), "{on} at {w:?}");
            for (j, g) in g.iter().enumerate() {
                assert_eq!(
                    gradients[j * count + i].to_bits(),
                    g.to_bits(),
                    "{on} at {w:?}"
                );
            }
        }
    }
}

/// Optimizers that do not come to rest where the gradient is zero: most of them shrink the weights by default, and the scale
/// of `mechanize` can change.
const NEVER_REST: &[&str] = &["averaged-sgd", "adamw", "fromage", "mechanize", "tiger"];
/// Returns whether runs of the pick can be batched.
fn can_batch(with: &Pick) -> bool {
    let optimizer = optimizers::REGISTRY.build(with, Some(0.1)).unwrap();
    optimizer.batch_runner().is_some()
}

/// Optimizers whose first steps differ from later ones.
const DIFFERENT_FIRST_STEPS: &[&str] = &[
    "momentum:dampening=0.5",
    "rprop:mars=0.1",
    "rule:w := w - 0.1*g/t",
];

#[test]
fn batched_runs_end_like_single_runs() {
    for (on, problem) in problems() {
        // Only one problem has several batches, the last one incomplete, because every pair takes time.
        let whole = on.id == "article";
        let mut picks = optimizers_on(&problem);
        if whole {
            picks.extend(
                DIFFERENT_FIRST_STEPS
                    .iter()
                    .map(|pick| pick.parse().unwrap()),
            );
        }
        for with in picks {
            let (count, limit) = if whole { (2100, 300) } else { (150, 60) };
            // Runs without batches are single runs anyway, and those of matrix rules are expensive.
            let count = if can_batch(&with) { count } else { 10 };
            // Some initial points reach these targets soon, some late, and some never.
            for (target, epochs) in [(0.3, 60), (0.2, limit), (0.0, 20)] {
                let experiment = Experiment {
                    target: Target::Loss(target),
                    epochs,
                    ..Experiment::new(on.clone(), vec![with.clone()])
                };
                let mut contest = experiment.prepare().unwrap();
                let dim = problem.objective.dim();
                // One initial point diverges, and one has a zero gradient.
                let mut starts: Vec<f64> = (0..dim * count)
                    .map(|k| ((k * 7919) % 1201) as f64 / 100.0 - 6.0)
                    .collect();
                starts[5] = 1e200;
                for j in 0..dim {
                    starts[j * count + 6] = 500.0;
                }
                let first = starts.clone();
                let mut ends = vec![RunEnd::NONE; count];
                contest.run_many(&contest.contenders[0], &mut starts, &mut ends);
                // Single runs are expensive, so only some are compared: every 13th, the special ones, and the last ones.
                let compared = (0..count).filter(|i| i % 13 == 0 || *i < 8 || *i >= count - 8);
                for i in compared {
                    contest.start = (0..dim).map(|j| first[j * count + i]).collect();
                    let mut run = contest.run(&contest.contenders[0]);
                    while run.advance() {}
                    let single = (run.epoch(), run.loss().to_bits(), run.calls(), run.stop());
                    let end = ends[i];
                    let same = (end.epochs, end.loss.to_bits(), end.calls, Some(end.stop));
                    assert!(
                        same == single || run.loss().is_nan() && end.loss.is_nan(),
                        "{with} on {on} from {:?}: {same:?} {single:?}",
                        contest.start
                    );
                    let about = &optimizers::REGISTRY.named(&with.id).unwrap().about;
                    // Without a gradient, an optimizer does not know that the loss is flat.
                    let uses_gradient = about.family != Some(Family::DerivativeFree);
                    if i == 6 && on.id == "article" && with.settings.is_empty() && uses_gradient {
                        let moves = NEVER_REST.contains(&&*with.id);
                        let rests = matches!(end.stop, StopReason::Converged(_));
                        assert_eq!(rests, !moves, "{with}");
                    }
                    for (j, w) in run.weights().iter().enumerate() {
                        let found = starts[j * count + i];
                        assert!(found.to_bits() == w.to_bits() || found.is_nan() && w.is_nan());
                    }
                }
            }
        }
    }
}

#[test]
fn grid_values_equal_single_values() {
    for (on, problem) in problems() {
        let f = &*problem.objective;
        if f.dim() != 2 {
            continue;
        }
        // On the last grid, no function can be separated into factors of x and y.
        for reach in [1.0, 6.0, 700.0, 1e4] {
            let [xs, ys] = [37, 5].map(|count| spread([-reach, reach], count));
            let mut losses = vec![0.0; xs.len() * ys.len()];
            f.grid(&xs, &ys, &mut losses);
            for (k, loss) in losses.iter().enumerate() {
                let w = [xs[k % xs.len()], ys[k / xs.len()]];
                let value = f.value(&w);
                assert!(
                    (loss - value).abs() <= 1e-14 * value.abs() || same_number(*loss, value),
                    "{on} at {w:?}: {loss} {value}"
                );
            }
        }
    }
}

/// The function (w - 3)^2.
struct Valley;

impl Objective for Valley {
    fn dim(&self) -> usize {
        1
    }
    fn value(&self, w: &[f64]) -> f64 {
        (w[0] - 3.0) * (w[0] - 3.0)
    }
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        g[0] = 2.0 * (w[0] - 3.0);
        self.value(w)
    }
}

#[test]
fn line_searches_lower_the_loss_or_return_an_error() {
    // A fixed step does not evaluate the loss.
    let searches = line_searches::REGISTRY.abouts();
    for about in searches.filter(|about| about.id != "fixed") {
        let pick: Pick = about.id.parse().unwrap();
        let search: Arc<dyn LineSearch> = line_searches::REGISTRY.build(&pick, None).unwrap();
        for (from, first) in [
            (0.0, 1.0),
            (0.0, 1e-3),
            (0.0, 100.0),
            (8.0, 1.0),
            (3.0, 1.0),
        ] {
            let (w, mut g, mut oracle) = ([from], [0.0], Oracle::new(&Valley));
            let f = oracle.value_and_gradient(&w, &mut g);
            let (d, mut scratch) = ([-g[0]], LineSearchScratch::new(1));
            let found = search.search(
                &mut SearchLine::new(&mut oracle, [&w, &d, &g], &mut scratch, f),
                first,
            );
            match found {
                Ok(t) => assert!(
                    t > 0.0 && Valley.value(&[from + t * d[0]]) < f,
                    "{}: {t}",
                    about.id
                ),
                Err(why) => assert_eq!(from, 3.0, "{}: {why}", about.id),
            }
        }
    }
}

fn abouts() -> Vec<&'static EntryMetadata> {
    let all = optimizers::REGISTRY
        .abouts()
        .chain(problems::REGISTRY.abouts());
    let parts = line_searches::REGISTRY
        .abouts()
        .chain(schedules::REGISTRY.abouts());
    all.chain(parts)
        .chain(regularizers::REGISTRY.abouts())
        .chain(gradient_clips::REGISTRY.abouts())
        .chain(data_sets::REGISTRY.abouts())
        .collect()
}

#[test]
fn catalog_entries_are_complete_and_well_formed() {
    let sentence = |text: &str| {
        text.ends_with('.') && text.starts_with(|c: char| !c.is_lowercase() || c == 'i')
    };
    let id = |text: &str, joint: char| {
        text.split(joint).all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
    };
    for about in abouts() {
        assert!(id(&about.id, '-'), "{}", about.id);
        assert!(sentence(&about.summary), "{}: {}", about.id, about.summary);
        assert!(!about.formula.is_empty(), "{} has no formula", about.id);
        assert!(
            about.cite.is_empty() || references::find(&about.cite).is_some(),
            "{}: {}",
            about.id,
            about.cite
        );
        for p in about.params.iter() {
            assert!(
                id(&p.name, '_') && sentence(&p.help),
                "{}: {} {}",
                about.id,
                p.name,
                p.help
            );
            if let DefaultValue::Number(v) = p.preset {
                assert!(
                    p.valid.contains(v),
                    "{}: the default of {}",
                    about.id,
                    p.name
                );
                assert!(p.slider.low < p.slider.high, "{}: {}", about.id, p.name);
                assert!(
                    p.slider.low.is_finite() && p.slider.high.is_finite(),
                    "{}: {} needs a slider",
                    about.id,
                    p.name
                );
                assert!(
                    !p.log || p.slider.low > 0.0,
                    "{}: {} has a log slider from 0",
                    about.id,
                    p.name
                );
            }
        }
        for c in about.channels.iter() {
            assert!(
                id(&c.name, '_') && sentence(&c.help),
                "{}: {}",
                about.id,
                c.name
            );
        }
    }
    let all: Vec<_> = optimizers::REGISTRY.abouts().collect();
    for (i, optimizer) in all.iter().enumerate() {
        let of_user = matches!(
            optimizer.family,
            Some(Family::Recorded | Family::UserDefined)
        );
        let has_variants = !optimizer.variants_of.is_empty();
        assert_eq!(
            has_variants,
            !optimizer.variant.is_empty(),
            "{}",
            optimizer.id
        );
        for other in &all[..i] {
            assert_ne!(
                optimizer.title, other.title,
                "titles must be unique for legends"
            );
            let share_method = has_variants && optimizer.variants_of == other.variants_of;
            assert!(
                !share_method || optimizer.variant != other.variant,
                "{}",
                optimizer.id
            );
        }
        assert!(
            optimizer.family.is_some() && optimizer.cite.is_empty() == of_user,
            "{}",
            optimizer.id
        );
    }
}

#[test]
fn ids_are_unique_and_papers_are_used() {
    // A data set may share its id with the problem that uses it.
    let mut ids: Vec<_> = abouts().iter().map(|about| &about.id).collect();
    let data_sets: Vec<_> = data_sets::REGISTRY
        .abouts()
        .map(|about| &about.id)
        .collect();
    assert_eq!(ids.split_off(ids.len() - data_sets.len()), data_sets);
    assert!((1..data_sets.len()).all(|i| !data_sets[..i].contains(&data_sets[i])));
    ids.sort_unstable();
    let twice = ids.windows(2).filter(|pair| pair[0] == pair[1]);
    let twice: Vec<_> = twice.map(|pair| &**pair[0]).collect();
    // The usual names of a surface and of a schedule.
    assert_eq!(twice, ["plateau"]);
    for paper in references::all() {
        assert!(
            abouts().iter().any(|about| about.cite == paper.key),
            "{} is not used",
            paper.key
        );
    }
}

#[test]
fn the_seed_determines_random_runs() {
    let trace = |with: &Pick, seed: u64| {
        let experiment = Experiment {
            target: Target::None,
            epochs: 40,
            randomness: Randomness {
                batch: Some(2),
                shuffle: true,
                gradient_noise: 0.01,
                seed,
            },
            ..Experiment::new("article".parse().unwrap(), vec![with.clone()])
        };
        let contest = experiment.prepare().map_err(|e| e.to_string())?;
        let contender = &contest.contenders[0];
        let trace = Trace::record(contest.run(contender));
        // Batched runs give the same result.
        let mut starts = contest.start.clone();
        let mut ends = [RunEnd::NONE];
        contest.run_many(contender, &mut starts, &mut ends);
        assert_eq!(ends[0].loss.to_bits(), trace.loss().to_bits(), "{with}");
        Ok::<_, String>(trace.to_csv())
    };
    for with in optimizers() {
        let about = &optimizers::REGISTRY.named(&with.id).unwrap().about;
        if about.needs.is_empty() {
            assert_eq!(trace(&with, 3), trace(&with, 3), "{with}");
            assert_ne!(trace(&with, 3), trace(&with, 4), "{with}");
        } else {
            assert!(trace(&with, 3).unwrap_err().contains("mini-batch"));
        }
    }
}

#[test]
fn a_batch_of_all_samples_equals_the_loss() {
    for (on, problem) in problems() {
        let f = &*problem.objective;
        let Some(sampled) = f.sampled() else {
            continue;
        };
        let rows: Vec<usize> = (0..sampled.samples()).collect();
        for w in points(&problem) {
            let (mut all, mut each) = (vec![0.0; f.dim()], vec![0.0; f.dim()]);
            let (mut sum, mut mean) = (vec![0.0; f.dim()], 0.0);
            let loss = f.value_and_gradient(&w, &mut all);
            let whole = sampled.value_and_gradient_on(&rows, &w, &mut each);
            assert!((whole - loss).abs() <= 1e-14 * loss.abs(), "{on}");
            assert_eq!(
                sampled.value_on(&rows, &w).to_bits(),
                whole.to_bits(),
                "{on}"
            );
            for row in &rows {
                mean += sampled.value_and_gradient_on(&[*row], &w, &mut each) / rows.len() as f64;
                for (sum, g) in sum.iter_mut().zip(&each) {
                    *sum += g / rows.len() as f64;
                }
            }
            assert!(
                (mean - loss).abs() <= 1e-13 * loss.abs(),
                "{on}: {mean} {loss}"
            );
            for (sum, g) in sum.iter().zip(&all) {
                assert!(
                    (sum - g).abs() <= 1e-12 * g.abs().max(1.0),
                    "{on}: {sum} {g}"
                );
            }
        }
    }
}

#[test]
fn numbers_outside_the_valid_range_are_refused() {
    for about in optimizers::REGISTRY.abouts() {
        for p in about.params.iter().filter(|p| p.kind == Kind::Number) {
            let low = if p.valid.open_low {
                p.valid.low
            } else {
                p.valid.low - 1.0
            };
            let high = if p.valid.open_high {
                p.valid.high
            } else {
                p.valid.high + 1.0
            };
            for given in [
                ShortestFloat(low).to_string(),
                ShortestFloat(high).to_string(),
                "NaN".into(),
                "x".into(),
            ] {
                let pick: Pick = format!("{}:{}={given}", about.id, p.name).parse().unwrap();
                let Err(Error::In { span, error, .. }) =
                    optimizers::REGISTRY.build(&pick, None).map(|_| ())
                else {
                    panic!("{pick} was accepted");
                };
                assert_eq!(pick.text()[span], format!("{}={given}", p.name));
                assert!(error.to_string().contains(&p.allowed()), "{error}");
            }
        }
    }
}

#[test]
fn channel_descriptions_match_the_values_after_each_step() {
    let mut compared = 0;
    for about in optimizers::REGISTRY.abouts() {
        for channel in about.channels.iter() {
            for words in [
                "epoch before",
                "last step",
                "last epoch",
                "last gradient",
                "previous",
            ] {
                let text = [&channel.name.replace('_', " "), " ", &channel.help].concat();
                assert!(!text.to_lowercase().contains(words), "{}: {text}", about.id);
            }
        }
        if about.family == Some(Family::Recorded) {
            continue;
        }
        let experiment = Experiment {
            epochs: 14,
            ..Experiment::new("article".parse().unwrap(), vec![about.id.parse().unwrap()])
        };
        let contest = experiment.prepare().unwrap();
        let trace = Trace::record(contest.runs().next().unwrap());
        for series in &trace.inner {
            for epoch in 1..=trace.epochs() as usize {
                let found = series.at(epoch);
                let known = described_values(&series.channel.help, &contest, &trace, epoch);
                let Some(known) = known else {
                    continue;
                };
                compared += 1;
                for (found, known) in found.iter().zip(known) {
                    let zeroed = *found == 0.0 && series.channel.help.contains("; zero ");
                    let near = (found - known).abs() <= 1e-12 * (1.0 + known.abs());
                    assert!(
                        near || zeroed,
                        "{}, {epoch}: {:?}",
                        about.id,
                        series.channel
                    );
                }
            }
        }
    }
    assert!(compared > 150, "{compared}");
}

/// Returns the values that a channel with this description must have after a step, if they follow from the trace.
fn described_values(
    help: &str,
    contest: &PreparedExperiment,
    trace: &Trace,
    epoch: usize,
) -> Option<Vec<f64>> {
    let (from, to) = (trace.at(epoch - 1), trace.at(epoch));
    let ahead = trace.series("ahead");
    let what = help.split([';', ',', '.']).next()?;
    match what {
        "Weights before this step" => Some(from.to_vec()),
        "Loss before this step" => Some(vec![trace.losses[epoch - 1]]),
        "Displacement of this step" => {
            Some(to.iter().zip(from).map(|(to, from)| to - from).collect())
        }
        "Gradient before this step"
        | "Gradient of this step"
        | "Gradient at the look-ahead point" => {
            let at = ahead.map_or(from, |s| s.at(epoch));
            let mut g = vec![0.0; at.len()];
            contest.problem.objective.value_and_gradient(at, &mut g);
            Some(g)
        }
        _ => None,
    }
}
