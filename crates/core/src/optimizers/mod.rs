//! The registry of optimizers. To add one: write its file in its family's folder, add its line here.

use crate::{
    Error,
    catalog::{About, Describe, Entry, Registry, Settings},
    descent::Searchable,
    inspect::Inspect,
    optimizer::{Optimizer, Recipe},
};

pub mod first_order;
pub mod sign_based;

/// All optimizers.
pub const REGISTRY: Registry<Box<dyn Recipe>> = Registry {
    kind: "optimizer",
    entries: &[
        searchable::<first_order::GradientDescent>(),
        entry::<first_order::Momentum>(),
        entry::<sign_based::Rprop>(),
        entry::<sign_based::IrpropPlus>(),
    ],
};

/// The entry of an optimizer, gradient rules among them.
const fn entry<O: Describe + Optimizer>() -> Entry<Box<dyn Recipe>> {
    Entry {
        about: about::<O>(),
        build: |settings: &Settings| Ok(Box::new(O::from_settings(settings)?)),
    }
}

/// The entry of a rule that takes a line search where its settings name one.
const fn searchable<R: Describe + Searchable>() -> Entry<Box<dyn Recipe>> {
    fn build<R: Describe + Searchable>(settings: &Settings) -> Result<Box<dyn Recipe>, Error> {
        let rule = R::from_settings(settings)?;
        Ok(match rule.searched() {
            Some(searched) => Box::new(searched),
            None => Box::new(rule),
        })
    }
    Entry {
        about: about::<R>(),
        build: build::<R>,
    }
}

const fn about<O: Describe + Optimizer>() -> About {
    About {
        channels: <O::State as Inspect>::CHANNELS,
        ..O::ABOUT
    }
}
