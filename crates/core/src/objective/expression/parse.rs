//! Parses the tokens of a formula into a tree (a Pratt parser).
//!
//! The crate exmex supports custom operators and numbers, too. But it reads `-x^2` as `(-x)^2` and does not report the
//! positions of errors.

pub use super::token::FormulaError;
use super::{
    dual::Operator,
    token::{Comparison, PlacedToken, Token, tokens},
    tree::{
        Expression, ExpressionNode, FUNCTIONS, Function, Leaf, NodeId, SELECTION, function_names,
    },
};
use crate::{Error, error::mistyped};
use std::{borrow::Cow, ops::Range};

/// Resolves the names in a formula, except constants and functions.
pub trait NameResolver {
    /// Returns the meaning of a name.
    fn name(&self, name: &str) -> Option<Leaf>;

    /// Returns the meaning of `function(name)`, if the function applies to a name instead of a number.
    fn of(&self, _function: &str, _name: &str) -> Option<Leaf> {
        None
    }

    /// Returns all names, as suggestions in errors.
    fn known(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }
}

/// Constants by name.
const CONSTANTS: &[(&str, f64)] = &[("pi", std::f64::consts::PI), ("e", std::f64::consts::E)];

/// Names of other functions that look like a typing error: `lg` is a logarithm to another base.
const OTHER_FUNCTIONS: &[&str] = &["lg"];

/// Limit of open brackets and operators: enough for formulas written by hand, and safe for the call stack.
const MAX_DEPTH: usize = 64;

/// Binding power of a sign: more than a product, less than a power, so that -x^2 is -(x^2).
const SIGN: u8 = 6;

/// Reads a formula.
///
/// # Errors
/// The text is not a formula; the error comes with the part of the text that is wrong.
pub fn parse(text: &str, names: &dyn NameResolver) -> Result<Expression, FormulaError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        let message = "the formula is empty: write a formula in x and y, such as x^2 + 2*y^2";
        return wrong(0..text.len(), message);
    }
    let mut parser = Parser {
        text,
        names,
        tokens,
        at: 0,
        nodes: Vec::new(),
        depth: 0,
        in_bars: false,
    };
    parser.sum(0)?;
    match parser.next() {
        None => Ok(Expression {
            nodes: parser.nodes,
        }),
        Some((Token::Comma, place)) => parser.misplaced_comma(place),
        Some((Token::Compare(_), place)) => wrong(
            place,
            "a comparison is only allowed in `where`: write where(a < b, then, otherwise)",
        ),
        Some((_, place)) => wrong(
            place,
            "this bracket was not opened: remove it or add an opening bracket",
        ),
    }
}

fn wrong<T>(place: Range<usize>, message: impl Into<String>) -> Result<T, FormulaError> {
    Err((place, Error::Grammar(message.into())))
}

