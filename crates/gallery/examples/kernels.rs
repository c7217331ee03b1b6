//! Times the inner loops and prints one line each: name, minimum and median time in nanoseconds per unit, and the number of
//! units. `cargo xtask bench` reads the output. Names as arguments select some of the loops.

use fearless_simd::{Level, dispatch};
use std::{hint::black_box, time::Instant};
use thalweg::{
    activation::Activation,
    batch::RunEnd,
    data::DataSet,
    experiment::{Experiment, PreparedExperiment, Target},
    field::Field,
    float::{self, Lanes, SimdLanes, UnrolledLanes},
    mlp::{Head, Mlp},
    number::spread,
    objective::Objective as _,
    random::Random,
    trace::Trace,
};
use thalweg_gallery::map::{BANDS, LossMap, MapPath};
use thalweg_plot::{
    contour::{ContourPaths, Grid, Tracer},
    formats::svg,
    levels::Levels,
    scale::Spacing,
    surface::{Surface, SurfacePath},
    theme::Theme,
};

const SIDE: usize = 1000;
const RUNS: usize = 15;

/// Runs `work` once to warm up, then measures it; a unit is one of `units` parts of the work.
#[expect(clippy::disallowed_methods, reason = "this program measures time")]
fn report<T>(name: &str, units: usize, mut work: impl FnMut() -> T) {
    if !is_chosen(name) {
        return;
    }
    black_box(work());
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            black_box(work());
            begin.elapsed().as_secs_f64() * 1e9 / units as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name} {} {} {units}", times[0], times[RUNS / 2]);
}

/// Returns whether the arguments select a loop.
fn is_chosen(name: &str) -> bool {
    let mut chosen = std::env::args().skip(1).peekable();
    chosen.peek().is_none() || chosen.any(|chosen| chosen == name)
}

/// Few enough numbers to fit in the nearest cache.
const NEAR: usize = 1024;

/// Rounds of [`arithmetic`]: a unit is one sum or product of one lane.
const ARITHMETIC_ROUNDS: usize = 10_000;

/// Chains of sums and of products of independent registers. They are as numerous as needed to hide the latencies, and few enough
/// for the 16 registers of AVX2.
const CHAINS: usize = 7;

/// Computes sums and products at the highest rate of the processor, without fused operations. Returns their number.
#[inline(always)]
#[expect(clippy::inline_always, reason = "part of a SIMD region")]
fn arithmetic<L: Lanes>(l: L, results: &mut [f64]) -> usize {
    let (factor, term) = (l.splat(black_box(1.0)), l.splat(black_box(0.25)));
    let (mut products, mut sums) = (l.splat(1.0), l.splat(0.0));
    for _ in 0..ARITHMETIC_ROUNDS {
        products = products * factor;
        sums = sums + term;
    }
    l.store(products + sums, &mut results[..L::COUNT]);
    2 * ARITHMETIC_ROUNDS * L::COUNT
}

/// Measures the minimum cost of one operation with many independent operations; a unit is one of them.
fn report_limits() {
    let level = Level::new();
    let mut results = [0.0; 8 * CHAINS];
    let mut run = || dispatch!(level, simd => arithmetic(UnrolledLanes::<_, CHAINS>(SimdLanes(simd)), &mut results));
    let units = run();
    report("arithmetic-limit", units, run);
    let xs: Vec<f64> = (0..NEAR).map(|i| i as f64 * 0.01 - 5.0).collect();
    let mut ys = vec![0.0; NEAR];
    report("division-limit", 200 * NEAR, || {
        for _ in 0..200 {
            dispatch!(level, simd => each(UnrolledLanes::<_, 4>(SimdLanes(simd)), black_box(&xs), &mut ys, invert));
        }
        ys[0]
    });
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "part of a SIMD region")]
fn invert<L: Lanes>(l: L, x: L::F) -> L::F {
    l.splat(1.0) / x
}

/// Applies a function to each number, as many at a time as the lanes hold.
#[inline(always)]
#[expect(clippy::inline_always, reason = "part of a SIMD region")]
fn each<L: Lanes>(l: L, xs: &[f64], ys: &mut [f64], f: impl Fn(L, L::F) -> L::F) {
    for (x, y) in xs.chunks_exact(L::COUNT).zip(ys.chunks_exact_mut(L::COUNT)) {
        l.store(f(l, l.load(x)), y);
    }
}

