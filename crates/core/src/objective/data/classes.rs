//! The classes of a data set: their numbers, and one class against the others.

use super::{
    DataSet, plain_name,
    table::{beginning, listed},
};
use crate::Error;

/// Returns a sentence on the numbers of the classes with these names in a column.
pub(crate) fn class_note(column: &str, names: &[String]) -> Option<String> {
    let numbers = names.iter().enumerate();
    let numbers = numbers.map(|(i, name)| format!("{} is {i}", beginning(name)));
    let numbers = numbers.collect::<Vec<_>>().join(", ");
    let column = beginning(column);
    (!names.is_empty()).then(|| format!("the column `{column}` contains classes: {numbers}"))
}

impl DataSet {
    /// Returns the data set with the targets 1 for a class, which is given by its name or number, and 0 for the others.
    ///
    /// # Errors
    /// There is no such class.
    pub(crate) fn one_against_rest(&self, class: &str) -> Result<Self, Error> {
        let mut classes = self.targets.clone();
        classes.sort_by(f64::total_cmp);
        classes.dedup();
        let class = &*plain_name(class);
        let named = classes.iter().find(|y| self.target_label(**y) == class);
        let number = class.parse().ok();
        let found = named.or_else(|| classes.iter().find(|y| Some(**y) == number));
        let labels = |keep: &dyn Fn(&f64) -> bool| -> Vec<String> {
            let kept = classes.iter().copied().filter(keep);
            kept.map(|y| self.target_label(y)).collect()
        };
        let Some(&found) = found else {
            let all = listed(&labels(&|_| true));
            let message = format!(
                "there is no class `{}`; choose one of: {all}",
                beginning(class)
            );
            return Err(Error::Settings(message).blame("class"));
        };
        let name = self.target_label(found);
        let others = listed(&labels(&|y| *y != found));
        let is_class = |y: &f64| f64::from(u8::from(*y == found));
        let note = format!(
            "the class {} is 1, and the others ({others}) are 0",
            beginning(&name)
        );
        Ok(Self {
            targets: self.targets.iter().map(is_class).collect(),
            class_names: vec![format!("not {name}"), name],
            class_note: Some(note),
            ..self.clone()
        })
    }
}
