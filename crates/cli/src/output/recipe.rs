//! The recipe of a picture: the command that draws it, embedded in its file.

use crate::{
    args::Args,
    failure::{Result, refuse},
};
use clap::{ArgAction, ArgMatches, Command, CommandFactory as _, parser::ValueSource};
use thalweg::{error::printable, experiment::Experiment, optimizers, pick::Pick};
use thalweg_explore::{
    recipe::{self, FILE, PROGRAM, REVISION, REVISION_LINE, hash},
    shell::quoted,
};

/// Arguments that are not part of a recipe, because they do not change the picture.
const OMITTED: &[&str] = &[
    "output",
    "out",
    "table",
    "threads",
    "trace",
    "save_data",
    "terminal",
    "plain",
];

/// A command that draws a picture, without its output files. The default is no command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Recipe {
    /// The subcommand and its arguments.
    words: Vec<String>,
    /// The data files and their hashes.
    files: Vec<(String, String)>,
    /// The version of the meaning of the arguments.
    revision: u32,
}

/// The flag of the epochs to show.
const EPOCHS: &str = "--epochs";

impl Recipe {
    /// Returns the recipe of the command line: the given arguments, unchanged, in the order of their declaration.
    pub(crate) fn given(command: &Command, matches: &ArgMatches) -> Self {
        let (mut words, mut command, mut matches) = (Vec::new(), command, matches);
        while let Some((name, inner)) = matches.subcommand() {
            words.push(name.to_owned());
            let Some(subcommand) = command.find_subcommand(name) else {
                break;
            };
            (command, matches) = (subcommand, inner);
        }
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            let given = matches.value_source(id) == Some(ValueSource::CommandLine);
            if !given || OMITTED.contains(&id) {
                continue;
            }
            let flag = arg.get_long().map(|name| format!("--{name}"));
            if matches!(arg.get_action(), ArgAction::SetTrue) {
                words.extend(flag);
                continue;
            }
            for value in matches.get_raw(id).into_iter().flatten() {
                let value = value.to_string_lossy();
                let native = (id == "with").then(|| native_pick(&value)).flatten();
                words.extend(argument(flag.as_deref(), native.unwrap_or(value.into())));
            }
        }
        Self {
            words,
            files: Vec::new(),
            revision: REVISION,
        }
    }

    /// Returns the recipe with the same arguments for another command, which must have them. They have the order of the
    /// other command, because `redraw` accepts no other one.
    pub(crate) fn for_command(&self, command: &[&str]) -> Self {
        let arguments = self.words.iter().skip_while(|word| !word.starts_with('-'));
        let words = command.iter().map(|word| (*word).to_owned());
        let other = Self {
            words: words.chain(arguments.cloned()).collect(),
            ..self.clone()
        };
        let mut parser = Args::command();
        let matches = parser.try_get_matches_from_mut(other.arguments("picture.svg"));
        let matches = matches.expect("the other command has the same arguments");
        Self {
            words: Self::given(&parser, &matches).words,
            ..other
        }
    }

    /// Returns the version of the meaning of the arguments if it is newer than this program.
    pub(crate) fn newer_revision(&self) -> Option<u32> {
        Some(self.revision).filter(|revision| *revision > REVISION)
    }

    /// Returns the range of epochs if the recipe was written when such a range had another meaning.
    pub(crate) fn outdated_range(&self) -> Option<&str> {
        self.range().filter(|_| self.revision < REVISION)
    }

    /// Returns the recipe with another range of epochs, or without one.
    pub(crate) fn with_range(&self, range: Option<&str>) -> Self {
        let mut words = self.words.clone();
        if let Some(at) = self.range_index() {
            words.splice(
                at..at + 2,
                range
                    .map(|range| [EPOCHS.to_owned(), range.to_owned()])
                    .into_iter()
                    .flatten(),
            );
        }
        Self {
            words,
            files: self.files.clone(),
            revision: REVISION,
        }
    }

    /// Returns the figures of a `draw` command.
    pub(crate) fn figures(&self) -> impl Iterator<Item = &str> {
        let figures = self.words.iter().skip(1).map(String::as_str);
        figures.take_while(|word| !word.starts_with('-'))
    }

    fn range(&self) -> Option<&str> {
        Some(&*self.words[self.range_index()? + 1])
    }

    /// Returns the index of the flag of a range of epochs.
    fn range_index(&self) -> Option<usize> {
        let is_range = |pair: &[String]| pair[0] == EPOCHS && pair[1].contains("..");
        self.words.windows(2).position(is_range)
    }

    /// Adds the files that the experiment reads: data files and recorded runs.
    pub(crate) fn with_files(mut self, experiment: &Experiment) -> Self {
        let files = experiment.files().into_iter();
        self.files
            .extend(files.map(|(name, content)| (name, hash(content.bytes()))));
        self
    }

    /// Adds a file that the command reads.
    pub(crate) fn with_file(mut self, name: &str, content: &[u8]) -> Self {
        self.files.push((name.to_owned(), hash(content)));
        self
    }

    /// Returns whether the recipe belongs to one of these commands.
    pub(crate) fn is_of(&self, commands: &[&str]) -> bool {
        let first = self.words.first();
        first.is_some_and(|word| commands.contains(&&**word))
    }

    /// Returns whether another recipe has the same command and arguments. Ignores the hashes of the files.
    pub(crate) fn is_same_request(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// Returns the command as text for a shell, with the output file.
    pub(crate) fn command(&self, output: &str) -> String {
        let words = self.arguments(output);
        words
            .iter()
            .map(|word| quoted(word))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Returns the command as words for the argument parser, with the output file.
    pub(crate) fn arguments(&self, output: &str) -> Vec<String> {
        let words = self.words.iter().map(String::as_str);
        let words = [PROGRAM].into_iter().chain(words).chain(["-o", output]);
        words.map(str::to_owned).collect()
    }

    /// Returns the data files and their hashes.
    pub(crate) fn files(&self) -> &[(String, String)] {
        &self.files
    }

    /// Returns the paths of the data files.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(name, _)| &**name)
    }

    /// Returns the text that is embedded in the picture's file; `None` if no command draws the picture.
    ///
    /// # Errors
    /// The name of a data file contains a line break or another character that the text cannot contain.
    pub(crate) fn embedded(&self) -> Result<Option<String>> {
        if self.words.is_empty() {
            return Ok(None);
        }
        if let Some(name) = self.inputs().find(|name| name.contains(char::is_control)) {
            refuse!(
                "the name of the file {} contains a control character, which the command stored in a picture cannot contain",
                printable(name);
                "rename the file"
            );
        }
        Ok(Some(self.text()))
    }

    /// Returns the recipe as text.
    pub(crate) fn text(&self) -> String {
        let revision = self.range().map(|_| self.revision);
        let revision = revision.filter(|revision| *revision > 1);
        recipe::text(&self.words, revision, &self.files)
    }

    /// Parses the text of a recipe. Also returns the version of the program that wrote it. Returns `None` for other texts.
    pub(crate) fn read(text: &str) -> Option<(Self, String)> {
        let mut lines = text.lines().peekable();
        let version = lines.next()?.strip_prefix(PROGRAM)?.strip_prefix(' ')?;
        let words = command_words(lines.next()?.strip_prefix(PROGRAM)?, &mut lines)?;
        let file = |line: &str| {
            let words = shell_words::split(line.strip_prefix(FILE)?).ok()?;
            match words.as_slice() {
                [name, kind, hash] if kind == "sha256" => Some((name.clone(), hash.clone())),
                _ => None,
            }
        };
        let revision = lines.next_if(|line| line.starts_with(REVISION_LINE));
        let mut recipe = Self {
            words,
            files: lines.map(file).collect::<Option<_>>()?,
            revision: REVISION,
        };
        recipe.revision = match revision {
            Some(line) => line.strip_prefix(REVISION_LINE)?.parse().ok()?,
            None if recipe.range().is_some() => 1,
            None => REVISION,
        };
        Some((recipe, version.to_owned()))
    }
}

