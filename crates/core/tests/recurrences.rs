//! Compares rules that other libraries lack with independent implementations of their recurrences.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use thalweg::{
    experiment::{Experiment, Target},
    problems::REGISTRY,
    trace::Trace,
};

const START: [f64; 2] = [-1.5, 2.0];
const EPOCHS: usize = 60;

/// Returns the weights of every epoch on Rosenbrock; the run must not end early.
fn path(with: &str) -> Vec<Vec<f64>> {
    let experiment = Experiment {
        start: Some(START.to_vec()),
        target: Target::None,
        epochs: EPOCHS as u64,
        ..Experiment::new("rosenbrock".parse().unwrap(), vec![with.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    let trace = Trace::record(contest.run(&contest.contenders[0]));
    assert_eq!(trace.epochs(), EPOCHS as u64, "{with} must not end early");
    (0..=EPOCHS).map(|t| trace.at(t).to_vec()).collect()
}

/// Returns the gradient of Rosenbrock.
fn gradient(w: &[f64]) -> [f64; 2] {
    let problem = REGISTRY
        .build(&"rosenbrock".parse().unwrap(), None)
        .unwrap();
    let mut g = [0.0; 2];
    problem.objective.value_and_gradient(w, &mut g);
    g
}

#[test]
fn nesterov_look_ahead_follows_its_recurrence() {
    let (eta, mu) = (0.0005, 0.9);
    let (mut w, mut v) = (START, [0.0; 2]);
    for (t, found) in path("nesterov-lookahead:learning_rate=0.0005,momentum=0.9")
        .iter()
        .enumerate()
    {
        assert_eq!(found, &w, "epoch {t}");
        let g = gradient(&[w[0] + mu * v[0], w[1] + mu * v[1]]);
        for i in 0..2 {
            v[i] = mu * v[i] - eta * g[i];
            w[i] += v[i];
        }
    }
}

#[test]
fn both_forms_of_nesterov_agree() {
    // The weights of Sutskever's form are the look-ahead points w + mu v, where v is the step that led to w.
    let settings = "learning_rate=0.0005,momentum=0.9";
    let here = path(&format!("nesterov-lookahead:{settings}"));
    let ahead = path(&format!("nesterov:{settings}"));
    for t in 1..=EPOCHS {
        for i in 0..2 {
            let point = here[t][i] + 0.9 * (here[t][i] - here[t - 1][i]);
            let apart = (point - ahead[t][i]).abs();
            assert!(
                apart <= 1e-12,
                "epoch {t}: found {point}, expected {}",
                ahead[t][i]
            );
            assert!(
                (here[t][i] - ahead[t][i]).abs() > 1e-9,
                "epoch {t}: the forms differ"
            );
        }
    }
}

#[test]
fn rprop_follows_its_recurrence() {
    // The run reaches both limits of the step size.
    let with = "rprop:initial_step=0.01,increase=1.2,decrease=0.5,min_step=0.002,max_step=0.02";
    let (mut w, mut step, mut before, mut last) = (START, [0.01_f64; 2], [0.0; 2], [0.0; 2]);
    let (mut backs, mut least, mut most) = (0, 0, 0);
    for (t, found) in path(with).iter().enumerate() {
        assert_eq!(found, &w, "epoch {t}");
        let g = gradient(&w);
        for i in 0..2 {
            let product: f64 = g[i] * before[i];
            if product < 0.0 {
                step[i] = (step[i] * 0.5).max(0.002);
                last[i] = -last[i];
                before[i] = 0.0;
                backs += 1;
            } else {
                if product > 0.0 {
                    step[i] = (step[i] * 1.2).min(0.02);
                }
                last[i] = if g[i] > 0.0 { -step[i] } else { step[i] };
                before[i] = g[i];
            }
            w[i] += last[i];
            least += usize::from(step[i] == 0.002);
            most += usize::from(step[i] == 0.02);
        }
    }
    assert!(backs > 3 && least > 0 && most > 0, "{backs} {least} {most}");
}

#[test]
fn adam_without_bias_correction_follows_its_recurrence() {
    let with = "adam:learning_rate=0.01,beta1=0.9,beta2=0.99,bias_correction=false";
    let (mut w, mut m, mut v) = (START, [0.0; 2], [0.0; 2]);
    for (t, found) in path(with).iter().enumerate() {
        let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-9, "epoch {t}: {found:?} {w:?}");
        let g = gradient(&w);
        for i in 0..2 {
            m[i] = 0.9 * m[i] + (1.0 - 0.9) * g[i];
            v[i] = 0.99 * v[i] + (1.0 - 0.99) * g[i] * g[i];
            w[i] -= 0.01 * m[i] / (f64::sqrt(v[i]) + 1e-8);
        }
    }
}

#[test]
fn laprop_follows_its_recurrence() {
    let with = "laprop:learning_rate=0.01,beta1=0.9,beta2=0.99,epsilon=1e-15";
    let (mut w, mut m, mut v) = (START, [0.0; 2], [0.0; 2]);
    for (t, found) in path(with).iter().enumerate() {
        let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-9, "epoch {t}: {found:?} {w:?}");
        let g = gradient(&w);
        let [c1, c2] = [0.9_f64, 0.99].map(|beta| 1.0 - (0..=t).map(|_| beta).product::<f64>());
        for i in 0..2 {
            v[i] = 0.99 * v[i] + (1.0 - 0.99) * g[i] * g[i];
            m[i] = 0.9 * m[i] + (1.0 - 0.9) * g[i] / (f64::sqrt(v[i] / c2) + 1e-15);
            w[i] -= 0.01 * m[i] / c1;
        }
    }
}

#[test]
fn quasi_hyperbolic_rules_follow_their_recurrences() {
    let (mut w, mut m) = (START, [0.0; 2]);
    for (t, found) in path("qhm:learning_rate=0.0005,beta=0.9,nu=0.7")
        .iter()
        .enumerate()
    {
        let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-9, "epoch {t}: {found:?} {w:?}");
        let g = gradient(&w);
        for i in 0..2 {
            m[i] = 0.9 * m[i] + (1.0 - 0.9) * g[i];
            w[i] -= 0.0005 * (0.3 * g[i] + 0.7 * m[i]);
        }
    }
    let settings = "learning_rate=0.01,beta1=0.9,beta2=0.99";
    let close = |a: &str, b: &str| {
        let pairs = path(a).into_iter().zip(path(b));
        let worst = pairs.flat_map(|(a, b)| [(a[0] - b[0]).abs(), (a[1] - b[1]).abs()]);
        worst.fold(0.0, f64::max)
    };
    let adam = format!("adam:{settings}");
    assert!(close(&format!("qhadam:{settings},nu1=1,nu2=1"), &adam) < 1e-9);
    assert!(close(&format!("qhadam:{settings},nu1=0.5,nu2=0.5"), &adam) > 1e-3);
    let nesterov = "nesterov:learning_rate=0.00005,momentum=0.9";
    assert!(close("qhm:learning_rate=0.0005,beta=0.9,nu=0.9", nesterov) < 1e-9);
}

