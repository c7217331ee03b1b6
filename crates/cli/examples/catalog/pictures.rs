//! The pictures of an entry.

use std::iter::once;
use thalweg::{
    Error,
    catalog::{EntryMetadata, Family, Kind},
    data_sets, problems,
};
use thalweg_explore::catalog::CatalogList;

/// Size and colors of all pictures, which keep the files small.
const STYLE: [&str; 6] = ["--size", "400x340", "--scale", "1", "--colors", "32"];
/// Optimizers that a picture of a problem compares.
const COMPARED: &str = "--with gradient-descent --with momentum --with rprop";

/// A picture of an entry.
pub(crate) struct Picture {
    /// Name of the file, beside the page.
    pub(crate) file: String,
    /// The figure and its arguments, separated by blanks.
    pub(crate) arguments: String,
}

impl Picture {
    /// Returns the words of the command that draws the picture, without the output file.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.split(' ');
        once("draw").chain(arguments).chain(STYLE)
    }
}

/// Returns the pictures of an entry: on the problem of the article, and on a problem that shows its typical behavior.
pub(crate) fn of(list: &CatalogList, about: &EntryMetadata) -> Result<Vec<Picture>, Error> {
    let arguments = arguments(list.name, about)?;
    let picture = |arguments: String| Picture {
        file: file(&about.id, &arguments),
        arguments,
    };
    Ok(arguments.into_iter().map(picture).collect())
}

/// Names a picture after its entry, its figure, and its problem: `adam-contour-article.png`.
fn file(id: &str, arguments: &str) -> String {
    let mut words = arguments.split(' ');
    let figure = words.next().unwrap_or_default();
    let problem = words.skip_while(|word| *word != "--on").nth(1);
    let problem = problem.and_then(|on| on.split(':').next());
    let problem = problem.filter(|problem| *problem != id);
    let parts = [Some(id), Some(figure), problem].into_iter().flatten();
    format!("{}.png", parts.collect::<Vec<_>>().join("-"))
}

fn arguments(list: &str, about: &EntryMetadata) -> Result<Vec<String>, Error> {
    let id = &about.id;
    // The content of a file is not known.
    if about.params.iter().any(|param| param.kind == Kind::File) {
        return Ok(Vec::new());
    }
    // A component is shown as a part of this optimizer.
    let with = |optimizer: &str, setting: &str, examples: [&str; 2]| {
        examples.map(|example| format!("{example} --with {optimizer}:{setting}={id}"))
    };
    let path = "contour --on article --epochs 10000";
    let valley = "contour --on rosenbrock --epochs 1000";
    Ok(match list {
        "optimizers" => {
            let examples = [path].into_iter().chain(about.family.map(typical));
            examples
                .map(|words| format!("{words} --with {id}"))
                .collect()
        }
        "line-searches" => [
            format!("{path} --with gradient-descent:search={id}"),
            format!("{valley} --with bfgs:search={id}"),
        ]
        .into(),
        "schedules" => {
            let state = "state --on quadratic --epochs 300 --target none";
            with("gradient-descent", "schedule", [path, state]).into()
        }
        "regularizers" => {
            let bowl = "contour --on quadratic --epochs 1000";
            with("gradient-descent", "regularizer", [path, bowl]).into()
        }
        "gradient-clips" => with("momentum", "gradient_clip", [path, valley]).into(),
        "auxiliary-rules" => {
            let network = "loss --on mlp:data=moons --epochs 1000";
            with("muon", "auxiliary", [path, network]).into()
        }
        "problems" => vec![problem(id)?],
        "data-sets" => vec![data_set(id)?],
        _ => Vec::new(),
    })
}

/// Returns the figure and the problem that show the typical behavior of a family of optimizers.
fn typical(family: Family) -> &'static str {
    match family {
        // Steps across a ravine are too long, and steps along it too short.
        Family::FirstOrder => "contour --on ravine --epochs 1000",
        // The size of the gradient carries no information about the distance.
        Family::SignBased => "contour --on plateau --epochs 1000",
        // All weights move equally fast, whatever their curvature.
        Family::Adaptive => "contour --on quadratic:condition=100,angle=20 --epochs 10000",
        Family::LayerWise => "loss --on mlp:data=moons --epochs 1000",
        Family::Matrix => "loss --on matrix-regression --epochs 1000",
        // The step size grows until it fits the distance.
        Family::ParameterFree => "contour --on quadratic --epochs 1000",
        // Points far apart find the deepest of many valleys.
        Family::DerivativeFree => "contour --on rastrigin --epochs 300",
        Family::Wrapper => "contour --on quadratic --epochs 200 --gradient-noise 3 --seed 1",
        _ => "contour --on rosenbrock --epochs 1000",
    }
}

fn problem(id: &str) -> Result<String, Error> {
    let pick = match id {
        "formula" => "formula:x^2+9*sin(y)^2",
        id => id,
    };
    let problem = problems::REGISTRY.build(&pick.parse()?, None)?;
    let figure = match problem.start.len() {
        2 => "contour",
        _ => "loss",
    };
    Ok(format!("{figure} --on {pick} --epochs 1000 {COMPARED}"))
}

fn data_set(id: &str) -> Result<String, Error> {
    let data = data_sets::REGISTRY.build(&id.parse()?, None)?;
    Ok(match data.dim() {
        1 | 2 => format!("data --on mlp:data={id} --epochs 1000 --with rprop"),
        _ => format!("loss --on perceptron:data={id} --epochs 1000 {COMPARED}"),
    })
}
