//! Numbers that are written for readers: with thousands separators, a percent sign, a currency, or a unit.

use super::table::beginning;

/// A number with additions that a plain number does not have.
#[derive(Debug, PartialEq)]
pub(super) struct WrittenNumber {
    /// The additions, such as `a percent sign`.
    additions: Vec<&'static str>,
    /// The number without the additions.
    plain: String,
}

/// Signs and codes of currencies that precede or follow a number.
const CURRENCIES: [&str; 33] = [
    "US$", "A$", "C$", "R$", "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₫", "₴", "₪", "฿", "¢", "₿",
    "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "INR", "CNY", "SEK", "NOK", "DKK", "PLN",
    "zł", "kr",
];

/// Characters between groups of digits, besides a comma and a point.
const GROUPING: [char; 7] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '\u{2019}', '_'];

/// Reads a number with additions. Returns `None` if the cell is a plain number or anything else.
pub(super) fn written_number(cell: &str) -> Option<WrittenNumber> {
    let mut additions = Vec::new();
    let mut rest = cell.trim();
    if let Some(inner) = within_brackets(rest) {
        additions.push("brackets");
        rest = inner;
    }
    let (minus, unsigned) = without_minus(rest);
    rest = unsigned;
    if let Some(without) = without_currency(rest) {
        additions.push("a currency");
        rest = without;
    }
    let (inner_minus, unsigned) = without_minus(rest);
    rest = unsigned.strip_prefix('+').unwrap_or(unsigned);
    if let Some(without) = rest.strip_suffix(['%', '\u{2030}']) {
        additions.push("a percent sign");
        rest = without.trim_end();
    } else if let Some(without) = without_unit(rest) {
        additions.push("a unit");
        rest = without;
    }
    let is_negative = minus || inner_minus || additions.first() == Some(&"brackets");
    let sign = if is_negative { "-" } else { "" };
    let plain = if let Some(plain) = plain(rest) {
        plain
    } else {
        additions.push("a thousands separator");
        without_groups(rest)?
    };
    let plain = format!("{sign}{plain}");
    // Another minus than that of a keyboard is an addition, too.
    if additions.is_empty() && cell.trim() != plain && is_negative && !cell.starts_with('-') {
        additions.push("a dash instead of a minus sign");
    }
    (!additions.is_empty()).then_some(WrittenNumber { additions, plain })
}

impl WrittenNumber {
    /// Describes a cell of a column and how to write it.
    pub(super) fn message(&self, cell: &str, column: &str) -> String {
        let (name, column) = (beginning(cell), beginning(column));
        let is_ambiguous = cell.matches(',').count() == 1
            && self.additions == ["a thousands separator"]
            && !cell.contains(GROUPING)
            && !cell.contains('.');
        if is_ambiguous {
            return format!(
                "`{name}` (column `{column}`) has a thousands separator or a decimal comma; write it as {} or as {}",
                self.plain,
                cell.trim().replace(',', ".")
            );
        }
        let in_percent = if self.additions.contains(&"a percent sign") {
            " in percent,"
        } else {
            ""
        };
        format!(
            "`{name}` (column `{column}`) is a number with {}; write only the number, such as {},{in_percent} in every row",
            self.additions.join(" and "),
            self.plain
        )
    }

    /// Returns whether the number has only additions that the names of classes do not have.
    pub(super) fn is_no_class(&self) -> bool {
        !self.additions.contains(&"a unit")
    }
}

/// Returns the text in brackets, which enclose negative amounts of money.
fn within_brackets(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')').map(str::trim)
}

