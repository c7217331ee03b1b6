//! The names and numbers that were most likely meant.

/// Returns the name in `allowed` that is most similar to `given`, if one is similar enough.
pub fn nearest<'a>(given: &str, allowed: &'a [impl AsRef<str>]) -> Option<&'a str> {
    /// A longer text is not a misspelled name, and the comparison would take long.
    const MAX_BYTES: usize = 100;
    if given.len() > MAX_BYTES {
        return None;
    }
    let given = &*given.to_lowercase();
    let names = allowed.iter().map(AsRef::as_ref);
    let begins = |name: &&'a str| given.len() > 1 && name.starts_with(given);
    if let Some(name) = names.clone().find(begins) {
        return Some(name);
    }
    if let Some(name) = names.clone().find(|name| has_initials(name, given)) {
        return Some(name);
    }
    let near = |name: &'a str| (strsim::damerau_levenshtein(given, name), name);
    let (distance, name) = names.map(near).min()?;
    let most = match given.chars().count() {
        // One edit turns any letter into any other letter.
        0 | 1 => 0,
        length => 1 + length / 4,
    };
    (distance <= most).then_some(name)
}

/// Returns whether a name of several words has these initials, such as `gradient-descent` and `gd`.
fn has_initials(name: &str, initials: &str) -> bool {
    let words = name.split(['-', '_']);
    initials.len() > 1
        && words
            .filter_map(|word| word.chars().next())
            .eq(initials.chars())
}

/// Returns the picks that were meant by an unknown id: settings without the colon before them, such as `adam(beta1=0.9)`, or
/// several of the names in `allowed`, such as `adam,rprop`.
pub(crate) fn picks_in(given: &str, allowed: &[impl AsRef<str>]) -> Vec<String> {
    const SEPARATORS: [char; 5] = [',', ';', ' ', '(', '='];
    let is_allowed = |name: &str| allowed.iter().any(|other| other.as_ref() == name);
    let Some((name, rest)) = given
        .split_once(SEPARATORS)
        .filter(|(name, _)| is_allowed(name))
    else {
        return Vec::new();
    };
    let words = given
        .split(SEPARATORS)
        .map(str::trim)
        .filter(|word| !word.is_empty());
    if words.clone().all(is_allowed) {
        return words.map(str::to_owned).collect();
    }
    let settings = rest.trim_matches([' ', ',', '(', ')']);
    vec![format!("{name}:{settings}")]
}

/// Returns the only name in `allowed` that becomes `given` by a slip of the keyboard: another case, two swapped neighbors,
/// a missing letter, or a repeated letter.
///
/// In contrast to [`nearest`], names that differ by another letter are different things, such as `cosh` and `cos`.
pub(crate) fn mistyped<'a>(given: &str, allowed: &'a [impl AsRef<str>]) -> Option<&'a str> {
    let given: Vec<char> = given.to_lowercase().chars().collect();
    let letters = |name: &str| name.chars().collect::<Vec<char>>();
    let names = allowed.iter().map(AsRef::as_ref);
    if let Some(same) = names.clone().find(|name| letters(name) == given) {
        return Some(same);
    }
    let mut slips = names.filter(|name| is_slip(&given, &letters(name)));
    let only = slips.next()?;
    slips.next().is_none().then_some(only)
}

/// Returns whether `given` is `name` with two swapped neighbors, a missing letter except the last, or a repeated letter.
fn is_slip(given: &[char], name: &[char]) -> bool {
    if name.len() < 2 || given.len() < 2 || name.len().abs_diff(given.len()) > 1 {
        return false;
    }
    let without = |word: &[char], i: usize| [&word[..i], &word[i + 1..]].concat();
    let swapped = |i: &usize| {
        let mut word = name.to_vec();
        word.swap(*i, i + 1);
        word
    };
    let missing = (0..name.len() - 1).any(|i| without(name, i) == given);
    let repeated = |i: &usize| given[*i] == given[i + 1];
    let neighbors = |word: &[char]| 0..word.len() - 1;
    missing
        || neighbors(name).any(|i| swapped(&i) == given)
        || neighbors(given)
            .filter(repeated)
            .any(|i| without(given, i) == name)
}

/// Returns the number that a text with a decimal comma represents, written with a decimal point.
pub(crate) fn decimal_comma(given: &str) -> Option<String> {
    let (whole, fraction) = given.trim().split_once(',')?;
    let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let starts = digits(unsigned) && fraction.starts_with(|c: char| c.is_ascii_digit());
    let text = format!("{whole}.{fraction}");
    let number = text.parse().is_ok_and(|v: f64| v.is_finite());
    (starts && number).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{decimal_comma, mistyped, nearest, picks_in};

    #[test]
    fn suggests_only_a_similar_name() {
        let names = ["momentum", "rprop", "irprop-plus"];
        assert_eq!(nearest("momentun", &names), Some("momentum"));
        assert_eq!(nearest("rprob", &names), Some("rprop"));
        assert_eq!(nearest("mom", &names), Some("momentum"));
        assert_eq!(nearest("RPROP", &names), Some("rprop"));
        assert_eq!(nearest("zzz", &names), None);
        assert_eq!(nearest("z", &["x", "e"]), None);
        assert_eq!(nearest("X", &["x", "e"]), Some("x"));
    }

    #[test]
    fn suggests_the_name_with_these_initials() {
        let names = ["adam", "gradient-descent", "learning_rate"];
        assert_eq!(nearest("GD", &names), Some("gradient-descent"));
        assert_eq!(nearest("lr", &names), Some("learning_rate"));
        assert_eq!(nearest("g", &names), None);
    }

    #[test]
    fn finds_picks_in_an_unknown_id() {
        let names = ["adam", "rprop"];
        for (given, meant) in [
            ("adam,beta1=0.9", &["adam:beta1=0.9"][..]),
            ("adam beta1=0.9", &["adam:beta1=0.9"]),
            (
                "adam(beta1=0.9, beta2=0.99)",
                &["adam:beta1=0.9, beta2=0.99"],
            ),
            ("adam=0.1", &["adam:0.1"]),
            ("adam, rprop", &["adam", "rprop"]),
            ("adam ", &["adam"]),
            ("adma,beta1=0.9", &[]),
            ("adma", &[]),
        ] {
            assert_eq!(picks_in(given, &names), meant, "{given}");
        }
    }

    #[test]
    fn only_a_slip_of_the_keyboard_is_mistyped() {
        let names = [
            "sin", "cos", "tan", "exp", "sqrt", "sign", "pi", "x", "log", "log2",
        ];
        for (given, meant) in [
            ("sn", "sin"),
            ("epx", "exp"),
            ("PI", "pi"),
            ("sinn", "sin"),
            ("Sqrt", "sqrt"),
            ("sgn", "sign"),
            ("cso", "cos"),
            ("X", "x"),
        ] {
            assert_eq!(mistyped(given, &names), Some(meant), "{given}");
        }
        for given in [
            "cosh", "atan", "asin", "sinh", "cot", "sec", "log1p", "sqr", "xx", "z", "erf",
        ] {
            assert_eq!(mistyped(given, &names), None, "{given}");
        }
    }

    #[test]
    fn a_decimal_comma_becomes_a_point() {
        assert_eq!(decimal_comma("0,5").as_deref(), Some("0.5"));
        assert_eq!(decimal_comma("-1,25e-3").as_deref(), Some("-1.25e-3"));
        for other in ["0.5", "1,2,3", "1.5,2", "a,5", "5,", "nan,5"] {
            assert_eq!(decimal_comma(other), None, "{other}");
        }
    }
}
