//! The matrices of one step, and their singular values.

use crate::{prelude::*, subject::FigureInput, words::StepNarrative};
use thalweg::{
    blocks::{Block, shapes},
    inspect::Channel,
    linalg::eigenvalues,
    matrix::SingularValues,
};
use thalweg_plot::text;

/// A matrix larger than this has too many elements to be drawn.
pub(super) const LARGEST: usize = 64;
/// More values are described by the largest and the smallest one.
const MOST_WRITTEN: usize = 8;
/// A value that is smaller relative to the largest one counts as zero.
const NEGLIGIBLE: f64 = 1e-12;
/// Digits of the values.
const DIGITS: u8 = 3;

/// A matrix of a step.
pub(super) struct ShownMatrix {
    /// Title of its panel.
    pub(super) title: String,
    /// (rows, columns).
    pub(super) shape: [usize; 2],
    /// The elements, row-major.
    pub(super) numbers: Vec<f64>,
    /// The name of the values: singular values, or eigenvalues of a symmetric matrix.
    pub(super) kind: &'static str,
    /// The values, descending.
    pub(super) values: Vec<f64>,
}

impl ShownMatrix {
    fn new(title: String, shape: [usize; 2], numbers: &[f64]) -> Self {
        let [rows, columns] = shape;
        let at = |i: usize, j: usize| numbers[i * columns + j];
        let is_symmetric =
            rows == columns && (0..rows).all(|i| (0..i).all(|j| at(i, j) == at(j, i))) && rows > 1;
        let (kind, values) = if is_symmetric {
            let mut values = eigenvalues(&mut numbers.to_vec(), rows);
            values.reverse();
            ("eigenvalues", values)
        } else {
            (
                "singular values",
                SingularValues::new(numbers, shape).values,
            )
        };
        // A smaller value is a rounding error.
        let largest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        let known = |v: f64| {
            if v.abs() < NEGLIGIBLE * largest {
                0.0
            } else {
                v
            }
        };
        let values = values.into_iter().map(known).collect();
        Self {
            title,
            shape,
            numbers: numbers.to_vec(),
            kind,
            values,
        }
    }

    /// Describes the values: "The singular values of the gradient are 2 and 1."
    fn sentence(&self) -> String {
        let name = self.title.to_lowercase();
        let (kind, written) = (self.kind, self.values.iter().map(|v| number(*v)));
        let written: Vec<String> = written.collect();
        let one = kind.trim_end_matches('s');
        match &*written {
            [only] => format!("The {one} of the {name} is {only}."),
            [first, .., last] if self.values.len() > MOST_WRITTEN => {
                format!("The {kind} of the {name} reach from {last} to {first}.")
            }
            all => format!("The {kind} of the {name} are {}.", all.join(", ")),
        }
    }

    /// Returns the largest value divided by the smallest one above zero, if there are several.
    fn condition(&self) -> Option<f64> {
        let mut positive = self.values.iter().take_while(|v| **v > 0.0);
        let (first, last) = (positive.next()?, positive.last()?);
        first.is_finite().then(|| first / last)
    }
}

pub(super) fn number(v: f64) -> String {
    text::number(v, DIGITS)
}

/// The matrices of one step of a block.
pub(super) struct MatrixStep {
    /// The explanation of the step: what happened and why.
    reason: String,
    /// The gradient, the state, and the step.
    pub(super) matrices: Vec<ShownMatrix>,
}

impl MatrixStep {
    /// Collects the matrices of the step `number` of the run with the index `run`.
    pub(super) fn new(subject: &FigureInput, run: usize, number: usize, block: &Block) -> Self {
        let (trace, contest) = (&subject.traces[run], subject.contest);
        let (problem, contender) = (&contest.problem, &contest.contenders[run]);
        let is_exact = contender.randomness().is_none();
        let names = &problem.weight_names;
        let narrative = StepNarrative::new(&*problem.objective, names, trace, number, is_exact)
            .with_optimizer(contender);
        let part = |numbers: &[f64]| numbers[block.range.clone()].to_vec();
        let mut matrices = Vec::new();
        let mut add = |title: String, numbers: Vec<f64>| {
            let is_new = |known: &ShownMatrix| known.numbers != numbers;
            if numbers.iter().any(|v| *v != 0.0) && matrices.iter().all(is_new) {
                matrices.push(ShownMatrix::new(title, block.shape, &numbers));
            }
        };
        add("Gradient".to_owned(), part(&narrative.gradient));
        let vectors = trace.inner.iter().filter(|series| {
            let channel = &series.channel;
            channel.shape == Shape::Vector && channel.quantity == Quantity::Gradient
        });
        for series in vectors {
            add(title(&series.channel), part(series.at(number)));
        }
        let (from, to) = (part(trace.at(number - 1)), part(trace.at(number)));
        let step = to.iter().zip(&from).map(|(to, from)| to - from);
        add("Step".to_owned(), step.collect());
        for series in &trace.inner {
            matrices.extend(factor(series, trace, number, block));
        }
        Self {
            reason: narrative.paragraphs().swap_remove(0),
            matrices,
        }
    }

    /// Describes the step and the values of all matrices.
    pub(super) fn paragraphs(&self) -> Vec<String> {
        let values: Vec<String> = self.matrices.iter().map(ShownMatrix::sentence).collect();
        let mut all = vec![self.reason.clone(), values.join(" ")];
        let find = |title: &str| {
            let mut matrices = self.matrices.iter();
            matrices.find(|matrix| matrix.title == title)?.condition()
        };
        if let (Some(before), Some(after)) = (find("Gradient"), find("Step")) {
            let [before, after] = [before, after].map(number);
            all.push(format!(
                "The largest singular value of the gradient is {before} times the smallest one above zero; for the step, it is \
                 {after} times the smallest one."
            ));
        }
        all
    }
}

/// Returns the name of a channel as a title.
fn title(channel: &Channel) -> String {
    let words = channel.words();
    let (first, rest) = words.split_at(words.len().min(1));
    first.to_uppercase() + rest
}

/// Returns the square matrix of a block, if the channel has one that is not zero.
fn factor(series: &Series, trace: &Trace, number: usize, block: &Block) -> Option<ShownMatrix> {
    let (channel, dim) = (&series.channel, trace.dim);
    if !matches!(channel.shape, Shape::LeftFactors | Shape::RightFactors) {
        return None;
    }
    let place = trace.blocks.iter().position(|other| other == block)?;
    let sides = channel.shape.sides(dim, shapes(&trace.blocks, dim));
    let first: usize = sides[..place].iter().map(|side| side * side).sum();
    let side = sides[place];
    let numbers = &series.at(number)[first..first + side * side];
    let is_shown = numbers.iter().any(|v| *v != 0.0) && side > 1 && side <= LARGEST;
    is_shown.then(|| ShownMatrix::new(title(channel), [side, side], numbers))
}
