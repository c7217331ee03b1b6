//! Requirements of the formats, each tested with a minimal scene.

#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]
// A failing unwrap is a failing test.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use roxmltree::Document;
use thalweg_plot::PlotError;
use thalweg_plot::color::Color;
use thalweg_plot::formats::{canvas, png, svg};
use thalweg_plot::scene::{Align, Node, Point, Polyline, Rect, Scene, Stroke, TextNode};
use thalweg_plot::text;

const BLACK: Color = Color::hex(0x00_00_00);
const RED: Color = Color::hex(0xff_00_00);
const WHITE: Color = Color::hex(0xff_ff_ff);

fn scene(size: [f64; 2], nodes: Vec<Node>) -> Scene {
    Scene {
        title: "A title".to_owned(),
        description: "A description".to_owned(),
        nodes,
        ..Scene::blank(size, WHITE)
    }
}

fn pen(color: Color, width: f64) -> Stroke {
    Stroke {
        color,
        width,
        dash: None,
    }
}

fn square(left: f64, top: f64, side: f64) -> Polyline {
    let (right, bottom) = (left + side, top + side);
    Polyline {
        points: vec![[left, top], [right, top], [right, bottom], [left, bottom]],
        closed: true,
    }
}

fn filled(lines: Vec<Polyline>, color: Color) -> Node {
    Node::Path {
        lines,
        fill: Some(color),
        stroke: None,
    }
}

fn label(at: Point, text: &str) -> TextNode {
    TextNode {
        at,
        text: text.to_owned(),
        size: 12.0,
        color: BLACK,
        align: Align::Start,
        turn: 0.0,
        halo: None,
    }
}

fn group(id: &str, clip: Option<Rect>, nodes: Vec<Node>) -> Node {
    Node::Group {
        id: id.to_owned(),
        clip,
        nodes,
    }
}

/// Returns the width in pixels, and the rows of red, green, and blue.
fn pixels(scene: &Scene, scale: f64) -> (usize, Vec<[u8; 3]>) {
    let file = png::encode(scene, scale).unwrap();
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    assert_eq!(info.color_type, ::png::ColorType::Rgb);
    let rgb = data.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect();
    (info.width as usize, rgb)
}

fn attributes<'a>(document: &'a Document, name: &str) -> Vec<&'a str> {
    document
        .descendants()
        .filter_map(|node| node.attribute(name))
        .collect()
}

fn one_of_everything() -> Scene {
    let clip = Some(Rect {
        left: 5.0,
        top: 5.0,
        width: 50.0,
        height: 30.0,
    });
    let dashed = Stroke {
        dash: Some([4.0, 2.5]),
        ..pen(RED.with_opacity(0.5), 1.0)
    };
    let open = Polyline {
        points: vec![[0.0, 0.0], [10.0, 0.0], [20.0, 12.345]],
        closed: false,
    };
    scene(
        [60.0, 40.0],
        vec![
            group(
                "plot",
                clip,
                vec![
                    filled(vec![square(6.0, 6.0, 20.0), square(10.0, 10.0, 8.0)], RED),
                    Node::Path {
                        lines: vec![open],
                        fill: None,
                        stroke: Some(dashed),
                    },
                ],
            ),
            group("again", clip, vec![]),
            Node::Circle {
                center: [30.0, 20.0],
                radius: 2.5,
                fill: Some(RED.with_opacity(0.25)),
                stroke: Some(pen(BLACK, 0.75)),
            },
            Node::Text(TextNode {
                align: Align::Middle,
                turn: -90.0,
                halo: Some(pen(WHITE, 3.0)),
                ..label([8.0, 20.0], "loss < ε")
            }),
        ],
    )
}

