//! `thalweg draw`, `redraw`, and `recipe`.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;

use common::TestFolder;
use std::fs;

const PATHS: [&str; 6] = ["draw", "contour", "--with", "rprop", "--epochs", "5"];

fn with<'a>(words: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    words.iter().chain(more).copied().collect()
}

#[test]
fn one_command_writes_every_format() {
    let folder = TestFolder::new();
    let files = ["a.svg", "a.png", "a.pdf", "a.html"];
    let outputs = files.iter().flat_map(|name| ["-o", *name]);
    folder.done(&with(&PATHS, &outputs.collect::<Vec<_>>()));
    assert!(folder.read("a.svg").contains("RPROP (5 steps)"));
    let png = png::Decoder::new(
        fs::File::open(folder.path("a.png"))
            .map(std::io::BufReader::new)
            .unwrap(),
    );
    let info = png.read_info().unwrap().info().size();
    assert_eq!(info, (1520, 1280));
    assert!(
        fs::read(folder.path("a.pdf"))
            .unwrap()
            .starts_with(b"%PDF-")
    );
    let html = folder.read("a.html");
    assert!(html.starts_with("<!doctype html>") && html.contains("<svg"));
    assert!(!html.contains("src=\"http"), "the page loads something");
}

#[test]
fn redraw_reproduces_the_bytes_of_every_format() {
    let folder = TestFolder::new();
    for name in ["a.svg", "a.png", "a.pdf", "a.html"] {
        folder.done(&with(&PATHS, &["--start=-3,1", "-o", name]));
        let before = fs::read(folder.path(name)).unwrap();
        let recipe = folder.done(&["recipe", name]);
        assert_eq!(
            recipe.trim(),
            format!("thalweg draw contour --with rprop --start=-3,1 --epochs 5 -o {name}")
        );
        fs::rename(folder.path(name), folder.path("old")).unwrap();
        folder.done(&["redraw", "old", "-o", name]);
        assert!(
            before == fs::read(folder.path(name)).unwrap(),
            "{name} has changed"
        );
    }
}

