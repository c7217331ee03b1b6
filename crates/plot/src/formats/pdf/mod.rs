//! Scenes as the pages of a PDF, with vector graphics and text.
//!
//! A page has the printed size of the SVG, with 96 px per inch. Nodes with numbers that are not finite are omitted, as
//! in the SVG. Each page is a tagged figure whose alternative text is the description of the scene.

mod content;
mod font;

use self::{
    content::{DocumentResources, FONT_NAME, state_name},
    font::Font,
};
use super::{
    recipe::{self, MARK, PACKET, PACKET_END},
    svg::xml::escaped,
};
use crate::{
    PlotError,
    scene::{Scene, size::POINT},
};
use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::{
    Filter, Finish, Name, Pdf, Rect, Ref, Settings, TextStr,
    types::StructRole,
    writers::{ExtGraphicsState, Resources, StructElement, StructTreeRoot},
};
use std::collections::BTreeSet;

/// Name of the program, as the producer of the file.
const PRODUCER: &str = "Thalweg";
/// The language of titles, descriptions, and labels.
const LANGUAGE: &str = "en";
/// Level 9 takes twice as long for 3 % less.
const COMPRESSION: u8 = 6;

// The objects of the file; those of the pages follow.
const CATALOG: Ref = Ref::new(1);
const INFORMATION: Ref = Ref::new(2);
const METADATA: Ref = Ref::new(3);
const PAGES: Ref = Ref::new(4);
const RESOURCES: Ref = Ref::new(5);
/// The root of the tags.
const TREE: Ref = Ref::new(6);
/// The tag of the whole document.
const DOCUMENT: Ref = Ref::new(7);

/// Encodes a scene as a PDF file. The file has no date, so the same scene gives the same bytes.
///
/// # Errors
/// The picture has no area.
pub fn encode(scene: &Scene) -> Result<Vec<u8>, PlotError> {
    encode_pages(std::slice::from_ref(scene))
}

/// Encodes scenes as the pages of a PDF file, at least one. The file has the title, description, and recipe of the first.
///
/// # Errors
/// A picture has no area.
pub fn encode_pages(scenes: &[Scene]) -> Result<Vec<u8>, PlotError> {
    let mut pdf = Pdf::with_settings(Settings { pretty: false });
    let mut shared = DocumentResources {
        font: Font::new()?,
        opacities: BTreeSet::new(),
    };
    let count: i32 = scenes.iter().map(|_| 1).sum();
    let pages: Vec<_> = (0..count).map(page_objects).collect();
    for (i, scene) in (0..).zip(scenes) {
        write_page(&mut pdf, i, scene, &mut shared)?;
    }
    pdf.pages(PAGES)
        .count(count)
        .kids(pages.iter().map(|[page, ..]| *page));
    let [mut next, ..] = page_objects(count);
    write_resources(&mut pdf, &shared, &mut next)?;
    write_tree(&mut pdf, pages.iter().map(|[.., figure]| *figure));
    write_information(&mut pdf, &scenes[0]);
    let mut root = pdf.catalog(CATALOG);
    root.pages(PAGES)
        .metadata(METADATA)
        .lang(TextStr(LANGUAGE))
        .pair(Name(b"StructTreeRoot"), TREE);
    root.mark_info().marked(true);
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    let id = hash(pdf.as_bytes()).to_be_bytes();
    pdf.set_file_id((id.to_vec(), id.to_vec()));
    Ok(pdf.finish())
}

/// The objects of a page: the page itself, its content, and its figure among the tags.
fn page_objects(page: i32) -> [Ref; 3] {
    [1, 2, 3].map(|i| Ref::new(DOCUMENT.get() + 3 * page + i))
}

