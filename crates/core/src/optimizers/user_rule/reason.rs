//! The formula of a step of a rule, for its explanation.

use super::language::{GRADIENT, LOSS, MOVED, RuleText, STEP, Statement, Symbol, SymbolId, WEIGHT};

/// A longer formula would not explain the step.
const MAX_LENGTH: usize = 400;

/// Returns the displacement as the formula of a reason. The result is `None` if the formula needs a quantity that a reason cannot
/// name, such as the loss, or if it would be too long.
pub(super) fn displacement(rule: &RuleText) -> Option<String> {
    // The text of each symbol at this place of the rule.
    let mut texts: Vec<Option<String>> = rule.symbols.iter().enumerate().map(first_text).collect();
    let mut moved: Option<String> = None;
    for (i, statement) in rule.statements.iter().enumerate() {
        if statement.target == WEIGHT {
            moved = Some(moved_by(statement, moved.as_deref(), &texts)?);
            texts[WEIGHT] = moved.as_ref().map(|moved| format!("(weight + {moved})"));
            continue;
        }
        let mut later = rule.statements[i + 1..].iter();
        let is_final = !later.any(|later| later.target == statement.target);
        texts[statement.target] = match &rule.symbols[statement.target] {
            // The channel has the number after the step.
            Symbol::Variable(name) if is_final => Some(name.clone()),
            _ => written(statement, None, &texts).map(|text| format!("({text})")),
        };
    }
    moved.filter(|text| text.len() <= MAX_LENGTH)
}

/// Returns the name of a symbol before the first statement.
fn first_text((id, symbol): (SymbolId, &Symbol)) -> Option<String> {
    match (id, symbol) {
        (GRADIENT, _) => Some("gradient".to_owned()),
        (WEIGHT, _) => Some("weight".to_owned()),
        (STEP, _) => Some("t".to_owned()),
        (LOSS | MOVED, _) | (_, Symbol::Block(..) | Symbol::Known) => None,
        (_, Symbol::Variable(name)) => Some(format!("before({name})")),
        (_, Symbol::Setting(name, _)) => Some(name.clone()),
    }
}

/// Writes the formula of a statement, or a part of it.
fn written(statement: &Statement, part: Option<usize>, texts: &[Option<String>]) -> Option<String> {
    let formula = &statement.formula;
    let id = part.unwrap_or_else(|| formula.root());
    let text = formula.written_part(id, &|symbol| texts[symbol].clone())?;
    (text.len() <= MAX_LENGTH).then_some(text)
}

/// Returns the displacement by all statements up to this one, which moves the weight.
fn moved_by(
    statement: &Statement,
    moved: Option<&str>,
    texts: &[Option<String>],
) -> Option<String> {
    let Some((is_negative, part)) = statement.displacement() else {
        return written(statement, None, texts).map(|text| format!("({text}) - weight"));
    };
    let step = written(statement, Some(part), texts)?;
    Some(match (moved, is_negative) {
        (None, false) => step,
        (None, true) => format!("-{step}"),
        (Some(moved), false) => format!("{moved} + {step}"),
        (Some(moved), true) => format!("{moved} - {step}"),
    })
}
