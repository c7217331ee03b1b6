//! Pictures of the documentation, as the program draws them.

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::{Failure, Result};
use crate::{files, process};

/// What the program prints.
pub(super) fn printed(arguments: &[&str]) -> Result<String> {
    process::output(&mut program(arguments))
}

/// A picture as the program draws it.
pub(super) struct Picture {
    /// Its SVG.
    pub(super) svg: String,
    /// The hash of its PNG, which is too large to keep.
    pub(super) png: String,
}

/// The picture that the program draws with these arguments.
pub(super) fn drawn(arguments: &[&str], name: &str) -> Result<Picture> {
    let stem = name.replace('/', "-");
    let stem = std::env::temp_dir().join(format!("thalweg-{}-{stem}", std::process::id()));
    let [svg, png] = ["svg", "png"].map(|ending| stem.with_extension(ending));
    let outputs = [&svg, &png].map(|file| file.to_string_lossy().into_owned());
    // A table that the command prints as well is of no use here.
    process::output(&mut program(
        &[arguments, &["-o", &outputs[0], "-o", &outputs[1]]].concat(),
    ))?;
    let take = |file: &Path| {
        let bytes = fs::read(file);
        let bytes = bytes.map_err(|e| Failure(format!("{name}: no picture was drawn: {e}")))?;
        fs::remove_file(file)
            .map_err(|e| Failure(format!("cannot remove {}: {e}", file.display())))?;
        Ok(bytes)
    };
    let (svg, png) = (take(&svg)?, take(&png)?);
    let svg = String::from_utf8(svg);
    Ok(Picture {
        svg: svg.map_err(|_| Failure(format!("{name} is no UTF-8")))?,
        png: files::hex(&Sha256::digest(png)),
    })
}

fn program(arguments: &[&str]) -> std::process::Command {
    let program = ["run", "--quiet", "-p", "thalweg-cli", "--"];
    process::cargo(&[&program, arguments].concat())
}

/// A picture of a page, by the command that stands above it there.
pub(super) fn of_page(page: &str, picture: &str) -> Result<Picture> {
    let text = fs::read_to_string(process::root().join(page))
        .map_err(|e| Failure(format!("cannot read {page}: {e}")))?;
    let Some(command) = command_for(&text, picture) else {
        return Err(Failure(format!("{page} has no command for {picture}")));
    };
    // `drawn` says where to write.
    let mut words: Vec<&str> = command.iter().map(|word| &**word).collect();
    if let Some(i) = words.iter().position(|word| *word == picture) {
        words.drain(i.saturating_sub(1)..=i);
    }
    drawn(&words, picture)
}

/// The arguments of the page's command that writes a file; a line that ends in a backslash goes on in the next one.
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
