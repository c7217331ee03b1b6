//! Prints docs/comparison.md: the article's figures beside ours, and other pages beside ours.

mod peers;

use thalweg_gallery::article::{Study, comparison};

fn main() -> Result<(), thalweg::Error> {
    print!("{}", comparison(&Study::new()?, "article"));
    print!("{}", peers::section());
    Ok(())
}
