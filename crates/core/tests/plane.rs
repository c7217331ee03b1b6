//! Planes: the restricted function and the projected runs agree with the originals.

use thalweg::{
    Error,
    experiment::{Experiment, Target},
    inspect::{Quantity, Shape},
    objective::Objective as _,
    plane::{Plane, PlaneSpec},
    problems::{self, Problem},
    slice::Slice,
    trace::Trace,
};

fn problem(pick: &str) -> Problem {
    let pick = pick.parse().expect("a pick");
    let problem = problems::REGISTRY.build(&pick, None);
    problem.expect("a problem")
}

fn trace(on: &str, with: &str, epochs: u64) -> Trace {
    let pick = |text: &str| text.parse().expect("a pick");
    let mut experiment = Experiment::new(pick(on), vec![pick(with)]);
    experiment.epochs = epochs;
    experiment.target = Target::None;
    let contest = experiment.prepare().expect("an experiment");
    let run = contest.runs().next();
    Trace::record(run.expect("a run"))
}

const NETWORK: &str = "mlp:layers=2-3-1";

#[test]
fn a_slice_has_the_value_and_the_gradient_of_the_objective() {
    let problem = problem(NETWORK);
    let path = trace(NETWORK, "rprop", 20);
    for spec in ["w2,w9", "seed:4", "path"] {
        let plane = Plane::new(spec.parse().unwrap(), &problem.start, path.path()).unwrap();
        let slice = Slice::new(problem.objective.clone(), plane.clone());
        let at = plane.coordinates(&problem.start);
        let (whole, part) = (problem.objective.value(&problem.start), slice.value(&at));
        assert!((whole - part).abs() < 1e-15, "{spec}: {whole} {part}");
        let mut g = [0.0; 2];
        let x = [at[0] + 0.3, at[1] - 0.2];
        assert_eq!(slice.value_and_gradient(&x, &mut g), slice.value(&x));
        for i in 0..2 {
            let (mut above, mut below) = (x, x);
            above[i] += 1e-5;
            below[i] -= 1e-5;
            let slope = (slice.value(&above) - slice.value(&below)) / 2e-5;
            assert!((slope - g[i]).abs() < 1e-8, "{spec}: {slope} {}", g[i]);
        }
        let sampled = slice.sampled().unwrap();
        let all: Vec<usize> = (0..sampled.samples()).collect();
        assert!((sampled.value_on(&all, &x) - slice.value(&x)).abs() < 1e-14);
        let (mut h, mut product) = ([0.0; 4], [0.0; 2]);
        slice.curved().unwrap().hessian(&x, &mut h);
        assert!(slice.hessian_product(&x, &[2.0, -1.0], &mut product));
        for i in 0..2 {
            let (mut above, mut below) = (x, x);
            above[i] += 1e-5;
            below[i] -= 1e-5;
            let mut gradients = [[0.0; 2]; 2];
            slice.value_and_gradient(&above, &mut gradients[0]);
            slice.value_and_gradient(&below, &mut gradients[1]);
            for j in 0..2 {
                let second = (gradients[0][j] - gradients[1][j]) / 2e-5;
                assert!(
                    (second - h[2 * i + j]).abs() < 1e-8,
                    "{spec}: {second} {h:?}"
                );
            }
            let expected = 2.0 * h[2 * i] - h[2 * i + 1];
            assert!((product[i] - expected).abs() < 1e-14, "{spec}: {product:?}");
        }
    }
}

#[test]
fn a_slice_of_two_weights_has_the_curvature_of_the_objective() {
    let problem = problem("rosenbrock");
    let plane = Plane::new(PlaneSpec::Seed(7), &problem.start, std::iter::empty()).unwrap();
    let slice = Slice::new(problem.objective.clone(), plane.clone());
    let (x, mut h) = ([0.4, -0.1], [0.0; 4]);
    slice.curved().unwrap().hessian(&x, &mut h);
    assert_eq!(h[1], h[2]);
    let gradient = |x: [f64; 2]| {
        let mut g = [0.0; 2];
        slice.value_and_gradient(&x, &mut g);
        g
    };
    let (right, left) = (gradient([x[0] + 1e-5, x[1]]), gradient([x[0] - 1e-5, x[1]]));
    for i in 0..2 {
        let second = (right[i] - left[i]) / 2e-5;
        assert!(
            (second - h[i]).abs() < 1e-4 * h[0].abs(),
            "{second} {}",
            h[i]
        );
    }
    let squares = slice.least_squares().unwrap();
    let mut r = vec![0.0; squares.residuals()];
    let mut j = vec![0.0; 2 * r.len()];
    let loss = squares.residuals_and_jacobian(&x, &mut r, &mut j);
    assert_eq!(loss, slice.value(&x));
}