/// Measures the way from a field and a path to an SVG: a map of 400 x 400 samples and a surface of 60 x 60. A unit is
/// one picture.
fn report_figures(contest: &PreparedExperiment) {
    let problem = &contest.problem;
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let sample = |side| Field::sample(&*problem.objective, problem.window, [side, side]);
    let labels = ["First weight", "Second weight", "Loss"];
    let theme = &Theme::LIGHT;
    let field = sample(400);
    let path = |trace| MapPath {
        trace,
        style: theme.path(0),
        label: "A path",
    };
    report("contour-svg", 1, || {
        let map = LossMap {
            target: problem.target,
            start: Some(&contest.start),
            paths: traces.iter().map(path).collect(),
            legend: true,
            ..LossMap::new("A map", labels, &field)
        };
        svg::encode(&map.scene(theme))
    });
    let field = sample(60);
    report("surface-svg", 1, || {
        let surface = Surface {
            size: [760.0, 640.0],
            title: "A surface".to_owned(),
            description: String::new(),
            field: &field,
            labels: labels.map(str::to_owned),
            paths: vec![SurfacePath {
                trace: &traces[0],
                style: theme.path(0),
                label: "A path".to_owned(),
            }],
            start: None,
            from: [-58.0, 38.0],
            height: Spacing::Linear,
            floor: false,
        };
        svg::encode(&surface.scene(theme))
    });
}

/// Returns a function that makes a run of an optimizer from each of 200 x 200 initial points, and returns the number of epochs
/// of all runs.
fn map_of_starts(optimizer: &str) -> Result<impl FnMut() -> usize, thalweg::Error> {
    let experiment = Experiment {
        epochs: 2000,
        ..Experiment::new("article".parse()?, vec![optimizer.parse()?])
    };
    let contest = experiment.prepare()?;
    let side = spread(contest.problem.window.w1, 200);
    let first = side.iter().cycle().take(side.len() * side.len());
    let second = side.iter().flat_map(|w| vec![w; side.len()]);
    let starts: Vec<f64> = first.chain(second).copied().collect();
    let mut ends = vec![RunEnd::NONE; side.len() * side.len()];
    let mut weights = starts.clone();
    Ok(move || {
        weights.copy_from_slice(&starts);
        contest.run_many(&contest.contenders[0], &mut weights, &mut ends);
        ends.iter().map(|end| end.epochs as usize).sum()
    })
}

/// The built-in Adam, with the learning rate of [`ADAM`].
const BUILT_IN_ADAM: &str = "adam:learning_rate=0.05";

/// Measures epochs to the target from 200 x 200 initial points. A unit is one epoch of one run.
fn report_maps() -> Result<(), thalweg::Error> {
    for (name, optimizer) in [
        ("map", "momentum:learning_rate=0.3,momentum=0.9"),
        ("map-rprop", "rprop"),
        ("map-adam", BUILT_IN_ADAM),
    ] {
        if !is_chosen(name) {
            continue;
        }
        let mut drive = map_of_starts(optimizer)?;
        let epochs = drive();
        report(name, epochs, drive);
    }
    Ok(())
}

/// Adam as a rule that a user writes.
const ADAM: &str = "rule:m := beta1*m + (1-beta1)*g; v := beta2*v + (1-beta2)*g^2; \
    w := w - learning_rate*(m/(1-beta1^t))/(sqrt(v/(1-beta2^t)) + epsilon),\
    beta1=0.9,beta2=0.999,epsilon=1e-8,learning_rate=0.05";

/// Measures Adam as a rule that a user writes, relative to the built-in Adam, per epoch of the map of initial points. Both are
/// measured alternately, so that other work of the machine slows both.
fn report_rule() -> Result<(), thalweg::Error> {
    if !is_chosen("rule") {
        return Ok(());
    }
    let mut rule = map_of_starts(ADAM)?;
    let mut known = map_of_starts(BUILT_IN_ADAM)?;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        times[0].push(nanoseconds_per_unit(&mut rule));
        times[1].push(nanoseconds_per_unit(&mut known));
    }
    for times in &mut times {
        times.sort_by(f64::total_cmp);
    }
    let [least, median] = [0, RUNS / 2].map(|i| times[0][i] / times[1][i]);
    println!("rule {least} {median}");
    Ok(())
}

