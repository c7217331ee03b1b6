//! Writes a formula as text.

use super::{
    dual::Operator,
    tree::{Expression, ExpressionNode, Leaf, NodeId, SELECTION},
};
use crate::numeric::number::ShortestFloat;
use std::{
    fmt::Write as _,
    iter::{once, repeat},
};

/// A formula with more nodes is not written: it could exceed the call stack.
const MAX_NODES: usize = 2000;

impl Expression {
    /// Writes the formula. `name` returns the name of an input, or `None` if it has none; then the result is `None`, too. It is
    /// also `None` for a formula with thousands of operations.
    pub fn written(&self, name: &dyn Fn(usize) -> Option<String>) -> Option<String> {
        self.written_part(self.root(), name)
    }

    /// Writes the part of the formula whose root is `id`, as [`written`](Self::written) does.
    pub fn written_part(
        &self,
        id: NodeId,
        name: &dyn Fn(usize) -> Option<String>,
    ) -> Option<String> {
        if self.root() >= MAX_NODES {
            return None;
        }
        let mut text = String::new();
        self.write(id, name, &mut text)?;
        Some(text)
    }

    fn write(
        &self,
        id: NodeId,
        name: &dyn Fn(usize) -> Option<String>,
        text: &mut String,
    ) -> Option<()> {
        match self.node(id) {
            ExpressionNode::Leaf(Leaf::Constant(c)) => {
                let _ = write!(text, "{}", ShortestFloat(*c));
            }
            ExpressionNode::Leaf(Leaf::Input(i)) => text.push_str(&name(*i)?),
            ExpressionNode::Negative(a) => {
                text.push('-');
                self.write(*a, name, text)?;
            }
            ExpressionNode::Binary(operator, a, b) => {
                self.write(*a, name, text)?;
                text.push_str(match operator {
                    Operator::Add => " + ",
                    Operator::Subtract => " - ",
                    Operator::Multiply => " * ",
                    Operator::Divide => " / ",
                });
                self.write(*b, name, text)?;
            }
            ExpressionNode::Power(a, b) => {
                self.write(*a, name, text)?;
                text.push('^');
                self.write(*b, name, text)?;
            }
            ExpressionNode::Call(f, arguments) => {
                text.push_str(f.name());
                for (argument, before) in arguments.iter().zip(once("(").chain(repeat(", "))) {
                    text.push_str(before);
                    self.write(*argument, name, text)?;
                }
                text.push(')');
            }
            ExpressionNode::Select(parts) => {
                text.push_str(SELECTION);
                for (part, before) in parts.iter().zip(["(", " < ", ", ", ", "]) {
                    text.push_str(before);
                    self.write(*part, name, text)?;
                }
                text.push(')');
            }
            ExpressionNode::Group { inner, square } => {
                let [open, close] = if *square { ['[', ']'] } else { ['(', ')'] };
                text.push(open);
                self.write(*inner, name, text)?;
                text.push(close);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_formula_is_the_same_formula() {
        for text in [
            "x^2 + 3 * y",
            "-(x - y)^2 / [x + 1]",
            "where(x < y, min(x, 2), -y^-2)",
            "sqrt(abs(x)) * exp(-x / 2) - 1e-9",
        ] {
            let formula = Expression::read(text).unwrap();
            let names = |i: usize| Some(["x", "y"][i].to_owned());
            let written = formula.written(&names).unwrap();
            assert_eq!(Expression::read(&written).unwrap(), formula, "{written}");
        }
        let formula = Expression::read("x >= y").map(|_| ());
        assert!(formula.unwrap_err().1.to_string().contains("where"));
        let nameless = Expression::read("x + y").unwrap();
        assert_eq!(
            nameless.written(&|i| (i == 0).then(|| "x".to_owned())),
            None
        );
    }
}
