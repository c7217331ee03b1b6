//! Messages for a program that offers the commands as functions: flags become keywords.

use crate::args::Args;
use clap::{Arg, ArgAction, Command, CommandFactory as _};

/// Returns a message of a command in the words of functions whose keywords are the flags: `--tune-by grid` becomes
/// `tune_by="grid"`, and the pick of `--with rprop` becomes `"rprop"`. Excerpts of the input do not change.
pub fn in_keywords(text: &str) -> String {
    let text = text.split("\n\nUsage: ").next().unwrap_or_default();
    if !text.contains("-o ") && !text.contains("--") && !text.contains("`thalweg ") {
        return text.to_owned();
    }
    let flags = flags();
    let lines = text.split('\n').map(|line| {
        if is_excerpt(line) {
            line.to_owned()
        } else {
            Line(line).in_keywords(&flags)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns whether a line shows a part of the input, with its number or with marks below it.
fn is_excerpt(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    [": ", "| ", ",-", "`-"]
        .iter()
        .any(|begin| line.starts_with(begin))
}

/// Returns the arguments of all commands that have a flag.
fn flags() -> Vec<Arg> {
    let mut commands: Vec<Command> = vec![Args::command()];
    let mut flags = Vec::new();
    while let Some(command) = commands.pop() {
        flags.extend(
            command
                .get_arguments()
                .filter(|arg| arg.get_long().is_some())
                .cloned(),
        );
        commands.extend(command.get_subcommands().cloned());
    }
    flags
}

/// The marks that can enclose a flag or follow it.
const MARKS: [char; 7] = ['`', '\'', '(', ')', ',', ';', ':'];

struct Line<'t>(&'t str);

impl Line<'_> {
    fn in_keywords(&self, flags: &[Arg]) -> String {
        let mut out = String::new();
        let mut rest = self.0;
        while !rest.is_empty() {
            if let Some((call, after)) = program_call(rest) {
                out.push_str(&call);
                rest = after;
                continue;
            }
            let end = rest.find(' ').unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            // A command line is shown as it is.
            if word == "thalweg" || word == "`cargo" {
                out.push_str(rest);
                break;
            }
            rest = after;
            if let Some(flag) = Flag::read(word, flags) {
                rest = flag.write(after, &mut out);
            } else {
                out.push_str(word);
            }
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            out.push_str(&rest[..blanks]);
            rest = &rest[blanks..];
        }
        out
    }
}

/// Reads a quoted command of the program that is also a function, and returns the call of the function and the remaining text.
fn program_call(text: &str) -> Option<(String, &str)> {
    let (command, after) = text.strip_prefix("`thalweg ")?.split_once('`')?;
    let call = match command.split_once(' ')? {
        ("list", _) => "`catalog()`".to_owned(),
        ("show", id) => format!("`show(\"{id}\")`"),
        _ => format!("`thalweg {command}`"),
    };
    Some((call, after))
}

/// A flag in a message.
struct Flag<'t> {
    /// The flag, such as `--tune-by`.
    word: &'t str,
    /// What precedes it.
    before: &'t str,
    /// What follows it, such as a comma.
    after: &'t str,
    /// The arguments with this flag.
    args: Vec<&'t Arg>,
}

impl<'t> Flag<'t> {
    fn read(word: &'t str, flags: &'t [Arg]) -> Option<Self> {
        let begin = word.len() - word.trim_start_matches(MARKS).len();
        let (before, inner) = word.split_at(begin);
        let (inner, after) = inner.split_at(inner.trim_end_matches(MARKS).len());
        let name = if inner == "-o" {
            "output"
        } else {
            inner.strip_prefix("--")?
        };
        let args: Vec<&Arg> = flags
            .iter()
            .filter(|arg| arg.get_long() == Some(name))
            .collect();
        (!args.is_empty()).then_some(Self {
            word: inner,
            before,
            after,
            args,
        })
    }

    /// Writes the keyword with the value at the beginning of the text that follows the flag, and returns the remaining text.
    fn write<'r>(&self, text: &'r str, out: &mut String) -> &'r str {
        let name = match self.word {
            "-o" | "--output" => "path".to_owned(),
            "--as" => "library".to_owned(),
            "--on" => "problem".to_owned(),
            "--with" => "optimizers".to_owned(),
            word => word.trim_start_matches('-').replace('-', "_"),
        };
        let is_added = out.ends_with("add ") && self.is_switch();
        let is_pick = matches!(self.word, "--on" | "--with");
        let text_value = text.strip_prefix(' ').filter(|_| self.after.is_empty());
        let value = text_value.and_then(|text| self.value(text));
        let keyword = match &value {
            Some((Some(pick), _)) if is_pick => pick.clone(),
            Some((Some(value), _)) => format!("{name}={value}"),
            None if is_added => format!("{name}=True"),
            _ => name,
        };
        let (rest, after) = match value {
            Some((_, rest)) => (rest, ""),
            None => (text, self.after),
        };
        // The quotes of a flag are those of the keyword.
        let quotes = ['`', '\''];
        let [before, after] = [
            self.before.trim_end_matches(quotes),
            after.trim_start_matches(quotes),
        ];
        out.extend([before, "`", &keyword, "`", after]);
        rest
    }

    fn is_switch(&self) -> bool {
        self.args
            .iter()
            .any(|arg| matches!(arg.get_action(), ArgAction::SetTrue))
    }

    /// Reads the value of the flag. Returns its text in code, or nothing for the name of a value, and the remaining text. Returns
    /// `None` if the text is not a value.
    fn value<'r>(&self, text: &'r str) -> Option<(Option<String>, &'r str)> {
        if self.is_switch() {
            return None;
        }
        if let Some(form) = text.strip_prefix('<') {
            let (_, rest) = form.split_once('>')?;
            return Some((None, rest.strip_prefix('\'').unwrap_or(rest)));
        }
        if matches!(self.word, "--on" | "--with") {
            let (pick, rest) = match text
                .strip_prefix('\'')
                .and_then(|text| text.split_once('\''))
            {
                Some(quoted) => quoted,
                None => text.split_at(value_end(text)),
            };
            return Some((Some(format!("{pick:?}")), rest));
        }
        let (value, rest) = text.split_at(value_end(text));
        if !value.is_empty() && value.chars().all(|c| c.is_ascii_uppercase()) {
            return Some((None, rest));
        }
        let mut words = self.args.iter().flat_map(|arg| arg.get_possible_values());
        if words.any(|word| word.get_name() == value) {
            return Some((Some(format!("{value:?}")), rest));
        }
        Some((Some(numbers(value)?), rest))
    }
}

