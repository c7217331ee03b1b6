//! What the figures on a map say of it: shadows on a plane, lines and targets that are not there.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{
    drawing::{contest, draw, endless, traces},
    texts,
};
use thalweg::plane::Cut;
use thalweg_gallery::figures::{Look, REGISTRY, Subject};
use thalweg_plot::{scene::Scene, theme::Theme};

fn words(scene: &Scene) -> Vec<String> {
    texts(&scene.nodes).iter().map(|t| t.text.clone()).collect()
}

#[test]
fn paths_that_leave_their_plane_are_called_shadows() {
    let many = contest("mlp:layers=2-4-1", &["rprop"], 30);
    let two = contest("article", &["rprop"], 30);
    for figure in [
        "contour",
        "zoom",
        "step",
        "panels",
        "starts:grid=2,epochs=3",
        "surface",
    ] {
        for (contest, leaves) in [(&many, true), (&two, false)] {
            let traces = traces(contest);
            let subject = Subject::new(contest, &traces, Some(Cut::Weights([0, 1])), None).unwrap();
            let drawing = REGISTRY.build(&figure.parse().unwrap(), None).unwrap();
            let scene = drawing.draw(&subject, Look::of(&Theme::LIGHT)).unwrap();
            let told = scene.title.contains("shadows on a plane");
            assert_eq!(told, leaves, "{figure}: {}", scene.title);
        }
    }
}

#[test]
fn a_target_that_no_line_shows_is_not_listed() {
    let has_target = |scene: &Scene| words(scene).iter().any(|w| w.starts_with("Target: "));
    let mut article = contest("article", &["rprop"], 30);
    let figures = ["contour", "panels", "starts:grid=2,epochs=3"];
    for figure in figures {
        assert!(has_target(&draw(figure, &article)), "{figure}");
    }
    // Below the least loss of the map.
    article.budget.target = Some(1e-9);
    for figure in figures {
        assert!(!has_target(&draw(figure, &article)), "{figure}");
    }
}

#[test]
fn without_a_target_no_run_is_said_to_miss_it() {
    let told = |scene: &Scene| words(scene).iter().any(|w| w.contains("the target"));
    let figure = "starts:grid=2,epochs=3";
    let [with, without] = [
        contest("article", &["rprop"], 30),
        endless("article", &["rprop"], 30),
    ];
    assert!(told(&draw(figure, &with)));
    let scene = draw(figure, &without);
    assert!(!told(&scene) && !scene.description.contains("the target"));
}
