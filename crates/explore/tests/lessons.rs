//! What the guided tour and the lessons say is what the runs do.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use serde_json::Value;
use thalweg::{number::join, trace::Trace};
use thalweg_explore::{Theme, Window, address::Address, picture::Picture, session::Session};
use thalweg_gallery::article::FIGURES;

const TOUR: &str = include_str!("../../../app/src/tour.json");
const LESSONS: &str = include_str!("../../../app/src/lessons.json");

/// A text of the page with the runs that it is about.
struct Told {
    title: String,
    text: String,
    address: Address,
    session: Session,
}

impl Told {
    /// A lesson, or a step of the tour in its first view.
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

    /// The epoch that it is shown at, if not at the end.
    fn epoch(&self) -> Option<usize> {
        let seen = &self.address.seen;
        assert!(!seen.by_evaluations || seen.at.is_none(), "{}", self.title);
        seen.at.map(|at| at as usize)
    }

    /// The part of the map that is seen.
    fn window(&self) -> Window {
        let whole = || self.session.subject().unwrap().view().unwrap().window();
        self.address.seen.window.unwrap_or_else(whole)
    }

    fn run(&self, i: usize) -> &Trace {
        &self.session.traces()[i]
    }

    fn epochs(&self) -> Vec<u64> {
        self.session.traces().iter().map(Trace::epochs).collect()
    }

    fn says(&self, words: &str) {
        assert!(self.text.contains(words), "{}: no `{words}`", self.title);
    }

    fn reached(&self, run: usize) -> bool {
        self.run(run).stop.word() == "reached"
    }
}

/// The address of a lesson or a view.
fn address(view: &Value) -> Address {
    let text = view["address"].as_str().unwrap();
    let address: Address = text.parse().unwrap();
    // Who comes back by the browser's history is told the same, which needs the same address.
    assert_eq!(address.to_string(), text);
    address
}

fn ran(address: &Address) -> Session {
    let mut session = Session::new(address, &[]).unwrap();
    session.advance(u64::MAX);
    session
}

fn all(file: &str) -> Vec<Told> {
    let scenes: Vec<Value> = serde_json::from_str(file).unwrap();
    scenes.iter().map(Told::new).collect()
}

fn one(file: &str, title: &str) -> Told {
    let scenes: Vec<Value> = serde_json::from_str(file).unwrap();
    let scene = scenes.iter().find(|scene| scene["title"] == title);
    Told::new(scene.unwrap_or_else(|| panic!("there is no `{title}`")))
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

/// The gradient where the step to `epoch` began.
fn gradient(told: &Told, run: usize, epoch: usize) -> Vec<f64> {
    let w = told.run(run).at(epoch - 1);
    let mut g = vec![0.0; w.len()];
    let problem = &told.session.contest().problem;
    problem.objective.value_and_gradient(w, &mut g);
    g
}

fn step_size(trace: &Trace, epoch: usize) -> &[f64] {
    trace.series("step_size").unwrap().at(epoch)
}

#[test]
fn every_scene_of_the_tour_shows_what_it_tells_of() {
    let tour = all(TOUR);
    assert!((10..=12).contains(&tour.len()), "{}", tour.len());
    for told in tour {
        let window = told.window();
        let runs = told.session.traces().len() as u64;
        assert!(told.address.seen.run.is_none_or(|run| run <= runs));
        for trace in told.session.traces() {
            assert_eq!(trace.stop.word(), "reached", "{}", told.title);
            assert!(trace.epochs() > 0, "{}", told.title);
            let epoch = told.epoch().map_or(trace.epochs() as usize, |epoch| {
                epoch.min(trace.epochs() as usize)
            });
            let seen = window.contains(trace.at(epoch)) && window.contains(trace.at(epoch - 1));
            assert!(seen, "{}", told.title);
        }
        // A number in braces is that of a run.
        for part in told.text.split('{').skip(1) {
            let run: usize = part.split('}').next().unwrap().parse().unwrap();
            assert!(run < told.session.traces().len(), "{}", told.title);
        }
    }
}

#[test]
fn figures_beside_the_tour_can_be_drawn() {
    let mut count = 0;
    for view in views() {
        let address = address(&view);
        if let Some(pick) = &address.seen.figure {
            let session = ran(&address);
            let picture = Picture::new(&session, pick, &[], None).unwrap();
            picture.svg(&Theme::LIGHT).unwrap();
            count += 1;
        }
    }
    assert_eq!(count, 3);
}

/// Every view of the tour.
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
    // Each is another one.
    let mut addresses: Vec<String> = views.iter().map(|view| address(view).to_string()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), views.len());
    // A number in braces is the same in every view of its step.
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
        .says("50 is faster than 10, 100 is slower than 50, and 150 is faster than both");
    assert!(rate(50) < rate(10) && rate(100) > rate(50) && rate(150) < rate(50));
}

