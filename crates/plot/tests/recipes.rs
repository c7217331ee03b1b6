//! The recipe of a picture can be read from its bytes.
#![allow(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

use roxmltree::Document;
use thalweg_plot::{
    color::Color,
    formats::{pdf, png, recipe::recipe_of, svg},
    scene::{Align, Node, Scene},
    shapes,
};

const WHITE: Color = Color::hex(0x00ff_ffff);

fn picture(recipe: Option<&str>) -> Scene {
    let misleading = concat!(
        "/Keywords (thalweg: no) <metadata id=\"text.recipe\">no</metadata> ",
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>",
        "<pdf:Keywords>thalweg: no</pdf:Keywords><?xpacket end=\"r\"?>",
    );
    let words = shapes::text([5.0, 20.0], misleading, 12.0, Color::hex(0), Align::Start);
    Scene {
        title: misleading.to_owned(),
        description: format!("{misleading} \u{e4}"),
        recipe: recipe.map(str::to_owned),
        nodes: vec![Node::Text(words)],
        ..Scene::blank([40.0, 30.0], WHITE)
    }
}

/// Returns the bytes in every format.
fn files(scene: &Scene) -> [(&'static str, Vec<u8>); 4] {
    [
        ("svg", svg::encode(scene).into_bytes()),
        (
            "svg in a page",
            svg::encode_with_prefix(scene, "a-").into_bytes(),
        ),
        ("png", png::encode(scene, 1.0).unwrap()),
        ("pdf", pdf::encode(scene).unwrap()),
    ]
}

#[test]
fn any_recipe_can_be_read() {
    let recipes = [
        "thalweg draw --on article --with rprop",
        "",
        " spaces  at both ends ",
        r#"--on 'formula:(1-x)^2' "double" -- ]]> <!-- --> < > & &amp; &lt; &#13; </metadata>"#,
        "Gr\u{f6}\u{df}e \u{20ac} \u{3b7} \u{1f600}",
        "lines\nand\r\nmore\ttabs\r",
        r"back\slash \( (open and (nested)) \101 close)",
        "\u{feff}mark",
        "thalweg: thalweg: ",
        "<?xpacket begin=\"\u{feff}\" <pdf:Keywords>thalweg: no</pdf:Keywords><?xpacket end=\"r\"?>",
        &"long ".repeat(20_000),
    ];
    for recipe in recipes {
        let scene = picture(Some(recipe));
        for (format, bytes) in files(&scene) {
            let found = recipe_of(&bytes);
            assert!(
                found.as_deref() == Some(recipe),
                "{format}: {recipe:?} {found:?}"
            );
        }
        for format in [
            svg::encode(&scene).into_bytes(),
            pdf::encode(&scene).unwrap(),
        ] {
            let again = picture(Some(recipe));
            let bytes = [
                svg::encode(&again).into_bytes(),
                pdf::encode(&again).unwrap(),
            ];
            assert!(bytes.contains(&format), "the same bytes for the same scene");
        }
        assert!(Document::parse(&svg::encode(&scene)).is_ok());
    }
}

#[test]
fn characters_that_files_cannot_store_are_replaced() {
    let scene = picture(Some("a\u{0}b\u{1}c\u{ffff}d\u{1b}e"));
    for (format, bytes) in files(&scene) {
        let found = recipe_of(&bytes);
        let marked = "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e";
        assert_eq!(found.as_deref(), Some(marked), "{format}");
    }
}

#[test]
fn a_picture_without_a_recipe_has_none() {
    for (format, bytes) in files(&picture(None)) {
        assert_eq!(recipe_of(&bytes), None, "{format}");
    }
    for bytes in [
        &b""[..],
        b"words",
        b"\x89PNG",
        b"%PDF-1.7",
        b"\xff\xfe<svg>",
        b"<metadata id=\"",
    ] {
        assert_eq!(recipe_of(bytes), None);
    }
    let foreign = b"<svg><metadata id=\"metadata7\"><rdf:RDF/></metadata></svg>";
    assert_eq!(recipe_of(foreign), None);
}

#[test]
fn a_truncated_file_does_not_give_a_wrong_recipe() {
    for (format, bytes) in files(&picture(Some("(a recipe)"))) {
        for end in 0..bytes.len() {
            let found = recipe_of(&bytes[..end]);
            assert!(
                found.is_none() || found.as_deref() == Some("(a recipe)"),
                "{format} {end}"
            );
        }
    }
}

#[test]
fn a_pdf_of_an_older_version_has_its_recipe() {
    // A part of a PDF from the library of older versions.
    let packet = concat!(
        "%PDF-1.7\n<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">",
        "<pdf:Keywords>thalweg: --on &apos;formula:x &gt; 1&apos; &quot;&amp;\n&lt;</pdf:Keywords>",
        "</x:xmpmeta><?xpacket end=\"r\"?>/Keywords(thalweg: no)"
    );
    let recipe = recipe_of(packet.as_bytes());
    assert_eq!(recipe.as_deref(), Some("--on 'formula:x > 1' \"&\n<"));
}
