//! Embeds an experiment in the page.

pub mod addresses;
pub mod explanation;
pub mod failure;
pub mod menus;
pub mod tables;

use crate::{address::Address, json::object};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use thalweg::pick::FileContent;

/// The element of the page that contains the experiment.
const PLACEHOLDER: &str = r#"<script type="application/json" id="experiment">"#;

/// Returns the page with an experiment and its data files, each as a name and base64 content.
///
/// # Panics
/// The page does not contain the element.
pub fn embed_experiment(page: &str, address: &Address, files: &[(String, FileContent)]) -> String {
    let (before, after) = page
        .split_once(PLACEHOLDER)
        .expect("the page contains the element for the experiment");
    let files = files
        .iter()
        .flat_map(|(name, content)| [name.clone(), STANDARD.encode(content.bytes())]);
    let files: Vec<String> = files.collect();
    let text = object! {"address": address.to_string(), "files": files}.to_string();
    // The escape prevents that a file name or a file content begins or ends a tag.
    format!(
        "{before}{PLACEHOLDER}{}{after}",
        text.replace('<', "\\u003c")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_end_the_script() {
        let page = format!("<html>{PLACEHOLDER}</script></html>");
        let name = "</script><script>alert(1)".to_owned();
        let files = [(name, FileContent::from("a,y\n</script>,1"))];
        let page = embed_experiment(&page, &"on=csv:path=a.csv".parse().unwrap(), &files);
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert_eq!(page.matches("</script").count(), 1, "{page}");
    }
}
