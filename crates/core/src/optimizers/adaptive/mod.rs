//! Optimizers that divide the step of each weight by the magnitude of its past gradients.

mod acprop;
mod adabelief;
mod adabound;
mod adadelta;
mod adafactor;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod adan;
mod ademamix;
mod adopt;
mod amsgrad;
mod came;
mod factors;
mod ftrl;
mod laprop;
mod madgrad;
mod mars;
pub(in crate::optimizers) mod means;
mod nadam;
mod optimistic;
mod padam;
mod qhadam;
mod radam;
mod rmsprop;
mod schedule_free;
mod simplified_ademamix;
mod sm3;
mod stable_adamw;
mod swats;
mod yogi;

pub use self::{
    acprop::AcProp, acprop::Center, adabelief::AdaBelief, adabound::AdaBound, adadelta::Adadelta,
    adafactor::Adafactor, adagrad::Adagrad, adam::Adam, adamax::Adamax, adamax::EpsilonPlacement,
    adamw::AdamW, adan::Adan, ademamix::AdEmaMix, adopt::Adopt, amsgrad::AmsGrad, amsgrad::Maximum,
    came::Came, ftrl::Ftrl, laprop::LaProp, madgrad::Madgrad, mars::Mars, means::MomentEstimates,
    nadam::MomentumSchedule, nadam::NAdam, optimistic::OptimisticAdam, padam::Padam,
    qhadam::QhAdam, radam::RAdam, rmsprop::RmsProp, schedule_free::ScheduleFreeAdamW,
    simplified_ademamix::SimplifiedAdEmaMix, sm3::Sm3, stable_adamw::StableAdamW, swats::Swats,
    yogi::Yogi,
};
pub(super) use means::{bias_correction_factor, update_mean, update_mean_square};
