//! The view of an experiment: the window, the playhead, the selected run, and the figure beside the map.

use super::wrong;
use crate::{catalog::controls, shell::quoted};
use std::fmt::Write as _;
use thalweg::{
    Error,
    field::Window,
    number::join,
    spec::{count, numbers, shortened},
};

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
        let mut pick = self.figure.clone()?;
        let id = pick.split(':').next()?.to_owned();
        let about = controls::about("figures", &id).ok()?;
        let epoch = self.at.filter(|_| !self.by_evaluations);
        let has = |key: &str| about.settings().any(|setting| setting.name == key);
        let mut fill = |key: &str, value: Option<u64>| {
            let value = value.filter(|_| has(key))?;
            let given = format!("{key}=");
            if !pick.contains(&given) {
                pick = controls::change_setting("figures", &pick, key, &value.to_string()).ok()?;
            }
            Some(())
        };
        fill("run", self.run);
        let has_epoch = fill("epoch", epoch).is_some();
        let mut behind = String::new();
        if let (Some(epoch), false) = (epoch, has_epoch) {
            let _ = write!(behind, " --epochs 0..{epoch}");
        }
        if let Some(window) = self.window {
            let _ = write!(behind, " --window {}", edges(window));
        }
        let _ = write!(behind, " -o {id}.svg");
        Some([quoted(&pick), behind])
    }
}

/// Writes a window.
fn edges(window: Window) -> String {
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
    }
}
