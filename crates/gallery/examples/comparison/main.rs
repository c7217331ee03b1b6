//! Prints docs/comparison.md: the article's figures beside ours, and other pages beside ours.

mod peers;

use thalweg_gallery::article::{ArticleRuns, comparison};

fn main() -> Result<(), thalweg::Error> {
    print!("{}", comparison(&ArticleRuns::new()?, "article"));
    print!("{}", peers::section());
    Ok(())
}
