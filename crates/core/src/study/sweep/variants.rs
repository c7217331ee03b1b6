//! The optimizers of a sweep with each combination of the values that their settings take.

use super::{SweepError, SweepPart};
use crate::{
    Error,
    catalog::{
        DefaultValue, EntryMetadata, Kind, Param, Text,
        over::SettingValues,
        pick::{self, Pick},
    },
    line_searches, optimizers, regularizers, schedules,
    study::experiment::PreparedExperiment,
};

/// Optimizers with combinations of settings, counted and made one at a time.
pub(super) struct Variants {
    over: Vec<SettingValues>,
    groups: Vec<VariantGroup>,
}

/// One optimizer as it was picked, with the settings that take several values.
struct VariantGroup {
    pick: Pick,
    /// Which of the settings of the sweep it has.
    over: Vec<usize>,
    /// Number of the first of its combinations, and of the first that is no more.
    first: u64,
    end: u64,
}

impl Variants {
    pub(super) fn new(
        with: &[Pick],
        over: &[SettingValues],
        contests: &[PreparedExperiment],
    ) -> Result<Self, SweepError> {
        let mut variants = Self {
            over: over.to_vec(),
            groups: Vec::new(),
        };
        let mut first = 0_u64;
        for (i, pick) in with.iter().enumerate() {
            let at = |error| SweepPart::With(i).misfit(error);
            optimizers::check_can_run(pick).map_err(at)?;
            let entry = optimizers::REGISTRY.named(&pick.id);
            let about = &entry
                .map_err(|e| at(e.within(pick.text(), pick.id_span())))?
                .about;
            let has = |k: &usize| has(pick, about, over, &over[*k].key);
            let group = VariantGroup {
                pick: pick.clone(),
                over: (0..over.len()).filter(has).collect(),
                first,
                end: 0,
            };
            if group.over.is_empty() {
                // Where nothing is changed, a mistake is one of the pick itself.
                for contest in contests {
                    contest.enter(pick).map_err(at)?;
                }
            }
            let counts = group.over.iter().map(|k| over[*k].values.len() as u64);
            let count = counts.fold(1_u64, u64::saturating_mul);
            first = first.saturating_add(count);
            variants.groups.push(VariantGroup {
                end: first,
                ..group
            });
        }
        for (k, over) in over.iter().enumerate() {
            if !variants.groups.iter().any(|group| group.over.contains(&k)) {
                return Err(SweepPart::Over(k).misfit(nobody_has(&over.key, with)));
            }
        }
        variants.differ()?;
        Ok(variants)
    }

    /// Number of combinations of all optimizers.
    pub(super) fn len(&self) -> u64 {
        self.groups.last().map_or(0, |group| group.end)
    }

    /// The optimizer of a number below [`len`](Self::len); the last setting changes fastest.
    pub(super) fn pick(&self, variant: u64) -> Result<Pick, SweepError> {
        let group = self.group(variant);
        let mut rest = variant - group.first;
        let mut chosen = vec![0; group.over.len()];
        for (choice, k) in chosen.iter_mut().zip(&group.over).rev() {
            let count = self.over[*k].values.len() as u64;
            *choice = (rest % count) as usize;
            rest /= count;
        }
        let mut pick = group.pick.clone();
        for (choice, k) in chosen.iter().zip(&group.over) {
            let SettingValues { key, values, .. } = &self.over[*k];
            let changed = change(&pick, key, &values[*choice]);
            pick = changed.map_err(|error| SweepPart::Over(*k).misfit(error))?;
        }
        Ok(pick)
    }

    /// The error of an optimizer at the place that is most likely to blame.
    pub(super) fn misfit(&self, variant: u64, error: Error) -> SweepError {
        let group = self.group(variant);
        let blamed = match &error {
            Error::In { text, span, .. } => {
                let part = text.get(span.clone()).unwrap_or_default();
                let key = part.split_once('=').map_or(part, |(key, _)| key.trim());
                group.over.iter().find(|k| self.over[**k].key == key)
            }
            _ => None,
        };
        let number = self.groups.iter().position(|g| g.first == group.first);
        let with = SweepPart::With(number.unwrap_or(0));
        blamed.map_or(with, |k| SweepPart::Over(*k)).misfit(error)
    }

    fn group(&self, variant: u64) -> &VariantGroup {
        let i = self.groups.partition_point(|group| group.end <= variant);
        &self.groups[i]
    }

    /// Refuses two optimizers that the settings of the sweep make the same.
    fn differ(&self) -> Result<(), SweepError> {
        let mut seen: Vec<(Pick, &Pick)> = Vec::new();
        for (i, group) in self.groups.iter().enumerate() {
            let pick = self.pick(group.first)?;
            if let Some((_, other)) = seen.iter().find(|(first, _)| first.text() == pick.text()) {
                let message = format!(
                    "`{}` and `{other}` are the same with the settings that the sweep gives them",
                    group.pick
                );
                return Err(SweepPart::With(i).misfit(Error::Settings(message)));
            }
            seen.push((pick, &group.pick));
        }
        Ok(())
    }
}

/// The pick with one setting changed, and no other: a value that smuggles in a second setting is refused.
fn change(pick: &Pick, key: &str, value: &str) -> Result<Pick, Error> {
    let changed = pick.changed(key, value)?;
    let had = pick.settings.iter().any(|s| s.key == key);
    if changed.settings.len() != pick.settings.len() + usize::from(!had) {
        let message = format!("`{value}` is more than one value");
        return Err(Error::Settings(message));
    }
    Ok(changed)
}

/// Whether a setting makes a difference to an optimizer as it was picked.
fn has(pick: &Pick, about: &EntryMetadata, over: &[SettingValues], key: &str) -> bool {
    let given = |key: &str| {
        pick.settings.iter().any(|s| s.key == key) || over.iter().any(|other| other.key == key)
    };
    let (head, tail) = pick::name(key);
    let Some(param) = about.setting(head) else {
        return false;
    };
    let Some(tail) = tail else {
        return param.unless.as_deref().is_none_or(|rival| !given(rival));
    };
    let preset = match &param.preset {
        DefaultValue::Text(id) => Some(&**id),
        _ => None,
    };
    let picked = pick.settings.iter().find(|s| s.key == head);
    match picked.map(|s| &*s.value).or(preset) {
        _ if over.iter().any(|other| other.key == head) => true,
        Some(id) => part_has(param, id, tail),
        None => false,
    }
}

/// Whether the part of this id has a setting; a part that there is not has all, and is complained of later.
fn part_has(param: &Param, id: &str, key: &str) -> bool {
    let parts = line_searches::REGISTRY.abouts();
    let parts = parts.chain(schedules::REGISTRY.abouts());
    let mut parts = parts.chain(regularizers::REGISTRY.abouts());
    let part = parts.find(|about| about.id == id);
    matches!(param.kind, Kind::Part(_)) && part.is_none_or(|about| about.setting(key).is_some())
}

fn nobody_has(key: &str, with: &[Pick]) -> Error {
    let mut allowed: Vec<Text> = Vec::new();
    for pick in with {
        let about = optimizers::REGISTRY.find(&pick.id).map(|e| &e.about);
        for param in about.into_iter().flat_map(EntryMetadata::settings) {
            if !allowed.contains(&param.name) {
                allowed.push(param.name.clone());
            }
        }
    }
    Error::NobodyHas {
        given: key.to_owned(),
        allowed,
    }
}