/// Returns the time of `work` per unit, whose number it returns.
#[expect(clippy::disallowed_methods, reason = "this program measures time")]
fn nanoseconds_per_unit(work: &mut impl FnMut() -> usize) -> f64 {
    let begin = Instant::now();
    let units = black_box(work());
    begin.elapsed().as_secs_f64() * 1e9 / units as f64
}

/// Measures a thousand epochs of gradient descent on a network with 2, 8, 8, and 1 units and 500 samples. A unit is all
/// of them.
fn report_mlp() -> Result<(), thalweg::Error> {
    let pick = "mlp:layers=2-8-8-1,data=circles,data.samples=500,output=linear".parse()?;
    let problem = thalweg::problems::REGISTRY.build(&pick, None)?;
    let mut g = vec![0.0; problem.start.len()];
    report("mlp", 1, || {
        let mut w = problem.start.clone();
        for _ in 0..1000 {
            problem.objective.value_and_gradient(&w, &mut g);
            for (w, g) in w.iter_mut().zip(&g) {
                *w -= 0.1 * g;
            }
        }
        w
    });
    Ok(())
}

/// Measures the loss of a network with 64, 128, and 10 units on 1797 samples, as many as an often used set of digits has. A unit
/// is all of them.
fn report_forward() {
    let random = &mut Random::from_seed(1);
    let samples = 1797;
    let data = DataSet {
        feature_names: (0..64).map(|i| format!("pixel {i}")).collect(),
        features: (0..samples * 64)
            .map(|_| random.between([0.0, 1.0]))
            .collect(),
        targets: (0..samples).map(|i| f64::from(i % 10)).collect(),
        ..DataSet::default()
    };
    let network = Mlp::new(data, &[64, 128, 10], Activation::Tanh, Head::Softmax);
    let w = network.first_weights(1);
    report("forward", 1, || network.value(&w));
}

/// Measures a thousand steps of Muon on a matrix of 64 x 64 weights. A unit is all of them.
fn report_muon() -> Result<(), thalweg::Error> {
    let experiment = Experiment {
        epochs: 1000,
        target: Target::None,
        ..Experiment::new(
            "matrix-regression:shape=64x64".parse()?,
            vec!["muon".parse()?],
        )
    };
    let contest = experiment.prepare()?;
    report("muon", 1, || {
        let mut run = contest.run(&contest.contenders[0]);
        while run.advance() {}
        run.loss()
    });
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the system's exp is measured for comparison"
)]
fn main() -> Result<(), thalweg::Error> {
    let with = vec!["momentum:learning_rate=0.3".parse()?];
    let contest = Experiment::new("article".parse()?, with).prepare()?;
    let problem = &contest.problem;
    let sample = || Field::sample(&*problem.objective, problem.window, [SIDE, SIDE]);
    report("grid", SIDE * SIDE, sample);

    let field = sample();
    let levels = Levels::Linear.of(&field, &[], BANDS).edges;
    report("bands", 1, || {
        let mut tracer = Tracer::new(Grid::new(&field.xs, &field.ys, &field.values));
        let mut rings = ContourPaths::default();
        for level in &levels[..BANDS] {
            tracer.rings(*level, &mut rings);
            black_box(&rings);
        }
    });

    report_figures(&contest);
    report_maps()?;
    report_rule()?;
    report_mlp()?;
    report_forward();
    report_muon()?;
    report_limits();

    let xs: Vec<f64> = (0..100_000).map(|i| f64::from(i) * 1e-4 - 5.0).collect();
    report("exp", xs.len(), || {
        xs.iter().map(|x| float::exp(*x)).sum::<f64>()
    });
    report("exp-of-the-system", xs.len(), || {
        xs.iter().map(|x| x.exp()).sum::<f64>()
    });
    Ok(())
}
