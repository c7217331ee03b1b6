//! `cargo xtask bench --peers`: the same work in other programs, on the same core, in alternation with ours.
//!
//! The ratio of two times in one round is more reliable than the times, because the speed of a machine changes.

use super::{loops, processes::PROCESSES};
use crate::{
    measure,
    process::{self, root, tool},
    programs::profile_folder,
    python::Environment,
};
use anyhow::{Context as _, Result, ensure};
use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

/// Number of rounds. Each measures ours and the peer once.
const ROUNDS: usize = 5;
/// Largest relative difference between the numbers of units, such as epochs, of the same work. Other programs have other last
/// bits, which change a few epochs.
const MAX_DIFFERENCE: f64 = 0.01;

/// Packages of the peers, with fixed versions, because other versions have other speeds.
const PACKAGES: &[&str] = &[
    "contourpy==1.3.3",
    "jax==0.10.2",
    "matplotlib==3.11.2",
    "numba==0.68.1",
    "numpy==2.4.6",
    "pillow==13.0.0",
];

/// The scripts, which the program contains.
const LOOPS: &str = include_str!("loops.py");
const FIGURE: &str = include_str!("figure.py");
const ANIMATION: &str = include_str!("animation.py");

/// The work of a peer.
enum Work {
    /// A job of `loops.py`, and the same job of the example `kernels`.
    Loop(&'static str, &'static str),
    /// Another job of the example `kernels`, and ours.
    Kernel(&'static str, &'static str),
    /// A script that writes a file, which does the work of the process with the name of the row.
    Process(&'static str, &'static str),
}

/// One comparison.
struct Contest {
    /// The row of the benchmark.
    row: &'static str,
    what: &'static str,
    peer: &'static str,
    work: Work,
    /// How many times faster than the peer ours must be, with 512-bit registers and without; NaN if there is no goal.
    goals: [f64; 2],
}

/// Defines the table: row, description, peer, and work; and the goals.
macro_rules! contests {
    ($($row:literal $what:literal $peer:literal $work:expr => $goals:expr;)*) => {
        const CONTESTS: &[Contest] = &[$(Contest {
            row: $row,
            what: $what,
            peer: $peer,
            work: $work,
            goals: $goals,
        }),*];
    };
}

const NO_GOAL: [f64; 2] = [f64::NAN; 2];

contests! {
    "map" "map of starts, momentum" "Numba" Work::Loop("momentum-numba", "map") => [8.0, 5.0];
    "map" "map of starts, momentum" "NumPy" Work::Loop("momentum-numpy", "map") => NO_GOAL;
    "map-rprop" "map of starts, RPROP" "Numba" Work::Loop("rprop-numba", "map-rprop") => [8.0, 5.0];
    "map-adam" "map of starts, Adam" "Numba" Work::Loop("adam-numba", "map-adam") => [8.0, 5.0];
    "grid" "loss on 1000 x 1000 points" "JAX" Work::Loop("grid-jax", "grid") => [4.0, 2.5];
    "grid" "loss on 1000 x 1000 points" "Numba, separated" Work::Loop("grid-numba", "grid") => [3.0, 2.0];
    "grid" "loss on 1000 x 1000 points" "NumPy" Work::Loop("grid-numpy", "grid") => NO_GOAL;
    "bands" "20 filled bands on 1000 x 1000" "ContourPy" Work::Loop("bands-contourpy", "bands") => NO_GOAL;
    "mlp" "1000 epochs of 2-8-8-1" "JAX" Work::Loop("mlp-jax", "mlp") => [2.0, 1.5];
    "mlp" "1000 epochs of 2-8-8-1" "NumPy" Work::Loop("mlp-numpy", "mlp") => NO_GOAL;
    "muon" "1000 steps of muon, 64 x 64" "NumPy" Work::Loop("muon-numpy", "muon") => [0.4; 2];
    "exp" "exp, one number at a time" "the system's" Work::Kernel("exp-of-the-system", "exp") => [1.0; 2];
    "figure" "one figure, whole process" "matplotlib" Work::Process(FIGURE, "figure.png") => NO_GOAL;
    "animation" "GIF of 92 epochs, whole process" "matplotlib" Work::Process(ANIMATION, "animation.gif") => NO_GOAL;
}

/// Prints the table of the chosen rows.
pub(super) fn run(chosen: &[&str]) -> Result<()> {
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot write to {}", folder.display()))?;
    let bench = PeerBench {
        environment: Environment::cached("peers", PACKAGES)?,
        folder,
        is_pinned: process::output_if_successful(&mut on_one_core(&Command::new("true"))).is_some(),
    };
    let set = loops::instruction_set();
    let cores = if bench.is_pinned {
        "on one core"
    } else {
        "on all cores, because there is no program `taskset`"
    };
    println!(
        "instruction set: {set}; {cores}; minima of {ROUNDS} rounds, and the ratios of the rounds"
    );
    println!(
        "{:<32} {:>10} {:>12}   {:<16} {:>8} {:>15} {:>6}",
        "", "ours", "theirs", "peer", "median", "ratios", "goal"
    );
    let is_chosen = |contest: &&Contest| chosen.contains(&contest.row);
    for contest in CONTESTS.iter().filter(is_chosen) {
        println!("{}", bench.compare(contest)?);
    }
    Ok(())
}

