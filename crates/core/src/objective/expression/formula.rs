//! Formulas in two weights, given by the user.

use super::{
    parse::{FormulaError, NameResolver, parse},
    tree::{Expression, Leaf},
};
use std::borrow::Cow;

/// Names of the two weights.
const WEIGHTS: [(&str, usize); 4] = [("x", 0), ("y", 1), ("w1", 0), ("w2", 1)];

/// Resolves the names of the two weights.
struct Weights;

impl NameResolver for Weights {
    fn name(&self, name: &str) -> Option<Leaf> {
        let found = WEIGHTS.iter().find(|(known, _)| *known == name);
        found.map(|(_, i)| Leaf::Input(*i))
    }

    fn known(&self) -> Vec<Cow<'static, str>> {
        WEIGHTS.map(|(name, _)| name.into()).to_vec()
    }
}

impl Expression {
    /// Reads a formula in x and y.
    ///
    /// # Errors
    /// The text is not a formula; the error comes with the part of the text that is wrong.
    pub fn read(text: &str) -> Result<Self, FormulaError> {
        parse(text, &Weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::{
        Objective as _,
        expression::{surface::FormulaObjective, tape::Tape},
    };

    fn value(text: &str, w: [f64; 2]) -> f64 {
        FormulaObjective(Tape::of(&Expression::read(text).unwrap())).value(&w)
    }

    #[test]
    fn follows_mathematical_notation() {
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
            ("sign(-x) + 10 sign(y) + sign(x - 3)", 9.0),
            ("[x + 1] * y", 8.0),
            ("|x - 5| + |-y|", 4.0),
            ("||x|-5|", 2.0),
            ("|x||-y|", 6.0),
            ("2|x|y + (|y|)", 14.0),
            ("|min(x, |-y|)|^2", 4.0),
            ("x² + y³ - |y|²", 13.0),
            ("2x¹⁰/x⁹ + x⁻¹*3 - x²y", -11.0),
            ("-x²", -9.0),
            (
                "asin(0) + acos(1) + atan(0) + atan2(0, x) + sinh(0) + cosh(0)",
                1.0,
            ),
            (
                "sigmoid(0) + floor(-x/2) + log2(8) + log10(1000) + cbrt(-x^3/27)",
                3.5,
            ),
            ("exp2(x) - cot(pi/4)", 7.0),
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
    fn reports_errors_with_their_position() {
        for (text, part, words) in [
            ("", "", "empty"),
            ("  ", "  ", "empty"),
            ("x + z", "z", "function `z`"),
            ("x + sinn(y)", "sinn", "function `sinn`"),
            ("(x + y", "(", "not closed"),
            ("x + y)", ")", "not opened"),
            ("x + * y", "*", "write a number"),
            ("x +", "+", "ends after an operator"),
            ("sin x", "sin", "sin(x)"),
            ("min(x)", "min(x)", "2 arguments"),
            ("sin(x, y)", "sin(x, y)", "1 argument"),
            ("x # y", "#", "not allowed"),
            ("1.2.3", "1.2.3", "not a finite number"),
            ("x, y", ",", "arguments of a function"),
            ("()", ")", "write a number"),
            ("x = y", "=", "not allowed"),
            ("|x + y", "|", "bar is not closed"),
            ("x + cot(|y)", "|", "bar is not closed"),
            ("|x, y|", ",", "arguments of a function"),
            ("x⁻", "⁻", "not a finite number"),
            ("0,5*x", "0,5", "write 0.5"),
            ("sin(1,5)", "sin(1,5)", "1 argument"),
        ] {
            let (span, error) = Expression::read(text).unwrap_err();
            assert_eq!(&text[span], part, "{text}: {error}");
            assert!(error.to_string().contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn suggests_a_name_for_typing_errors_only() {
        let help = |text: &str| Expression::read(text).unwrap_err().1.help().unwrap();
        for (text, meant) in [
            ("sn(x)", "sin"),
            ("epx(x)", "exp"),
            ("2*PI*x", "pi"),
            ("X", "x"),
        ] {
            assert_eq!(help(text), format!("did you mean `{meant}`?"), "{text}");
        }
        for text in [
            "sec(x)", "coth(x)", "asinh(x)", "gamma(x)", "lg(x)", "sqr(x)", "z", "w3",
        ] {
            let help = help(text);
            assert!(
                help.starts_with("choose one of: x, y, w1, w2, pi, e, sin"),
                "{text}: {help}"
            );
        }
    }

    #[test]
    fn derivatives_of_functions_match_differences() {
        use crate::objective::TwiceDifferentiable as _;
        for text in [
            "asin(x/4)*y",
            "acos(x*y/9)",
            "atan(x*y)",
            "atan2(y, x)",
            "sinh(x)*y",
            "cosh(x*y)",
            "sigmoid(x*y)",
            "exp2(x)*y",
            "log2(x*x + y)",
            "log10(x*x + y)",
            "cbrt(x*y - 4)",
            "cot(x + y)",
            "|x|*y³",
            "floor(x + y) + x²",
        ] {
            let f = FormulaObjective(Tape::of(&Expression::read(text).unwrap()));
            let (w, step) = ([0.7, 1.6], 1e-5);
            let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
            f.value_and_gradient(&w, &mut g);
            f.hessian(&w, &mut h);
            for i in 0..2 {
                let moved = |by: f64| {
                    let (mut at, mut g) = (w, [0.0; 2]);
                    at[i] += by;
                    (f.value_and_gradient(&at, &mut g), g)
                };
                let ((less, g_less), (more, g_more)) = (moved(-step), moved(step));
                let slope = (more - less) / (2.0 * step);
                assert!((slope - g[i]).abs() < 1e-8, "{text}: {slope} {}", g[i]);
                for j in 0..2 {
                    let curve = (g_more[j] - g_less[j]) / (2.0 * step);
                    assert!((curve - h[2 * i + j]).abs() < 1e-7, "{text}: {curve} {h:?}");
                }
            }
        }
    }

    #[test]
    fn derivatives_are_zero_where_only_the_direction_is_undefined() {
        let gradient = |text: &str, w: [f64; 2]| {
            let mut g = [1.0; 2];
            let f = FormulaObjective(Tape::of(&Expression::read(text).unwrap()));
            f.value_and_gradient(&w, &mut g);
            g
        };
        for text in [
            "atan2(y, x)",
            "cbrt(x*x + y*y)",
            "acos(cos(x)) + asin(cos(y))",
        ] {
            assert_eq!(gradient(text, [0.0; 2]), [0.0; 2], "{text}");
        }
        assert!(gradient("cbrt(x)", [0.0; 2])[0].is_infinite());
        assert!(gradient("asin(x)", [1.0, 0.0])[0].is_infinite());
    }

    #[test]
    fn limits_the_depth_but_not_the_length() {
        let deep = "(".repeat(100_000);
        assert!(Expression::read(&deep).is_err());
        let minus = format!("{}x", "-".repeat(100_000));
        assert!(Expression::read(&minus).is_err());
        let wide = format!("x{}", "+x".repeat(10_000));
        assert_eq!(value(&wide, [1.0, 0.0]), 10_001.0);
    }
}
