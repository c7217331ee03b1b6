//! Draws the pictures of the documentation.

use crate::{
    files::{self, hex},
    process,
    programs::program,
};
use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use std::{env, fs};

/// Returns the standard output of the program.
pub(super) fn capture_output(arguments: &[&str]) -> Result<String> {
    process::output(program("thalweg", "")?.args(arguments))
}

/// A picture drawn by the program.
pub(super) struct RenderedPicture {
    /// The text of the SVG.
    pub(super) svg: String,
    /// The hash of the PNG, which is too large to commit.
    pub(super) png: String,
}

/// Draws a picture with these arguments of the program.
pub(super) fn render_picture(arguments: &[&str], name: &str) -> Result<RenderedPicture> {
    let stem = name.replace('/', "-");
    let stem = env::temp_dir().join(format!("thalweg-{}-{stem}", std::process::id()));
    let outputs = ["svg", "png"].map(|ending| stem.with_extension(ending));
    let mut draw = program("thalweg", "")?;
    draw.args(arguments);
    for file in &outputs {
        draw.arg("-o").arg(file);
    }
    // Discard a table that the command may print.
    process::output(&mut draw)?;
    let [svg, png] = outputs.map(|file| {
        let bytes = fs::read(&file).with_context(|| format!("{name}: no picture was drawn"))?;
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        Ok::<_, anyhow::Error>(bytes)
    });
    let svg = String::from_utf8(svg?).ok();
    Ok(RenderedPicture {
        svg: svg.with_context(|| format!("{name} is not UTF-8"))?,
        png: hex(&Sha256::digest(png?)),
    })
}

/// Draws a picture of a page with the command above it.
pub(super) fn of_page(page: &str, picture: &str) -> Result<RenderedPicture> {
    let command = command_for(&files::text(page)?, picture);
    let command = command.with_context(|| format!("{page} has no command for {picture}"))?;
    // `render_picture` adds its own output files.
    let mut words: Vec<&str> = command.iter().map(|word| &**word).collect();
    if let Some(i) = words.iter().position(|word| *word == picture) {
        words.drain(i.saturating_sub(1)..=i);
    }
    render_picture(&words, picture)
}

/// Finds the command on a page that writes a file, and returns its arguments. A backslash continues a line.
fn command_for(page: &str, file: &str) -> Option<Vec<String>> {
    let page = page.replace("\\\n", " ");
    let commands = page
        .lines()
        .filter_map(|line| line.strip_prefix("    thalweg "));
    let words = |command: &str| command.split_whitespace().map(str::to_owned).collect();
    let mut commands = commands.map(words);
    commands.find(|words: &Vec<String>| words.iter().any(|word| word == file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_command() {
        let page = "Text\n\n    thalweg map a \\\n        -o x.svg --table\n\n    thalweg map b -o y.svg\n";
        let words = |file| command_for(page, file).map(|words| words.join(" "));
        assert_eq!(words("x.svg").as_deref(), Some("map a -o x.svg --table"));
        assert_eq!(words("y.svg").as_deref(), Some("map b -o y.svg"));
        assert_eq!(words("z.svg"), None);
    }
}
