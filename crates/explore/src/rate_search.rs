//! A search for the best learning rate of an optimizer: runs with rates that are evenly spaced on a logarithmic scale.

use crate::{
    address::Address,
    answer::answers,
    catalog::{changes, controls},
    session::Session,
};
use thalweg::{
    Error,
    number::ShortestFloat,
    pick::{FileContent, Pick},
    run::StopReason,
    tuning::{TrialResult, learning_rate_grid},
};
use thalweg_gallery::map::count;
use thalweg_plot::text::number;

answers! {
    /// The result of a search for the best learning rate.
    pub struct BestRate {
        /// The pick with the best rate; null if every run diverged.
        pub pick: Option<String>,
        /// A sentence on the search.
        pub sentence: String,
    }
}

/// The setting that is searched.
const KEY: &str = "learning_rate";

/// A search that runs in slices. It tries every rate from the initial point of the experiment.
pub struct RateSearch {
    /// The experiment with only the optimizer that is searched. Its epoch limit decreases to that of the best run.
    address: Address,
    files: Vec<(String, FileContent)>,
    pick: String,
    rates: Vec<f64>,
    /// The number of rates that were tried.
    tried: usize,
    /// The current run.
    session: Option<Session>,
    /// The best rate and its result, in epochs.
    best: Option<(f64, TrialResult)>,
}

impl RateSearch {
    /// Prepares the search for an optimizer of an experiment.
    ///
    /// # Errors
    /// The experiment has no such optimizer, or the optimizer has no learning rate.
    pub fn new(
        address: &Address,
        files: &[(String, FileContent)],
        run: usize,
    ) -> Result<Self, Error> {
        let pick =
            address.spec.with.get(run).cloned().ok_or_else(|| {
                Error::Settings("there is no such run: add an algorithm".to_owned())
            })?;
        let id = pick.parse::<Pick>()?.id;
        let about = controls::about("optimizers", &id)?;
        if !about.settings().any(|setting| setting.name == KEY) {
            return Err(Error::Settings(format!(
                "{} has no learning rate: choose another algorithm",
                about.title
            )));
        }
        let mut search = Self {
            address: address.clone(),
            files: files.to_vec(),
            rates: learning_rate_grid().collect(),
            pick,
            tried: 0,
            session: None,
            best: None,
        };
        search.address.spec.with.clear();
        Ok(search)
    }

    /// Advances the current run by at most `epochs` steps, or begins the next one; returns whether there is more to do.
    ///
    /// # Errors
    /// No rate is allowed.
    pub fn advance(&mut self, epochs: u64) -> Result<bool, Error> {
        let Some(session) = &mut self.session else {
            return self.begin();
        };
        if session.advance(epochs) {
            return Ok(true);
        }
        let trace = &session.traces()[0];
        let result = TrialResult {
            time: (trace.stop == StopReason::Reached).then(|| trace.epochs()),
            loss: trace.loss(),
        };
        let is_better = |(_, best): (f64, TrialResult)| result.compare(&best).is_lt();
        if self.best.is_none_or(is_better) && result.loss.is_finite() {
            self.best = Some((self.rates[self.tried], result));
            self.address.spec.epochs = result.time.unwrap_or(self.address.spec.epochs);
        }
        self.session = None;
        self.tried += 1;
        Ok(self.tried < self.rates.len())
    }

    /// Begins the run with the next rate that the optimizer allows.
    fn begin(&mut self) -> Result<bool, Error> {
        while let Some(rate) = self.rates.get(self.tried) {
            self.address.spec.with = vec![self.pick_with(*rate)?];
            match Session::new(&self.address, &self.files) {
                Ok(session) => {
                    self.session = Some(session);
                    return Ok(true);
                }
                Err(error) if self.rates.len() == 1 => return Err(error),
                Err(_) => {
                    self.rates.remove(self.tried);
                }
            }
        }
        Ok(false)
    }

