//! A page that shows the committed picture, the new picture, and their difference.

use crate::files;
use anyhow::Result;

/// Writes the page of a picture below `target` and returns its path from the root.
pub(super) fn write_difference_page(path: &str, expected: &str, actual: &str) -> Result<String> {
    let page = format!("target/pictures/{}.html", path.replace('/', "-"));
    files::write(&page, html(path, expected, actual))?;
    Ok(page)
}

/// Returns the page. Each picture is a separate document, so that equal ids do not collide. The difference of equal pixels
/// is black.
fn html(path: &str, expected: &str, actual: &str) -> String {
    let [expected, actual] = [expected, actual].map(|svg| {
        let svg = svg.replace('%', "%25").replace('#', "%23");
        let svg = svg.replace('"', "%22").replace(['\n', '\r'], " ");
        format!("<img alt=\"\" src=\"data:image/svg+xml,{svg}\">")
    });
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{path}</title>\n<style>\n\
         body {{ font: 16px sans-serif; display: flex; flex-wrap: wrap; gap: 1rem; }}\n\
         figure {{ margin: 0; }}\n\
         .both {{ position: relative; background: black; }}\n\
         .both img + img {{ position: absolute; left: 0; top: 0; mix-blend-mode: difference; }}\n\
         </style>\n\
         <figure><figcaption>expected</figcaption>{expected}</figure>\n\
         <figure><figcaption>actual</figcaption>{actual}</figure>\n\
         <figure><figcaption>difference</figcaption><div class=\"both\">{expected}{actual}</div></figure>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_contains_both_pictures() {
        let page = html("a.svg", "<svg a=\"#1\"/>", "<svg b=\"50%\"/>");
        assert_eq!(page.matches("<svg a=%22%231%22/>").count(), 2);
        assert_eq!(page.matches("<svg b=%2250%25%22/>").count(), 2);
    }
}
