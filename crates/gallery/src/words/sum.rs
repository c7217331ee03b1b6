//! Evaluates the formula of a step for one weight, and writes it with numbers instead of names.

use super::pieces::number;
use thalweg::{
    dual::{LaneNumber, Operator, Unary},
    expression::{
        parse::{NameResolver, parse},
        tree::{Expression, ExpressionNode, Function, NodeId},
    },
    float::Scalar,
};

/// Returns the value of a formula, and the formula with numbers instead of names. All names must be constants. Returns `None`
/// if the text is not a formula or contains an unknown name.
pub(super) fn substitute(formula: &str, names: &dyn NameResolver) -> Option<(f64, String)> {
    let formula = parse(formula, names).ok()?;
    let zero = LaneNumber::new(Scalar, 0.0);
    let values = formula.values(zero, &[]);
    let values: Vec<f64> = values.iter().map(|v| v.number(zero).value).collect();
    let mut written = String::new();
    write(&formula, &values, formula.root(), &mut written);
    Some((values[formula.root()], written))
}

/// Writes a node, given the values of all nodes: sums, products, and roots with their operands, all others as one number.
fn write(formula: &Expression, values: &[f64], id: NodeId, into: &mut String) {
    let mut part = |sign, id| {
        into.push_str(sign);
        write(formula, values, id, into);
    };
    match formula.node(id) {
        ExpressionNode::Negative(a) => part("\u{2212}", *a),
        ExpressionNode::Binary(operator, a, b) => {
            let sign = match operator {
                Operator::Add => " + ",
                Operator::Subtract => " \u{2212} ",
                Operator::Multiply => " \u{d7} ",
                Operator::Divide => " / ",
            };
            part("", *a);
            part(sign, *b);
        }
        ExpressionNode::Call(Function::Of(Unary::Sqrt), arguments) => {
            part("\u{221a}", arguments[0]);
        }
        ExpressionNode::Group {
            inner,
            square: false,
        } => {
            part("(", *inner);
            into.push(')');
        }
        _ => {
            // A negative number after an operator needs parentheses.
            let begins = into.is_empty() || into.ends_with('(');
            let [open, close] = if values[id] < 0.0 && !begins {
                ["(", ")"]
            } else {
                ["", ""]
            };
            into.extend([open, &number(values[id]), close]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::expression::tree::Leaf;

    struct Some2;

    impl NameResolver for Some2 {
        fn name(&self, name: &str) -> Option<Leaf> {
            let known = [("a", 2.0), ("b", -3.0)];
            let found = known.iter().find(|(known, _)| *known == name);
            found.map(|(_, v)| Leaf::Constant(*v))
        }

        fn of(&self, function: &str, name: &str) -> Option<Leaf> {
            let known = function == "twice" && name == "b";
            known.then_some(Leaf::Constant(-6.0))
        }
    }

    #[test]
    fn a_formula_is_evaluated_and_written_with_its_numbers() {
        for (formula, value, expected) in [
            ("a * b", -6.0, "2 × (−3)"),
            ("-a * b + a / 4", 6.5, "−2 × (−3) + 2 / 4"),
            ("[1 - a^3] - twice(b)", -1.0, "−7 − (−6)"),
            ("a * (b + 1)", -4.0, "2 × (−3 + 1)"),
            ("a * (a + b)", -2.0, "2 × (2 + (−3))"),
            ("a / sqrt([a + a])", 1.0, "2 / √4"),
            ("[-sign(b)] * a", 2.0, "1 × 2"),
            ("0", 0.0, "0"),
        ] {
            let (found, written) = substitute(formula, &Some2).unwrap();
            assert_eq!((found, &*written), (value, expected), "{formula}");
        }
        for wrong in ["c", "a +", "(a", "a # b", "thrice(a)", ""] {
            assert!(substitute(wrong, &Some2).is_none(), "{wrong}");
        }
    }
}
