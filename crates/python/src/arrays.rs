//! Arrays of NumPy from the columns of a trace.

use numpy::{Element, PyArray1, PyArray2, PyArrayMethods as _};
use pyo3::prelude::*;

/// Creates an array from one value per row.
pub(crate) fn vector<T: Element>(
    py: Python<'_>,
    values: impl ExactSizeIterator<Item = T>,
) -> Bound<'_, PyArray1<T>> {
    PyArray1::from_vec(py, values.collect())
}

/// Creates an array of shape (rows, width) from row-major values.
pub(crate) fn matrix<'py>(
    py: Python<'py>,
    values: &[f64],
    width: usize,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let rows = values.len().checked_div(width).unwrap_or(0);
    PyArray1::from_slice(py, values).reshape([rows, width])
}
