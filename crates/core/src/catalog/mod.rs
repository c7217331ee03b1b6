//! The catalog: descriptions from which the command line, the documentation, and the tests of all entries are made.
//!
//! A struct with `#[derive(Describe)]` becomes an [`EntryMetadata`]. A [`Registry`] lists all [`Entry`]s of one kind.

use crate::{
    Error,
    catalog::{
        inspect::{Channel, StepReason},
        pick::{Assignment, Pick},
    },
    error::{picks_in, shortened},
    need::Need,
};
use std::{borrow::Cow, fmt};

mod file;
mod file_kind;
pub mod inspect;
pub mod libraries;
pub mod over;
mod param;
pub mod pick;
pub mod references;
mod resolved;
mod settings;
mod values;

pub use crate::error::Text;
pub use file::{File, utf8};
pub use libraries::{NameElsewhere, NamesElsewhere};
pub use param::{DefaultValue, Interval, Kind, Param, ProblemDefaults};
pub use resolved::ResolvedSetting;
pub(crate) use resolved::column_names;
pub use settings::{Setting, Settings};
pub(crate) use values::part;
pub use values::{choice, chosen, chosen_of};

/// The version of the language of open entries, which an id can state: `rule@1`.
const LANGUAGE_VERSION: &str = "1";

/// The family of an optimizer. Lists are ordered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Steps along the gradient or its direction.
    FirstOrder,
    /// Uses only the signs of the gradient.
    SignBased,
    /// Divides the step of each weight by the magnitude of its past gradients.
    Adaptive,
    /// Scales the step of each layer by the norms of its weights and gradients.
    LayerWise,
    /// Treats the weights of a matrix together.
    Matrix,
    /// Estimates its learning rate during the run.
    ParameterFree,
    /// Steps along conjugate directions, which preserve the progress of earlier steps.
    Conjugate,
    /// Approximates the curvature from past gradients.
    QuasiNewton,
    /// Evaluates second derivatives.
    SecondOrder,
    /// Evaluates only the loss, at points of its own.
    DerivativeFree,
    /// Holds another optimizer and changes its gradient or its path.
    Wrapper,
    /// Replays a recorded run.
    Recorded,
    /// A rule that the user writes.
    UserDefined,
}

impl fmt::Display for Family {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::FirstOrder => "first order",
            Self::SignBased => "sign based",
            Self::Adaptive => "adaptive",
            Self::LayerWise => "layer-wise",
            Self::Matrix => "matrix",
            Self::ParameterFree => "parameter free",
            Self::Conjugate => "conjugate",
            Self::QuasiNewton => "quasi-Newton",
            Self::SecondOrder => "second order",
            Self::DerivativeFree => "derivative-free",
            Self::Wrapper => "wrapper",
            Self::Recorded => "recorded",
            Self::UserDefined => "user defined",
        })
    }
}

/// The rows of a description: a constant table, or a list made at run time.
pub type List<T> = Cow<'static, [T]>;

/// Copies a constant text; constants cannot call `Clone`.
const fn text(text: &'static Text) -> Text {
    match text {
        Text::Borrowed(text) => Text::Borrowed(text),
        Text::Owned(text) => Text::Borrowed(text.as_str()),
    }
}

/// Copies a constant table.
const fn rows<T: Clone>(list: &'static List<T>) -> List<T> {
    match list {
        List::Borrowed(rows) => List::Borrowed(rows),
        List::Owned(rows) => List::Borrowed(rows.as_slice()),
    }
}

/// The description of an entry. A derived description is a constant; a wrapper or a user-defined rule makes one at run
/// time.
#[derive(Clone, Debug)]
pub struct EntryMetadata {
    /// Id of the entry in picks.
    pub id: Text,
    /// Title in headings and legends.
    pub title: Text,
    /// A sentence that describes the entry.
    pub summary: Text,
    /// Formula of the entry, in lines; may be empty.
    pub formula: Text,
    /// Paragraphs that follow the summary, one per line: notation, and differences from the paper and from other libraries.
    /// Empty in WebAssembly.
    pub details: Text,
    /// Family, if entries of this kind have families.
    pub family: Option<Family>,
    /// Key of the paper in [`references`], or empty.
    pub cite: Text,
    /// A phrase that distinguishes this variant from the others; empty if there are no others.
    pub variant: Text,
    /// Name of the algorithm of which this entry is a variant, or empty.
    pub variants_of: Text,
    /// Names in other libraries.
    pub elsewhere: NamesElsewhere,
    /// The simpler algorithm that a matrix rule is if no weight is part of a matrix; empty for other entries.
    pub without_matrices: Text,
    /// Whether the first setting can name more settings, which are numbers.
    pub is_open: bool,
    /// Settings of this entry.
    pub params: List<Param>,
    /// Settings that several entries share, such as those of the line search, table by table.
    pub shared: List<&'static [Param]>,
    /// Channels of the inner state.
    pub channels: List<Channel>,
    /// Reasons of its steps, the cases in the order in which they are checked.
    pub why: List<StepReason>,
    /// Capabilities that it needs, besides the loss and its gradient.
    pub needs: List<Need>,
    /// Settings of other entries that it cannot have.
    pub refused: List<Refusal>,
}

