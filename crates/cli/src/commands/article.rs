//! `thalweg article`: writes all figures, tables, and traces of the article, and a page that explains them.

use super::explore::PAGE;
use crate::{output::files::Folder, prelude::*, terminal::Host};
use rayon::prelude::*;
use thalweg::spec::ExperimentSpec;
use thalweg_explore::{
    address::{Address, DEFAULT_ADDRESS},
    view_state::ViewState,
};
use thalweg_gallery::article::{self, Algorithm, ArticleRuns, FIGURES, LivePage};
use thalweg_plot::{scene::Scene, theme::Theme};

pub(crate) fn run(out: &Path, recipe: &Recipe) -> Result {
    let folder = Folder::prepare(out)?;
    let interrupt = Interrupt::listen();
    let study = ArticleRuns::new()?;
    let scenes = FIGURES.iter().map(|f| f.scene(&study, &Theme::LIGHT));
    let scenes = scenes.collect::<std::result::Result<Vec<Scene>, _>>()?;

    let figures = folder.inner("figures")?;
    let progress = Progress::new(scenes.len() as u64, "figures");
    let write = |(i, scene): (usize, &Scene)| -> Result {
        let name = format!("{:02}-{}", i + 1, FIGURES[i].name);
        let figure = format!("article:figure={}", FIGURES[i].name);
        let recipe = recipe.for_command(&["draw", &figure]);
        figures.write_picture(&name, scene.clone(), &recipe, &|| interrupt.keeps_going())?;
        progress.increment();
        Ok(())
    };
    let host = Host::current();
    // The threads belong to the host of this one, so that it deletes their files if it abandons the work.
    let write = |figure| {
        host.as_ref()
            .map_or_else(|| write(figure), |host| host.run(|| write(figure)))
    };
    let written = scenes.par_iter().enumerate().try_for_each(write);
    drop(progress);

    interrupt.check()?;
    written?;
    let traces = folder.inner("traces")?;
    for algorithm in &study.algorithms {
        traces.write(&format!("{}.csv", algorithm.file), algorithm.trace.to_csv())?;
    }
    folder.write("summary.csv", article::csv(&study))?;
    folder.write("summary.md", article::markdown(&study))?;
    let home: Address = DEFAULT_ADDRESS.parse()?;
    let live = LivePage {
        file: "explore.html",
        address: &|picks: &[&Pick], window: Option<Window>| {
            let spec = ExperimentSpec {
                with: picks.iter().map(ToString::to_string).collect(),
                ..home.spec.clone()
            };
            let view = ViewState {
                window,
                ..ViewState::default()
            };
            Address { spec, view }.to_string()
        },
    };
    folder.write("index.html", article::html(&study, &scenes, &live))?;
    folder.write(live.file, PAGE)?;

    terminal::print(summary(&study))?;
    let page = folder.path("index.html");
    terminal::print(format_args!("\nThe page is {}\n", page.display()))
}

/// Formats the table of the algorithms.
fn summary(study: &ArticleRuns) -> String {
    let rows = study.algorithms.iter().chain([&study.larger_rate]).map(row);
    let heads = "algorithm|optimizer|epochs|error|error evals|gradient evals";
    table(heads, rows, 2)
}

fn row(a: &Algorithm) -> Vec<String> {
    let calls = a.trace.total();
    vec![
        a.name.to_owned(),
        a.pick.to_string(),
        a.trace.epochs().to_string(),
        terminal::number(a.trace.loss()),
        calls.value.to_string(),
        calls.gradient.to_string(),
    ]
}