#[test]
fn a_plane_of_two_weights_keeps_these_weights_exactly() {
    let trace = trace(NETWORK, "rprop", 30);
    let plane = Plane::new("w3,w7".parse().unwrap(), trace.at(0), trace.path()).unwrap();
    let projected = plane.project(&trace);
    assert_eq!(projected.losses, trace.losses);
    for (found, w) in projected.path().zip(trace.path()) {
        assert_eq!(found, [w[2], w[6]]);
    }
    let (steps, whole) = (
        projected.series("step_size").unwrap(),
        trace.series("step_size").unwrap(),
    );
    assert_eq!(steps.channel.quantity, Quantity::StepSize);
    for (found, row) in steps
        .numbers
        .chunks(2)
        .zip(whole.numbers.chunks(whole.width))
    {
        assert_eq!(found, [row[2], row[6]]);
    }
}

#[test]
fn a_plane_through_a_path_contains_its_ends() {
    let trace = trace(NETWORK, "momentum:learning_rate=0.5", 60);
    let plane = Plane::new(PlaneSpec::Path, trace.at(0), trace.path()).unwrap();
    let projected = plane.project(&trace);
    let mut back = vec![0.0; trace.dim];
    for (w, found) in [
        (trace.at(0), projected.at(0)),
        (trace.last(), projected.last()),
    ] {
        plane.point([found[0], found[1]], &mut back);
        for (w, back) in w.iter().zip(&back) {
            assert!((w - back).abs() < 1e-12, "{w} {back}");
        }
    }
    assert_eq!(projected.at(0), [0.0, 0.0]);
    assert!(
        projected.last()[1].abs() < 1e-12,
        "the end must lie on the first axis"
    );
    // A velocity is projected like a displacement; the last one is the last step.
    let velocity = projected.series("velocity").unwrap();
    assert_eq!(velocity.channel.shape, Shape::Vector);
    let last = &velocity.numbers[2 * 60..];
    let step = [0, 1].map(|i| projected.at(60)[i] - projected.at(59)[i]);
    for i in 0..2 {
        assert!((last[i] - step[i]).abs() < 1e-12);
    }
    // Step sizes per weight cannot be projected onto other axes.
    let rprop = self::trace(NETWORK, "rprop", 5);
    assert!(plane.project(&rprop).series("step_size").is_none());
}

#[test]
fn the_plane_of_a_path_that_starts_elsewhere_contains_its_own_start() {
    let trace = trace(NETWORK, "momentum:learning_rate=0.5", 60);
    let elsewhere = vec![9.0; trace.dim];
    let plane = Plane::new(PlaneSpec::Path, &elsewhere, trace.path()).unwrap();
    let own = Plane::new(PlaneSpec::Path, trace.at(0), trace.path()).unwrap();
    assert_eq!(plane, own);
}

#[test]
fn invalid_planes_are_refused() {
    let start = problem(NETWORK).start;
    let wrong = |spec: &str| match spec.parse() {
        Err(Error::Settings(message)) => message,
        Err(other) => panic!("{other:?}"),
        Ok(spec) => Plane::new(spec, &start, std::iter::once(&*start))
            .unwrap_err()
            .to_string(),
    };
    assert!(wrong("w0,w1").contains("w0,w1"));
    assert!(wrong("w3").contains("seed:1"));
    assert!(wrong("w3,w99").contains("w1 to w13"), "{}", wrong("w3,w99"));
    assert!(wrong("w3,w3").contains("line"));
    assert!(wrong("path").contains("line"));
    assert_eq!(
        "seed:12".parse::<PlaneSpec>().unwrap().to_string(),
        "seed:12"
    );
}
