//! The page as a file, set to an experiment.

pub mod tell;
pub mod words;

use crate::{address::Address, json::object};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use thalweg::pick::FileContent;

/// Where the page keeps what it is set to.
const PLACE: &str = r#"<script type="application/json" id="experiment">"#;

/// The page with an experiment and its data files in it, each a name and its bytes as base64.
///
/// # Panics
/// The page has no place for it.
pub fn set(page: &str, address: &Address, files: &[(String, FileContent)]) -> String {
    let (before, after) = page
        .split_once(PLACE)
        .expect("the page has a place for its experiment");
    let files = files
        .iter()
        .flat_map(|(name, content)| [name.clone(), STANDARD.encode(content.bytes())]);
    let files: Vec<String> = files.collect();
    let text = object! {"address": address.to_string(), "files": files}.to_string();
    // No tag can begin or end in it, whatever a file is called.
    format!("{before}{PLACE}{}{after}", text.replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_can_end_the_script() {
        let page = format!("<html>{PLACE}</script></html>");
        let name = "</script><script>alert(1)".to_owned();
        let files = [(name, FileContent::from("a,y\n</script>,1"))];
        let page = set(&page, &"on=csv:path=a.csv".parse().unwrap(), &files);
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert_eq!(page.matches("</script").count(), 1, "{page}");
    }
}
