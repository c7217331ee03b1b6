//! The content of PDF files, read from their bytes.
#![allow(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use miniz_oxide::inflate::decompress_to_vec_zlib;
use thalweg_plot::{
    PlotError,
    color::Color,
    formats::pdf,
    scene::{Align, Node, Polyline, Rect, Scene, Stroke},
    shapes,
};

const WHITE: Color = Color::hex(0x00ff_ffff);
const RED: Color = Color::hex(0x00ff_0000);

fn scene(title: &str, nodes: Vec<Node>) -> Scene {
    Scene {
        title: title.to_owned(),
        description: format!("{title}: what it shows"),
        nodes,
        ..Scene::blank([60.0, 40.0], WHITE)
    }
}

fn one_of_everything() -> Scene {
    let pen = Stroke {
        color: RED.with_opacity(0.5),
        width: 1.5,
        dash: Some([4.0, 2.5]),
    };
    let line = Polyline {
        points: vec![
            [0.0, 0.0],
            [10.0, 0.0],
            [f64::NAN, 1.0],
            [20.0, 12.345],
            [30.0, 1.0],
        ],
        closed: false,
    };
    let mut label = shapes::text([30.0, 20.0], "loss < ε", 12.0, RED, Align::Middle);
    label.turn = -90.0;
    label.halo = Some(Stroke {
        color: WHITE,
        width: 3.0,
        dash: None,
    });
    let lines = Node::Path {
        lines: vec![line],
        fill: Some(RED),
        stroke: Some(pen),
    };
    let clipped = Node::Group {
        id: "plot".to_owned(),
        clip: Some(Rect {
            left: 5.0,
            top: 5.0,
            width: 50.0,
            height: 30.0,
        }),
        nodes: vec![lines],
    };
    let disc = Node::Circle {
        center: [30.0, 20.0],
        radius: 2.5,
        fill: Some(RED.with_opacity(0.25)),
        stroke: None,
    };
    scene("A title", vec![clipped, disc, Node::Text(label)])
}

/// Returns the file with its compressed streams replaced by their text.
fn parts(bytes: &[u8]) -> (String, Vec<String>) {
    let text: String = bytes.iter().copied().map(char::from).collect();
    let (mut objects, mut streams) = (String::new(), Vec::new());
    for piece in text.split("\nendstream\n") {
        let (object, data) = piece.split_once("stream\n").unwrap_or((piece, ""));
        objects.push_str(object);
        let data: Vec<_> = data.chars().map(|c| c as u8).collect();
        let data = decompress_to_vec_zlib(&data).unwrap_or(data);
        streams.push(String::from_utf8_lossy(&data).into_owned());
    }
    (objects, streams)
}

#[test]
fn every_node_is_drawn() {
    let (objects, streams) = parts(&pdf::encode(&one_of_everything()).unwrap());
    let content = streams.iter().find(|text| text.contains("]TJ")).unwrap();
    let content = content.replace('\n', " ");
    for operation in [
        "/Figure<</MCID 0>>BDC 0.75 0 0 -0.75 0 30 cm ",
        "q 5 5 50 30 re W n ",
        "1 0 0 RG 1.5 w[4 2.5]0 d/O0.5 gs 0 0 m 10 0 l 20 12.35 m 30 1 l S Q",
        "1 0 0 rg/O0.25 gs 32.5 20 m ",
        "1 1 1 RG 3 w[]0 d/O1 gs ",
        "BT/F 12 Tf 0 -1 -1 0 30 ",
        " EMC",
    ] {
        assert!(content.contains(operation), "{operation}\n{content}");
    }
    // Open lines are not filled: only background, disc, and letters are.
    assert_eq!(content.matches(" f*").count(), 2);
    assert!(
        objects.contains("/O0.5<</Type/ExtGState/CA 0.5/ca 0.5>>"),
        "{objects}"
    );
}

#[test]
fn a_file_contains_its_description() {
    let pages = [one_of_everything(), scene("Second (page", vec![])];
    let (objects, streams) = parts(&pdf::encode_pages(&pages).unwrap());
    for entry in [
        "/Title(A title)",
        "/Subject(A title: what it shows)",
        "/Producer(Thalweg)",
        "/Lang(en)",
        "/MarkInfo<</Marked true>>",
        "/DisplayDocTitle true",
        "/Count 2",
        "/S/Figure",
        "/Alt(A title: what it shows)",
        r"/Alt(Second \(page: what it shows)",
        "/BBox[0 0 45 30]",
        "/MediaBox[0 0 45 30]",
    ] {
        assert!(objects.contains(entry), "{entry}\n{objects}");
    }
    assert!(!objects.contains("Date"));
    let packet = streams
        .iter()
        .find(|text| text.contains("xpacket"))
        .unwrap();
    assert!(packet.contains("<rdf:li xml:lang=\"x-default\">A title</rdf:li>"));
}

#[test]
fn the_same_scenes_give_the_same_bytes() {
    let pages = [one_of_everything(), scene("Second", vec![])];
    assert!(pdf::encode_pages(&pages).unwrap() == pdf::encode_pages(&pages).unwrap());
}

#[test]
fn a_page_without_text_has_no_font() {
    let bytes = pdf::encode(&Scene::blank([60.0, 40.0], WHITE)).unwrap();
    assert!(!parts(&bytes).0.contains("/Font"));
}

#[test]
fn a_page_needs_an_area() {
    for size in [[0.0, 40.0], [60.0, f64::NAN], [-1.0, 40.0]] {
        let result = pdf::encode(&Scene::blank(size, WHITE));
        assert!(matches!(result, Err(PlotError::NoPage { .. })), "{size:?}");
    }
}

#[test]
fn coordinates_stay_near_the_page() {
    let line = Polyline {
        points: vec![[10.0, 10.0], [1e9, -1e9], [-1e300, 20.0]],
        closed: false,
    };
    let path = Node::Path {
        lines: vec![line],
        fill: None,
        stroke: Some(Stroke::new(RED, 1.0)),
    };
    let mut label = shapes::text([1e7, -1e7], "3", 12.0, RED, Align::Middle);
    label.halo = Some(Stroke::new(WHITE, 3.0));
    let near = shapes::text([30.0, 20.0], "4", 12.0, RED, Align::Middle);
    let nodes = vec![path, Node::Text(label), Node::Text(near)];
    let (_, streams) = parts(&pdf::encode(&scene("A title", nodes)).unwrap());
    let content = streams.iter().find(|text| text.contains("]TJ")).unwrap();
    assert_eq!(content.matches("BT").count(), 1, "{content}");
    let numbers = content.split([' ', '\n', '[', ']', '<', '>']);
    let numbers = numbers.filter_map(|word| word.parse::<f64>().ok());
    let largest = numbers.map(f64::abs).fold(0.0, f64::max);
    assert!((60.0..=200.0).contains(&largest), "{content}");
}
