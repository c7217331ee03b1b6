//! Tests of the article's figures: every text is readable, and nothing overlaps.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{assert_words_can_be_read, letters, texts};
use thalweg_gallery::article::{ArticleRuns, FIGURES, LivePage, csv, html, markdown};
use thalweg_plot::{
    scene::{Node, Rect, Scene},
    theme::Theme,
};

fn scenes(study: &ArticleRuns) -> Vec<Scene> {
    FIGURES
        .iter()
        .map(|f| f.scene(study, &Theme::LIGHT).unwrap())
        .collect()
}

fn group<'a>(nodes: &'a [Node], name: &str) -> Option<&'a [Node]> {
    nodes.iter().find_map(|node| match node {
        Node::Group { id, nodes, .. } if id == name => Some(nodes.as_slice()),
        Node::Group { nodes, .. } => group(nodes, name),
        _ => None,
    })
}

#[test]
fn every_text_is_readable() {
    let study = ArticleRuns::new().unwrap();
    for scene in scenes(&study) {
        assert_words_can_be_read(&scene);
    }
}

#[test]
fn numbers_and_legends_avoid_the_paths() {
    let study = ArticleRuns::new().unwrap();
    let (mut numbers, mut legends) = (0, 0);
    for scene in scenes(&study) {
        let Some(marks) = group(&scene.nodes, "marks") else {
            continue;
        };
        let shafts: Vec<_> = marks
            .iter()
            .filter_map(|node| match node {
                Node::Group { id, nodes, .. } if id == "path" => {
                    nodes.iter().find_map(|n| match n {
                        Node::Path { lines, .. } => Some(lines),
                        _ => None,
                    })
                }
                _ => None,
            })
            .flatten()
            .flat_map(|line| line.points.windows(2))
            .collect();
        let crossed = |r: &Rect| shafts.iter().any(|pair| r.meets(pair[0], pair[1]));
        for t in texts(marks) {
            assert!(
                !crossed(&letters(t)),
                "{}: the number {} lies on an arrow",
                scene.title,
                t.text
            );
            numbers += 1;
        }
        let legend = group(&scene.nodes, "legend").unwrap_or_default();
        if let Some(Node::Path { lines, .. }) = legend.first() {
            let [a, _, b, _] = lines[0].points[..] else {
                panic!("a legend lies on a rectangle");
            };
            let card = Rect {
                left: a[0],
                top: a[1],
                width: b[0] - a[0],
                height: b[1] - a[1],
            };
            assert!(!crossed(&card), "{}: the legend hides a path", scene.title);
            legends += 1;
        }
    }
    assert_eq!((numbers, legends), (11 + 6 + 6, 8));
}

#[test]
fn every_story_has_the_numbers_of_the_runs() {
    let study = ArticleRuns::new().unwrap();
    for figure in &FIGURES {
        let story = figure.story(&study);
        assert!(story.split("\n\n").count() >= 2, "{}: {story}", figure.name);
        for gap in ["NaN", "inf", "none", "  ", " ,", " .", "{", "at step ."] {
            assert!(!story.contains(gap), "{}: `{gap}` in {story}", figure.name);
        }
    }
    let story = |name: &str| {
        let figure = FIGURES.iter().find(|f| f.name == name).unwrap();
        figure.story(&study)
    };
    assert!(story("gradient-descent").contains("needs 797 epochs"));
    assert!(
        story("gradient-descent").contains("with 10 instead, the same algorithm needs 25 epochs")
    );
    assert!(
        story("rprop-first-11-steps").contains("The first 11 steps all have the same direction")
    );
    assert!(story("rprop-11th-to-14th").contains("At step 12, the gradient of the second weight"));
    assert!(story("rprop-11th-to-14th").contains("the first weight at step 16"));
    assert!(
        story("irprop-plus-second-part")
            .contains("At step 12, the second weight does not move at all")
    );
    assert!(story("golden-search").contains("31 times"));
    // The error falls with every step of momentum: it crosses the floor of the valley, but never climbs.
    let momentum = &study.algorithms[1].trace;
    assert!(momentum.losses.windows(2).all(|pair| pair[1] < pair[0]));
    assert!(story("momentum-zoom-slowing-down").contains("after step 85 it turns"));
}

#[test]
fn the_tables_have_the_articles_rows() {
    let study = ArticleRuns::new().unwrap();
    let csv = csv(&study);
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("algorithm,optimizer,epochs,loss,w1,w2,value_calls,gradient_calls")
    );
    assert_eq!(lines.count(), 5);
    assert_eq!(markdown(&study).lines().count(), 2 + 5 + 1);
}

#[test]
fn the_page_is_complete() {
    let study = ArticleRuns::new().unwrap();
    let live = LivePage {
        file: "map.html",
        address: &|picks, window| {
            let part = window.map_or(String::new(), |window| format!("&from={}", window.w1[0]));
            format!("on=article&runs={}{part}", picks.len())
        },
    };
    let page = html(&study, &scenes(&study), &live);
    let section = |name: &str| {
        let (_, rest) = page
            .split_once(&format!("<section id=\"{name}\">"))
            .unwrap();
        rest.split_once("</section>").unwrap().0
    };
    for figure in &FIGURES {
        assert_eq!(section(figure.name).matches("<svg").count(), 1);
    }
    assert_eq!(page.matches("<svg").count(), FIGURES.len());
    // The page has one optional script and loads nothing.
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("src=\"") && !page.contains("<iframe"));
    // A picture that is not a map of runs has no interactive version.
    for (name, end) in [
        ("error-contour", "0"),
        ("gradient-descent-zoom", "1&amp;from=-1.4"),
        ("all-algorithms", "5"),
    ] {
        let link = format!("href=\"map.html#on=article&amp;runs={end}\"");
        assert!(section(name).contains(&link), "{name}");
    }
    for name in ["data-scatter", "momentum-3d", "compare-epochs"] {
        assert!(!section(name).contains("map.html"), "{name}");
    }
}
