//! Prints docs/comparison.md: the article's figures beside ours.

use thalweg_gallery::article::{Study, comparison};

fn main() -> Result<(), thalweg::Error> {
    print!("{}", comparison(&Study::new()?, "article"));
    Ok(())
}
