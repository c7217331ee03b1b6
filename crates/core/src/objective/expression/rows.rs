//! Operations on rows of numbers: the code of an operation is found once for a whole row, not once per register.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use super::{
    dual::{LaneNumber, Number, Operator, Unary},
    operations::{NumberIndex, Operation},
};
use crate::numeric::float::Lanes;

/// Numbers of a row. The rows of a formula with 40 operations fit into the nearest cache (20 kB).
pub const ROW_LENGTH: usize = 64;

/// Numbers on which one operation after the other acts.
pub type Row = [f64; ROW_LENGTH];

impl Operation {
    /// Computes the first `count` numbers of the row at `place` from the rows before it, as [`write`](Self::write) does for one
    /// number or register. `count` must be a multiple of the number of lanes.
    #[inline(always)]
    pub fn write_row<L: Lanes>(self, l: L, rows: &mut [Row], place: NumberIndex, count: usize) {
        let (before, result) = rows.split_at_mut(place);
        let into = &mut result[0][..count];
        // A closure would not be inlined into the SIMD region.
        macro_rules! each {
            ($($x:ident = $place:expr),*; $value:expr) => {{
                $(let $x = &before[$place][..count];)*
                for i in 0..count / L::COUNT {
                    let here = i * L::COUNT..(i + 1) * L::COUNT;
                    $(let $x = LaneNumber::new(l, l.load(&$x[here.clone()]));)*
                    l.store($value.value, &mut into[here]);
                }
            }};
        }
        macro_rules! operator {
            ($f:expr, $x:ident = $place:expr, $y:ident $(= $other:expr)?) => {
                match $f {
                    Operator::Add => each!($x = $place $(, $y = $other)?; ($x + $y)),
                    Operator::Subtract => each!($x = $place $(, $y = $other)?; ($x - $y)),
                    Operator::Multiply => each!($x = $place $(, $y = $other)?; ($x * $y)),
                    Operator::Divide => each!($x = $place $(, $y = $other)?; ($x / $y)),
                }
            };
        }
        macro_rules! unary {
            ($f:expr, $x:ident = $place:expr, $($name:ident)*) => {
                match $f {
                    $(Unary::$name => each!($x = $place; $x.unary(Unary::$name)),)*
                }
            };
        }
        match self {
            Self::Constant(c) => into.fill(c),
            Self::Unary(f, a) => {
                unary!(f, x = a, Minus Squared Sqrt Exp Ln Tanh Sin Cos Asin Acos Atan Sinh Cosh
                Sigmoid Exp2 Log2 Log10 Cbrt Floor);
            }
            Self::Binary(f, a, b) => operator!(f, x = a, y = b),
            Self::WithConstant(f, a, c) => operator!(f, x = a, c),
            Self::Power(a, exponent) => each!(x = a; x.powf(exponent)),
            Self::Angle(y, x) => each!(y = y, x = x; y.atan2(x)),
            Self::SelectLess([a, b, then, otherwise]) => {
                each!(a = a, b = b, c = then, d = otherwise; LaneNumber::select_less(a, b, c, d));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::operations::{Operations, SeparatedOperations, TapeNumber},
        *,
    };
    use crate::numeric::float::{Scalar, SimdLanes};
    use fearless_simd::{Level, dispatch};

    /// Uses each operation once.
    fn use_all(inputs: &[TapeNumber]) {
        let [a, b] = [inputs[0], inputs[1]];
        let _ = (a + b, a - b, a * b, a / b);
        let _ = (a + 0.3, a - 0.3, a * 0.3, a / 0.3);
        let _ = (-a, a.squared(), a.sqrt(), a.exp(), a.ln(), a.tanh());
        let _ = (a.sin(), a.cos(), a.asin(), a.acos(), a.atan());
        let _ = (a.sinh(), a.cosh(), a.sigmoid(), a.exp2(), a.log2());
        let _ = (a.log10(), a.cbrt(), a.floor(), a.powf(1.7), a.atan2(b));
        let _ = TapeNumber::select_less(a, b, b, a);
    }

    #[test]
    fn a_row_has_the_bits_of_single_numbers() {
        let (operations, ()) = Operations::record(2, use_all);
        let mut list = SeparatedOperations::default();
        operations.separate(&[None; 2], &mut list);
        let special = [0.0, -0.0, f64::NAN, f64::INFINITY, 1e-310, -800.0, 800.0];
        let number = |i: usize| special.get(i).copied().unwrap_or(i as f64 * 0.17 - 4.0);
        let mut rows = vec![[0.0; ROW_LENGTH]; operations.count()];
        rows[0] = std::array::from_fn(number);
        rows[1] = std::array::from_fn(|i| number(ROW_LENGTH - 1 - i));
        let count = 48;
        for (place, operation) in &list.others {
            let (all, place) = (&mut rows[..], *place);
            dispatch!(Level::new(), simd => operation.write_row(SimdLanes(simd), all, place, count));
        }
        for i in 0..count {
            let numbers = rows.iter().map(|row| LaneNumber::new(Scalar, row[i]));
            let mut numbers: Vec<_> = numbers.collect();
            operations.run(&mut numbers);
            for (place, row) in rows.iter().enumerate() {
                let (single, of_row) = (numbers[place].value, row[i]);
                let is_same = single.to_bits() == of_row.to_bits();
                assert!(
                    is_same || single.is_nan() && of_row.is_nan(),
                    "place {place}, {i}"
                );
            }
        }
        assert!(rows[2..].iter().all(|row| row[count..] == [0.0; 16]));
    }
}