/// Settings that other entries share and this one cannot have.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// The settings, table by table.
    pub settings: &'static [&'static [Param]],
    /// Why the entry cannot have them, so that it can follow "because".
    pub why: &'static str,
}

impl EntryMetadata {
    /// Returns the constant description with channels, needs, shared settings, and refused settings.
    pub(crate) const fn with(
        &'static self,
        channels: &'static [Channel],
        needs: &'static [Need],
        shared: &'static [&'static [Param]],
        refused: &'static [Refusal],
    ) -> Self {
        Self {
            id: text(&self.id),
            title: text(&self.title),
            summary: text(&self.summary),
            formula: text(&self.formula),
            details: text(&self.details),
            family: self.family,
            cite: text(&self.cite),
            variant: text(&self.variant),
            variants_of: text(&self.variants_of),
            elsewhere: self.elsewhere.copied(),
            without_matrices: text(&self.without_matrices),
            is_open: self.is_open,
            params: rows(&self.params),
            shared: List::Borrowed(shared),
            channels: List::Borrowed(channels),
            why: rows(&self.why),
            needs: List::Borrowed(needs),
            refused: List::Borrowed(refused),
        }
    }

    /// Returns all settings; the shared ones come last.
    pub fn settings(&self) -> impl Iterator<Item = &Param> + Clone {
        let shared = self.shared.iter().copied().flatten();
        self.params.iter().chain(shared)
    }

    /// Returns the setting that `given` assigns. An assignment without a key sets the first setting.
    pub(crate) fn set_by(&self, given: &Assignment) -> Option<&Param> {
        let first = self.params.first().filter(|_| given.key.is_empty());
        first.or_else(|| self.params.iter().find(|param| param.name == given.key))
    }

    /// Returns the names of the files in these settings, without those in the settings of components.
    pub fn files(&self, given: &[Assignment]) -> Vec<String> {
        let names_file = |s: &&Assignment| self.set_by(s).is_some_and(|p| p.kind == Kind::File);
        let names = given.iter().filter(names_file);
        names.map(|s| s.value.clone()).collect()
    }

    /// Returns whether an assignment gives an optional setting its listed default, `none`.
    pub(crate) fn is_unset(&self, given: &Assignment) -> bool {
        self.setting(&given.key)
            .is_some_and(|param| param.is_unset(&given.value))
    }

    /// Returns a pick of this entry without the optional settings that are `none`.
    #[must_use]
    pub fn canonical(&self, pick: &Pick) -> Pick {
        pick.without(|given| self.is_unset(given))
    }

    /// Returns why the entry cannot have a setting of other entries, if it refuses this one.
    pub(crate) fn refusal(&self, name: &str) -> Option<&'static str> {
        let has = |refusal: &&Refusal| {
            let mut settings = refusal.settings.iter().copied().flatten();
            settings.any(|param| param.name == name)
        };
        self.refused.iter().find(has).map(|refusal| refusal.why)
    }

    /// Returns the setting with this name.
    pub fn setting(&self, name: &str) -> Option<&Param> {
        self.settings().find(|p| p.name == name)
    }
}

/// Settings that can be read from a pick. The trait is derived.
pub trait Params: Sized {
    /// One row per field.
    const PARAMS: &'static [Param];
    /// Reads the settings: the values given, else those of the problem, else the defaults.
    ///
    /// # Errors
    /// A value is not allowed or missing.
    fn from_settings(settings: &Settings) -> Result<Self, Box<Error>>;
    /// Returns the setting `learning_rate`, which a schedule changes, if there is one.
    fn learning_rate(&mut self) -> Option<&mut f64> {
        None
    }
}