#[test]
fn adan_in_the_form_of_its_paper_follows_its_recurrence() {
    // The betas of the paper are 0.02, 0.08, and 0.01.
    let (mut w, mut m, mut v, mut n) = (START, [0.0; 2], [0.0; 2], [0.0; 2]);
    let mut before: Option<[f64; 2]> = None;
    for (t, found) in path("adan:learning_rate=0.01").iter().enumerate() {
        let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-9, "epoch {t}: {found:?} {w:?}");
        let g = gradient(&w);
        let correct = |beta: f64| 1.0 - (0..=t).map(|_| 1.0 - beta).product::<f64>();
        let [c1, c2, c3] = [0.02, 0.08, 0.01].map(correct);
        for i in 0..2 {
            let change = before.map_or(0.0, |before| g[i] - before[i]);
            m[i] += 0.02 * (g[i] - m[i]);
            v[i] += 0.08 * (change - v[i]);
            let ahead: f64 = g[i] + 0.92 * change;
            n[i] += 0.01 * (ahead * ahead - n[i]);
            w[i] -= 0.01 * (m[i] / c1 + 0.92 * v[i] / c2) / (f64::sqrt(n[i] / c3) + 1e-8);
        }
        before = Some(g);
    }
}

/// Returns the largest difference between two paths.
fn largest_difference(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn partially_adaptive_adam_follows_its_recurrence() {
    let with = "padam:learning_rate=0.01,beta1=0.9,beta2=0.99,p=0.125,bias_correction=false";
    let (mut w, mut m, mut v, mut max) = (START, [0.0; 2], [0.0; 2], [0.0_f64; 2]);
    for (t, found) in path(with).iter().enumerate() {
        let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-9, "epoch {t}: {found:?} {w:?}");
        let g = gradient(&w);
        for i in 0..2 {
            m[i] = 0.9 * m[i] + (1.0 - 0.9) * g[i];
            v[i] = 0.99 * v[i] + (1.0 - 0.99) * g[i] * g[i];
            max[i] = max[i].max(v[i]);
            // The power 2 p = 1/4 of the root is the root of the root.
            w[i] -= 0.01 * m[i] / (max[i].sqrt() + 1e-8).sqrt().sqrt();
        }
    }
    let settings = "learning_rate=0.01,beta2=0.9,epsilon=0";
    let amsgrad = path(&format!("amsgrad:{settings}"));
    let half = path(&format!("padam:{settings},p=0.5"));
    assert!(largest_difference(&amsgrad, &half) < 1e-9);
    let without_maximum = path(&format!("padam:{settings},p=0.5,maximum=false"));
    assert!(largest_difference(&amsgrad, &without_maximum) > 1e-3);
}

