//! Tests of the figure of one step of a matrix.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{
    assert_words_can_be_read,
    drawing::{contest, drawn, traces},
    texts,
};
use thalweg_plot::scene::Scene;

/// Draws the figure with a setting of the step.
fn draw(on: &str, with: &str, figure: &str) -> Result<Scene, String> {
    let contest = contest(on, &[with], 12);
    let traces = traces(&contest);
    drawn(figure, &contest, &traces).map_err(|error| error.to_string())
}

#[test]
fn an_exact_muon_step_has_equal_singular_values() {
    let scene = draw(
        "matrix-regression:shape=4x3",
        "muon:coefficients=exact",
        "matrix-step:epoch=3",
    )
    .unwrap();
    let words = &scene.description;
    assert!(
        words.contains("each weight moves against its momentum, which is orthogonalized"),
        "{words}"
    );
    assert!(
        words.contains("The singular values of the step are 0.02, 0.02, 0.02."),
        "{words}"
    );
    assert!(
        words.contains("for the step, it is 1 times the smallest one."),
        "{words}"
    );
    assert_words_can_be_read(&scene);
}

#[test]
fn preconditioners_and_bases_have_their_own_panels() {
    let on = "matrix-regression:shape=4x3";
    let titles = |with: &str| {
        let scene = draw(on, with, "matrix-step:epoch=5,words=false").unwrap();
        assert_words_can_be_read(&scene);
        let words = texts(&scene.nodes).into_iter();
        words.map(|text| text.text.clone()).collect::<Vec<_>>()
    };
    let has = |texts: &[String], title: &str| texts.iter().any(|text| text == title);
    let shampoo = titles("shampoo");
    for title in ["Gradient", "Step", "Left factor", "Right factor"] {
        assert!(has(&shampoo, title), "{title}: {shampoo:?}");
    }
    let soap = titles("soap");
    for title in ["Mean gradient", "Left basis", "Right basis"] {
        assert!(has(&soap, title), "{title}: {soap:?}");
    }
    assert!(
        soap.iter().any(|text| text == "singular values: 1 to 1"),
        "{soap:?}"
    );
    // An element-wise rule has no factors.
    assert!(!has(&titles("adam"), "Left factor"));
}

#[test]
fn singular_matrices_and_layers_are_explained() {
    let scene = draw("deep-linear", "spectral-descent", "matrix-step:epoch=1");
    assert!(scene.is_ok(), "{scene:?}");
    let on = "mlp:layers=2-3-1,data=six-points";
    let scene = draw(on, "muon", "matrix-step:epoch=2").unwrap();
    assert!(scene.title.contains("layer 1"), "{}", scene.title);
    let words = &scene.description;
    assert!(
        words.contains("each weight of layer 1 and layer 2 moves against its momentum"),
        "{words}"
    );
}

#[test]
fn what_cannot_be_drawn_is_reported() {
    for (on, figure, expected) in [
        ("rosenbrock", "matrix-step", "no weight of "),
        ("mlp", "matrix-step:matrix=4", "there are 3 matrices"),
        (
            "matrix-regression:shape=65x2",
            "matrix-step",
            "W has 65 rows and 2 columns, too many to draw",
        ),
        ("mlp", "matrix-step:epoch=99", "there is no step 99"),
    ] {
        let error = draw(on, "adam", figure).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
