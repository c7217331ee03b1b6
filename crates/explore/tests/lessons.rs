//! Tests that the guided tour and the lessons describe what the runs do.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use serde_json::Value;
use thalweg::{number::join, trace::Trace};
use thalweg_explore::{Theme, Window, address::Address, picture::Picture, session::Session};
use thalweg_gallery::article::FIGURES;

const TOUR: &str = include_str!("../../../app/src/tour/tour.json");
const LESSONS: &str = include_str!("../../../app/src/tour/lessons.json");

/// A text of the page with its runs.
struct Scene {
    title: String,
    text: String,
    address: Address,
    session: Session,
}

impl Scene {
    /// Reads a lesson, or a step of the tour with its first view.
    fn new(scene: &Value) -> Self {
        let word = |key: &str| scene[key].as_str().unwrap().to_owned();
        let view = scene["views"].get(0).unwrap_or(scene);
        let address = address(view);
        Self {
            session: ran(&address),
            address,
            title: word("title"),
            text: word("text"),
        }
    }

    /// Returns the epoch at which it is shown, or `None` for the end.
    fn epoch(&self) -> Option<usize> {
        let view = &self.address.view;
        assert!(!view.by_evaluations || view.at.is_none(), "{}", self.title);
        view.at.map(|at| at as usize)
    }

    /// Returns the visible window.
    fn window(&self) -> Window {
        let whole = || self.session.subject().unwrap().view().unwrap().window();
        self.address.view.window.unwrap_or_else(whole)
    }

    fn run(&self, i: usize) -> &Trace {
        &self.session.traces()[i]
    }

    fn epochs(&self) -> Vec<u64> {
        self.session.traces().iter().map(Trace::epochs).collect()
    }

    fn assert_says(&self, words: &str) {
        assert!(self.text.contains(words), "{}: no `{words}`", self.title);
    }

    fn reached(&self, run: usize) -> bool {
        self.run(run).stop.word() == "reached"
    }
}

/// Reads the address of a lesson or a view.
fn address(view: &Value) -> Address {
    let text = view["address"].as_str().unwrap();
    let address: Address = text.parse().unwrap();
    // The browser history compares addresses, so they must be in canonical form.
    assert_eq!(address.to_string(), text);
    address
}

fn ran(address: &Address) -> Session {
    let mut session = Session::new(address, &[]).unwrap();
    session.advance(u64::MAX);
    session
}

fn all(file: &str) -> Vec<Scene> {
    let scenes: Vec<Value> = serde_json::from_str(file).unwrap();
    scenes.iter().map(Scene::new).collect()
}

fn one(file: &str, title: &str) -> Scene {
    let scenes: Vec<Value> = serde_json::from_str(file).unwrap();
    let scene = scenes.iter().find(|scene| scene["title"] == title);
    Scene::new(scene.unwrap_or_else(|| panic!("there is no `{title}`")))
}

fn moved(trace: &Trace, epoch: usize) -> Vec<f64> {
    let (from, to) = (trace.at(epoch - 1), trace.at(epoch));
    to.iter().zip(from).map(|(to, from)| to - from).collect()
}

fn length(v: &[f64]) -> f64 {
    v.iter().map(|v| v * v).sum::<f64>().sqrt()
}

fn strides(trace: &Trace) -> Vec<f64> {
    let epochs = 1..=trace.epochs() as usize;
    epochs.map(|epoch| length(&moved(trace, epoch))).collect()
}

/// Returns the gradient before the step to `epoch`.
fn gradient(scene: &Scene, run: usize, epoch: usize) -> Vec<f64> {
    let w = scene.run(run).at(epoch - 1);
    let mut g = vec![0.0; w.len()];
    let problem = &scene.session.contest().problem;
    problem.objective.value_and_gradient(w, &mut g);
    g
}

fn step_size(trace: &Trace, epoch: usize) -> &[f64] {
    trace.series("step_size").unwrap().at(epoch)
}

#[test]
fn every_view_of_the_tour_shows_its_runs() {
    let tour = all(TOUR);
    assert!((10..=12).contains(&tour.len()), "{}", tour.len());
    for scene in tour {
        let window = scene.window();
        let runs = scene.session.traces().len() as u64;
        assert!(scene.address.view.run.is_none_or(|run| run <= runs));
        for trace in scene.session.traces() {
            assert_eq!(trace.stop.word(), "reached", "{}", scene.title);
            assert!(trace.epochs() > 0, "{}", scene.title);
            let epoch = scene.epoch().map_or(trace.epochs() as usize, |epoch| {
                epoch.min(trace.epochs() as usize)
            });
            let seen = window.contains(trace.at(epoch)) && window.contains(trace.at(epoch - 1));
            assert!(seen, "{}", scene.title);
        }
        // A number in braces is the index of a run.
        for part in scene.text.split('{').skip(1) {
            let run: usize = part.split('}').next().unwrap().parse().unwrap();
            assert!(run < scene.session.traces().len(), "{}", scene.title);
        }
    }
}

