//! Optimizers that divide the step of each weight by the magnitude of its past gradients.

mod adadelta;
mod adafactor;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod amsgrad;
mod came;
mod factors;
mod mars;
pub(in crate::optimizers) mod means;
mod nadam;
mod radam;
mod rmsprop;
mod sm3;

pub use self::{
    adadelta::Adadelta, adafactor::Adafactor, adagrad::Adagrad, adam::Adam, adamax::Adamax,
    adamax::EpsilonPlacement, adamw::AdamW, amsgrad::AmsGrad, amsgrad::Maximum, came::Came,
    mars::Mars, means::MomentEstimates, nadam::MomentumSchedule, nadam::NAdam, radam::RAdam,
    rmsprop::RmsProp, sm3::Sm3,
};
pub(super) use means::{bias_correction_factor, update_mean, update_mean_square};
