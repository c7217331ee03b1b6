//! `thalweg export`: writes a Python script that repeats a run with another library.

mod call;
mod formula;
mod framework;
mod network;
mod options;
mod schedule;
mod script;

use crate::{
    args::export::ExportArgs,
    output::{check_not_an_input, files},
    prelude::*,
};
use framework::Framework;
use script::Script;
use thalweg::{catalog::Family, optimizers, randomness::Randomness, spec::ExperimentSpec};
use thalweg_explore::shell;

pub(crate) fn run(args: &ExportArgs) -> Result {
    let spec = &args.experiment.0;
    input::need_optimizer("export", spec)?;
    check_extension(&args.output)?;
    let experiment = input::experiment(spec)?;
    if args.output != Path::new("-") {
        let files = experiment.files();
        check_not_an_input(files.iter().map(|(name, _)| name), &args.output)?;
    }
    let contest = experiment.prepare()?;
    let framework = Framework::named(&args.library);
    let text = text(&contest, framework, &command(spec))?;
    if args.output == Path::new("-") {
        return terminal::print(text);
    }
    files::write(&args.output, text)?;
    terminal::report_written(&args.output);
    Ok(())
}

/// Refuses an output file that does not look like a Python script.
fn check_extension(output: &Path) -> Result {
    let extension = output.extension();
    if output != Path::new("-") && extension.is_none_or(|e| !e.eq_ignore_ascii_case("py")) {
        let help = format!("write -o {}", output.with_extension("py").display());
        refuse!("-o {}: the extension of a Python script must be .py", output.display(); &help);
    }
    Ok(())
}

/// Returns the command that makes the same run.
fn command(spec: &ExperimentSpec) -> String {
    // The problem is given even if it is the default.
    let usual = ExperimentSpec {
        on: String::new(),
        ..ExperimentSpec::default()
    };
    let mut command = "thalweg train".to_owned();
    for (key, value) in spec.pairs(&usual) {
        let _ = write!(command, " --{key} {}", shell::quoted(&value));
    }
    command
}

/// Returns the script of the only run of an experiment. `command` is the command that makes this run.
fn text(contest: &PreparedExperiment, framework: Framework, command: &str) -> Result<String> {
    let [contender] = &contest.contenders[..] else {
        let count = contest.contenders.len();
        refuse!("a script contains one run, but there are {count} optimizers"; "give one --with");
    };
    check_randomness(contender.randomness())?;
    if let Some(tolerance) = contest.budget.tolerance {
        let tolerance = ShortestFloat(tolerance);
        refuse!(
            "the tolerance {tolerance} cannot be exported";
            "remove --tolerance; --epochs and --target end the run of a script"
        );
    }
    let about = &optimizers::REGISTRY.named(&contender.pick.id)?.about;
    let settings = contender.settings_in_effect();
    let loss = loss(contest, framework)?;
    let options = options::of(framework, about, &settings)?;
    let call = call::of(framework, about, &settings, &options)?;
    let script = Script {
        framework,
        contest,
        contender,
        command,
        loss,
        call,
        options,
        needs_loss: framework == Framework::Jax && about.family == Some(Family::ParameterFree),
    };
    Ok(script.text())
}

/// Refuses random numbers, which another library draws in another way.
fn check_randomness(randomness: &Randomness) -> Result {
    if randomness.batch.is_some() {
        refuse!("mini-batches cannot be exported"; "remove the batch size; the script uses all samples in every step");
    }
    if randomness.gradient_noise != 0.0 {
        refuse!("gradient noise cannot be exported, because other libraries draw other random numbers"; "remove --gradient-noise");
    }
    Ok(())
}

/// The loss of a problem in Python.
struct Loss {
    /// Statements before the function, such as the data.
    data: String,
    /// The body of the function of the parameters `w`, in lines.
    body: Vec<String>,
    /// The initial values of the parameters: tensors as nested lists.
    parameters: Vec<String>,
}

/// Writes the loss of the problem.
fn loss(contest: &PreparedExperiment, framework: Framework) -> Result<Loss> {
    let problem = &contest.problem;
    if let Some(tape) = problem.objective.tape() {
        return Ok(Loss {
            data: String::new(),
            body: formula::body(&tape, framework),
            parameters: vec![framework::list(&contest.start)],
        });
    }
    let Some(network) = &problem.network else {
        refuse!(
            "the problem `{}` cannot be exported", contest.on.id;
            "choose a formula, a test function, or a network: article, perceptron, csv, or mlp"
        );
    };
    let blocks = problem.objective.blocks();
    Ok(network::loss(&**network, blocks, &contest.start, framework))
}
