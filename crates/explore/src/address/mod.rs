//! Addresses: experiments as the text after the `#` of a page, such as `on=article&with=rprop&start=-4,-4`.
//!
//! Keys and values are those of the command line. The view has additional keys.

mod encoding;
pub mod view_state;

use crate::{recipe, shell::quoted};
use encoding::{decoded, encoded};
use std::{fmt, fmt::Write as _, str::FromStr};
use thalweg::{
    Error,
    experiment::Experiment,
    pick::{FileContent, Pick},
    problems,
    spec::{ExperimentField, ExperimentSpec, FIELDS, shortened},
};
use thalweg_plot::theme::THEMES;
use view_state::{Drawing, ViewState};

/// Maximum number of bytes of an address.
pub const MAX_ADDRESS_BYTES: usize = 100_000;

/// The default epoch limit of the page, which stores and draws every step.
pub const EPOCHS: u64 = 10_000;

/// The default address of the page: the article's five algorithms.
pub const DEFAULT_ADDRESS: &str = "on=article&with=gradient-descent:learning_rate=0.3\
    &with=momentum:learning_rate=0.3,momentum=0.9\
    &with=rprop&with=irprop-plus\
    &with=gradient-descent:search=golden-section";

/// The default view of `thalweg animate`.
const MAP_VIEW: &str = "map";

/// An experiment and its view. The names in it have not been looked up yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// The experiment.
    pub spec: ExperimentSpec,
    /// The view.
    pub view: ViewState,
}

/// Returns the article's problem without an algorithm.
impl Default for Address {
    fn default() -> Self {
        Self {
            spec: ExperimentSpec {
                epochs: EPOCHS,
                ..ExperimentSpec::default()
            },
            view: ViewState::default(),
        }
    }
}

impl Address {
    /// Returns the experiment with the contents of the data files that the problem names.
    ///
    /// # Errors
    /// An optimizer or the problem cannot be parsed.
    pub fn experiment(&self, files: &[(String, FileContent)]) -> Result<Experiment, Error> {
        let attach = |mut pick: Pick| {
            pick.files = files.to_vec();
            pick
        };
        let on = attach(problems::pick(&self.spec.on)?);
        let with = self.spec.with.iter().map(|text| text.parse().map(attach));
        Ok(self.spec.experiment(on, with.collect::<Result<_, _>>()?))
    }

