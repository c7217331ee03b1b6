//! From words to steps: operators by how strongly they bind (Pratt's way).

use super::{
    BINARY, Binary, CONSTANTS, DEEPEST, Range, Step, UNARY, Unary, VARIABLES,
    token::{Placed, Token, Wrong, tokens},
};
use crate::{Error, numeric::float::powf};

/// Where in the words the parser stands.
struct Parser<'a> {
    tokens: Vec<Placed<'a>>,
    at: usize,
    steps: Vec<Step>,
    /// Brackets and operators that are open: more than [`DEEPEST`] would exhaust the call stack in the end.
    depth: usize,
}

/// The steps of a formula.
///
/// # Errors
/// The text is no formula.
pub(super) fn parse(text: &str) -> Result<Vec<Step>, Wrong> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        let message = "the formula is empty: write one in x and y, such as x^2 + 2*y^2";
        return Err((0..text.len(), Error::Grammar(message.to_owned())));
    }
    let mut parser = Parser {
        tokens,
        at: 0,
        steps: Vec::new(),
        depth: 0,
    };
    parser.sum(0)?;
    match parser.next() {
        None => Ok(parser.steps),
        Some((Token::Comma, place)) => {
            let message = "a comma stands only between the numbers of a function";
            Err((place, Error::Grammar(message.to_owned())))
        }
        Some((_, place)) => Err((
            place,
            Error::Grammar("this bracket was not opened".to_owned()),
        )),
    }
}

/// How strongly an operator binds on its left and on its right.
fn binding(operator: Binary) -> (u8, u8) {
    match operator {
        Binary::Add | Binary::Subtract => (1, 2),
        Binary::Multiply | Binary::Divide => (3, 4),
        // From the right: 2^3^2 is 2^(3^2).
        _ => (8, 7),
    }
}

/// How strongly a sign in front binds: more than a product, less than a power, so that -x^2 is -(x^2).
const SIGN: u8 = 6;

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).map(|(token, _)| *token)
    }

    fn next(&mut self) -> Option<Placed<'a>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// An operand and all operators behind it that bind at least as strongly as `least`.
    fn sum(&mut self, least: u8) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let place = self.tokens[self.at.min(self.tokens.len() - 1)].1.clone();
            let message = format!("the formula is nested more than {DEEPEST} deep");
            return Err((place, Error::Grammar(message)));
        }
        self.operand()?;
        loop {
            let (operator, written) = match self.peek() {
                Some(Token::Operator(operator)) => (operator, true),
                // Nothing between two factors, as in 2x or (x+1)(y+1), is a product.
                Some(Token::Number(_) | Token::Name(_) | Token::Open) => (Binary::Multiply, false),
                _ => break,
            };
            let (left, right) = binding(operator);
            if left < least {
                break;
            }
            self.at += usize::from(written);
            let begin = self.steps.len();
            self.sum(right)?;
            self.join(operator, begin);
        }
        self.depth -= 1;
        Ok(())
    }

    /// Writes the operator whose second operand's steps begin at `begin`.
    fn join(&mut self, operator: Binary, begin: usize) {
        let exponent = match (operator, &self.steps[begin..]) {
            (Binary::Power, [Step::Constant(c)]) => Some(*c),
            (Binary::Power, [Step::Constant(c), Step::Unary(Unary::Minus)]) => Some(-*c),
            _ => None,
        };
        let Some(exponent) = exponent else {
            return self.steps.push(Step::Binary(operator));
        };
        self.steps.truncate(begin);
        // What ends with a constant is one: a power of it is a constant too.
        match self.steps.last_mut() {
            Some(Step::Constant(base)) => *base = powf(*base, exponent),
            _ => self.steps.push(Step::Power(exponent)),
        }
    }

    fn operand(&mut self) -> Result<(), Wrong> {
        let wrong =
            |place: Range<usize>, message: &str| Err((place, Error::Grammar(message.to_owned())));
        let Some((token, place)) = self.next() else {
            let place = self.tokens[self.tokens.len() - 1].1.clone();
            return wrong(
                place,
                "something must follow here: a number, a weight, a bracket",
            );
        };
        match token {
            Token::Number(number) => self.steps.push(Step::Constant(number)),
            Token::Operator(Binary::Add) => self.sum(SIGN)?,
            Token::Operator(Binary::Subtract) => {
                self.sum(SIGN)?;
                self.steps.push(Step::Unary(Unary::Minus));
            }
            Token::Open => {
                self.sum(0)?;
                self.close(place)?;
            }
            Token::Name(name) => self.name(name, place)?,
            Token::Operator(_) | Token::Close | Token::Comma => {
                return wrong(place, "a number or a weight must stand here");
            }
        }
        Ok(())
    }

    /// The bracket that closes the one at `opened`; returns its end.
    fn close(&mut self, opened: Range<usize>) -> Result<usize, Wrong> {
        match self.next() {
            Some((Token::Close, place)) => Ok(place.end),
            Some((Token::Comma, place)) => {
                let message = "a comma stands only between the numbers of a function";
                Err((place, Error::Grammar(message.to_owned())))
            }
            _ => Err((
                opened,
                Error::Grammar("this bracket is not closed".to_owned()),
            )),
        }
    }

    /// A weight, a constant, or a function with its numbers in brackets.
    fn name(&mut self, name: &str, place: Range<usize>) -> Result<(), Wrong> {
        if let Some((_, i)) = VARIABLES.iter().find(|(known, _)| *known == name) {
            self.steps.push(Step::Variable(*i));
            return Ok(());
        }
        if let Some((_, c)) = CONSTANTS.iter().find(|(known, _)| *known == name) {
            self.steps.push(Step::Constant(*c));
            return Ok(());
        }
        let unary = UNARY.iter().find(|(known, _)| *known == name);
        let binary = BINARY.iter().find(|(known, _)| *known == name);
        let (step, numbers) = match (unary, binary) {
            (Some((_, f)), _) => (Step::Unary(*f), 1),
            (None, Some((_, f))) => (Step::Binary(*f), 2),
            (None, None) => return Err((place, unknown(name))),
        };
        let Some((Token::Open, opened)) = self.next() else {
            let message = format!("what `{name}` is of stands in brackets: {name}(x)");
            return Err((place, Error::Grammar(message)));
        };
        let mut given = 1;
        self.sum(0)?;
        while self.peek() == Some(Token::Comma) {
            self.at += 1;
            given += 1;
            self.sum(0)?;
        }
        let end = self.close(opened)?;
        if given != numbers {
            let plural = if numbers == 1 { "" } else { "s" };
            let message = format!("`{name}` is of {numbers} number{plural}, not of {given}");
            return Err((place.start..end, Error::Grammar(message)));
        }
        self.steps.push(step);
        Ok(())
    }
}

/// There is nothing of this name; the nearest name is a way out.
fn unknown(name: &str) -> Error {
    let functions = UNARY.iter().map(|(name, _)| *name);
    let functions = functions.chain(BINARY.iter().map(|(name, _)| *name));
    let constants = CONSTANTS.iter().map(|(name, _)| *name);
    let variables = VARIABLES.iter().map(|(name, _)| *name);
    Error::UnknownId {
        kind: "weight, number or function",
        given: name.to_owned(),
        allowed: variables
            .chain(constants)
            .chain(functions)
            .map(Into::into)
            .collect(),
    }
}
