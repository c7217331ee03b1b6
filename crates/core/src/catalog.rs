//! One description of everything: the command line, the documentation and the laws are made from it.
//!
//! A struct with `#[derive(Describe)]` becomes an [`About`]; a [`Registry`] is a list of [`Entry`]s of one kind.

use crate::{
    Error,
    inspect::{Channel, Why},
    number::Shortest,
    objective::Need,
    pick::Pick,
};
use std::fmt;

mod settings;
mod values;

pub use settings::{Setting, Settings};
pub use values::{File, choice, chosen};

/// What an optimizer is made of, for ordering lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Follows the gradient itself, or its direction.
    FirstOrder,
    /// Looks only at the signs of the gradient.
    SignBased,
    /// Divides each weight's step by the size that its gradients have had.
    Adaptive,
    /// Directions that do not undo what earlier ones gained.
    Conjugate,
    /// Learns the curvature from the gradients that it meets.
    QuasiNewton,
    /// Asks for the curvature itself.
    SecondOrder,
    /// Follows a run that was made elsewhere.
    Recorded,
}

impl fmt::Display for Family {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::FirstOrder => "first order",
            Self::SignBased => "sign based",
            Self::Adaptive => "adaptive",
            Self::Conjugate => "conjugate",
            Self::QuasiNewton => "quasi-Newton",
            Self::SecondOrder => "second order",
            Self::Recorded => "recorded",
        })
    }
}

/// All that is said about an entry, once.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its name in picks.
    pub id: &'static str,
    /// Its name in headings and legends.
    pub title: &'static str,
    /// What it is, in a sentence.
    pub summary: &'static str,
    /// Its recurrence, in lines; may be empty.
    pub formula: &'static str,
    /// Its family, if its kind has families.
    pub family: Option<Family>,
    /// Key of its paper in [`references`](crate::references), empty for none.
    pub cite: &'static str,
    /// Which of its kin it is, in a phrase that tells them apart; empty where it has none.
    pub variant: &'static str,
    /// What entries that are variants of one idea have in common: the name of that idea, empty for none.
    pub kin: &'static str,
    /// Its own settings.
    pub params: &'static [Param],
    /// Settings that it shares with all entries that can take them.
    pub shared: &'static [&'static [Param]],
    /// What it shows of its inner state.
    pub channels: &'static [Channel],
    /// Why its steps are as they are, the cases in which it is true in turn.
    pub why: &'static [Why],
    /// What it must be able to ask, beside the loss and its gradient.
    pub needs: &'static [Need],
}

impl About {
    /// All its settings, its own first.
    pub fn settings(&self) -> impl Iterator<Item = &'static Param> + Clone + use<> {
        let shared = self.shared.iter().copied().flatten();
        self.params.iter().chain(shared)
    }

    /// Names of the files that the settings of a pick of this entry name themselves, without those of its parts.
    pub fn files(&self, pick: &Pick) -> Vec<String> {
        let mut names = Vec::new();
        for (i, param) in self.params.iter().enumerate() {
            let own = |key: &str| key == param.name || (i == 0 && key.is_empty());
            let given = pick.settings.iter().find(|s| own(&s.key));
            if param.kind == Kind::File {
                names.extend(given.map(|s| s.value.clone()));
            }
        }
        names
    }

    /// The setting of this name.
    pub fn setting(&self, name: &str) -> Option<&'static Param> {
        self.settings().find(|p| p.name == name)
    }
}

/// One setting of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// Its key in picks.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub help: &'static str,
    /// What a value looks like.
    pub kind: Kind,
    /// The value where none is given.
    pub preset: Preset,
    /// The numbers that are accepted.
    pub valid: Interval,
    /// The numbers that are useful.
    pub slider: Interval,
    /// Whether the useful numbers are spread over decades.
    pub log: bool,
    /// Whether it is a step per unit of gradient, so that what suits depends on the problem, which may state it.
    pub per_gradient: bool,
    /// Another number that this one may not be above.
    pub at_most: Option<&'static str>,
    /// Another setting beside which this one has no effect.
    pub unless: Option<&'static str>,
}

/// What a setting's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no: `true` or `false`.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A text.
    Text,
    /// The name of a file, whose content must be attached before the entry can be built.
    File,
    /// An entry of the registry of this kind.
    Part(&'static str),
}

impl Kind {
    /// The words to choose from; none where it is no choice.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) => words,
            _ => &[],
        }
    }
}

/// The value of a setting where none is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Preset {
    /// Nothing: the setting is absent, or must be given.
    None,
    /// A number, whole or not.
    Number(f64),
    /// A word or a text.
    Text(&'static str),
}

