//! The page as a file, set to an experiment.

use crate::{address::Address, json::object};
use thalweg::pick::Content;

/// Where the page keeps what it is set to.
const PLACE: &str = r#"<script type="application/json" id="experiment">"#;

/// The page with an experiment and the texts of its data files in it.
///
/// # Panics
/// The page has no place for it.
pub fn set(page: &str, address: &Address, files: &[(String, Content)]) -> String {
    let (before, after) = page
        .split_once(PLACE)
        .expect("the page has a place for its experiment");
    let files = files.iter().flat_map(|(name, content)| {
        let text = String::from_utf8_lossy(content.bytes()).into_owned();
        [name.clone(), text]
    });
    let files: Vec<String> = files.collect();
    let text = object! {"address": address.to_string(), "files": files}.to_string();
    // No tag can begin or end in it, whatever a file holds.
    format!("{before}{PLACE}{}{after}", text.replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_can_end_the_script() {
        let page = format!("<html>{PLACE}</script></html>");
        let files = [(
            "a.csv".to_owned(),
            Content::from("</script><script>alert(1)"),
        )];
        let page = set(&page, &"on=csv:path=a.csv".parse().unwrap(), &files);
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert_eq!(page.matches("</script").count(), 1, "{page}");
    }
}
