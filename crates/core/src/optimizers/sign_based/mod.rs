//! Optimizers that use only the sign of each gradient.

mod irprop_minus;
mod irprop_plus;
mod lion;
mod rprop;
mod rprop_minus;
mod sign_sgd;
mod signum;
mod step_sizes;
mod tiger;

pub use self::{
    irprop_minus::IrpropMinus, irprop_plus::IrpropPlus, lion::Lion, rprop::Rprop,
    rprop_minus::RpropMinus, sign_sgd::SignSgd, signum::Signum, step_sizes::StepSizes,
    tiger::Tiger,
};
pub(super) use step_sizes::sign;
