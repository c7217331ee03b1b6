//! The names in the formulas of a rule.

use super::language::{
    BLOCK_FUNCTIONS, GRADIENT, GivenSettings, KNOWN, Placed, Statement, Symbol, SymbolId, WEIGHT,
};
use crate::{
    Error,
    catalog::Text,
    error::{mistyped, nearest, shortened},
    objective::expression::{
        parse::{FormulaError, NameResolver, parse},
        tree::{Leaf, function_names},
    },
};
use std::cell::RefCell;

/// The names of a rule. Settings and block functions are added when a formula uses them.
pub(super) struct Names<'a> {
    pub(super) given: &'a dyn GivenSettings,
    pub(super) presets: Vec<(&'a str, f64)>,
    pub(super) symbols: RefCell<Vec<Symbol>>,
}

impl Names<'_> {
    pub(super) fn statement(
        &self,
        whole: Placed,
        (target, formula): (Placed, Placed),
    ) -> Result<Statement, FormulaError> {
        let before = self.symbols.borrow().len();
        if formula.text.is_empty() {
            let shown = shortened(whole.text, MAX_NAME_CHARS);
            let message = format!("`{shown}` has no formula: write one, such as w := w - 0.1*g");
            return Err((whole.place(), Error::Grammar(message)));
        }
        let parsed = parse(formula.text, self).map_err(|(place, error)| {
            let error = self.explained(error, formula.text[place.end..].trim_start());
            let place = formula.begin + place.start..formula.begin + place.end;
            (place, error)
        })?;
        let target = match target.text {
            "w" => WEIGHT,
            name => self.variable(name).unwrap_or(WEIGHT),
        };
        let symbols = self.symbols.borrow();
        let is_block = |id: &SymbolId| matches!(symbols[*id], Symbol::Block(..));
        Ok(Statement {
            target,
            formula: parsed,
            blocks: (before..symbols.len()).filter(is_block).collect(),
            text: whole.text.to_owned(),
        })
    }

    /// Explains how a name without a meaning, which `rest` follows, becomes a setting, or how a function is used.
    fn explained(&self, error: Error, rest: &str) -> Error {
        match error {
            Error::UnknownName { given, .. } if is_block_function(&given) => {
                Error::Grammar(block_function_use(&given, rest))
            }
            Error::UnknownName { given, .. } if self.given.is_shared(&given) => {
                Error::Grammar(format!(
                    "`{given}` is a setting of every rule and has another meaning: use another name"
                ))
            }
            Error::UnknownName { given, .. } if rest.starts_with('(') => {
                Error::Grammar(unknown_function(&given))
            }
            Error::UnknownName { given, allowed, .. } => {
                let meant = mistyped(&given, &allowed);
                let given = shortened(&given, MAX_NAME_CHARS);
                let meant =
                    meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
                Error::Grammar(format!(
                    "`{given}` has no value: add `,{given}=NUMBER` for a setting, or its default as a last statement `; {given} = NUMBER`, or assign it with `:=` for a variable{meant}"
                ))
            }
            other => other,
        }
    }

    fn variable(&self, name: &str) -> Option<SymbolId> {
        let symbols = self.symbols.borrow();
        let is_named = |symbol: &Symbol| matches!(symbol, Symbol::Variable(own) if own == name);
        symbols.iter().position(is_named)
    }

    /// Returns the position of a symbol, which is added if it is new.
    fn symbol(&self, symbol: Symbol) -> SymbolId {
        let mut symbols = self.symbols.borrow_mut();
        symbols.push(symbol);
        symbols.len() - 1
    }

    fn setting(&self, name: &str) -> Option<SymbolId> {
        let is_named = |symbol: &Symbol| matches!(symbol, Symbol::Setting(own, _) if own == name);
        let known = self.symbols.borrow().iter().position(is_named);
        let preset = || {
            let mut presets = self.presets.iter();
            presets.find(|(own, _)| *own == name).map(|(_, v)| *v)
        };
        known.or_else(|| {
            let value = self.given.value(name).or_else(preset)?;
            Some(self.symbol(Symbol::Setting(name.to_owned(), value)))
        })
    }
}

/// A longer name or statement is shortened in errors.
const MAX_NAME_CHARS: usize = 40;

fn is_block_function(name: &str) -> bool {
    BLOCK_FUNCTIONS.iter().any(|(known, _)| *known == name)
}

/// Explains how a function of a block is used, whose name `rest` follows.
fn block_function_use(name: &str, rest: &str) -> String {
    if !rest.starts_with('(') {
        return format!("the argument of `{name}` needs brackets: write {name}(g)");
    }
    if !rest.contains(')') {
        return format!(
            "the bracket after `{name}` is not closed: add a closing bracket, as in {name}(g)"
        );
    }
    format!(
        "`{name}` takes a single name, which is `g`, `w`, or a variable of the rule: assign the argument to a variable before, \
         as in d := 2*g; w := w - 0.1*d/{name}(d)"
    )
}

/// Returns the message for a name before brackets that is not a function.
fn unknown_function(given: &str) -> String {
    let functions = function_names().chain(BLOCK_FUNCTIONS.iter().map(|(name, _)| *name));
    let functions: Vec<&str> = functions.collect();
    let advice = match nearest(given, &functions) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the functions are {}", functions.join(", ")),
    };
    let given = shortened(given, MAX_NAME_CHARS);
    format!("`{given}` is not a function: for a product, write {given}*(...); {advice}")
}

impl NameResolver for Names<'_> {
    fn name(&self, name: &str) -> Option<Leaf> {
        let known = KNOWN.iter().position(|known| *known == name);
        let own = known.or_else(|| self.variable(name));
        own.or_else(|| self.setting(name)).map(Leaf::Input)
    }

    fn of(&self, function: &str, name: &str) -> Option<Leaf> {
        let mut functions = BLOCK_FUNCTIONS.iter();
        let (_, function) = functions.find(|(known, _)| *known == function)?;
        let Leaf::Input(of) = self.name(name)? else {
            return None;
        };
        let is_row = matches!(self.symbols.borrow()[of], Symbol::Variable(_))
            || of == GRADIENT
            || of == WEIGHT;
        is_row.then(|| Leaf::Input(self.symbol(Symbol::Block(*function, of))))
    }

    fn known(&self) -> Vec<Text> {
        let symbols = self.symbols.borrow();
        let own = symbols.iter().filter_map(|symbol| match symbol {
            Symbol::Variable(name) | Symbol::Setting(name, _) => Some(name.clone().into()),
            Symbol::Known | Symbol::Block(..) => None,
        });
        let functions = BLOCK_FUNCTIONS.iter().map(|(name, _)| (*name).into());
        let known = KNOWN.iter().map(|name| (*name).into());
        known.chain(own).chain(functions).collect()
    }
}
