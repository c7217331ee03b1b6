//! The words that a PDF tells of itself: its information dictionary, as far as our own files write it.

use std::str::from_utf8;

/// The text of a key of the information dictionary; none where the file is not built as ours are.
///
/// The way there is that of any reader: from the end to the table of objects, its trailer and the object that it names. A
/// search for the key alone would be led astray by a title that speaks of it.
pub(super) fn text(bytes: &[u8], key: &str) -> Option<String> {
    let last = bytes.windows(9).rposition(|w| w == b"startxref")?;
    let table = Lexer::at(bytes, last + 9).integer()?;
    let mut lexer = Lexer::at(bytes, table);
    lexer.word("xref")?;
    let (first, count) = (lexer.integer()?, lexer.integer()?);
    lexer.spaces();
    // Each entry has 20 bytes: ten digits say where its object is.
    let entries = lexer.at;
    lexer.at = entries.checked_add(count.checked_mul(20)?)?;
    lexer.word("trailer")?;
    let number = lexer.value_of("Info", Lexer::integer)?;
    let entry = entries.checked_add(number.checked_sub(first)?.checked_mul(20)?)?;
    let place = Lexer::at(bytes, entry).integer()?;
    let mut object = Lexer::at(bytes, place);
    (object.integer()? == number).then_some(())?;
    object.integer()?;
    object.word("obj")?;
    object.value_of(key, Lexer::string)
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    fn at(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn spaces(&mut self) {
        while self
            .peek()
            .is_some_and(|b| b.is_ascii_whitespace() || b == 0)
        {
            self.at += 1;
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.spaces();
        let rest = self.bytes.get(self.at..)?;
        rest.starts_with(word.as_bytes()).then_some(())?;
        self.at += word.len();
        Some(())
    }

    fn integer(&mut self) -> Option<usize> {
        self.spaces();
        let begin = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        from_utf8(&self.bytes[begin..self.at]).ok()?.parse().ok()
    }

    /// Reads a dictionary up to this key, and its value.
    fn value_of<T>(&mut self, key: &str, read: fn(&mut Self) -> Option<T>) -> Option<T> {
        self.word("<<")?;
        let mut depth = 0_usize;
        loop {
            self.spaces();
            match self.peek()? {
                b'/' => {
                    self.at += 1;
                    if self.name() == key.as_bytes() && depth == 0 {
                        return read(self);
                    }
                }
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    depth += 1;
                }
                b'>' => {
                    self.at += 2;
                    depth = depth.checked_sub(1)?;
                }
                b'(' | b'<' => drop(self.string()?),
                _ => self.at += 1,
            }
        }
    }

    fn name(&mut self) -> &'a [u8] {
        let begin = self.at;
        let ends = |b: u8| b.is_ascii_whitespace() || b"/()<>[]{}%".contains(&b);
        while self.peek().is_some_and(|b| !ends(b)) {
            self.at += 1;
        }
        &self.bytes[begin..self.at]
    }

    /// A string of either kind, as text: UTF-16 behind its mark, else ASCII.
    fn string(&mut self) -> Option<String> {
        self.spaces();
        let bytes = match self.next()? {
            b'(' => self.literal()?,
            b'<' => self.hexadecimal()?,
            _ => return None,
        };
        let Some(wide) = bytes.strip_prefix(&[0xfe, 0xff]) else {
            return String::from_utf8(bytes).ok();
        };
        let units = wide
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        String::from_utf16(&units.collect::<Vec<_>>()).ok()
    }

    /// What stands between parentheses, which may be nested, with its escapes undone.
    fn literal(&mut self) -> Option<Vec<u8>> {
        let (mut out, mut depth) = (Vec::new(), 0_usize);
        loop {
            match self.next()? {
                b'\\' => self.escaped(&mut out)?,
                b')' if depth == 0 => return Some(out),
                byte => {
                    match byte {
                        b'(' => depth += 1,
                        b')' => depth -= 1,
                        _ => {}
                    }
                    out.push(byte);
                }
            }
        }
    }

    /// Appends the byte that stands for what follows a backslash.
    fn escaped(&mut self, out: &mut Vec<u8>) -> Option<()> {
        out.push(match self.next()? {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 0x08,
            b'f' => 0x0c,
            // The end of a line that goes on.
            b'\n' => return Some(()),
            digit @ b'0'..=b'7' => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    value = 8 * value + u32::from(digit - b'0');
                    self.at += 1;
                }
                u8::try_from(value).ok()?
            }
            byte => byte,
        });
        Some(())
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        let mut digits = Vec::new();
        loop {
            match self.next()? {
                b'>' => break,
                byte if byte.is_ascii_whitespace() => {}
                byte => digits.push(char::from(byte).to_digit(16)? as u8),
            }
        }
        let pairs = digits.chunks(2);
        // A last digit alone stands for sixteen of it.
        let byte = |pair: &[u8]| 16 * pair[0] + pair.get(1).copied().unwrap_or(0);
        Some(pairs.map(byte).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(info: &str) -> Vec<u8> {
        let head = "%PDF-1.7\n(/Keywords (astray)) startxref 1\n";
        let table = head.len() + info.len();
        format!(
            "{head}{info}xref\n0 2\n{:010} 65535 f\r\n{:010} 00000 n\r\ntrailer\n<<\n  /ID [(/Info 7 0 R) <00>]\n  \
             /Info 1 0 R\n>>\nstartxref\n{table}\n%%EOF",
            0,
            head.len()
        )
        .into_bytes()
    }

    #[test]
    fn both_kinds_of_strings_are_read() {
        let info = "1 0 obj\n<< /Title (/Keywords \\(no\\)) /X << /Keywords (nor) >> /Keywords (a (b\\)\\101) c\\\\d) >>";
        assert_eq!(
            text(&file(info), "Keywords").as_deref(),
            Some("a (b)A) c\\d")
        );
        let info = "1 0 obj\n<</Keywords <FEFF00e4 D83DDE00>>>";
        assert_eq!(
            text(&file(info), "Keywords").as_deref(),
            Some("\u{e4}\u{1f600}")
        );
    }

    #[test]
    fn what_is_broken_has_no_text() {
        let whole = file("1 0 obj\n<< /Keywords (words) >>");
        assert!(text(&whole, "Keywords").is_some());
        assert_eq!(text(&whole, "Subject"), None);
        for end in 0..whole.len() {
            // Without its last characters a file is still read where these say nothing.
            let found = text(&whole[..end], "Keywords");
            assert!(
                found.is_none() || found.as_deref() == Some("words"),
                "{end}"
            );
        }
        assert_eq!(text(b"", "Keywords"), None);
    }
}
