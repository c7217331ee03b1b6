//! Scenes as a PDF, a page each: lines stay lines and words stay words.
//!
//! A page is as large as the SVG is in print, 96 px to the inch. What is not a finite number is left out as in the SVG.

use super::recipe::{self, MARK};
use crate::prelude::*;
use crate::{
    Error,
    scene::{Line, size::POINT},
    text::{self, FONT},
};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    geom::{Path, PathBuilder, Point as PdfPoint, Transform},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, LineCap, LineJoin, Stroke as PdfStroke, StrokeDash},
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};
use thalweg::float::{cos, sin};

/// How far from the end of a quarter circle its handles lie, as a share of the radius, to come nearest to the circle.
const HANDLE: f64 = 0.552_284_75;

/// The scene as the bytes of a PDF file: the same for the same scene, for it tells no date.
///
/// # Errors
/// If the picture has no area.
pub fn encode(scene: &Scene) -> Result<Vec<u8>, Error> {
    encode_pages(std::slice::from_ref(scene))
}

/// Scenes as the pages of a PDF file, at least one; the first names it and has its recipe.
///
/// # Errors
/// If a picture has no area.
pub fn encode_pages(scenes: &[Scene]) -> Result<Vec<u8>, Error> {
    let Some(font) = Font::new(FONT.into(), 0) else {
        return Err(Error::Pdf("the font cannot be read".to_owned()));
    };
    let mut document = Document::new_with(SerializeSettings {
        // A figure in a paper: there is nothing to be read aloud but what the paper says of it.
        enable_tagging: false,
        ..SerializeSettings::default()
    });
    let first = &scenes[0];
    let recipe = first.recipe.iter();
    document.set_metadata(
        Metadata::new()
            .title(first.title.clone())
            .description(first.description.clone())
            .keywords(
                recipe
                    .map(|text| format!("{MARK}{}", recipe::clean(text)))
                    .collect(),
            )
            .producer("Thalweg".to_owned()),
    );
    for scene in scenes {
        let [width, height] = scene.px();
        let page = PageSettings::from_wh((width * POINT) as f32, (height * POINT) as f32);
        let Some(page) = page.filter(|_| width > 0.0 && height > 0.0) else {
            return Err(Error::NoPage { width, height });
        };
        let mut page = document.start_page_with(page);
        draw(scene, font.clone(), page.surface());
        page.finish();
    }
    document
        .finish()
        .map_err(|error| Error::Pdf(format!("{error:?}")))
}

/// Draws the whole scene on a page.
fn draw(scene: &Scene, font: Font, surface: Surface) {
    let [width, height] = scene.size;
    let paper = Rect {
        left: 0.0,
        top: 0.0,
        width,
        height,
    };
    let mut writer = Writer { surface, font };
    let point = (scene.scale * POINT) as f32;
    let px = Transform::from_scale(point, point);
    writer.surface.push_transform(&px);
    writer.paint(rectangle(paper), Some(scene.background), None);
    writer.nodes(&scene.nodes);
    writer.surface.pop();
    writer.surface.finish();
}

struct Writer<'a> {
    surface: Surface<'a>,
    font: Font,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group { clip, nodes, .. } => self.group(*clip, nodes),
                Node::Path {
                    lines,
                    fill,
                    stroke,
                } => self.path(lines, *fill, *stroke),
                Node::Circle {
                    center,
                    radius,
                    fill,
                    stroke,
                } => self.paint(circle(*center, *radius), *fill, *stroke),
                Node::Text(text) => self.text(text),
            }
        }
    }

    fn group(&mut self, clip: Option<Rect>, nodes: &[Node]) {
        match clip.map(rectangle) {
            None => self.nodes(nodes),
            Some(Some(edge)) => {
                self.surface.push_clip_path(&edge, &FillRule::NonZero);
                self.nodes(nodes);
                self.surface.pop();
            }
            Some(None) => {}
        }
    }

    fn path(&mut self, lines: &[Line], fill: Option<Color>, stroke: Option<Stroke>) {
        // As SVG, PDF would fill open lines too: only what is closed has an inside.
        if fill.is_some() {
            self.paint(
                path(lines.iter().filter(|line| has_inside(line))),
                fill,
                None,
            );
        }
        if stroke.is_some() {
            self.paint(path(lines), None, stroke);
        }
    }

    /// Paints one path; nothing where there is none.
    fn paint(&mut self, path: Option<Path>, fill: Option<Color>, stroke: Option<Stroke>) {
        let (fill, stroke) = (fill.and_then(self::fill), stroke.and_then(pen));
        let Some(path) = path.filter(|_| fill.is_some() || stroke.is_some()) else {
            return;
        };
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
    }

    fn text(&mut self, text: &Text) {
        let [x, y] = text.at;
        let Some(ink) = fill(text.color) else { return };
        if text.text.is_empty() || ![x, y, text.size, text.turn].iter().all(|v| v.is_finite()) {
            return;
        }
        let width = text::width(&text.text, text.size);
        let before = match text.align {
            Align::Start => 0.0,
            Align::Middle => width / 2.0,
            Align::End => width,
        };
        self.surface.push_transform(&turned([x, y], text.turn));
        let start = PdfPoint::from_xy(-before as f32, 0.0);
        let glyphs = glyphs(&text.text);
        let mut draw = |fill, stroke, outlined| {
            self.surface.set_fill(fill);
            self.surface.set_stroke(stroke);
            let (font, size) = (self.font.clone(), text.size as f32);
            self.surface
                .draw_glyphs(start, &glyphs, font, &text.text, size, outlined);
        };
        if let Some(halo) = text.halo.and_then(pen) {
            // As outlines, so that a search finds the words once.
            draw(None, Some(halo), true);
        }
        draw(Some(ink), None, false);
        self.surface.pop();
    }
}

