//! Logs of losses without weights, as `TensorBoard` and Weights & Biases export them.

use crate::{
    Error,
    catalog::utf8,
    objective::data::{
        plain_name,
        table::{Table, TableFormat, listed},
    },
};

/// The losses of a run of another program, by step.
#[derive(Clone, Debug, PartialEq)]
pub struct LossLog {
    /// Name for legends: that of the run or of the file.
    pub name: String,
    /// Steps and losses, in the order of the steps.
    pub points: Vec<[f64; 2]>,
}

/// Names of columns that count steps, in the order of preference.
const STEPS: [&str; 7] = [
    "step",
    "_step",
    "global_step",
    "trainer/global_step",
    "epoch",
    "iteration",
    "iter",
];

/// Limit of the number of logs in a file.
const MAX_LOGS: usize = 50;

/// Names of columns that contain times, and the ends of the names of columns with statistics of W&B.
const TIMES: [&str; 5] = [
    "wall time",
    "relative time",
    "time",
    "timestamp",
    "_timestamp",
];
const STATISTICS: [&str; 3] = ["__min", "__max", "__std"];

impl LossLog {
    /// Reads the columns of a CSV file: one with steps, and one with the losses of each run. Rows without a finite loss are
    /// omitted, as in a file of several runs with different steps.
    ///
    /// # Errors
    /// The file is not text or not a table, or has no column of steps or losses.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Self>, Error> {
        let table = Table::from_csv(file, utf8(file, bytes)?, TableFormat::default())?;
        let error = |message: String| Error::in_file(file, None, None, message);
        let names: Vec<String> = table
            .columns
            .iter()
            .map(|name| name.to_lowercase())
            .collect();
        let of_name = |step: &&str| names.iter().position(|name| name == step);
        // A table without names gets names like x1.
        let step = STEPS
            .iter()
            .find_map(of_name)
            .or((names.len() == 2).then_some(0));
        let step = step.ok_or_else(|| {
            error(format!(
                "there is no column of steps; name it Step (found {})",
                listed(&table.columns)
            ))
        })?;
        let columns = loss_columns(&names, step);
        table.check_names(&[&*columns, &[step]].concat(), |[first, second]| {
            format!("rename or remove one of the columns {first} and {second} in the file")
        })?;
        if columns.len() > MAX_LOGS {
            let count = columns.len();
            return Err(error(format!(
                "there are {count} columns of losses; a picture can show at most {MAX_LOGS}: remove some"
            )));
        }
        let short_name = file.rsplit(['/', '\\']).next().unwrap_or_default();
        let short_name = &*plain_name(short_name);
        let mut logs = Vec::new();
        for &column in &columns {
            let column_name = plain_name(&table.columns[column]);
            let name = match run_name(&column_name) {
                Some(own) => own.to_owned(),
                None if columns.len() > 1 => format!("{short_name}: {column_name}"),
                None => short_name.to_owned(),
            };
            let points = table.column(step).zip(table.column(column));
            let points = points.map(|(step, loss)| [step, loss]);
            let mut points: Vec<[f64; 2]> =
                points.filter(|p| p.iter().all(|v| v.is_finite())).collect();
            points.sort_by(|a, b| a[0].total_cmp(&b[0]));
            if !points.is_empty() {
                logs.push(Self { name, points });
            }
        }
        if logs.is_empty() {
            return Err(error(format!(
                "there is no column of losses with numbers; name it loss or value (found {})",
                listed(&table.columns)
            )));
        }
        Ok(logs)
    }

    /// Returns whether a file is a log: a table of steps and losses, and of nothing else except times and statistics.
    pub fn is_log_file(file: &str, bytes: &[u8]) -> bool {
        let text = utf8(file, bytes).ok();
        let table = text.and_then(|text| Table::from_csv(file, text, TableFormat::default()).ok());
        table.is_some_and(|table| Self::is_log(&table.columns)) && Self::read(file, bytes).is_ok()
    }

    /// Returns whether these are the columns of a log.
    pub(super) fn is_log(names: &[impl AsRef<str>]) -> bool {
        let names = names.iter().map(|name| name.as_ref().to_lowercase());
        let names: Vec<String> = names.collect();
        let step = names.iter().position(|name| STEPS.contains(&&**name));
        step.is_some_and(|step| {
            let losses = loss_columns(&names, step);
            let is_named = |i: &usize| names[*i].contains("loss") || names[*i].contains("value");
            !losses.is_empty()
                && losses.iter().all(is_named)
                && losses == other_columns(&names, step)
        })
    }
}

