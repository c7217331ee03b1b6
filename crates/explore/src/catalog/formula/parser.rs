//! Parses a formula and writes it in MathML.
//!
//! ```text
//! formula   sum {relation sum}                 relation   <-  =  <  >  <=  >=
//! sum       [-] product {(+ | -) product}
//! product   factor {factor | * factor | . factor | × factor | / factor}
//! factor    power {. power}                    without spaces around the dot
//! power     atom [^ [-] atom]
//! atom      number | name | name(list) | (list) | |sum| | operator_letter product
//! ```
//!
//! A fraction divides the factors before it by one factor. A word is only a name if the formula or its entry defines it,
//! so that the parser stops at other words.

use super::{
    escaped,
    markup::{Markup, joined, name, operator, parenthesized, symbol},
    tokens::{Kind, Token},
};

/// Relations, with their MathML.
const RELATIONS: [(&str, &str); 6] = [
    ("<-", "←"),
    ("=", "="),
    ("<=", "≤"),
    (">=", "≥"),
    ("<", "&lt;"),
    (">", "&gt;"),
];

/// Functions whose argument can follow without parentheses.
const FUNCTIONS: [&str; 2] = ["sin", "cos"];

/// The sign of a product that is written.
const DOT: &str = "<mo>·</mo>";
/// The space between factors, which screen readers read as a multiplication.
const TIMES: &str = "<mo lspace=\"0.15em\" rspace=\"0\">&#x2062;</mo>";

/// Parses the tokens from the first to the last that belongs to a formula.
pub(super) struct Parser<'a> {
    tokens: &'a [Token<'a>],
    words: &'a [&'a str],
    at: usize,
    /// Number of open `|`, which the next `|` closes.
    bars: usize,
}