    /// Returns the keys and values that differ from the defaults, and always the problem.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut usual = Self::default().spec;
        usual.on.clear();
        self.spec.pairs(&usual)
    }

    /// Returns the keys and values of the experiment, which are those of the command `train`: always the problem and the epoch
    /// limit, and what differs from the defaults. A switch has an empty value.
    pub fn experiment_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.pairs();
        pairs.retain(|(key, _)| !["epochs", "plane", "window"].contains(key));
        for (_, value) in pairs.iter_mut().filter(|(key, _)| is_switch(key)) {
            value.clear();
        }
        pairs.push(("epochs", self.spec.epochs.to_string()));
        pairs
    }

    /// Returns the equivalent command. It draws the visible figure, or trains if there is none.
    pub fn command(&self) -> String {
        let drawing = self.view.draw_arguments();
        let mut line = match &drawing {
            Some([pick, _]) => format!("thalweg draw {pick}"),
            None => "thalweg train".to_owned(),
        };
        for (key, value) in self.pairs() {
            let _ = match (key, is_switch(key)) {
                ("epochs", _) => Ok(()),
                (_, true) => write!(line, " --{key}"),
                (_, false) => write!(line, " --{key} {}", quoted(&value)),
            };
        }
        let behind = drawing.map_or(String::new(), |[_, behind]| behind);
        // The default epoch limit of the command line is different.
        if !behind.contains("--epochs") {
            let _ = write!(line, " --epochs {}", self.spec.epochs);
        }
        line + &behind
    }

    /// Returns the recipe of the visible figure in the colors of the theme with this id. Without a figure, it is the map. An
    /// animation has the recipe of `thalweg animate` if that command shows the figure.
    ///
    /// # Errors
    /// The problem or an optimizer cannot be parsed.
    pub fn recipe(
        &self,
        files: &[(String, FileContent)],
        theme: &str,
        is_animation: bool,
    ) -> Result<String, Error> {
        let experiment = self.experiment(files)?;
        let files = experiment.files().into_iter();
        let files = files.map(|(name, content)| (name, recipe::hash(content.bytes())));
        let files: Vec<_> = files.collect();
        let Drawing { pick, id, epochs } = self.view.drawing();
        let view = match &*id {
            "contour" => Some(MAP_VIEW),
            "surface" => Some("surface"),
            _ => None,
        };
        let view = view.filter(|_| is_animation);
        let (mut words, epochs) = match view {
            Some(_) => (vec!["animate".to_owned()], None),
            None => (vec!["draw".to_owned(), pick], epochs),
        };
        let revision = epochs.as_ref().map(|_| recipe::REVISION);
        words.extend(self.experiment_words(epochs));
        if let Some(view) = view.filter(|view| *view != MAP_VIEW) {
            words.extend(["--view".to_owned(), view.to_owned()]);
        }
        if theme != THEMES[0].id {
            words.extend(["--theme".to_owned(), theme.to_owned()]);
        }
        Ok(recipe::text(&words, revision, &files))
    }

    /// Returns the arguments of the experiment and of the window in the order of the command line. A value that begins with a
    /// dash is joined to its key.
    fn experiment_words(&self, epochs: Option<String>) -> Vec<String> {
        let is_view = |key: &str| ["window", "plane"].contains(&key);
        let mut view = Vec::new();
        view.extend(
            self.view
                .window
                .map(|window| ("window", view_state::edges(window))),
        );
        let mut pairs = self.pairs();
        pairs.retain(|(key, value)| {
            if *key == "plane" {
                view.push(("plane", value.clone()));
            }
            *key != "epochs" && !is_view(key)
        });
        pairs.push((
            "epochs",
            epochs.unwrap_or_else(|| self.spec.epochs.to_string()),
        ));
        let words = pairs.into_iter().chain(view).flat_map(|(key, value)| {
            if is_switch(key) {
                vec![format!("--{key}")]
            } else if value.starts_with('-') {
                vec![format!("--{key}={value}")]
            } else {
                vec![format!("--{key}"), value]
            }
        });
        words.collect()
    }

    /// Creates an address from keys and values. Without a problem, it uses the article's; without algorithms as well,
    /// it runs the article's five.
    ///
    /// # Errors
    /// A key is unknown, or a value is not allowed.
    fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let mut address = Self::default();
        let mut at_home = true;
        for (key, value) in pairs {
            at_home &= !matches!(key, "on" | "with");
            let set = address.set(key, value);
            set.map_err(|error| Error::Settings(format!("`{}`: {error}", shortened(key))))?;
        }
        if at_home {
            address.spec.with = default_optimizers().map(str::to_owned).collect();
        }
        Ok(address)
    }

    /// Creates an address from alternating keys and values.
    ///
    /// # Errors
    /// A key is unknown, or a value is not allowed.
    pub fn from_parts(parts: &[String]) -> Result<Self, Error> {
        let pairs = parts.chunks_exact(2);
        Self::from_pairs(pairs.map(|pair| (&*pair[0], &*pair[1])))
    }

    /// Returns the experiment as alternating keys and values.
    pub fn parts(&self) -> Vec<String> {
        let pairs = self.pairs().into_iter();
        pairs
            .flat_map(|(key, value)| [key.to_owned(), value])
            .collect()
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Error> {
        match ExperimentField::named(key) {
            // The page has its own window, which the user moves.
            _ if view_state::KEYS.contains(&key) => self.view.set(key, value),
            Some(field) => field
                .read(&mut self.spec, value)
                .map(|()| self.spec.translate_names()),
            None => {
                let keys = FIELDS.iter().map(|field| field.key);
                let keys = keys
                    .filter(|key| !view_state::KEYS.contains(key))
                    .chain(view_state::KEYS);
                let keys = keys.collect::<Vec<_>>().join(", ");
                wrong(format!("unknown key; the keys are {keys}"))
            }
        }
    }
}

/// Writes the text after the `#`.
impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.pairs().into_iter().chain(self.view.pairs());
        // The default problem and algorithms are omitted.
        let ExperimentSpec { on, with, .. } = &self.spec;
        let at_home = *on == Self::default().spec.on
            && default_optimizers().eq(with.iter().map(|pick| &**pick));
        let written = pairs.filter(|(key, _)| !(at_home && matches!(*key, "on" | "with")));
        for (i, (key, value)) in written.enumerate() {
            let joint = if i == 0 { "" } else { "&" };
            write!(out, "{joint}{key}={}", encoded(&value))?;
        }
        Ok(())
    }
}

impl FromStr for Address {
    type Err = Error;

