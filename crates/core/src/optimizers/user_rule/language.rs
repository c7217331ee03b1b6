//! The language of rules: statements such as `m := beta*m + g`, separated by semicolons or line ends.

use super::names::Names;
use crate::{
    Error,
    error::shortened,
    objective::expression::{
        parse::FormulaError,
        tree::{Expression, function_names},
    },
};
use std::{cell::RefCell, ops::Range};

/// Position of a symbol in [`Rule::symbols`](RuleText::symbols).
pub(super) type SymbolId = usize;

/// The gradient `g`.
pub(super) const GRADIENT: SymbolId = 0;
/// The weight `w`.
pub(super) const WEIGHT: SymbolId = 1;
/// The loss `loss`.
pub(super) const LOSS: SymbolId = 2;
/// The number of the step, `t`, which is 1 in the first step.
pub(super) const STEP: SymbolId = 3;
/// The displacement of the weight by the statements before.
pub(super) const MOVED: SymbolId = 4;

/// The names that have a meaning in every rule, in the order of the first symbols.
pub(super) const KNOWN: [&str; 4] = ["g", "w", "loss", "t"];

/// Other names that a rule cannot use: those that have a meaning in the explanation of a step, and constants.
const RESERVED: [&str; 10] = [
    "gradient", "weight", "factor", "rows", "columns", "before", "product", "solution", "pi", "e",
];

/// A rule with more statements is refused.
const MAX_STATEMENTS: usize = 200;

/// A quantity that a formula of a rule can use.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Symbol {
    /// One of the names that every rule knows, or the displacement so far.
    Known,
    /// A state variable, which is 0 before the first step.
    Variable(String),
    /// A setting with its value.
    Setting(String, f64),
    /// The result of a function of a whole block.
    Block(BlockFunction, SymbolId),
}

/// A function of the numbers of a block of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockFunction {
    /// The Euclidean norm.
    Norm,
    /// The matrix with the same singular vectors, whose singular values are 1.
    Orthogonalize,
}

/// The functions of blocks, by name.
pub(super) const BLOCK_FUNCTIONS: [(&str, BlockFunction); 2] = [
    ("norm", BlockFunction::Norm),
    ("orthogonalize", BlockFunction::Orthogonalize),
];

/// One assignment.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    /// The weight or a state variable.
    pub(super) target: SymbolId,
    /// The new value. Its inputs are symbols.
    pub(super) formula: Expression,
    /// The results of block functions that the formula uses.
    pub(super) blocks: Vec<SymbolId>,
    /// The text.
    pub(super) text: String,
}

/// A rule as its author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RuleText {
    /// The title, if the text begins with a comment.
    pub(super) title: Option<String>,
    /// All quantities that the formulas use.
    pub(super) symbols: Vec<Symbol>,
    /// The assignments in their order.
    pub(super) statements: Vec<Statement>,
}

/// The settings that a rule can use.
pub(super) trait GivenSettings {
    /// Returns the value of a setting, if it is given.
    fn value(&self, name: &str) -> Option<f64>;
    /// Returns whether a name belongs to a setting that all rules have and cannot be used in a rule.
    fn is_shared(&self, name: &str) -> bool;
}

fn wrong<T>(place: Range<usize>, message: impl Into<String>) -> Result<T, FormulaError> {
    Err((place, Error::Grammar(message.into())))
}

/// Part of a text with its position.
#[derive(Clone, Copy)]
pub(super) struct Placed<'t> {
    pub(super) text: &'t str,
    pub(super) begin: usize,
}

impl Placed<'_> {
    fn trimmed(self) -> Self {
        let text = self.text.trim_start();
        Self {
            text: text.trim_end(),
            begin: self.begin + self.text.len() - text.len(),
        }
    }

    pub(super) fn place(self) -> Range<usize> {
        self.begin..self.begin + self.text.len()
    }

    /// Splits the part at the first `separator`, which belongs to neither part.
    fn split(self, separator: &str) -> Option<(Self, Self)> {
        let (left, right) = self.text.split_once(separator)?;
        let begin = self.begin + left.len() + separator.len();
        let left = Self { text: left, ..self };
        Some((left.trimmed(), Self { text: right, begin }.trimmed()))
    }
}

/// Returns the statements of a text, and its first comment.
fn split(text: &str) -> (Option<&str>, Vec<Placed<'_>>) {
    let (mut title, mut parts, mut begin) = (None, Vec::new(), 0);
    for line in text.split('\n') {
        let (code, comment) = match line.split_once('#') {
            Some((code, comment)) => (code, Some(comment.trim())),
            None => (line, None),
        };
        title = title.or(comment.filter(|comment| !comment.is_empty()));
        let mut from = begin;
        for statement in code.split(';') {
            let placed = Placed {
                text: statement,
                begin: from,
            };
            parts.push(placed.trimmed());
            from += statement.len() + 1;
        }
        begin += line.len() + 1;
    }
    parts.retain(|part| !part.text.is_empty());
    (title, parts)
}

