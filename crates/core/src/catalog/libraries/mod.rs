//! The names of entries and settings in other libraries.
//!
//! An entry declares its names beside its own, and a setting its name and its default there:
//!
//! ```text
//! #[entry(id = "adamw", torch = "torch.optim.AdamW", torch_options = "weight_decay=0.01")]
//! #[param(default = 0.9, torch = "alpha=0.99", optax = "=0.9")]
//! ```
//!
//! `alpha` has the same default in both libraries, `alpha=0.99` another one. `=0.9` is not a setting there: the library acts as
//! if it were 0.9. A setting without a name acts as its default. A name that begins with `-` is the negative of the setting.

mod arguments;
mod native;

use super::{EntryMetadata, Param, Text, text};

/// The names of an entry in other libraries. A name is empty if the library does not have the entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamesElsewhere {
    /// Name in `PyTorch`. The words after it are the arguments that select this entry, as in
    /// `torch.optim.SGD with momentum and nesterov=True`.
    pub torch: Text,
    /// Shared settings that `PyTorch` has, too, with their defaults there, as in `weight_decay=0.01, decoupled_weight_decay`.
    pub torch_options: Text,
    /// Name in optax.
    pub optax: Text,
    /// Shared settings that optax has, too, with their defaults there.
    pub optax_options: Text,
    /// Name in Keras.
    pub keras: Text,
    /// Name in the package `pytorch_optimizer`.
    pub pytorch_optimizer: Text,
    /// Package whose optimizer of this name makes other steps with the same settings, as the documentation of the entry
    /// explains.
    pub differs: Text,
}

/// The name of a setting in another library, and its default there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameElsewhere {
    /// Name, such as `betas[0]`; empty if the library does not have the setting.
    pub name: Text,
    /// Default there, or the value as which the library acts if it does not have the setting. Empty if it is the default of the
    /// setting.
    pub preset: Text,
}

/// A setting that a library does not have and that acts as its default.
static NOWHERE: NameElsewhere = NameElsewhere {
    name: Text::Borrowed(""),
    preset: Text::Borrowed(""),
};

/// A library with optimizers.
pub struct Library {
    /// Name of its package: the first word of its names.
    pub id: &'static str,
    /// Name in sentences.
    pub title: &'static str,
    /// Whether the catalog declares its settings with their defaults.
    pub has_settings: bool,
    name: fn(&NamesElsewhere) -> &Text,
    options: fn(&NamesElsewhere) -> &str,
    setting: fn(&Param) -> &NameElsewhere,
}

/// All libraries whose names the catalog knows.
pub static LIBRARIES: [Library; 4] = [
    Library {
        id: "torch",
        title: "PyTorch",
        has_settings: true,
        name: |names| &names.torch,
        options: |names| &names.torch_options,
        setting: |param| &param.torch,
    },
    Library {
        id: "optax",
        title: "optax",
        has_settings: true,
        name: |names| &names.optax,
        options: |names| &names.optax_options,
        setting: |param| &param.optax,
    },
    Library {
        id: "keras",
        title: "Keras",
        has_settings: false,
        name: |names| &names.keras,
        options: |_| "",
        setting: |_| &NOWHERE,
    },
    Library {
        id: "pytorch_optimizer",
        title: "pytorch_optimizer",
        has_settings: false,
        name: |names| &names.pytorch_optimizer,
        options: |_| "",
        setting: |param| &param.torch,
    },
];

/// A setting that a library has, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedName<'a> {
    /// Key of the setting.
    pub key: &'a str,
    /// Name in the library, without the sign of a negative.
    pub name: &'a str,
    /// Default there; empty if it is the default of the setting.
    pub preset: &'a str,
    /// Whether it is the negative of the setting.
    pub is_negative: bool,
}

impl SharedName<'_> {
    /// Returns a number of the library for one of the catalog, or the reverse: with the other sign if they are negatives.
    pub fn number(&self, value: &str) -> String {
        match value.strip_prefix('-') {
            _ if !self.is_negative => value.to_owned(),
            Some(positive) => positive.to_owned(),
            None => format!("-{value}"),
        }
    }
}

