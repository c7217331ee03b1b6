//! Optimizers that look only at the signs of the gradient.

mod irprop_minus;
mod irprop_plus;
mod lion;
mod rprop;
mod rprop_minus;
mod sign_sgd;
mod step_sizes;

pub use irprop_minus::{IrpropMinus, State as IrpropMinusState};
pub use irprop_plus::{IrpropPlus, State as IrpropPlusState};
pub use lion::{Lion, State as LionState};
pub use rprop::{Rprop, State as RpropState};
pub use rprop_minus::{RpropMinus, State as RpropMinusState};
pub use sign_sgd::SignSgd;
pub use step_sizes::StepSizes;