#[test]
fn svg_is_readable() {
    let expected = r##"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" viewBox="0 0 60 40" role="img" aria-labelledby="text.title text.description" font-family="Roboto, Helvetica, Arial, sans-serif" stroke-linejoin="round">
  <title id="text.title">A title</title>
  <desc id="text.description">A description</desc>
  <rect width="60" height="40" fill="#ffffff"/>
  <clipPath id="clip.1">
    <rect x="5" y="5" width="50" height="30"/>
  </clipPath>
  <g id="plot" clip-path="url(#clip.1)">
    <path fill="#ff0000" fill-rule="evenodd" d="M6 6h20v20h-20z
M10 10h8v8h-8z"/>
    <path fill="none" stroke="#ff0000" stroke-opacity="0.5" stroke-dasharray="4 2.5" d="M0 0h10l10 12.35"/>
  </g>
  <g id="again" clip-path="url(#clip.1)"/>
  <circle cx="30" cy="20" r="2.5" fill="#ff0000" fill-opacity="0.25" stroke="#000000" stroke-width="0.75"/>
  <text x="8" y="20" font-size="12" text-anchor="middle" transform="rotate(-90 8 20)" fill="#000000" stroke="#ffffff" stroke-width="3" paint-order="stroke">loss &lt; ε</text>
</svg>
"##;
    assert_eq!(svg::encode(&one_of_everything()), expected);
}

#[test]
fn svg_states_the_width_of_long_texts() {
    let svg = |text: &str| {
        let mut scene = one_of_everything();
        scene.nodes.push(Node::Text(label([8.0, 20.0], text)));
        svg::encode(&scene)
    };
    let width = thalweg_plot::text::width("Gradient Descent", 12.0);
    let expected = format!("textLength=\"{width:.2}\" lengthAdjust=\"spacingAndGlyphs\"");
    assert!(svg("Gradient Descent").contains(&expected), "{expected}");
    // A short text, and one whose width is not known because the font lacks a character.
    assert!(!svg("Adam").contains("textLength"));
    assert!(!svg("Gradient \u{4e00} Descent").contains("textLength"));
}

#[test]
fn same_scene_same_bytes() {
    let (first, second) = (one_of_everything(), one_of_everything());
    assert_eq!(svg::encode(&first), svg::encode(&second));
    assert_eq!(
        png::encode(&first, 1.5).unwrap(),
        png::encode(&second, 1.5).unwrap()
    );
}

#[test]
fn any_text_survives_xml() {
    let hard = r#"</text> & "a" 'b' &amp; ]]> <!-- é ε −  two spaces "#;
    let picture = Scene {
        title: hard.to_owned(),
        nodes: vec![Node::Text(label([0.0, 9.0], hard))],
        ..scene([9.0, 9.0], vec![])
    };
    let text = svg::encode(&picture);
    let document = Document::parse(&text).unwrap();
    for tag in ["title", "text"] {
        let node = document
            .descendants()
            .find(|node| node.has_tag_name(tag))
            .unwrap();
        assert_eq!(node.text(), Some(hard));
    }

    let control = svg::encode(&scene(
        [9.0, 9.0],
        vec![Node::Text(label([0.0, 9.0], "a\u{1}b\u{ffff}c\nd"))],
    ));
    assert!(control.contains(">a\u{fffd}b\u{fffd}c d<"));
    assert!(Document::parse(&control).is_ok());
}

