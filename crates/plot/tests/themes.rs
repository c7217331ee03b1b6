//! Requirements of all themes: text is readable, and colors can be distinguished with every kind of vision.
//!
//! Differences are the smallest of [`thalweg_plot::vision`] over normal vision, protanopia, and deuteranopia.
#![allow(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use thalweg_plot::{
    color::Color,
    theme::{THEMES, Theme, ThemeEntry},
    vision::{ColorVision, difference, difference_in_gray},
};

/// Smallest difference of two paths, categories, or classes. The themes have at least 9.5, more than four times the
/// difference that is just visible side by side.
const APART: f64 = 9.0;
/// Smallest difference of colors on the ramp from the ramp; the themes have at least 14.7.
const OFF_THE_RAMP: f64 = 14.0;

/// Smallest difference of a path or its casing from any background; the themes have at least 14.6.
const STANDS_OUT: f64 = 14.0;

fn every_theme(check: impl Fn(&ThemeEntry)) {
    THEMES.iter().for_each(check);
}

fn ramp(theme: &Theme) -> Vec<Color> {
    (0..=100)
        .map(|i| theme.ramp_at(f64::from(i) / 100.0))
        .collect()
}

/// Returns the two most similar colors by a measure.
fn nearest(colors: &[Color], measure: fn(Color, Color) -> f64) -> (f64, Color, Color) {
    let pairs = colors
        .iter()
        .enumerate()
        .flat_map(|(i, a)| colors[..i].iter().map(move |b| (measure(*a, *b), *a, *b)));
    pairs.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

fn paths(theme: &Theme) -> Vec<Color> {
    theme.paths.iter().map(|style| style.color).collect()
}

#[test]
fn themes_are_found_by_name() {
    assert_eq!(
        Theme::names().collect::<Vec<_>>(),
        ["light", "dark", "print", "article"]
    );
    every_theme(|entry| {
        let found = Theme::by_name(entry.id).unwrap();
        assert_eq!(found.background, entry.theme.background);
        assert!(entry.summary.ends_with('.') && entry.summary.len() > 20);
    });
    let error = Theme::by_name("drak").unwrap_err();
    assert_eq!(error.to_string(), "there is no theme `drak`");
    assert_eq!(error.help().as_deref(), Some("did you mean `dark`?"));
}

#[test]
fn text_is_readable() {
    every_theme(|entry| {
        let theme = &entry.theme;
        assert!(
            theme.foreground.contrast(theme.background) >= 7.0,
            "{}",
            entry.id
        );
        // Small text is on the background, or on the card of a legend with an opacity of 0.9.
        for ground in ramp(theme) {
            let card = theme.background.with_opacity(0.9).over(ground);
            assert!(theme.foreground.contrast(card) >= 4.5, "{}", entry.id);
        }
        assert!(theme.text > theme.small && theme.small >= 12.0);
    });
}

#[test]
fn paths_categories_and_classes_can_be_distinguished() {
    every_theme(|entry| {
        let theme = &entry.theme;
        let ends = [theme.missed, theme.failed, theme.nothing];
        let areas = [theme.areas, &[theme.failed, theme.nothing]].concat();
        let outcomes = [&ends[..], &[theme.ramp_at(0.4), theme.area(5)]].concat();
        for (what, colors) in [
            ("paths", &paths(theme)),
            ("areas", &areas),
            ("outcomes", &outcomes),
            ("classes", &theme.classes.to_vec()),
        ] {
            let (least, a, b) = nearest(colors, difference);
            println!("{} {what}: {least:.1}", entry.id);
            assert!(least >= APART, "{} {what}: {a:?} {b:?} {least}", entry.id);
        }
    });
}

#[test]
fn the_target_and_the_second_path_stand_out_in_the_dark() {
    let theme = Theme::DARK;
    let colors = [paths(&theme), vec![theme.target]].concat();
    let (least, a, b) = nearest(&colors, difference);
    assert!(least >= APART, "{a:?} {b:?} {least}");
    for ground in ramp(&theme) {
        for color in [theme.target, paths(&theme)[1]] {
            let seen = ColorVision::Normal.difference(color, ground);
            assert!(seen >= OFF_THE_RAMP, "{color:?} on {ground:?}: {seen}");
        }
    }
}

#[test]
fn colors_of_missing_values_are_not_on_the_ramp() {
    every_theme(|entry| {
        let theme = &entry.theme;
        for ground in ramp(theme) {
            for color in [theme.missed, theme.failed] {
                let least = difference(color, ground);
                assert!(
                    least >= OFF_THE_RAMP,
                    "{} {color:?} {ground:?} {least}",
                    entry.id
                );
            }
        }
    });
}

#[test]
fn every_path_stands_out_from_any_background() {
    every_theme(|entry| {
        let theme = &entry.theme;
        for color in paths(theme) {
            for ground in ramp(theme)
                .into_iter()
                .chain([theme.background, theme.nothing])
            {
                // The line itself, or its casing if that differs from the line.
                let casing = theme.casing(color).over(ground);
                let cased = difference(casing, ground).min(difference(casing, color));
                let least = difference(color, ground).max(cased);
                assert!(
                    least >= STANDS_OUT,
                    "{} {color:?} {ground:?} {least}",
                    entry.id
                );
            }
        }
    });
}

#[test]
fn the_ramp_is_monotonic() {
    every_theme(|entry| {
        let theme = &entry.theme;
        let light: Vec<f64> = ramp(theme).iter().map(|c| c.luminance()).collect();
        assert!(light.is_sorted_by(|a, b| a >= b), "{}", entry.id);
        let [first, last] = [0.0, 1.0].map(|t| theme.ramp_at(t));
        assert!(difference_in_gray(first, last) > 25.0, "{}", entry.id);
    });
    // A small loss stands out: it differs most from the background.
    let dark = Theme::DARK;
    assert!(dark.ramp_at(0.0).contrast(dark.background) > 10.0);
    assert!(dark.ramp_at(1.0).contrast(dark.background) < 1.5);
}

#[test]
fn prints_in_gray_can_be_distinguished() {
    let theme = Theme::PRINT;
    let areas = [theme.areas, &[theme.failed, theme.nothing]].concat();
    let classes = theme.classes.to_vec();
    for colors in [&paths(&theme), &areas, &classes] {
        let (least, a, b) = nearest(colors, difference_in_gray);
        println!("{least:.1}");
        assert!(least >= APART, "{a:?} {b:?} {least}");
    }
    for ground in ramp(&theme) {
        for color in [theme.missed, theme.failed] {
            assert!(difference_in_gray(color, ground) >= OFF_THE_RAMP);
        }
    }
    for (i, style) in theme.paths.iter().enumerate() {
        assert!(
            theme.paths[..i]
                .iter()
                .all(|other| other.dash != style.dash)
        );
    }
}

#[test]
fn the_five_paths_of_the_article_keep_their_colors() {
    let five = [
        0x0010_1418,
        0x0000_8f5d,
        0x00c0_2f9e,
        0x00e0_4b1f,
        0x00ff_c71f,
    ];
    assert_eq!(paths(&Theme::LIGHT)[..5], five.map(Color::hex));
}
