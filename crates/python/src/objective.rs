//! An objective whose loss and gradient are functions of Python.

use crate::{
    failure::Failure,
    returned::{number, returned},
};
use numpy::{PyArray1, PyArrayMethods as _};
use pyo3::prelude::*;
use std::sync::{Mutex, PoisonError};
use thalweg::objective::{Objective, TwiceDifferentiable};

/// The functions of a problem. The typed layer has converted them to arrays of NumPy.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct Functions {
    /// Number of weights.
    dim: usize,
    /// Returns the loss at an array (dim).
    value: Py<PyAny>,
    /// Returns the gradient (dim) at an array (dim).
    gradient: Py<PyAny>,
    /// Returns the losses (n) at an array (n, dim).
    values: Option<Py<PyAny>>,
    /// Returns the losses (n) and the gradients (n, dim) at an array (n, dim).
    values_and_gradients: Option<Py<PyAny>>,
    /// Returns the Hessian (dim, dim) at an array (dim).
    hessian: Option<Py<PyAny>>,
}

#[pymethods]
impl Functions {
    #[new]
    fn new(
        dim: usize,
        value: Py<PyAny>,
        gradient: Py<PyAny>,
        values: Option<Py<PyAny>>,
        values_and_gradients: Option<Py<PyAny>>,
        hessian: Option<Py<PyAny>>,
    ) -> Self {
        Self {
            dim,
            value,
            gradient,
            values,
            values_and_gradients,
            hessian,
        }
    }
}

/// The functions of a problem as an objective.
pub(crate) struct PythonObjective {
    functions: Py<Functions>,
    dim: usize,
    failure: Failure,
    is_curved: bool,
    /// The last weights with their loss, because a step evaluates the gradient where the last one evaluated the loss.
    last: Mutex<(Vec<f64>, f64)>,
}

impl PythonObjective {
    pub(crate) fn new(py: Python, functions: Py<Functions>, failure: Failure) -> Self {
        let (dim, is_curved) = {
            let functions = functions.bind(py).get();
            (functions.dim, functions.hessian.is_some())
        };
        Self {
            functions,
            dim,
            failure,
            is_curved,
            last: Mutex::default(),
        }
    }

    fn remembered(&self, w: &[f64]) -> Option<f64> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // NaN is not equal to itself, so the bits are compared.
        let is_same = last
            .0
            .iter()
            .map(|v| v.to_bits())
            .eq(w.iter().map(|v| v.to_bits()));
        is_same.then_some(last.1)
    }

    fn remember(&self, w: &[f64], loss: f64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.0.clear();
        last.0.extend_from_slice(w);
        last.1 = loss;
    }

    fn loss(&self, py: Python, w: &Bound<'_, PyArray1<f64>>) -> PyResult<f64> {
        let loss = self.functions.get().value.bind(py).call1((w,))?;
        number("f", &loss)
    }
}

impl Objective for PythonObjective {
    fn dim(&self) -> usize {
        self.dim
    }

    fn value(&self, w: &[f64]) -> f64 {
        if let Some(loss) = self.remembered(w) {
            return loss;
        }
        let loss = self
            .failure
            .attempt(|py| self.loss(py, &PyArray1::from_slice(py, w)));
        let loss = loss.unwrap_or(f64::NAN);
        self.remember(w, loss);
        loss
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let known = self.remembered(w);
        let found = self.failure.attempt(|py| {
            let point = PyArray1::from_slice(py, w);
            let loss = match known {
                Some(loss) => loss,
                None => self.loss(py, &point)?,
            };
            let gradient = self.functions.get().gradient.bind(py).call1((point,))?;
            let gradient = returned("gradient", &gradient, &[self.dim])?;
            g.iter_mut()
                .zip(gradient.as_array())
                .for_each(|(g, v)| *g = *v);
            Ok(loss)
        });
        let Some(loss) = found else {
            g.fill(f64::NAN);
            return f64::NAN;
        };
        self.remember(w, loss);
        loss
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        self.is_curved.then_some(self)
    }

