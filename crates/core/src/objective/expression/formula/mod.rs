//! A formula in two weights that the user writes.
//!
//! Of the kept parsers exmex is nearest, whose operators and numbers one can supply; but it reads `-x^2` as `(-x)^2`, and
//! does not tell where a formula is wrong.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

mod parse;
mod token;

use crate::{
    Error,
    objective::expression::{dual::Number, surface::Formula},
};
use std::ops::Range;

/// A formula in x and y as a list of steps, each of which takes its operands from the top of a stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    steps: Vec<Step>,
    /// The most numbers that lie on the stack.
    depth: usize,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// Puts a number on the stack.
    Constant(f64),
    /// Puts x (0) or y (1) on the stack.
    Variable(usize),
    /// Replaces the topmost number.
    Unary(Unary),
    /// Replaces the two topmost numbers by one.
    Binary(Binary),
    /// Replaces the topmost number by this power of it.
    Power(f64),
}

/// Functions of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unary {
    Minus,
    Sin,
    Cos,
    Tan,
    Exp,
    Ln,
    Sqrt,
    Abs,
    Tanh,
}

/// Functions of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Min,
    Max,
}

/// Names of functions of one number. `log` is the natural logarithm too.
const UNARY: &[(&str, Unary)] = &[
    ("sin", Unary::Sin),
    ("cos", Unary::Cos),
    ("tan", Unary::Tan),
    ("exp", Unary::Exp),
    ("ln", Unary::Ln),
    ("log", Unary::Ln),
    ("sqrt", Unary::Sqrt),
    ("abs", Unary::Abs),
    ("tanh", Unary::Tanh),
];

/// Names of functions of two numbers.
const BINARY: &[(&str, Binary)] = &[("min", Binary::Min), ("max", Binary::Max)];

/// Names of numbers.
const CONSTANTS: &[(&str, f64)] = &[("pi", std::f64::consts::PI), ("e", std::f64::consts::E)];

/// Names of the two weights.
const VARIABLES: &[(&str, usize)] = &[("x", 0), ("y", 1), ("w1", 0), ("w2", 1)];

/// Most numbers that may wait on the stack: far more than anyone writes by hand.
const DEEPEST: usize = 64;

impl Expression {
    /// Reads a formula.
    ///
    /// # Errors
    /// The text is no formula; the error comes with the part of the text, in bytes, that is wrong.
    pub fn read(text: &str) -> Result<Self, (Range<usize>, Error)> {
        let steps = parse::parse(text)?;
        let (mut height, mut depth) = (0, 0);
        for step in &steps {
            match step {
                Step::Constant(_) | Step::Variable(_) => height += 1,
                Step::Unary(_) | Step::Power(_) => {}
                Step::Binary(_) => height -= 1,
            }
            depth = depth.max(height);
        }
        if depth > DEEPEST {
            let message = format!("the formula is nested more than {DEEPEST} deep");
            return Err((0..text.len(), Error::Grammar(message)));
        }
        Ok(Self { steps, depth })
    }
}

impl Formula for Expression {
    #[inline(always)]
    fn at<N: Number>(&self, [x, y]: [N; 2]) -> N {
        let mut stack = Vec::with_capacity(self.depth);
        for step in &self.steps {
            match *step {
                Step::Constant(c) => stack.push(x.constant(c)),
                Step::Variable(i) => stack.push([x, y][i]),
                Step::Unary(f) => {
                    let a = pop(&mut stack);
                    stack.push(unary(f, a));
                }
                Step::Power(exponent) => {
                    let a = pop(&mut stack);
                    stack.push(power(a, exponent));
                }
                Step::Binary(f) => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    stack.push(binary(f, a, b));
                }
            }
        }
        pop(&mut stack)
    }
}

/// The topmost number, which the parser made sure is there.
#[inline(always)]
fn pop<N>(stack: &mut Vec<N>) -> N {
    stack.pop().expect("every step finds its operands")
}

