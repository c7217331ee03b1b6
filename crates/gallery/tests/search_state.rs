//! Tests of the points and covariances that maps show of a state.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{experiment::Experiment, plane::PlaneSpec, trace::Trace};
use thalweg_gallery::figures::{FigureInput, FigureStyle, REGISTRY};
use thalweg_plot::{
    scene::{Node, Scene},
    theme::Theme,
};

fn draw(figure: &str, on: &str, with: &str, plane: Option<PlaneSpec>) -> Scene {
    let experiment = Experiment {
        epochs: 8,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    let traces: Vec<Trace> = contest.runs().map(Trace::record).collect();
    let subject = FigureInput::new(&contest, &traces, plane, None).unwrap();
    let drawing = REGISTRY.build(&figure.parse().unwrap(), None).unwrap();
    drawing
        .draw(&subject, FigureStyle::of(&Theme::LIGHT))
        .unwrap()
}

/// Returns the numbers of discs and paths in the groups of a name.
fn counts(nodes: &[Node], name: &str) -> [usize; 2] {
    let mut found = [0; 2];
    for node in nodes {
        if let Node::Group { id, nodes, .. } = node {
            let inner = if id == name {
                let discs = nodes
                    .iter()
                    .filter(|n| matches!(n, Node::Circle { .. }))
                    .count();
                let paths = nodes
                    .iter()
                    .filter(|n| matches!(n, Node::Path { .. }))
                    .count();
                [discs, paths]
            } else {
                counts(nodes, name)
            };
            found = [found[0] + inner[0], found[1] + inner[1]];
        }
    }
    found
}

#[test]
fn the_simplex_the_points_and_the_covariance_are_drawn() {
    // A line has an outline, so it consists of two paths.
    for (with, name, expected) in [
        ("nelder-mead", "simplex", [3, 2]),
        ("cma-es", "covariance", [0, 2]),
        ("cma-es", "samples", [6, 0]),
        ("random-search:samples=5", "candidates", [5, 0]),
    ] {
        let scene = draw("contour", "booth", with, None);
        let found = counts(&scene.nodes, name);
        assert!(
            found[0] <= expected[0] && found[1] == expected[1],
            "{with}: {found:?}"
        );
        assert!(found[0] + found[1] > 0, "{with}");
        let without = draw("contour:state=false", "booth", with, None);
        assert_eq!(counts(&without.nodes, name), [0, 0], "{with}");
    }
}

#[test]
fn the_state_of_more_weights_is_projected_onto_the_plane() {
    let plane: PlaneSpec = "seed:1".parse().unwrap();
    let on = "mlp:layers=2-2-1,data.samples=8";
    let simplex = draw("contour", on, "nelder-mead", Some(plane));
    assert!(counts(&simplex.nodes, "simplex")[0] > 3);
    let ellipse = draw("contour", on, "cma-es", Some(plane));
    assert_eq!(counts(&ellipse.nodes, "covariance"), [0, 2]);
}