#[test]
fn figures_beside_the_tour_can_be_drawn() {
    let mut count = 0;
    for view in views() {
        let address = address(&view);
        if let Some(pick) = &address.view.figure {
            let session = ran(&address);
            let picture = Picture::new(&session, pick, &[], None).unwrap();
            picture.svg(&Theme::LIGHT, None).unwrap();
            count += 1;
        }
    }
    assert_eq!(count, 3);
}

/// Returns every view of the tour.
fn views() -> Vec<Value> {
    let steps: Vec<Value> = serde_json::from_str(TOUR).unwrap();
    let views = steps.iter().map(|step| step["views"].as_array().unwrap());
    views.flatten().cloned().collect()
}

#[test]
fn the_tour_has_a_view_for_every_figure_of_the_article() {
    let views = views();
    let named = views.iter().filter_map(|view| view["figure"].as_str());
    let mut named: Vec<&str> = named.collect();
    let mut figures: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
    named.sort_unstable();
    figures.sort_unstable();
    assert_eq!(named, figures);
    // All addresses are different.
    let mut addresses: Vec<String> = views.iter().map(|view| address(view).to_string()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), views.len());
    // A number in braces refers to the same run in every view of its step.
    let steps: Vec<Value> = serde_json::from_str(TOUR).unwrap();
    for step in steps
        .iter()
        .filter(|step| step["text"].as_str().unwrap().contains('{'))
    {
        let views = step["views"].as_array().unwrap();
        let mut runs = views
            .iter()
            .map(|view| (address(view).spec.with, address(view).spec.start));
        let first = runs.next();
        assert!(runs.all(|other| Some(other) == first), "{}", step["title"]);
    }
}

#[test]
fn the_tour_counts_the_epochs_of_the_article() {
    let counted = |title: &str| one(TOUR, title).epochs();
    assert_eq!(counted("Gradient descent: small steps"), [797]);
    assert_eq!(counted("Try a larger learning rate"), [797, 25]);
    assert_eq!(counted("Momentum: past the bottom of the valley"), [92]);
    assert_eq!(counted("RPROP: only the signs matter"), [20]);
    assert_eq!(counted("iRPROP+: undoes only harmful steps"), [20, 17]);
    assert_eq!(counted("Golden-section search: two expensive epochs"), [2]);
    assert_eq!(counted("A fair comparison"), [797, 92, 20, 17, 2]);
    let rate = |rate: u32| {
        let address = format!("on=article&with=gradient-descent:learning_rate={rate}");
        ran(&address.parse().unwrap()).traces()[0].epochs()
    };
    let elsewhere = counted("Try it yourself");
    assert_eq!(elsewhere[3], elsewhere[2] + 1);
    one(TOUR, "Try a larger learning rate")
        .assert_says("50 is faster than 10, 100 is slower than 50, and 150 is faster than all");
    assert!(rate(50) < rate(10) && rate(100) > rate(50) && rate(150) < rate(50));
}