/// The programs and the folder of the comparisons.
struct PeerBench {
    environment: Environment,
    folder: PathBuf,
    is_pinned: bool,
}

/// The minimum time of a job in nanoseconds per unit, and its number of units.
#[derive(Clone, Copy)]
struct Measured {
    least: f64,
    units: f64,
}

impl PeerBench {
    /// Measures both sides in turns and returns the line of the table.
    fn compare(&self, contest: &Contest) -> Result<String> {
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            let round = self.round(contest)?;
            let [ours, theirs] = round.map(|side| side.units);
            ensure!(
                (ours - theirs).abs() <= MAX_DIFFERENCE * ours,
                "{} of {} did other work: {theirs} units, not {ours}",
                contest.what,
                contest.peer
            );
            rounds.push(round.map(|side| side.least));
        }
        Ok(line(contest, &rounds))
    }

    /// Measures ours, then the peer.
    fn round(&self, contest: &Contest) -> Result<[Measured; 2]> {
        match contest.work {
            Work::Loop(job, ours) => {
                let mut theirs = self.environment.program("python", "-c");
                theirs.arg(LOOPS).arg(job);
                Ok([self.kernel(ours)?, self.measured(theirs)?])
            }
            Work::Kernel(theirs, ours) => Ok([self.kernel(ours)?, self.kernel(theirs)?]),
            Work::Process(script, file) => {
                let ours = PROCESSES.iter().find(|process| process.name == contest.row);
                let ours = ours.context("there is no such process")?.command()?;
                let mut theirs = self.environment.program("python", "-c");
                theirs.arg(script).arg(file);
                Ok([self.process(ours)?, self.process(theirs)?])
            }
        }
    }

    /// Measures a job of the example `kernels`.
    fn kernel(&self, job: &str) -> Result<Measured> {
        self.measured(tool(
            profile_folder("release")?.join("examples/kernels"),
            job,
        ))
    }

    /// Runs a program that prints a minimum, a median, and a number of units at the end of its output.
    fn measured(&self, command: Command) -> Result<Measured> {
        let printed = process::output(&mut self.placed(command))?;
        let mut words = printed.split_whitespace().rev();
        let mut number = || words.next().and_then(|word| word.parse().ok());
        let (units, _, least) = (number(), number(), number());
        let read = least
            .zip(units)
            .map(|(least, units)| Measured { least, units });
        read.with_context(|| format!("a job printed `{printed}` instead of its times"))
    }

    /// Measures a whole process. A unit is one of them.
    fn process(&self, command: Command) -> Result<Measured> {
        let mut command = self.placed(command);
        command.current_dir(&self.folder).stdout(Stdio::null());
        let (times, _) = measure::child_repeatedly(1, &mut command)?;
        let least = times.min().as_secs_f64() * 1e9;
        Ok(Measured { least, units: 1.0 })
    }

    /// Returns the command that starts a program on one core, if that is possible.
    fn placed(&self, command: Command) -> Command {
        if self.is_pinned {
            on_one_core(&command)
        } else {
            command
        }
    }
}

/// Returns the command that starts a program on the first core, with its arguments and variables.
fn on_one_core(command: &Command) -> Command {
    let mut pinned = tool("taskset", "-c 0");
    pinned.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => pinned.env(name, value),
            None => pinned.env_remove(name),
        };
    }
    pinned
}

/// Formats the times and the ratios of all rounds.
fn line(contest: &Contest, rounds: &[[f64; 2]]) -> String {
    let least = |side: usize| {
        rounds
            .iter()
            .map(|round| round[side])
            .fold(f64::INFINITY, f64::min)
    };
    let mut ratios: Vec<f64> = rounds.iter().map(|[ours, theirs]| theirs / ours).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let median = ratios[ratios.len() / 2];
    let goal = contest.goals[usize::from(!loops::has_avx512())];
    let verdict = match goal {
        goal if goal.is_nan() => String::new(),
        goal if median < goal => format!("{goal:>6} missed"),
        goal => format!("{goal:>6}"),
    };
    let range = format!("{:.2} to {:.2}", ratios[0], ratios[ratios.len() - 1]);
    let [ours, theirs] = [0, 1].map(|side| duration(least(side)));
    format!(
        "{:<32} {ours:>10} {theirs:>12}   {:<16} {median:>8.2} {range:>15} {verdict}",
        contest.what, contest.peer
    )
}

/// Formats a number of nanoseconds.
fn duration(nanoseconds: f64) -> String {
    match nanoseconds {
        ns if ns < 1e4 => format!("{ns:.2} ns"),
        ns => format!("{:.2} ms", ns / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_comparison_belongs_to_a_row_of_the_benchmark() {
        let names = super::super::names();
        for contest in CONTESTS {
            assert!(names.contains(&contest.row), "{}", contest.row);
            if let Work::Loop(job, _) = contest.work {
                let function = format!("def {}(", job.replace('-', "_"));
                assert!(LOOPS.contains(&function), "{job}");
            }
        }
    }

    #[test]
    fn a_line_states_the_median_and_the_range_of_the_ratios() {
        let shown = line(&CONTESTS[0], &[[10.0, 90.0], [12.0, 84.0], [11.0, 110.0]]);
        assert!(
            shown.contains("10.00 ns") && shown.contains("84.00 ns"),
            "{shown}"
        );
        assert!(
            shown.contains("9.00") && shown.contains("7.00 to 10.00"),
            "{shown}"
        );
    }
}
