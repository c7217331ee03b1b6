//! Translates picks with the names of another library: `torch.Rprop:lr=0.1` is `irprop-minus:initial_step=0.1`.

use super::{LIBRARIES, Library, arguments::ForeignPick, is_name, known_as};
use crate::{
    Error,
    catalog::{EntryMetadata, Family, Registry, pick::Pick},
    error::nearest,
};

impl<T> Registry<T> {
    /// Returns the pick of this catalog for a pick with the names of another library. The defaults of the library that differ are
    /// added as settings. Any other pick is returned as it is.
    ///
    /// # Errors
    /// The library is not known, or it does not have the entry or a setting, or the entry does not have a setting of the library.
    pub fn native(&self, pick: Pick) -> Result<Pick, Error> {
        let Some((package, rest)) = pick.id.split_once('.') else {
            return Ok(pick);
        };
        let locate = |error: Error| error.within(pick.text(), pick.id_span());
        let Some(library) = Library::named(package) else {
            let is_elsewhere = self.abouts().any(|about| about.is_known_as(rest));
            return if is_elsewhere {
                Err(locate(unknown_library(package)))
            } else {
                Ok(pick)
            };
        };
        let entries = self
            .abouts()
            .filter(|about| !library.name(about).is_empty());
        let entries: Vec<&EntryMetadata> = entries.collect();
        let chosen = selected(library, &entries, &pick);
        let about = chosen.ok_or_else(|| locate(self.unknown_name(library, &pick.id)))?;
        check_usable(library, about).map_err(locate)?;
        let call = ForeignPick {
            library,
            about,
            entries,
            pick: &pick,
        };
        let native = call.native()?;
        // The real check needs the problem. This one reports values by the names that the user wrote.
        match self.build(&native, None) {
            Err(error) => foreign_error(&call, error).map_or(Ok(native), Err),
            Ok(_) => Ok(native),
        }
    }

    /// Returns the error for a name that a library does not have.
    fn unknown_name(&self, library: &Library, given: &str) -> Error {
        let last = given.rsplit('.').next().unwrap_or_default();
        let names = self.abouts().map(|about| library.name(about));
        let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        // Arguments can distinguish several entries of one name.
        names.sort_unstable();
        names.dedup();
        let own_words = names.iter().map(|name| name.rsplit('.').next());
        let own_words: Vec<&str> = own_words.flatten().collect();
        let mut meant = known_as(self.abouts(), last);
        // A capital letter is not an edit, so that `Adm` is nearer to `Adam` than to `SGD`.
        let lowercase: Vec<String> = own_words.iter().map(|word| word.to_lowercase()).collect();
        let near = nearest(last, &lowercase).and_then(|near| {
            let place = lowercase.iter().position(|word| word == near)?;
            own_words.get(place)
        });
        if let (true, Some(near)) = (meant.is_empty(), near) {
            meant.push(format!("{}.{near}", library.id).into());
        }
        Error::UnknownId {
            kind: self.kind,
            given: given.to_owned(),
            allowed: names
                .into_iter()
                .map(|name| name.to_owned().into())
                .collect(),
            meant: meant.into(),
        }
    }
}

/// Returns the error of a setting with the name and the position in the pick of the library, if the pick gives the setting.
fn foreign_error(call: &ForeignPick, error: Error) -> Option<Error> {
    let Error::In { error, .. } = error else {
        return None;
    };
    let Error::Value {
        key,
        given,
        allowed,
        nearest,
    } = *error
    else {
        return None;
    };
    let (origin, name) = call.origin(&key)?;
    let error = Error::Value {
        key: name.to_owned(),
        given,
        allowed,
        nearest,
    };
    Some(error.within(call.pick.text(), origin.span.clone()))
}

fn unknown_library(given: &str) -> Error {
    Error::UnknownId {
        kind: "library",
        given: given.to_owned(),
        allowed: LIBRARIES.iter().map(|library| library.id.into()).collect(),
        meant: Box::default(),
    }
}