/// An entry of the catalog. The trait is derived from `#[entry(...)]` and the doc comment.
pub trait Describe: Params {
    /// Description of the entry.
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

/// One entry of a registry: its description and a function that builds it.
pub struct Entry<T: 'static> {
    /// Description of the entry.
    pub about: EntryMetadata,
    /// Builds the item from settings. The error is boxed because every entry compiles its own copy of this function.
    pub build: fn(&Settings) -> Result<T, Box<Error>>,
}

impl<T> Entry<T> {
    /// Creates the entry of a described struct.
    pub const fn of<D: Build<T>>() -> Self {
        Self {
            about: D::ABOUT,
            build: |settings: &Settings| Ok(D::from_settings(settings)?.build()?),
        }
    }
}

/// All entries of one kind.
pub struct Registry<T: 'static> {
    /// Noun for an entry, such as `optimizer`.
    pub kind: &'static str,
    /// The entries.
    pub entries: &'static [Entry<T>],
}

impl<T> Registry<T> {
    /// Returns the entry with this id. The id of an open entry can state the version of its language.
    pub fn find(&self, id: &str) -> Option<&'static Entry<T>> {
        self.versioned(id)
            .filter(|(_, version)| version.is_none_or(|v| v == LANGUAGE_VERSION))
            .map(|(entry, _)| entry)
    }

    /// Returns the entry that an id names, and the version that follows it.
    fn versioned<'i>(&self, id: &'i str) -> Option<(&'static Entry<T>, Option<&'i str>)> {
        let (name, version) = match id.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (id, None),
        };
        let entry = self.entries.iter().find(|e| e.about.id == name)?;
        (version.is_none() || entry.about.is_open).then_some((entry, version))
    }

    /// Returns the description of each entry.
    pub fn abouts(&self) -> impl Iterator<Item = &'static EntryMetadata> {
        self.entries.iter().map(|e| &e.about)
    }

    /// Returns the entry with this id, or an error with the allowed ids.
    ///
    /// # Errors
    /// No entry has this id.
    pub fn named(&self, id: &str) -> Result<&'static Entry<T>, Error> {
        let unknown = |version: &str| {
            let name = id.split('@').next().unwrap_or_default();
            let known = LANGUAGE_VERSION.parse::<u64>();
            let is_newer = known.is_ok_and(|known| version.parse().is_ok_and(|v: u64| v > known));
            let advice = if is_newer {
                "update the program".to_owned()
            } else {
                format!("write {name} or {name}@{LANGUAGE_VERSION}")
            };
            let version = shortened(version, 40);
            Error::Settings(format!(
                "version `{version}` of `{name}` is not known: this program knows {name}@{LANGUAGE_VERSION}; {advice}"
            ))
        };
        if let Some((_, Some(version))) = self.versioned(id)
            && version != LANGUAGE_VERSION
        {
            return Err(unknown(version));
        }
        self.find(id).ok_or_else(|| {
            let allowed: Vec<Text> = self.abouts().map(|about| about.id.clone()).collect();
            let mut meant = libraries::known_as(self.abouts(), id);
            meant.extend(picks_in(id, &allowed).into_iter().map(Text::Owned));
            Error::UnknownId {
                kind: self.kind,
                given: id.to_owned(),
                allowed,
                meant: meant.into(),
            }
        })
    }

    /// Returns the text of a pick with the names of this catalog and without the optional settings that are `none`. Any other text
    /// is returned as it is.
    pub fn canonical_text(&self, text: &str) -> String {
        let pick = text.parse().and_then(|pick| self.native(pick)).ok();
        let pick = pick.and_then(|pick| Some(self.find(&pick.id)?.about.canonical(&pick)));
        pick.map_or_else(|| text.to_owned(), |pick| pick.text().to_owned())
    }

    /// Builds the item that a pick selects. `defaults` are those of the problem, or only its learning rate.
    ///
    /// # Errors
    /// No entry has this id, or a setting is invalid; the error contains the position in the pick.
    pub fn build(&self, pick: &Pick, defaults: impl Into<ProblemDefaults>) -> Result<T, Error> {
        let locate = |e: Error| e.within(pick.text(), pick.id_span());
        let entry = self.named(&pick.id).map_err(locate)?;
        let settings = Settings::of(pick, &entry.about, defaults)?;
        (entry.build)(&settings)
            .map_err(|error| settings.place(*error))
            .map_err(|error| {
                error.map_advice(|changes, advised| *advised = pick.changed_text(changes))
            })
            .map_err(locate)
    }
}