impl<'a> Parser<'a> {
    /// `words` are the names of more than one letter that a formula can contain.
    pub(super) fn new(tokens: &'a [Token<'a>], words: &'a [&'a str]) -> Self {
        Self {
            tokens,
            words,
            at: 0,
            bars: 0,
        }
    }

    /// Returns the position in the text after the parsed tokens.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |i| self.tokens[i].end())
    }

    /// Parses the longest formula at the start. Returns `None` if there is none.
    pub(super) fn formula(&mut self) -> Option<String> {
        let mut elements = vec![self.sum()?.full];
        while let Some((_, shown)) = self.relation() {
            let before = self.at;
            self.at += 1;
            let Some(side) = self.sum() else {
                self.at = before;
                break;
            };
            elements.push(format!("<mo>{shown}</mo>"));
            elements.push(side.full);
        }
        Some(elements.concat())
    }

    fn relation(&self) -> Option<&'static (&'static str, &'static str)> {
        let text = self.peek()?.text;
        RELATIONS.iter().find(|(relation, _)| *relation == text)
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    /// Skips a symbol if it is the next token.
    fn skip(&mut self, symbol: &str) -> bool {
        let is_next = self.peek().is_some_and(|token| token.text == symbol);
        self.at += usize::from(is_next);
        is_next
    }

    /// Skips a minus sign of a formula, or of a sentence.
    fn skip_minus(&mut self) -> bool {
        self.skip("-") || self.skip("−")
    }

    /// Parses with a method, and returns to the position before if it fails.
    fn attempt(&mut self, parse: impl FnOnce(&mut Self) -> Option<Markup>) -> Option<Markup> {
        let (at, bars) = (self.at, self.bars);
        let parsed = parse(self);
        if parsed.is_none() {
            (self.at, self.bars) = (at, bars);
        }
        parsed
    }

    fn sum(&mut self) -> Option<Markup> {
        self.attempt(|parser| {
            let mut elements = Vec::new();
            if parser.skip_minus() {
                elements.push("<mo>−</mo>".to_owned());
            }
            elements.push(parser.product()?.full);
            loop {
                let shown = match parser.peek().map(|token| token.text) {
                    Some("+") => "<mo>+</mo>",
                    Some("-" | "−") => "<mo>−</mo>",
                    _ => break,
                };
                let next = parser.attempt(|parser| {
                    parser.at += 1;
                    parser.product()
                });
                let Some(next) = next else { break };
                elements.extend([shown.to_owned(), next.full]);
            }
            Some(Markup::row(elements))
        })
    }

    fn product(&mut self) -> Option<Markup> {
        let mut factors = vec![self.factor()?];
        loop {
            let operator = self.peek().map_or("", |token| token.text);
            let is_explicit = ["/", "*", ".", "×"].contains(&operator);
            let next = self.attempt(|parser| {
                parser.at += usize::from(is_explicit);
                parser.factor()
            });
            let Some(next) = next else { break };
            if operator == "/" {
                let above = joined(factors).bare();
                let fraction = format!("<mfrac>{above}{}</mfrac>", next.bare());
                factors = vec![Markup::of(fraction)];
                continue;
            }
            let sign = match operator {
                "×" => "<mo>×</mo>",
                _ if is_explicit => DOT,
                _ => TIMES,
            };
            factors.extend([Markup::of(sign.to_owned()), next]);
        }
        Some(joined(factors))
    }

    /// Parses a power, or a scalar product without spaces.
    fn factor(&mut self) -> Option<Markup> {
        let mut factors = vec![self.power()?];
        while self.is_joined(0) && self.peek().is_some_and(|token| token.text == ".") {
            let next = self.attempt(|parser| {
                parser.at += 1;
                parser.pair().or_else(|| parser.power())
            });
            let Some(next) = next else { break };
            factors.extend([Markup::of(DOT.to_owned()), next]);
        }
        Some(joined(factors))
    }

    /// Parses a matrix and a vector without a space, such as `Hy`.
    fn pair(&mut self) -> Option<Markup> {
        let text = self.peek().filter(|token| token.kind == Kind::Name)?.text;
        let (matrix, vector) = text.split_at_checked(1)?;
        let is_pair = matrix.starts_with(|c: char| c.is_ascii_uppercase()) && vector.len() == 1;
        if !is_pair {
            return None;
        }
        self.at += 1;
        let letters = [symbol(matrix)?, TIMES.to_owned(), symbol(vector)?];
        Some(Markup::row(letters.into()))
    }

    fn power(&mut self) -> Option<Markup> {
        let base = self.atom()?;
        let power = self.attempt(|parser| {
            if !parser.skip("^") {
                return None;
            }
            if parser.skip("T") {
                let transposed = "<mi mathvariant=\"normal\">T</mi>";
                return Some(Markup::of(transposed.to_owned()));
            }
            let sign = parser.skip_minus().then(|| "<mo>−</mo>".to_owned());
            let exponent = parser.atom()?.bare();
            Some(Markup::row(sign.into_iter().chain([exponent]).collect()))
        });
        Some(match power {
            Some(power) => Markup::of(format!("<msup>{}{}</msup>", base.full, power.full)),
            None => base,
        })
    }

    fn atom(&mut self) -> Option<Markup> {
        let token = self.peek()?;
        let atom = match (token.kind, token.text) {
            (Kind::Number, digits) => {
                self.at += 1;
                Markup::of(format!("<mn>{digits}</mn>"))
            }
            (Kind::Name, _) => self.attempt(Self::name_or_call)?,
            (_, "(") => self.attempt(Self::list)?,
            (_, "|") if self.bars == 0 => self.attempt(Self::absolute)?,
            _ => return None,
        };
        // The index of a norm.
        let norm = self.attempt(|parser| {
            let is_index = parser.is_joined(0) && parser.skip("_");
            if is_index { parser.atom() } else { None }
        });
        Some(match norm {
            Some(index) => Markup::of(format!("<msub>{}{}</msub>", atom.full, index.bare())),
            None => atom,
        })
    }

    /// Returns whether no space is before the token at a distance from the next one.
    fn is_joined(&self, distance: usize) -> bool {
        let token = self.tokens.get(self.at + distance);
        token.is_some_and(|token| !token.is_separate)
    }

    /// Returns whether a symbol follows without a space.
    fn follows(&self, symbol: &str) -> bool {
        self.is_joined(0) && self.peek().is_some_and(|token| token.text == symbol)
    }

    /// Parses a name, or a function with its arguments.
    fn name_or_call(&mut self) -> Option<Markup> {
        let text = self.peek()?.text;
        self.at += 1;
        if let Some(base) = text.strip_suffix('_') {
            let index = self.list()?.bare();
            return Some(Markup::of(format!("<msub>{}{index}</msub>", symbol(base)?)));
        }
        if let Some(operator) = operator(text) {
            return Some(Markup::row(vec![operator, self.product()?.full]));
        }
        if text == "sqrt" && self.follows("(") {
            let inside = self.list()?.bare();
            return Some(Markup::of(format!("<msqrt>{inside}</msqrt>")));
        }
        let is_known = self.words.contains(&text) || FUNCTIONS.contains(&text);
        let mut name = name(text, self.next_index());
        if name.is_some() && self.next_index().is_some() && text.contains('_') {
            self.at += 2;
        }
        if name.is_none() && (is_known || self.follows("(")) {
            name = Some(format!("<mi>{}</mi>", escaped(text)));
        }
        let mut name = name?;
        if self.follows("'") {
            self.at += 1;
            name = format!("<msup>{name}<mo>′</mo></msup>");
        }
        if !self.follows("(") {
            return Some(Markup::of(name));
        }
        let arguments = self.list()?.full;
        let call = format!("<mrow>{name}<mo>&#x2061;</mo>{arguments}</mrow>");
        Some(Markup::of(call))
    }

    /// Returns the number of an index such as `t+1`, which follows without spaces.
    fn next_index(&self) -> Option<&'a str> {
        let number = self.tokens.get(self.at + 1)?;
        let is_index = self.follows("+") && self.is_joined(1) && number.kind == Kind::Number;
        is_index.then_some(number.text)
    }

    /// Parses one sum or more in parentheses.
    fn list(&mut self) -> Option<Markup> {
        if !self.skip("(") {
            return None;
        }
        let bars = std::mem::take(&mut self.bars);
        let mut elements = vec![self.sum()?.full];
        while self.skip(",") {
            elements.extend(["<mo>,</mo>".to_owned(), self.sum()?.full]);
        }
        self.bars = bars;
        if !self.skip(")") {
            return None;
        }
        let inside = Markup::row(elements).full;
        Some(Markup {
            full: parenthesized(&inside),
            bare: Some(inside),
        })
    }

    fn absolute(&mut self) -> Option<Markup> {
        self.at += 1;
        self.bars += 1;
        let inside = self.sum()?.full;
        self.bars -= 1;
        let bars = ["prefix", "postfix"].map(|form| format!("<mo form=\"{form}\">|</mo>"));
        let [open, close] = bars;
        self.skip("|")
            .then(|| Markup::of(format!("<mrow>{open}{inside}{close}</mrow>")))
    }
}
