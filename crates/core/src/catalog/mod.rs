//! One description of everything: the command line, the documentation and the laws are made from it.
//!
//! A struct with `#[derive(Describe)]` becomes an [`EntryMetadata`]; a [`Registry`] is a list of [`Entry`]s of one kind.

use crate::{
    Error,
    catalog::{
        inspect::{Channel, StepReason},
        pick::{Assignment, Pick},
    },
    need::Need,
};
use std::{borrow::Cow, fmt};

mod file;
pub mod inspect;
pub mod over;
mod param;
pub mod pick;
pub mod references;
mod settings;
mod values;

pub use crate::error::Text;
pub use file::{File, utf8};
pub use param::{DefaultValue, Interval, Kind, Param};
pub use settings::{Setting, Settings};
pub use values::{choice, chosen};
pub(crate) use values::{missing, part};

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

/// The rows of a description: a constant table, or made at run time.
pub type List<T> = Cow<'static, [T]>;

/// The description of an entry. A derived one is a constant; a wrapper, a user's rule, or another program makes one at
/// run time.
#[derive(Clone, Debug)]
pub struct EntryMetadata {
    /// Its name in picks.
    pub id: Text,
    /// Its name in headings and legends.
    pub title: Text,
    /// What it is, in a sentence.
    pub summary: Text,
    /// Its recurrence, in lines; may be empty.
    pub formula: Text,
    /// Its family, if its kind has families.
    pub family: Option<Family>,
    /// Key of its paper in [`references`], empty for none.
    pub cite: Text,
    /// Which of its kin it is, in a phrase that tells them apart; empty where it has none.
    pub variant: Text,
    /// What entries that are variants of one idea have in common: the name of that idea, empty for none.
    pub kin: Text,
    /// Its own settings.
    pub params: List<Param>,
    /// Settings that it shares with all entries that can take them, table by table.
    pub shared: List<&'static [Param]>,
    /// What it shows of its inner state.
    pub channels: List<Channel>,
    /// Why its steps are as they are, the cases in which it is true in turn.
    pub why: List<StepReason>,
    /// What it must be able to ask, beside the loss and its gradient.
    pub needs: List<Need>,
}

impl EntryMetadata {
    /// The same constant description with its channels, its needs, and the settings that it shares with others.
    pub(crate) const fn with(
        &'static self,
        channels: &'static [Channel],
        needs: &'static [Need],
        shared: &'static [&'static [Param]],
    ) -> Self {
        /// Constants cannot call `Clone`.
        const fn text(text: &'static Text) -> Text {
            match text {
                Text::Borrowed(text) => Text::Borrowed(text),
                Text::Owned(text) => Text::Borrowed(text.as_str()),
            }
        }
        const fn rows<T: Clone>(list: &'static List<T>) -> List<T> {
            match list {
                List::Borrowed(rows) => List::Borrowed(rows),
                List::Owned(rows) => List::Borrowed(rows.as_slice()),
            }
        }
        Self {
            id: text(&self.id),
            title: text(&self.title),
            summary: text(&self.summary),
            formula: text(&self.formula),
            family: self.family,
            cite: text(&self.cite),
            variant: text(&self.variant),
            kin: text(&self.kin),
            params: rows(&self.params),
            shared: List::Borrowed(shared),
            channels: List::Borrowed(channels),
            why: rows(&self.why),
            needs: List::Borrowed(needs),
        }
    }

    /// All its settings, its own first.
    pub fn settings(&self) -> impl Iterator<Item = &Param> + Clone {
        let shared = self.shared.iter().copied().flatten();
        self.params.iter().chain(shared)
    }

    /// The setting that `given` sets: the first one where it has no key.
    pub(crate) fn set_by(&self, given: &Assignment) -> Option<&Param> {
        let first = self.params.first().filter(|_| given.key.is_empty());
        first.or_else(|| self.params.iter().find(|param| param.name == given.key))
    }

    /// Names of the files that these settings of an entry name themselves, without those of its parts.
    pub fn files(&self, given: &[Assignment]) -> Vec<String> {
        let names_file = |s: &&Assignment| self.set_by(s).is_some_and(|p| p.kind == Kind::File);
        let names = given.iter().filter(names_file);
        names.map(|s| s.value.clone()).collect()
    }

    /// The setting of this name.
    pub fn setting(&self, name: &str) -> Option<&Param> {
        self.settings().find(|p| p.name == name)
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
    const ABOUT: EntryMetadata;
}

/// A described struct that becomes an item of a registry: a problem, a data set, a line search.
pub trait Build<T>: Describe {
    /// Returns the item that these settings describe.
    ///
    /// # Errors
    /// The settings, or the data that they name, do not describe one.
    fn build(self) -> Result<T, Error>;
}

/// One row of a registry: what is said about it, and how it is made from settings.
pub struct Entry<T: 'static> {
    /// All that is said about it.
    pub about: EntryMetadata,
    /// Makes it. Every entry has such a function of its own: a boxed error keeps them small.
    pub build: fn(&Settings) -> Result<T, Box<Error>>,
}

impl<T> Entry<T> {
    /// The entry of a described struct.
    pub const fn of<D: Build<T>>() -> Self {
        Self {
            about: D::ABOUT,
            build: |settings: &Settings| Ok(D::from_settings(settings)?.build()?),
        }
    }
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
    pub fn abouts(&self) -> impl Iterator<Item = &'static EntryMetadata> {
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
            allowed: self.abouts().map(|about| about.id.clone()).collect(),
        })
    }

    /// Makes what a pick names; `learning_rate` is the step per unit of gradient that a problem states.
    ///
    /// # Errors
    /// No entry has this id, or a setting is wrong; the error shows where in the pick.
    pub fn build(&self, pick: &Pick, learning_rate: Option<f64>) -> Result<T, Error> {
        let locate = |e: Error| e.within(pick.text(), pick.id_span());
        let entry = self.named(&pick.id).map_err(locate)?;
        let settings = Settings::of(pick, &entry.about, learning_rate)?;
        (entry.build)(&settings)
            .map_err(|error| settings.place(*error))
            .map_err(locate)
    }
}
