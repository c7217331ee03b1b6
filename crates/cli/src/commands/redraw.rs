//! `thalweg redraw` and `thalweg recipe`: read the recipe in a picture's file.

use crate::{
    args::{Args, Command},
    prelude::*,
};
use clap::{CommandFactory as _, FromArgMatches as _};
use thalweg::pick::Pick;
use thalweg_explore::recipe::REVISION;
use thalweg_gallery::figures::{ConfiguredFigure, EpochSelection, REGISTRY};
use thalweg_plot::formats::recipe::recipe_of;

/// The commands that write one picture. Recipes of other commands are rejected.
const DRAWING: &[&str] = &["draw", "map", "animate", "compare"];

/// Prints the command that made a picture.
pub(crate) fn print_recipe(file: &Path) -> Result {
    let (recipe, _) = read(file)?;
    terminal::print(recipe.command(&file.to_string_lossy()) + "\n")
}

/// Returns the command that redraws a picture, and its recipe.
pub(crate) fn recipe_command(file: &Path, place: Option<&Path>) -> Result<(Command, Recipe)> {
    let (recipe, by) = read(file)?;
    check_revision(file, &recipe, &by)?;
    let place = place.unwrap_or(file).to_string_lossy();
    check_range(file, &recipe, &place)?;
    check_files(&recipe)?;
    let (command, again) = parse(&recipe, &place).map_err(|why| {
        let (file, command) = (file.display(), recipe.command(&place));
        usage!("the recipe in {file} cannot be used: {why}"; &format!("check its command: {command}"))
    })?;
    if by != thalweg_explore::recipe::VERSION {
        terminal::print_stderr(format_args!(
            "note: {} was drawn by version {by}; version {} may draw it differently\n",
            file.display(),
            thalweg_explore::recipe::VERSION
        ));
    }
    Ok((command, again))
}

/// Returns the command of a recipe that writes to `place`, and the recipe of this command; or why it cannot be used.
fn parse(recipe: &Recipe, place: &str) -> std::result::Result<(Command, Recipe), String> {
    let mut command = Args::command();
    let matches = command
        .try_get_matches_from_mut(recipe.arguments(place))
        .map_err(|e| e.to_string().lines().next().unwrap_or_default().to_owned())?;
    let again = Recipe::given(&command, &matches);
    // The file may come from an untrusted source. Its recipe is only allowed to draw one picture, and only to this path.
    if !recipe.is_of(DRAWING) || !recipe.is_same_request(&again) {
        return Err("it does not draw exactly one picture".to_owned());
    }
    let args = Args::from_arg_matches(&matches).map_err(|e| e.to_string())?;
    Ok((args.command, again))
}

/// Parses the recipe in the bytes of a picture, as `thalweg redraw` does, without running it. Returns whether there is
/// one that can be used.
pub fn check_recipe(bytes: &[u8]) -> bool {
    let recipe = recipe_of(bytes).as_deref().and_then(Recipe::read);
    recipe.is_some_and(|(recipe, _)| {
        recipe.newer_revision().is_none() && parse(&recipe, "picture.svg").is_ok()
    })
}

/// Rejects a recipe whose arguments may have a meaning that this program does not know.
fn check_revision(file: &Path, recipe: &Recipe, by: &str) -> Result {
    if let Some(revision) = recipe.newer_revision() {
        refuse!(
            "the recipe in {} has the version {revision}, but this program knows only versions up to {REVISION}", file.display();
            &format!("update the program; version {by} has drawn the picture")
        );
    }
    Ok(())
}

/// Rejects a recipe whose range of epochs would select other steps than in its picture.
fn check_range(file: &Path, recipe: &Recipe, place: &str) -> Result {
    let Some(range) = recipe.outdated_range() else {
        return Ok(());
    };
    let pick = recipe.figures().map(str::parse::<Pick>).next();
    let today = match pick.transpose()? {
        Some(pick) => current_range(&pick.id, &*REGISTRY.build(&pick, None)?, range),
        None => None,
    };
    let command = recipe.with_range(today.as_deref()).command(place);
    refuse!(
        "{} was drawn with --epochs {range} when a range had another meaning in some figures", file.display();
        &format!("the range now counts steps, both ends included; run: {command}")
    )
}

/// Returns the range of steps that a figure of an earlier version showed for this range; `None` for whole runs.
fn current_range(id: &str, figure: &dyn ConfiguredFigure, range: &str) -> Option<String> {
    let (first, last) = range.split_once("..")?;
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    let first = match figure.epoch_selection() {
        EpochSelection::States => first,
        EpochSelection::Step => first.max(1),
        // An enlarged part showed the steps after the first epoch.
        EpochSelection::Path if id == "zoom" => (first + 1).min(last).max(1),
        // Other paths were shown as a whole.
        EpochSelection::Path | EpochSelection::WholeRuns => return None,
    };
    Some(format!("{first}..{}", last.max(first)))
}

fn read(file: &Path) -> Result<(Recipe, String)> {
    let name = file.display();
    let bytes = input::bytes(file, "the picture", "give a picture drawn by thalweg")?;
    let recipe = recipe_of(&bytes).as_deref().and_then(Recipe::read);
    recipe.ok_or_else(|| {
        usage!(
            "{name} does not contain a recipe";
            "give a picture drawn by thalweg; other programs may remove the recipe when they save a picture"
        )
    })
}

/// Checks that the data files are those from which the picture was drawn.
fn check_files(recipe: &Recipe) -> Result {
    for (name, hash) in recipe.files() {
        let help = "run this command in the folder in which the command of the picture ran";
        let content = input::bytes(Path::new(name), "a data file of the picture,", help)?;
        if thalweg_explore::recipe::hash(&content) != *hash {
            refuse!(
                "{name} was changed after the picture was drawn";
                "restore the file, or run the command that `thalweg recipe FILE` prints to use its current content"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_explore::address::Address;

    #[test]
    fn pictures_of_the_page_can_be_redrawn() {
        let addresses = [
            "on=article&with=rprop&start=-4,1&window=-1.5,1,-1,1&at=12",
            "on=article&with=rprop&with=adam&figure=step&at=12&run=2",
            "on=article&with=rprop&figure=surface:azimuth=-30&at=12",
            "on=article&with=rprop&figure=bars&at=12",
            "on=mlp:data=moons&with=rprop&plane=seed:3&window=-1,1,-1,1&batch=4&shuffle&gradient-noise=0.1&seed=3",
            "on=formula:x%5E2+9*sin(y)%5E2&with=adam&target=none&epochs=7",
            "",
        ];
        for address in addresses {
            for (theme, is_animation) in [("light", false), ("dark", false), ("light", true)] {
                let parsed: Address = address.parse().expect("an address");
                let text = parsed.recipe(&[], theme, is_animation).expect("a recipe");
                let (recipe, _) = Recipe::read(&text).expect("the text of a recipe");
                let place = if recipe.is_of(&["animate"]) {
                    "a.gif"
                } else {
                    "a.svg"
                };
                assert!(
                    parse(&recipe, place).is_ok(),
                    "{text}: {:?}",
                    parse(&recipe, place).err()
                );
                assert!(recipe.outdated_range().is_none(), "{text}");
                assert_eq!(recipe.text(), text);
            }
        }
    }
}