/// Returns whether a column of this name contains steps, times, or losses instead of weights.
pub(super) fn is_log_column(name: &str) -> bool {
    let name = &*name.to_lowercase();
    let is_loss = name.contains("loss") || ["value", "cost", "objective", "error"].contains(&name);
    is_loss || TIMES.contains(&name) || is_step(name)
}

/// Returns the columns except those of steps, times, and statistics.
fn other_columns(names: &[String], step: usize) -> Vec<usize> {
    let is_other = |i: &usize| {
        let name = &*names[*i];
        let is_statistic = STATISTICS.iter().any(|end| name.ends_with(end));
        *i != step && !is_statistic && !TIMES.contains(&name) && !is_step(name)
    };
    (0..names.len()).filter(is_other).collect()
}

/// Returns the columns of losses: those whose name contains `loss`, or else `value`, or else the only other column.
fn loss_columns(names: &[String], step: usize) -> Vec<usize> {
    let others = other_columns(names, step);
    let with = |word: &str| {
        let named = others.iter().filter(|i| names[**i].contains(word));
        Some(named.copied().collect::<Vec<_>>()).filter(|named| !named.is_empty())
    };
    match with("loss").or_else(|| with("value")) {
        Some(named) => named,
        None if others.len() == 1 => others,
        None => Vec::new(),
    }
}

/// Returns whether a column counts steps, also that of one run of W&B: `run - _step`.
fn is_step(name: &str) -> bool {
    let own = name.rsplit(" - ").next().unwrap_or(name);
    STEPS.contains(&own)
}

/// Returns the name of the run in the name of a column of W&B: `run` in `run - train/loss`.
fn run_name(column: &str) -> Option<&str> {
    let (run, _) = column.rsplit_once(" - ")?;
    Some(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<LossLog> {
        LossLog::read("logs/run.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn reads_exports_of_tensorboard() {
        let logs = read("Wall time,Step,Value\n1700000000.5,0,2.5\n1700000001.5,10,1.25\n");
        assert_eq!(logs.len(), 1);
        assert_eq!(logs[0].name, "run.csv");
        assert_eq!(logs[0].points, [[0.0, 2.5], [10.0, 1.25]]);
    }

    #[test]
    fn reads_exports_of_weights_and_biases() {
        let logs = read(
            "\"Step\",\"lr-0.1 - loss\",\"lr-0.1 - loss__MIN\",\"lr-0.1 - loss__MAX\",\"b - loss\",\"b - _step\"\n\
             \"0\",\"2\",\"2\",\"2\",\"\",\"\"\n\"5\",\"1\",\"1\",\"1\",\"3\",\"5\"\n\"6\",\"NaN\",\"\",\"\",\"2\",\"6\"\n",
        );
        let names: Vec<&str> = logs.iter().map(|log| &*log.name).collect();
        assert_eq!(names, ["lr-0.1", "b"]);
        assert_eq!(logs[0].points, [[0.0, 2.0], [5.0, 1.0]]);
        assert_eq!(logs[1].points, [[5.0, 3.0], [6.0, 2.0]]);
    }

    #[test]
    fn reads_other_tables_of_steps_and_losses() {
        assert_eq!(read("0,3\n1,2\n")[0].points, [[0.0, 3.0], [1.0, 2.0]]);
        let logs = read("epoch;train_loss;val_loss;accuracy\n2;0,5;1,5;0,9\n1;1,5;2,5;0,8\n");
        assert_eq!(logs[0].name, "run.csv: train_loss");
        assert_eq!(logs[1].points, [[1.0, 2.5], [2.0, 1.5]]);
        let error = |text: &str| {
            LossLog::read("r.csv", text.as_bytes())
                .unwrap_err()
                .to_string()
        };
        assert!(error("a,b,c\n1,2,3\n").contains("no column of steps"));
        assert!(error("step,a,b\n1,2,3\n").contains("no column of losses"));
        assert!(error("step,loss\n1,x\n").contains("no column of losses"));
        // Nothing selects the columns of a log by their numbers.
        assert_eq!(
            error("step,loss,loss\n1,2,3\n"),
            "r.csv, line 1, column 3: two columns are named `loss`; \
             rename or remove one of the columns 2 and 3 in the file"
        );
        let is_log = |text: &str| LossLog::is_log_file("r.csv", text.as_bytes());
        assert!(
            is_log("Wall time,Step,Value\n1,0,2\n") && is_log("step,a - loss,b - loss\n0,1,2\n")
        );
        assert!(!is_log("step,x,y,loss\n0,1,2,3\n") && !is_log("a,b\n1,2\n"));
    }
}