#[test]
fn ids_are_unique_in_a_page() {
    let picture = scene(
        [9.0, 9.0],
        vec![
            group("trace", None, vec![]),
            group("trace", None, vec![]),
            group("trace-2", None, vec![]),
            group("2 η", None, vec![group("text.title", None, vec![])]),
            group(
                "clipped",
                Some(Rect {
                    left: 0.0,
                    top: 0.0,
                    width: 1.0,
                    height: 1.0,
                }),
                vec![],
            ),
        ],
    );
    let page = format!(
        "<body>{}{}{}</body>",
        svg::encode(&picture),
        svg::encode_with_prefix(&picture, "a-"),
        svg::encode_with_prefix(&picture, "1\"b-"),
    );
    let document = Document::parse(&page).unwrap();
    let ids = attributes(&document, "id");
    let distinct: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!((ids.len(), distinct.len()), (27, 27), "{ids:?}");
    let valid = |id: &str| {
        id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && id
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    assert!(ids.iter().all(|id| valid(id)), "{ids:?}");
    assert!(
        [
            "trace",
            "trace-2",
            "trace-2-2",
            "_2--",
            "a-2--",
            "_1-b-trace"
        ]
        .iter()
        .all(|id| distinct.contains(id)),
        "{ids:?}"
    );

    let references = attributes(&document, "aria-labelledby")
        .into_iter()
        .flat_map(|list| list.split(' '))
        .chain(
            attributes(&document, "clip-path")
                .into_iter()
                .map(|url| &url["url(#".len()..url.len() - 1]),
        );
    assert_eq!(
        references
            .inspect(|id| assert!(distinct.contains(id), "{id}"))
            .count(),
        9
    );
}

#[test]
fn files_contain_only_finite_numbers() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let rect = Rect {
            left: bad,
            top: 0.0,
            width: 1.0,
            height: 1.0,
        };
        let corners = vec![[bad, 0.0], [1.0, bad], [1.0, 1.0], [2.0, 2.0], [3.0, 2.0]];
        let lines = vec![
            Polyline {
                points: corners.clone(),
                closed: true,
            },
            Polyline {
                points: corners,
                closed: false,
            },
        ];
        let circle = |center, radius, width| Node::Circle {
            center,
            radius,
            fill: Some(RED),
            stroke: Some(pen(BLACK, width)),
        };
        let picture = scene(
            [9.0, 9.0],
            vec![
                group(
                    "cut",
                    Some(rect),
                    vec![Node::Text(label([1.0, 1.0], "gone"))],
                ),
                Node::Path {
                    lines,
                    fill: Some(RED),
                    stroke: Some(Stroke {
                        dash: Some([bad, 1.0]),
                        ..pen(BLACK, 1.0)
                    }),
                },
                circle([bad, 1.0], 1.0, 1.0),
                circle([1.0, 1.0], bad, 1.0),
                circle([1.0, 1.0], 1.0, bad),
                Node::Text(label([1.0, bad], "gone")),
                Node::Text(TextNode {
                    size: bad,
                    ..label([1.0, 1.0], "gone")
                }),
                Node::Text(TextNode {
                    turn: bad,
                    ..label([1.0, 1.0], "gone")
                }),
                filled(vec![square(0.0, 0.0, 1e300)], RED.with_opacity(f64::NAN)),
            ],
        );
        let text = svg::encode(&picture);
        let lower = text.to_lowercase();
        assert!(
            !lower.contains("nan") && !lower.contains("inf") && !lower.contains("gone"),
            "{text}"
        );
        // A broken ring is not filled: its pieces are stroked, and only the complete circle is filled.
        assert!(
            text.contains(r##"<path fill="none" stroke="#000000" d="M1 1l1 1h1"##),
            "{text}"
        );
        assert_eq!(text.matches("<circle").count(), 1);
        assert!(png::encode(&picture, 1.0).is_ok());
        assert!(
            !svg::encode(&scene([bad, 1.0], vec![]))
                .to_lowercase()
                .contains("nan")
        );
    }
}

#[test]
fn a_ring_in_a_ring_is_a_hole() {
    let rings = vec![square(0.0, 0.0, 30.0), square(10.0, 10.0, 10.0)];
    let (width, rgb) = pixels(&scene([30.0, 30.0], vec![filled(rings, RED)]), 1.0);
    let at = |x: usize, y: usize| rgb[y * width + x];
    assert_eq!(
        [at(5, 15), at(15, 15), at(25, 15)],
        [[255, 0, 0], [255; 3], [255, 0, 0]]
    );
}

#[test]
fn open_lines_are_not_filled() {
    let open = Polyline {
        closed: false,
        ..square(0.0, 0.0, 10.0)
    };
    let both = Node::Path {
        lines: vec![open, square(20.0, 0.0, 10.0)],
        fill: Some(RED),
        stroke: Some(pen(BLACK, 1.0)),
    };
    let (_, rgb) = pixels(&scene([30.0, 10.0], vec![both]), 1.0);
    assert_eq!([rgb[5 * 30 + 5], rgb[5 * 30 + 25]], [[255; 3], [255, 0, 0]]);
}