/// Checks that the names of settings are allowed, and that each is given once and is not a variable.
fn check_presets(
    presets: &[(Placed, f64)],
    variables: &[String],
    given: &dyn GivenSettings,
) -> Result<(), FormulaError> {
    for (i, (name, _)) in presets.iter().enumerate() {
        check_name(*name, given)?;
        let text = name.text;
        if presets[..i].iter().any(|(other, _)| other.text == text) {
            let message = format!("`{text}` is given twice: remove one");
            return wrong(name.place(), message);
        }
        if variables.iter().any(|variable| variable == text) {
            let message = format!(
                "`{text}` is a variable of the rule, which is 0 before the first step: remove `{text} =`, or use another name"
            );
            return wrong(name.place(), message);
        }
    }
    Ok(())
}

impl RuleText {
    /// Reads a rule.
    ///
    /// # Errors
    /// The text is not a rule; the error comes with the part of the text that is wrong.
    pub(super) fn read(text: &str, given: &dyn GivenSettings) -> Result<Self, FormulaError> {
        let (title, parts) = split(text);
        if parts.len() > MAX_STATEMENTS {
            let place = parts[MAX_STATEMENTS].place();
            let message =
                format!("the rule has more than {MAX_STATEMENTS} statements: simplify it");
            return wrong(place, message);
        }
        let (mut presets, mut assignments) = (Vec::new(), Vec::new());
        for part in parts {
            if let Some(assignment) = part.split(":=") {
                assignments.push((part, assignment));
            } else if let Some((name, value)) = part.split("=") {
                presets.push((name, preset(value)?));
            } else {
                let shown = shortened(part.text, 40);
                return wrong(
                    part.place(),
                    format!(
                        "`{shown}` is not a statement: write name := formula, such as w := w - 0.1*g"
                    ),
                );
            }
        }
        let variables = variables(&assignments, given)?;
        check_presets(&presets, &variables, given)?;
        let symbols = (0..=MOVED).map(|_| Symbol::Known);
        let names = Names {
            given,
            presets: presets.iter().map(|(name, v)| (name.text, *v)).collect(),
            symbols: RefCell::new(
                symbols
                    .chain(variables.into_iter().map(Symbol::Variable))
                    .collect(),
            ),
        };
        let statements = assignments
            .into_iter()
            .map(|(whole, assignment)| names.statement(whole, assignment))
            .collect::<Result<Vec<_>, FormulaError>>()?;
        if !statements.iter().any(|s| s.target == WEIGHT) {
            return wrong(
                0..text.len(),
                "the rule does not move the weights: add a statement such as w := w - 0.1*g",
            );
        }
        Ok(Self {
            title: title.map(str::to_owned),
            symbols: names.symbols.into_inner(),
            statements,
        })
    }
}

impl RuleText {
    /// Returns the settings that the rule uses, with their values.
    pub(super) fn settings(&self) -> impl Iterator<Item = (&str, f64)> {
        self.symbols.iter().filter_map(|symbol| match symbol {
            Symbol::Setting(name, value) => Some((&**name, *value)),
            Symbol::Known | Symbol::Variable(_) | Symbol::Block(..) => None,
        })
    }

    /// Returns whether the rule uses this setting.
    pub(super) fn uses(&self, setting: &str) -> bool {
        self.settings().any(|(name, _)| name == setting)
    }
}

/// Reads the default of a setting.
fn preset(value: Placed) -> Result<f64, FormulaError> {
    match value.text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => wrong(
            value.place(),
            format!(
                "`{}` is not a number: write name = number for a setting, or name := formula for a variable",
                shortened(value.text, 40)
            ),
        ),
    }
}

/// Returns the state variables in the order of their first assignment.
fn variables(
    assignments: &[(Placed, (Placed, Placed))],
    given: &dyn GivenSettings,
) -> Result<Vec<String>, FormulaError> {
    let mut variables: Vec<String> = Vec::new();
    for (_, (target, _)) in assignments {
        let name = target.text;
        if name == KNOWN[WEIGHT] {
            continue;
        }
        if KNOWN.contains(&name) {
            return wrong(
                target.place(),
                format!(
                    "`{name}` cannot be assigned: it has a meaning in every rule; use another name"
                ),
            );
        }
        check_name(*target, given)?;
        if given.value(name).is_some() {
            return wrong(
                target.place(),
                format!("`{name}` is a setting, which the rule cannot assign: use another name"),
            );
        }
        if !variables.iter().any(|v| v == name) {
            variables.push(name.to_owned());
        }
    }
    Ok(variables)
}

/// Returns whether a name can contain this character.
pub(super) fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Checks the name of a variable or a setting.
fn check_name(name: Placed, given: &dyn GivenSettings) -> Result<(), FormulaError> {
    let text = name.text;
    if !text.starts_with(char::is_alphabetic) || !text.chars().all(is_in_name) {
        let shown = shortened(text, 40);
        let message =
            format!("`{shown}` is not a name: a name consists of letters, digits, and `_`");
        return wrong(name.place(), message);
    }
    let functions = function_names().chain(BLOCK_FUNCTIONS.iter().map(|(name, _)| *name));
    let is_taken = functions.chain(RESERVED).any(|taken| taken == text);
    if is_taken || KNOWN.contains(&text) || given.is_shared(text) {
        let message = format!("`{text}` has another meaning: use another name");
        return wrong(name.place(), message);
    }
    Ok(())
}
