//! Figures in memory, and animations of runs.

use super::request::{CommandError, parse};
use crate::{
    args::Command,
    commands::{animate, draw},
    failure::{Failure, Result, usage},
    output::{
        Format, OutputFile, Recipe,
        pictures::{self, PngOptions},
    },
    runs::Interrupt,
    terminal,
};
use std::path::{Path, PathBuf};
use thalweg::{experiment::PreparedExperiment, trace::Trace};
use thalweg_plot::scene::Scene;

/// Figures with their recipe, which can be encoded in every picture format.
#[derive(Clone)]
pub struct DrawnFigure {
    scenes: Vec<Scene>,
    recipe: Recipe,
    png: PngOptions,
}

impl DrawnFigure {
    /// Draws the figures of a command `draw` from finished runs. `has_recipe` states whether the command draws the same
    /// runs, so that it can be embedded in the picture.
    ///
    /// # Errors
    /// The words are not those of a command `draw`, or the figures cannot be drawn.
    pub fn of_runs(
        words: &[String],
        contest: &PreparedExperiment,
        traces: &[Trace],
        has_recipe: bool,
    ) -> std::result::Result<Self, CommandError> {
        let (command, recipe) = parse(words)?;
        let Command::Draw(args) = command else {
            unreachable!("the words must be those of the command `draw`");
        };
        let recipe = if has_recipe {
            recipe
        } else {
            Recipe::default()
        };
        let (scenes, recipe) = draw::of_runs(&args, &recipe, contest, traces)?;
        Ok(Self::new(scenes, &recipe, draw::png_options(&args.look)))
    }

    pub(super) fn of_scene(scene: Scene, recipe: &Recipe) -> Self {
        Self::new(vec![scene], recipe, PngOptions::default())
    }

    /// Reports characters that formats with an embedded font cannot show, because the format is not known yet.
    fn new(scenes: Vec<Scene>, recipe: &Recipe, png: PngOptions) -> Self {
        terminal::warn_of_missing_characters(&scenes);
        Self {
            scenes,
            recipe: recipe.clone(),
            png,
        }
    }

    /// Returns the bytes of the figures in a format: `svg`, `png`, `pdf`, or `html`.
    ///
    /// # Errors
    /// There is no such format, or the picture is too large.
    pub fn encode(&self, format: &str) -> std::result::Result<Vec<u8>, CommandError> {
        Ok(self.bytes(&PathBuf::from(format!("figure.{format}")))?)
    }

    /// Writes the figures to a file. Its extension selects the format.
    ///
    /// # Errors
    /// The extension is not that of a picture format, the file cannot be written, or the host interrupted the work.
    pub fn save(&self, path: &Path) -> std::result::Result<(), CommandError> {
        let bytes = self.bytes(path)?;
        Interrupt::listen().check()?;
        let paths = [path.to_owned()];
        let mut files = OutputFile::prepare("-o", &paths, Format::PICTURES, &self.recipe)?;
        for file in &mut files {
            file.write(&bytes)?;
        }
        Ok(OutputFile::persist_all(files)?)
    }

    fn bytes(&self, path: &Path) -> Result<Vec<u8>> {
        let format = Format::of("the file", path, Format::PICTURES)?;
        let (recipe, interrupt) = (self.recipe.embedded()?, Interrupt::listen());
        let keep_going = || interrupt.keeps_going();
        let encoded = pictures::encode(
            format,
            &self.scenes,
            recipe.as_deref(),
            self.png,
            &keep_going,
        )?;
        encoded
            .ok_or_else(|| -> Failure { usage!("there is no figure"; "name at least one figure") })
    }
}

/// Writes the animation of a command `animate` from finished runs. `has_recipe` states whether the command shows the same
/// runs, so that it can be embedded in the animation.
///
/// # Errors
/// The words are not those of a command `animate`, or the animation cannot be written.
pub fn animate_runs(
    words: &[String],
    contest: &PreparedExperiment,
    traces: &[Trace],
    has_recipe: bool,
) -> std::result::Result<(), CommandError> {
    let (command, recipe) = parse(words)?;
    let Command::Animate(args) = command else {
        unreachable!("the words must be those of the command `animate`");
    };
    let recipe = if has_recipe {
        recipe
    } else {
        Recipe::default()
    };
    Ok(animate::of_runs(&args, &recipe, contest, traces)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::experiment;
    use std::fs;
    use tempfile::TempDir;

    #[test]
    fn a_figure_never_replaces_the_data_of_its_experiment() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("data.svg");
        fs::write(&path, "a,b,y\n0,1,0\n1,0,1\n1,1,1\n").unwrap();
        let on = format!("csv:path=\"{}\"", path.display());
        let words = |command: &str| -> Vec<String> {
            let words = command.split(' ').chain(["--on", &on]);
            words.map(str::to_owned).collect()
        };
        let contest = experiment(&words("train")).unwrap();
        for has_recipe in [true, false] {
            let draw = words("draw contour -o a.svg");
            let figure = DrawnFigure::of_runs(&draw, &contest, &[], has_recipe).unwrap();
            let refused = figure.save(&path).unwrap_err();
            let message = refused.to_string();
            assert!(
                message.contains("would replace the input file"),
                "{message}"
            );
            figure.save(&folder.path().join("new.svg")).unwrap();
        }
    }
}
