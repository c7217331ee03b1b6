//! Tests of the layout of every figure and animation at every size, in every theme, on two problems: no text is cut or
//! covered, and every page has the requested size.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{
    drawing::{contest, traces},
    letters,
};
use thalweg::{catalog::EntryMetadata, experiment::PreparedExperiment, trace::Trace};
use thalweg_gallery::{
    animation::{AnimationOptions, AnimationView, EpochSpacing, PlaybackOptions, RunAnimation},
    figures::{ConfiguredFigure, FigureInput, FigureStyle, REGISTRY},
};
use thalweg_plot::{
    animation::{Animation, Loops},
    scene::{Node, Point, Polyline, Rect, Scene, TextNode},
    size::Size,
    theme::THEMES,
};

/// Figures whose defaults would take too long.
const FAST: [(&str, &str); 2] = [
    ("starts", "starts:grid=4,epochs=40"),
    ("surface", "surface:cells=24"),
];
/// Corners of texts may touch by rounding, in px.
const ROUNDING: f64 = 0.6;

/// What a scene contains: texts with their clips, and centers of discs between axes.
#[derive(Default)]
struct Content<'a> {
    texts: Vec<(&'a TextNode, Option<Rect>)>,
    /// Texts outside of legends.
    labels: Vec<&'a TextNode>,
    /// The ends of paths: discs in the color of a line.
    ends: Vec<Point>,
    /// Cards of legends.
    cards: Vec<Rect>,
}

impl<'a> Content<'a> {
    fn add(&mut self, nodes: &'a [Node], clip: Option<Rect>, group: &str) {
        for node in nodes {
            match node {
                Node::Group {
                    id,
                    clip: own,
                    nodes,
                } => {
                    let id = if id.is_empty() { group } else { id };
                    self.add(nodes, own.or(clip), id);
                }
                Node::Text(text) => {
                    self.texts.push((text, clip));
                    if !group.ends_with("legend") {
                        self.labels.push(text);
                    }
                }
                Node::Circle { center, .. }
                    if group.ends_with("marks")
                        && clip.is_none_or(|clip| clip.contains(*center)) =>
                {
                    self.ends.push(*center);
                }
                Node::Path {
                    lines,
                    fill: Some(_),
                    ..
                } if group.ends_with("legend") && is_card(lines) => {
                    let [a, c] = [lines[0].points[0], lines[0].points[2]];
                    self.cards.push(Rect::new(a, [c[0] - a[0], c[1] - a[1]]));
                }
                _ => {}
            }
        }
    }
}

/// Returns whether lines are a rectangle.
fn is_card(lines: &[Polyline]) -> bool {
    matches!(lines, [line] if line.closed && line.points.len() == 4)
}

/// Returns what is wrong with the layout.
fn faults(scene: &Scene, has_path_ends: bool) -> Vec<String> {
    let mut content = Content::default();
    content.add(&scene.nodes, None, "");
    let mut faults = Vec::new();
    let page = Rect::new([0.0; 2], scene.size).grown(ROUNDING);
    for (i, (text, clip)) in content.texts.iter().enumerate() {
        let own = letters(text);
        if !page.encloses(&own) {
            faults.push(format!("`{}` leaves the page", text.text));
        }
        if clip.is_some_and(|clip| !clip.grown(ROUNDING).encloses(&own)) {
            faults.push(format!("`{}` is clipped", text.text));
        }
        for (other, _) in &content.texts[..i] {
            if own.grown(-ROUNDING / 2.0).overlaps(&letters(other)) {
                faults.push(format!("`{}` lies on `{}`", text.text, other.text));
            }
        }
        let covered = content.ends.iter().filter(|end| own.contains(**end));
        if has_path_ends && covered.count() > 0 {
            faults.push(format!("`{}` lies on the end of a path", text.text));
        }
    }
    for text in &content.labels {
        let covers = |card: &&Rect| card.grown(-ROUNDING).overlaps(&letters(text));
        if content.cards.iter().any(|card| covers(&card)) {
            faults.push(format!("the legend lies on `{}`", text.text));
        }
    }
    let hidden = |end: &&Point| content.cards.iter().any(|card| card.contains(**end));
    if has_path_ends && content.ends.iter().any(|end| hidden(&end)) {
        faults.push("the legend lies on the end of a path".to_owned());
    }
    faults
}

/// A problem with its runs, which all figures share.
struct Case {
    contest: PreparedExperiment,
    traces: Vec<Trace>,
    plane: Option<&'static str>,
}

fn cases() -> [Case; 2] {
    let case = |on: &str, with: &[&str], plane| {
        let contest = contest(on, with, 60);
        let traces = traces(&contest);
        Case {
            contest,
            traces,
            plane,
        }
    };
    let two = ["gradient-descent:learning_rate=0.3", "rprop"];
    let three = [
        "momentum:learning_rate=0.1",
        "adam:learning_rate=0.1",
        "adam:learning_rate=0.01,beta1=0.8",
    ];
    [
        case("article", &two, None),
        case("mlp:data=six-points,layers=2-2-1", &three, Some("path")),
    ]
}

