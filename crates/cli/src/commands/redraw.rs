//! `thalweg redraw` and `thalweg recipe`: a picture says how it was made.

use crate::{
    args::{Args, Command},
    output::recipe,
    prelude::*,
};
use clap::{CommandFactory as _, FromArgMatches as _};
use std::fs;
use thalweg_plot::formats::recipe::recipe_of;

/// The commands that a recipe may be of: those that write one picture.
const DRAWING: &[&str] = &["draw", "map", "animate"];

/// Prints the command that made a picture.
pub(crate) fn print_recipe(file: &Path) -> Result {
    let (recipe, _) = read(file)?;
    terminal::print(recipe.command(&file.to_string_lossy()) + "\n")
}

/// The command that makes a picture again, and its recipe.
pub(crate) fn recipe_command(file: &Path, place: Option<&Path>) -> Result<(Command, Recipe)> {
    let (recipe, by) = read(file)?;
    check_files(&recipe)?;
    let place = place.unwrap_or(file).to_string_lossy();
    let wrong = |why: &str| {
        let (file, command) = (file.display(), recipe.command(&place));
        usage!("the recipe in {file} cannot be followed: {why}"; &format!("it is: {command}"))
    };
    let mut command = Args::command();
    let matches = command
        .try_get_matches_from_mut(recipe.arguments(&place))
        .map_err(|e| wrong(e.to_string().lines().next().unwrap_or_default()))?;
    let again = Recipe::given(&command, &matches);
    // A file may come from anybody: its recipe draws one picture, to the place given here and to no other.
    if !recipe.is_of(DRAWING) || !recipe.is_same_request(&again) {
        return Err(wrong("it is not the recipe of one picture"));
    }
    let args = Args::from_arg_matches(&matches).map_err(|e| wrong(&e.to_string()))?;
    if by != recipe::version() {
        terminal::print_stderr(format_args!(
            "note: {} was made by version {by}, and this is {}: it may not come out the same\n",
            file.display(),
            recipe::version()
        ));
    }
    Ok((args.command, again))
}

fn read(file: &Path) -> Result<(Recipe, String)> {
    let name = file.display();
    let bytes = fs::read(file).map_err(|error| usage!("could not read {name}: {error}"))?;
    let recipe = recipe_of(&bytes).as_deref().and_then(Recipe::read);
    recipe.ok_or_else(|| {
        usage!(
            "{name} holds no recipe";
            "the pictures that thalweg draws hold one, unless another program has rewritten them"
        )
    })
}

/// The data files must be those that the picture was made from.
fn check_files(recipe: &Recipe) -> Result {
    for (name, hash) in recipe.files() {
        let content = fs::read(name).map_err(|error| {
            usage!(
                "could not read {name}, which the picture was made from: {error}";
                "run this where the data file lies"
            )
        })?;
        if recipe::hash(&content) != *hash {
            refuse!(
                "{name} is not the file that the picture was made from";
                "`thalweg recipe FILE` prints the command, to draw it with the file as it is"
            );
        }
    }
    Ok(())
}
