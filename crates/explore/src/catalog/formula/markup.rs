//! The parts of formulas in MathML.

/// Greek letters.
const GREEK: [(&str, &str); 12] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("eta", "η"),
    ("mu", "μ"),
    ("phi", "φ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("inf", "∞"),
];

/// Operators over an index, with their MathML.
const OPERATORS: [(&str, &str); 4] = [
    ("sum", "<mo>∑</mo>"),
    ("max", "<mo>max</mo>"),
    ("min", "<mo>min</mo>"),
    ("mean", "<mo>mean</mo>"),
];

/// A part of a formula in MathML.
pub(super) struct Markup {
    /// The MathML: one element.
    pub(super) full: String,
    /// The same without parentheses around it. A fraction, a root, and an exponent do not need them.
    pub(super) bare: Option<String>,
}

impl Markup {
    pub(super) fn of(full: String) -> Self {
        Self { full, bare: None }
    }

    /// Joins elements into one.
    pub(super) fn row(mut elements: Vec<String>) -> Self {
        Self::of(match elements.len() {
            1 => elements.remove(0),
            _ => format!("<mrow>{}</mrow>", elements.concat()),
        })
    }

    pub(super) fn bare(self) -> String {
        self.bare.unwrap_or(self.full)
    }
}

/// Writes parentheses around a formula. Only those around fractions are taller than letters.
pub(super) fn parenthesized(inside: &str) -> String {
    let is_tall = inside.contains("<mfrac>");
    let [open, close] = ["(", ")"].map(|mark| format!("<mo stretchy=\"{is_tall}\">{mark}</mo>"));
    format!("<mrow>{open}{inside}{close}</mrow>")
}

/// Joins factors with their signs into one element.
pub(super) fn joined(mut factors: Vec<Markup>) -> Markup {
    if factors.len() == 1 {
        return factors.remove(0);
    }
    Markup::row(factors.into_iter().map(|factor| factor.full).collect())
}

/// Returns a letter or a Greek letter.
pub(super) fn symbol(name: &str) -> Option<String> {
    let greek = GREEK.iter().find(|(latin, _)| *latin == name);
    let is_letter = name.len() == 1;
    let letter = greek.map_or(is_letter.then_some(name), |(_, greek)| Some(greek));
    letter.map(|letter| format!("<mi>{letter}</mi>"))
}

/// Returns an operator over an index, such as `sum_i`.
pub(super) fn operator(text: &str) -> Option<String> {
    let (name, index) = text.split_once('_')?;
    let (_, sign) = OPERATORS.iter().find(|(known, _)| *known == name)?;
    Some(format!("<munder>{sign}{}</munder>", symbol(index)?))
}

/// Returns a letter, possibly with an index or an accent. `added` is a number that is added to the index.
pub(super) fn name(text: &str, added: Option<&str>) -> Option<String> {
    if let Some(symbol) = symbol(text) {
        return Some(symbol);
    }
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some(base) = symbol(letters) {
        let index = &text[letters.len()..];
        return Some(format!("<msub>{base}<mn>{index}</mn></msub>"));
    }
    let (base, index) = text.split_once('_')?;
    let base = symbol(base)?;
    if index == "hat" {
        return Some(format!("<mover accent=\"true\">{base}<mo>^</mo></mover>"));
    }
    let is_number = index.chars().all(|c| c.is_ascii_digit());
    let element = if is_number { "mn" } else { "mi" };
    let index = symbol(index)
        .filter(|_| !is_number)
        .unwrap_or_else(|| format!("<{element}>{index}</{element}>"));
    let index = added.map_or(index.clone(), |added| {
        format!("<mrow>{index}<mo>+</mo><mn>{added}</mn></mrow>")
    });
    Some(format!("<msub>{base}{index}</msub>"))
}
