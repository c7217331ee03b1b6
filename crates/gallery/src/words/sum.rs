//! The formula of a step: evaluated for one weight, and written with its numbers.

use super::pieces::number;
use thalweg::{
    dual::{LaneNumber, Operator, Unary},
    expression::{
        parse::{NameResolver, parse},
        tree::{Expression, ExpressionNode, Function, NodeId},
    },
    float::Scalar,
};

/// Returns the value of a formula, and the formula with numbers in the places of its names, all of them constants;
/// `None` if it is not a formula or has an unknown name.
pub(super) fn worked_out(formula: &str, names: &dyn NameResolver) -> Option<(f64, String)> {
    let formula = parse(formula, names).ok()?;
    let zero = LaneNumber::new(Scalar, 0.0);
    let values = formula.values(zero, &[]);
    let values: Vec<f64> = values.iter().map(|v| v.number(zero).value).collect();
    let mut written = String::new();
    write(&formula, &values, formula.root(), &mut written);
    Some((values[formula.root()], written))
}

/// Writes a node, given the values of all nodes: sums, products, and roots by their operands, the rest as one number.
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
            part("\u{221a}", arguments[0])
        }
        ExpressionNode::Group {
            inner,
            square: false,
        } => {
            part("(", *inner);
            into.push(')');
        }
        _ => {
            // A number below zero stands in brackets where something stands before it.
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
    fn is_worked_out_and_written_with_its_numbers() {
        for (formula, value, said) in [
            ("a * b", -6.0, "2 × (−3)"),
            ("-a * b + a / 4", 6.5, "−2 × (−3) + 2 / 4"),
            ("[1 - a^3] - twice(b)", -1.0, "−7 − (−6)"),
            ("a * (b + 1)", -4.0, "2 × (−3 + 1)"),
            ("a * (a + b)", -2.0, "2 × (2 + (−3))"),
            ("a / sqrt([a + a])", 1.0, "2 / √4"),
            ("[-sign(b)] * a", 2.0, "1 × 2"),
            ("0", 0.0, "0"),
        ] {
            let (found, written) = worked_out(formula, &Some2).unwrap();
            assert_eq!((found, &*written), (value, said), "{formula}");
        }
        for wrong in ["c", "a +", "(a", "a # b", "thrice(a)", ""] {
            assert!(worked_out(wrong, &Some2).is_none(), "{wrong}");
        }
    }
}
