//! Scenes as SVG 1.1, as readable text.
//!
//! Numbers have at most two decimals. The file only contains finite numbers: a line is broken at a corner that is not
//! finite, and a circle, text, or clipped group with such a position or size is omitted. Invisible nodes are omitted,
//! too.

use std::collections::BTreeMap;

pub(super) mod hundredths;
mod ids;
pub(super) mod paint;
pub(super) mod path_data;
pub(super) mod xml;

use super::recipe::{self, RECIPE_ID};
use crate::scene::{Align, Node, Polyline, Rect, Scene, TextNode};
use crate::text::{FAMILY, has_glyphs, width};
use hundredths::Hundredths;
use ids::Ids;
use paint::{VisibleColor, VisibleStroke, corner_and_size, length};
use path_data::path_data;
use xml::Xml;

/// A shorter text hardly differs in width between fonts.
const LONG_TEXT_CHARS: usize = 10;

/// Returns the scene as the text of an SVG file.
pub fn encode(scene: &Scene) -> String {
    encode_with_prefix(scene, "")
}

/// Returns the scene as an `<svg>` element whose ids begin with `prefix`, so that a page can contain several of them.
///
/// A group `trace` has the id `{prefix}trace`. Characters other than ASCII letters, digits, `_`, and `-` become `-`,
/// and the second of two equal ids ends in `-2`. The ids of title, description, recipe, and clip paths contain a dot,
/// so that they differ from the ids of groups.
pub fn encode_with_prefix(scene: &Scene, prefix: &str) -> String {
    let mut writer = SvgWriter {
        xml: Xml::default(),
        ids: Ids::new(prefix),
        clips: BTreeMap::new(),
    };
    writer.scene(&scene.bounded());
    writer.xml.finish()
}

struct SvgWriter {
    xml: Xml,
    ids: Ids,
    /// Ids of the written clip paths; groups with the same rectangle share one.
    clips: BTreeMap<[Hundredths; 4], String>,
}

