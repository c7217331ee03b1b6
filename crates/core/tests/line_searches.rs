//! The conditions that each line search guarantees, tested on random functions with fixed seeds.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    experiment::Experiment,
    float::{cos, sin},
    line::{LineSearchScratch, NoStep, SearchLine},
    line_searches,
    objective::Objective,
    oracle::{Oracle, Trial},
    random::Random,
    run::StopReason,
    trace::Trace,
};

/// A parabola with waves: q (t - m)^2 / 2 + a sin(k t + e).
#[derive(Clone, Copy, Debug)]
struct Wavy {
    bend: f64,
    middle: f64,
    height: f64,
    frequency: f64,
    phase: f64,
}

impl Wavy {
    fn random(random: &mut Random, height: f64) -> Self {
        Self {
            bend: random.between([0.05, 5.0]),
            middle: random.between([-10.0, 10.0]),
            height: random.between([0.0, height]),
            frequency: random.between([0.1, 4.0]),
            phase: random.between([0.0, 6.0]),
        }
    }

    fn slope(&self, t: f64) -> f64 {
        self.bend * (t - self.middle)
            + self.height * self.frequency * cos(self.frequency * t + self.phase)
    }
}

impl Objective for Wavy {
    fn dim(&self) -> usize {
        1
    }
    fn value(&self, w: &[f64]) -> f64 {
        let away = w[0] - self.middle;
        0.5 * self.bend * away * away + self.height * sin(self.frequency * w[0] + self.phase)
    }
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        g[0] = self.slope(w[0]);
        self.value(w)
    }
}

/// Returns the step that `pick` finds from 0 along the descent direction of length 1, and the evaluated points.
fn search(
    pick: &str,
    f: &dyn Objective,
    down: f64,
    first: f64,
) -> (Result<f64, NoStep>, Vec<Trial>) {
    let search = line_searches::REGISTRY
        .build(&pick.parse().unwrap(), None)
        .unwrap();
    let (mut oracle, mut room, mut g) = (Oracle::new(f), LineSearchScratch::new(1), [0.0]);
    let value = oracle.value_and_gradient(&[0.0], &mut g);
    let (origin, direction) = ([0.0], [down]);
    let ends = [&origin[..], &direction, &g];
    let mut line = SearchLine::new(&mut oracle, ends, &mut room, value);
    let found = search.search(&mut line, first);
    (found, oracle.trials().to_vec())
}

/// Calls `check` with each of 2000 random functions, the descent direction, and the initial slope along it.
fn on_random_lines(height: f64, mut check: impl FnMut(Wavy, f64, f64)) {
    let mut random = Random::from_seed(4);
    for _ in 0..2000 {
        let f = Wavy::random(&mut random, height);
        let slope = f.slope(0.0);
        check(f, -slope.signum(), -slope.abs());
    }
}

#[test]
fn strong_wolfe_meets_both_conditions() {
    let mut doubled = 0;
    on_random_lines(5.0, |f, down, slope| {
        let (found, trials) = search("strong-wolfe", &f, down, 1.0);
        let t = found.unwrap();
        let value = f.value(&[t * down]);
        assert!(value <= f.value(&[0.0]) + 1e-4 * t * slope, "{f:?}: {t}");
        assert!(
            (f.slope(t * down) * down).abs() <= 0.9 * -slope,
            "{f:?}: {t}"
        );
        doubled += usize::from(trials.len() > 1 && trials[1].step == 2.0);
    });
    assert!(doubled > 100, "{doubled}");
    // A smaller c2 requires a more accurate search.
    on_random_lines(0.0, |f, down, slope| {
        let t = search("strong-wolfe:c2=0.01", &f, down, 1.0).0.unwrap();
        assert!(
            (f.slope(t * down) * down).abs() <= 0.01 * -slope,
            "{f:?}: {t}"
        );
    });
}

#[test]
fn hager_zhang_meets_the_wolfe_conditions_or_the_approximate_ones() {
    let mut lengthened = 0;
    on_random_lines(5.0, |f, down, slope| {
        for first in [1e-3, 1.0, 100.0] {
            let (found, trials) = search("hager-zhang", &f, down, first);
            let t = found.unwrap();
            assert_eq!(trials.last().unwrap().step, t, "the last trial is accepted");
            assert!(trials.len() < 60, "{f:?}: {}", trials.len());
            let (value, start) = (f.value(&[t * down]), f.value(&[0.0]));
            let end = f.slope(t * down) * down;
            let falls = value <= start + 0.1 * t * slope;
            let is_near = value <= start + 1e-6 * start.abs() && end <= -0.8 * slope;
            assert!(end >= 0.9 * slope && (falls || is_near), "{f:?}: {t}");
            lengthened += usize::from(trials.len() > 1 && trials[1].step == 5.0 * first);
        }
    });
    assert!(lengthened > 100, "{lengthened}");
}

#[test]
fn approximate_conditions_reach_a_minimum_that_rounding_hides() {
    // Near the minimum, the decrease of the loss is smaller than the rounding of the loss, so that the Wolfe conditions fail.
    let f = Wavy {
        bend: 2.0,
        middle: 1e-9,
        height: 1.0,
        frequency: 1e-12,
        phase: 1.5,
    };
    assert_eq!(f.value(&[f.middle]), f.value(&[0.0]));
    let (found, trials) = search("hager-zhang", &f, 1.0, 1e-9);
    let t = found.unwrap();
    assert!((t - f.middle).abs() < 0.9 * f.middle, "{t}: {trials:?}");
    let (found, _) = search("hager-zhang:tolerance=0,c1=0.4", &f, 1.0, 1e-3);
    assert!(found.is_ok());
    assert_eq!(
        search("strong-wolfe", &f, 1.0, 1e-9).0,
        Err(NoStep::NoDescent)
    );
}