#[test]
fn nothing_is_drawn_outside_a_clip() {
    let clip = Some(Rect {
        left: 2.0,
        top: 3.0,
        width: 4.0,
        height: 5.0,
    });
    let everywhere = filled(vec![square(-50.0, -50.0, 100.0)], RED);
    let (_, rgb) = pixels(
        &scene([10.0, 10.0], vec![group("", clip, vec![everywhere])]),
        2.0,
    );
    assert_eq!(rgb.iter().filter(|&&c| c == [255, 0, 0]).count(), 8 * 10);
    assert_eq!(rgb.iter().filter(|&&c| c == [255; 3]).count(), 400 - 80);
}

#[test]
fn a_translucent_background_is_composited_on_white() {
    let picture = Scene {
        background: BLACK.with_opacity(0.5),
        ..scene([2.3, 1.0], vec![])
    };
    let (width, rgb) = pixels(&picture, 1.0);
    assert_eq!(width, 2);
    assert!(rgb.iter().all(|c| c[0].abs_diff(128) <= 1), "{rgb:?}");
}

/// Returns the positions of the first and the last column with ink, in px.
fn ink(picture: &Scene, scale: f64) -> [f64; 2] {
    let (width, rgb) = pixels(picture, scale);
    let columns: Vec<_> = (0..rgb.len())
        .filter(|&i| rgb[i][0] < 128)
        .map(|i| i % width)
        .collect();
    let edge = |column: Option<&usize>| *column.unwrap() as f64 / scale;
    [edge(columns.iter().min()), edge(columns.iter().max())]
}

#[test]
fn measured_widths_are_drawn_widths() {
    let labels = [
        "0.3",
        "−4",
        "3×10⁻⁷",
        "loss",
        "weight w₁",
        "Learning rate η = 0.1",
        "AVATAR To We Ty P.",
        "Größe Τέλος ε ≤ 10⁻³",
        "“quoted” – ‘so’ … fi fl ffi",
        "Nesterov’s accelerated gradient, 1 234 epochs",
        "∂f √2 ∞ ≈ ∑ ∏ ∫ Δw",
    ];
    for size in [9.0, 12.0, 20.0] {
        for words in labels {
            assert!(text::has_glyphs(words), "{words}");
            // From the left edge of one bar to that of the other, which does not depend on the side bearings of the letters.
            let framed = format!("|{words}|");
            let expected = text::width(&framed, size) - text::width("|", size);
            let draw = |words: &str| {
                let node = Node::Text(TextNode {
                    size,
                    ..label([5.0, 30.0], words)
                });
                ink(&scene([600.0, 40.0], vec![node]), 4.0)
            };
            let drawn = draw(&framed)[1] - draw("|")[1];
            assert!(
                (drawn - expected).abs() < 0.5,
                "{words} at {size}: {drawn} drawn, {expected} measured"
            );
        }
    }
}

#[test]
fn text_follows_its_alignment() {
    let bars = |align| {
        let node = Node::Text(TextNode {
            align,
            ..label([100.0, 15.0], "|MM|")
        });
        let [left, right] = ink(&scene([200.0, 20.0], vec![node]), 4.0);
        f64::midpoint(left, right) - 100.0
    };
    let half = text::width("|MM|", 12.0) / 2.0;
    assert!((bars(Align::Start) - half).abs() < 0.5);
    assert!(bars(Align::Middle).abs() < 0.5);
    assert!((bars(Align::End) + half).abs() < 0.5);
}

#[test]
fn a_halo_is_behind_its_letters() {
    let node = Node::Text(TextNode {
        halo: Some(pen(WHITE, 8.0)),
        size: 40.0,
        ..label([10.0, 40.0], "I")
    });
    let picture = Scene {
        background: RED,
        ..scene([30.0, 50.0], vec![node])
    };
    let (width, rgb) = pixels(&picture, 1.0);
    let row = &rgb[25 * width..26 * width];
    let mut colors: Vec<_> = row
        .iter()
        .filter(|c| [[255, 0, 0], [255; 3], [0; 3]].contains(c))
        .collect();
    colors.dedup();
    assert_eq!(
        colors,
        [&[255, 0, 0], &[255; 3], &[0; 3], &[255; 3], &[255, 0, 0]]
    );
}