#[test]
fn single_steps_go_straight_down() {
    let told = one(TOUR, "Gradient descent: single steps");
    let window = told.window();
    let trace = told.run(0);
    let inside = (1..=797).filter(|epoch| window.contains(trace.at(*epoch)));
    let inside: Vec<usize> = inside.collect();
    let (first, last) = (inside[0], *inside.last().unwrap());
    told.says(&format!("Steps {first} to {last} "));
    assert_eq!(told.epoch(), Some(last));
    let strides = strides(trace);
    let lengths = inside.iter().map(|epoch| strides[epoch - 1]);
    let (short, long) = lengths.fold((f64::MAX, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    told.says(&format!("{short:.4} to {long:.4}"));
    for epoch in inside {
        let (d, g) = (moved(trace, epoch), gradient(&told, 0, epoch));
        assert!((d[0] * g[1] - d[1] * g[0]).abs() < 1e-12);
    }
}

#[test]
fn momentum_speeds_up_and_turns() {
    let told = one(TOUR, "Momentum: a heavy ball");
    let ways = strides(told.run(0));
    let growing = 1 + ways.windows(2).take_while(|pair| pair[1] > pair[0]).count();
    told.says(&format!("the first {growing} steps"));
    told.says(&format!(
        "The last of them has a length of {:.3}",
        ways[growing - 1]
    ));
    assert_eq!(told.epoch(), Some(growing));

    let told = one(TOUR, "Momentum: past the bottom of the valley");
    let slowest = ways[growing..].iter().copied().fold(f64::MAX, f64::min);
    assert!(slowest == ways[91] && slowest < ways[growing - 1] / 3.0);
    let trace = told.run(0);
    let turn = (1..92).find(|epoch| moved(trace, epoch + 1)[0] < 0.0);
    told.says(&format!("after step {} ", turn.unwrap()));
    // It passes the floor before it turns: the gradient of the first weight changes its sign.
    let floor = (1..92).find(|epoch| gradient(&told, 0, *epoch)[0] > 0.0);
    assert!(floor.unwrap() < turn.unwrap(), "{floor:?} {turn:?}");
    // And rolls on along the valley.
    assert!((turn.unwrap()..92).all(|epoch| moved(trace, epoch + 1)[1] < 0.0));
}

#[test]
fn rprop_keeps_its_signs_for_11_steps_and_changes_one_at_the_12th() {
    let told = one(TOUR, "RPROP: only the signs matter");
    let trace = told.run(0);
    let signs = |epoch: usize| gradient(&told, 0, epoch).iter().map(|g| *g > 0.0).collect();
    let kept: Vec<Vec<bool>> = (1..=12).map(signs).collect();
    told.says("in the first 11 steps");
    assert_eq!(told.epoch(), Some(11));
    assert!(kept[..11].iter().all(|signs| *signs == kept[0]));
    for epoch in 3..=11 {
        let (before, after) = (step_size(trace, epoch - 1), step_size(trace, epoch));
        assert!((after[0] / before[0] - 1.2).abs() < 1e-12);
        let step = moved(trace, epoch);
        assert!((step[0] - step[1]).abs() < 1e-12);
    }

    let told = one(TOUR, "RPROP's twelfth step");
    assert_eq!(told.epoch(), Some(12));
    assert_eq!(kept[11], [kept[10][0], !kept[10][1]]);
    assert_eq!(step_size(trace, 12)[1], step_size(trace, 11)[1] / 2.0);
    assert!((trace.at(12)[1] - trace.at(10)[1]).abs() < 1e-15);
    assert!((moved(trace, 13)[1] + step_size(trace, 12)[1]).abs() < 1e-15);
}

#[test]
fn irprop_waits_where_rprop_goes_back() {
    let told = one(TOUR, "iRPROP+: undoes only harmful steps");
    let trace = told.run(1);
    assert!(trace.losses[11] < trace.losses[10]);
    let second = |epoch: usize| moved(trace, epoch)[1].abs();
    assert_eq!(second(12), 0.0);
    assert!(second(13) > 0.0 && second(13) < second(11));
    assert!(told.epochs()[1] < told.epochs()[0]);
}

#[test]
fn golden_search_is_not_the_cheapest() {
    let told = one(TOUR, "Golden-section search: two expensive epochs");
    told.says(&format!(
        "evaluated the loss {} times",
        told.run(0).total().value
    ));
    let race = one(TOUR, "A fair comparison");
    let costs = race
        .session
        .traces()
        .iter()
        .map(|t| t.total().evaluations());
    let costs: Vec<u64> = costs.collect();
    race.says(&format!("at {} evaluations", costs[4]));
    assert!(costs[2] < costs[4] && costs[3] < costs[4] && costs[4] < costs[1]);
}

#[test]
fn a_learning_rate_that_is_too_large_diverges() {
    let told = one(LESSONS, "A learning rate that is too large");
    let trace = told.run(0);
    assert_eq!(trace.stop.word(), "diverged");
    assert!(trace.losses.windows(2).all(|pair| pair[1] > pair[0]));
    // From the second step on it is thrown from one side to the other.
    let mut sides = trace.path().skip(2).map(|w| w[0] > 0.0);
    let mut last = sides.next().unwrap();
    for side in sides {
        assert_ne!(std::mem::replace(&mut last, side), side);
    }
    let rates = told.session.contest().contenders.iter().map(|c| {
        let rate = c.pick.settings.iter().find(|s| s.key == "learning_rate");
        rate.unwrap().value.parse::<f64>().unwrap()
    });
    let rates: Vec<f64> = rates.collect();
    told.says("two thirds");
    assert!((rates[1] / rates[0] - 2.0 / 3.0).abs() < 1e-12 && told.reached(1));
}

#[test]
fn a_plateau_holds_up_who_follows_steepness() {
    let told = one(LESSONS, "A plateau");
    told.says("after 2000 epochs, gradient descent");
    assert_eq!(told.epochs()[0], 2000);
    let start = told.run(0).at(0).to_vec();
    let way: Vec<f64> = told
        .run(0)
        .last()
        .iter()
        .zip(start)
        .map(|(a, b)| a - b)
        .collect();
    // About a px of a map that is some 8 wide.
    assert!(length(&way) < 0.01);
    assert!(told.reached(1) && told.reached(2) && told.epochs()[1] < 100);
}

#[test]
fn a_ravine_is_crossed_with_every_step() {
    let told = one(LESSONS, "Zigzag in a ravine");
    // Along the ravine, and across it.
    let (sin, cos) = (0.5, 0.75_f64.sqrt());
    let seen = |w: &[f64]| [w[0] * cos + w[1] * sin, w[1] * cos - w[0] * sin];
    let steps = (1..=50).map(|epoch| seen(&moved(told.run(0), epoch)));
    let steps: Vec<[f64; 2]> = steps.collect();
    for pair in steps.windows(2) {
        assert!(pair[0][1] * pair[1][1] < 0.0, "{pair:?}");
        // Forward it goes one way.
        assert!(pair[0][0] > 0.0);
    }
    assert!(steps[0][1].abs() > 50.0 * steps[0][0]);
    let [descent, momentum, conjugate] = told.epochs()[..] else {
        panic!("there are three");
    };
    assert!(momentum < descent && conjugate == 2);
    assert!((0..3).all(|run| told.reached(run)));
}

#[test]
fn a_saddle_is_left_in_turn_and_its_ridge_never() {
    let told = one(LESSONS, "A saddle");
    let left = |run: usize| told.run(run).path().position(|w| w[1].abs() > 1.0);
    // The order of the text: gradient descent, momentum, Adam, RPROP are runs 0 to 3.
    let order = [3, 2, 1, 0].map(|run| left(run).unwrap());
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
    let scenes: Vec<Value> = serde_json::from_str(LESSONS).unwrap();
    let scene = scenes.iter().find(|scene| scene["title"] == "A saddle");
    let mut address = address(scene.unwrap());
    let ridge = [-1.5, 0.0];
    told.says(&format!("Set the initial point to {},", join(&ridge)));
    address.spec.start = Some(ridge.to_vec());
    for trace in ran(&address).traces() {
        assert!(trace.path().all(|w| w[1] == 0.0));
    }
}

#[test]
fn too_much_momentum_comes_back_again_and_again() {
    let told = one(LESSONS, "Too much momentum");
    let along: Vec<f64> = told
        .run(0)
        .path()
        .map(|w| w[0] * 0.75_f64.sqrt() + w[1] * 0.5)
        .collect();
    let flights = along.windows(2).filter(|pair| pair[0] * pair[1] < 0.0);
    assert!(flights.count() > 10);
    assert!(told.reached(0) && told.reached(1) && 4 * told.epochs()[1] < told.epochs()[0]);
}

#[test]
fn adams_first_steps_are_as_long_as_its_learning_rate() {
    const RATE: f64 = 0.3;
    let told = one(LESSONS, "Adam's first steps");
    for epoch in 1..=5 {
        for step in moved(told.run(0), epoch) {
            assert!((step / RATE - 1.0).abs() < 0.02, "{epoch}: {step}");
        }
    }
    let bare = told.run(1);
    let longer = moved(bare, 1);
    for longer in longer.iter().map(|step| step / RATE) {
        told.says(&format!("first step is {longer:.2} times as long"));
    }
    let later = 2..=bare.epochs() as usize;
    let steps = later.flat_map(|epoch| moved(bare, epoch));
    let longest = steps.fold(0.0, f64::max) / RATE;
    told.says(&format!("the longest later step is {longest:.1} times"));
    // However faint the gradient: gradient descent, at the same rate, hardly moves.
    assert!(length(&moved(told.run(2), 1)) < 0.02 * RATE);
}

#[test]
fn the_improved_rprops_need_fewer_epochs() {
    let told = one(LESSONS, "Four variants of RPROP");
    let [rprop, minus, improved, improved_minus] = told.epochs()[..] else {
        panic!("there are four");
    };
    assert!(improved.max(improved_minus) < rprop.min(minus));
    assert!(rprop != minus && improved != improved_minus);
    assert!((0..4).all(|run| told.reached(run)));
}

#[test]
fn every_claim_is_looked_at() {
    let titles: Vec<String> = all(LESSONS).into_iter().map(|told| told.title).collect();
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
