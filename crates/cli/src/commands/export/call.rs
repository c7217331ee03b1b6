//! Writes the call that makes the optimizer of a library.

use super::{framework::Framework, options::Options};
use crate::{prelude::*, runs::same_optimizer::is_same_value};
use thalweg::{
    catalog::{
        EntryMetadata, Family, Kind, Param,
        libraries::{Library, SharedName},
    },
    effective::EffectiveSetting,
    optimizers,
};

/// The families whose optimizers make each step from one gradient and perhaps its loss. The steps of matrix rules depend on the
/// order of the weights in a matrix, which differs between the libraries.
const EXPORTED: [Family; 5] = [
    Family::FirstOrder,
    Family::SignBased,
    Family::Adaptive,
    Family::LayerWise,
    Family::ParameterFree,
];

/// Returns the value in effect of a setting.
pub(super) fn value_of<'a>(settings: &'a [EffectiveSetting], key: &str) -> Option<&'a str> {
    let found = settings.iter().find(|setting| setting.key == key);
    found.map(|setting| &*setting.value)
}

/// A call of the function or the class that makes an optimizer.
pub(super) struct Call {
    /// Name with its modules.
    pub(super) name: String,
    /// Names and values of the arguments.
    pub(super) arguments: Vec<(String, String)>,
}

/// Writes the call that makes the optimizer with these settings.
pub(super) fn of(
    framework: Framework,
    about: &EntryMetadata,
    settings: &[EffectiveSetting],
    options: &Options,
) -> Result<Call> {
    check_entry(framework, about)?;
    let writer = CallWriter {
        library: framework.library(),
        about,
        settings,
        options,
    };
    writer.check_missing()?;
    Ok(Call {
        name: writer.library.name(about).to_owned(),
        arguments: writer.arguments()?,
    })
}

/// Checks that the library has the optimizer, and that it makes its step from one gradient.
fn check_entry(framework: Framework, about: &EntryMetadata) -> Result {
    let (library, id) = (framework.library(), &about.id);
    if can_export(library, about) {
        return Ok(());
    }
    if about.id == "recorded" {
        refuse!("a recorded run cannot be exported, because it contains weights and no steps"; "choose an optimizer");
    }
    let help = nearest(framework, about);
    let name = library.name(about);
    if library.differs(about) {
        refuse!("`{id}` cannot be exported, because {name} does not make the same steps with the same settings"; &help);
    }
    if name.is_empty() {
        refuse!("{} does not have `{id}`", library.title; &help);
    }
    refuse!("`{id}` cannot be exported, because its step does not follow from one gradient alone"; &help)
}

/// Returns whether a script of a library can make the steps of an optimizer.
fn can_export(library: &Library, about: &EntryMetadata) -> bool {
    let is_of_family = about
        .family
        .is_some_and(|family| EXPORTED.contains(&family));
    is_of_family && !library.name(about).is_empty() && !library.differs(about)
}

/// Returns advice: the other library, if it has the optimizer, or else the most similar optimizer of the library.
fn nearest(framework: Framework, about: &EntryMetadata) -> String {
    let (library, other) = (framework.library(), framework.other().library());
    if can_export(other, about) {
        return format!("use --as {}, where it is {}", other.id, other.name(about));
    }
    let all = optimizers::REGISTRY.abouts();
    let all: Vec<&EntryMetadata> = all.filter(|other| can_export(library, other)).collect();
    let is_variant = |other: &&&EntryMetadata| {
        !about.variants_of.is_empty() && other.variants_of == about.variants_of
    };
    let is_relative = |other: &&&EntryMetadata| other.family == about.family;
    match all.iter().find(is_variant).or(all.iter().find(is_relative)) {
        Some(near) => format!(
            "the nearest is `{}`, which is {}",
            near.id,
            library.name(near)
        ),
        None => "choose an optimizer whose step follows from one gradient, such as adam".to_owned(),
    }
}

