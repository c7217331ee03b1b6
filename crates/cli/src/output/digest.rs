//! Hashes in hexadecimal notation.

/// Returns the first hexadecimal digits of a hash.
pub(crate) fn hex(hash: &[u8], digits: usize) -> String {
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    nibbles.filter_map(digit).take(digits).collect()
}
