//! Explanations of steps for the page.

use crate::{answer::answers, catalog::formula, session::Session};
use thalweg_gallery::words;
use thalweg_plot::text::number;

answers! {
    /// The explanation of a step.
    pub struct Step {
        /// The row of the trace.
        pub epoch: usize,
        /// Name of the algorithm.
        pub title: String,
        /// What happened, the calculation, and details: one sentence or more each.
        pub words: Vec<String>,
        /// The same paragraphs as HTML, with MathML.
        pub paragraphs: Vec<String>,
        /// Why the run ended, if this is its last step.
        pub end: Option<String>,
        /// Number of points that its line search tried.
        pub trials: usize,
    }
}

/// Returns the explanation of one step of a run; larger epochs mean the last step.
pub fn step(session: &Session, run: usize, epoch: usize) -> Step {
    let contest = session.contest();
    let trace = &session.traces()[run];
    let last = trace.losses.len() - 1;
    let epoch = epoch.min(last);
    if trace.is_sparse() && epoch > 0 {
        return sparse_step(session, run, epoch);
    }
    let words = words::explanation(contest, run, trace, epoch);
    Step {
        epoch,
        title: contest.contenders[run].label.clone(),
        paragraphs: html(&words),
        words,
        end: ending(session, run, epoch),
        trials: trace.trials[epoch].len(),
    }
}

fn html(words: &[String]) -> Vec<String> {
    words
        .iter()
        .map(|words| formula::paragraph(words))
        .collect()
}

/// Returns the sentence on the end of a run if this is its last row.
fn ending(session: &Session, run: usize, row: usize) -> Option<String> {
    let trace = &session.traces()[run];
    let has_ended = row == trace.last_row() && !session.is_running(run);
    has_ended.then(|| words::ending(trace))
}

/// Returns the description of a row of a sparse trace, which does not contain the beginning of the step.
fn sparse_step(session: &Session, run: usize, row: usize) -> Step {
    let trace = &session.traces()[run];
    let (epoch, loss) = (trace.epoch_of(row), number(trace.losses[row], 6));
    let stride = trace.epoch_of(1);
    let words = vec![format!(
        "After epoch {epoch}, the loss is {loss}. The page stores one of {stride} steps of this long run, so it cannot explain \
         the step. To see every step, reduce the epoch limit."
    )];
    Step {
        epoch: row,
        title: session.contest().contenders[run].label.clone(),
        paragraphs: html(&words),
        words,
        end: ending(session, run, row),
        trials: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{address::DEFAULT_ADDRESS, json::read};

    fn explanation(run: usize, epoch: usize) -> String {
        let mut session = Session::new(&DEFAULT_ADDRESS.parse().unwrap(), &[]).unwrap();
        session.advance(u64::MAX);
        let step = read(&step(&session, run, epoch).into());
        let words = step["words"].as_array().unwrap().iter();
        words
            .chain([&step["end"]])
            .filter_map(|line| Some(line.as_str()?.to_owned() + "\n"))
            .collect()
    }

    #[test]
    fn rprop_explains_its_step_sizes() {
        let words = explanation(2, 12);
        for sentence in [
            "Step 12: the gradient of the second weight changed its sign, so its step size is halved (0.6192 to 0.3096) \
             and its last step is undone. The loss falls from ",
            " The component of the second weight changed its sign.\n",
            "The gradient of the first weight kept its sign, so its step size is multiplied by 1.2 (",
        ] {
            assert!(words.contains(sentence), "{sentence}: {words}");
        }
        let words = explanation(2, 13);
        assert!(
            !words.contains("undone") && !words.contains("halved"),
            "{words}"
        );
        assert!(
            words.contains(
                "The step size of the second weight stays 0.3096 because step 12 undid its last step and remembered no sign."
            ),
            "{words}"
        );
        assert!(
            explanation(2, 0)
                .starts_with("At the initial point (\u{2212}4, \u{2212}4), the loss is ")
        );
    }

    #[test]
    fn many_weights_are_not_written_out() {
        let address =
            "on=mlp:data=moons,layers=2-8-1&with=rprop&with=adam&epochs=3&target=none&batch=10";
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(u64::MAX);
        for (run, epoch) in [(0, 0), (0, 1), (0, 3), (1, 2)] {
            let step = read(&step(&session, run, epoch).into());
            let words = step["words"].to_string();
            assert!(words.len() < 500, "{words}");
            assert!(
                words.contains("The optimizer uses another gradient: that of a mini-batch"),
                "{words}"
            );
            assert_eq!(
                words.contains("The step has length 0."),
                epoch > 0,
                "{words}"
            );
        }
    }

    #[test]
    fn the_step_of_a_sparse_trace_is_not_explained() {
        let address =
            "on=article&with=gradient-descent:learning_rate=1e-9&target=none&epochs=200000";
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(u64::MAX);
        let last = session.traces()[0].last_row();
        let words = read(&step(&session, 0, last).into())["words"].to_string();
        assert!(
            words.contains("After epoch 200000, the loss is 0.4164"),
            "{words}"
        );
        assert!(words.contains("stores one of 2 steps"), "{words}");
        let words = read(&step(&session, 0, 0).into())["words"].to_string();
        assert!(words.contains("At the initial point"), "{words}");
    }

    #[test]
    fn a_run_without_a_target_misses_none() {
        let address = "on=article&with=momentum&epochs=3&target=none";
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        session.advance(u64::MAX);
        let words = read(&step(&session, 0, 3).into())["end"].to_string();
        assert!(words.contains("the epoch limit was reached; "), "{words}");
    }

    #[test]
    fn the_line_search_and_the_end_are_described() {
        let words = explanation(4, 2);
        assert!(words.contains("The line search tried"), "{words}");
        assert!(
            words.ends_with("The run ends here: the target was reached.\n"),
            "{words}"
        );
    }
}