#[test]
fn armijo_takes_the_first_step_with_sufficient_decrease() {
    on_random_lines(5.0, |f, down, slope| {
        let (found, trials) = search("armijo:c1=0.3,shrink=0.7", &f, down, 1.0);
        let t = found.unwrap();
        let enough = |t: f64, value: f64| value <= f.value(&[0.0]) + 0.3 * t * slope;
        let (last, before) = trials.split_last().unwrap();
        assert_eq!(last.step, t);
        assert!(enough(t, f.value(&[t * down])), "{f:?}: {t}");
        assert!(
            before.iter().all(|trial| !enough(trial.step, trial.loss)),
            "{f:?}"
        );
        for pair in trials.windows(2) {
            assert_eq!(pair[1].step, 0.7 * pair[0].step);
        }
    });
}

#[test]
fn exact_and_golden_section_meet_their_tolerances() {
    on_random_lines(0.0, |f, down, _| {
        let goal = f.middle * down;
        // Values determine a minimum only to about the square root of the machine precision.
        let precision = 1e-7 * (1.0 + goal);
        for (pick, tolerance) in [
            ("exact", 1e-8 * goal),
            ("exact:tolerance=0.01", 0.02 * goal),
            ("golden-section", 0.2 * goal),
            ("golden-section:tolerance=1e-6", 2e-6 * goal),
            ("golden-section:bracket=doubling,tolerance=1e-3", 3e-3),
        ] {
            let t = search(pick, &f, down, 1.0).0.unwrap();
            assert!(
                (t - goal).abs() <= tolerance + precision,
                "{pick} on {f:?}: {t}"
            );
        }
    });
}

#[test]
fn brent_needs_fewer_evaluations_than_golden_section() {
    let mut asked = [0, 0];
    on_random_lines(0.1, |f, down, _| {
        for (asked, pick) in asked
            .iter_mut()
            .zip(["exact:tolerance=1e-6", "golden-section:tolerance=1e-6"])
        {
            *asked += search(pick, &f, down, 1.0).1.len();
        }
    });
    assert!(2 * asked[0] < asked[1], "{asked:?}");
}

#[test]
fn a_doubling_bracket_reproduces_the_library_of_the_article() {
    let valley = Wavy {
        bend: 2.0,
        middle: 3.0,
        height: 0.0,
        frequency: 1.0,
        phase: 0.0,
    };
    let pick = "golden-section:bracket=doubling,tolerance=1e-5";
    let t = search(pick, &valley, 1.0, 1.0).0.unwrap();
    assert!((t - 3.000_002_654).abs() <= 5e-10, "{t}");
    let bounded = format!("{pick},max_step=2");
    let t = search(&bounded, &valley, 1.0, 1.0).0.unwrap();
    assert!((t - 1.999_984_39).abs() <= 5e-9, "{t}");
    // For an ascent direction, that library returns 1e-5; this one returns an error.
    let (found, trials) = search(pick, &valley, -1.0, 1.0);
    assert_eq!(found, Err(NoStep::NoDescent));
    assert!((trials.last().unwrap().step - 1e-5).abs() <= 1e-20);
}

#[test]
fn a_fixed_step_is_a_multiple_of_the_initial_step() {
    let f = Wavy::random(&mut Random::from_seed(1), 1.0);
    let (found, trials) = search("fixed:step=0.25", &f, 1.0, 0.5);
    assert_eq!((found, trials.len()), (Ok(0.125), 0));
}

#[test]
fn searches_fail_for_ascent_directions_and_flat_functions() {
    let f = Wavy {
        bend: 1.0,
        middle: 3.0,
        height: 0.0,
        frequency: 1.0,
        phase: 0.0,
    };
    for about in line_searches::REGISTRY
        .abouts()
        .filter(|about| about.id != "fixed")
    {
        let (found, trials) = search(&about.id, &f, -1.0, 1.0);
        assert!(found.is_err(), "{}: {found:?}", about.id);
        assert!(trials.len() < 2000, "{}: {}", about.id, trials.len());
    }
}

#[test]
fn an_initial_step_over_a_hill_is_shortened() {
    on_random_lines(5.0, |f, down, _| {
        for pick in ["strong-wolfe", "armijo", "exact", "golden-section"] {
            for first in [10.0, 1e5] {
                let (found, trials) = search(pick, &f, down, first);
                let t = found.unwrap();
                assert!(t > 0.0 && f.value(&[t * down]) < f.value(&[0.0]), "{pick}");
                assert!(trials.len() < 500, "{pick} on {f:?}: {}", trials.len());
            }
        }
    });
}

#[test]
fn conjugate_gradients_minimize_booth_in_two_epochs_from_every_start() {
    // On a quadratic, the cubic through exact values has a third derivative of zero up to rounding.
    let pick = "conjugate-gradient:beta=polak-ribiere,restart=0";
    let experiment = Experiment::new("booth".parse().unwrap(), vec![pick.parse().unwrap()]);
    let contest = experiment.prepare().unwrap();
    for i in 0..21 {
        for j in 0..21 {
            let start = [f64::from(i) - 10.0, f64::from(j) - 10.0].map(|w| 0.97 * w + 0.013);
            let trace = Trace::record(contest.run_from(&contest.contenders[0], &start));
            let epochs = (trace.stop, trace.epochs());
            assert_eq!(epochs, (StopReason::Reached, 2), "{start:?}");
        }
    }
}