/// Draws a figure; returns `None` if the problem does not have what it requires.
fn drawn(about: &EntryMetadata, subject: &FigureInput, look: FigureStyle) -> Option<Scene> {
    let fast = FAST.iter().find(|(id, _)| *id == about.id);
    let pick = fast.map_or(&*about.id, |(_, pick)| pick);
    let figure: Box<dyn ConfiguredFigure> = REGISTRY.build(&pick.parse().unwrap(), None).unwrap();
    subject.check(figure.requirements()).ok()?;
    figure.draw(subject, look).ok()
}

/// Checks every figure at one size.
fn check(size: &str) {
    let size: Size = size.parse().unwrap();
    let mut faults_found = Vec::new();
    let mut count = 0;
    for case in cases() {
        let plane = case.plane.map(|plane| plane.parse().unwrap());
        let subject = FigureInput::new(&case.contest, &case.traces, plane, None).unwrap();
        for entry in REGISTRY.entries {
            let about = &entry.about;
            // The figures of the article have their own size; `article.rs` tests them.
            if about.id == "article" {
                continue;
            }
            for theme in THEMES {
                let look = FigureStyle {
                    size: Some(size.layout),
                    is_column: size.is_column,
                    ..FigureStyle::of(&theme.theme)
                };
                let Some(scene) = drawn(about, &subject, look) else {
                    continue;
                };
                count += 1;
                let has_path_ends = about.id != "data";
                let mut wrong = faults(&scene, has_path_ends);
                let scene = size.fit(scene);
                let [px, right] = [scene.px(), size.px()];
                let near = |i: usize| (px[i] - right[i]).abs() < 0.01 * right[i];
                if !(near(0) && (size.is_column || near(1))) {
                    wrong.push(format!("the page is {px:?} instead of {right:?}"));
                }
                let place = format!(
                    "{} on {} in {}",
                    about.id, case.contest.problem.title, theme.id
                );
                faults_found.extend(wrong.into_iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    assert!(count >= 20 * THEMES.len(), "{count}");
    assert!(faults_found.is_empty(), "{}", faults_found.join("\n"));
}

#[test]
fn every_figure_fits_in_a_column_of_a_paper() {
    check("paper-column");
}

#[test]
fn every_figure_fits_on_a_page_of_a_paper() {
    check("paper-page");
}

#[test]
fn every_figure_fits_on_a_slide() {
    check("slide");
}

#[test]
fn every_figure_fits_in_a_square() {
    check("square");
}

#[test]
fn every_figure_fits_in_a_narrow_picture() {
    check("400x700");
}

#[test]
fn every_figure_fits_in_a_small_picture() {
    check("400x300");
}

/// Returns what is wrong with a frame of an animation whose pictures are `width` pixels wide.
fn frame_faults(
    animation: &Animation<'_>,
    picture: usize,
    width: u32,
    names: &[String],
) -> Vec<String> {
    /// Smallest size of a text in pixels.
    const SMALLEST: f64 = 7.5;
    let scale = f64::from(width) / animation.background.size[0];
    let mut legend = animation.overlay.clone();
    legend.extend((animation.content)(picture).above);
    let mut scene = animation.background.clone();
    scene.nodes.push(Node::Group {
        id: "legend".to_owned(),
        clip: None,
        nodes: legend,
    });
    let texts = common::texts(&scene.nodes);
    let small = texts.iter().find(|t| scale * t.size < SMALLEST);
    let missing = names
        .iter()
        .find(|name| !texts.iter().any(|t| t.text == **name));
    let mut found = faults(&scene, false);
    found.extend(small.map(|t| format!("`{}` has {} pixels", t.text, scale * t.size)));
    found.extend(missing.map(|name| format!("`{name}` is missing")));
    found
}

/// Checks the first and the last frame of every animation at one size in pixels.
fn check_animations(pixels: [u32; 2]) {
    let playback = PlaybackOptions {
        fps: 25.0,
        duration: Some(0.2),
        pauses: [0.0, 0.0],
        spacing: EpochSpacing::Even,
        loops: Loops::Forever,
    };
    let views = [AnimationView::Map, AnimationView::Surface];
    let views = views.map(|view| [(view, false), (view, true)]).concat();
    let mut wrong = Vec::new();
    for case in cases() {
        let plane = case.plane.map(|plane| plane.parse().unwrap());
        let subject = FigureInput::new(&case.contest, &case.traces, plane, None).unwrap();
        let names: Vec<String> = subject.labels().map(str::to_owned).collect();
        let themed = THEMES[..2].iter().flat_map(|theme| {
            let views = views.iter();
            views.map(move |&(view, beside_data)| (view, beside_data, theme))
        });
        for (view, beside_data, theme) in themed {
            let options = AnimationOptions {
                theme: &theme.theme,
                pixels,
                playback,
                view,
                beside_data,
            };
            let runs = RunAnimation::new(&subject, options).unwrap();
            let animation = runs.animation();
            for picture in [0, animation.timing.pictures - 1] {
                let title = &case.contest.problem.title;
                let place = format!("{view:?} of {title}, {beside_data}, {picture}");
                let found = frame_faults(&animation, picture, pixels[0], &names);
                wrong.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_animation_fits_in_a_flat_picture() {
    check_animations([600, 300]);
}

#[test]
fn every_animation_fits_in_a_small_square() {
    check_animations([400, 400]);
}

#[test]
fn every_animation_fits_on_a_screen() {
    check_animations([1280, 720]);
}
