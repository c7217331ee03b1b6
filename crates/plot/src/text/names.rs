//! Names of runs that must fit into a given width and remain different.

use super::{fitted_name, width};
use std::collections::BTreeSet;

/// Returns each name and the font size with which it fits into `room` px. The font size is between `least` and `size`.
///
/// Names that are still too long are shortened in the middle. If different names would then be the same, the names of
/// that kind lose the settings that they share, then letters of their words. Names that are all of one kind are reduced to
/// the values of their settings at last. If this is not enough, names are numbered.
pub fn fitted_names(names: &[&str], size: f64, room: f64, least: f64) -> Vec<(String, f64)> {
    let fit = |name: &str| fitted_name(name, size, room, least);
    let mut fitted: Vec<_> = names.iter().map(|name| fit(name)).collect();
    let unclear = repeated(names, &fitted);
    let heads: BTreeSet<&str> = unclear.iter().map(|i| head(names[*i])).collect();
    for kind in heads {
        let members: Vec<usize> = (0..names.len())
            .filter(|i| head(names[*i]) == kind)
            .collect();
        let group: Vec<&str> = members.iter().map(|i| names[*i]).collect();
        let bare = (group.len() == names.len()).then(|| values(names));
        let clear = shorter(&group).chain(bare).find_map(|texts| {
            let fit_shorter = |(text, name): (&String, &&str)| {
                let whole = fit(name);
                if whole.0 == **name {
                    return Some(whole);
                }
                Some(fit(text)).filter(|fitted| fitted.0 == *text)
            };
            let texts = texts.iter().zip(&group).map(fit_shorter);
            let texts = texts.collect::<Option<Vec<_>>>()?;
            repeated(&group, &texts).is_empty().then_some(texts)
        });
        for (i, text) in members.iter().zip(clear.into_iter().flatten()) {
            fitted[*i] = text;
        }
    }
    // In less room, or beside a name that is equal to a shortened one, only numbers are different.
    for numbers_whole in [false, true] {
        if repeated(names, &fitted).is_empty() {
            break;
        }
        for (i, name) in names.iter().enumerate() {
            if numbers_whole || fitted[i].0 != *name {
                fitted[i] = numbered(name, i + 1, [size, room, least]);
            }
        }
    }
    fitted
}

/// Returns the indices of texts that stand for different names but are the same.
pub(crate) fn repeated<T: PartialEq>(names: &[&str], texts: &[(T, f64)]) -> Vec<usize> {
    let is_repeated =
        |i: &usize| (0..names.len()).any(|k| names[k] != names[*i] && texts[k].0 == texts[*i].0);
    (0..names.len()).filter(is_repeated).collect()
}

/// Returns the number of a run and as much of its name as fits.
fn numbered(name: &str, number: usize, [size, room, least]: [f64; 3]) -> (String, f64) {
    let before = format!("{number}: ");
    let rest = room - width(&before, least);
    let (name, _) = fitted_name(name, least.min(size), rest, least);
    if name.is_empty() {
        (number.to_string(), least)
    } else {
        (before + &name, least)
    }
}

/// Returns the part of a name before its settings.
fn head(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(head, _)| head)
}

/// Returns the settings in a name, and the text after them.
fn settings_and_tail(name: &str) -> (Vec<&str>, &str) {
    let inner = name
        .split_once(" (")
        .and_then(|(_, rest)| rest.rsplit_once(')'));
    inner.map_or((Vec::new(), ""), |(inner, tail)| {
        (inner.split(',').collect(), tail)
    })
}

/// Returns the settings in a name.
fn settings(name: &str) -> Vec<&str> {
    settings_and_tail(name).0
}

