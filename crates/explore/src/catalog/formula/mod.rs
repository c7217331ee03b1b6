//! Formulas of the catalog in MathML.
//!
//! The doc comment of an entry contains its formula as text, in lines with parts that three or more spaces separate. The
//! page shows the parts that can be parsed in MathML, and everything else as text.

mod markup;
mod parser;
mod tokens;

use self::{parser::Parser, tokens::Token};
use thalweg::catalog::EntryMetadata;

/// Words that connect formulas.
const CONNECTIVES: [&str; 14] = [
    "and", "each", "else", "for", "from", "if", "or", "then", "to", "unless", "until", "where",
    "while", "with",
];

/// Names that every formula can contain: the size of the block of a weight.
const SIZES: [&str; 2] = ["rows", "columns"];

/// Returns the formula of an entry as HTML with MathML; an empty text if it has none.
pub(crate) fn html(about: &EntryMetadata) -> String {
    let text = &*about.formula;
    if text.is_empty() {
        return String::new();
    }
    if is_example(text) {
        return format!("<pre>{}</pre>", escaped(text));
    }
    let settings = about.settings().map(|param| &*param.name);
    let channels = about.channels.iter().map(|channel| &*channel.name);
    let mut words: Vec<&str> = settings.chain(channels).collect();
    words.extend(SIZES);
    words.extend(assigned(text));
    let mut html = String::new();
    for line in text.lines() {
        html += "<p>";
        for part in line.split("   ").map(str::trim) {
            if !part.is_empty() {
                html.extend(["<span>", &part_html(part, &words), "</span> "]);
            }
        }
        html += "</p>";
    }
    html
}

/// Returns an expression that a user gave as HTML with MathML, or `None` if it contains something else.
pub(crate) fn expression(text: &str) -> Option<String> {
    let tokens: Vec<Token<'_>> = tokens::tokens(text);
    let mut parser = Parser::new(&tokens, &[]);
    let markup = parser.formula()?;
    let is_complete = text[parser.end()..].trim().is_empty();
    is_complete.then(|| format!("<p><math displaystyle=\"true\">{markup}</math></p>"))
}

/// Returns a paragraph of an explanation as HTML. The equations of a calculation become MathML.
pub(crate) fn paragraph(text: &str) -> String {
    match text.split_once(": ") {
        Some(("Calculation", equations)) => format!("Calculation: {}", part_html(equations, &[])),
        _ => escaped(text),
    }
}

/// Returns whether a text is an example of a file or of a pick: only there, commas have no space after them.
fn is_example(text: &str) -> bool {
    let mut pairs = text.as_bytes().windows(2);
    pairs.any(|pair| pair[0] == b',' && !pair[1].is_ascii_whitespace())
}

/// Returns the words that a formula defines: those before an arrow or an equals sign.
fn assigned(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split_whitespace();
    let pairs = words.zip(text.split_whitespace().skip(1));
    pairs.filter_map(|(word, next)| ["<-", "="].contains(&next).then_some(word))
}

/// Converts a part of a line: formulas and texts, with punctuation between them.
fn part_html(part: &str, words: &[&str]) -> String {
    let mut html = String::new();
    let mut rest = part;
    while !rest.is_empty() {
        let end = end_of_piece(rest);
        html += &piece_html(&rest[..end], words);
        rest = &rest[end..];
        // The punctuation and the spaces after it.
        let end = rest.find(|c: char| !",;: ".contains(c));
        let end = end.unwrap_or(rest.len());
        html += &rest[..end];
        rest = &rest[end..];
    }
    html
}