#[test]
fn single_steps_follow_the_negative_gradient() {
    let scene = one(TOUR, "Gradient descent: single steps");
    let window = scene.window();
    let trace = scene.run(0);
    let inside = (1..=797).filter(|epoch| window.contains(trace.at(*epoch)));
    let inside: Vec<usize> = inside.collect();
    let (first, last) = (inside[0], *inside.last().unwrap());
    scene.assert_says(&format!("Steps {first} to {last} "));
    assert_eq!(scene.epoch(), Some(last));
    let strides = strides(trace);
    let lengths = inside.iter().map(|epoch| strides[epoch - 1]);
    let (short, long) = lengths.fold((f64::MAX, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    scene.assert_says(&format!("{short:.4} to {long:.4}"));
    for epoch in inside {
        let (d, g) = (moved(trace, epoch), gradient(&scene, 0, epoch));
        assert!((d[0] * g[1] - d[1] * g[0]).abs() < 1e-12);
    }
}

#[test]
fn momentum_speeds_up_and_turns() {
    let scene = one(TOUR, "Momentum: a heavy ball");
    let ways = strides(scene.run(0));
    let growing = 1 + ways.windows(2).take_while(|pair| pair[1] > pair[0]).count();
    scene.assert_says(&format!("the first {growing} steps"));
    scene.assert_says(&format!(
        "The last of them has a length of {:.3}",
        ways[growing - 1]
    ));
    assert_eq!(scene.epoch(), Some(growing));

    let scene = one(TOUR, "Momentum: past the bottom of the valley");
    let slowest = ways[growing..].iter().copied().fold(f64::MAX, f64::min);
    assert!(slowest == ways[91] && slowest < ways[growing - 1] / 3.0);
    let trace = scene.run(0);
    let turn = (1..92).find(|epoch| moved(trace, epoch + 1)[0] < 0.0);
    scene.assert_says(&format!("after step {} ", turn.unwrap()));
    // It crosses the floor before it turns: the gradient of the first weight changes its sign.
    let floor = (1..92).find(|epoch| gradient(&scene, 0, *epoch)[0] > 0.0);
    assert!(floor.unwrap() < turn.unwrap(), "{floor:?} {turn:?}");
    // It continues along the valley.
    assert!((turn.unwrap()..92).all(|epoch| moved(trace, epoch + 1)[1] < 0.0));
}

#[test]
fn rprop_keeps_its_signs_for_11_steps_and_changes_one_at_the_12th() {
    let scene = one(TOUR, "RPROP: only the signs matter");
    let trace = scene.run(0);
    let signs = |epoch: usize| {
        gradient(&scene, 0, epoch)
            .iter()
            .map(|g| *g > 0.0)
            .collect()
    };
    let kept: Vec<Vec<bool>> = (1..=12).map(signs).collect();
    scene.assert_says("in the first 11 steps");
    assert_eq!(scene.epoch(), Some(11));
    assert!(kept[..11].iter().all(|signs| *signs == kept[0]));
    for epoch in 3..=11 {
        let (before, after) = (step_size(trace, epoch - 1), step_size(trace, epoch));
        assert!((after[0] / before[0] - 1.2).abs() < 1e-12);
        let step = moved(trace, epoch);
        assert!((step[0] - step[1]).abs() < 1e-12);
    }

    let scene = one(TOUR, "RPROP's twelfth step");
    assert_eq!(scene.epoch(), Some(12));
    assert_eq!(kept[11], [kept[10][0], !kept[10][1]]);
    assert_eq!(step_size(trace, 12)[1], step_size(trace, 11)[1] / 2.0);
    assert!((trace.at(12)[1] - trace.at(10)[1]).abs() < 1e-15);
    assert!((moved(trace, 13)[1] + step_size(trace, 12)[1]).abs() < 1e-15);
}

#[test]
fn irprop_waits_where_rprop_undoes_its_step() {
    let scene = one(TOUR, "iRPROP+: undoes only harmful steps");
    let trace = scene.run(1);
    assert!(trace.losses[11] < trace.losses[10]);
    let second = |epoch: usize| moved(trace, epoch)[1].abs();
    assert_eq!(second(12), 0.0);
    assert!(second(13) > 0.0 && second(13) < second(11));
    assert!(scene.epochs()[1] < scene.epochs()[0]);
}

#[test]
fn golden_search_is_not_the_cheapest() {
    let scene = one(TOUR, "Golden-section search: two expensive epochs");
    scene.assert_says(&format!(
        "evaluated the loss {} times",
        scene.run(0).total().value
    ));
    let race = one(TOUR, "A fair comparison");
    let costs = race
        .session
        .traces()
        .iter()
        .map(|t| t.total().evaluations());
    let costs: Vec<u64> = costs.collect();
    race.assert_says(&format!("after {} evaluations", costs[4]));
    assert!(costs[2] < costs[4] && costs[3] < costs[4] && costs[4] < costs[1]);
}

#[test]
fn a_learning_rate_that_is_too_large_diverges() {
    let scene = one(LESSONS, "A learning rate that is too large");
    let trace = scene.run(0);
    assert_eq!(trace.stop.word(), "diverged");
    assert!(trace.losses.windows(2).all(|pair| pair[1] > pair[0]));
    // From the second step on it jumps from one side to the other.
    let mut sides = trace.path().skip(2).map(|w| w[0] > 0.0);
    let mut last = sides.next().unwrap();
    for side in sides {
        assert_ne!(std::mem::replace(&mut last, side), side);
    }
    let rates = scene.session.contest().contenders.iter().map(|c| {
        let rate = c.pick.settings.iter().find(|s| s.key == "learning_rate");
        rate.unwrap().value.parse::<f64>().unwrap()
    });
    let rates: Vec<f64> = rates.collect();
    scene.assert_says("two thirds");
    assert!((rates[1] / rates[0] - 2.0 / 3.0).abs() < 1e-12 && scene.reached(1));
}

#[test]
fn gradient_descent_hardly_moves_on_a_plateau() {
    let scene = one(LESSONS, "A plateau");
    scene.assert_says("after 2000 epochs, gradient descent");
    assert_eq!(scene.epochs()[0], 2000);
    let start = scene.run(0).at(0).to_vec();
    let way: Vec<f64> = scene
        .run(0)
        .last()
        .iter()
        .zip(start)
        .map(|(a, b)| a - b)
        .collect();
    // About one px of a map that is about 8 wide.
    assert!(length(&way) < 0.01);
    assert!(scene.reached(1) && scene.reached(2) && scene.epochs()[1] < 100);
}

#[test]
fn a_ravine_is_crossed_with_every_step() {
    let scene = one(LESSONS, "Zigzag in a ravine");
    // The coordinates along the ravine and across it.
    let (sin, cos) = (0.5, 0.75_f64.sqrt());
    let seen = |w: &[f64]| [w[0] * cos + w[1] * sin, w[1] * cos - w[0] * sin];
    let steps = (1..=50).map(|epoch| seen(&moved(scene.run(0), epoch)));
    let steps: Vec<[f64; 2]> = steps.collect();
    for pair in steps.windows(2) {
        assert!(pair[0][1] * pair[1][1] < 0.0, "{pair:?}");
        // Along the ravine it keeps its direction.
        assert!(pair[0][0] > 0.0);
    }
    assert!(steps[0][1].abs() > 50.0 * steps[0][0]);
    let [descent, momentum, conjugate] = scene.epochs()[..] else {
        panic!("there are three");
    };
    assert!(momentum < descent && conjugate == 2);
    assert!((0..3).all(|run| scene.reached(run)));
}

#[test]
fn all_but_runs_on_the_ridge_leave_the_saddle() {
    let scene = one(LESSONS, "A saddle");
    let left = |run: usize| scene.run(run).path().position(|w| w[1].abs() > 1.0);
    // The order of the text; gradient descent, momentum, Adam, and RPROP are the runs 0 to 3.
    let order = [3, 2, 1, 0].map(|run| left(run).unwrap());
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
    let scenes: Vec<Value> = serde_json::from_str(LESSONS).unwrap();
    let saddle = scenes.iter().find(|scene| scene["title"] == "A saddle");
    let mut address = address(saddle.unwrap());
    let ridge = [-1.5, 0.0];
    scene.assert_says(&format!("Set the initial point to {},", join(&ridge)));
    address.spec.start = Some(ridge.to_vec());
    for trace in ran(&address).traces() {
        assert!(trace.path().all(|w| w[1] == 0.0));
    }
}

#[test]
fn too_much_momentum_oscillates() {
    let scene = one(LESSONS, "Too much momentum");
    let along: Vec<f64> = scene
        .run(0)
        .path()
        .map(|w| w[0] * 0.75_f64.sqrt() + w[1] * 0.5)
        .collect();
    let flights = along.windows(2).filter(|pair| pair[0] * pair[1] < 0.0);
    assert!(flights.count() > 10);
    assert!(scene.reached(0) && scene.reached(1) && 4 * scene.epochs()[1] < scene.epochs()[0]);
}

#[test]
fn adams_first_steps_are_as_long_as_its_learning_rate() {
    const RATE: f64 = 0.3;
    let scene = one(LESSONS, "Adam's first steps");
    for epoch in 1..=5 {
        for step in moved(scene.run(0), epoch) {
            assert!((step / RATE - 1.0).abs() < 0.02, "{epoch}: {step}");
        }
    }
    let bare = scene.run(1);
    let longer = moved(bare, 1);
    for longer in longer.iter().map(|step| step / RATE) {
        scene.assert_says(&format!("first step is {longer:.2} times as long"));
    }
    let later = 2..=bare.epochs() as usize;
    let steps = later.flat_map(|epoch| moved(bare, epoch));
    let longest = steps.fold(0.0, f64::max) / RATE;
    scene.assert_says(&format!("the longest later step is {longest:.1} times"));
    // Gradient descent with the same learning rate hardly moves, because the gradient is small.
    assert!(length(&moved(scene.run(2), 1)) < 0.02 * RATE);
}

#[test]
fn the_improved_rprops_need_fewer_epochs() {
    let scene = one(LESSONS, "Four variants of RPROP");
    let [rprop, minus, improved, improved_minus] = scene.epochs()[..] else {
        panic!("there are four");
    };
    assert!(improved.max(improved_minus) < rprop.min(minus));
    assert!(rprop != minus && improved != improved_minus);
    assert!((0..4).all(|run| scene.reached(run)));
}

#[test]
fn every_lesson_is_tested() {
    let titles: Vec<String> = all(LESSONS).into_iter().map(|scene| scene.title).collect();
    assert_eq!(
        titles,
        [
            "A learning rate that is too large",
            "A plateau",
            "Zigzag in a ravine",
            "A saddle",
            "Too much momentum",
            "Adam's first steps",
            "Four variants of RPROP",
        ]
    );
}