    fn pick_with(&self, rate: f64) -> Result<String, Error> {
        let rate = ShortestFloat(rate).to_string();
        changes::change_setting("optimizers", &self.pick, KEY, &rate)
    }

    /// Returns the number of rates that were tried, and the number of all rates.
    pub fn progress(&self) -> [usize; 2] {
        [self.tried, self.rates.len()]
    }

    /// Returns the result of the search.
    ///
    /// # Errors
    /// Does not fail in practice.
    pub fn result(&self) -> Result<BestRate, Error> {
        let rate =
            |rate: Option<&f64>| rate.map_or(String::new(), |v| ShortestFloat(*v).to_string());
        let tried = format!(
            "Tried {} from {} to {}",
            count(self.rates.len() as u64, "learning rate"),
            rate(self.rates.first()),
            rate(self.rates.last())
        );
        let sentence = match self.best {
            None => format!("{tried}: every run diverged."),
            Some((
                best,
                TrialResult {
                    time: Some(epochs), ..
                },
            )) => format!(
                "{tried} from this initial point: with {}, the target is reached after {}, the fewest.",
                rate(Some(&best)),
                count(epochs, "epoch")
            ),
            Some((best, TrialResult { loss, .. })) => format!(
                "{tried} from this initial point: none reaches the target; {} ends with the lowest loss, {}.",
                rate(Some(&best)),
                number(loss, 6)
            ),
        };
        let pick = self
            .best
            .map(|(rate, _)| self.pick_with(rate))
            .transpose()?;
        Ok(BestRate { pick, sentence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{address::DEFAULT_ADDRESS, json::read};

    fn found(address: &str, run: usize) -> serde_json::Value {
        let address: Address = address.parse().unwrap();
        let mut search = RateSearch::new(&address, &[], run).unwrap();
        while search.advance(100).unwrap() {}
        let [tried, all] = search.progress();
        assert_eq!(tried, all);
        read(&search.result().unwrap().into())
    }

    #[test]
    fn the_best_rate_needs_the_fewest_epochs_of_all() {
        let found = found(
            "on=article&with=gradient-descent:learning_rate=0.3&epochs=100",
            0,
        );
        let best = found["pick"].as_str().unwrap();
        let epochs = |pick: &str| {
            let address = format!("on=article&with={pick}&epochs=100");
            let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
            while session.advance(1000) {}
            let trace = &session.traces()[0];
            (trace.stop == StopReason::Reached).then(|| trace.epochs())
        };
        let least = epochs(best).unwrap();
        assert!(least < 100, "{found}");
        for rate in learning_rate_grid().map(ShortestFloat) {
            let other = epochs(&format!("gradient-descent:learning_rate={rate}"));
            assert!(other.is_none_or(|other| other >= least), "{rate}");
        }
        let sentence = found["sentence"].as_str().unwrap();
        assert!(
            sentence.starts_with("Tried 57 learning rates from 0.00001 to 100"),
            "{sentence}"
        );
    }

    #[test]
    fn without_a_target_the_loss_decides() {
        let found = found("on=rosenbrock&with=adam&target=none&epochs=50", 0);
        assert!(
            found["sentence"].as_str().unwrap().contains("lowest loss"),
            "{found}"
        );
    }

    #[test]
    fn other_settings_stay_and_rates_that_are_not_allowed_are_left_out() {
        let found = found("on=article&with=momentum:momentum=0.5&epochs=50", 0);
        assert!(
            found["pick"].as_str().unwrap().contains("momentum=0.5"),
            "{found}"
        );
    }

    #[test]
    fn an_algorithm_without_a_learning_rate_is_named() {
        let address: Address = DEFAULT_ADDRESS.parse().unwrap();
        let error = RateSearch::new(&address, &[], 2).err().unwrap().to_string();
        assert!(error.starts_with("RPROP has no learning rate"), "{error}");
    }
}