/// Returns shorter and shorter versions of names of the same kind.
fn shorter<'a>(names: &'a [&'a str]) -> impl Iterator<Item = Vec<String>> + 'a {
    let without: Vec<String> = names
        .iter()
        .map(|name| without_shared(name, names))
        .collect();
    let words_of = |name: &String| -> BTreeSet<String> {
        pieces(name).into_iter().map(str::to_owned).collect()
    };
    let shared = without.iter().map(words_of).reduce(|a, b| &a & &b);
    let shared = shared.unwrap_or_default();
    let longest = without
        .iter()
        .flat_map(|name| pieces(name))
        .map(|piece| piece.chars().count());
    let longest = longest.max().unwrap_or(0);
    // Words that all names have are shortened first.
    let steps = [true, false].into_iter();
    let steps = steps.flat_map(move |only| (1..=longest).rev().map(move |letters| (only, letters)));
    steps.map(move |(only_shared, letters)| {
        let short = |name: &String| -> String {
            let short = |piece: &str| {
                let most = match shared.contains(piece) {
                    true if !only_shared => 1,
                    false if only_shared => usize::MAX,
                    _ => letters,
                };
                abbreviated(piece, most)
            };
            pieces(name).into_iter().map(short).collect()
        };
        without.iter().map(short).collect()
    })
}

/// Returns the values of the settings that differ.
fn values(names: &[&str]) -> Vec<String> {
    let value = |setting: &str| -> String {
        let value = setting.split_once('=');
        value.map_or(setting, |(_, value)| value).to_owned()
    };
    let of_name = |name: &&str| -> String {
        let own = without_shared(name, names);
        let (settings, tail) = settings_and_tail(&own);
        let values: Vec<String> = settings.into_iter().map(value).collect();
        if values.is_empty() {
            own
        } else {
            values.join(",") + tail
        }
    };
    names.iter().map(of_name).collect()
}

/// Returns a name without the settings that all names have.
fn without_shared(name: &str, names: &[&str]) -> String {
    let is_shared = |setting: &&str| names.iter().all(|name| settings(name).contains(setting));
    let (all, tail) = settings_and_tail(name);
    let own: Vec<&str> = all.iter().copied().filter(|s| !is_shared(s)).collect();
    match [own.is_empty(), all.is_empty() || tail.is_empty()] {
        [true, true] => name.to_owned(),
        [true, false] => format!("{}{tail}", head(name)),
        [false, _] => format!("{} ({}){tail}", head(name), own.join(",")),
    }
}

/// Divides a text into words or numbers and the characters between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut was_word) = (0, None);
    for (i, c) in text.char_indices() {
        let is_word = c.is_alphanumeric() || c == '_';
        if was_word.is_some_and(|was| was != is_word) {
            pieces.push(&text[start..i]);
            start = i;
        }
        was_word = Some(is_word);
    }
    pieces.push(&text[start..]);
    pieces
}

/// Returns the first letters of a word and the digits at its end. Other text, such as a number, is unchanged.
fn abbreviated(word: &str, letters: usize) -> String {
    if !word.starts_with(char::is_alphabetic) {
        return word.to_owned();
    }
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let kept: String = stem.chars().take(letters).collect();
    kept + &word[stem.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the texts, after it has checked that they fit and are different.
    fn texts(names: &[&str], room: f64) -> Vec<String> {
        let fitted = fitted_names(names, 15.0, room, 12.0);
        assert!(repeated(names, &fitted).is_empty(), "{room}: {fitted:?}");
        let is_fitting = |(text, size): &(String, f64)| width(text, *size) <= room + 0.02;
        assert!(
            room < 20.0 || fitted.iter().all(is_fitting),
            "{room}: {fitted:?}"
        );
        fitted.into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn names_of_different_runs_remain_different() {
        let grid = [
            "Momentum (learning_rate=0.01,momentum=0.5)",
            "Momentum (learning_rate=0.02,momentum=0.5)",
            "Momentum (learning_rate=0.01,momentum=0.8)",
            "Momentum (learning_rate=0.02,momentum=0.8)",
        ];
        for (name, text) in [54.0, 140.0]
            .iter()
            .flat_map(|room| grid.iter().zip(texts(&grid, *room)))
        {
            for value in settings(name) {
                let (_, value) = value.split_once('=').unwrap();
                assert!(text.contains(value), "{text} lacks {value}");
            }
        }
        let search = [
            "L-BFGS (line_search=backtracking,memory=10)",
            "L-BFGS (line_search=strong-wolfe,memory=10)",
            "L-BFGS",
            "1234567890 abcdefghij klmnopqrst uvwxyz",
            "1234567890 abcdefghij Klmnopqrst uvwxyz",
        ];
        for room in [
            1.0, 10.0, 20.0, 30.0, 45.0, 60.0, 80.0, 100.0, 150.0, 220.0, 400.0,
        ] {
            texts(&grid, room);
            texts(&search, room);
        }
    }

    #[test]
    fn only_shared_settings_are_omitted() {
        let names = ["0.1", "0.2"]
            .map(|rate| format!("Adam (learning_rate={rate},beta1=0.75,beta2=0.999,epsilon=1e-8)"));
        let names = names.each_ref().map(String::as_str);
        let expected = ["Adam (learning_rate=0.1)", "Adam (learning_rate=0.2)"];
        assert_eq!(texts(&names, 160.0), expected);
        let epochs = ["0.1", "0.2"]
            .map(|rate| format!("Adam (learning_rate={rate},beta1=0.75,beta2=0.999), epoch 100"));
        let epochs = epochs.each_ref().map(String::as_str);
        let expected = ["0.1", "0.2"].map(|rate| format!("Adam (learning_rate={rate}), epoch 100"));
        assert_eq!(texts(&epochs, 215.0), expected);
    }

    #[test]
    fn names_that_are_different_anyway_are_shortened_in_the_middle() {
        let names = ["Adam", "Gradient Descent (learning_rate=1e-4)"];
        let single = names.map(|name| fitted_name(name, 15.0, 120.0, 12.0));
        assert_eq!(fitted_names(&names, 15.0, 120.0, 12.0), single);
        let same = ["Gradient Descent (learning_rate=1e-4)"; 2];
        let texts = fitted_names(&same, 15.0, 120.0, 12.0);
        assert_eq!(texts[0], texts[1]);
    }
}