impl Library {
    /// Returns the library with this package, in any case.
    pub fn named(id: &str) -> Option<&'static Self> {
        let mut libraries = LIBRARIES.iter();
        libraries.find(|library| library.id.eq_ignore_ascii_case(id))
    }

    /// Returns the name of an entry with the arguments that select it, such as `torch.optim.SGD with momentum`, or an empty text.
    pub fn whole_name<'a>(&self, about: &'a EntryMetadata) -> &'a str {
        (self.name)(&about.elsewhere)
    }

    /// Returns the name of an entry, such as `torch.optim.SGD`, or an empty text.
    pub fn name<'a>(&self, about: &'a EntryMetadata) -> &'a str {
        split_name(self.whole_name(about)).0
    }

    /// Returns whether the optimizer of the library makes other steps than the entry with the same settings.
    pub fn differs(&self, about: &EntryMetadata) -> bool {
        about.elsewhere.differs == self.id
    }

    /// Returns the arguments that select an entry among those of the same name: each with its value, or without one if any
    /// value except zero selects it.
    pub fn selection<'a>(
        &self,
        about: &'a EntryMetadata,
    ) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
        let words = split_name(self.whole_name(about)).1;
        let arguments = words.split(" and ").filter(|word| !word.is_empty());
        arguments.map(|argument| match argument.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (argument, None),
        })
    }

    /// Returns the settings of an entry that the library has, too.
    pub fn settings<'a>(&self, about: &'a EntryMetadata) -> Vec<SharedName<'a>> {
        let own = about.params.iter().filter_map(|param| {
            let there = (self.setting)(param);
            (!there.name.is_empty()).then(|| SharedName {
                key: &param.name,
                name: there.name.trim_start_matches('-'),
                preset: &there.preset,
                is_negative: there.name.starts_with('-'),
            })
        });
        own.chain(self.options(about)).collect()
    }

    /// Returns the shared settings of an entry that the library has, too.
    fn options<'a>(&self, about: &'a EntryMetadata) -> impl Iterator<Item = SharedName<'a>> {
        let options = (self.options)(&about.elsewhere).split(", ");
        let options = options.filter(|option| !option.is_empty());
        let options = options.map(|option| option.split_once('=').unwrap_or((option, "")));
        options.filter_map(|(name, preset)| {
            let is_named =
                |param: &&Param| param.name == name || (self.setting)(param).name == name;
            let param = about.settings().find(is_named)?;
            Some(SharedName {
                key: &param.name,
                name,
                preset,
                is_negative: false,
            })
        })
    }

    /// Returns the keys and values of the settings of an entry that the library does not have, but as which it acts.
    pub fn fixed<'a>(&self, about: &'a EntryMetadata) -> impl Iterator<Item = (&'a str, &'a str)> {
        let settings = about.params.iter();
        let fixed = settings.map(|param| (&*param.name, (self.setting)(param)));
        fixed
            .filter(|(_, there)| there.name.is_empty() && !there.preset.is_empty())
            .map(|(key, there)| (key, &*there.preset))
    }
}

/// Splits the name of an entry in a library from the words about the arguments that select it.
fn split_name(name: &str) -> (&str, &str) {
    name.split_once(" with ").unwrap_or((name, ""))
}

/// Returns the ids of the entries that a library calls `given`: with or without its module, in any case.
pub fn known_as<'a>(entries: impl Iterator<Item = &'a EntryMetadata>, given: &str) -> Vec<Text> {
    let known = entries.filter(|about| about.is_known_as(given));
    known.map(|about| about.id.clone()).collect()
}