#[test]
fn ftrl_without_penalties_is_adagrad() {
    let adagrad = path("adagrad:learning_rate=0.1,epsilon=0,initial_accumulator=0");
    let ftrl = path("ftrl:learning_rate=0.1");
    assert!(largest_difference(&adagrad, &ftrl) < 1e-9);
}

#[test]
fn a_rescaled_velocity_is_that_of_other_libraries() {
    // The learning rate is zero in every 20th step, also in the first.
    let schedule = "schedule=cyclic,schedule.low=0,schedule.half=10";
    let share = |t: usize| (t % 20).min(20 - t % 20) as f64 / 10.0;
    for (id, settings, ahead) in [
        ("momentum", "momentum=0.9", 0.0),
        ("nesterov", "momentum=0.9", 1.0),
        ("rmsprop", "momentum=0.9,decay=0.9", 0.0),
        ("rmsprop", "momentum=0.9,decay=0.9,nesterov=true", 1.0),
    ] {
        let is_divided = id == "rmsprop";
        let base = if is_divided { 0.01 } else { 0.0005 };
        let with = format!("{id}:{settings},learning_rate={base},{schedule}");
        let (mut w, mut u, mut r) = (START, [0.0; 2], [0.0; 2]);
        for (t, found) in path(&format!("{with},rescale_velocity=true"))
            .iter()
            .enumerate()
        {
            let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
            assert!(apart < 1e-9, "{with}, epoch {t}: {found:?} {w:?}");
            let g = gradient(&w);
            for i in 0..2 {
                r[i] = 0.9 * r[i] + (1.0 - 0.9) * g[i] * g[i];
                let size = if is_divided {
                    f64::sqrt(r[i]) + 1e-8
                } else {
                    1.0
                };
                let push = g[i] / size;
                u[i] = 0.9 * u[i] + push;
                let step = ahead * (0.9 * u[i] + push) + (1.0 - ahead) * u[i];
                w[i] -= base * share(t) * step;
            }
        }
        let usual = path(&with);
        let rescaled = path(&format!("{with},rescale_velocity=true"));
        assert!(largest_difference(&usual, &rescaled) > 1e-4, "{with}");
    }
}

/// Returns the diagonal of the Hessian of Rosenbrock.
fn curvature(w: &[f64; 2]) -> [f64; 2] {
    [2.0 - 400.0 * w[1] + 1200.0 * w[0] * w[0], 200.0]
}

#[test]
fn adahessian_follows_its_recurrence() {
    for (power, decay) in [(1.0, 0.0), (0.5, 0.1)] {
        let with = format!(
            "adahessian:learning_rate=0.1,epsilon=0.01,hessian_power={power},weight_decay={decay}"
        );
        let (mut w, mut m, mut v) = (START, [0.0; 2], [0.0; 2]);
        for (t, found) in path(&with).iter().enumerate() {
            let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
            assert!(apart < 1e-10, "{with}, epoch {t}: {found:?} {w:?}");
            let (g, h) = (gradient(&w), curvature(&w));
            let correct = |beta: f64| 1.0 - (0..=t).map(|_| beta).product::<f64>();
            let [c1, c2] = [0.9, 0.999].map(correct);
            for i in 0..2 {
                m[i] += 0.1 * (g[i] - m[i]);
                v[i] += 0.001 * (h[i] * h[i] - v[i]);
                let root = f64::sqrt(v[i] / c2);
                let divisor = if power == 1.0 { root } else { root.sqrt() };
                w[i] -= 0.1 * (decay * w[i] + m[i] / c1 / (divisor + 0.01));
            }
        }
    }
}

