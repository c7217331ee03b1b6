//! The samples of the map of the loss, by one or several workers.

use crate::{address::Address, session::Session};
use std::{collections::VecDeque, ops::Range, sync::Arc};
use thalweg::{
    Error,
    field::{Field, Window},
    number::spread,
    objective::Objective,
    pick::FileContent,
    plane::Plane,
    slice::Slice,
};

/// Samples the loss in a window row by row, so that the page remains responsive and sampling can be canceled. Other workers can
/// take rows and sample them with [`FieldRows`].
pub struct FieldSampler {
    objective: Arc<dyn Objective>,
    pub(super) field: Field,
    /// The rows that nobody has sampled or taken.
    waiting: VecDeque<Range<usize>>,
    /// Number of rows that are not sampled.
    missing: usize,
    /// The target loss.
    pub(super) target: Option<f64>,
    /// Losses along the paths.
    pub(super) along: Vec<f64>,
    /// The plane of the map, if it does not show two weights.
    plane: Option<Plane>,
}

impl FieldSampler {
    /// Prepares `samples` x `samples` points of the map of a session in a window.
    ///
    /// # Errors
    /// There is no map.
    pub fn new(session: &Session, window: Window, samples: usize) -> Result<Self, Error> {
        let subject = session.subject()?;
        let field = field(window, samples, 0..samples);
        Ok(Self {
            objective: subject.view()?.objective.clone(),
            along: subject.losses_along_paths(&field)?,
            field,
            waiting: std::iter::once(0..samples).collect(),
            missing: samples,
            target: session.contest().budget.target,
            plane: session.current_plane()?.cloned(),
        })
    }

    /// Returns the plane of the map, if it does not show two weights.
    pub fn plane(&self) -> Option<&Plane> {
        self.plane.as_ref()
    }

    /// Returns the numbers of the plane for [`FieldRows`]; they are empty if the map shows two weights.
    pub fn plane_numbers(&self) -> Vec<f64> {
        self.plane().map_or(Vec::new(), Plane::numbers)
    }

    /// Takes the losses along the current paths, which the levels distinguish. The plane of the samples must be shown.
    ///
    /// # Errors
    /// There is no map.
    pub fn follow_paths(&mut self, session: &Session) -> Result<(), Error> {
        self.along = session
            .shown_subject(None)?
            .losses_along_paths(&self.field)?;
        Ok(())
    }

    /// Samples this number of rows; returns whether there are more that no other worker has taken.
    pub fn advance(&mut self, rows: usize) -> bool {
        if let Some(next) = self.waiting.pop_front() {
            let middle = next.start.saturating_add(rows).min(next.end);
            if middle < next.end {
                self.waiting.push_front(middle..next.end);
            }
            let Field { xs, ys, values } = &mut self.field;
            let part = &mut values[next.start * xs.len()..middle * xs.len()];
            self.objective.grid(xs, &ys[next.start..middle], part);
            self.missing -= middle - next.start;
        }
        !self.waiting.is_empty()
    }

    /// Takes at most this number of rows, the last ones, for another worker; they are empty if no rows are waiting.
    pub fn take(&mut self, rows: usize) -> Range<usize> {
        let Some(last) = self.waiting.pop_back() else {
            return 0..0;
        };
        let middle = last.end.saturating_sub(rows).max(last.start);
        if last.start < middle {
            self.waiting.push_back(last.start..middle);
        }
        middle..last.end
    }

    /// Accepts the losses of rows that were taken. If their number is wrong, because the worker failed, the rows wait again.
    pub fn accept(&mut self, rows: Range<usize>, losses: &[f64]) {
        let width = self.field.xs.len();
        let part = &mut self.field.values[rows.start * width..rows.end * width];
        if losses.len() == part.len() {
            part.copy_from_slice(losses);
            self.missing -= rows.len();
        } else {
            self.waiting.push_back(rows);
        }
    }

    /// Returns whether all rows are sampled.
    pub fn is_complete(&self) -> bool {
        self.missing == 0
    }
}

/// Rows of the field of another worker.
pub struct FieldRows {
    objective: Arc<dyn Objective>,
    field: Field,
}

