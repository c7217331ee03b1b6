//! Tuning of one optimizer in slices, and the sentence that states how an optimizer was tuned.

use crate::{address::Address, answer::answers};
use self_cell::self_cell;
use thalweg::{
    Error,
    contender::TuningSummary,
    custom::Entrant,
    experiment::PreparedExperiment,
    number::ShortestFloat,
    pick::FileContent,
    run::{Run, batch::RunEnd},
    sweep::NumberedRuns as _,
    tuning::{DEFAULT_BUDGET, OptimizerResult, TrialResult, TuningPlan, TuningProtocol, Workload},
};
use thalweg_gallery::map::count;

answers! {
    /// The result of tuning.
    pub struct Tuned {
        /// The pick with the tuned settings; null if every trial of the median study diverged.
        pub pick: Option<String>,
        /// A sentence on the trials.
        pub sentence: String,
    }
}

struct TrialRun<'a>(Run<'a>);

self_cell!(
    /// The experiment of a trial with its run, which borrows from it.
    struct TrialCell {
        owner: PreparedExperiment,
        #[covariant]
        dependent: TrialRun,
    }
);

/// Tuning of one optimizer that runs in slices. Its trials are those of `--tune`.
pub struct Tuning {
    plan: TuningPlan,
    /// The results of the trials that have ended.
    results: Vec<TrialResult>,
    /// The current trial.
    trial: Option<TrialCell>,
}

impl Tuning {
    /// Prepares the trials for an optimizer of an experiment. Given settings are tuned too. `files` are the names and contents of
    /// data files.
    ///
    /// # Errors
    /// The experiment is invalid or has no such optimizer, or the optimizer has nothing to tune.
    pub fn new(
        address: &Address,
        files: &[(String, FileContent)],
        run: usize,
    ) -> Result<Self, Error> {
        let contest = address.experiment(files)?.prepare()?;
        let optimizer = contest
            .contenders
            .get(run)
            .ok_or_else(|| Error::Settings("there is no such run: add an algorithm".to_owned()))?;
        let (name, pick) = (optimizer.name().to_owned(), optimizer.pick.clone());
        let protocol = TuningProtocol {
            seed: contest.randomness.seed,
            tunes_given: true,
            ..TuningProtocol::default()
        };
        let workload = Workload {
            name: contest.problem.title.to_string(),
            contest,
            is_custom: false,
            evaluations: DEFAULT_BUDGET,
        };
        let plan = TuningPlan::new(vec![workload], vec![Entrant::Cataloged(pick)], protocol)?;
        if let Some(reason) = &plan.cell(0, 0).untuned {
            return Err(Error::Settings(format!(
                "{name} has nothing to tune: {reason}; choose another algorithm"
            )));
        }
        Ok(Self {
            plan,
            results: Vec::new(),
            trial: None,
        })
    }

    /// Advances the current trial by at most `epochs` steps, or begins the next one; returns whether there is more to do.
    ///
    /// # Errors
    /// The optimizer refuses the values of a trial.
    pub fn advance(&mut self, epochs: u64) -> Result<bool, Error> {
        let number = self.results.len() as u64;
        let Some(mut cell) = self.trial.take() else {
            let experiment = self.plan.experiment(&self.plan.trial(number))?;
            self.trial = Some(TrialCell::new(experiment, |alone| {
                TrialRun(alone.run(&alone.contenders[0]))
            }));
            return Ok(true);
        };
        let budget = self.plan.budget(0);
        let end = cell.with_dependent_mut(|_, TrialRun(run)| {
            let mut steps = 0..epochs;
            let mut proceeds = true;
            while proceeds && steps.next().is_some() {
                proceeds = run.calls().evaluations() < budget && run.advance();
            }
            (!proceeds).then(|| RunEnd::of(run))
        });
        match end {
            None => self.trial = Some(cell),
            Some(end) => self.results.push(TrialResult::of(&end, budget)),
        }
        Ok((self.results.len() as u64) < self.plan.runs())
    }

    /// Returns the number of the current trial, counted from 1, and the number of all trials, as in "trial 4 of 15".
    pub fn progress(&self) -> String {
        let all = self.plan.runs();
        let current = (self.results.len() as u64 + 1).min(all);
        format!("trial {current} of {all}")
    }

    /// Returns the best trial of the median study, as `--tune` does.
    ///
    /// # Errors
    /// Not all trials have ended, or a value would be misread in a pick.
    pub fn result(&self) -> Result<Tuned, Error> {
        let unfinished = || Error::Settings("not all trials have ended".to_owned());
        if (self.results.len() as u64) < self.plan.runs() {
            return Err(unfinished());
        }
        let [result] = &self.plan.results(&self.results)[..] else {
            return Err(unfinished());
        };
        let result = result.as_ref().ok_or_else(unfinished)?;
        let (summary, predicate) = tuned_settings(&self.plan, 0, result).ok_or_else(unfinished)?;
        let pick = &self.plan.optimizers()[0];
        let pick = summary.map(|summary| summary.apply(pick)).transpose()?;
        Ok(Tuned {
            pick: pick.map(|pick| pick.text().to_owned()),
            sentence: predicate.replacen("tuned", "Tuned", 1) + ".",
        })
    }
}