/// The optimizer of a library and the settings in effect.
struct CallWriter<'a> {
    library: &'static Library,
    about: &'a EntryMetadata,
    settings: &'a [EffectiveSetting],
    options: &'a Options,
}

impl CallWriter<'_> {
    fn arguments(&self) -> Result<Vec<(String, String)>> {
        let mut arguments: Vec<(String, String)> = Vec::new();
        let mut tuples: Vec<(&str, Vec<(&str, String)>)> = Vec::new();
        let shared = self.library.settings(self.about);
        for setting in &shared {
            let Some(value) = self.argument(setting)? else {
                continue;
            };
            match setting.name.split_once('[') {
                Some((name, index)) => match tuples.iter_mut().find(|(own, _)| *own == name) {
                    Some((_, values)) => values.push((index, value)),
                    None => tuples.push((name, vec![(index, value)])),
                },
                None => arguments.push((setting.name.to_owned(), value)),
            }
        }
        for (name, mut values) in tuples {
            values.sort();
            let values: Vec<String> = values.into_iter().map(|(_, value)| value).collect();
            arguments.push((name.to_owned(), format!("({})", values.join(", "))));
        }
        let selection = self.library.selection(self.about);
        let fixed = selection.filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())));
        arguments.extend(fixed);
        Ok(arguments)
    }

    /// Returns the value of an argument, or `None` if it is off and the library turns it off, too.
    fn argument(&self, setting: &SharedName) -> Result<Option<String>> {
        let preset = self
            .about
            .setting(setting.key)
            .map(|param| param.preset.to_string());
        let preset = preset.unwrap_or_default();
        let there = if setting.preset.is_empty() {
            &preset
        } else {
            setting.preset
        };
        let value = match value_of(self.settings, setting.key) {
            Some(value) => value,
            // A weight decay that is off is not a setting in effect, but the library could turn it on.
            None if setting.key == "weight_decay" => "0",
            None => return Ok(None),
        };
        let kind = self.about.setting(setting.key).map(|param| &param.kind);
        let is_selecting = self
            .library
            .selection(self.about)
            .any(|(key, _)| key == setting.name);
        let is_off = ["0", "false"].contains(&value) && is_same_value(value, there);
        match kind {
            _ if is_off && !is_selecting && !setting.name.contains('[') => Ok(None),
            Some(Kind::Switch) if value == "true" => Ok(Some("True".to_owned())),
            Some(Kind::Switch) => Ok(Some("False".to_owned())),
            Some(Kind::Number | Kind::Whole) => Ok(Some(setting.number(value))),
            _ if is_same_value(value, there) => Ok(None),
            _ => {
                let (key, name) = (setting.key, self.library.name(self.about));
                refuse!("`{key}={value}` cannot be exported as {} of {name}", setting.name; &format!("use {key}={there}"))
            }
        }
    }

    /// Refuses settings that the library does not have, unless they have the values as which it acts.
    fn check_missing(&self) -> Result {
        let shared = self.library.settings(self.about);
        let is_missing = |param: &&Param| shared.iter().all(|setting| setting.key != param.name);
        for param in self.about.params.iter().filter(is_missing) {
            let key = &*param.name;
            let Some(value) = value_of(self.settings, key) else {
                continue;
            };
            // The velocity is only rescaled if the learning rate changes.
            if key == "rescale_velocity" && self.options.rate.is_none() {
                continue;
            }
            let fixed = self.library.fixed(self.about).find(|(own, _)| *own == key);
            let preset = param.preset.to_string();
            let there = fixed.map_or(&*preset, |(_, value)| value);
            if !is_same_value(value, there) {
                let name = self.library.name(self.about);
                let help = match there {
                    "none" => format!("remove {key}"),
                    there => format!("use {key}={there}"),
                };
                refuse!("`{key}={value}` cannot be exported, because {name} does not have this setting"; &help);
            }
        }
        Ok(())
    }
}
