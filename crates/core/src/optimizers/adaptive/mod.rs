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

pub use adadelta::{Adadelta, State as AdadeltaState};
pub use adafactor::{Adafactor, State as AdafactorState};
pub use adagrad::{Adagrad, State as AdagradState};
pub use adam::Adam;
pub use adamax::{Adamax, EpsilonPlacement, State as AdamaxState};
pub use adamw::AdamW;
pub use amsgrad::{AmsGrad, Maximum, State as AmsGradState};
pub use means::Means;
pub use nadam::{MomentumSchedule, NAdam, State as NAdamState};
pub use radam::RAdam;
pub use rmsprop::{RmsProp, State as RmsPropState};
