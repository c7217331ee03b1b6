//! Shared helpers: error messages, themes, and pairs of numbers.

use js_sys::{Array, Uint8Array};
use thalweg_explore::{FileContent, Theme, failure::failure, json::Json};

/// The result of a function for JavaScript. An error is JSON.
pub(crate) type Result<T> = std::result::Result<T, String>;

/// Returns an error as JSON.
pub(crate) fn error_text(error: impl Into<thalweg_explore::Error>) -> String {
    json(failure(&error.into()))
}

/// Returns the error of a call that does not fit the state of the page, as JSON.
pub(crate) fn misuse(message: &str) -> String {
    error_text(thalweg_explore::Error::Settings(message.to_owned()))
}

/// Reads data files from an array that alternates between names and contents.
pub(crate) fn files(files: &Array) -> Vec<(String, FileContent)> {
    let file = |i: u32| {
        let name = files.get(2 * i).as_string().unwrap_or_default();
        let bytes = Uint8Array::new(&files.get(2 * i + 1)).to_vec();
        (name, FileContent::from(bytes))
    };
    (0..files.length() / 2).map(file).collect()
}

/// Returns the theme of the page: dark, or else light.
pub(crate) fn theme(name: &str) -> &'static Theme {
    match name {
        "dark" => &Theme::DARK,
        _ => &Theme::LIGHT,
    }
}

/// Reads a position or a size in px.
pub(crate) fn pair(numbers: &[f64]) -> Result<[f64; 2]> {
    let pair = numbers.try_into();
    pair.map_err(|_| misuse("a position or a size must be two numbers"))
}

/// Writes an answer as JSON.
pub(crate) fn json(answer: impl Into<Json>) -> String {
    answer.into().to_string()
}
