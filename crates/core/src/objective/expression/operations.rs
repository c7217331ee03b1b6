//! A list of operations on numbers, recorded from a function and evaluated for plain numbers, SIMD registers, and dual
//! numbers.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use super::dual::{LaneNumber, Number, Operator, Unary};
use crate::numeric::float::Scalar;
use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Position of a number: the inputs come first, followed by the result of each operation.
pub type NumberIndex = usize;

/// An operation that computes a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// This number.
    Constant(f64),
    /// A function of one number.
    Unary(Unary, NumberIndex),
    /// An operator between two numbers.
    Binary(Operator, NumberIndex, NumberIndex),
    /// An operator between a number and a constant.
    WithConstant(Operator, NumberIndex, f64),
    /// A power with a constant exponent.
    Power(NumberIndex, f64),
    /// The angle of a point, given by its ordinate and its abscissa.
    Angle(NumberIndex, NumberIndex),
    /// `if a < b { c } else { d }`.
    SelectLess([NumberIndex; 4]),
}

impl Operation {
    /// Writes the result to its place, given the numbers before it. Each case stores its own result, as in [`Operator::write`].
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn write<N: Number>(self, numbers: &mut [N], place: NumberIndex) {
        match self {
            Self::Constant(c) => numbers[place] = numbers[0].constant(c),
            Self::Unary(f, a) => unary(f, numbers[a], &mut numbers[place]),
            Self::Binary(f, a, b) => f.write(numbers[a], numbers[b], &mut numbers[place]),
            Self::WithConstant(f, a, c) => f.write(numbers[a], c, &mut numbers[place]),
            Self::Power(a, exponent) => numbers[place] = numbers[a].powf(exponent),
            Self::Angle(y, x) => numbers[place] = numbers[y].atan2(numbers[x]),
            Self::SelectLess(places) => {
                let [a, b, then, otherwise] = places.map(|place| numbers[place]);
                numbers[place] = N::select_less(a, b, then, otherwise);
            }
        }
    }

    /// Returns the positions of the operands; a position may occur several times.
    pub fn operands(self) -> [Option<NumberIndex>; 4] {
        match self {
            Self::Constant(_) => [None; 4],
            Self::Unary(_, a) | Self::WithConstant(_, a, _) | Self::Power(a, _) => {
                [Some(a), None, None, None]
            }
            Self::Binary(_, a, b) | Self::Angle(a, b) => [Some(a), Some(b), None, None],
            Self::SelectLess(places) => places.map(Some),
        }
    }
}

/// A list of operations on some inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operations {
    inputs: usize,
    list: Vec<Operation>,
}

impl Operations {
    /// Records the operations of a function of `inputs` numbers, and returns them with the result of the function.
    pub fn record<T>(inputs: usize, f: impl FnOnce(&[TapeNumber]) -> T) -> (Self, T) {
        let recorded = RefCell::new(Self {
            inputs,
            list: Vec::new(),
        });
        let tape = &recorded;
        let numbers: Vec<TapeNumber> = (0..inputs)
            .map(|place| TapeNumber { tape, place })
            .collect();
        let result = f(&numbers);
        (recorded.into_inner(), result)
    }

    /// Returns the number of inputs and operations.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn count(&self) -> usize {
        self.inputs + self.list.len()
    }

    /// Evaluates the operations. `numbers` begins with the inputs, followed by one element per operation.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub fn run<N: Number>(&self, numbers: &mut [N]) {
        for (operation, place) in self.list.iter().zip(self.inputs..) {
            operation.write(numbers, place);
        }
    }

    /// Removes the operations on which none of these results depends; later positions stay the same. A removed operation is a
    /// constant.
    pub fn keep_only(&mut self, results: impl Iterator<Item = NumberIndex>) {
        let mut used = vec![false; self.count()];
        results.for_each(|place| used[place] = true);
        for i in (0..self.list.len()).rev() {
            if used[self.inputs + i] {
                let operands = self.list[i].operands();
                operands
                    .into_iter()
                    .flatten()
                    .for_each(|place| used[place] = true);
            } else {
                self.list[i] = Operation::Constant(0.0);
            }
        }
    }

    /// Returns whether an operation has this operand.
    pub fn uses(&self, place: NumberIndex) -> bool {
        let mut operations = self.list.iter();
        operations.any(|operation| operation.operands().contains(&Some(place)))
    }

    /// Separates the operations that depend on known inputs only from the others. `inputs` has one element per input: its number
    /// if it is known.
    pub fn separate(&self, inputs: &[Option<f64>], into: &mut SeparatedOperations) {
        let scalar = |number: f64| LaneNumber::new(Scalar, number);
        let SeparatedOperations {
            numbers,
            known,
            others,
        } = into;
        numbers.clear();
        numbers.extend(
            inputs
                .iter()
                .map(|number| scalar(number.unwrap_or(f64::NAN))),
        );
        known.clear();
        known.extend(inputs);
        others.clear();
        for operation in &self.list {
            let mut operands = operation.operands().into_iter().flatten();
            let is_known = operands.all(|place| known[place].is_some());
            let place = known.len();
            numbers.push(scalar(f64::NAN));
            if is_known {
                operation.write(numbers, place);
            } else {
                others.push((place, *operation));
            }
            known.push(is_known.then_some(numbers[place].value));
        }
    }
}