/// The glyphs of a line of text, placed as they were measured.
fn glyphs(text: &str) -> Vec<KrillaGlyph> {
    let em = f32::from(text::units_per_em());
    let characters = text.char_indices().zip(text::glyphs(text));
    characters
        .map(|((at, c), glyph)| {
            let advance = glyph.advance as f32 / em;
            let range = at..at + c.len_utf8();
            KrillaGlyph::new(
                GlyphId::new(glyph.id.into()),
                advance,
                0.0,
                0.0,
                0.0,
                range,
                None,
            )
        })
        .collect()
}

/// The origin moved to a point and turned about it by degrees, clockwise as y goes down.
fn turned([x, y]: Point, degrees: f64) -> Transform {
    let radians = degrees * std::f64::consts::PI / 180.0;
    // Words that stand upright do so exactly.
    let (sin, cos) = if degrees % 90.0 == 0.0 {
        (sin(radians).round(), cos(radians).round())
    } else {
        (sin(radians), cos(radians))
    };
    let [sin, cos] = [sin as f32, cos as f32];
    Transform::from_row(cos, sin, -sin, cos, x as f32, y as f32)
}

fn is_finite(point: &Point) -> bool {
    point.iter().all(|px| px.is_finite())
}

/// Whether the line is closed and stays so in the file.
fn has_inside(line: &Line) -> bool {
    line.closed && line.points.iter().all(is_finite)
}

/// The lines as one path, broken at corners that are no numbers; none if nothing is left.
fn path<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        for piece in line.points.split(|point| !is_finite(point)) {
            let [first, rest @ ..] = piece else { continue };
            if rest.is_empty() {
                continue;
            }
            path.move_to(first[0] as f32, first[1] as f32);
            for [x, y] in rest {
                path.line_to(*x as f32, *y as f32);
            }
            if has_inside(line) {
                path.close();
            }
        }
    }
    path.finish()
}

fn rectangle(rect: Rect) -> Option<Path> {
    let (l, t, r, b) = (rect.left, rect.top, rect.right(), rect.bottom());
    let line = Line {
        points: vec![[l, t], [r, t], [r, b], [l, b]],
        closed: true,
    };
    let has_area = rect.width > 0.0 && rect.height > 0.0 && has_inside(&line);
    path([&line]).filter(|_| has_area)
}

fn circle([x, y]: Point, r: f64) -> Option<Path> {
    if !(is_finite(&[x, y]) && r.is_finite() && r > 0.0) {
        return None;
    }
    let at = |dx: f64, dy: f64| [(x + r * dx) as f32, (y + r * dy) as f32];
    let mut path = PathBuilder::new();
    let [px, py] = at(1.0, 0.0);
    path.move_to(px, py);
    // From one axis to the next, clockwise as y goes down.
    for [dx, dy] in [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]] {
        let [ax, ay] = at(dx - HANDLE * dy, dy + HANDLE * dx);
        let [bx, by] = at(-dy + HANDLE * dx, dx + HANDLE * dy);
        let [cx, cy] = at(-dy, dx);
        path.cubic_to(ax, ay, bx, by, cx, cy);
    }
    path.close();
    path.finish()
}

/// The opacity of what can be seen.
fn opacity(color: Color) -> Option<NormalizedF32> {
    let opacity = NormalizedF32::new(color.opacity.min(1.0) as f32);
    opacity.filter(|_| color.opacity > 0.0)
}

fn ink(color: Color) -> rgb::Color {
    let [r, g, b] = color.rgb;
    rgb::Color::new(r, g, b)
}

fn fill(color: Color) -> Option<Fill> {
    Some(Fill {
        paint: ink(color).into(),
        opacity: opacity(color)?,
        rule: FillRule::EvenOdd,
    })
}

fn pen(stroke: Stroke) -> Option<PdfStroke> {
    let can_be_seen = stroke.width.is_finite() && stroke.width > 0.0;
    // A dash or a gap of no length is a solid line.
    let dash = stroke.dash.filter(|lengths| {
        let mut lengths = lengths.iter();
        lengths.all(|px| px.is_finite() && *px > 0.0)
    });
    Some(PdfStroke {
        paint: ink(stroke.color).into(),
        width: stroke.width as f32,
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        opacity: opacity(stroke.color).filter(|_| can_be_seen)?,
        dash: dash.map(|lengths| StrokeDash {
            array: lengths.map(|px| px as f32).to_vec(),
            offset: 0.0,
        }),
        ..PdfStroke::default()
    })
}
