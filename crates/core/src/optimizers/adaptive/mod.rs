//! Optimizers that divide each weight's step by the size that its gradients have had.

mod adadelta;
mod adafactor;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod amsgrad;
mod means;
mod nadam;
mod radam;
mod rmsprop;

pub use self::{
    adadelta::Adadelta, adafactor::Adafactor, adagrad::Adagrad, adam::Adam, adamax::Adamax,
    adamax::EpsilonPlacement, adamw::AdamW, amsgrad::AmsGrad, amsgrad::Maximum,
    means::MomentEstimates, nadam::MomentumSchedule, nadam::NAdam, radam::RAdam, rmsprop::RmsProp,
};
