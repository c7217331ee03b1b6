//! Self-contained HTML pages: the font is embedded, and nothing is loaded from elsewhere.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use thalweg_plot::{formats::svg, scene::Scene, text};

/// Style of the page: each figure is as large as possible and centered, with its description below.
const STYLE: &str = "\
body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 3rem; padding: 1rem; box-sizing: border-box; }
figure { margin: 0; }
svg { display: block; max-width: 100%; max-height: 88vh; height: auto; }
figcaption { max-width: 46rem; margin: 0.8rem auto 0; }
@media print { body { display: block; padding: 0; } figure { break-inside: avoid; } }
";

/// Returns a page with figures below each other, each with its description. Requires at least one figure.
pub fn figures(scenes: &[Scene]) -> String {
    let first = &scenes[0];
    let foreground = if first.background.luminance() > 0.5 {
        "#1b2430"
    } else {
        "#e8edf2"
    };
    let [r, g, b] = first.background.rgb;
    let style =
        format!("{STYLE}body {{ background: #{r:02x}{g:02x}{b:02x}; color: {foreground}; }}\n");
    let figure = |(i, scene): (usize, &Scene)| {
        // Prefixes keep the ids of several figures distinct.
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

/// Returns a complete page with the font of the figures.
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

/// Escapes text for HTML.
pub(crate) fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
