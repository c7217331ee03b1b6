//! Pictures in the terminal.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use common::{TestFolder, read_output};

const WITH: &[&str] = &["--on", "article", "--with", "momentum", "--with", "rprop"];

/// Returns the output of the program with these environment variables of the terminal and no others.
fn printed(args: &[&str], vars: &[(&str, &str)]) -> String {
    let folder = TestFolder::new();
    let mut command = folder.command();
    for name in [
        "COLORTERM",
        "COLUMNS",
        "KITTY_WINDOW_ID",
        "LINES",
        "NO_COLOR",
        "TERM",
        "TERM_PROGRAM",
        "TMUX",
    ] {
        command.env_remove(name);
    }
    command.envs(vars.iter().copied());
    let output = read_output(&command.args(args).output().unwrap());
    assert_eq!(output.status, 0, "{args:?}: {}", output.err);
    output.out
}

fn draw(more: &[&str], vars: &[(&str, &str)]) -> String {
    printed(
        &[&["draw", "contour"], WITH, &["-o", "-"], more].concat(),
        vars,
    )
}

#[test]
fn a_pipe_gets_characters_in_80_columns_and_24_lines() {
    let text = draw(&[], &[]);
    assert_eq!(
        text,
        draw(&[], &[("TERM", "xterm-kitty"), ("COLORTERM", "truecolor")])
    );
    assert!(text.is_ascii() && !text.contains('\u{1b}'), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    // One line remains for the shell prompt.
    assert_eq!(lines.len(), 23, "{text}");
    assert!(lines.iter().all(|line| line.len() <= 80), "{text}");
    assert_eq!(
        lines[19],
        "First weight -6 to 6, Second weight -6 to 6 upwards"
    );
    assert!(lines[20].starts_with("loss 0.1"), "{text}");
    assert_eq!(
        lines[21..],
        [" a  Momentum (92 steps)", " b  RPROP (20 steps)"]
    );
    let map = lines[..19].concat();
    for letter in ['+', 'a', 'A', 'b', 'B', '@', '.'] {
        assert!(map.contains(letter), "no {letter} in\n{text}");
    }
    let small = draw(&[], &[("COLUMNS", "30"), ("LINES", "40")]);
    assert_eq!(small.lines().count(), 19, "{small}");
    assert!(
        small.lines().take(15).all(|line| line.len() <= 30),
        "{small}"
    );
}

#[test]
fn blocks_use_the_colors_of_the_terminal() {
    let forced = ["--terminal", "blocks"];
    let full = draw(&forced, &[("COLORTERM", "truecolor")]);
    assert!(full.contains("\u{1b}[38;2;") && full.contains('▀'));
    assert_eq!(full.lines().count(), 23);
    let indexed = draw(&forced, &[("TERM", "xterm-256color")]);
    assert!(indexed.contains("\u{1b}[38;5;") && !indexed.contains("\u{1b}[38;2;"));
    for line in full
        .lines()
        .chain(indexed.lines())
        .filter(|l| l.contains('\u{1b}'))
    {
        assert!(
            line.contains("\u{1b}[0m"),
            "a line that does not reset its colors: {line:?}"
        );
    }
    let refused = [("COLORTERM", "truecolor"), ("NO_COLOR", "1")];
    assert_eq!(draw(&forced, &refused), draw(&[], &[]));
    // An empty variable has no effect.
    let empty = [("COLORTERM", "truecolor"), ("NO_COLOR", "")];
    assert_eq!(draw(&forced, &empty), full);
    assert_eq!(draw(&["--plain"], &[]), draw(&["--terminal", "plain"], &[]));
}

#[test]
fn kitty_gets_the_picture_as_a_file() {
    let text = draw(&["--terminal", "kitty"], &[]);
    let mut letters = String::new();
    for piece in text.trim_end().split_terminator("\u{1b}\\") {
        letters += piece
            .strip_prefix("\u{1b}_G")
            .unwrap()
            .split_once(';')
            .unwrap()
            .1;
    }
    let bytes = STANDARD.decode(letters).unwrap();
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let info = decoder.read_info().unwrap();
    let size = (info.info().width, info.info().height);
    // The figure has 760 x 640 px and is drawn at a scale of 2.
    assert_eq!(size, (1520, 1280));
}

#[test]
fn sixels_fit_into_the_terminal() {
    let text = draw(
        &["--terminal", "sixel"],
        &[("COLUMNS", "200"), ("LINES", "30")],
    );
    let body = text.strip_prefix("\u{1b}Pq\"1;1;").unwrap();
    let (size, _) = body.split_once('#').unwrap();
    // 29 rows give 68 columns, of nine pixels.
    assert_eq!(size, "612;515");
    assert!(text.ends_with("-\u{1b}\\\n"));
    assert_eq!(text.matches('-').count(), 515_usize.div_ceil(6));
}

#[test]
fn train_shows_the_map_on_request() {
    let args = |more: &[&'static str]| [&["train"], WITH, more].concat();
    let table = printed(&args(&[]), &[("TERM", "xterm-256color")]);
    assert!(
        table.starts_with("optimizer "),
        "a pipe gets no picture: {table}"
    );
    let plain = printed(&args(&["--terminal", "plain"]), &[]);
    assert!(plain.ends_with(&format!("\n\n{table}")), "{plain}");
    assert!(plain.contains(" b  RPROP (20 steps)"), "{plain}");
    assert_eq!(printed(&args(&["--plain"]), &[]), table);
    let blocks = printed(&args(&["--terminal", "blocks"]), &[]);
    assert!(blocks.contains('▀') && blocks.ends_with(&table));
    // The map shows the window. A trace on standard output is not mixed with a map.
    let window = ["--terminal", "plain", "--window", "-1,1,-1,2"];
    assert!(
        printed(&args(&window), &[])
            .contains("First weight -1 to 1, Second weight -1 to 2 upwards")
    );
    let trace = [
        "train", "--on", "article", "--with", "rprop", "--trace", "-",
    ];
    let forced = [&trace[..], &["--terminal", "blocks"]].concat();
    assert_eq!(printed(&forced, &[]), printed(&trace, &[]));
    // Three weights have no map.
    let deep = [
        "train",
        "--on",
        "mlp:layers=2-2-1",
        "--with",
        "rprop",
        "--epochs",
        "9",
    ];
    let forced = [&deep[..], &["--terminal", "blocks"]].concat();
    assert_eq!(printed(&forced, &[]), printed(&deep, &[]));
}

#[test]
fn a_chart_in_blocks_names_its_runs() {
    let args = [
        &["draw", "loss"],
        WITH,
        &["-o", "-", "--terminal", "blocks"],
    ]
    .concat();
    let text = printed(&args, &[("COLORTERM", "truecolor")]);
    let entry = |name: &str| {
        let line = text
            .lines()
            .find(|line| line.contains(&format!("━━ \u{1b}[0m {name}")));
        let line = line.unwrap_or_else(|| panic!("no {name} in {text}"));
        line.split("\u{1b}[48").next().unwrap().to_owned()
    };
    // Each name follows a sign in the color of its curve.
    let [momentum, rprop] = ["Momentum", "RPROP"].map(entry);
    assert!(momentum.starts_with("\u{1b}[38;2;") && rprop.starts_with("\u{1b}[38;2;"));
    assert_ne!(momentum, rprop);
    let picture: String = text.lines().filter(|line| line.contains('▀')).collect();
    for color in [momentum, rprop] {
        let color = color.trim_start_matches("\u{1b}[38");
        assert!(picture.contains(color), "{color}");
    }
    assert!(text.lines().count() <= 23, "{text}");
    let plain = printed(&[&args[..6], &["-o", "-", "--plain"]].concat(), &[]);
    assert!(!plain.contains('\u{1b}'));
}

#[test]
fn one_epoch_is_singular() {
    let text = printed(&["train", "--with", "rprop", "--epochs", "1"], &[]);
    assert!(text.contains("at most 1 epoch;"), "{text}");
}

#[test]
fn invalid_terminal_options_are_rejected() {
    let folder = TestFolder::new();
    let draw = [&["draw", "contour"], WITH].concat();
    let with = |more: &[&'static str]| [&draw[..], more].concat();
    folder.refused(
        &with(&["-o", "m.svg", "--terminal", "blocks"]),
        &["require a picture in the terminal", "add -o -"],
    );
    folder.refused(&with(&["-o", "m.svg", "--plain"]), &["add -o -"]);
    folder.refused(
        &with(&["-o", "-", "--plain", "--terminal", "kitty"]),
        &["cannot be used with"],
    );
    folder.refused(
        &with(&["-o", "-", "--terminal", "ascii"]),
        &["kitty", "sixel", "blocks", "plain"],
    );
    // A picture can be written to files and shown in the terminal.
    let both = folder.done(&with(&["-o", "-", "-o", "m.svg"]));
    assert!(both.contains("RPROP (20 steps)"));
    assert_eq!(folder.files("").len(), 1);
}