#[test]
fn cap_height_is_that_of_a_drawn_letter() {
    let node = Node::Text(TextNode {
        size: 50.0,
        ..label([0.0, 60.0], "H")
    });
    let (width, rgb) = pixels(&scene([60.0, 70.0], vec![node]), 1.0);
    let rows = (0..rgb.len())
        .filter(|&i| rgb[i][0] < 128)
        .map(|i| i / width);
    let height = rows.clone().max().unwrap() - rows.min().unwrap() + 1;
    assert!((height as f64 - text::cap_height(50.0)).abs() <= 1.0);
}

#[test]
fn impossible_sizes_are_errors() {
    let blank = |size| scene(size, vec![]);
    let error = png::encode(&blank([800.0, 600.0]), 20.0).unwrap_err();
    assert!(matches!(error, PlotError::TooManyPixels { .. }));
    assert_eq!(
        error.to_string(),
        "a picture of 800 x 600 px at scale 20 has more than 10000000 pixels: choose a smaller size or scale"
    );
    let cases = [
        ([800.0, 600.0], 0.0),
        ([800.0, 600.0], -1.0),
        ([800.0, 600.0], f64::NAN),
        ([0.0, 600.0], 1.0),
        ([f64::INFINITY, 1.0], 1.0),
    ];
    for (size, scale) in cases {
        assert!(
            matches!(
                png::encode(&blank(size), scale),
                Err(PlotError::NoPixels { .. })
            ),
            "{size:?} {scale}"
        );
    }
    assert!(png::encode(&blank([1e9, 1e-3]), 1.0).is_err());
    assert_eq!(pixels(&blank([0.2, 0.2]), 1.0).1.len(), 1);
}

#[test]
fn nothing_far_outside_of_the_page_reaches_a_file() {
    let line = Polyline {
        points: vec![[10.0, 10.0], [1e9, -1e9], [-1e300, 20.0]],
        closed: false,
    };
    let nodes = vec![
        Node::Path {
            lines: vec![line, square(-1e8, 20.0, 2e8)],
            fill: Some(RED),
            stroke: Some(pen(BLACK, 1.0)),
        },
        Node::Circle {
            center: [1e7, 20.0],
            radius: 3.0,
            fill: Some(RED),
            stroke: None,
        },
        Node::Text(label([1e7, -1e7], "3")),
        group(
            "map",
            Some(square_clip()),
            vec![Node::Text(label([-1e7, 9.0], "5"))],
        ),
    ];
    let scene = scene([60.0, 40.0], nodes);
    let file = svg::encode(&scene);
    let document = Document::parse(&file).unwrap();
    assert_eq!(
        document
            .descendants()
            .filter(|n| n.has_tag_name("text"))
            .count(),
        0
    );
    assert_eq!(
        document
            .descendants()
            .filter(|n| n.has_tag_name("circle"))
            .count(),
        0
    );
    let numbers = attributes(&document, "d").into_iter().flat_map(|data| {
        let data = data.replace('-', " -");
        let parts = data.split(|c: char| !"0123456789.-".contains(c));
        let parts = parts.filter(|part| !part.is_empty());
        parts
            .map(|part| part.parse::<f64>().unwrap())
            .collect::<Vec<_>>()
    });
    let largest = numbers.map(f64::abs).fold(0.0, f64::max);
    assert!((60.0..=200.0).contains(&largest), "{file}");
    // The line leaves the page in its direction, which single precision would lose.
    let (width, rows) = pixels(&scene, 1.0);
    assert!(rows[15 + 4 * width][0] < 100 && rows[18 + width][0] < 100);
    let drawing = canvas::encode(&scene);
    assert!(
        drawing.numbers.iter().all(|v| v.abs() <= 200.0),
        "{drawing:?}"
    );
}

fn square_clip() -> Rect {
    Rect {
        left: -1e7,
        top: 5.0,
        width: 2e7,
        height: 30.0,
    }
}
