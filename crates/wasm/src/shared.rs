//! What all functions share: errors as sentences, and the themes of the page.

use thalweg_explore::{Theme, tell};

/// What a function returns to JavaScript.
pub(crate) type Result<T> = std::result::Result<T, String>;

/// An error as a sentence.
pub(crate) fn said(error: impl Into<thalweg_explore::Error>) -> String {
    tell::error(&error.into())
}

/// The colours of the page: dark, else light.
pub(crate) fn theme(name: &str) -> &'static Theme {
    match name {
        "dark" => &Theme::DARK,
        _ => &Theme::LIGHT,
    }
}

/// A place or a size in px.
pub(crate) fn pair(numbers: &[f64]) -> Result<[f64; 2]> {
    let pair = numbers.try_into();
    pair.map_err(|_| "a place in a picture has two numbers".to_owned())
}
