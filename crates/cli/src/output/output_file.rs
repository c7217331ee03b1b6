//! Files named with `-o`, each in the format that its ending names.

use crate::{
    args::parse::join_alternatives,
    failure::{Failure, Result, refuse, usage},
    output::{
        files::{PendingFile, SCALE},
        recipe::Recipe,
    },
    terminal,
};
use clap::ValueEnum;
use std::{
    fmt,
    io::BufWriter,
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;
use thalweg_gallery::html;
use thalweg_plot::{
    PlotError,
    formats::{pdf, png, svg},
    page::Page,
    scene::Scene,
};

/// What a file contains. Its ending is the name of the format in lowercase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Csv,
    Npy,
    Json,
    Svg,
    Png,
    Pdf,
    Html,
    Gif,
    Apng,
    Mp4,
}

impl Format {
    /// The pictures that do not move.
    pub(crate) const PICTURES: &[Self] = &[Self::Svg, Self::Png, Self::Pdf, Self::Html];

    /// What moves; a PNG can, too.
    pub(crate) const ANIMATIONS: &[Self] = &[Self::Gif, Self::Apng, Self::Png, Self::Mp4];

    /// The numbers behind a picture.
    pub(crate) const DATA: &[Self] = &[Self::Json, Self::Csv];

    pub(crate) fn is_picture(self) -> bool {
        Self::PICTURES.contains(&self)
    }

    /// The one of `formats` that the ending of `path`, given with this flag, names.
    pub(crate) fn of(flag: &str, path: &Path, formats: &[Self]) -> Result<Self> {
        let ending = path.extension().and_then(|e| e.to_str());
        let named = Self::from_str(ending.unwrap_or_default(), true).ok();
        let allowed = named.filter(|format| formats.contains(format));
        allowed.ok_or_else(|| {
            let endings = formats.iter().filter_map(Self::to_possible_value);
            let endings: Vec<_> = endings
                .map(|ending| format!(".{}", ending.get_name()))
                .collect();
            let help = format!("give a name in {}", join_alternatives(&endings));
            usage!("{flag} {} has no ending that says what it is", path.display(); &help)
        })
    }
}

/// A file that is being written.
pub(crate) struct OutputFile {
    pub(crate) format: Format,
    /// Where it will be, as it was given.
    path: PathBuf,
    pending: PendingFile,
    /// What a picture carries.
    recipe: String,
    /// Px of a PNG to one px of the scene; none for as many as are usual, or as fit.
    pub(crate) scale: Option<f64>,
}

impl OutputFile {
    /// All files that were given with this flag, tried out before any work.
    pub(crate) fn prepare(
        flag: &str,
        paths: &[PathBuf],
        formats: &[Format],
        recipe: &Recipe,
    ) -> Result<Vec<Self>> {
        for (i, path) in paths.iter().enumerate() {
            if paths[..i].contains(path) {
                refuse!("{flag} {} is given twice", path.display());
            }
        }
        let named = paths.iter().map(|path| Format::of(flag, path, formats));
        let named = named.collect::<Result<Vec<_>>>()?;
        let files = paths.iter().zip(named).map(|(path, format)| {
            Ok(Self {
                format,
                path: path.clone(),
                pending: PendingFile::new(path)?,
                recipe: recipe.text(),
                scale: None,
            })
        });
        files.collect()
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result {
        self.pending.write(bytes)
    }

    /// Lets `write` write all of it as text, piece by piece.
    pub(crate) fn write_text(
        &mut self,
        write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
    ) -> Result {
        self.pending.write_text(|out| {
            // What is wrong with the file is told at its end.
            let _ = write(out);
            Ok(())
        })
    }

    /// Writes a picture with its recipe, if this is one.
    pub(crate) fn write_picture(&mut self, scene: &Scene) -> Result {
        self.write_pictures(std::slice::from_ref(scene))
    }

    /// Writes pictures with their recipe: on a page each where the format has pages, else below each other.
    pub(crate) fn write_pictures(&mut self, scenes: &[Scene]) -> Result {
        let mut scenes = scenes.to_vec();
        if matches!(self.format, Format::Svg | Format::Png) && scenes.len() > 1 {
            scenes = vec![Page::column(scenes).scene()];
        }
        let Some(first) = scenes.first_mut() else {
            return Ok(());
        };
        first.recipe = Some(self.recipe.clone());
        // A viewer of SVG or HTML has other fonts too.
        if matches!(self.format, Format::Png | Format::Pdf) {
            terminal::warn_of_missing_characters(&scenes);
        }
        match self.format {
            Format::Svg => self.write(svg::encode(&scenes[0]).as_bytes()),
            Format::Png => {
                // A panel for each of many optimizers: coarser rather than not at all.
                let fitting = || png::scale_within_limit(&scenes[0], SCALE);
                let scale = self.scale.unwrap_or_else(fitting);
                self.write(&png::encode(&scenes[0], scale)?)
            }
            Format::Pdf => self.write(&pdf::encode_pages(&scenes)?),
            Format::Html => self.write(html::figures(&scenes).as_bytes()),
            _ => Ok(()),
        }
    }

    /// Lets `write` write all of it, piece by piece.
    pub(crate) fn stream(
        &mut self,
        write: impl FnOnce(&mut BufWriter<NamedTempFile>) -> std::result::Result<(), PlotError>,
    ) -> Result {
        write(&mut self.pending.writer).map_err(|error| match error {
            PlotError::Write(error) => self.pending.failure(error),
            PlotError::Stopped => Failure::Interrupted,
            error => error.into(),
        })
    }

    /// Moves the files to their places, and names them in a terminal.
    pub(crate) fn persist_all(files: impl IntoIterator<Item = Self>) -> Result {
        files.into_iter().try_for_each(|file| {
            file.pending.persist()?;
            terminal::report_written(&file.path);
            Ok(())
        })
    }
}
