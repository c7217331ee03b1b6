//! The formula of a step: worked out for one weight, and written with its numbers.

use super::pieces::number;
use thalweg::float::powf;

/// What the names of a formula stand for, for one weight.
pub(super) trait Names {
    /// A plain name.
    fn number(&self, name: &str) -> Option<f64>;
    /// `function(name)`, where that is none of the functions of numbers.
    fn of(&self, function: &str, name: &str) -> Option<f64>;
}

/// The value of a formula, and the formula with numbers in the places of its names; nothing where a name stands for
/// nothing.
pub(super) fn worked_out(formula: &str, names: &dyn Names) -> Option<(f64, String)> {
    let mut reader = Reader {
        rest: formula,
        names,
        said: String::new(),
        folded: 0,
    };
    let value = reader.sum()?;
    reader.rest.is_empty().then_some((value, reader.said))
}

struct Reader<'a> {
    rest: &'a str,
    names: &'a dyn Names,
    said: String,
    /// Square brackets that are open: what is in them is not written out.
    folded: usize,
}

impl<'a> Reader<'a> {
    /// Takes a sign away if it comes next.
    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.map_or(self.rest, str::trim_start);
        rest.is_some()
    }

    fn say(&mut self, words: &str) {
        if self.folded == 0 {
            self.said.push_str(words);
        }
    }

    /// Writes a number; one below zero in brackets where something stands before it.
    fn tell(&mut self, v: f64) {
        let begins = self.said.is_empty() || self.said.ends_with('(');
        let [open, close] = if v < 0.0 && !begins {
            ["(", ")"]
        } else {
            ["", ""]
        };
        self.say(&[open, &number(v), close].concat());
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = if self.takes('-') {
            self.say("\u{2212}");
            -self.product()?
        } else {
            self.product()?
        };
        loop {
            if self.takes('+') {
                self.say(" + ");
                value += self.product()?;
            } else if self.takes('-') {
                self.say(" \u{2212} ");
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.power()?;
        loop {
            if self.takes('*') {
                self.say(" \u{d7} ");
                value *= self.power()?;
            } else if self.takes('/') {
                self.say(" / ");
                value /= self.power()?;
            } else {
                return Some(value);
            }
        }
    }

    /// Only within square brackets: it is not written out.
    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        if self.takes('^') {
            return Some(powf(base, self.atom()?));
        }
        Some(base)
    }

    fn atom(&mut self) -> Option<f64> {
        if self.takes('(') {
            self.say("(");
            let value = self.sum()?;
            self.say(")");
            return self.takes(')').then_some(value);
        }
        if self.takes('[') {
            self.folded += 1;
            let value = self.sum()?;
            self.folded -= 1;
            self.tell(value);
            return self.takes(']').then_some(value);
        }
        let word = self.word();
        if let Ok(value) = word.parse() {
            self.tell(value);
            return Some(value);
        }
        if !self.takes('(') {
            let value = self.names.number(word)?;
            self.tell(value);
            return Some(value);
        }
        let value = match word {
            "sqrt" => {
                self.say("\u{221a}");
                self.sum()?.sqrt()
            }
            "sign" => {
                let v = self.sum()?;
                if v == 0.0 { 0.0 } else { v.signum() }
            }
            function => {
                let name = self.word();
                let value = self.names.of(function, name)?;
                self.tell(value);
                value
            }
        };
        self.takes(')').then_some(value)
    }

    /// A name or a number, which comes next.
    fn word(&mut self) -> &'a str {
        let other = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let end = self.rest.find(other).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Some2;

    impl Names for Some2 {
        fn number(&self, name: &str) -> Option<f64> {
            [("a", 2.0), ("b", -3.0)]
                .into_iter()
                .find(|(known, _)| *known == name)
                .map(|(_, v)| v)
        }
        fn of(&self, function: &str, name: &str) -> Option<f64> {
            (function == "twice").then(|| 2.0 * self.number(name).unwrap())
        }
    }

    #[test]
    fn is_worked_out_and_written_with_its_numbers() {
        for (formula, value, said) in [
            ("a * b", -6.0, "2 × (−3)"),
            ("-a * b + a / 4", 6.5, "−2 × (−3) + 2 / 4"),
            ("[1 - a^3] - twice(b)", -1.0, "−7 − (−6)"),
            ("a * (b + 1)", -4.0, "2 × (−3 + 1)"),
            ("a * (a + b)", -2.0, "2 × (2 + (−3))"),
            ("a / sqrt([a + a])", 1.0, "2 / √4"),
            ("[-sign(b)] * a", 2.0, "1 × 2"),
            ("0", 0.0, "0"),
        ] {
            let (found, written) = worked_out(formula, &Some2).unwrap();
            assert_eq!((found, &*written), (value, said), "{formula}");
        }
        for wrong in ["c", "a +", "(a", "a b", "thrice(a)", ""] {
            assert!(worked_out(wrong, &Some2).is_none(), "{wrong}");
        }
    }
}
