//! Lists of epochs, such as `0|5|20|end`.

use std::ops::RangeInclusive;
use thalweg::{
    Error,
    catalog::{DefaultValue, Kind, Param, Setting, Settings},
};

/// A list of epochs; `None` is the last epoch, written as `end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochList(pub Vec<Option<usize>>);

impl Setting for EpochList {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let preset = match &param.preset {
            DefaultValue::Text(text) => &**text,
            _ => "",
        };
        let given = Option::<String>::read(param, settings)?;
        let text = given.unwrap_or_else(|| preset.to_owned());
        let moment = |word: &str| match word.trim() {
            "end" => Some(None),
            number => number.parse().ok().map(Some),
        };
        let moments: Option<Vec<_>> = text.split('|').map(moment).collect();
        moments.map(Self).ok_or_else(|| Error::Value {
            key: param.name.to_string(),
            given: text.clone(),
            allowed: "give whole numbers from 0 or `end`, separated by |, such as 0|5|end"
                .to_owned(),
            nearest: None,
        })
    }
}

impl EpochList {
    /// Returns the epochs of the list in ascending order, clamped to the shown epochs.
    pub(crate) fn within(&self, shown: &RangeInclusive<usize>) -> Vec<usize> {
        let (first, last) = (*shown.start(), *shown.end());
        let epoch = |moment: &Option<usize>| moment.map_or(last, |e| e.clamp(first, last));
        let mut epochs: Vec<usize> = self.0.iter().map(epoch).collect();
        epochs.sort_unstable();
        epochs.dedup();
        epochs
    }
}