    /// Reads the text after the `#`. Missing keys have their defaults.
    ///
    /// # Errors
    /// The text is too long, a key is unknown, or a value is not allowed.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_ADDRESS_BYTES {
            return wrong(format!(
                "the address has {} bytes, and the limit is {MAX_ADDRESS_BYTES}: use a shorter address",
                text.len()
            ));
        }
        let parts = text.split('&').filter(|part| !part.is_empty());
        let pairs = parts.map(|part| {
            let pair = part.split_once('=');
            let Some((key, value)) = pair.or(is_switch(part).then_some((part, "true"))) else {
                return wrong(format!(
                    "`{}` in the address has no value: write keys and values as in on=article&with=rprop",
                    shortened(part)
                ));
            };
            Ok((key, decoded(value)?))
        });
        let pairs: Vec<(&str, String)> = pairs.collect::<Result<_, Error>>()?;
        let address = Self::from_pairs(pairs.iter().map(|(key, value)| (*key, &**value)))?;
        let runs = address.spec.with.len();
        match address.view.run {
            Some(run) if run > runs as u64 => wrong(format!(
                "`run` in the address is {run}, but the number of algorithms is {runs}: give a number up to {runs}"
            )),
            _ => Ok(address),
        }
    }
}

/// Returns whether the key needs no value.
fn is_switch(key: &str) -> bool {
    ExperimentField::named(key).is_some_and(ExperimentField::is_switch)
}

/// Returns the algorithms of [`DEFAULT_ADDRESS`].
fn default_optimizers() -> impl Iterator<Item = &'static str> {
    DEFAULT_ADDRESS
        .split('&')
        .filter_map(|part| part.strip_prefix("with="))
}

fn wrong<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::Settings(message.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_written() {
        let texts = [
            DEFAULT_ADDRESS,
            "on=formula:x%5E2+9*sin(y)%5E2&with=adam&start=-4,0.5&target=none&epochs=7&seed=3",
            "on=mlp:data=moons&with=rprop&batch=4&shuffle&gradient-noise=0.1&plane=seed:1",
        ];
        for text in texts {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string().parse::<Address>().unwrap(), address);
        }
        let address: Address = texts[2].parse().unwrap();
        assert!(address.spec.randomness.shuffle);
        for empty in ["on=", "with=%20", "batch=4&shuffle=yes"] {
            assert!(empty.parse::<Address>().is_err(), "{empty}");
        }
        let hostile = "<img src=x onerror=alert(1)>&\"'%";
        let mut address: Address = DEFAULT_ADDRESS.parse().unwrap();
        hostile.clone_into(&mut address.spec.on);
        let text = address.to_string();
        assert!(!text.contains(['<', '"', '\'', ' ']), "{text}");
        assert_eq!(text.parse::<Address>().unwrap(), address);
    }

    #[test]
    fn an_address_without_algorithms_runs_the_articles_five() {
        let with = |text: &str| text.parse::<Address>().unwrap().spec.with.len();
        assert_eq!(with(""), 5);
        assert_eq!(with("start=5,3&at=3"), 5);
        assert_eq!(with("on=article"), 0);
        assert_eq!(with("with=rprop"), 1);
        let home: Address = DEFAULT_ADDRESS.parse().unwrap();
        assert_eq!("".parse::<Address>().unwrap(), home);
        let short = "start=5,3&at=3";
        assert_eq!(short.parse::<Address>().unwrap().to_string(), short);
        let typed: Address = "start=%E2%88%924, 0.5".parse().unwrap();
        assert_eq!(typed.spec.start, Some(vec![-4.0, 0.5]));
        assert_eq!(
            "epochs=1e6".parse::<Address>().unwrap().spec.epochs,
            1_000_000
        );
    }

    #[test]
    fn errors_name_the_key() {
        let cases = [
            (
                "onn=article",
                "`onn`: unknown key; the keys are on, with, start",
            ),
            ("start=1,x", "`start`: `x` is no"),
            ("start=1,inf", "`start`: `inf` is no"),
            ("epochs=-1", "`epochs`: `-1` is no"),
            ("epochs=1.5", "`epochs`: `1.5` is no"),
            ("batch=0", "`batch`: `0` is no"),
            ("on=%zz", "not followed by two digits"),
            ("on=%ff", "not valid UTF-8"),
            ("plane=w1", "`plane`: `w1` is no"),
            ("with", "`with` in the address has no value"),
            ("with=rprop&run=2", "the number of algorithms is 1"),
            ("run=77", "is 77, but the number of algorithms is 5"),
        ];
        for (text, message) in cases {
            let error = text.parse::<Address>().unwrap_err().to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
        let long = format!("on={}", "x".repeat(MAX_ADDRESS_BYTES));
        let error = long.parse::<Address>().unwrap_err().to_string();
        assert!(error.contains("the limit is 100000"), "{error}");
    }

    #[test]
    fn a_command_line_is_quoted() {
        let address: Address = "on=formula:x%5E2+y%5E2&with=rprop&start=1,2"
            .parse()
            .unwrap();
        assert_eq!(
            address.command(),
            "thalweg train --on 'formula:x^2+y^2' --with rprop --start 1,2 --epochs 10000"
        );
    }
}
