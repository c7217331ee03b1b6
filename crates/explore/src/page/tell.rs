//! What the page shows in words and tables.

use crate::{
    address::Address,
    catalog::controls,
    json::{Json, object},
    pictures::map::digits,
    session::Session,
};
use thalweg::{
    Error,
    experiment::Target,
    field::Window,
    number::{ShortestFloat, join},
};
use thalweg_plot::{
    formats::canvas::css,
    text::number,
    theme::{PathStyle, Theme},
};

/// An error in words, with what to do about it; one of grammar with the text up to its place.
pub fn error(error: &Error) -> String {
    let place = match error {
        Error::In { text, span, error } if matches!(**error, Error::Grammar(_)) => {
            let until = text.get(..span.end).unwrap_or_default();
            let given = until.split_once(':').map_or(until, |(_, given)| given);
            tail(value_of(given))
        }
        _ => "",
    };
    let mut words = error.to_string();
    if !place.is_empty() {
        words = format!("at `{place}`: {words}");
    }
    match error.help() {
        Some(help) => format!("{words}; {help}"),
        None => words,
    }
}

/// What stands behind a key and an opening quote, where a text begins with them.
fn value_of(text: &str) -> &str {
    let key = text.find(|c: char| !(c.is_ascii_lowercase() || c == '_' || c == '.'));
    let value = key.and_then(|end| text[end..].strip_prefix('='));
    value.unwrap_or(text).trim_start_matches(['\'', '"'])
}

/// The last characters of a text.
fn tail(text: &str) -> &str {
    const MOST: usize = 12;
    let mut ends = text.char_indices().rev();
    ends.nth(MOST - 1).map_or(text, |(end, _)| &text[end..])
}

/// The colors of a theme's paths.
pub fn colors(theme: &Theme) -> Json {
    let paths = theme.paths.iter();
    let paths: Json = paths.map(|path| style(*path, theme)).collect();
    object! {"paths": paths}
}

/// The colours of one path, and the lengths of its dashes and gaps in px where it has some.
fn style(style: PathStyle, theme: &Theme) -> Json {
    object! {
        "line": css(style.color),
        "casing": css(theme.casing(style.color)),
        "dash": style.dash.map(|dash| dash.to_vec()),
    }
}

/// The colours of the paths of a session, in the order of its runs.
pub fn styles(session: &Session, theme: &Theme) -> Json {
    let subject = session.subject();
    let styles = subject.map_or(Vec::new(), |subject| subject.styles(theme));
    styles.into_iter().map(|one| style(one, theme)).collect()
}

/// An address taken apart: the parts of its experiment, a key and a value in turn, and what is seen of it.
pub fn opened(address: &Address) -> Json {
    let seen = &address.seen;
    object! {
        "parts": address.parts(),
        "seen": object! {
            "figure": seen.figure.clone(),
            "window": seen.window.map(edges),
            "by": if seen.by_evaluations { "evaluations" } else { "epochs" },
            "at": seen.at,
            "run": seen.run.unwrap_or(1),
        },
    }
}

/// An address as a link has it, and the command that does the same.
pub fn link(address: &Address) -> Json {
    object! {"address": address.to_string(), "command": address.command()}
}

fn edges(window: Window) -> [f64; 4] {
    [window.w1[0], window.w1[1], window.w2[0], window.w2[1]]
}

