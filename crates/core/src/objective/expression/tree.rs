//! A formula as a tree, and the evaluation of the tree.

use super::{
    dual::{Number, Operator, Unary},
    surface::Formula,
};
use crate::numeric::float::powf;

/// Position of a node in its [`Expression`].
pub type NodeId = usize;

/// A formula as a tree: every node after its operands, the root last.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// At least one.
    pub(super) nodes: Vec<ExpressionNode>,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionNode {
    /// A number, a constant, or a name.
    Leaf(Leaf),
    /// Minus the operand.
    Negative(NodeId),
    /// Two operands with an operator between them.
    Binary(Operator, NodeId, NodeId),
    /// A base and its exponent.
    Power(NodeId, NodeId),
    /// A function of its arguments.
    Call(Function, Vec<NodeId>),
    /// `where`: the third part if the first one is less than the second one, else the fourth part. Nothing is less than NaN.
    Select([NodeId; 4]),
    /// Brackets; square ones in a step explanation show their value as one number.
    Group {
        /// The part in the brackets.
        inner: NodeId,
        /// Whether the brackets are square.
        square: bool,
    },
}

/// The meaning of a number or a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leaf {
    /// This number.
    Constant(f64),
    /// The input at this position.
    Input(usize),
}

/// Functions of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// A function that every [`Number`] has.
    Of(Unary),
    /// The tangent.
    Tan,
    /// The cotangent.
    Cot,
    /// The angle of the point (x, y), given y and x.
    Atan2,
    /// The absolute value.
    Abs,
    /// -1, 0 or 1.
    Sign,
    /// The smaller of two numbers.
    Min,
    /// The larger of two numbers.
    Max,
}

/// Functions by name. `log` is the natural logarithm.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("sin", Function::Of(Unary::Sin)),
    ("cos", Function::Of(Unary::Cos)),
    ("tan", Function::Tan),
    ("cot", Function::Cot),
    ("asin", Function::Of(Unary::Asin)),
    ("acos", Function::Of(Unary::Acos)),
    ("atan", Function::Of(Unary::Atan)),
    ("atan2", Function::Atan2),
    ("sinh", Function::Of(Unary::Sinh)),
    ("cosh", Function::Of(Unary::Cosh)),
    ("tanh", Function::Of(Unary::Tanh)),
    ("sigmoid", Function::Of(Unary::Sigmoid)),
    ("exp", Function::Of(Unary::Exp)),
    ("exp2", Function::Of(Unary::Exp2)),
    ("ln", Function::Of(Unary::Ln)),
    ("log", Function::Of(Unary::Ln)),
    ("log2", Function::Of(Unary::Log2)),
    ("log10", Function::Of(Unary::Log10)),
    ("sqrt", Function::Of(Unary::Sqrt)),
    ("cbrt", Function::Of(Unary::Cbrt)),
    ("abs", Function::Abs),
    ("sign", Function::Sign),
    ("floor", Function::Of(Unary::Floor)),
    ("min", Function::Min),
    ("max", Function::Max),
];

/// The function that chooses between two values: `where(a < b, then, otherwise)`.
pub(super) const SELECTION: &str = "where";

/// Returns the names of all functions.
pub(crate) fn function_names() -> impl Iterator<Item = &'static str> {
    let functions = FUNCTIONS.iter().map(|(name, _)| *name);
    functions.chain([SELECTION])
}

impl Function {
    /// Returns the name in formulas.
    pub(super) fn name(self) -> &'static str {
        let mut functions = FUNCTIONS.iter();
        functions
            .find(|(_, function)| *function == self)
            .map_or("", |(name, _)| name)
    }

    /// Returns the number of arguments.
    pub(super) fn arity(self) -> usize {
        match self {
            Self::Min | Self::Max | Self::Atan2 => 2,
            _ => 1,
        }
    }

    /// Applies the function to its arguments.
    #[expect(clippy::eq_op, reason = "a - a is zero, or NaN if a is NaN")]
    fn apply<N: Number>(self, arguments: &[N]) -> N {
        let (a, b) = (arguments[0], arguments[arguments.len() - 1]);
        let less = N::select_less;
        let zero = || a.constant(0.0);
        match self {
            Self::Of(f) => a.unary(f),
            Self::Tan => a.sin() / a.cos(),
            Self::Cot => a.cos() / a.sin(),
            Self::Atan2 => a.atan2(b),
            Self::Abs => less(a, zero(), -a, a),
            // The sign of NaN is NaN.
            Self::Sign => {
                let above = less(zero(), a, a.constant(1.0), a - a);
                less(a, zero(), a.constant(-1.0), above)
            }
            Self::Min => less(b, a, b, a),
            Self::Max => less(a, b, b, a),
        }
    }
}

