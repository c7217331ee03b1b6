//! The names of entries and settings in other libraries.

use super::{EntryMetadata, Param, Text};

/// Returns the ids of the entries that `PyTorch` or optax call `given`: with or without its module, in any case.
pub fn known_as<'a>(entries: impl Iterator<Item = &'a EntryMetadata>, given: &str) -> Vec<Text> {
    let known = entries.filter(|about| about.is_known_as(given));
    known.map(|about| about.id.clone()).collect()
}

impl EntryMetadata {
    /// Returns whether `PyTorch` or optax call this entry `given`, possibly with another setting.
    pub fn is_known_as(&self, given: &str) -> bool {
        [&self.torch, &self.optax]
            .iter()
            .any(|name| is_name(given, name))
    }

    /// Returns whether `PyTorch` or optax call this entry `given` without any other setting.
    pub fn is_plainly_known_as(&self, given: &str) -> bool {
        let names = [&self.torch, &self.optax];
        let plain = |name: &&Text| !name.contains(' ') && is_name(given, name);
        names.iter().any(plain)
    }

    /// Returns the names of the settings that `PyTorch` or optax call `given`.
    pub(crate) fn settings_known_as(&self, given: &str) -> Vec<Text> {
        let known = |param: &&Param| is_name(given, &param.torch) || is_name(given, &param.optax);
        self.settings()
            .filter(known)
            .map(|param| param.name.clone())
            .collect()
    }
}

/// Returns whether `given` is a name in another library: its first word, with or without modules and indices.
fn is_name(given: &str, name: &str) -> bool {
    let word = name.split([' ', '[']).next().unwrap_or_default();
    let given = given.split('[').next().unwrap_or_default();
    let Some(begin) = word.len().checked_sub(given.len()) else {
        return false;
    };
    let whole = begin == 0 || word[..begin].ends_with('.');
    !given.is_empty()
        && whole
        && word.is_char_boundary(begin)
        && word[begin..].eq_ignore_ascii_case(given)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_name_may_have_modules_and_words() {
        let sgd = "torch.optim.SGD with momentum";
        for given in ["SGD", "sgd", "optim.SGD", "torch.optim.SGD"] {
            assert!(is_name(given, sgd), "{given}");
        }
        for given in [
            "",
            "GD",
            "m.SGD",
            "torch",
            "momentum",
            "a.torch.optim.SGD",
            "é",
        ] {
            assert!(!is_name(given, sgd), "{given}");
        }
        assert!(is_name("betas", "betas[0]") && is_name("betas[1]", "betas[0]"));
        assert!(!is_name("lr", ""));
    }
}