/// Returns the tuning by the best trial of the median study, as in a comparison, and a predicate on the search whose subject is the
/// optimizer, unless there was nothing to tune. There is no tuning if all trials of this study diverged.
pub fn tuned_settings(
    plan: &TuningPlan,
    optimizer: usize,
    result: &OptimizerResult,
) -> Option<(Option<TuningSummary>, String)> {
    let summary = plan.summary(&plan.median_trial(0, optimizer, result))?;
    let studies = plan.protocol().studies;
    let tried = format!(
        "tuned by {} in {}, with {} and at most {} evaluations each",
        count(summary.trials as u64, "trial"),
        count_studies(studies),
        plan.cell(0, optimizer).space,
        summary.evaluations
    );
    let settings = summary.settings.join(", ");
    let of_studies = match studies {
        1 => "",
        _ => " of the median study",
    };
    let TrialResult { time, loss } = result.result();
    if let Some(time) = time {
        let sentence = format!(
            "{tried}: the best trial{of_studies}, {settings}, reaches the target after {}",
            count(time, "evaluation")
        );
        return Some((Some(summary), sentence));
    }
    if !loss.is_finite() {
        let sentence = format!(
            "{tried}: every trial{of_studies} diverged, so it keeps its settings; try other ones"
        );
        return Some((None, sentence));
    }
    let has_target = plan.workloads()[0].contest.budget.target.is_some();
    let trial = match result.best().2.time {
        None if has_target => {
            format!("no trial reaches the target; the best trial{of_studies}, {settings},")
        }
        Some(_) => format!("the best trial{of_studies}, {settings}, misses the target and"),
        None => format!("the best trial{of_studies}, {settings},"),
    };
    let loss = ShortestFloat(loss);
    Some((
        Some(summary),
        format!("{tried}: {trial} ends with the loss {loss}"),
    ))
}

/// Returns the number of studies with its noun.
pub fn count_studies(studies: u64) -> String {
    match studies {
        1 => "1 study".to_owned(),
        many => format!("{many} studies"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuned(address: &str, slice: u64) -> (Tuning, Tuned) {
        let mut tuning = Tuning::new(&address.parse().unwrap(), &[], 0).unwrap();
        assert_eq!(tuning.progress(), "trial 1 of 15");
        while tuning.advance(slice).unwrap() {}
        assert_eq!(tuning.progress(), "trial 15 of 15");
        let result = tuning.result().unwrap();
        (tuning, result)
    }

    #[test]
    fn slices_give_the_results_of_the_trials_of_the_shell() {
        for address in [
            "on=article&with=gradient-descent",
            "on=ravine&with=adam&gradient-noise=0.1&seed=7&epochs=300",
            "on=mlp:data=moons&with=lion&batch=20&epochs=40",
            "on=rosenbrock&with=gradient-descent:search=none&start=-1,1&epochs=300",
            "on=article&with=lookahead:of=rprop&target=none&epochs=60",
            "on=article&with=rule:text='w := w - lr*g; lr = 0.1'&epochs=100",
        ] {
            let (tuning, result) = tuned(address, 7);
            let shell = |number: u64| {
                let rows = tuning.plan.drive(number..number + 1).unwrap();
                TrialResult::of(&rows[0].end, DEFAULT_BUDGET)
            };
            let expected: Vec<TrialResult> = (0..15).map(shell).collect();
            assert_eq!(
                format!("{:?}", tuning.results),
                format!("{expected:?}"),
                "{address}"
            );
            assert_eq!(tuned(address, 4096).1, result);
        }
    }

    #[test]
    fn a_given_setting_is_tuned_and_others_stay() {
        let (_, free) = tuned("on=article&with=momentum:momentum=0.5&epochs=200", 100);
        let given = "on=article&with=momentum:momentum=0.5,learning_rate=3&epochs=200";
        let (_, given) = tuned(given, 100);
        assert_eq!(given.pick, free.pick);
        let pick = free.pick.unwrap();
        assert!(
            pick.starts_with("momentum:momentum=0.5,learning_rate="),
            "{pick}"
        );
        let sentence = &free.sentence;
        let tried = "Tuned by 15 trials in 3 studies, with learning_rate from 1e-6 to 100 (log) and at most 1000 \
                     evaluations each: the best trial of the median study, learning_rate=";
        assert!(sentence.starts_with(tried), "{sentence}");
        assert!(
            sentence.contains(", reaches the target after "),
            "{sentence}"
        );
    }

    #[test]
    fn a_search_without_success_says_so() {
        let (_, missed) = tuned("on=rosenbrock&with=sign-sgd&epochs=10", 100);
        let sentence = &missed.sentence;
        assert!(
            sentence.contains(
                "no trial reaches the target; the best trial of the median study, learning_rate="
            ) && sentence.contains(", ends with the loss "),
            "{sentence}"
        );
        assert!(missed.pick.is_some());
        let (_, diverged) = tuned("on=article&with=rule:text='w := w + lr*g/0; lr = 0.1'", 100);
        assert_eq!(diverged.pick, None);
        assert!(
            diverged
                .sentence
                .contains("every trial of the median study diverged"),
            "{}",
            diverged.sentence
        );
    }

    #[test]
    fn what_cannot_be_tuned_is_named() {
        for (address, run, words) in [
            (
                "on=article&with=gauss-newton",
                0,
                "has nothing to tune: no setting in effect scales the steps; choose another algorithm",
            ),
            ("on=article&with=adam", 1, "there is no such run"),
        ] {
            let tuning = Tuning::new(&address.parse().unwrap(), &[], run);
            let error = tuning.err().unwrap().to_string();
            assert!(error.contains(words), "{error}");
        }
        let tuning = Tuning::new(&"on=article&with=adam".parse().unwrap(), &[], 0).unwrap();
        assert!(tuning.result().is_err());
    }
}
