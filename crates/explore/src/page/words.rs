//! Why a step was made as it was: its sentences.

use crate::{
    json::{Json, object},
    session::Session,
};
use thalweg_gallery::words::StepNarrative;

/// One step of one run; an epoch beyond its last is its last.
pub fn step(session: &Session, run: usize, epoch: usize) -> Json {
    let contest = session.contest();
    let trace = &session.traces()[run];
    let last = trace.losses.len() - 1;
    let epoch = epoch.min(last);
    let (problem, seen) = (&contest.problem, contest.randomness.is_none());
    let told = StepNarrative::new(
        &*problem.objective,
        &problem.weight_names,
        trace,
        epoch,
        seen,
    )
    .by(&contest.contenders[run]);
    let mut words = told.paragraphs();
    if epoch == last && !session.goes_on(run) {
        words.push(format!("The run ends here: {}.", trace.stop));
    }
    object! {
        "epoch": epoch,
        "title": &*contest.contenders[run].label,
        "words": words,
        "trials": trace.trials[epoch].len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{address::HOME, json::read};

    fn told(run: usize, epoch: usize) -> String {
        let mut session = Session::new(&HOME.parse().unwrap(), &[]).unwrap();
        session.advance(u64::MAX);
        let step = read(&step(&session, run, epoch));
        let words = step["words"].as_array().unwrap().iter();
        words
            .map(|line| line.as_str().unwrap().to_owned() + "\n")
            .collect()
    }

    #[test]
    fn rprop_says_why_its_step_shrinks() {
        let words = told(2, 12);
        for sentence in [
            "Epoch 12 moves by ",
            "; that of the second weight has changed its sign.\n",
            "The gradient of the first weight kept its sign, so its step size is multiplied by 1.2, ",
            "The gradient of the second weight changed its sign, so its step size is halved, ",
            "The last step of the second weight is taken back.\n",
        ] {
            assert!(words.contains(sentence), "{sentence}: {words}");
        }
        let words = told(2, 13);
        assert!(
            !words.contains("is taken back") && !words.contains("halved"),
            "{words}"
        );
        assert!(
            words.contains(
                "The step size of the second weight stays 0.3096, for no earlier sign is kept"
            ),
            "{words}"
        );
        assert!(told(2, 0).starts_with("At the start, (\u{2212}4, \u{2212}4), the loss is "));
    }

    #[test]
    fn many_weights_are_not_written_out() {
        let address =
            "on=mlp:data=moons,layers=2-8-1&with=rprop&with=adam&epochs=3&target=none&batch=10";
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(u64::MAX);
        for (run, epoch) in [(0, 0), (0, 1), (0, 3), (1, 2)] {
            let step = read(&step(&session, run, epoch));
            let words = step["words"].to_string();
            assert!(words.len() < 450, "{words}");
            assert!(
                words.contains("saw another one: of a mini-batch"),
                "{words}"
            );
            assert_eq!(
                words.contains("moves by the length 0."),
                epoch > 0,
                "{words}"
            );
        }
    }

    #[test]
    fn a_line_search_and_the_end_are_told() {
        let words = told(4, 2);
        assert!(words.contains("The line search tried"), "{words}");
        assert!(
            words.ends_with("The run ends here: the target was reached.\n"),
            "{words}"
        );
    }
}
