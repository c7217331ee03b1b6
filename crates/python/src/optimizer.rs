//! An optimizer that is written in Python.

use crate::{failure::Failure, returned::returned, work::Error};
use numpy::PyArray1;
use pyo3::{prelude::*, types::PyDict};
use std::sync::Arc;
use thalweg::{
    Error as InputError,
    catalog::{EntryMetadata, Interval, Kind, List, NamesElsewhere, Param, Settings, Text},
    custom::CustomOptimizer,
    inspect::{Channel, Quantity, Shape},
    need::Need,
    optimizer::{ConfiguredOptimizer, StepOutcome, Stepper},
    oracle::Oracle,
    pick::Pick,
    run::StopReason,
};

/// An optimizer with its title. `start(weights)` returns an object with `step(weights, gradient, loss)`, which returns the
/// new weights, and `channels()`, which returns rows of name, description, quantity, and values.
///
/// If the optimizer is one that `evaluates`, `step` returns whether the step is done, and weights. The loss and the gradient at
/// the weights of a step that is not done go to `answer(gradient, loss)`, which returns the same as `step`.
///
/// If it has ranges, `start(weights, settings)` also gets the values of these settings by their names.
#[pyclass(frozen, module = "thalweg._thalweg")]
pub(crate) struct Optimizer {
    id: String,
    title: String,
    start: Py<PyAny>,
    evaluates: bool,
    ranges: Vec<SettingRange>,
}

#[pymethods]
impl Optimizer {
    #[new]
    fn new(
        id: String,
        title: String,
        start: Py<PyAny>,
        evaluates: bool,
        ranges: Vec<SettingRange>,
    ) -> Self {
        Self {
            id,
            title,
            start,
            evaluates,
            ranges,
        }
    }
}

/// The range of a setting: its name, the lowest and the highest value, the default, whether the values have equal ratios, and
/// whether they are whole numbers.
#[derive(Clone, FromPyObject)]
struct SettingRange(String, f64, f64, f64, bool, bool);

impl SettingRange {
    fn param(&self) -> Param {
        let Self(name, low, high, default, log, is_whole) = self;
        let range = Interval::closed(*low, *high);
        Param {
            kind: if *is_whole { Kind::Whole } else { Kind::Number },
            valid: range,
            log: *log,
            tuned: true,
            ..Param::of_user(name, "optimizer", *default, range)
        }
    }
}

/// The function that starts an optimizer, with the values of the settings that have ranges.
struct Start {
    function: Py<PyAny>,
    values: Vec<(SettingRange, f64)>,
}

impl Start {
    /// Returns the function with the defaults of the settings.
    fn with_defaults(function: Py<PyAny>, ranges: &[SettingRange]) -> Self {
        let values = ranges.iter().map(|range| (range.clone(), range.3));
        Self {
            function,
            values: values.collect(),
        }
    }

    /// Starts the optimizer at the weights `w`.
    fn call<'py>(&self, py: Python<'py>, w: &[f64]) -> PyResult<Bound<'py, PyAny>> {
        let (function, w) = (self.function.bind(py), PyArray1::from_slice(py, w));
        if self.values.is_empty() {
            return function.call1((w,));
        }
        let settings = PyDict::new(py);
        for (SettingRange(name, .., is_whole), value) in &self.values {
            if *is_whole {
                settings.set_item(name, *value as i64)?;
            } else {
                settings.set_item(name, value)?;
            }
        }
        function.call1((w, settings))
    }
}

impl Optimizer {
    /// Returns the optimizer as one of an experiment, whose exceptions go to `failure`. It is started once to find the channels of
    /// its state, unless they are known.
    pub(crate) fn custom(
        &self,
        py: Python,
        failure: &Failure,
        known: Option<Vec<Channel>>,
    ) -> Arc<dyn CustomOptimizer> {
        Arc::new(PythonEntrant {
            id: self.id.clone(),
            title: self.title.clone(),
            start: self.start.clone_ref(py),
            evaluates: self.evaluates,
            ranges: self.ranges.clone(),
            failure: failure.clone(),
            known,
        })
    }
}

