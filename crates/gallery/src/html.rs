//! Pages of HTML that need nothing else: the font is inside, and nothing is loaded from anywhere.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use thalweg_plot::{formats::svg, scene::Scene, text};

/// What such a page looks like: each figure as large as fits, in the middle, its description below.
const STYLE: &str = "\
body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 3rem; padding: 1rem; box-sizing: border-box; }
figure { margin: 0; }
svg { display: block; max-width: 100%; max-height: 88vh; height: auto; }
figcaption { max-width: 46rem; margin: 0.8rem auto 0; }
@media print { body { display: block; padding: 0; } figure { break-inside: avoid; } }
";

/// Figures below each other on a page of their own, each with its description; at least one.
pub fn figures(scenes: &[Scene]) -> String {
    let first = &scenes[0];
    let ink = if first.background.luminance() > 0.5 {
        "#1b2430"
    } else {
        "#e8edf2"
    };
    let [r, g, b] = first.background.rgb;
    let style = format!("{STYLE}body {{ background: #{r:02x}{g:02x}{b:02x}; color: {ink}; }}\n");
    let figure = |(i, scene): (usize, &Scene)| {
        // Ids stay apart where there are several.
        let prefix = if scenes.len() > 1 {
            format!("f{}-", i + 1)
        } else {
            String::new()
        };
        let picture = svg::encode_with_prefix(scene, &prefix);
        let words = escape(&scene.description);
        format!("<figure>\n{picture}<figcaption>{words}</figcaption>\n</figure>\n")
    };
    let body: Vec<String> = scenes.iter().enumerate().map(figure).collect();
    document(&first.title, &style, &body.concat())
}

/// A whole page with the figures' font.
pub(crate) fn document(title: &str, style: &str, body: &str) -> String {
    let (family, font) = (text::FAMILY, STANDARD.encode(text::FONT));
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n\
         @font-face {{ font-family: {family}; src: url(data:font/ttf;base64,{font}); }}\n\
         body {{ font-family: {family}, sans-serif; }}\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// Text as HTML.
pub(crate) fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
