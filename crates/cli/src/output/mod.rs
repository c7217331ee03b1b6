//! Output files and their formats.

mod csv;
mod digest;
pub(crate) mod files;
mod inputs;
pub(crate) mod npy;
mod output_file;
pub(crate) mod pictures;
pub(crate) mod recipe;
mod save_data;
pub(crate) mod temporary;

pub(crate) use csv::csv_cell;
pub(crate) use digest::hex;
pub(crate) use inputs::check_not_an_input;
pub(crate) use output_file::{Format, OutputFile};
pub(crate) use recipe::Recipe;
pub(crate) use save_data::FigureData;
