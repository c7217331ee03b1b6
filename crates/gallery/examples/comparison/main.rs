//! Prints docs/comparison.md: the article's figures beside those of this project, and a comparison with other pages.

mod peers;

use thalweg_gallery::article::{ArticleRuns, comparison};

fn main() -> Result<(), thalweg::Error> {
    print!("{}", comparison(&ArticleRuns::new()?, "article"));
    print!("{}", peers::section());
    Ok(())
}
