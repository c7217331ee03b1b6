//! Numbers in the terminal or for a host: six significant digits. Pipes and files get all digits.

use crate::terminal::host::Host;
use std::io::{self, IsTerminal as _};
use thalweg::number::{ShortestFloat, join};

/// Formats a number: with six significant digits if a person reads them, else with all digits.
pub(crate) fn number(v: f64) -> String {
    format(v, is_read_by_person())
}

/// Formats a list of numbers like [`number`]. Then a blank follows each comma, so that the list can be wrapped.
pub(crate) fn numbers(values: &[f64]) -> String {
    format_list(values, is_read_by_person())
}

/// Returns whether standard output is a terminal, or a host shows the text.
fn is_read_by_person() -> bool {
    Host::current().is_some() || io::stdout().is_terminal()
}

fn format(v: f64, in_terminal: bool) -> String {
    let shown = if in_terminal { rounded(v) } else { v };
    ShortestFloat(shown).to_string()
}

fn format_list(values: &[f64], in_terminal: bool) -> String {
    if !in_terminal {
        return join(values);
    }
    let texts: Vec<String> = values.iter().map(|v| format(*v, true)).collect();
    texts.join(", ")
}

/// Rounds a number to six significant digits.
fn rounded(v: f64) -> f64 {
    format!("{v:.5e}").parse().unwrap_or(v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_shows_six_significant_digits() {
        for (v, text) in [
            (0.124_923_370_581_439_25, "0.124923"),
            (-4.0, "-4"),
            (0.125, "0.125"),
            (1.234_567_8e-9, "1.23457e-9"),
            (123_456_789.0, "123457000"),
            (0.999_999_96, "1"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(format(v, true), text);
        }
        assert_eq!(
            format(0.124_923_370_581_439_25, false),
            "0.12492337058143925"
        );
        let list = [0.1 + 0.2, -4.0];
        assert_eq!(format_list(&list, true), "0.3, -4");
        assert_eq!(format_list(&list, false), "0.30000000000000004,-4");
    }
}
