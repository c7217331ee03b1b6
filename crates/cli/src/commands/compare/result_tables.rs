//! The results of a comparison and its tests as CSV, for programs that read them.

use super::{
    comparison::{Comparison, ContenderResult},
    report::{SIGNIFICANCE, label},
};
use crate::{output::csv_cell, prelude::*};

impl Comparison {
    /// Returns the results: one row per problem and optimizer. Cells are empty if the optimizer cannot run.
    pub(crate) fn results_table(&self) -> String {
        let mut text = "problem,optimizer,settings,trials,evaluations,least,greatest,pairs,reached,median,lower_quartile,\
                        upper_quartile\n"
            .to_owned();
        let count = self.plan.optimizers().len();
        for (cell, result) in self.results.iter().enumerate() {
            let (workload, optimizer) = (cell / count, cell % count);
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                "{},{},",
                csv_cell(&self.plan.workloads()[workload].name),
                csv_cell(&label(self, optimizer))
            );
            match result {
                None => text.push_str(",0,,,,,,,,\n"),
                Some(result) => self.write_result(&mut text, result),
            }
        }
        text
    }

    fn write_result(&self, text: &mut String, result: &ContenderResult) {
        let summary = self.plan.summary(&result.trial);
        let settings = summary.map_or_else(String::new, |summary| summary.settings.join(","));
        let [least, greatest] = result.tuned.spread().map(ShortestFloat);
        let [lower, median, upper] = result.quartiles().map(ShortestFloat);
        let _ = writeln!(
            text,
            "{},{},{},{least},{greatest},{},{},{median},{lower},{upper}",
            csv_cell(&settings),
            result.tuned.trials,
            ShortestFloat(result.tuned.result().time_or_infinity()),
            self.pairs,
            result.reached(),
        );
    }

    /// Returns the tests: one row per problem and pair of optimizers. `better` is empty if no difference is shown.
    pub(crate) fn tests_table(&self) -> String {
        let mut text = "problem,first,second,wins,losses,ties,p,better\n".to_owned();
        for pair in &self.tests {
            let names = pair.optimizers.map(|optimizer| label(self, optimizer));
            let [first, second] = names.map(|name| csv_cell(&name));
            let test = pair.test;
            let better = if pair.p >= SIGNIFICANCE {
                ""
            } else if test.wins > test.losses {
                &first
            } else {
                &second
            };
            let problem = csv_cell(&self.plan.workloads()[pair.workload].name);
            let (wins, losses, ties, p) =
                (test.wins, test.losses, test.ties, ShortestFloat(pair.p));
            let _ = writeln!(
                text,
                "{problem},{first},{second},{wins},{losses},{ties},{p},{better}"
            );
        }
        text
    }
}