/// Checks that the settings of an entry can be given with the names of a library.
fn check_usable(library: &Library, about: &EntryMetadata) -> Result<(), Error> {
    let (name, id) = (library.name(about), &about.id);
    let why = if !library.has_settings {
        format!(
            "the catalog has no settings of {}: write `{id}` with its own settings, which `thalweg show {id}` lists",
            library.title
        )
    } else if library.differs(about) {
        format!(
            "with the same settings, it makes other steps: write `{id}`; `thalweg show {id}` explains the difference"
        )
    } else if about.family == Some(Family::Wrapper) {
        format!("it changes another optimizer: write {id}:of=OPTIMIZER, such as {id}:of=adam")
    } else {
        return Ok(());
    };
    Err(Error::Settings(format!(
        "`{name}` cannot be used by this name, because {why}"
    )))
}

/// Returns the entry that the arguments of a pick select among those of the same name: the one with the most selecting arguments.
fn selected<'a>(
    library: &Library,
    entries: &[&'a EntryMetadata],
    pick: &Pick,
) -> Option<&'a EntryMetadata> {
    let named = entries
        .iter()
        .copied()
        .filter(|about| is_name(&pick.id, library.name(about)));
    let matching = named.filter(|about| is_selected(library, about, pick));
    // Of several equal numbers, `max_by_key` returns the last one.
    matching
        .rev()
        .max_by_key(|about| library.selection(about).count())
}

/// Returns whether a pick has all arguments that select an entry.
pub(super) fn is_selected(library: &Library, about: &EntryMetadata, pick: &Pick) -> bool {
    library.selection(about).all(|(key, value)| {
        let given = pick.settings.iter().find(|given| given.key == key);
        given.is_some_and(|given| match value {
            Some(value) => given.value.eq_ignore_ascii_case(value),
            None => !is_off(&given.value),
        })
    })
}

