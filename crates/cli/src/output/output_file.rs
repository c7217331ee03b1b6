//! Output files, each in the format of its file extension.

use crate::{
    args::parse::join_alternatives,
    failure::{Result, refuse, usage},
    output::{
        files::PendingFile,
        inputs::check_not_an_input,
        pictures::{self, PngOptions},
        recipe::Recipe,
        temporary::TemporaryFile,
    },
    terminal,
};
use clap::ValueEnum;
use std::{
    fmt,
    io::BufWriter,
    path::{Path, PathBuf},
};
use thalweg_plot::{KeepGoing, PlotError, scene::Scene};

/// A file format. Its file extension is the name in lowercase.
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
    /// The formats of still pictures.
    pub(crate) const PICTURES: &[Self] = &[Self::Svg, Self::Png, Self::Pdf, Self::Html];

    /// The formats of animations. A PNG can be an APNG.
    pub(crate) const ANIMATIONS: &[Self] = &[Self::Gif, Self::Apng, Self::Png, Self::Mp4];

    /// The formats of the numbers of a figure.
    pub(crate) const DATA: &[Self] = &[Self::Json, Self::Csv];

    pub(crate) fn is_picture(self) -> bool {
        Self::PICTURES.contains(&self)
    }

    /// Returns whether files of this format contain a recipe.
    fn has_recipe(self) -> bool {
        self.is_picture() || Self::ANIMATIONS.contains(&self)
    }

    /// Returns the format of a path. `flag` names the argument in the error message.
    ///
    /// # Errors
    /// The file extension belongs to none of `formats`.
    pub(crate) fn of(flag: &str, path: &Path, formats: &[Self]) -> Result<Self> {
        let ending = path.extension().and_then(|e| e.to_str());
        let named = Self::from_str(ending.unwrap_or_default(), true).ok();
        let allowed = named.filter(|format| formats.contains(format));
        allowed.ok_or_else(|| {
            let endings = formats.iter().filter_map(Self::to_possible_value);
            let endings: Vec<_> = endings
                .map(|ending| format!(".{}", ending.get_name()))
                .collect();
            let help = format!("give a path that ends in {}", join_alternatives(&endings));
            usage!("{flag} {} does not have an allowed file extension", path.display(); &help)
        })
    }
}

/// An output file before it is moved to its destination.
pub(crate) struct OutputFile {
    pub(crate) format: Format,
    /// The destination, as given by the user.
    path: PathBuf,
    pending: PendingFile,
    /// The recipe that is embedded in a picture.
    recipe: Option<String>,
    /// Resolution and palette of a PNG.
    pub(crate) png: PngOptions,
}

impl OutputFile {
    /// Creates all files of one flag, so that mistakes are reported before any work. No file may replace an input of the
    /// recipe.
    pub(crate) fn prepare(
        flag: &str,
        paths: &[PathBuf],
        formats: &[Format],
        recipe: &Recipe,
    ) -> Result<Vec<Self>> {
        for (i, path) in paths.iter().enumerate() {
            if paths[..i].contains(path) {
                refuse!("{flag} {} is given twice", path.display(); "give each path once");
            }
        }
        let named = paths.iter().map(|path| Format::of(flag, path, formats));
        let named = named.collect::<Result<Vec<_>>>()?;
        for path in paths {
            check_not_an_input(recipe.inputs(), path)?;
        }
        let files = paths.iter().zip(named).map(|(path, format)| {
            Ok(Self {
                format,
                path: path.clone(),
                pending: PendingFile::new(path)?,
                recipe: if format.has_recipe() {
                    recipe.embedded()?
                } else {
                    None
                },
                png: PngOptions::default(),
            })
        });
        files.collect()
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result {
        self.pending.write(bytes)
    }

    /// Calls `write`, which writes the content as text in pieces.
    pub(crate) fn write_text(
        &mut self,
        write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
    ) -> Result {
        self.pending.write_text(|out| {
            // The pending file reports the I/O error at the end.
            let _ = write(out);
            Ok(())
        })
    }

    /// Writes a picture with its recipe. Does nothing for other formats.
    pub(crate) fn write_picture(&mut self, scene: &Scene, keep_going: KeepGoing) -> Result {
        self.write_pictures(std::slice::from_ref(scene), keep_going)
    }

    /// Writes pictures with their recipe: one per page if the format has pages, otherwise in one column. Does nothing for
    /// formats of data and of animations.
    pub(crate) fn write_pictures(&mut self, scenes: &[Scene], keep_going: KeepGoing) -> Result {
        let (recipe, png) = (self.recipe.as_deref(), self.png);
        match pictures::encode(self.format, scenes, recipe, png, keep_going)? {
            Some(bytes) => self.write(&bytes),
            None => Ok(()),
        }
    }

    /// Calls `write`, which writes the content in pieces.
    pub(crate) fn stream(
        &mut self,
        write: impl FnOnce(&mut BufWriter<TemporaryFile>) -> std::result::Result<(), PlotError>,
    ) -> Result {
        write(&mut self.pending.writer).map_err(|error| match error {
            PlotError::Write(error) => self.pending.failure(error),
            error => error.into(),
        })
    }

    /// Moves the files to their destinations and reports their paths.
    pub(crate) fn persist_all(files: impl IntoIterator<Item = Self>) -> Result {
        files.into_iter().try_for_each(|file| {
            file.pending.persist()?;
            terminal::report_written(&file.path);
            Ok(())
        })
    }
}