    fn values(&self, points: &[f64], losses: &mut [f64]) {
        let Some(values) = &self.functions.get().values else {
            return one_by_one(self.dim, points, losses, |w, loss| *loss = self.value(w));
        };
        let found = self.failure.attempt(|py| {
            let points = block(py, points, self.dim)?;
            let found = values.bind(py).call1((points,))?;
            let found = returned("f", &found, &[losses.len()])?;
            losses
                .iter_mut()
                .zip(found.as_array())
                .for_each(|(loss, v)| *loss = *v);
            Ok(())
        });
        if found.is_none() {
            losses.fill(f64::NAN);
        }
    }

    fn grid(&self, xs: &[f64], ys: &[f64], losses: &mut [f64]) {
        // One call for the whole grid is faster than one per row.
        let columns = ys.iter().flat_map(|_| xs).copied();
        let rows = ys.iter().flat_map(|y| std::iter::repeat_n(*y, xs.len()));
        let points: Vec<f64> = columns.chain(rows).collect();
        self.values(&points, losses);
    }

    fn points_per_block(&self) -> usize {
        // A call of Python takes longer than its calculations.
        let has_blocks = self.functions.get().values_and_gradients.is_some();
        if has_blocks { 1 << 14 } else { 512 }
    }

    fn values_and_gradients(&self, points: &[f64], losses: &mut [f64], gradients: &mut [f64]) {
        let functions = self.functions.get();
        let Some(values_and_gradients) = &functions.values_and_gradients else {
            let count = losses.len();
            let (mut g, mut i) = (vec![0.0; self.dim], 0);
            return one_by_one(self.dim, points, losses, |w, loss| {
                *loss = self.value_and_gradient(w, &mut g);
                for (j, g) in g.iter().enumerate() {
                    gradients[j * count + i] = *g;
                }
                i += 1;
            });
        };
        let found = self.failure.attempt(|py| {
            let points = block(py, points, self.dim)?;
            let both = values_and_gradients.bind(py).call1((points,))?;
            let (values, slopes): (Bound<PyAny>, Bound<PyAny>) = both.extract()?;
            let values = returned("f", &values, &[losses.len()])?;
            let slopes = returned("gradient", &slopes, &[losses.len(), self.dim])?;
            for (loss, v) in losses.iter_mut().zip(values.as_array()) {
                *loss = *v;
            }
            for (g, v) in gradients.iter_mut().zip(slopes.as_array().t()) {
                *g = *v;
            }
            Ok(())
        });
        if found.is_none() {
            losses.fill(f64::NAN);
            gradients.fill(f64::NAN);
        }
    }
}

impl TwiceDifferentiable for PythonObjective {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let found = self.failure.attempt(|py| {
            let functions = self.functions.get();
            let hessian = functions
                .hessian
                .as_ref()
                .expect("the problem has a Hessian");
            let found = hessian.bind(py).call1((PyArray1::from_slice(py, w),))?;
            let found = returned("hessian", &found, &[self.dim, self.dim])?;
            let found = found.as_array();
            for (i, h) in h.iter_mut().enumerate() {
                // The lower triangle alone makes the matrix symmetric to the bit.
                let (row, column) = (i / self.dim, i % self.dim);
                *h = found[[row.max(column), row.min(column)]];
            }
            Ok(())
        });
        if found.is_none() {
            h.fill(f64::NAN);
        }
    }
}

/// Calls `each` with the weights of each point of a block (dim, count) and its loss.
fn one_by_one(
    dim: usize,
    points: &[f64],
    losses: &mut [f64],
    mut each: impl FnMut(&[f64], &mut f64),
) {
    let count = losses.len();
    let mut w = vec![0.0; dim];
    for (i, loss) in losses.iter_mut().enumerate() {
        for (j, w) in w.iter_mut().enumerate() {
            *w = points[j * count + i];
        }
        each(&w, loss);
    }
}

/// Returns a block (dim, count) as an array (count, dim).
fn block<'py>(py: Python<'py>, points: &[f64], dim: usize) -> PyResult<Bound<'py, PyAny>> {
    let count = points.len() / dim.max(1);
    let rows = PyArray1::from_slice(py, points).reshape([dim, count])?;
    // Functions expect rows that are contiguous in memory.
    rows.getattr("T")?.call_method0("copy")
}
