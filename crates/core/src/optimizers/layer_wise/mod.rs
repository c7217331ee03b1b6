//! Optimizers that scale the step of each layer by the norms of its weights and gradients.

mod fromage;
mod lamb;
mod lars;
mod novograd;
mod trust;

pub use self::{
    fromage::Fromage,
    lamb::{Lamb, RateCorrection},
    lars::{Lars, LarsNorm},
    novograd::NovoGrad,
    trust::BiasTreatment,
};