impl FieldRows {
    /// Prepares rows of the field of a session that was started with the same address and files. `plane` are the numbers of its
    /// plane; they are empty if the map shows two weights.
    ///
    /// # Errors
    /// The address names an unknown entry, or the plane does not fit the number of weights.
    pub fn new(
        address: &Address,
        files: &[(String, FileContent)],
        plane: &[f64],
        window: Window,
        samples: usize,
        rows: Range<usize>,
    ) -> Result<Self, Error> {
        let mut experiment = address.experiment(files)?;
        experiment.with.clear();
        let objective = experiment.prepare()?.problem.objective;
        let objective = match plane {
            [] => objective,
            numbers => {
                let plane = Plane::from_numbers(numbers, objective.dim())?;
                Arc::new(Slice::new(objective, plane))
            }
        };
        let field = field(window, samples, rows);
        Ok(Self { objective, field })
    }

    /// Samples the rows and returns their losses: (rows, samples), row-major.
    pub fn losses(&mut self) -> &[f64] {
        let Field { xs, ys, values } = &mut self.field;
        self.objective.grid(xs, ys, values);
        values
    }
}

/// Returns these rows of an empty field with `samples` x `samples` points in a window.
fn field(window: Window, samples: usize, rows: Range<usize>) -> Field {
    Field {
        xs: spread(window.w1, samples),
        values: vec![0.0; samples * rows.len()],
        ys: spread(window.w2, samples)[rows].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOONS: &str = "on=mlp:data=moons&with=rprop";
    const SAMPLES: usize = 20;

    fn trained(address: &str) -> Session {
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(30);
        session
    }

    fn sampler(session: &Session) -> (FieldSampler, Window) {
        let window = session.subject().unwrap().view().unwrap().window();
        let sampler = FieldSampler::new(session, window, SAMPLES).unwrap();
        (sampler, window)
    }

    #[test]
    fn sampling_in_parts_gives_the_same_field() {
        let session = trained(MOONS);
        let (mut sampler, window) = sampler(&session);
        while sampler.advance(7) {}
        assert!(!sampler.advance(1) && sampler.is_complete());
        let subject = session.subject().unwrap();
        assert_eq!(
            sampler.field,
            subject.view().unwrap().field(window, SAMPLES)
        );
    }

    /// The plane of moons depends on the run, the second one is that of two weights, and the others need none.
    #[test]
    fn rows_of_other_workers_give_the_same_field() {
        for text in [
            MOONS,
            "on=mlp:data=moons&with=adam&plane=w3,w7",
            "on=article&with=rprop",
            "on=rosenbrock&with=rprop&start=1,1",
        ] {
            let (session, address) = (trained(text), text.parse().unwrap());
            let (mut alone, window) = sampler(&session);
            while alone.advance(SAMPLES) {}
            let (mut shared, _) = sampler(&session);
            let numbers = shared.plane_numbers();
            let failed = shared.take(2);
            assert_eq!(failed, SAMPLES - 2..SAMPLES);
            shared.advance(3);
            shared.accept(failed, &[]);
            while !shared.is_complete() {
                let rows = shared.take(3);
                if !rows.is_empty() {
                    let part =
                        FieldRows::new(&address, &[], &numbers, window, SAMPLES, rows.clone());
                    shared.accept(rows, part.unwrap().losses());
                }
                shared.advance(1);
            }
            assert!(shared.take(1).is_empty());
            let bits = |sampler: &FieldSampler| -> Vec<u64> {
                let values = sampler.field.values.iter();
                values.map(|v| v.to_bits()).collect()
            };
            assert!(bits(&alone) == bits(&shared), "{text}");
        }
    }

    #[test]
    fn a_plane_of_another_problem_is_refused() {
        let address = MOONS.parse().unwrap();
        let window = Window::new([0.0, 1.0, 0.0, 1.0]).unwrap();
        for numbers in [&[1.0; 9][..], &[1.0; 4]] {
            assert!(FieldRows::new(&address, &[], numbers, window, SAMPLES, 0..2).is_err());
        }
    }
}