/// Returns whether a text begins with a minus sign, and the text without it.
fn without_minus(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

fn without_currency(text: &str) -> Option<&str> {
    let before = CURRENCIES.iter().find_map(|sign| text.strip_prefix(sign));
    let found = before.or_else(|| CURRENCIES.iter().find_map(|sign| text.strip_suffix(sign)));
    found.map(str::trim)
}

/// Returns the text before a unit: letters that follow a number after a space, or a sign such as `°C`.
fn without_unit(text: &str) -> Option<&str> {
    let end = text.find(|c: char| c.is_alphabetic() || matches!(c, '°' | '\u{b5}' | '"'))?;
    let (number, unit) = text.split_at(end);
    let is_unit = unit.chars().count() <= 8
        && unit
            .chars()
            .all(|c| c.is_alphabetic() || "°/²³^23·\"\u{b5}".contains(c));
    let is_apart = number.ends_with([' ', '\u{a0}']) || unit.starts_with('°');
    (is_unit && is_apart).then(|| number.trim_end())
}

/// Returns a text of digits with at most one decimal sign, with a decimal point.
fn plain(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let may_group = is_group(fraction) && whole.len() <= 3 && !whole.starts_with('0');
    let is_grouped = text.contains(',') && may_group;
    let is_plain = is_digits(whole) && !is_grouped && fraction.bytes().all(|b| b.is_ascii_digit());
    is_plain.then(|| match fraction {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    })
}

/// Joins groups of digits. The last group has three digits, and the others have two or three.
fn without_groups(text: &str) -> Option<String> {
    let separator = text.find(|c: char| !c.is_ascii_digit())?;
    let separator = text[separator..].chars().next()?;
    let decimal = match separator {
        ',' => &['.'][..],
        '.' => &[','][..],
        c if GROUPING.contains(&c) => &['.', ','][..],
        _ => return None,
    };
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split(separator).collect();
    let [first, inner @ .., last] = &groups[..] else {
        return None;
    };
    let is_grouped = is_digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && inner
            .iter()
            .all(|group| is_digits(group) && matches!(group.len(), 2 | 3))
        && is_group(last)
        && fraction.bytes().all(|b| b.is_ascii_digit());
    is_grouped.then(|| match fraction {
        "" => groups.concat(),
        fraction => format!("{}.{fraction}", groups.concat()),
    })
}

fn is_group(text: &str) -> bool {
    text.len() == 3 && is_digits(text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(cell: &str) -> String {
        written_number(cell).unwrap().message(cell, "c")
    }

    #[test]
    fn additions_are_named_and_removed() {
        for (cell, addition, plain) in [
            ("1,234,567", "a thousands separator", "1234567"),
            ("1.234.567", "a thousands separator", "1234567"),
            ("1.234,50", "a thousands separator", "1234.50"),
            ("1 234", "a thousands separator", "1234"),
            ("12\u{a0}345\u{a0}678", "a thousands separator", "12345678"),
            ("1'234.5", "a thousands separator", "1234.5"),
            ("1,23,456", "a thousands separator", "123456"),
            ("-1 234", "a thousands separator", "-1234"),
            ("12%", "a percent sign", "12"),
            ("0,5 %", "a percent sign", "0.5"),
            ("$12.50", "a currency", "12.50"),
            ("12,50 €", "a currency", "12.50"),
            ("-$3", "a currency", "-3"),
            ("EUR 7", "a currency", "7"),
            ("$1,234", "a currency and a thousands separator", "1234"),
            ("(5.00)", "brackets", "-5.00"),
            ("12 kg", "a unit", "12"),
            ("21.5 °C", "a unit", "21.5"),
            ("\u{2212}5", "a dash instead of a minus sign", "-5"),
        ] {
            let found = written_number(cell).unwrap_or_else(|| panic!("{cell}"));
            assert_eq!(
                (found.additions.join(" and "), &*found.plain),
                (addition.to_owned(), plain)
            );
        }
        let price = message("$1,234");
        assert!(
            price.contains("with a currency and a thousands separator")
                && price.contains("such as 1234,"),
            "{price}"
        );
    }

    #[test]
    fn one_comma_may_be_a_decimal_sign() {
        assert!(message("1,234").ends_with("write it as 1234 or as 1.234"));
        assert!(!message("1,234,567").contains("decimal comma"));
    }

    #[test]
    fn other_texts_are_not_numbers() {
        for cell in [
            "",
            "-",
            "5",
            "-0.5",
            "0,5",
            "1e5",
            "red",
            "A/5 21171",
            "2024-02-01",
            "3rd",
            "12A",
            "10:30",
            "1,2,3",
            "1.2.3",
            "$",
            "%",
            "kg",
            "Class 1",
            "192.168.1.10",
            "()",
        ] {
            assert_eq!(written_number(cell), None, "{cell}");
        }
    }
}
