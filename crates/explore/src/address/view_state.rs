//! The view of an experiment: the window, the playhead, the selected run, and the figure beside the map.

use super::wrong;
use crate::{
    catalog::{changes, controls},
    shell::quoted,
};
use std::fmt::Write as _;
use thalweg::{
    Error,
    field::Window,
    number::join,
    spec::{count, numbers, shortened},
};
use thalweg_gallery::figures::{EpochSelection, REGISTRY};

/// Keys of the view in an address.
pub(super) const KEYS: [&str; 5] = ["figure", "window", "by", "at", "run"];

/// The view of an experiment. The default is the whole map with complete paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewState {
    /// The figure beside the map, with its settings.
    pub figure: Option<String>,
    /// The window of the map.
    pub window: Option<Window>,
    /// Whether the player counts evaluations instead of epochs.
    pub by_evaluations: bool,
    /// Position of the player in epochs or evaluations; `None` means the end.
    pub at: Option<u64>,
    /// The selected run, counted from 1; `None` means the first.
    pub run: Option<u64>,
}

impl ViewState {
    /// Returns the keys and values that differ from the defaults.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.figure.clone().map(|pick| ("figure", pick)));
        pairs.extend(self.window.map(|window| ("window", edges(window))));
        if self.by_evaluations {
            pairs.push(("by", "evaluations".to_owned()));
        }
        pairs.extend(self.at.map(|at| ("at", at.to_string())));
        pairs.extend(self.run.map(|run| ("run", run.to_string())));
        pairs
    }

    /// Sets the value of a key.
    ///
    /// # Errors
    /// The value is not allowed.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Result<(), Error> {
        match key {
            "figure" => self.figure = (!value.is_empty()).then(|| value.to_owned()),
            "window" => self.window = Some(Window::of(&numbers(value)?)?),
            "by" => {
                self.by_evaluations = match value {
                    "epochs" => false,
                    "evaluations" => true,
                    _ => {
                        let given = shortened(value);
                        return wrong(format!(
                            "`{given}` is not allowed: give epochs or evaluations"
                        ));
                    }
                }
            }
            "at" => self.at = Some(count(value, 0)?),
            "run" => self.run = Some(count(value, 1)?).filter(|run| *run > 1),
            _ => unreachable!("`{key}` is one of the keys"),
        }
        Ok(())
    }

    /// Returns the parts of the command that draws the figure, before and after the arguments of the experiment; `None`
    /// if there is no figure.
    pub(super) fn draw_arguments(&self) -> Option<[String; 2]> {
        self.figure.as_ref()?;
        let Drawing { pick, id, epochs } = self.drawing();
        let mut behind = epochs.map_or(String::new(), |epochs| format!(" --epochs {epochs}"));
        if let Some(window) = self.window {
            let _ = write!(behind, " --window {}", edges(window));
        }
        let _ = write!(behind, " -o {id}.svg");
        Some([quoted(&pick), behind])
    }

    /// Returns what a command draws: the figure, or else the map.
    pub(super) fn drawing(&self) -> Drawing {
        let mut pick = self.figure.clone().unwrap_or_else(|| MAP.to_owned());
        let id = pick.split(':').next().unwrap_or(MAP).to_owned();
        let figure = pick.parse().and_then(|pick| REGISTRY.build(&pick, None));
        let selection = figure.map(|figure| figure.epoch_selection());
        let epoch = self.at.filter(|_| !self.by_evaluations);
        let mut fill = |key: &str, value: Option<u64>| {
            let about = controls::about("figures", &id).ok()?;
            let has = about.settings().any(|setting| setting.name == key);
            let value = value.filter(|_| has)?;
            if !pick.contains(&format!("{key}=")) {
                pick = changes::change_setting("figures", &pick, key, &value.to_string()).ok()?;
            }
            Some(())
        };
        fill("run", self.run);
        let has_epoch = fill("epoch", epoch).is_some();
        let is_whole = matches!(selection, Ok(EpochSelection::WholeRuns));
        let epochs = epoch.filter(|_| !has_epoch && !is_whole);
        Drawing {
            epochs: epochs.map(|epoch| format!("0..{epoch}")),
            pick,
            id,
        }
    }
}