/// Returns the end of a value, without the punctuation of the sentence.
fn value_end(text: &str) -> usize {
    let word = text.split(' ').next().unwrap_or_default();
    word.trim_end_matches([',', ';', '.', ')']).len()
}

/// Returns one or more numbers as code.
fn numbers(text: &str) -> Option<String> {
    let is_number = |part: &&str| part.parse::<f64>().is_ok();
    let parts: Vec<&str> = text.split(['x', ',']).collect();
    let all = parts.iter().all(is_number);
    match parts[..] {
        _ if !all => None,
        [one] => Some(one.to_owned()),
        _ => Some(format!("({})", parts.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages of the shell and of a program with functions.
    const CASES: &[(&str, &str)] = &[
        (
            "--shuffle has no effect without --batch",
            "`shuffle` has no effect without `batch`",
        ),
        (
            "--trials has no effect with --tune-by grid\n  help: remove --trials, or use --tune-by quasi-random",
            "`trials` has no effect with `tune_by=\"grid\"`\n  help: remove `trials`, or use `tune_by=\"quasi-random\"`",
        ),
        (
            "give one, such as --target 0.1",
            "give one, such as `target=0.1`",
        ),
        (
            "add --target LOSS, or use --show loss",
            "add `target`, or use `show=\"loss\"`",
        ),
        (
            "a larger --trials finds such values",
            "a larger `trials` finds such values",
        ),
        (
            "invalid value '0' for '--pairs <N>': `0` is",
            "invalid value '0' for `pairs`: `0` is",
        ),
        ("the loop '--loops <N|forever>': no", "the loop `loops`: no"),
        (
            "--on article is given twice",
            "`\"article\"` is given twice",
        ),
        (
            "add one, such as --with rprop, or remove --tune",
            "add one, such as `\"rprop\"`, or remove `tune`",
        ),
        (
            "write --on 'csv:path=\"a b\"'",
            "write `\"csv:path=\\\"a b\\\"\"`",
        ),
        ("--size 30x20 is too small", "`size=(30, 20)` is too small"),
        (
            "add --resume, or remove --starts",
            "add `resume=True`, or remove `starts`",
        ),
        ("give one --with", "give one `optimizers`"),
        ("-o a.bmp does not have", "`path` a.bmp does not have"),
        (
            "choose one; `thalweg list problems` lists all",
            "choose one; `catalog()` lists all",
        ),
        ("`thalweg show adam` lists", "`show(\"adam\")` lists"),
        (
            "`thalweg sweep --help` shows one",
            "`thalweg sweep --help` shows one",
        ),
        (
            "write thalweg draw loss --log a.csv",
            "write thalweg draw loss --log a.csv",
        ),
        (
            "wrong: x\n 1 | --tune\n   : ^^|^^ --tune",
            "wrong: x\n 1 | --tune\n   : ^^|^^ --tune",
        ),
        ("wrong\n\nUsage: thalweg train", "wrong"),
        ("a -- b --unknown", "a -- b --unknown"),
        ("", ""),
    ];

    #[test]
    fn flags_become_keywords() {
        for (shell, python) in CASES {
            assert_eq!(in_keywords(shell), *python);
        }
    }
}
