//! `thalweg draw`, and what a picture tells of how it was made.
#![allow(clippy::unwrap_used, reason = "a test that fails may stop")]

mod common;

use common::TestFolder;
use std::fs;

const PATHS: [&str; 6] = ["draw", "contour", "--with", "rprop", "--epochs", "5"];

fn with<'a>(words: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    words.iter().chain(more).copied().collect()
}

#[test]
fn one_drawing_makes_every_format() {
    let place = TestFolder::new();
    let files = ["a.svg", "a.png", "a.pdf", "a.html"];
    let outputs = files.iter().flat_map(|name| ["-o", *name]);
    place.done(&with(&PATHS, &outputs.collect::<Vec<_>>()));
    assert!(place.read("a.svg").contains("RPROP (5 steps)"));
    let png = png::Decoder::new(
        fs::File::open(place.path("a.png"))
            .map(std::io::BufReader::new)
            .unwrap(),
    );
    let info = png.read_info().unwrap().info().size();
    assert_eq!(info, (1520, 1280));
    assert!(fs::read(place.path("a.pdf")).unwrap().starts_with(b"%PDF-"));
    let html = place.read("a.html");
    assert!(html.starts_with("<!doctype html>") && html.contains("<svg"));
    assert!(!html.contains("src=\"http"), "the page loads something");
}

#[test]
fn every_format_is_drawn_again_to_the_same_bytes() {
    let place = TestFolder::new();
    for name in ["a.svg", "a.png", "a.pdf", "a.html"] {
        place.done(&with(&PATHS, &["--start=-3,1", "-o", name]));
        let before = fs::read(place.path(name)).unwrap();
        let told = place.done(&["recipe", name]);
        assert_eq!(
            told.trim(),
            format!("thalweg draw contour --with rprop --start=-3,1 --epochs 5 -o {name}")
        );
        fs::rename(place.path(name), place.path("old")).unwrap();
        place.done(&["redraw", "old", "-o", name]);
        assert!(
            before == fs::read(place.path(name)).unwrap(),
            "{name} has changed"
        );
    }
}

#[test]
fn pictures_of_other_commands_are_drawn_again_too() {
    let place = TestFolder::new();
    place.write("points.csv", "a,b,y\n0,1,0\n1,0,1\n1,1,1\n");
    place.done(&[
        "train",
        "--on",
        "points.csv",
        "--with",
        "rprop",
        "--out",
        "out",
    ]);
    let map = [
        "map",
        "starts",
        "--on",
        "points.csv",
        "--with",
        "rprop",
        "--size",
        "9x7",
    ];
    place.done(&with(&map, &["--epochs", "50", "-o", "map.svg"]));
    for name in ["out/map.svg", "out/map.png", "map.svg"] {
        let before = fs::read(place.path(name)).unwrap();
        place.done(&["redraw", name]);
        assert!(
            before == fs::read(place.path(name)).unwrap(),
            "{name} has changed"
        );
    }
    // The picture was made from that file, and no other will do.
    place.write("points.csv", "a,b,y\n0,1,0\n1,0,1\n1,1,0\n");
    place.refused(&["redraw", "map.svg"], &["points.csv", "is not the file"]);
    fs::remove_file(place.path("points.csv")).unwrap();
    place.refused(&["redraw", "map.svg"], &["points.csv", "could not read"]);
}

#[test]
fn a_figure_of_the_article_is_drawn_again() {
    let place = TestFolder::new();
    place.done(&["article", "--out", "here"]);
    let name = "here/figures/09-rprop.svg";
    let before = place.read(name);
    let told = place.done(&["recipe", name]);
    assert_eq!(
        told.trim(),
        format!("thalweg draw article:figure=rprop -o {name}")
    );
    place.done(&["redraw", name]);
    assert!(before == place.read(name));
}

