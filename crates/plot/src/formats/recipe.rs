//! Reads the recipe of a picture from its bytes.
//!
//! Every format stores the text of [`Scene::recipe`](crate::scene::Scene::recipe): SVG in its `<metadata>`, PNG in a
//! chunk `iTXt` with the keyword `thalweg`, GIF in a comment, and PDF in its keywords. Other programs may remove it.

use std::io::Cursor;

/// End of the id of the SVG element with the recipe.
pub(super) const RECIPE_ID: &str = "text.recipe";

/// Keyword of the text chunk of a PNG.
pub(super) const KEYWORD: &str = "thalweg";

/// Returns the recipe in an SVG, HTML, PNG, APNG, GIF, or PDF file, or `None` if there is none or the format is unknown.
///
/// Characters that are not allowed in XML, such as most control characters, are returned as U+FFFD.
pub fn recipe_of(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\x89PNG") {
        of_png(bytes)
    } else if bytes.starts_with(b"%PDF-") {
        of_pdf(bytes)
    } else if bytes.starts_with(b"GIF8") {
        of_gif(bytes)
    } else {
        of_svg(std::str::from_utf8(bytes).ok()?)
    }
}

/// Prefix of the recipe in the keywords of a PDF and in the comment of a GIF, which distinguishes it from other texts.
pub(super) const MARK: &str = "thalweg: ";

/// Start of the XMP packet of a PDF. Other texts in the file cannot contain its byte order mark, because they are ASCII
/// or hexadecimal digits.
pub(super) const PACKET: &str = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"";
/// Start of the end of the XMP packet. Texts inside are escaped, so they cannot contain it.
pub(super) const PACKET_END: &str = "<?xpacket end=";

/// Returns the text without characters that a format cannot store, equal for all formats.
pub(super) fn clean(text: &str) -> String {
    let held = |c: char| match c {
        '\t' | '\n' | '\r' => c,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ => c,
    };
    text.chars().map(held).collect()
}

fn of_svg(text: &str) -> Option<String> {
    // No other text of the file can contain `<`.
    let (_, after) = text.split_once("<metadata id=\"")?;
    let (id, after) = after.split_once("\">")?;
    let (inner, _) = after.split_once("</metadata>")?;
    id.ends_with(RECIPE_ID).then(|| unescaped(inner))
}

/// Returns the keywords in the XMP packet of a PDF. The packet is not compressed, so that programs can find it.
fn of_pdf(bytes: &[u8]) -> Option<String> {
    let find =
        |bytes: &[u8], text: &str| bytes.windows(text.len()).position(|w| w == text.as_bytes());
    let packet = &bytes[find(bytes, PACKET)?..];
    let packet = &packet[..find(packet, PACKET_END)?];
    let (_, after) = str::from_utf8(packet).ok()?.split_once("<pdf:Keywords>")?;
    let (keywords, _) = after.split_once("</pdf:Keywords>")?;
    keywords.strip_prefix(MARK).map(unescaped)
}

/// Unescapes a text written by this crate, or by the library that wrote PDF files in older versions.
fn unescaped(text: &str) -> String {
    const NAMES: [(&str, char); 6] = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("#13;", '\r'),
        ("quot;", '"'),
        ("apos;", '\''),
    ];
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let named = NAMES
            .iter()
            .find_map(|(name, c)| Some((*c, piece.strip_prefix(name)?)));
        let (c, rest) = named.unwrap_or(('&', piece));
        out.push(c);
        out.push_str(rest);
    }
    out
}

fn of_png(bytes: &[u8]) -> Option<String> {
    let reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let mut texts = reader.info().utf8_text.iter();
    let ours = texts.find(|chunk| chunk.keyword == KEYWORD)?;
    ours.get_text().ok()
}

/// Returns the comment before the first frame of a GIF.
fn of_gif(bytes: &[u8]) -> Option<String> {
    const HEAD: usize = 13;
    const EXTENSION: u8 = 0x21;
    const COMMENT: u8 = 0xfe;
    let flags = *bytes.get(10)?;
    let colors = if flags & 0x80 == 0 {
        0
    } else {
        2 << (flags & 7)
    };
    let mut at = HEAD + 3 * colors;
    while *bytes.get(at)? == EXTENSION {
        let label = *bytes.get(at + 1)?;
        at += 2;
        let mut content = Vec::new();
        loop {
            let length = usize::from(*bytes.get(at)?);
            content.extend_from_slice(bytes.get(at + 1..at + 1 + length)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        if label == COMMENT {
            let text = String::from_utf8(content).ok()?;
            return text.strip_prefix(MARK).map(str::to_owned);
        }
    }
    None
}
