//! Layout of figures: axes, legends, color bars, and their combinations.

pub(crate) mod axis;
pub mod bars;
pub mod color_bar;
pub mod figure;
pub(crate) mod frame;
pub mod inset;
pub mod legend;
pub mod page;
pub mod panels;
pub mod prose;
pub mod scale;
pub mod stack;

pub use color_bar::{ColorBar, share};
pub use figure::Mark;
pub use frame::{AxisSpan, Frame};
pub use legend::{LegendEntry, LegendHandle, distance};
pub use scale::{Scale, Spacing, Ticks};