#[test]
fn theme_size_and_levels_are_part_of_the_recipe() {
    let place = TestFolder::new();
    let look = [
        "--theme", "dark", "--size", "slide", "--levels", "quantile", "-o", "a.svg",
    ];
    place.done(&with(&PATHS, &look));
    let dark = place.read("a.svg");
    assert!(
        dark.contains("width=\"1280\" height=\"720\""),
        "{}",
        &dark[..300]
    );
    let told = place.done(&["recipe", "a.svg"]);
    assert!(
        told.contains("--theme dark --size slide --levels quantile"),
        "{told}"
    );
    place.done(&["redraw", "a.svg"]);
    assert!(dark == place.read("a.svg"));
}

#[test]
fn several_figures_are_pages_or_lie_below_each_other() {
    let place = TestFolder::new();
    let files = ["-o", "a.svg", "-o", "a.pdf", "-o", "a.html"];
    place.done(&with(
        &["draw", "contour", "zoom", "--with", "rprop"],
        &files,
    ));
    let svg = place.read("a.svg");
    assert!(svg.contains("id=\"part-1-marks\"") && svg.contains("id=\"part-2-marks\""));
    assert_eq!(place.read("a.html").matches("<figure>").count(), 2);
    let pdf = fs::read(place.path("a.pdf")).unwrap();
    let pdf = String::from_utf8_lossy(&pdf);
    assert!(pdf.contains("/Count 2"), "two pages");
}

#[test]
fn a_png_has_the_scale_that_was_asked_for() {
    let place = TestFolder::new();
    for (scale, width) in [("1", 760), ("0.5", 380), ("3", 2280)] {
        place.done(&with(&PATHS, &["--scale", scale, "-o", "a.png"]));
        let file = fs::File::open(place.path("a.png")).unwrap();
        let png = png::Decoder::new(std::io::BufReader::new(file));
        assert_eq!(png.read_info().unwrap().info().width, width, "{scale}");
        let before = fs::read(place.path("a.png")).unwrap();
        place.done(&["redraw", "a.png"]);
        assert!(before == fs::read(place.path("a.png")).unwrap());
    }
    place.refused(
        &with(&PATHS, &["--scale", "10", "-o", "b.png"]),
        &["10000000"],
    );
    place.refused(
        &with(&PATHS, &["--scale", "0", "-o", "b.png"]),
        &["0.1 to 20"],
    );
}

#[test]
fn figures_below_each_other_keep_the_size_that_was_asked_for() {
    let place = TestFolder::new();
    let two = [
        "draw", "contour", "zoom", "--with", "rprop", "--size", "slide",
    ];
    place.done(&with(&two, &["-o", "a.svg"]));
    let svg = place.read("a.svg");
    assert!(
        svg.contains("width=\"1280\" height=\"1440\""),
        "{}",
        &svg[..300]
    );
}

