//! What is written to files: whole or not at all, each in its format.

pub(crate) mod csv;
pub(crate) mod digest;
pub(crate) mod files;
pub(crate) mod npy;
pub(crate) mod output_file;
pub(crate) mod recipe;
pub(crate) mod save_data;