#[inline(always)]
fn unary<N: Number>(f: Unary, a: N) -> N {
    match f {
        Unary::Minus => -a,
        Unary::Sin => a.sin(),
        Unary::Cos => a.cos(),
        Unary::Tan => a.sin() / a.cos(),
        Unary::Exp => a.exp(),
        Unary::Ln => a.ln(),
        Unary::Sqrt => a.sqrt(),
        Unary::Abs => N::select_less(a, a.constant(0.0), -a, a),
        Unary::Tanh => a.tanh(),
    }
}

/// Small whole powers are products.
#[inline(always)]
fn power<N: Number>(a: N, exponent: f64) -> N {
    match exponent {
        1.0 => a,
        2.0 => a.squared(),
        3.0 => a.squared() * a,
        4.0 => a.squared().squared(),
        -1.0 => a.constant(1.0) / a,
        0.5 => a.sqrt(),
        _ => a.powf(exponent),
    }
}

#[inline(always)]
fn binary<N: Number>(f: Binary, a: N, b: N) -> N {
    match f {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        // Of a variable exponent: the base must be positive.
        Binary::Power => (b * a.ln()).exp(),
        Binary::Min => N::select_less(b, a, b, a),
        Binary::Max => N::select_less(a, b, b, a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::{Objective as _, expression::surface::Surface};

    fn value(text: &str, w: [f64; 2]) -> f64 {
        Surface(Expression::read(text).unwrap()).value(&w)
    }

    #[test]
    fn means_what_mathematics_means() {
        for (text, known) in [
            ("-x^2", -9.0),
            ("2^3^2", 512.0),
            ("x - y - 1", 0.0),
            ("12/x/y", 2.0),
            ("2^-1", 0.5),
            ("-2^-2", -0.25),
            ("x^-2*9", 1.0),
            ("2x(y+1)", 18.0),
            ("3 x^2", 27.0),
            ("(x+1)(y-1)", 4.0),
            ("min(x, y) + max(x,y)", 5.0),
            ("abs(-x) + sqrt(4y + 1)", 6.0),
            ("ln(e) + log(1) + exp(0) + cos(0)", 3.0),
            ("1e2 + .5 + 1.5e-1", 100.65),
            ("w1*w2", 6.0),
            ("+x", 3.0),
            ("--x", 3.0),
            ("(-x)^3", -27.0),
            ("x**2", 9.0),
        ] {
            assert_eq!(value(text, [3.0, 2.0]), known, "{text}");
        }
        assert!(
            (value("tan(x) - sin(x)/cos(x) + tanh(y)", [0.3, 0.4]) - 0.379_948_962_255_224_9).abs()
                < 1e-15
        );
        assert!((value("x^y", [2.0, 0.5]) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!(value("sqrt(x)", [-1.0, 0.0]).is_nan());
    }

    #[test]
    fn says_where_and_what_is_wrong() {
        for (text, part, words) in [
            ("", "", "empty"),
            ("  ", "  ", "empty"),
            ("x + z", "z", "function `z`"),
            ("x + sinn(y)", "sinn", "function `sinn`"),
            ("(x + y", "(", "not closed"),
            ("x + y)", ")", "not opened"),
            ("x + * y", "*", "a number or a weight"),
            ("x +", "+", "something must follow"),
            ("sin x", "sin", "brackets"),
            ("min(x)", "min(x)", "2 numbers"),
            ("sin(x, y)", "sin(x, y)", "1 number"),
            ("x # y", "#", "means nothing"),
            ("1.2.3", "1.2.3", "no number"),
            ("x, y", ",", "between the numbers of a function"),
            ("()", ")", "a number or a weight"),
            ("x = y", "=", "means nothing"),
        ] {
            let (span, error) = Expression::read(text).unwrap_err();
            assert_eq!(&text[span], part, "{text}: {error}");
            assert!(error.to_string().contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn is_never_at_a_loss() {
        let deep = "(".repeat(100_000);
        assert!(Expression::read(&deep).is_err());
        let minus = format!("{}x", "-".repeat(100_000));
        assert!(Expression::read(&minus).is_err());
        let wide = format!("x{}", "+x".repeat(10_000));
        assert_eq!(value(&wide, [1.0, 0.0]), 10_001.0);
    }
}