#[test]
fn sophia_follows_its_recurrence() {
    // The form of the paper: the mean curvature is updated before the step, without bias correction.
    let with =
        "sophia:learning_rate=0.02,gamma=0.5,update_interval=3,clip_threshold=0.7,weight_decay=0.1";
    let (mut w, mut m, mut h) = (START, [0.0; 2], [0.0; 2]);
    let mut clipped = [0, 0];
    for (t, found) in path(with).iter().enumerate() {
        let apart = (0..2).map(|i| (found[i] - w[i]).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-10, "epoch {t}: {found:?} {w:?}");
        let (g, diagonal) = (gradient(&w), curvature(&w));
        for i in 0..2 {
            m[i] += 0.035 * (g[i] - m[i]);
            if t % 3 == 0 {
                h[i] += 0.01 * (diagonal[i] - h[i]);
            }
            let ratio = m[i] / f64::max(0.5 * h[i], 1e-12);
            clipped[usize::from(ratio.abs() > 0.7)] += 1;
            w[i] -= 0.02 * (0.1 * w[i] + ratio.clamp(-0.7, 0.7));
        }
    }
    assert!(clipped.iter().all(|count| *count > 5), "{clipped:?}");
}

#[test]
fn random_signs_estimate_the_diagonal_of_the_hessian() {
    for rule in ["sophia:update_interval=1,", "adahessian:"] {
        let run = |on: &str, settings: &str| {
            let with = format!("{rule}{settings}").parse().unwrap();
            let experiment = Experiment {
                target: Target::None,
                epochs: 40,
                ..Experiment::new(on.parse().unwrap(), vec![with])
            };
            let contest = experiment.prepare().unwrap();
            Trace::record(contest.run(&contest.contenders[0])).to_csv()
        };
        // Without mixed derivatives, the estimate is exact for all signs.
        let separable = "styblinski-tang";
        let exact = run(separable, "diagonal=exact");
        assert_eq!(run(separable, "diagonal=hutchinson"), exact);
        let [first, again, other] =
            [1, 1, 2].map(|seed| run("rosenbrock", &format!("diagonal=hutchinson,seed={seed}")));
        assert_eq!(first, again);
        assert_ne!(first, other);
    }
}

#[test]
fn conjugate_gradients_of_hager_and_zhang_follow_their_recurrence() {
    let with = "conjugate-gradient:beta=hager-zhang,restart=0,search=hager-zhang";
    let experiment = Experiment {
        start: Some(START.to_vec()),
        target: Target::None,
        epochs: 25,
        ..Experiment::new("rosenbrock".parse().unwrap(), vec![with.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    let trace = Trace::record(contest.run(&contest.contenders[0]));
    let mut compared = 0;
    for t in 2..=trace.epochs() as usize {
        let of = |epoch: usize| trace.series("direction").unwrap().at(epoch);
        let (p, found) = (of(t - 1), of(t));
        let [o, g] = [trace.at(t - 2), trace.at(t - 1)].map(gradient);
        let dot = |a: &[f64], b: &[f64]| a[0] * b[0] + a[1] * b[1];
        let y = [g[0] - o[0], g[1] - o[1]];
        let factor = 2.0 * dot(&y, &y) / dot(p, &y);
        let beta = dot(&[y[0] - factor * p[0], y[1] - factor * p[1]], &g) / dot(p, &y);
        let lowest = -1.0 / (dot(p, p).sqrt() * dot(&o, &o).sqrt().min(0.01));
        compared += 1;
        for i in 0..2 {
            let expected = beta.max(lowest) * p[i] - g[i];
            let apart = (found[i] - expected).abs();
            assert!(
                apart <= 1e-9 * expected.abs().max(1.0),
                "{t}: {found:?} {expected}"
            );
        }
        // The guarantee of the method: sufficient descent with any search.
        assert!(dot(found, &g) <= -0.875 * dot(&g, &g) * (1.0 - 1e-9), "{t}");
    }
    assert!(
        compared > 20 && trace.loss() < 0.1,
        "{compared} {}",
        trace.loss()
    );
}
