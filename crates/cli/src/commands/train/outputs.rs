//! The files of `thalweg train`: the trace of one run, and a folder with all traces and the map. They appear together when
//! all of them are complete.

use crate::{
    args::train::TrainArgs,
    output::{
        check_not_an_input,
        files::{Folder, PendingFile, TextOutput, encode_picture},
    },
    prelude::*,
};
use thalweg_gallery::figures::{self, FigureInput, FigureStyle};
use thalweg_plot::theme::Theme;

/// The files of the map in the folder.
const MAP: [&str; 2] = ["map.svg", "map.png"];

/// The output files before they are moved to their destinations.
pub(super) struct TrainOutputs {
    pub(super) trace: Option<TextOutput>,
    folder: Option<RunFolder>,
}

impl TrainOutputs {
    /// Creates the files, so that mistakes are reported before any work. No file may replace an input of the recipe.
    pub(super) fn prepare(
        args: &TrainArgs,
        contest: &PreparedExperiment,
        recipe: Recipe,
    ) -> Result<Self> {
        if let Some(path) = args.trace.as_deref().filter(|path| *path != Path::new("-")) {
            check_not_an_input(recipe.inputs(), path)?;
        }
        let folder = args.out.as_deref();
        let folder = folder.map(|path| RunFolder::prepare(path, contest, recipe));
        Ok(Self {
            folder: folder.transpose()?,
            trace: args.trace.as_deref().map(TextOutput::new).transpose()?,
        })
    }

    /// Writes the traces and the map of the folder.
    pub(super) fn fill(&mut self, subject: &FigureInput, interrupt: &Interrupt) -> Result {
        match &mut self.folder {
            Some(folder) => folder.fill(subject, interrupt),
            None => Ok(()),
        }
    }

    /// Moves all files to their destinations.
    pub(super) fn persist(self) -> Result {
        if let Some(folder) = self.folder {
            let mut files = folder.traces.into_iter().chain(folder.map);
            files.try_for_each(PendingFile::persist)?;
        }
        self.trace.map_or(Ok(()), TextOutput::persist)
    }
}

/// The folder of `--out` and its files. They are declared before the folder and therefore dropped before it, because only an
/// empty folder is removed.
struct RunFolder {
    traces: Vec<PendingFile>,
    map: Vec<PendingFile>,
    recipe: Recipe,
    _folder: Folder,
}

impl RunFolder {
    fn prepare(path: &Path, contest: &PreparedExperiment, recipe: Recipe) -> Result<Self> {
        // The map is encoded after the runs, but a recipe that it cannot contain is reported before them.
        recipe.embedded()?;
        let traces = trace_files(contest);
        for name in traces.iter().map(String::as_str).chain(MAP) {
            check_not_an_input(recipe.inputs(), &path.join(name))?;
        }
        let folder = Folder::prepare(path)?;
        let traces = traces.iter().map(|name| folder.pending(name));
        let map = MAP.iter().map(|name| folder.pending(name));
        Ok(Self {
            traces: traces.collect::<Result<_>>()?,
            map: map.collect::<Result<_>>()?,
            recipe,
            _folder: folder,
        })
    }

    /// Writes the traces, and the map if the problem can be shown on one.
    fn fill(&mut self, subject: &FigureInput, interrupt: &Interrupt) -> Result {
        for (file, trace) in self.traces.iter_mut().zip(subject.traces) {
            file.write(trace.to_csv().as_bytes())?;
        }
        if subject.optional_view().is_none() {
            self.map.clear();
            terminal::print_stderr("note: a map needs two weights, but the problem has 1 weight\n");
            return Ok(());
        }
        let map = figures::REGISTRY.build(&"contour".parse()?, None)?;
        let scene = map.draw(subject, FigureStyle::of(&Theme::LIGHT))?;
        let pictures = encode_picture(scene, &self.recipe, &|| interrupt.keeps_going())?;
        let mut files = self.map.iter_mut().zip(pictures);
        files.try_for_each(|(file, picture)| file.write(&picture))
    }
}

/// Returns the names of the files of the traces: the id of each optimizer, with a number from the second one of an id on.
fn trace_files(contest: &PreparedExperiment) -> Vec<String> {
    let ids: Vec<&str> = contest.contenders.iter().map(|c| &*c.pick.id).collect();
    let names = ids.iter().enumerate().map(|(i, id)| {
        match ids[..i].iter().filter(|other| *other == id).count() {
            0 => format!("{id}.csv"),
            n => format!("{id}-{}.csv", n + 1),
        }
    });
    names.collect()
}