/// Returns the position of the first comma, semicolon, or colon outside of parentheses.
fn end_of_piece(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | ';' | ':' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// Converts a piece: formulas, with words between them. The text begins where neither of them follows.
fn piece_html(piece: &str, words: &[&str]) -> String {
    let mut html = String::new();
    let mut rest = piece;
    loop {
        let text = after_connectives(rest);
        html += &rest[..rest.len() - text.len()];
        let tokens: Vec<Token<'_>> = tokens::tokens(text);
        let mut parser = Parser::new(&tokens, words);
        let markup = parser.formula();
        rest = &text[parser.end()..];
        // A formula that ends inside of a word is none.
        let ends_in_word = rest.starts_with(|c: char| !c.is_whitespace()) && rest != ".";
        let Some(markup) = markup.filter(|_| !ends_in_word) else {
            return html + &escaped(text);
        };
        html.extend(["<math displaystyle=\"true\">", &markup, "</math>"]);
        if after_connectives(rest).len() == rest.len() {
            return html + &escaped(rest);
        }
    }
}

/// Returns a text after the words at its start that connect formulas.
fn after_connectives(text: &str) -> &str {
    let mut rest = text;
    loop {
        let word = rest.split_whitespace().next().unwrap_or_default();
        if !CONNECTIVES.contains(&word) {
            return rest;
        }
        let end = rest.find(word).map_or(0, |start| start + word.len());
        rest = rest[end..].trim_start();
    }
}

/// Escapes a text for HTML.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    fn math(text: &str) -> String {
        let html = part_html(text, &["learning_rate", "step"]);
        let math = html.strip_prefix("<math displaystyle=\"true\">");
        let math = math.and_then(|html| html.strip_suffix("</math>"));
        math.unwrap_or_else(|| panic!("{html}")).to_owned()
    }

    #[test]
    fn fractions_powers_and_roots_are_set_in_two_dimensions() {
        assert_eq!(
            math("-x / 2"),
            "<mrow><mo>−</mo><mfrac><mi>x</mi><mn>2</mn></mfrac></mrow>"
        );
        assert_eq!(
            math("(a + b) / y.s"),
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mi>y</mi><mo>·</mo><mi>s</mi></mrow></mfrac>"
        );
        assert_eq!(
            math("a^-1"),
            "<msup><mi>a</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup>"
        );
        assert_eq!(
            math("sqrt(v_hat)"),
            "<msqrt><mover accent=\"true\"><mi>v</mi><mo>^</mo></mover></msqrt>"
        );
        assert_eq!(
            math("beta1^t"),
            "<msup><msub><mi>β</mi><mn>1</mn></msub><mi>t</mi></msup>"
        );
    }

    #[test]
    fn a_fraction_divides_what_is_before_it_by_one_factor() {
        let half = math("5 x / pi y");
        let (fraction, rest) = half.split_once("</mfrac>").unwrap();
        assert!(fraction.contains("<mn>5</mn>") && fraction.ends_with("<mi>π</mi>"));
        assert!(rest.contains("<mi>y</mi>"));
    }

    #[test]
    fn a_matrix_and_a_vector_need_no_space_in_a_scalar_product() {
        assert!(math("H y / y.Hy + s").ends_with("<mo>+</mo><mi>s</mi></mrow>"));
        assert_eq!(part_html("y.many + s", &[]), "y.many + s");
        assert_eq!(part_html("x? y", &[]), "x? y");
    }

    #[test]
    fn text_remains_text() {
        let words = &["step"];
        assert_eq!(
            part_html("otherwise: double it", words),
            "otherwise: double it"
        );
        assert_eq!(
            part_html("t from the search", words),
            "<math displaystyle=\"true\"><mi>t</mi></math> from the search"
        );
        assert_eq!(part_html("a < \"b\" &", &[]).matches("<math").count(), 1);
        assert!(part_html("unknown <b>", words).starts_with("unknown &lt;b&gt;"));
    }

    #[test]
    fn a_condition_and_its_assignments_are_formulas() {
        let html = part_html(
            "q > 0: step <- min(step, learning_rate),  v <- -sign(g) step",
            &["learning_rate", "step"],
        );
        assert_eq!(html.matches("<math").count(), 3, "{html}");
        assert!(html.contains("</math>: <math"), "{html}");
        assert!(html.contains("<mi>step</mi><mo>←</mo>"), "{html}");
    }

    #[test]
    fn the_equations_of_a_calculation_are_formulas() {
        let html = paragraph("Calculation: −0.3 × (−0.01) / 2 = 1.5×10⁻³ for x, 1 × 2 = 2 for y.");
        // The names of the weights are formulas, too.
        assert_eq!(html.matches("<math").count(), 4, "{html}");
        assert!(html.starts_with("Calculation: <math") && html.ends_with("<mi>y</mi></math>."));
        assert!(html.contains("<mfrac>") && html.contains("</math> for <math"));
        assert_eq!(paragraph("The loss: 1 < 2."), "The loss: 1 &lt; 2.");
    }

    #[test]
    fn an_expression_of_a_user_is_a_formula_as_a_whole() {
        let html = expression("(1-x)^2+100*(y-x^2)^2").unwrap();
        assert_eq!(html.matches("<msup>").count(), 3, "{html}");
        assert!(
            expression("abs(x)+sin(2*w1)/w2")
                .unwrap()
                .contains("<mfrac>")
        );
        assert_eq!(expression("x + <b>"), None);
        assert_eq!(expression(""), None);
    }

    #[test]
    fn the_recurrences_of_all_optimizers_contain_formulas() {
        for about in thalweg::optimizers::REGISTRY.abouts() {
            let html = html(about);
            let has_math = html.contains("<math") || html.starts_with("<pre>");
            assert!(about.formula.is_empty() || has_math, "{}: {html}", about.id);
        }
    }

    /// Returns whether the text after a formula is the rest of one that the parser did not understand. A definition in words,
    /// such as `y = the change of g`, is none.
    fn is_cut(text: &str) -> bool {
        let text = text.replace("&lt;-", "=").replace("&lt;", "=");
        let piece = text.split([',', ';', ':', '<']).next().unwrap().trim();
        let words = piece.strip_prefix("= ").unwrap_or(piece);
        words.starts_with(['-', '_']) || words.contains(['^', '=', '+', '*', '/', '|'])
    }

    #[test]
    fn no_formula_is_parsed_in_part() {
        for about in catalog::lists().iter().flat_map(|list| &list.abouts) {
            let html = html(about);
            let mut texts = html.split("</math>").skip(1);
            let cut = texts.find(|text| is_cut(text));
            assert_eq!(cut, None, "{}: {html}", about.id);
        }
        assert!(is_cut(" / sum of all eta^p") && is_cut(" = (a + b) c"));
        assert!(!is_cut(" = the step, <math>") && !is_cut(" for all i</span>"));
    }

    #[test]
    fn a_sum_extends_to_the_end_of_its_product() {
        let html = math("-sum_i p_i ln(q / sum_j r_j)");
        assert_eq!(html.matches("<munder><mo>∑</mo>").count(), 2, "{html}");
        let (_, below) = html.split_once("<mfrac><mi>q</mi>").unwrap();
        assert!(below.starts_with("<mrow><munder>"), "{html}");
    }

    #[test]
    fn every_formula_gives_balanced_elements() {
        for about in catalog::lists().iter().flat_map(|list| &list.abouts) {
            let html = html(about);
            let mut open = Vec::new();
            for tag in html.split('<').skip(1) {
                let name = tag.split(['>', ' ']).next().unwrap();
                match name.strip_prefix('/') {
                    Some(name) => assert_eq!(open.pop(), Some(name), "{}: {html}", about.id),
                    None => open.push(name),
                }
            }
            assert_eq!(open, [""; 0], "{}", about.id);
        }
    }
}