#[test]
fn redraw_reproduces_pictures_of_other_commands() {
    let folder = TestFolder::new();
    folder.write("points.csv", "a,b,y\n0,1,0\n1,0,1\n1,1,1\n");
    folder.done(&[
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
    folder.done(&with(
        &map,
        &["--target", "0.125", "--epochs", "50", "-o", "map.svg"],
    ));
    for name in ["out/map.svg", "out/map.png", "map.svg"] {
        let before = fs::read(folder.path(name)).unwrap();
        folder.done(&["redraw", name]);
        assert!(
            before == fs::read(folder.path(name)).unwrap(),
            "{name} has changed"
        );
    }
    // The picture can only be redrawn from an unchanged data file.
    folder.write("points.csv", "a,b,y\n0,1,0\n1,0,1\n1,1,0\n");
    folder.refused(&["redraw", "map.svg"], &["points.csv", "was changed"]);
    fs::remove_file(folder.path("points.csv")).unwrap();
    folder.refused(&["redraw", "map.svg"], &["points.csv", "could not read"]);
}

#[test]
fn redraw_reproduces_a_figure_of_the_article() {
    let folder = TestFolder::new();
    folder.done(&["article", "--out", "here"]);
    let name = "here/figures/09-rprop.svg";
    let before = folder.read(name);
    let recipe = folder.done(&["recipe", name]);
    assert_eq!(
        recipe.trim(),
        format!("thalweg draw article:figure=rprop -o {name}")
    );
    folder.done(&["redraw", name]);
    assert!(before == folder.read(name));
}

#[test]
fn theme_size_and_levels_are_part_of_the_recipe() {
    let folder = TestFolder::new();
    let look = [
        "--theme", "dark", "--size", "slide", "--levels", "quantile", "-o", "a.svg",
    ];
    folder.done(&with(&PATHS, &look));
    let dark = folder.read("a.svg");
    assert!(
        dark.contains("width=\"1280\" height=\"720\""),
        "{}",
        &dark[..300]
    );
    let recipe = folder.done(&["recipe", "a.svg"]);
    assert!(
        recipe.contains("--theme dark --size slide --levels quantile"),
        "{recipe}"
    );
    folder.done(&["redraw", "a.svg"]);
    assert!(dark == folder.read("a.svg"));
}

#[test]
fn several_figures_become_pages_or_a_column() {
    let folder = TestFolder::new();
    let files = ["-o", "a.svg", "-o", "a.pdf", "-o", "a.html"];
    folder.done(&with(
        &["draw", "contour", "zoom", "--with", "rprop"],
        &files,
    ));
    let svg = folder.read("a.svg");
    assert!(svg.contains("id=\"part-1-marks\"") && svg.contains("id=\"part-2-marks\""));
    assert_eq!(folder.read("a.html").matches("<figure>").count(), 2);
    let pdf = fs::read(folder.path("a.pdf")).unwrap();
    let pdf = String::from_utf8_lossy(&pdf);
    assert!(pdf.contains("/Count 2"), "two pages");
}

#[test]
fn a_png_has_the_requested_scale() {
    let folder = TestFolder::new();
    for (scale, width) in [("1", 760), ("0.5", 380), ("3", 2280)] {
        folder.done(&with(&PATHS, &["--scale", scale, "-o", "a.png"]));
        let file = fs::File::open(folder.path("a.png")).unwrap();
        let png = png::Decoder::new(std::io::BufReader::new(file));
        assert_eq!(png.read_info().unwrap().info().width, width, "{scale}");
        let before = fs::read(folder.path("a.png")).unwrap();
        folder.done(&["redraw", "a.png"]);
        assert!(before == fs::read(folder.path("a.png")).unwrap());
    }
    folder.refused(
        &with(&PATHS, &["--scale", "10", "-o", "b.png"]),
        &["10000000"],
    );
    folder.refused(
        &with(&PATHS, &["--scale", "0", "-o", "b.png"]),
        &["0.1 to 20"],
    );
}

#[test]
fn a_png_with_few_colors_is_small_and_can_be_redrawn() {
    let folder = TestFolder::new();
    let bytes = |name: &str| fs::read(folder.path(name)).unwrap();
    folder.done(&with(&PATHS, &["-o", "all.png"]));
    folder.done(&with(&PATHS, &["--colors", "16", "-o", "few.png"]));
    let few = bytes("few.png");
    assert!(4 * few.len() < bytes("all.png").len(), "{}", few.len());
    let png = png::Decoder::new(std::io::Cursor::new(&few));
    let png = png.read_info().unwrap();
    assert_eq!(png.info().color_type, png::ColorType::Indexed);
    let palette = png.info().palette.as_ref();
    assert_eq!(palette.map(|palette| palette.len()), Some(3 * 16));
    folder.done(&["redraw", "few.png"]);
    assert!(few == bytes("few.png"));
    for colors in ["1", "257", "many"] {
        let given = ["--colors", colors, "-o", "b.png"];
        folder.refused(&with(&PATHS, &given), &["2 to 256"]);
    }
}

#[test]
fn figures_in_a_column_keep_the_requested_size() {
    let folder = TestFolder::new();
    let two = [
        "draw", "contour", "zoom", "--with", "rprop", "--size", "slide",
    ];
    folder.done(&with(&two, &["-o", "a.svg"]));
    let svg = folder.read("a.svg");
    assert!(
        svg.contains("width=\"1280\" height=\"1440\""),
        "{}",
        &svg[..300]
    );
}

#[test]
fn a_range_of_epochs_selects_steps() {
    let folder = TestFolder::new();
    let draw = |figure: &str, epochs: &str| {
        let args = [
            "draw", figure, "--with", "rprop", "--epochs", epochs, "-o", "a.svg",
        ];
        folder.done(&args);
        folder.read("a.svg")
    };
    assert!(draw("zoom", "10..16").contains("steps 10 to 16 of RPROP"));
    assert!(draw("step", "3..5").contains("step 3 of RPROP"));
    for figure in ["contour", "surface"] {
        assert!(draw(figure, "10..16").contains("RPROP (steps 10 to 16)"));
        assert!(draw(figure, "4..4").contains("RPROP (step 4)"));
    }
    assert!(draw("contour", "0..0").contains("RPROP (start)"));
    let refused = |figure: &str, epochs: &str, words: &[&str]| {
        folder.refused(
            &[
                "draw", figure, "--with", "rprop", "--epochs", epochs, "-o", "b.svg",
            ],
            words,
        );
    };
    refused("step", "0..0", &["the first step is 1"]);
    refused("step", "0..5", &["the first step is 1", "such as 1..5"]);
    refused("bars", "1..5", &["this figure shows whole runs"]);
    for figure in ["contour", "loss", "zoom", "surface"] {
        refused(figure, "900..910", &["RPROP ended after 20 epochs"]);
    }
}

#[test]
fn runs_end_with_the_last_epoch_that_a_figure_needs() {
    let folder = TestFolder::new();
    // The whole run reaches the target after 20 epochs.
    for (figures, stop) in [
        (&["contour", "loss", "--epochs", "1..3"][..], "epoch limit"),
        (&["step:epoch=2"], "epoch limit"),
        (&["step", "--epochs", "2..90"], "epoch limit"),
        (&["step:epoch=2", "loss"], "reached"),
        (&["zoom", "--epochs", "1..3"], "epoch limit"),
        (&["zoom:context=true", "--epochs", "1..3"], "reached"),
    ] {
        let args = ["--with", "rprop", "--save-data", "d.json"];
        folder.done(&[&["draw"], figures, &args].concat());
        let data = folder.read("d.json");
        assert!(
            data.contains(&format!("\"stop\": \"{stop}\"")),
            "{figures:?}"
        );
    }
}

#[test]
fn redraw_refuses_a_range_of_epochs_of_an_earlier_version() {
    let folder = TestFolder::new();
    let cases = [
        ("zoom", "11..16", "--epochs 12..16"),
        ("zoom", "11..11", "--epochs 11..11"),
        ("step", "2..4", "--epochs 2..4"),
        ("loss", "2..4", "--epochs 2..4"),
        ("contour", "2..4", "draw contour --with rprop -o a.svg"),
    ];
    for (figure, range, today) in cases {
        folder.done(&[
            "draw", figure, "--with", "rprop", "--epochs", range, "-o", "a.svg",
        ]);
        let new = folder.read("a.svg");
        folder.done(&["redraw", "a.svg"]);
        assert_eq!(folder.read("a.svg"), new);
        let old = new.replace("\nrecipe 2", "");
        assert_ne!(old, new);
        folder.write("a.svg", old);
        let was = format!("was drawn with --epochs {range}");
        folder.refused(&["redraw", "a.svg"], &[&was, today]);
    }
}

#[test]
fn redraw_reproduces_the_map_of_train_with_options_of_several_groups() {
    let folder = TestFolder::new();
    let train = ["train", "--with", "rprop", "--plain", "--out", "q"];
    for options in [
        &["--tolerance", "1e-9", "--epochs", "5"][..],
        &["--tune", "--budget", "30", "--window=-6,6,-6,6"],
    ] {
        folder.done(&with(&train, options));
        let before = folder.read("q/map.svg");
        folder.done(&["redraw", "q/map.svg"]);
        assert_eq!(folder.read("q/map.svg"), before);
    }
}

#[test]
fn redraw_refuses_a_recipe_of_a_newer_version() {
    let folder = TestFolder::new();
    let draw = ["draw", "contour", "--with", "rprop", "--epochs", "2..5"];
    folder.done(&with(&draw, &["-o", "a.svg"]));
    let newer = folder.read("a.svg").replace("\nrecipe 2", "\nrecipe 99");
    folder.write("a.svg", newer);
    folder.refused(
        &["redraw", "a.svg"],
        &["a.svg has the version 99", "update the program"],
    );
}

#[test]
fn a_picture_refuses_a_data_file_whose_name_it_cannot_store() {
    let folder = TestFolder::new();
    let name = "two\nlines.csv";
    folder.write(name, "a,b,y\n0,1,0\n1,0,1\n1,1,1\n");
    let pick = format!("csv:path=\"{name}\"");
    let train = ["train", "--on", &pick, "--with", "rprop", "--plain"];
    let words = [
        "two\\nlines.csv contains a control character",
        "rename the file",
    ];
    folder.refused(&["draw", "contour", "--on", &pick, "-o", "a.svg"], &words);
    folder.refused(&with(&train, &["--out", "q"]), &words);
    folder.done(&with(&train, &["--trace", "t.csv"]));
}

#[test]
fn redraw_rejects_recipes_of_other_commands_and_outputs() {
    let folder = TestFolder::new();
    folder.done(&with(&PATHS, &["-o", "a.svg"]));
    let svg = folder.read("a.svg");
    for (old, new) in [
        ("draw contour", "draw contour -o b.svg"),
        ("draw contour", "article --out b"),
        ("draw contour", "draw contuor"),
        ("--epochs 5", "--epochs 5 --sudo"),
    ] {
        folder.write("b.svg", svg.replace(old, new));
        folder.refused(&["redraw", "b.svg", "-o", "c.svg"], &[]);
    }
    folder.refused(
        &["redraw", "nothing.svg"],
        &["nothing.svg", "could not read"],
    );
    folder.write("plain.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    folder.refused(
        &["redraw", "plain.svg"],
        &["plain.svg", "not contain a recipe"],
    );
    folder.write("empty.png", "");
    folder.refused(
        &["recipe", "empty.png"],
        &["empty.png", "not contain a recipe"],
    );
}

#[test]
fn more_than_two_weights_are_shown_on_a_plane() {
    let folder = TestFolder::new();
    let network = [
        "draw",
        "contour",
        "--on",
        "mlp:layers=2-3-1",
        "--with",
        "rprop",
    ];
    for plane in ["w3,w7", "seed:1", "path"] {
        folder.done(&with(&network, &["--plane", plane, "-o", "a.svg"]));
        assert!(folder.read("a.svg").contains("RPROP"), "{plane}");
    }
    let refused = |more: &[&str], words: &[&str]| {
        folder.refused(&with(&network, &with(more, &["-o", "b.svg"])), words);
    };
    // The plane of the path is the default, also with a window.
    folder.done(&with(&network, &["-o", "default.svg"]));
    folder.done(&with(&network, &["--plane", "path", "-o", "path.svg"]));
    let map = |file: &str| {
        folder
            .read(file)
            .split("</metadata>")
            .last()
            .map(str::to_owned)
    };
    assert_eq!(map("default.svg"), map("path.svg"));
    folder.done(&with(&network, &["--window", "0,1,0,1", "-o", "b.svg"]));
    // A path that does not exist defines no plane.
    folder.done(&["draw", "contour", "--on", "mlp:layers=2-3-1", "-o", "b.svg"]);
    // Data files contain all weights unless the figure shows a plane.
    folder.done(
        &[
            &["draw", "loss"],
            &network[2..],
            &["-o", "b.svg", "--save-data", "b.csv"],
        ]
        .concat(),
    );
    assert!(
        folder.read("b.csv").contains("w13"),
        "{}",
        folder.read("b.csv")
    );
    refused(&["--plane", "w3,w14"], &["w14", "w1 to w13"]);
    refused(&["--plane", "w3,w3"], &["w3,w3", "line"]);
    refused(&["--plane", "w3"], &["w3", "not a plane"]);
    let out = folder.done(&[
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
    assert!(out.contains("RPROP") && folder.path("out/map.png").is_file());
}

#[test]
fn invalid_input_is_rejected() {
    let folder = TestFolder::new();
    let refused = |words: &[&str], message: &[&str]| folder.refused(words, message);
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
fn redraw_reproduces_an_animation() {
    let folder = TestFolder::new();
    let race = [
        "animate", "--with", "rprop", "--epochs", "4", "--size", "300x240",
    ];
    // The recipe has more bytes than one block of a GIF comment.
    let long = format!("momentum:learning_rate=0.3{}", "0".repeat(300));
    for name in ["a.gif", "a.apng"] {
        folder.done(&with(&race, &["--with", &long, "-o", name]));
        let before = fs::read(folder.path(name)).unwrap();
        let recipe = folder.done(&["recipe", name]);
        assert!(
            recipe.contains(&long) && recipe.starts_with("thalweg animate"),
            "{recipe}"
        );
        folder.done(&["redraw", name]);
        assert!(
            before == fs::read(folder.path(name)).unwrap(),
            "{name} has changed"
        );
    }
}

#[test]
fn text_is_legible_at_every_preset_or_the_size_is_rejected() {
    let folder = TestFolder::new();
    for figure in [
        "contour", "zoom", "step", "state", "panels", "starts", "loss",
    ] {
        for size in ["paper-column", "paper-page", "slide", "square"] {
            let draw = [
                "draw", figure, "--with", "rprop", "--size", size, "-o", "a.svg",
            ];
            folder.done(&draw);
        }
    }
    let article = ["draw", "article", "--size", "paper-column", "-o", "b.svg"];
    folder.refused(
        &article,
        &["All five algorithms", "pt", "the minimum is 7 pt"],
    );
}

#[test]
fn labels_can_show_the_variant() {
    let folder = TestFolder::new();
    let four = ["rprop", "rprop-minus", "irprop-plus", "irprop-minus"];
    let draw = ["draw", "contour", "--variants", "-o", "a.svg"];
    let picks = four.iter().flat_map(|id| ["--with", *id]);
    folder.done(&with(&draw, &picks.collect::<Vec<_>>()));
    let svg = folder.read("a.svg");
    for id in four {
        let shown = folder.done(&["show", id]);
        let (_, variant) = shown.split_once("this variant: ").unwrap();
        let variant = variant.split(".\n").next().unwrap();
        assert!(svg.contains(variant), "no `{variant}` in the legend");
    }
}

#[test]
fn logs_of_other_programs_lie_beside_the_runs() {
    let folder = TestFolder::new();
    folder.write("board.csv", "Wall time,Step,Value\n1.5,0,0.9\n2.5,10,0.4\n");
    let columns = "\"Step\",\"lr 0.1 - loss\",\"lr 0.1 - loss__MIN\",\"lr 0.1 - loss__MAX\"";
    let rows = "\"0\",\"0.8\",\"0.8\",\"0.8\"\n\"5\",\"0.5\",\"0.5\",\"0.5\"\n";
    folder.write("wandb.csv", format!("{columns}\n{rows}"));
    let logs = ["--log", "board.csv", "--log", "wandb.csv"];
    let draw = [
        "draw", "loss", "--on", "article", "--with", "rprop", "-o", "l.svg",
    ];
    folder.done(&[&draw[..], &logs].concat());
    let picture = folder.read("l.svg");
    for name in [
        "RPROP (",
        "board.csv (log)",
        "lr 0.1 (log)",
        "lr 0.1 from 0.8 to 0.5",
    ] {
        assert!(picture.contains(name), "{name}");
    }
    let recipe = folder.done(&["recipe", "l.svg"]);
    assert!(
        recipe.contains("--log board.csv --log wandb.csv"),
        "{recipe}"
    );
    folder.done(&["redraw", "l.svg"]);
    assert_eq!(folder.read("l.svg"), picture);
    // Logs do not need a run.
    folder.done(&["draw", "loss", "--log", "wandb.csv", "-o", "alone.svg"]);
    assert!(!folder.read("alone.svg").contains("Target"));
}

#[test]
fn a_log_of_losses_is_no_run() {
    let folder = TestFolder::new();
    folder.write("board.csv", "Wall time,Step,Value\n1.5,0,0.9\n2.5,10,0.4\n");
    folder.write(
        "wandb.csv",
        "\"Step\",\"a - loss\"\n\"0\",\"0.8\"\n\"5\",\"0.5\"\n",
    );
    folder.refused(
        &[
            "draw",
            "contour",
            "--with",
            "rprop",
            "--log",
            "board.csv",
            "-o",
            "c.svg",
        ],
        &[
            "none of the figures shows a log of losses",
            "draw the figure `loss`",
        ],
    );
    folder.refused(
        &[
            "train",
            "--on",
            "article",
            "--with",
            "recorded:path=wandb.csv",
        ],
        &[
            "columns of steps and losses",
            "`thalweg draw loss --log wandb.csv -o loss.svg`",
        ],
    );
    folder.refused(
        &["train", "--on", "article", "--with", "board.csv"],
        &[
            "a file, not an optimizer",
            "thalweg draw loss --log board.csv -o loss.svg",
        ],
    );
}

/// Returns the sizes of the pages of a PDF file, as written in it.
fn page_sizes(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let boxes = text.split("/MediaBox").skip(1);
    let size = |rest: &str| rest.split(']').next().unwrap_or_default().trim().to_owned();
    boxes.map(size).collect()
}

#[test]
fn the_pages_of_a_deck_have_the_same_size() {
    let folder = TestFolder::new();
    let deck = [
        "draw",
        "contour",
        "step",
        "loss",
        "panels",
        "starts:grid=2,epochs=3",
        "bars",
    ];
    let runs = ["--with", "rprop", "--with", "momentum", "--epochs", "5"];
    for size in [&["--size", "slide"][..], &[]] {
        folder.done(&[&deck[..], &runs, size, &["-o", "deck.pdf"]].concat());
        let sizes = page_sizes(&fs::read(folder.path("deck.pdf")).unwrap());
        assert_eq!(sizes.len(), 6, "{sizes:?}");
        assert!(sizes.iter().all(|size| *size == sizes[0]), "{sizes:?}");
        if !size.is_empty() {
            // 1280 x 720 px in points.
            assert!(sizes[0].ends_with("960 540"), "{sizes:?}");
        }
    }
}