/// The id of the figure that corresponds to the map of the page.
const MAP: &str = "contour";

/// What a command draws.
pub(super) struct Drawing {
    /// The figure with its settings.
    pub(super) pick: String,
    /// The id of the figure.
    pub(super) id: String,
    /// The range of epochs, if the picture does not show the ends of the runs.
    pub(super) epochs: Option<String>,
}

/// Writes a window.
pub(super) fn edges(window: Window) -> String {
    let edges = [window.w1, window.w2].concat();
    join(&edges)
}

#[cfg(test)]
mod tests {
    use crate::address::Address;

    #[test]
    fn a_view_is_read_as_written() {
        let text = "on=article&with=rprop&with=adam&figure=surface:azimuth=30&window=-2,1.2,-2.6,0.6&by=evaluations&at=12&run=2";
        let address: Address = text.parse().unwrap();
        assert_eq!(address.view.at, Some(12));
        assert_eq!(address.to_string(), text);
        // Default values are not written.
        let address: Address = "on=article&with=rprop&figure=&by=epochs&run=1"
            .parse()
            .unwrap();
        assert_eq!(address.to_string(), "on=article&with=rprop");
    }

    #[test]
    fn errors_name_the_key() {
        let cases = [
            ("window=1,2,3", "`window`: "),
            ("window=1,2,x,4", "`window`: `x` is no"),
            ("window=2,1,3,4", "`window`: "),
            (
                "by=steps",
                "`by`: `steps` is not allowed: give epochs or evaluations",
            ),
            ("at=-1", "`at`: `-1` is no"),
            ("run=0", "`run`: `0` is no"),
        ];
        for (text, message) in cases {
            let error = text.parse::<Address>().unwrap_err().to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
    }

    #[test]
    fn a_picture_is_drawn_by_a_command() {
        let command = |text: &str| text.parse::<Address>().unwrap().command();
        assert_eq!(
            command("on=article&with=adam&with=rprop&figure=step&at=12&run=2"),
            "thalweg draw step:run=2,epoch=12 --on article --with adam --with rprop --epochs 10000 -o step.svg"
        );
        assert_eq!(
            command("on=article&with=rprop&figure=surface&at=12&window=-1,1,-1,1"),
            "thalweg draw surface --on article --with rprop --epochs 0..12 --window -1,1,-1,1 -o surface.svg"
        );
        assert_eq!(
            command("on=article&with=rprop&at=12"),
            "thalweg train --on article --with rprop --epochs 10000"
        );
        // Bars show whole runs.
        assert_eq!(
            command("on=article&with=rprop&figure=bars&at=12"),
            "thalweg draw bars --on article --with rprop --epochs 10000 -o bars.svg"
        );
    }

    #[test]
    fn a_recipe_has_the_arguments_in_the_order_of_the_command() {
        let recipe = |text: &str, theme: &str, is_animation: bool| {
            let address: Address = text.parse().unwrap();
            let recipe = address.recipe(&[], theme, is_animation).unwrap();
            recipe.split_once('\n').unwrap().1.to_owned()
        };
        let map = "on=article&with=rprop&start=-4,1&plane=w1,w2&window=-1,1,-1,1&at=12";
        assert_eq!(
            recipe(map, "dark", false),
            "thalweg draw contour --on article --with rprop --start=-4,1 --epochs 0..12 --window=-1,1,-1,1 \
             --plane w1,w2 --theme dark\nrecipe 2"
        );
        assert_eq!(
            recipe("on=article&with=rprop&figure=surface&at=12", "light", true),
            "thalweg animate --on article --with rprop --epochs 10000 --view surface"
        );
        let files = [("a.csv".to_owned(), "x,y\n0,1\n1,0\n".into())];
        let address: Address = "on=csv:path=a.csv&with=rprop&batch=1&shuffle"
            .parse()
            .unwrap();
        let recipe = address.recipe(&files, "light", false).unwrap();
        assert!(
            recipe.contains("--on csv:path=a.csv --with rprop --batch 1 --shuffle --epochs 10000\nfile a.csv sha256 "),
            "{recipe}"
        );
    }
}