#[test]
fn a_recipe_writes_nowhere_else() {
    let place = TestFolder::new();
    place.done(&with(&PATHS, &["-o", "a.svg"]));
    let svg = place.read("a.svg");
    for (old, new) in [
        ("draw contour", "draw contour -o b.svg"),
        ("draw contour", "article --out b"),
        ("draw contour", "draw contuor"),
        ("--epochs 5", "--epochs 5 --sudo"),
    ] {
        place.write("b.svg", svg.replace(old, new));
        place.refused(&["redraw", "b.svg", "-o", "c.svg"], &[]);
    }
    place.refused(
        &["redraw", "nothing.svg"],
        &["nothing.svg", "could not read"],
    );
    place.write("plain.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    place.refused(&["redraw", "plain.svg"], &["plain.svg", "no recipe"]);
    place.write("empty.png", "");
    place.refused(&["recipe", "empty.png"], &["empty.png", "no recipe"]);
}

#[test]
fn more_than_two_weights_are_seen_on_a_plane() {
    let place = TestFolder::new();
    let network = [
        "draw",
        "contour",
        "--on",
        "mlp:layers=2-3-1",
        "--with",
        "rprop",
    ];
    for plane in ["w3,w7", "seed:1", "path"] {
        place.done(&with(&network, &["--plane", plane, "-o", "a.svg"]));
        assert!(place.read("a.svg").contains("RPROP"), "{plane}");
    }
    let refused = |more: &[&str], words: &[&str]| {
        place.refused(&with(&network, &with(more, &["-o", "b.svg"])), words);
    };
    refused(&[], &["13 weights", "--plane", "w3,w7", "seed:1", "path"]);
    refused(&["--window", "0,1,0,1"], &["13 weights", "--plane"]);
    refused(&["--plane", "w3,w14"], &["w14", "w1 to w13"]);
    refused(&["--plane", "w3,w3"], &["w3,w3", "line"]);
    refused(&["--plane", "w3"], &["w3", "no plane"]);
    let out = place.done(&[
        "train",
        "--on",
        "mlp:layers=2-3-1",
        "--with",
        "rprop",
        "--plane",
        "path",
        "--out",
        "out",
    ]);
    assert!(out.contains("RPROP") && place.path("out/map.png").is_file());
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let place = TestFolder::new();
    let refused = |words: &[&str], message: &[&str]| place.refused(words, message);
    refused(
        &["draw", "contoura", "-o", "a.svg"],
        &["contoura", "did you mean `contour`?"],
    );
    refused(
        &["draw", "contour:size=3", "-o", "a.svg"],
        &["size", "legend"],
    );
    refused(
        &["draw", "contour", "-o", "a.jpg"],
        &["a.jpg", ".svg", ".html"],
    );
    refused(&["draw", "contour"], &["--output"]);
    refused(
        &["draw", "loss", "-o", "a.svg"],
        &["no optimizer", "--with"],
    );
    refused(
        &["draw", "contour", "--epochs", "5..3", "-o", "a.svg"],
        &["5..3"],
    );
    refused(&["draw", "contour", "--epochs=-1", "-o", "a.svg"], &["-1"]);
    refused(
        &["draw", "contour", "-o", "nowhere/a.svg"],
        &["nowhere/a.svg"],
    );
    refused(
        &["draw", "article:figure=rpop", "-o", "a.svg"],
        &["rpop", "did you mean `rprop`?"],
    );
    refused(&["train", "--on", "article"], &["--with"]);
    refused(
        &["train", "--with", "rprop", "--plane", "w1,w2"],
        &["--out"],
    );
}

#[test]
fn an_animation_is_drawn_again_too() {
    let place = TestFolder::new();
    let race = [
        "animate", "--with", "rprop", "--epochs", "4", "--size", "300x240",
    ];
    // A recipe of more bytes than a piece of a GIF's comment holds.
    let long = format!("momentum:learning_rate=0.3{}", "0".repeat(300));
    for name in ["a.gif", "a.apng"] {
        place.done(&with(&race, &["--with", &long, "-o", name]));
        let before = fs::read(place.path(name)).unwrap();
        let told = place.done(&["recipe", name]);
        assert!(
            told.contains(&long) && told.starts_with("thalweg animate"),
            "{told}"
        );
        place.done(&["redraw", name]);
        assert!(
            before == fs::read(place.path(name)).unwrap(),
            "{name} has changed"
        );
    }
}

#[test]
fn letters_can_be_read_at_every_preset_or_it_is_said() {
    let place = TestFolder::new();
    for figure in [
        "contour", "zoom", "step", "state", "panels", "starts", "loss",
    ] {
        for size in ["paper-column", "paper-page", "slide", "square"] {
            let draw = [
                "draw", figure, "--with", "rprop", "--size", size, "-o", "a.svg",
            ];
            place.done(&draw);
        }
    }
    let article = ["draw", "article", "--size", "paper-column", "-o", "b.svg"];
    place.refused(&article, &["All five algorithms", "pt", "7 can be read"]);
}

#[test]
fn a_label_can_show_the_variant() {
    let place = TestFolder::new();
    let four = ["rprop", "rprop-minus", "irprop-plus", "irprop-minus"];
    let draw = ["draw", "contour", "--variants", "-o", "a.svg"];
    let picks = four.iter().flat_map(|id| ["--with", *id]);
    place.done(&with(&draw, &picks.collect::<Vec<_>>()));
    let svg = place.read("a.svg");
    for id in four {
        let shown = place.done(&["show", id]);
        let (_, variant) = shown.split_once("this one: ").unwrap();
        let variant = variant.split(".\n").next().unwrap();
        assert!(svg.contains(variant), "no `{variant}` in the legend");
    }
}