/// Returns whether a value of Python is zero, false, or missing.
pub(super) fn is_off(value: &str) -> bool {
    let is_zero = value.parse().is_ok_and(|v: f64| v == 0.0);
    is_zero || ["none", "false"].contains(&&*value.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::{Error, optimizers::REGISTRY};

    fn native(text: &str) -> Result<String, Error> {
        let pick = REGISTRY.native(text.parse().unwrap())?;
        Ok(pick.text().to_owned())
    }

    #[test]
    fn names_and_defaults_of_a_library_are_translated() {
        for (given, expected) in [
            ("torch.Rprop:lr=0.1", "irprop-minus:initial_step=0.1"),
            ("torch.optim.Rprop", "irprop-minus:initial_step=0.01"),
            (
                "torch.Adam:lr=0.1,betas=(0.8,0.99)",
                "adam:learning_rate=0.1,beta1=0.8,beta2=0.99",
            ),
            (
                "torch.Adam:betas=0.8,0.99,lr=0.1",
                "adam:beta1=0.8,beta2=0.99,learning_rate=0.1",
            ),
            ("torch.adam:betas[1]=0.99", "adam:beta2=0.99"),
            ("Torch.Adam:betas=[0.8,0.99]", "adam:beta1=0.8,beta2=0.99"),
            ("torch.Adam:amsgrad=True", "amsgrad"),
            ("torch.Adam:amsgrad=False", "adam"),
            ("optax.adam:b1=0.8", "adam:beta1=0.8"),
            (
                "optax.adamw:learning_rate=0.1,schedule=cosine",
                "adamw:learning_rate=0.1,schedule=cosine,weight_decay=0.0001",
            ),
            ("torch.SGD:lr=0.1", "gradient-descent:learning_rate=0.1"),
            ("torch.SGD", "gradient-descent:learning_rate=0.001"),
            (
                "torch.SGD:lr=0.1,momentum=0.9,dampening=0.5",
                "momentum:learning_rate=0.1,momentum=0.9,dampening=0.5,rescale_velocity=true",
            ),
            (
                "optax.sgd:learning_rate=0.1,momentum=0.8,nesterov=True",
                "nesterov:learning_rate=0.1,momentum=0.8,rescale_velocity=true",
            ),
            (
                "optax.adafactor:decay_rate=0.7",
                "adafactor:beta2_decay=-0.7,factor_from=128,relative_step=false",
            ),
            (
                "torch.LBFGS:line_search_fn=strong_wolfe",
                "lbfgs:search=strong-wolfe,memory=100",
            ),
            ("adam:learning_rate=0.1", "adam:learning_rate=0.1"),
            ("no.such.thing", "no.such.thing"),
        ] {
            assert_eq!(native(given).as_deref(), Ok(expected), "{given}");
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "tables of test cases are long")]
    fn what_one_side_lacks_is_refused_with_advice() {
        for (given, message, help) in [
            ("troch.Adam", "no library `troch`", "did you mean `torch`?"),
            (
                "jax.adam",
                "no library `jax`",
                "choose one of: torch, optax, keras, pytorch_optimizer",
            ),
            (
                "torch.Rprob",
                "no optimizer `torch.Rprob`",
                "did you mean `torch.Rprop`?",
            ),
            (
                "torch.Lion",
                "no optimizer `torch.Lion`",
                "did you mean `lion`?",
            ),
            (
                "torch.Adam:learning_rate=1",
                "has no setting `learning_rate`",
                "did you mean `lr`?",
            ),
            (
                "torch.Adam:maximize=True",
                "`adam (torch.optim.Adam)` has no setting",
                "choose one of: lr, betas[0], betas[1]",
            ),
            (
                "optax.adam:weight_decay=1",
                "has no setting `weight_decay`",
                "did you mean `optax.adamw`?",
            ),
            (
                "torch.Adam:betas=0.8/0.99",
                "`betas` cannot be `0.8/0.99`",
                "did you mean `(0.8,0.99)`?",
            ),
            (
                "torch.Adam:betas=0.8",
                "2 numbers in brackets; one alone is `betas[0]`",
                "",
            ),
            (
                "torch.Adam:betas=(0.8,0.99),betas[0]=0.7",
                "`betas[0]` is given twice",
                "",
            ),
            (
                "torch.SGD:momentum=0.9,nesterov=maybe",
                "`nesterov` cannot be `maybe`: it must be True or False",
                "",
            ),
            (
                "torch.Adam:amsgrad=1",
                "`amsgrad` cannot be `1`: it must be True or False",
                "",
            ),
            (
                "torch.Adam:betas[-1]=0.9",
                "has no setting `betas[-1]`",
                "did you mean `betas[",
            ),
            (
                "torch.Adm",
                "no optimizer `torch.Adm`",
                "did you mean `torch.Adam`?",
            ),
            (
                "torch.Foo",
                "no optimizer `torch.Foo`",
                "choose one of: torch.optim.ASGD, torch.optim.",
            ),
            (
                "torch.Adam:betas=(0.8,0.9",
                "`betas` cannot be `(0.8,0.9`",
                "did you mean `(0.8,0.9)`?",
            ),
            ("torch.Adam:lr=-1", "`lr` cannot be `-1`", ""),
            ("torch.Adam:betas=(0.8,2)", "`betas[1]` cannot be `2`", ""),
            ("torch.SGD:nesterov=True", "requires `momentum`", ""),
            ("torch.SGD:dampening=0.5", "requires `momentum`", ""),
            ("keras.Adam", "write `adam` with its own settings", ""),
            ("optax.lookahead", "write lookahead:of=OPTIMIZER", ""),
            (
                "optax.rprop",
                "it makes other steps: write `irprop-minus`",
                "",
            ),
        ] {
            let error = native(given).unwrap_err();
            assert!(error.to_string().contains(message), "{given}: {error}");
            let advice = error.help().unwrap_or_default();
            assert!(advice.starts_with(help), "{given}: {advice}");
        }
    }

    #[test]
    fn every_declared_default_is_a_value_of_its_setting() {
        for about in REGISTRY.abouts() {
            for library in super::LIBRARIES
                .iter()
                .filter(|library| library.has_settings)
            {
                let name = library.name(about);
                if name.is_empty() || super::check_usable(library, about).is_err() {
                    continue;
                }
                let selection = library.selection(about);
                let selection =
                    selection.map(|(key, value)| format!("{key}={}", value.unwrap_or("0.9")));
                let selection: Vec<String> = selection.collect();
                let colon = if selection.is_empty() { "" } else { ":" };
                let pick = format!("{name}{colon}{}", selection.join(","));
                let translated = native(&pick).unwrap();
                let built = REGISTRY.build(&translated.parse().unwrap(), None);
                assert!(built.is_ok(), "{pick} is {translated}: {:?}", built.err());
                assert_eq!(translated.split(':').next(), Some(&*about.id), "{pick}");
            }
        }
    }
}
