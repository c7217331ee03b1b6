//! Text of Python modules.

/// The maximum width of a line of the generated modules.
const WIDTH: usize = 116;

/// Wraps a text at blanks, with an indentation of the first line and of the others.
pub(crate) fn wrapped(text: &str, first: &str, others: &str) -> String {
    let mut lines = vec![first.to_owned()];
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a first line");
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{others}{word}"));
        } else {
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
    }
    lines.join("\n") + "\n"
}

/// Writes a string of Python.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Escapes a text for a docstring.
pub(crate) fn in_docstring(text: &str) -> String {
    text.replace('\\', "\\\\").replace("\"\"\"", "'''")
}

/// Returns an id as the name of a class: `irprop-plus` becomes `IrpropPlus`.
pub(crate) fn class_name(id: &str) -> String {
    let words = id.split(['-', '_']);
    let capitalized = words.map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    capitalized.collect()
}