/// The result of [`Operations::separate`]. It can be reused to avoid allocations.
#[derive(Clone, Debug, Default)]
pub struct SeparatedOperations {
    numbers: Vec<LaneNumber<Scalar>>,
    /// The known numbers, inputs and results.
    pub known: Vec<Option<f64>>,
    /// The other operations with the positions of their results.
    pub others: Vec<(NumberIndex, Operation)>,
}

/// Calls [`Number::unary`] with a constant function in each case, so that a dual number does not branch again.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn unary<N: Number>(f: Unary, a: N, into: &mut N) {
    match f {
        Unary::Minus => *into = -a,
        Unary::Squared => *into = a.squared(),
        Unary::Sqrt => *into = a.sqrt(),
        Unary::Exp => *into = a.exp(),
        Unary::Ln => *into = a.ln(),
        Unary::Tanh => *into = a.tanh(),
        Unary::Sin => *into = a.sin(),
        Unary::Cos => *into = a.cos(),
        Unary::Asin => *into = a.asin(),
        Unary::Acos => *into = a.acos(),
        Unary::Atan => *into = a.atan(),
        Unary::Sinh => *into = a.sinh(),
        Unary::Cosh => *into = a.cosh(),
        Unary::Sigmoid => *into = a.sigmoid(),
        Unary::Exp2 => *into = a.exp2(),
        Unary::Log2 => *into = a.log2(),
        Unary::Log10 => *into = a.log10(),
        Unary::Cbrt => *into = a.cbrt(),
        Unary::Floor => *into = a.floor(),
    }
}

/// A number whose operations are recorded.
#[derive(Clone, Copy)]
pub struct TapeNumber<'a> {
    tape: &'a RefCell<Operations>,
    place: NumberIndex,
}

impl TapeNumber<'_> {
    /// Returns the position of the number.
    pub fn place(self) -> NumberIndex {
        self.place
    }

    #[inline(never)]
    fn then(self, operation: Operation) -> Self {
        let mut tape = self.tape.borrow_mut();
        tape.list.push(operation);
        Self {
            tape: self.tape,
            place: tape.count() - 1,
        }
    }
}

/// Implements an operator between two numbers on the tape, and between a number and a constant.
macro_rules! recorded_operator {
    ($($name:ident $method:ident $operator:ident),*) => {$(
        impl $name for TapeNumber<'_> {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                self.then(Operation::Binary(Operator::$operator, self.place, other.place))
            }
        }

        impl $name<f64> for TapeNumber<'_> {
            type Output = Self;

            fn $method(self, c: f64) -> Self {
                self.then(Operation::WithConstant(Operator::$operator, self.place, c))
            }
        }
    )*};
}
recorded_operator!(Add add Add, Sub sub Subtract, Mul mul Multiply, Div div Divide);

impl Neg for TapeNumber<'_> {
    type Output = Self;

    fn neg(self) -> Self {
        self.unary(Unary::Minus)
    }
}

impl Number for TapeNumber<'_> {
    fn constant(self, c: f64) -> Self {
        self.then(Operation::Constant(c))
    }

    fn select_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        let places = [a.place, b.place, then.place, otherwise.place];
        a.then(Operation::SelectLess(places))
    }

    fn unary(self, f: Unary) -> Self {
        self.then(Operation::Unary(f, self.place))
    }

    fn powf(self, exponent: f64) -> Self {
        self.then(Operation::Power(self.place, exponent))
    }

    fn atan2(self, x: Self) -> Self {
        self.then(Operation::Angle(self.place, x.place))
    }
}
