//! Numbers and arrays that functions of Python returned.

use crate::work::Error;
use numpy::{PyReadonlyArrayDyn, PyUntypedArrayMethods as _};
use pyo3::{prelude::*, types::PyDict};

/// Reads a number that `function` returned.
///
/// # Errors
/// It is not a number.
pub(crate) fn number(function: &str, found: &Bound<'_, PyAny>) -> PyResult<f64> {
    // A number of another library, such as a tensor without axes, converts itself.
    let read = found
        .extract()
        .or_else(|_| found.call_method0("__float__")?.extract());
    read.map_err(|_: PyErr| {
        let given = description(found);
        Error::new_err(format!(
            "`{function}` must return a number, but it returned {given}"
        ))
    })
}

/// Reads an array of this shape that `function` returned. Converts lists and other types of numbers to float64.
///
/// # Errors
/// It is not an array of numbers, or it has another shape.
pub(crate) fn returned<'py>(
    function: &str,
    found: &Bound<'py, PyAny>,
    shape: &[usize],
) -> PyResult<PyReadonlyArrayDyn<'py, f64>> {
    let wrong = || {
        let axes: Vec<String> = shape.iter().map(ToString::to_string).collect();
        let comma = if shape.len() == 1 { "," } else { "" };
        let (axes, given) = (axes.join(", "), description(found));
        Error::new_err(format!(
            "`{function}` must return an array of the shape ({axes}{comma}), but it returned {given}"
        ))
    };
    let array: PyReadonlyArrayDyn<f64> = match found.extract() {
        Ok(array) => array,
        Err(_) => converted(found).map_err(|_| wrong())?,
    };
    if array.shape() == shape {
        Ok(array)
    } else {
        Err(wrong())
    }
}

fn converted<'py>(found: &Bound<'py, PyAny>) -> PyResult<PyReadonlyArrayDyn<'py, f64>> {
    let py = found.py();
    let options = PyDict::new(py);
    options.set_item("dtype", "float64")?;
    let array = py
        .import("numpy")?
        .call_method("asarray", (found,), Some(&options))?;
    array.extract()
}

/// Describes an object in an error: its type, or the shape of an array.
fn description(found: &Bound<'_, PyAny>) -> String {
    if found.is_none() {
        return "None".to_owned();
    }
    let shape = found
        .getattr("shape")
        .and_then(|shape| shape.str()?.extract::<String>());
    let kind = || found.get_type().name()?.extract::<String>();
    match (shape, kind()) {
        (Ok(shape), _) => format!("an array of the shape {shape}"),
        (_, Ok(kind)) => format!("an object of the type {kind}"),
        _ => "an object".to_owned(),
    }
}
