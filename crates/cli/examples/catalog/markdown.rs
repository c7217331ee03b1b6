//! Texts in Markdown.

/// Escapes a text. Backticks already mark code.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split('`').enumerate() {
        let is_code = i % 2 == 1;
        if i > 0 {
            out.push('`');
        }
        for c in part.chars() {
            if !is_code && "\\*_[]<".contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// Returns a table. Its cells are Markdown.
pub(crate) fn table<const N: usize>(
    heads: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let line = |cells: [String; N]| {
        // A bar separates columns, also in code.
        let cells = cells.map(|cell| cell.replace('|', "\\|"));
        format!("| {} |\n", cells.join(" | "))
    };
    let rows: String = rows.map(line).collect();
    let rule = ["---"; N].join("|");
    format!("{}|{rule}|\n{rows}", line(heads.map(str::to_owned)))
}

/// Returns a text as code.
pub(crate) fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Returns lines as a block of code.
pub(crate) fn block(lines: &str) -> String {
    let indented = |line: &str| format!("    {line}");
    let lines = lines.lines().map(indented);
    let lines = lines.map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}