/// The value of a node. Constants are separate variants, because a power with a constant exponent does not need a
/// logarithm.
#[derive(Clone, Copy, Debug)]
pub enum NodeValue<N> {
    /// A constant.
    Constant(f64),
    /// Minus a constant: its derivatives are -0.
    Negative(f64),
    /// A number of the requested kind.
    Number(N),
}

impl<N: Number> NodeValue<N> {
    /// Returns the value as a number of the same kind as `like`.
    pub fn number(self, like: N) -> N {
        match self {
            Self::Constant(c) => like.constant(c),
            Self::Negative(c) => -like.constant(c),
            Self::Number(v) => v,
        }
    }
}

impl Expression {
    /// Returns the position of the root.
    pub fn root(&self) -> NodeId {
        self.nodes.len() - 1
    }

    /// Returns the node at `id`.
    pub fn node(&self, id: NodeId) -> &ExpressionNode {
        &self.nodes[id]
    }

    /// Returns the values of all nodes, as numbers of the same kind as `like`, for these inputs.
    pub fn values<N: Number>(&self, like: N, inputs: &[N]) -> Vec<NodeValue<N>> {
        let mut values: Vec<NodeValue<N>> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let number = |id: NodeId| values[id].number(like);
            let value = match node {
                ExpressionNode::Leaf(Leaf::Constant(c)) => NodeValue::Constant(*c),
                ExpressionNode::Leaf(Leaf::Input(i)) => NodeValue::Number(inputs[*i]),
                ExpressionNode::Group { inner, .. } => values[*inner],
                ExpressionNode::Negative(a) => match values[*a] {
                    NodeValue::Constant(c) => NodeValue::Negative(c),
                    _ => NodeValue::Number(-number(*a)),
                },
                ExpressionNode::Binary(f, a, b) => {
                    let mut result = number(*a);
                    f.write(result, number(*b), &mut result);
                    NodeValue::Number(result)
                }
                ExpressionNode::Power(a, b) => power(values[*a], values[*b], like),
                ExpressionNode::Call(f, arguments) => {
                    let arguments: Vec<N> = arguments.iter().map(|a| number(*a)).collect();
                    NodeValue::Number(f.apply(&arguments))
                }
                ExpressionNode::Select(parts) => {
                    let [a, b, then, otherwise] = parts.map(number);
                    NodeValue::Number(N::select_less(a, b, then, otherwise))
                }
            };
            values.push(value);
        }
        values
    }
}

impl Formula for Expression {
    fn at<N: Number>(&self, w: [N; 2]) -> N {
        self.values(w[0], &w)[self.root()].number(w[0])
    }
}

/// Computes a power. Small whole exponents are computed as products.
fn power<N: Number>(base: NodeValue<N>, exponent: NodeValue<N>, like: N) -> NodeValue<N> {
    let constant = match exponent {
        NodeValue::Constant(c) => c,
        NodeValue::Negative(c) => -c,
        // With a variable exponent the base must be positive.
        NodeValue::Number(b) => return NodeValue::Number((b * base.number(like).ln()).exp()),
    };
    if let NodeValue::Constant(base) = base {
        return NodeValue::Constant(powf(base, constant));
    }
    let a = base.number(like);
    NodeValue::Number(match constant {
        1.0 => a,
        2.0 => a.squared(),
        3.0 => a.squared() * a,
        4.0 => a.squared().squared(),
        -1.0 => a.constant(1.0) / a,
        0.5 => a.sqrt(),
        _ => a.powf(constant),
    })
}
