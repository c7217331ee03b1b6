//! The registry of optimizers. To add one: write its file in its family's folder, add its line here.

use crate::{
    Error,
    catalog::{About, Describe, Entry, Registry, Settings},
    descent::Searchable,
    inspect::Inspect,
    optimizer::{GradientRule, Optimizer, Recipe, SideBySide},
};

pub mod first_order;
pub mod sign_based;

/// All optimizers.
pub const REGISTRY: Registry<Box<dyn Recipe>> = Registry {
    kind: "optimizer",
    entries: &[
        searchable::<first_order::GradientDescent>(),
        rule::<first_order::Momentum>(),
        rule::<sign_based::Rprop>(),
        rule::<sign_based::IrpropPlus>(),
    ],
};

/// The entry of a gradient rule.
const fn rule<R: Describe + GradientRule>() -> Entry<Box<dyn Recipe>> {
    Entry {
        about: about::<R>(),
        build: |settings: &Settings| Ok(Box::new(SideBySide(R::from_settings(settings)?))),
    }
}

/// The entry of a rule that takes a line search where its settings name one.
const fn searchable<R: Describe + Searchable>() -> Entry<Box<dyn Recipe>> {
    fn build<R: Describe + Searchable>(settings: &Settings) -> Result<Box<dyn Recipe>, Error> {
        let rule = R::from_settings(settings)?;
        Ok(match rule.searched() {
            Some(searched) => Box::new(searched),
            None => Box::new(SideBySide(rule)),
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
