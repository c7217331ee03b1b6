//! Writes a formula in Python: its operations as nested expressions, and a variable for each value that is used several times.

use super::framework::{Framework, float};
use thalweg::{
    dual::{Operator, Unary},
    expression::operations::{NumberIndex, Operation, SeparatedOperations},
    number::ShortestFloat,
    tape::Tape,
};

/// How strongly the parts of an expression are bound, as in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Sign,
    Power,
    Atom,
}

/// An expression of Python.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    binding: Binding,
    /// The value of a constant.
    constant: Option<f64>,
}

impl Part {
    fn new(text: impl Into<String>, binding: Binding) -> Self {
        Self {
            text: text.into(),
            binding,
            constant: None,
        }
    }

    fn constant(v: f64) -> Self {
        let text = if v.is_finite() {
            ShortestFloat(v).to_string()
        } else {
            float(v)
        };
        let binding = if v < 0.0 {
            Binding::Sign
        } else {
            Binding::Atom
        };
        Self {
            constant: Some(v),
            ..Self::new(text, binding)
        }
    }

    /// Returns the text, in brackets if it is bound less strongly.
    fn bound(&self, least: Binding) -> String {
        if self.binding < least {
            format!("({})", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// Returns the body of a function of the parameters `w` that returns the value of a formula, in lines.
pub(super) fn body(tape: &Tape, framework: Framework) -> Vec<String> {
    let mut separated = SeparatedOperations::default();
    tape.operations().separate(&[None, None], &mut separated);
    let (constants, operations) = (separated.known, separated.others);
    let uses = uses(tape.value(), &operations, constants.len());
    let constant = |v: &Option<f64>| Part::constant(v.unwrap_or(f64::NAN));
    let mut parts: Vec<Part> = constants.iter().map(constant).collect();
    parts[0] = Part::new("x", Binding::Atom);
    parts[1] = Part::new("y", Binding::Atom);
    let mut lines = vec!["x, y = w[0]".to_owned()];
    let mut variables = 0;
    for (place, operation) in operations.into_iter().filter(|(place, _)| uses[*place] > 0) {
        parts[place] = part(operation, &parts, framework);
        if uses[place] > 1 {
            variables += 1;
            lines.push(format!("t{variables} = {}", parts[place].text));
            parts[place] = Part::new(format!("t{variables}"), Binding::Atom);
        }
    }
    let value = &parts[tape.value()];
    // The loss must be an array that depends on the weights, even if it is constant.
    lines.push(if value.constant.is_some() {
        format!("return {} + 0 * x", value.text)
    } else {
        format!("return {}", value.text)
    });
    lines
}

/// Returns how often each number is used by the value of the formula.
fn uses(value: NumberIndex, operations: &[(NumberIndex, Operation)], count: usize) -> Vec<usize> {
    let mut uses = vec![0; count];
    uses[value] = 1;
    for (place, operation) in operations.iter().rev() {
        if uses[*place] > 0 {
            let operands = operation.operands().into_iter().flatten();
            operands.for_each(|operand| uses[operand] += 1);
        }
    }
    uses
}

/// Returns the expression of an operation.
fn part(operation: Operation, parts: &[Part], framework: Framework) -> Part {
    match operation {
        Operation::Constant(c) => Part::constant(c),
        Operation::Unary(Unary::Minus, a) => {
            Part::new(format!("-{}", parts[a].bound(Binding::Sign)), Binding::Sign)
        }
        Operation::Unary(Unary::Squared, a) => power(&parts[a], "2"),
        Operation::Unary(f, a) => {
            let text = framework.function(f, &parts[a].text);
            let is_product = f == Unary::Cbrt && framework == Framework::Torch;
            let binding = if is_product {
                Binding::Product
            } else {
                Binding::Atom
            };
            Part::new(text, binding)
        }
        Operation::Binary(operator, a, b) => binary(operator, &parts[a], &parts[b]),
        Operation::WithConstant(Operator::Add, a, c) if c < 0.0 => {
            binary(Operator::Subtract, &parts[a], &Part::constant(-c))
        }
        Operation::WithConstant(Operator::Subtract, a, c) if c < 0.0 => {
            binary(Operator::Add, &parts[a], &Part::constant(-c))
        }
        Operation::WithConstant(operator, a, c) => binary(operator, &parts[a], &Part::constant(c)),
        Operation::Power(a, exponent) => power(&parts[a], &Part::constant(exponent).text),
        Operation::Angle(y, x) => {
            let [y, x] = [y, x].map(|place| array(&parts[place], framework));
            let atan2 = framework.either("torch.atan2", "jnp.arctan2");
            Part::new(format!("{atan2}({y}, {x})"), Binding::Atom)
        }
        Operation::SelectLess([a, b, then, otherwise]) => {
            let [a, b] = [a, b].map(|place| parts[place].bound(Binding::Sum));
            let [then, otherwise] = [then, otherwise].map(|place| array(&parts[place], framework));
            let select = framework.either("torch.where", "jnp.where");
            Part::new(
                format!("{select}({a} < {b}, {then}, {otherwise})"),
                Binding::Atom,
            )
        }
    }
}

fn power(base: &Part, exponent: &str) -> Part {
    Part::new(
        format!("{}**{exponent}", base.bound(Binding::Atom)),
        Binding::Power,
    )
}

/// Returns an argument of a function that does not accept plain numbers.
fn array(part: &Part, framework: Framework) -> String {
    match part.constant {
        Some(v) => framework.array(&float(v)),
        None => part.text.clone(),
    }
}

/// Returns two expressions with an operator between them. Python reads such expressions from left to right.
fn binary(operator: Operator, a: &Part, b: &Part) -> Part {
    let (symbol, binding, next) = match operator {
        Operator::Add => ("+", Binding::Sum, Binding::Product),
        Operator::Subtract => ("-", Binding::Sum, Binding::Product),
        Operator::Multiply => ("*", Binding::Product, Binding::Sign),
        Operator::Divide => ("/", Binding::Product, Binding::Sign),
    };
    Part::new(
        format!("{} {symbol} {}", a.bound(binding), b.bound(next)),
        binding,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::problems;

    fn lines(formula: &str, framework: Framework) -> Vec<String> {
        let pick = thalweg::pick::Pick::with_setting("formula", "formula", formula);
        let problem = problems::build(&pick).expect("a formula");
        body(&problem.objective.tape().expect("a tape"), framework)
    }

    #[test]
    fn formulas_are_written_with_the_brackets_of_python() {
        let returned = |formula: &str| lines(formula, Framework::Torch).pop().unwrap_or_default();
        for (formula, expected) in [
            ("x^2+3*y^2", "return x**2 + 3 * y**2"),
            ("x-(y-1)", "return x - (y - 1)"),
            ("(x-y)/(2*y)", "return (x - y) / (2 * y)"),
            ("-x^2*y", "return -x**2 * y"),
            ("(-x)^2", "return (-x)**2"),
            (
                "exp(-x)+|y|",
                "return torch.exp(-x) + torch.where(y < 0, -y, y)",
            ),
            ("x^-1.5*2^3", "return x**-1.5 * 8"),
            ("atan2(y,2)", "return torch.atan2(y, torch.tensor(2.0))"),
            ("7", "return 7 + 0 * x"),
        ] {
            assert_eq!(returned(formula), expected, "{formula}");
        }
    }

    #[test]
    fn a_value_that_is_used_twice_is_a_variable() {
        let lines = lines("|x-y|", Framework::Jax);
        let expected = [
            "x, y = w[0]",
            "t1 = x - y",
            "return jnp.where(t1 < 0, -t1, t1)",
        ];
        assert_eq!(lines, expected);
    }
}