/// An optimizer that is not started.
struct PythonEntrant {
    id: String,
    title: String,
    start: Py<PyAny>,
    evaluates: bool,
    ranges: Vec<SettingRange>,
    failure: Failure,
    /// The channels of its state, if it must not be started to find them.
    known: Option<Vec<Channel>>,
}

impl PythonEntrant {
    /// Starts the optimizer at the weights `w` and returns the channels of its state.
    fn channels(&self, py: Python, w: &[f64]) -> PyResult<Vec<Channel>> {
        let started = Start::with_defaults(self.start.clone_ref(py), &self.ranges).call(py, w)?;
        let rows = rows(&started)?;
        rows.iter().map(|row| row.channel(w.len())).collect()
    }
}

impl CustomOptimizer for PythonEntrant {
    fn id(&self) -> &str {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn describe(&self, start: &[f64]) -> Result<EntryMetadata, InputError> {
        let started = || self.failure.attempt(|py| self.channels(py, start));
        let channels = self.known.clone().or_else(started).ok_or_else(|| {
            // The exception replaces this error.
            InputError::Settings(format!("{} cannot be started", self.title))
        })?;
        Ok(EntryMetadata {
            id: Text::Owned(self.id.clone()),
            title: Text::Owned(self.title.clone()),
            summary: Text::Borrowed("An optimizer that is written in Python."),
            formula: Text::Borrowed(""),
            details: Text::Borrowed(""),
            family: None,
            cite: Text::Borrowed(""),
            variant: Text::Borrowed(""),
            variants_of: Text::Borrowed(""),
            elsewhere: NamesElsewhere::default(),
            without_matrices: Text::Borrowed(""),
            is_open: false,
            params: List::Owned(self.ranges.iter().map(SettingRange::param).collect()),
            shared: List::Borrowed(&[]),
            channels: List::Owned(channels),
            why: List::Borrowed(&[]),
            needs: List::Borrowed(&[]),
            refused: List::Borrowed(&[]),
        })
    }

    fn configure(
        &self,
        about: &EntryMetadata,
        pick: &Pick,
    ) -> Result<Arc<dyn ConfiguredOptimizer>, InputError> {
        let settings = Settings::of(pick, about, None)?;
        let params = about.params.iter().zip(&self.ranges);
        let values = params.map(|(param, range)| {
            let value: f64 = settings.read(param).map_err(|error| *error)?;
            Ok((range.clone(), value))
        });
        Ok(Arc::new(PythonOptimizer {
            start: Start {
                function: Python::attach(|py| self.start.clone_ref(py)),
                values: values.collect::<Result<_, InputError>>()?,
            },
            evaluates: self.evaluates,
            failure: self.failure.clone(),
            channels: about.channels.to_vec(),
        }))
    }
}

struct PythonOptimizer {
    start: Start,
    evaluates: bool,
    failure: Failure,
    channels: Vec<Channel>,
}

impl ConfiguredOptimizer for PythonOptimizer {
    fn start(&self, w: &[f64], _: &mut Oracle) -> Box<dyn Stepper> {
        let started = self.failure.attempt(|py| {
            let started = self.start.call(py, w)?;
            let values = values(&started, &self.channels)?;
            Ok((started.unbind(), values))
        });
        let (stepper, values) = started.unzip();
        Box::new(PythonStepper {
            stepper,
            evaluates: self.evaluates,
            failure: self.failure.clone(),
            channels: self.channels.clone(),
            values: values.unwrap_or_else(|| vec![vec![f64::NAN]; self.channels.len()]),
            gradient: vec![0.0; w.len()],
        })
    }
}

struct PythonStepper {
    /// `None` after an exception.
    stepper: Option<Py<PyAny>>,
    evaluates: bool,
    failure: Failure,
    channels: Vec<Channel>,
    /// The values of each channel.
    values: Vec<Vec<f64>>,
    gradient: Vec<f64>,
}

impl Stepper for PythonStepper {
    fn step(&mut self, w: &mut [f64], oracle: &mut Oracle) -> StepOutcome {
        let loss = oracle.value_and_gradient(w, &mut self.gradient);
        let (gradient, channels, evaluates) = (&mut self.gradient, &self.channels, self.evaluates);
        let found = self.stepper.as_ref().and_then(|stepper| {
            self.failure.attempt(|py| {
                let stepper = stepper.bind(py);
                let point = PyArray1::from_slice(py, w);
                let slope = PyArray1::from_slice(py, gradient);
                let mut answer = stepper.call_method1("step", (point, slope, loss))?;
                if evaluates {
                    answer = finished(stepper, answer, oracle, gradient)?;
                }
                let moved = returned("update", &answer, &[w.len()])?;
                w.iter_mut()
                    .zip(moved.as_array())
                    .for_each(|(w, v)| *w = *v);
                values(stepper, channels)
            })
        });
        match found {
            Some(values) => {
                self.values = values;
                StepOutcome::Continue
            }
            // The exception replaces the result of the run.
            None => StepOutcome::Stop(StopReason::Singular),
        }
    }

    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        for (channel, values) in self.channels.iter().zip(&self.values) {
            visit(channel, values);
        }
    }