/// The state of the parser.
struct Parser<'a> {
    text: &'a str,
    names: &'a dyn NameResolver,
    tokens: Vec<PlacedToken<'a>>,
    at: usize,
    nodes: Vec<ExpressionNode>,
    /// Number of open brackets and operators.
    depth: usize,
    /// Whether the innermost open bracket is the bar of an absolute value. The next bar then closes it.
    in_bars: bool,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).map(|(token, _)| *token)
    }

    fn next(&mut self) -> Option<PlacedToken<'a>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    fn push(&mut self, node: ExpressionNode) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Parses an operand and the following operators whose binding power is at least `least`.
    fn sum(&mut self, least: u8) -> Result<NodeId, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let place = self.tokens[self.at.min(self.tokens.len() - 1)].1.clone();
            let message =
                format!("the formula has more than {MAX_DEPTH} nested parts: simplify it");
            return wrong(place, message);
        }
        let mut a = self.operand()?;
        loop {
            let (token, written) = match self.peek() {
                Some(token @ (Token::Operator(_) | Token::Power)) => (token, true),
                // Adjacent factors, as in 2x, (x+1)(y+1), or |x||y|, are a product.
                Some(Token::Number(_) | Token::Name(_) | Token::Open { .. }) => {
                    (Token::Operator(Operator::Multiply), false)
                }
                Some(Token::Bar) if !self.in_bars => (Token::Operator(Operator::Multiply), false),
                _ => break,
            };
            // Left and right binding power.
            let (left, right) = match token {
                Token::Operator(Operator::Add | Operator::Subtract) => (1, 2),
                Token::Operator(_) => (3, 4),
                // Right-associative: 2^3^2 is 2^(3^2).
                _ => (8, 7),
            };
            if left < least {
                break;
            }
            self.at += usize::from(written);
            let b = self.sum(right)?;
            a = self.push(match token {
                Token::Operator(operator) => ExpressionNode::Binary(operator, a, b),
                _ => ExpressionNode::Power(a, b),
            });
        }
        self.depth -= 1;
        Ok(a)
    }

    fn operand(&mut self) -> Result<NodeId, FormulaError> {
        let Some((token, place)) = self.next() else {
            let place = self.tokens[self.tokens.len() - 1].1.clone();
            let message = "the formula ends after an operator or bracket: add a number, a weight, or a bracket";
            return wrong(place, message);
        };
        let node = match token {
            Token::Number(number) => ExpressionNode::Leaf(Leaf::Constant(number)),
            Token::Operator(Operator::Add) => return self.sum(SIGN),
            Token::Operator(Operator::Subtract) => ExpressionNode::Negative(self.sum(SIGN)?),
            Token::Open { square } => {
                let inner = self.enclosed(false)?;
                self.close(place)?;
                ExpressionNode::Group { inner, square }
            }
            Token::Bar => {
                let inner = self.enclosed(true)?;
                match self.next() {
                    Some((Token::Bar, _)) => ExpressionNode::Call(Function::Abs, vec![inner]),
                    Some((Token::Comma, place)) => return self.misplaced_comma(place),
                    _ => return wrong(place, "this bar is not closed: add a second bar"),
                }
            }
            Token::Name(name) => self.name(name, place)?,
            _ => {
                return wrong(
                    place,
                    "this is not an operand: write a number, a weight, or a bracket",
                );
            }
        };
        Ok(self.push(node))
    }

    /// Returns the error of the comma that was read last. Between digits, it is a decimal comma.
    fn misplaced_comma<T>(&self, place: Range<usize>) -> Result<T, FormulaError> {
        let before = self.at.checked_sub(2).map(|before| &self.tokens[before]);
        if let (Some((Token::Number(_), whole)), Some((Token::Number(_), fraction))) =
            (before, self.tokens.get(self.at))
            && whole.end == place.start
            && place.end == fraction.start
        {
            let (given, place) = (whole.start..fraction.end, whole.end..fraction.start);
            let comma = &self.text[given.clone()];
            let point = format!(
                "{}.{}",
                &self.text[given.start..place.start],
                &self.text[place.end..given.end]
            );
            return wrong(
                given.clone(),
                format!("`{comma}` is not a number: write {point}"),
            );
        }
        let message =
            "this comma is not allowed: a comma only separates the arguments of a function";
        wrong(place, message)
    }

    /// Parses the content of brackets, or of the bars of an absolute value.
    fn enclosed(&mut self, in_bars: bool) -> Result<NodeId, FormulaError> {
        let outer = std::mem::replace(&mut self.in_bars, in_bars);
        let inner = self.sum(0);
        self.in_bars = outer;
        inner
    }

    /// Reads the bracket that closes the one at `opened`, and returns its end.
    fn close(&mut self, opened: Range<usize>) -> Result<usize, FormulaError> {
        match self.next() {
            Some((Token::Close, place)) => Ok(place.end),
            Some((Token::Comma, place)) => self.misplaced_comma(place),
            _ => wrong(opened, "this bracket is not closed: add a closing bracket"),
        }
    }

    /// Resolves a name: a weight, a constant, or a function with its arguments.
    fn name(&mut self, name: &str, place: Range<usize>) -> Result<ExpressionNode, FormulaError> {
        if let Some(leaf) = self.names.name(name) {
            return Ok(ExpressionNode::Leaf(leaf));
        }
        if let Some((_, c)) = CONSTANTS.iter().find(|(known, _)| *known == name) {
            return Ok(ExpressionNode::Leaf(Leaf::Constant(*c)));
        }
        if let Some((_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) {
            return self.call(name, *function, place);
        }
        if name == SELECTION {
            return self.selection(place);
        }
        if let [
            (Token::Open { .. }, _),
            (Token::Name(of), _),
            (Token::Close, _),
            ..,
        ] = &self.tokens[self.at..]
            && let Some(leaf) = self.names.of(name, of)
        {
            self.at += 3;
            return Ok(ExpressionNode::Leaf(leaf));
        }
        let mut allowed = self.names.known();
        allowed.extend(CONSTANTS.iter().map(|(name, _)| (*name).into()));
        allowed.extend(function_names().map(Into::into));
        let meant = mistyped(name, &allowed).filter(|_| !OTHER_FUNCTIONS.contains(&name));
        let error = Error::UnknownName {
            given: name.to_owned(),
            meant: meant.map(str::to_owned),
            allowed,
        };
        Err((place, error))
    }

    /// Parses the condition and the two values of `where`.
    fn selection(&mut self, place: Range<usize>) -> Result<ExpressionNode, FormulaError> {
        let whole = "write where(a < b, then, otherwise)";
        let Some((Token::Open { .. }, opened)) = self.next() else {
            return wrong(place, format!("`where` needs brackets: {whole}"));
        };
        let a = self.enclosed(false)?;
        let Some((Token::Compare(comparison), _)) = self.next() else {
            let message = format!("the condition of `where` needs one of < <= > >=: {whole}");
            return wrong(place, message);
        };
        let b = self.enclosed(false)?;
        let mut values = [0; 2];
        for value in &mut values {
            let Some((Token::Comma, _)) = self.next() else {
                let message = format!("`where` takes a condition and two values: {whole}");
                return wrong(place.start..opened.end, message);
            };
            *value = self.enclosed(false)?;
        }
        self.close(opened)?;
        let [then, otherwise] = values;
        Ok(ExpressionNode::Select(match comparison {
            Comparison::Less => [a, b, then, otherwise],
            Comparison::Greater => [b, a, then, otherwise],
            Comparison::LessOrEqual => [b, a, otherwise, then],
            Comparison::GreaterOrEqual => [a, b, otherwise, then],
        }))
    }

    /// Parses the arguments of a function.
    fn call(
        &mut self,
        name: &str,
        f: Function,
        place: Range<usize>,
    ) -> Result<ExpressionNode, FormulaError> {
        let Some((Token::Open { .. }, opened)) = self.next() else {
            let message = format!("the argument of `{name}` needs brackets: write {name}(x)");
            return wrong(place, message);
        };
        let mut arguments = vec![self.enclosed(false)?];
        while self.peek() == Some(Token::Comma) {
            self.at += 1;
            arguments.push(self.enclosed(false)?);
        }
        let end = self.close(opened)?;
        let (numbers, given) = (f.arity(), arguments.len());
        if given != numbers {
            let plural = if numbers == 1 { "" } else { "s" };
            let message = format!("`{name}` takes {numbers} argument{plural}, not {given}");
            return wrong(place.start..end, message);
        }
        Ok(ExpressionNode::Call(f, arguments))
    }
}
