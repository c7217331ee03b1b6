//! The character that separates the cells of a table, and the comments before the table.

/// The character between the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    Comma,
    Semicolon,
    Tab,
    /// A vertical bar.
    Bar,
    /// Any number of spaces.
    Spaces,
}

/// The order of preference: a comma may also be a decimal comma, and spaces may be part of a cell.
const BY_PREFERENCE: [Separator; 5] = [
    Separator::Semicolon,
    Separator::Tab,
    Separator::Comma,
    Separator::Bar,
    Separator::Spaces,
];

impl Separator {
    /// Returns the separator that the first line declares, as Excel writes it, such as `sep=;`, and the length of this line.
    pub(crate) fn declared(text: &str) -> Option<(Self, usize)> {
        let line = text.split_inclusive('\n').next()?;
        let words = line.trim_end_matches(['\r', '\n']).trim_matches('"');
        let (key, sign) = words.split_at_checked(4)?;
        let is_sign = |separator: &Self| sign.as_bytes() == [separator.byte()];
        let mut known = BY_PREFERENCE.into_iter();
        let found = known
            .find(is_sign)
            .filter(|_| key.eq_ignore_ascii_case("sep="));
        found.map(|separator| (separator, line.len()))
    }

    /// Returns the separator with which the first rows have the same number of cells.
    pub(crate) fn detect(text: &str) -> Self {
        const MAX_ROWS: usize = 20;
        let is_row = |line: &&str| !line.trim().is_empty() && !is_comment(line);
        let rows: Vec<&str> = text.lines().filter(is_row).take(MAX_ROWS).collect();
        let Some(first) = rows.first() else {
            return Self::Comma;
        };
        let counts = BY_PREFERENCE.map(|separator| (separator, separator.count_cells(first)));
        let split = || counts.into_iter().filter(|(_, count)| *count > 1);
        let fits = |(separator, count): &(Self, usize)| {
            rows.iter().all(|row| separator.count_cells(row) == *count)
        };
        // If the rows have different lengths, the reader reports those that differ from the first one.
        let fitting = |(separator, count): (Self, usize)| {
            let same = rows
                .iter()
                .filter(|row| separator.count_cells(row) == count);
            (same.count(), separator)
        };
        let is_likely = |(same, separator): &(usize, Self)| *same > 1 || *separator != Self::Spaces;
        let uneven = || {
            let likely = split().map(fitting).filter(is_likely).rev();
            likely.max_by_key(|(same, _)| *same)
        };
        let even = split().find(fits).map(|(separator, _)| separator);
        let found = even.or_else(|| uneven().map(|(_, separator)| separator));
        found.unwrap_or(Self::Comma)
    }

    /// Returns the byte between two cells.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
            Self::Spaces => b' ',
        }
    }

    fn count_cells(self, line: &str) -> usize {
        let (mut count, mut is_quoted, mut is_empty) = (0, false, true);
        for byte in line.trim_end_matches('\r').bytes() {
            is_quoted ^= byte == b'"';
            if byte == self.byte() && !is_quoted {
                count += usize::from(!is_empty || self != Self::Spaces);
                is_empty = true;
            } else {
                is_empty = false;
            }
        }
        count + usize::from(!is_empty || self != Self::Spaces)
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// Returns the offset at which the table begins: behind the comments before it. A comment with one name per column, as
/// `numpy.savetxt` writes it, is the header without its `#`.
pub(crate) fn begin_of_table(text: &str, separator: Separator) -> usize {
    let (mut begin, mut names) = (0, None);
    for line in text.split_inclusive('\n') {
        let row = line.trim();
        if is_comment(row) {
            let inner = line.trim_start_matches(|c: char| c == '#' || c.is_whitespace());
            names = Some(inner).filter(|inner| !inner.is_empty()).map(|inner| {
                let offset = begin + line.len() - inner.len();
                (offset, inner)
            });
        } else if !row.is_empty() {
            let is_header = |(_, inner): &(usize, &str)| {
                separator.count_cells(inner.trim_end()) == separator.count_cells(row)
                    && has_number(row, separator)
                    && !has_number(inner, separator)
            };
            return names.filter(is_header).map_or(begin, |(offset, _)| offset);
        }
        begin += line.len();
    }
    begin
}

fn has_number(row: &str, separator: Separator) -> bool {
    let mut cells = row.split(char::from(separator.byte()));
    cells.any(|cell| cell.trim().replace(',', ".").parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_the_separator_of_even_rows() {
        use Separator::{Bar, Comma, Semicolon, Spaces, Tab};
        for (text, separator) in [
            ("a,b\n1,2\n", Comma),
            ("a;b\n0,5;1,5\n", Semicolon),
            ("0,28;0,4;1\n1,5;0,3;0\n", Semicolon),
            ("a\tb\n0,5\t1\n", Tab),
            ("x y loss\n -1   2 3e1\n", Spaces),
            ("first test\n1\n2\n", Comma),
            ("a;b,c\n1,2\n3,4\n", Comma),
            ("\"a;b\",c\r\n1,2\r\n", Comma),
            ("# any, comment; here\nx y\n1 2\n", Spaces),
            ("a;b;c\n1;2\n", Semicolon),
            ("x y loss\n1 2 3\n4 5\n6 7 8\n", Spaces),
            ("x|y\n1|2\n", Bar),
            ("a,b;c\n1;2\n3;4\n5\n", Semicolon),
            ("", Comma),
        ] {
            assert_eq!(Separator::detect(text), separator, "{text:?}");
        }
    }

    #[test]
    fn a_comment_may_be_the_header() {
        let table = |text| {
            let separator = Separator::detect(text);
            &text[begin_of_table(text, separator)..]
        };
        assert_eq!(table("# w1,w2\n1,2\n"), "w1,w2\n1,2\n");
        assert_eq!(table("# made by x, y\na,b\n1,2\n"), "a,b\n1,2\n");
        assert_eq!(table("# made today\n#\n1,2\n"), "1,2\n");
        assert_eq!(table("a,b\n#1,2\n"), "a,b\n#1,2\n");
    }
}
