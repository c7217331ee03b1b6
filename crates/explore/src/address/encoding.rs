//! Percent-encoding of addresses.

use super::wrong;
use std::fmt::Write as _;
use thalweg::Error;

/// Escapes the characters that have a meaning in an address.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~:,;=/!*()@".contains(&byte);
        let _ = if plain {
            write!(out, "{}", char::from(byte))
        } else {
            write!(out, "%{byte:02X}")
        };
    }
    out
}

pub(super) fn decoded(text: &str) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next()), digit(rest.next()));
        let (Some(high), Some(low)) = (high, low) else {
            return wrong(
                "`%` in the address is not followed by two digits: write `%25` for a percent sign",
            );
        };
        bytes.push((16 * high + low) as u8);
    }
    String::from_utf8(bytes)
        .or_else(|_| wrong("the address is not valid UTF-8: copy the complete link"))
}