impl NamesElsewhere {
    /// Copies the names; constants cannot call `Clone`.
    pub(super) const fn copied(&'static self) -> Self {
        Self {
            torch: text(&self.torch),
            torch_options: text(&self.torch_options),
            optax: text(&self.optax),
            optax_options: text(&self.optax_options),
            keras: text(&self.keras),
            pytorch_optimizer: text(&self.pytorch_optimizer),
            differs: text(&self.differs),
        }
    }
}

impl NameElsewhere {
    /// Copies the name; constants cannot call `Clone`.
    pub(super) const fn copied(&'static self) -> Self {
        Self {
            name: text(&self.name),
            preset: text(&self.preset),
        }
    }
}

impl EntryMetadata {
    /// Returns whether a library calls this entry `given`, possibly with other arguments.
    pub fn is_known_as(&self, given: &str) -> bool {
        let mut libraries = LIBRARIES.iter();
        libraries.any(|library| is_name(given, library.name(self)))
    }

    /// Returns whether a library calls this entry `given` without any argument.
    pub fn is_plainly_known_as(&self, given: &str) -> bool {
        let mut libraries = LIBRARIES.iter();
        libraries.any(|library| is_name(given, library.whole_name(self)))
    }

    /// Returns the names of the settings that `PyTorch` or optax call `given`.
    pub(crate) fn settings_known_as(&self, given: &str) -> Vec<Text> {
        let known = |param: &&Param| {
            let names = [&param.torch.name, &param.optax.name];
            names
                .iter()
                .any(|name| is_name(given, name.trim_start_matches('-')))
        };
        self.settings()
            .filter(known)
            .map(|param| param.name.clone())
            .collect()
    }
}

/// Returns whether `given` is the name of an entry or a setting in a library. Modules and indices may be missing.
fn is_name(given: &str, name: &str) -> bool {
    let (package, own) = name.split_once('.').unwrap_or(("", name));
    let own = own.split('[').next().unwrap_or_default();
    let given = given.split('[').next().unwrap_or_default();
    let rest = given.split_once('.');
    let rest = rest.and_then(|(first, rest)| first.eq_ignore_ascii_case(package).then_some(rest));
    is_end(given, name.split('[').next().unwrap_or_default())
        || rest.is_some_and(|rest| is_end(rest, own))
}

/// Returns whether `given` is a dotted name without its first words, in any case.
fn is_end(given: &str, name: &str) -> bool {
    let Some(begin) = name.len().checked_sub(given.len()) else {
        return false;
    };
    let is_whole = begin == 0 || name[..begin].ends_with('.');
    !given.is_empty()
        && is_whole
        && name.is_char_boundary(begin)
        && name[begin..].eq_ignore_ascii_case(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_lack_its_modules() {
        let sgd = "torch.optim.SGD";
        for given in ["SGD", "sgd", "optim.SGD", "torch.optim.SGD", "torch.SGD"] {
            assert!(is_name(given, sgd), "{given}");
        }
        for given in [
            "",
            "GD",
            "m.SGD",
            "torch",
            "torch.",
            "a.torch.optim.SGD",
            "optax.SGD",
            "é",
        ] {
            assert!(!is_name(given, sgd), "{given}");
        }
        assert!(is_name("betas", "betas[0]") && is_name("betas[1]", "betas[0]"));
        assert!(!is_name("lr", ""));
    }

    #[test]
    fn the_words_after_a_name_select_the_entry() {
        let [torch, optax, ..] = &LIBRARIES;
        let entry = |id: &str| &crate::optimizers::REGISTRY.named(id).unwrap().about;
        assert_eq!(torch.name(entry("nesterov")), "torch.optim.SGD");
        let selection: Vec<_> = torch.selection(entry("nesterov")).collect();
        assert_eq!(selection, [("momentum", None), ("nesterov", Some("True"))]);
        assert_eq!(torch.selection(entry("adam")).count(), 0);
        let settings = optax.settings(entry("adamw"));
        let last = SharedName {
            key: "weight_decay",
            name: "weight_decay",
            preset: "0.0001",
            is_negative: false,
        };
        assert_eq!(settings.last(), Some(&last));
    }
}