/// Returns the words of a command that begins with a line. A quoted word, such as a rule, continues in the next lines.
fn command_words(first: &str, next: &mut dyn Iterator<Item = &str>) -> Option<Vec<String>> {
    // The text is split again for each line, which would take long for a damaged file.
    const MAX_LINES: usize = 1000;
    let mut command = first.to_owned();
    for _ in 0..MAX_LINES {
        if let Ok(words) = shell_words::split(&command) {
            return Some(words);
        }
        command.push('\n');
        command.push_str(next.next()?);
    }
    None
}

/// Returns the words of a flag and its value. A value that starts with a dash is joined to the flag with `=`, because
/// clap would parse it as a flag.
fn argument(flag: Option<&str>, value: String) -> Vec<String> {
    match flag {
        Some(flag) if value.starts_with('-') => vec![format!("{flag}={value}")],
        Some(flag) => vec![flag.to_owned(), value],
        None => vec![value],
    }
}

/// Returns the pick of an optimizer whose names are those of another library, with the names of the catalog. The defaults of a
/// library can change, but not a picture that is drawn again.
fn native_pick(text: &str) -> Option<String> {
    let pick: Pick = text.parse().ok()?;
    let native = optimizers::REGISTRY.native(pick.clone()).ok()?;
    (native != pick).then(|| native.text().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_explore::recipe::VERSION;

    fn recipe(words: &str) -> Recipe {
        let mut command = Args::command();
        let words = shell_words::split(words).unwrap_or_default();
        let matches = command.try_get_matches_from_mut(words);
        Recipe::given(&command, &matches.expect("a command"))
    }

    #[test]
    fn a_recipe_omits_the_output_files() {
        let recipe = recipe(
            "thalweg draw -o x.svg contour --with rprop --start=-4,1 --on 'formula:x^2 + y' --output y.png --with adam",
        );
        assert_eq!(
            recipe.command("z.svg"),
            "thalweg draw contour --on 'formula:x^2 + y' --with rprop --with adam --start=-4,1 -o z.svg"
        );
    }

    #[test]
    fn the_text_of_a_recipe_parses_to_the_same_recipe() {
        let mut recipe = recipe(
            "thalweg map starts --on 'my data.csv' --with \"momentum:learning_rate=0.3\" --size 20x20 --table",
        );
        recipe
            .files
            .push(("my data.csv".to_owned(), "00ff".to_owned()));
        let (back, by) = Recipe::read(&recipe.text()).expect("a recipe");
        assert_eq!((back, &*by), (recipe.clone(), VERSION));
        recipe.words.push("rule:m := g\nw := w - 0.1*m".to_owned());
        let (back, _) = Recipe::read(&recipe.text()).expect("a recipe");
        assert_eq!(back, recipe);
        assert!(Recipe::read("something else").is_none());
        assert!(!recipe.text().contains("\nrecipe "));
        assert!(Recipe::read("thalweg 1\nthalweg draw 'open").is_none());
    }

    #[test]
    fn a_recipe_with_a_range_of_epochs_has_a_version() {
        let new = recipe("thalweg draw zoom --on article --with rprop --epochs 11..16 -o z.svg");
        let text = new.text();
        assert!(text.ends_with("--epochs 11..16\nrecipe 2"), "{text}");
        let (back, _) = Recipe::read(&text).expect("a recipe");
        assert_eq!((back.outdated_range(), &back), (None, &new));
        let (old, _) = Recipe::read(text.trim_end_matches("\nrecipe 2")).expect("a recipe");
        assert_eq!(old.outdated_range(), Some("11..16"));
        assert_eq!(old.figures().collect::<Vec<_>>(), ["zoom"]);
        let command = |range| old.with_range(range).command("z.svg");
        assert_eq!(
            command(Some("12..16")),
            "thalweg draw zoom --on article --with rprop --epochs 12..16 -o z.svg"
        );
        assert_eq!(
            command(None),
            "thalweg draw zoom --on article --with rprop -o z.svg"
        );
    }

    /// `redraw` rejects recipes whose arguments are in another order, so existing pictures rely on this order.
    #[test]
    fn the_order_of_arguments_in_recipes_is_fixed() {
        for words in [
            "map starts --on article --with rprop --window=-6,6,-6,6 --target 0.2 --epochs 300 --size 30x30",
            "map settings --on article --with rprop --window=-6,6,-6,6 --epochs 300 --over max_step=1..9:3 --starts 2 \
             --seed 7",
            "map settings --on article --with rprop --target 0.2 --over max_step=1..9:3 --start 1,2 --seed 7",
            "draw contour --on article --with rprop --start 1,2 --target none --batch 2 --shuffle --gradient-noise 0.1 \
             --seed 7 --epochs 9 --window=-6,6,-6,6 --plane w1,w2",
            "animate --on article --with rprop --seed 7 --epochs 9 --window=-6,6,-6,6 --plane path --view surface",
        ] {
            let command = format!("thalweg {words} -o z.svg");
            assert_eq!(recipe(&command).command("z.svg"), command);
        }
    }

    #[test]
    fn the_recipe_of_a_map_from_train_is_a_draw_command() {
        let recipe = recipe("thalweg train --on article --with rprop --epochs 5 --out here");
        let drawing = recipe.for_command(&["draw", "contour"]);
        assert_eq!(
            drawing.command("map.svg"),
            "thalweg draw contour --on article --with rprop --epochs 5 -o map.svg"
        );
    }

    /// `train` and `draw` declare their arguments in different orders.
    #[test]
    fn the_recipe_of_a_map_from_train_has_the_order_of_draw() {
        let options = [
            "--start 1,2",
            "--target 0.1",
            "--batch 2",
            "--gradient-noise 0.1",
            "--seed 7",
            "--epochs 5",
            "--window=-6,6,-6,6",
            "--plane w1,w2",
            "--tolerance 1e-9",
            "--tune",
            "--budget 100",
        ];
        for first in options {
            for second in options.into_iter().filter(|second| *second != first) {
                let given = format!("thalweg train --with rprop {first} {second} --out here");
                let drawing = recipe(&given).for_command(&["draw", "contour"]);
                let command = drawing.command("map.svg");
                assert_eq!(recipe(&command), drawing, "{command}");
                for option in [first, second] {
                    assert!(command.contains(option), "{option}: {command}");
                }
            }
        }
    }

    #[test]
    fn a_file_whose_name_has_a_line_break_has_no_recipe() {
        let drawing = recipe("thalweg draw contour --on d.csv -o a.svg");
        let embedded = |name: &str| drawing.clone().with_file(name, b"1,2").embedded();
        assert!(embedded("my data.csv").is_ok());
        for name in ["a\nb.csv", "a\rb.csv", "a\u{1}b.csv"] {
            let message = embedded(name).unwrap_err().to_string();
            assert!(message.contains("control character"), "{message}");
        }
    }
}
