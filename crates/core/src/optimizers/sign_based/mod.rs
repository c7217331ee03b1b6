//! Optimizers that look only at the signs of the gradient.

mod irprop_plus;
mod rprop;
mod step_sizes;

pub use irprop_plus::{IrpropPlus, State as IrpropPlusState};
pub use rprop::{Rprop, State as RpropState};
pub use step_sizes::StepSizes;