    fn needs(&self) -> &[Need] {
        &[]
    }

    /// Nothing is known about a user's rule, so its runs never count as converged because they do not move.
    fn is_autonomous(&self) -> bool {
        false
    }
}

/// Gives an optimizer the losses and the gradients that it requests during a step, and returns its new weights.
fn finished<'py>(
    stepper: &Bound<'py, PyAny>,
    mut answer: Bound<'py, PyAny>,
    oracle: &mut Oracle,
    gradient: &mut [f64],
) -> PyResult<Bound<'py, PyAny>> {
    loop {
        let (is_done, weights): (bool, Bound<PyAny>) = answer.extract()?;
        if is_done {
            return Ok(weights);
        }
        let at = returned("step", &weights, &[gradient.len()])?;
        let at: Vec<f64> = at.as_array().iter().copied().collect();
        let loss = oracle.value_and_gradient(&at, gradient);
        let slope = PyArray1::from_slice(stepper.py(), gradient);
        answer = stepper.call_method1("answer", (slope, loss))?;
    }
}

/// A channel of a state with its values.
#[derive(FromPyObject)]
struct ChannelRow<'py>(String, String, String, Bound<'py, PyAny>);

/// The quantities of channels by their names.
const QUANTITIES: &[(&str, Quantity)] = &[
    ("displacement", Quantity::Displacement),
    ("step_size", Quantity::StepSize),
    ("position", Quantity::Position),
    ("gradient", Quantity::Gradient),
    ("gradient_squared", Quantity::GradientSquared),
    ("number", Quantity::Number),
];

impl ChannelRow<'_> {
    fn channel(&self, dim: usize) -> PyResult<Channel> {
        let Self(name, help, quantity, values) = self;
        let known = QUANTITIES.iter().find(|(known, _)| known == quantity);
        let Some((_, quantity)) = known else {
            let names: Vec<&str> = QUANTITIES.iter().map(|(name, _)| *name).collect();
            return Err(Error::new_err(format!(
                "`{quantity}` is not a quantity of the state `{name}`; choose one of {}",
                names.join(", ")
            )));
        };
        let shape = match values.len()? {
            1 => Shape::Scalar,
            count if count == dim * dim && dim > 1 => Shape::Matrix,
            _ => Shape::Vector,
        };
        Ok(Channel {
            name: Text::Owned(name.clone()),
            help: Text::Owned(help.clone()),
            quantity: *quantity,
            shape,
        })
    }
}

fn rows<'py>(stepper: &Bound<'py, PyAny>) -> PyResult<Vec<ChannelRow<'py>>> {
    stepper.call_method0("channels")?.extract()
}

/// Returns the values of the channels, which must be the same in every step.
fn values(stepper: &Bound<'_, PyAny>, channels: &[Channel]) -> PyResult<Vec<Vec<f64>>> {
    let rows = rows(stepper)?;
    let names = rows.iter().map(|row| &*row.0);
    if !names.eq(channels.iter().map(|channel| &*channel.name)) {
        let names: Vec<&str> = channels.iter().map(|channel| &*channel.name).collect();
        return Err(Error::new_err(format!(
            "the state must have the same arrays after every step: {}",
            names.join(", ")
        )));
    }
    let values = rows.iter().map(|row| {
        let count = row.3.len()?;
        let array = returned("state", &row.3, &[count])?;
        Ok(array.as_array().iter().copied().collect())
    });
    values.collect()
}