/// The finite numbers between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end; may be infinite.
    pub low: f64,
    /// Upper end; may be infinite.
    pub high: f64,
    /// Whether the lower end itself is left out.
    pub open_low: bool,
    /// Whether the upper end itself is left out.
    pub open_high: bool,
}

impl Interval {
    /// Every finite number.
    pub const ALL: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        open_low: true,
        open_high: true,
    };

    /// Every finite number above zero.
    pub const POSITIVE: Self = Self {
        low: 0.0,
        ..Self::ALL
    };

    /// Whether `v` lies inside.
    pub fn contains(&self, v: f64) -> bool {
        let above = if self.open_low {
            v > self.low
        } else {
            v >= self.low
        };
        let below = if self.open_high {
            v < self.high
        } else {
            v <= self.high
        };
        v.is_finite() && above && below
    }
}

/// In words that follow "it must be a number".
impl fmt::Display for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (Shortest(self.low), Shortest(self.high));
        let least = if self.open_low {
            "above"
        } else {
            "of at least"
        };
        let most = if self.open_high { "below" } else { "at most" };
        match (self.low.is_finite(), self.high.is_finite()) {
            (false, false) => Ok(()),
            (true, false) => write!(out, "{least} {low}"),
            (false, true) => write!(out, "{most} {high}"),
            (true, true) => write!(out, "{least} {low} and {most} {high}"),
        }
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => out.write_str("none"),
            Self::Number(v) => write!(out, "{}", Shortest(*v)),
            Self::Text(text) => out.write_str(text),
        }
    }
}

impl Param {
    /// What is allowed, in words.
    pub fn allowed(&self) -> String {
        match self.kind {
            Kind::Number => format!("a number {}", self.valid).trim_end().to_owned(),
            Kind::Whole => format!("a whole number {}", self.valid)
                .trim_end()
                .to_owned(),
            Kind::Switch => "true, false".to_owned(),
            Kind::Choice(words) => words.join(", "),
            Kind::Text => "a text".to_owned(),
            Kind::File => "a file name".to_owned(),
            Kind::Part(kind) => format!("a {kind}"),
        }
    }
}

/// Settings that can be read from a pick; derived.
pub trait Params: Sized {
    /// One row a field.
    const PARAMS: &'static [Param];
    /// The struct with the values given, the problem's, or the presets.
    ///
    /// # Errors
    /// A value that is not allowed, or one that is missing.
    fn from_settings(settings: &Settings) -> Result<Self, Box<Error>>;
    /// The setting `learning_rate`, where there is one: what a schedule changes.
    fn learning_rate(&mut self) -> Option<&mut f64> {
        None
    }
}

/// Something that belongs in a catalogue; derived, from `#[entry(...)]` and the doc comment.
pub trait Describe: Params {
    /// All that is said about it.
    const ABOUT: About;
}

/// One row of a registry: what is said about it, and how it is made from settings.
pub struct Entry<T: 'static> {
    /// All that is said about it.
    pub about: About,
    /// Makes it. Every entry has such a function of its own: a boxed error keeps them small.
    pub build: fn(&Settings) -> Result<T, Box<Error>>,
}

/// All entries of one kind.
pub struct Registry<T: 'static> {
    /// What an entry is called in a sentence.
    pub kind: &'static str,
    /// The entries.
    pub entries: &'static [Entry<T>],
}

impl<T> Registry<T> {
    /// The entry with this id.
    pub fn find(&self, id: &str) -> Option<&'static Entry<T>> {
        self.entries.iter().find(|e| e.about.id == id)
    }

    /// What is said about each entry.
    pub fn abouts(&self) -> impl Iterator<Item = &'static About> {
        self.entries.iter().map(|e| &e.about)
    }

    /// The entry that a pick names.
    ///
    /// # Errors
    /// No entry has this id.
    pub fn named(&self, id: &str) -> Result<&'static Entry<T>, Error> {
        self.find(id).ok_or_else(|| Error::UnknownId {
            kind: self.kind,
            given: id.to_owned(),
            allowed: self.abouts().map(|about| about.id).collect(),
        })
    }

    /// Makes what a pick names; `learning_rate` is the step per unit of gradient that a problem states.
    ///
    /// # Errors
    /// No entry has this id, or a setting is wrong; the error shows where in the pick.
    pub fn build(&self, pick: &Pick, learning_rate: Option<f64>) -> Result<T, Error> {
        let locate = |e: Error| e.within(pick.text(), pick.id_span());
        let entry = self.named(&pick.id).map_err(locate)?;
        let settings = Settings::of(pick, entry.about, learning_rate)?;
        (entry.build)(&settings)
            .map_err(|error| settings.place(*error))
            .map_err(locate)
    }
}