impl SvgWriter {
    fn scene(&mut self, scene: &Scene) {
        // Without an area, nothing is visible, but the title can be read.
        let whole = |size: [f64; 2]| size.map(|px| length(px).unwrap_or(Hundredths::ZERO));
        let [width, height] = whole(scene.size);
        let labels = [
            ("title", self.ids.own("text.title"), &scene.title),
            ("desc", self.ids.own("text.description"), &scene.description),
        ];
        let label_ids: Vec<_> = labels
            .iter()
            .filter(|(_, _, text)| !text.is_empty())
            .map(|(_, id, _)| id.as_str())
            .collect();

        self.xml.open("svg");
        self.xml.attribute("xmlns", "http://www.w3.org/2000/svg");
        let written = whole(scene.px());
        self.xml.attribute("width", written[0]);
        self.xml.attribute("height", written[1]);
        self.xml
            .attribute("viewBox", format_args!("0 0 {width} {height}"));
        self.xml.attribute("role", "img");
        if !label_ids.is_empty() {
            self.xml.attribute("aria-labelledby", label_ids.join(" "));
        }
        self.xml.attribute(
            "font-family",
            format_args!("{FAMILY}, Helvetica, Arial, sans-serif"),
        );
        // With the default, a miter join, sharp turns of a path would have spikes.
        self.xml.attribute("stroke-linejoin", "round");
        self.xml.begin_children();
        for (tag, id, text) in &labels {
            if !text.is_empty() {
                self.xml.open(tag);
                self.xml.attribute("id", id);
                self.xml.end_with_text(tag, text);
            }
        }
        if let Some(text) = &scene.recipe {
            self.xml.open("metadata");
            self.xml.attribute("id", self.ids.own(RECIPE_ID));
            self.xml
                .end_with_exact_text("metadata", &recipe::clean(text));
        }
        if let Some(background) = VisibleColor::of(scene.background) {
            self.xml.open("rect");
            self.xml.attribute("width", width);
            self.xml.attribute("height", height);
            self.fill(Some(background));
            self.xml.end();
        }
        self.nodes(&scene.nodes);
        self.xml.end_children("svg");
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group { id, clip, nodes } => self.group(id, *clip, nodes),
                Node::Path {
                    lines,
                    fill,
                    stroke,
                } => self.path(
                    lines,
                    fill.and_then(VisibleColor::of),
                    stroke.and_then(VisibleStroke::of),
                ),
                Node::Circle {
                    center,
                    radius,
                    fill,
                    stroke,
                } => self.circle(
                    center.map(Hundredths::of),
                    *radius,
                    fill.and_then(VisibleColor::of),
                    stroke.and_then(VisibleStroke::of),
                ),
                Node::Text(text) => self.text(text),
            }
        }
    }

    fn group(&mut self, id: &str, clip: Option<Rect>, nodes: &[Node]) {
        let clip = match clip.map(corner_and_size) {
            None => None,
            Some(Some(rect)) => Some(self.clip_path(rect)),
            Some(None) => return,
        };
        self.xml.open("g");
        if !id.is_empty() {
            let id = self.ids.unique(id);
            self.xml.attribute("id", id);
        }
        if let Some(clip) = clip {
            self.xml
                .attribute("clip-path", format_args!("url(#{clip})"));
        }
        if nodes.is_empty() {
            self.xml.end();
        } else {
            self.xml.begin_children();
            self.nodes(nodes);
            self.xml.end_children("g");
        }
    }

    /// Returns the id of a clip path with this left, top, width, and height. It is written before its first use.
    fn clip_path(&mut self, rect: [Hundredths; 4]) -> String {
        if let Some(id) = self.clips.get(&rect) {
            return id.clone();
        }
        let id = self.ids.own(&format!("clip.{}", self.clips.len() + 1));
        self.xml.open("clipPath");
        self.xml.attribute("id", &id);
        self.xml.begin_children();
        self.xml.open("rect");
        for (name, value) in ["x", "y", "width", "height"].into_iter().zip(rect) {
            self.xml.attribute(name, value);
        }
        self.xml.end();
        self.xml.end_children("clipPath");
        self.clips.insert(rect, id.clone());
        id
    }

    fn path(
        &mut self,
        lines: &[Polyline],
        fill: Option<VisibleColor>,
        stroke: Option<VisibleStroke>,
    ) {
        // SVG would fill open lines, too. If there are both kinds, the fill is a separate path below the strokes.
        let mixed = fill.is_some() && lines.iter().any(|line| !line.has_inside());
        if mixed {
            self.one_path(lines.iter().filter(|line| line.has_inside()), fill, None);
        }
        self.one_path(lines, if mixed { None } else { fill }, stroke);
    }

    fn one_path<'a>(
        &mut self,
        lines: impl IntoIterator<Item = &'a Polyline>,
        fill: Option<VisibleColor>,
        stroke: Option<VisibleStroke>,
    ) {
        let data = path_data(lines);
        if data.is_empty() || (fill.is_none() && stroke.is_none()) {
            return;
        }
        self.xml.open("path");
        self.fill(fill);
        if fill.is_some() {
            self.xml.attribute("fill-rule", "evenodd");
        }
        self.stroke(stroke);
        self.xml.attribute("d", data);
        self.xml.end();
    }

    fn circle(
        &mut self,
        center: [Option<Hundredths>; 2],
        radius: f64,
        fill: Option<VisibleColor>,
        stroke: Option<VisibleStroke>,
    ) {
        let ([Some(x), Some(y)], Some(radius)) = (center, length(radius)) else {
            return;
        };
        if fill.is_none() && stroke.is_none() {
            return;
        }
        self.xml.open("circle");
        self.xml.attribute("cx", x);
        self.xml.attribute("cy", y);
        self.xml.attribute("r", radius);
        self.fill(fill);
        self.stroke(stroke);
        self.xml.end();
    }

    fn text(&mut self, text: &TextNode) {
        let place = text.at.map(Hundredths::of);
        let ([Some(x), Some(y)], Some(size), Some(turn), Some(paint)) = (
            place,
            length(text.size),
            Hundredths::of(text.turn % 360.0),
            VisibleColor::of(text.color),
        ) else {
            return;
        };
        if text.text.is_empty() {
            return;
        }
        self.xml.open("text");
        self.xml.attribute("x", x);
        self.xml.attribute("y", y);
        self.xml.attribute("font-size", size);
        match text.align {
            Align::Start => {}
            Align::Middle => self.xml.attribute("text-anchor", "middle"),
            Align::End => self.xml.attribute("text-anchor", "end"),
        }
        if turn != Hundredths::ZERO {
            self.xml
                .attribute("transform", format_args!("rotate({turn} {x} {y})"));
        }
        self.text_length(text);
        self.fill(Some(paint));
        if let Some(halo) = text.halo.and_then(VisibleStroke::of) {
            self.stroke(Some(halo));
            self.xml.attribute("paint-order", "stroke");
        }
        // Otherwise, spaces at the ends and double spaces would be lost, and the text would be shorter than measured.
        if text.text.starts_with(' ') || text.text.ends_with(' ') || text.text.contains("  ") {
            self.xml.attribute("xml:space", "preserve");
        }
        self.xml.end_with_text("text", &text.text);
    }

    /// Writes the measured width of a long text. A viewer without the font would otherwise draw a wider one, which extends
    /// beyond its box.
    fn text_length(&mut self, text: &TextNode) {
        let is_long = text.text.chars().count() >= LONG_TEXT_CHARS;
        if is_long
            && has_glyphs(&text.text)
            && let Some(width) = length(width(&text.text, text.size))
        {
            self.xml.attribute("textLength", width);
            self.xml.attribute("lengthAdjust", "spacingAndGlyphs");
        }
    }

    fn fill(&mut self, fill: Option<VisibleColor>) {
        match fill {
            None => self.xml.attribute("fill", "none"),
            Some(paint) => self.paint("fill", paint),
        }
    }

    fn stroke(&mut self, stroke: Option<VisibleStroke>) {
        let Some(pen) = stroke else { return };
        self.paint("stroke", pen.paint);
        if pen.width != Hundredths::ONE {
            self.xml.attribute("stroke-width", pen.width);
        }
        if let Some([dash, gap]) = pen.dash {
            self.xml
                .attribute("stroke-dasharray", format_args!("{dash} {gap}"));
        }
    }

    fn paint(&mut self, what: &str, paint: VisibleColor) {
        let [r, g, b] = paint.rgb;
        self.xml
            .attribute(what, format_args!("#{r:02x}{g:02x}{b:02x}"));
        if paint.opacity != Hundredths::ONE {
            self.xml
                .attribute(&format!("{what}-opacity"), paint.opacity);
        }
    }
}