/// What an experiment is: its problem, and the controls of both problem and optimizers.
///
/// # Errors
/// The address names what there is not.
pub fn experiment(address: &Address, session: &Session, theme: &Theme) -> Result<Json, Error> {
    let contest = session.contest();
    let problem = &contest.problem;
    let panels = address.spec.with.iter();
    let panels = panels.map(|pick| controls::panel("optimizers", pick, problem.learning_rate));
    let subject = session.subject();
    let view = subject.as_ref().ok().and_then(|subject| subject.seen());
    Ok(object! {
        "title": format!("{}{}", problem.title, view.map_or("", |view| view.shadows())),
        "plane": address.spec.plane.map(|plane| plane.to_string()),
        "dim": contest.start.len(),
        "start": join(&contest.start),
        "own_start": address.spec.start.is_none(),
        "movable": contest.start.len() == 2,
        "window": view.map(|view| edges(view.window())),
        "styles": styles(session, theme),
        "target": contest.budget.target.map(|loss| ShortestFloat(loss).to_string()),
        "own_target": address.spec.target == Target::Problem,
        "epochs": address.spec.epochs,
        "problem": controls::panel("problems", &address.spec.on, None)?,
        "optimizers": panels.collect::<Result<Vec<_>, _>>()?,
    })
}

/// What the optimizers came to: a row each, numbers beside their texts for sorting.
pub fn table(session: &Session) -> Json {
    let contenders = session.contest().contenders.iter();
    let rows = contenders.zip(session.traces()).enumerate();
    let rows = rows.map(|(i, (contender, trace))| {
        let going = session.goes_on(i);
        let calls = trace.total();
        let (outcome, sentence) = match (going, session.halted()) {
            (false, _) => (trace.stop.word(), trace.stop.to_string()),
            (true, false) => ("under way", String::new()),
            (true, true) => {
                let epochs = trace.epochs();
                ("stopped", format!("stopped by hand after {epochs} epochs"))
            }
        };
        object! {
            "name": &*contender.label,
            "outcome": outcome,
            "sentence": sentence,
            "epochs": trace.epochs(),
            "loss": trace.loss(),
            "loss_text": number(trace.loss(), 6),
            "values": calls.value,
            "gradients": calls.gradient,
            "hessians": calls.hessian,
            "evaluations": calls.evaluations(),
        }
    });
    rows.collect()
}

/// A point of the map in words: its weights, the loss there and the gradient; weights have the digits that tell the px of
/// the window apart.
///
/// # Errors
/// There is no map.
pub fn point(session: &Session, w: [f64; 2], window: Window) -> Result<String, Error> {
    let subject = session.subject()?;
    let view = subject.view()?;
    let mut g = [0.0; 2];
    let loss = view.objective.value_and_gradient(&w, &mut g);
    let [first, second] = &view.names;
    let n = |v: f64| number(v, 4);
    Ok(format!(
        "{first} {}, {second} {}: loss {}, gradient ({}, {})",
        number(w[0], digits(w[0], window.w1)),
        number(w[1], digits(w[1], window.w2)),
        number(loss, 6),
        n(g[0]),
        n(g[1])
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_was_stopped_is_not_under_way() {
        let mut session = Session::new(&"with=gradient-descent".parse().unwrap(), &[]).unwrap();
        session.advance(7);
        let outcome = |session: &Session| {
            let table = crate::json::read(&table(session));
            (table[0]["outcome"].clone(), table[0]["sentence"].clone())
        };
        assert_eq!(outcome(&session).0, "under way");
        session.halt();
        assert_eq!(outcome(&session).0, "stopped");
        assert_eq!(outcome(&session).1, "stopped by hand after 7 epochs");
    }

    #[test]
    fn an_error_of_grammar_tells_its_place() {
        let told = |on: &str| {
            let address: Address = format!("on={on}").parse().unwrap();
            error(&Session::new(&address, &[]).err().unwrap())
        };
        let words = told("formula:x^2%2B");
        assert!(words.starts_with("at `x^2+`: something"), "{words}");
        let words = told("formula:100*(y-x^2)^2%2B)");
        assert!(words.starts_with("at `*(y-x^2)^2+)`: "), "{words}");
        let words = told("formula:formula='|x|'");
        assert!(words.starts_with("at `|`: "), "{words}");
        let words = told("formula:foo(x)");
        assert!(words.starts_with("there is no weight"), "{words}");
    }
}
