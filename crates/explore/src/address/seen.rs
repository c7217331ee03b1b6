//! What of an experiment is looked at: the part of the map, how far the paths are shown, and the picture beside the map.

use super::wrong;
use crate::{catalog::controls, shell::quoted};
use std::fmt::Write as _;
use thalweg::{
    Error,
    field::Window,
    number::join,
    spec::{count, numbers, shortened},
};

/// Its keys in an address.
pub(super) const KEYS: [&str; 5] = ["figure", "window", "by", "at", "run"];

/// What is looked at. The default is the whole map with the paths to their ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewState {
    /// The pick of the figure beside the map.
    pub figure: Option<String>,
    /// The part of the map.
    pub window: Option<Window>,
    /// Whether the player counts the evaluations that were spent, not the epochs.
    pub by_evaluations: bool,
    /// How far the player has come, in what it counts; none at the end.
    pub at: Option<u64>,
    /// The run that is looked into, counted from 1; none for the first.
    pub run: Option<u64>,
}

impl ViewState {
    /// The keys and values of all that is not as it would be anyway.
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

    /// Takes over the value of a key.
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
                        return wrong(format!("it is epochs or evaluations, not `{given}`"));
                    }
                }
            }
            "at" => self.at = Some(count(value, 0)?),
            _ => self.run = Some(count(value, 1)?).filter(|run| *run > 1),
        }
        Ok(())
    }

    /// What stands before the arguments of the experiment in a command that makes the picture, and behind them; none where
    /// no picture is seen.
    pub(super) fn drawing(&self) -> Option<[String; 2]> {
        let mut pick = self.figure.clone()?;
        let id = pick.split(':').next()?.to_owned();
        let about = controls::about("figures", &id).ok()?;
        let epoch = self.at.filter(|_| !self.by_evaluations);
        let has = |key: &str| about.settings().any(|setting| setting.name == key);
        let mut fill = |key: &str, value: Option<u64>| {
            let value = value.filter(|_| has(key))?;
            let given = format!("{key}=");
            if !pick.contains(&given) {
                pick = controls::changed("figures", &pick, key, &value.to_string()).ok()?;
            }
            Some(())
        };
        fill("run", self.run);
        let told = fill("epoch", epoch).is_some();
        let mut behind = String::new();
        if let (Some(epoch), false) = (epoch, told) {
            let _ = write!(behind, " --epochs 0..{epoch}");
        }
        if let Some(window) = self.window {
            let _ = write!(behind, " --window {}", edges(window));
        }
        let _ = write!(behind, " -o {id}.svg");
        Some([quoted(&pick), behind])
    }
}

/// A window as it is written.
fn edges(window: Window) -> String {
    let edges = [window.w1, window.w2].concat();
    join(&edges)
}

#[cfg(test)]
mod tests {
    use crate::address::Address;

    #[test]
    fn what_is_seen_comes_back() {
        let text = "on=article&with=rprop&with=adam&figure=surface:azimuth=30&window=-2,1.2,-2.6,0.6&by=evaluations&at=12&run=2";
        let address: Address = text.parse().unwrap();
        assert_eq!(address.seen.at, Some(12));
        assert_eq!(address.to_string(), text);
        // What would be so anyway is not written.
        let address: Address = "on=article&with=rprop&figure=&by=epochs&run=1"
            .parse()
            .unwrap();
        assert_eq!(address.to_string(), "on=article&with=rprop");
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("window=1,2,3", "a window has 3 numbers, not four"),
            ("window=1,2,x,4", "`window`: `x` is no finite number"),
            ("window=2,1,3,4", "with min below max"),
            ("by=steps", "`by`: it is epochs or evaluations, not `steps`"),
            ("at=-1", "`at`: `-1` is no whole number from 0"),
            ("run=0", "`run`: `0` is no whole number from 1"),
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
