//! The optimizers of a sweep with all combinations of their settings.

use super::{SweepError, SweepPart};
use crate::{
    Error,
    catalog::{
        DefaultValue, EntryMetadata, Kind, Param, Text,
        over::SettingValues,
        pick::{self, Pick},
    },
    optimizers,
    study::{components::component, experiment::PreparedExperiment},
};

/// Optimizers with combinations of settings, made one at a time from their number.
pub(super) struct Variants {
    over: Vec<SettingValues>,
    groups: Vec<VariantGroup>,
}

/// One picked optimizer with the settings that have lists of values.
struct VariantGroup {
    pick: Pick,
    /// Positions of the settings of the sweep that it has.
    over: Vec<usize>,
    /// Number of its first combination; `end` is one past the last.
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
            let at = |error| SweepPart::With(i).sweep_error(error);
            optimizers::check_can_run(pick).map_err(at)?;
            let entry = optimizers::REGISTRY.named(&pick.id);
            let about = &entry
                .map_err(|e| at(e.within(pick.text(), pick.id_span())))?
                .about;
            let pick = &about.canonical(pick);
            let has = |k: &usize| has(pick, about, over, &over[*k].key);
            let group = VariantGroup {
                pick: pick.clone(),
                over: (0..over.len()).filter(has).collect(),
                first,
                end: 0,
            };
            if group.over.is_empty() {
                // The sweep does not change this optimizer, so an error is in the pick itself.
                for contest in contests {
                    contest.enter(pick).map_err(at)?;
                }
            }
            for k in &group.over {
                over[*k].check_not_given(pick).map_err(at)?;
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
                return Err(SweepPart::Over(k).sweep_error(no_optimizer_has(&over.key, with)));
            }
        }
        variants.check_distinct()?;
        Ok(variants)
    }

    /// Returns the number of combinations of all optimizers.
    pub(super) fn len(&self) -> u64 {
        self.groups.last().map_or(0, |group| group.end)
    }

    /// Returns the optimizer with a number below [`len`](Self::len). The last setting changes fastest.
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
            pick = changed.map_err(|error| SweepPart::Over(*k).sweep_error(error))?;
        }
        let entry = optimizers::REGISTRY.find(&pick.id);
        Ok(entry.map_or_else(|| pick.clone(), |entry| entry.about.canonical(&pick)))
    }

    /// Returns the title and the pick of combinations of each optimizer: the first ones of many, with every value of the setting
    /// that changes fastest.
    pub(super) fn titled(&self) -> impl Iterator<Item = (String, Pick)> {
        const MOST: u64 = 1000;
        let variants = self
            .groups
            .iter()
            .flat_map(|group| group.first..group.end.min(group.first + MOST));
        variants.filter_map(|variant| {
            let pick = self.pick(variant).ok()?;
            let entry = optimizers::REGISTRY.find(&pick.id)?;
            Some((entry.about.title.to_string(), pick))
        })
    }

    /// Returns the error of an optimizer with the part that most likely causes it.
    pub(super) fn sweep_error(&self, variant: u64, error: Error) -> SweepError {
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
        blamed
            .map_or(with, |k| SweepPart::Over(*k))
            .sweep_error(error)
    }

    fn group(&self, variant: u64) -> &VariantGroup {
        let i = self.groups.partition_point(|group| group.end <= variant);
        &self.groups[i]
    }

    /// Checks that the settings of the sweep do not make two optimizers equal.
    fn check_distinct(&self) -> Result<(), SweepError> {
        let mut seen: Vec<(Pick, &Pick)> = Vec::new();
        for (i, group) in self.groups.iter().enumerate() {
            let pick = self.pick(group.first)?;
            if let Some((_, other)) = seen.iter().find(|(first, _)| first.text() == pick.text()) {
                let message = format!(
                    "`{}` and `{other}` are equal with the settings of the sweep: remove one",
                    group.pick
                );
                return Err(SweepPart::With(i).sweep_error(Error::Settings(message)));
            }
            seen.push((pick, &group.pick));
        }
        Ok(())
    }
}

/// Returns the pick with one setting changed. A value that contains a second setting is an error.
fn change(pick: &Pick, key: &str, value: &str) -> Result<Pick, Error> {
    let changed = pick.changed(key, value)?;
    let had = pick.settings.iter().any(|s| s.key == key);
    if changed.settings.len() != pick.settings.len() + usize::from(!had) {
        let message = format!("`{value}` contains more than one setting; give one value");
        return Err(Error::Settings(message));
    }
    Ok(changed)
}

/// Returns whether a setting has an effect on a picked optimizer.
fn has(pick: &Pick, about: &EntryMetadata, over: &[SettingValues], key: &str) -> bool {
    let given = |key: &str| {
        pick.settings.iter().any(|s| s.key == key) || over.iter().any(|other| other.key == key)
    };
    if optimizers::has_rule_with(pick, key) {
        return true;
    }
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

/// Returns whether the component with this id has a setting. An unknown component has every setting, and so has a component
/// of the component; their errors are reported later.
fn part_has(param: &Param, id: &str, key: &str) -> bool {
    let (head, _) = pick::name(key);
    let part = component(param, id);
    matches!(param.kind, Kind::Part(_)) && part.is_none_or(|about| about.setting(head).is_some())
}

fn no_optimizer_has(key: &str, with: &[Pick]) -> Error {
    let (mut allowed, mut meant): (Vec<Text>, Vec<Text>) = Default::default();
    let add = |names: &mut Vec<Text>, name: &Text| {
        if !names.contains(name) {
            names.push(name.clone());
        }
    };
    let entries = with
        .iter()
        .filter_map(|pick| optimizers::REGISTRY.find(&pick.id));
    for about in entries.map(|entry| &entry.about) {
        about
            .settings()
            .for_each(|param| add(&mut allowed, &param.name));
        let known = about.settings_known_as(key);
        for name in &known {
            add(&mut meant, name);
        }
    }
    Error::NobodyHas {
        given: key.to_owned(),
        allowed,
        meant: meant.into(),
    }
}
