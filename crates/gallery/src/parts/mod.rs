//! Parts that several figures share.

pub(crate) mod borders;
pub(crate) mod camera;
pub(crate) mod caption;
pub(crate) mod curves;
pub(crate) mod data_content;
pub(crate) mod moments;
pub(crate) mod predictions;
pub(crate) mod samples;
pub(crate) mod scaling;
pub(crate) mod side_by_side;
pub(crate) mod text_map;
