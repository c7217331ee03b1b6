//! PNG pictures in terminals with the kitty graphics protocol: <https://sw.kovidgoyal.net/kitty/graphics-protocol/>.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fmt::Write as _;

/// Limit of the characters of one piece.
const PIECE: usize = 4096;

/// Returns the control sequences that show a PNG with a width of this many columns of text, and a line break.
pub fn encode(png: &[u8], columns: usize) -> String {
    let letters = STANDARD.encode(png);
    let mut text = String::new();
    let mut rest = letters.as_str();
    let mut first = true;
    while first || !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.len().min(PIECE));
        let more = u8::from(!behind.is_empty());
        text.push_str("\u{1b}_G");
        if first {
            // Transmit and display (a=T) a PNG (f=100) without a response (q=2).
            let _ = write!(text, "a=T,f=100,q=2,c={columns},");
        }
        let _ = write!(text, "m={more};{piece}\u{1b}\\");
        (first, rest) = (false, behind);
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_decode_to_the_file() {
        let file: Vec<u8> = (0..9000_u32).map(|i| (i * i % 251) as u8).collect();
        let text = encode(&file, 80);
        let mut letters = String::new();
        let pieces: Vec<&str> = text.trim_end().split_terminator("\u{1b}\\").collect();
        for (i, piece) in pieces.iter().enumerate() {
            let (keys, data) = piece.split_once(';').unwrap();
            let more = if i + 1 < pieces.len() { "m=1" } else { "m=0" };
            let head = if i == 0 { "a=T,f=100,q=2,c=80," } else { "" };
            assert_eq!(keys, format!("\u{1b}_G{head}{more}"));
            assert!(data.len() <= 4096 && data.len() % 4 == 0);
            letters += data;
        }
        assert_eq!(pieces.len(), 3);
        assert_eq!(STANDARD.decode(letters).unwrap(), file);
        assert_eq!(encode(b"", 1), "\u{1b}_Ga=T,f=100,q=2,c=1,m=0;\u{1b}\\\n");
    }
}
