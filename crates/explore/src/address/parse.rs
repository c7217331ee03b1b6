//! Values of an address, read from their texts.

use thalweg::{Error, number::whole};

pub(super) fn wrong<T>(message: String) -> Result<T, Error> {
    Err(Error::Settings(message))
}

/// A number, with the minus sign of a keyboard or, as the page itself writes it, a real one.
pub(super) fn number(key: &str, text: &str) -> Result<f64, Error> {
    match text.trim().replace('\u{2212}', "-").parse() {
        Ok(v) if f64::is_finite(v) => Ok(v),
        _ => wrong(format!(
            "`{}` of `{key}` is no finite number",
            shortened(text)
        )),
    }
}

/// A whole number, from `least` on; `1e6` is one, too.
pub(super) fn count(key: &str, text: &str, least: u64) -> Result<u64, Error> {
    let number = whole(text.trim()).filter(|number| *number >= least);
    number.ok_or_else(|| {
        let given = shortened(text);
        Error::Settings(format!(
            "`{given}` of `{key}` is no whole number from {least}"
        ))
    })
}

/// What is shown of a text that may be of any length.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