fn write_page(
    pdf: &mut Pdf,
    number: i32,
    scene: &Scene,
    shared: &mut DocumentResources,
) -> Result<(), PlotError> {
    let [width, height] = scene.px();
    let [right, top] = [width, height].map(|px| (px * POINT) as f32);
    if ![right, top].iter().all(|v| v.is_finite() && *v > 0.0) {
        return Err(PlotError::NoPage { width, height });
    }
    let [id, content, figure] = page_objects(number);
    let area = Rect::new(0.0, 0.0, right, top);
    let mut page = pdf.page(id);
    page.parent(PAGES)
        .media_box(area)
        .contents(content)
        .struct_parents(number)
        .pair(Name(b"Resources"), RESOURCES);
    let mut group = page.group();
    group.transparency().isolated(true);
    group.color_space().device_rgb();
    group.finish();
    page.finish();
    write_stream(pdf, content, &content::content(scene, top, shared));
    let mut element: StructElement = pdf.indirect(figure).start();
    element
        .kind(StructRole::Figure)
        .parent(DOCUMENT)
        .page(id)
        .alt(TextStr(alternative(scene)));
    element.attributes().push().layout().bbox(area);
    element.children().marked_content_id(0);
    Ok(())
}

/// Alternative text of a page.
fn alternative(scene: &Scene) -> &str {
    if scene.description.is_empty() {
        &scene.title
    } else {
        &scene.description
    }
}

/// Writes the font and the graphics states that all pages share.
fn write_resources(
    pdf: &mut Pdf,
    shared: &DocumentResources,
    next: &mut Ref,
) -> Result<(), PlotError> {
    let font = shared.font.is_used().then(|| shared.font.write(pdf, next));
    let font = font.transpose()?;
    let mut resources: Resources = pdf.indirect(RESOURCES).start();
    if let Some(font) = font {
        resources.fonts().pair(FONT_NAME, font);
    }
    let mut states = resources.ext_g_states();
    for opacity in &shared.opacities {
        let mut state: ExtGraphicsState =
            states.insert(Name(state_name(*opacity).as_bytes())).start();
        let opacity = opacity.as_f32();
        state.stroking_alpha(opacity).non_stroking_alpha(opacity);
    }
    Ok(())
}

/// Writes the root of the tags and its document, with a figure per page.
fn write_tree(pdf: &mut Pdf, figures: impl Iterator<Item = Ref> + Clone) {
    let mut document: StructElement = pdf.indirect(DOCUMENT).start();
    document.kind(StructRole::Document).parent(TREE);
    let mut children = document.children();
    for figure in figures.clone() {
        children.struct_element(figure);
    }
    children.finish();
    document.finish();
    let mut tree: StructTreeRoot = pdf.indirect(TREE).start();
    tree.child(DOCUMENT);
    let mut parents = tree.insert(Name(b"ParentTree")).dict();
    let mut parents = parents.insert(Name(b"Nums")).array();
    for (i, figure) in (0..).zip(figures) {
        // A page has one marked content, which belongs to its figure.
        parents.item(i).push().array().item(figure);
    }
}

/// Writes the metadata of the file, in both places where programs look for it.
fn write_information(pdf: &mut Pdf, scene: &Scene) {
    let recipe = scene.recipe.as_deref().map(recipe::clean);
    let keywords = recipe.map(|recipe| format!("{MARK}{recipe}"));
    // Not compressed, so that the recipe is found without reading the structure of the file.
    pdf.metadata(METADATA, packet(scene, keywords.as_deref()).as_bytes());
    let mut info = pdf.document_info(INFORMATION);
    info.title(TextStr(&scene.title))
        .subject(TextStr(&scene.description))
        .producer(TextStr(PRODUCER));
    if let Some(keywords) = &keywords {
        info.keywords(TextStr(keywords));
    }
}

/// Returns the XMP packet that describes the file.
fn packet(scene: &Scene, keywords: Option<&str>) -> String {
    let [title, description] = [&scene.title, &scene.description].map(|text| escaped(text));
    let keywords = keywords.map_or_else(String::new, |keywords| {
        format!("<pdf:Keywords>{}</pdf:Keywords>\n", escaped(keywords))
    });
    format!(
        r#"{PACKET}?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
{keywords}<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
{PACKET_END}"r"?>"#
    )
}

/// Writes a compressed stream.
fn write_stream(pdf: &mut Pdf, id: Ref, data: &[u8]) {
    let data = compress_to_vec_zlib(data, COMPRESSION);
    pdf.stream(id, &data).filter(Filter::FlateDecode);
}

/// Returns the FNV-1a hash of bytes.
fn hash(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix)
}
