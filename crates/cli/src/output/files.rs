//! Files that appear whole or not at all.

use crate::{
    failure::{Failure, Result, reason, refuse, usage},
    output::recipe::Recipe,
};
use std::{
    fmt, fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;
use thalweg_plot::{
    formats::{png, svg},
    scene::Scene,
};

/// Px of a PNG to one px of the scene.
pub(crate) const SCALE: f64 = 2.0;

/// A folder that can be written to.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder at `path`, made if it is not there, and tried out: a place that cannot be used is said before any work.
    pub(crate) fn prepare(path: &Path) -> Result<Self> {
        let help = "give --out a folder that you may write to";
        if path.exists() && !path.is_dir() {
            refuse!("--out {} is a file, not a folder", path.display(); help);
        }
        let cannot = |e: io::Error| {
            if !is_wrong_place(&e) {
                return Failure::file("write to", path, e);
            }
            let (path, reason) = (path.display(), reason(&e));
            usage!("cannot write to --out {path}: {reason}"; help)
        };
        fs::create_dir_all(path).map_err(cannot)?;
        temporary(path).map_err(cannot)?;
        Ok(Self(path.to_owned()))
    }

    /// A folder in it.
    pub(crate) fn inner(&self, name: &str) -> Result<Self> {
        let path = self.0.join(name);
        fs::create_dir_all(&path).map_err(|e| Failure::file("make the folder", &path, e))?;
        Ok(Self(path))
    }

    /// Writes a whole file.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result {
        write(&self.0.join(name), content)
    }

    /// Writes a picture with its recipe, as SVG and as PNG.
    pub(crate) fn write_picture(&self, name: &str, scene: Scene, recipe: &Recipe) -> Result {
        let scene = &Scene {
            recipe: Some(recipe.text()),
            ..scene
        };
        self.write(&format!("{name}.svg"), svg::encode(scene))?;
        self.write(&format!("{name}.png"), png::encode(scene, SCALE)?)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// Writes a whole file.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result {
    let mut file = PendingFile::new(path)?;
    file.write(content.as_ref())?;
    file.persist()
}

/// Writes a whole file as text, piece by piece, or to standard output for `-`; an error of the text writer comes later.
pub(crate) fn write_text(path: &Path, write: impl FnOnce(&mut dyn fmt::Write) -> Result) -> Result {
    if path == Path::new("-") {
        let mut out = ByteTextWriter::new(BufWriter::new(io::stdout().lock()));
        write(&mut out)?;
        return out.finish().map_err(Failure::standard_output);
    }
    let mut file = PendingFile::new(path)?;
    file.write_text(write)?;
    file.persist()
}

/// A file beside its place, which moves there when it is whole and vanishes when it is dropped before.
pub(crate) struct PendingFile {
    path: PathBuf,
    pub(crate) writer: BufWriter<NamedTempFile>,
}

impl PendingFile {
    pub(crate) fn new(path: &Path) -> Result<Self> {
        let path = &resolve_output_path(path)?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file = temporary(folder).map_err(|error| cannot_write(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            writer: BufWriter::new(file),
        })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result {
        let written = self.writer.write_all(bytes);
        written.map_err(|e| self.failure(e))
    }

    /// Lets `write` write all of it as text, piece by piece.
    pub(crate) fn write_text(
        &mut self,
        write: impl FnOnce(&mut dyn fmt::Write) -> Result,
    ) -> Result {
        let mut out = ByteTextWriter::new(&mut self.writer);
        write(&mut out)?;
        let written = out.finish();
        written.map_err(|e| self.failure(e))
    }

    pub(crate) fn failure(&self, error: io::Error) -> Failure {
        Failure::file("write", &self.path, error)
    }

    pub(crate) fn persist(self) -> Result {
        let path = self.path;
        let failure = |error| Failure::file("write", &path, error);
        let file = self
            .writer
            .into_inner()
            .map_err(|e| failure(e.into_error()))?;
        file.persist(&path).map_err(|e| failure(e.error))?;
        Ok(())
    }
}

/// The file to write where `path` is given: what a link leads to, for a link stays a link.
///
/// A folder is refused, and so is a device or a pipe: moving a file over it would take it away from everyone.
pub(crate) fn resolve_output_path(path: &Path) -> Result<PathBuf> {
    if path.is_dir() {
        refuse!("{} is a folder, not a file", path.display());
    }
    let target = path
        .is_symlink()
        .then(|| fs::canonicalize(path).ok())
        .flatten();
    let path = target.unwrap_or_else(|| path.to_owned());
    if path.exists() && !path.is_file() {
        refuse!("{} is no ordinary file", path.display(); "give the name of a file");
    }
    Ok(path)
}

/// The failure to open a file for writing: another place should be given, or the machine is to blame.
pub(crate) fn cannot_write(path: &Path, error: io::Error) -> Failure {
    if !is_wrong_place(&error) {
        return Failure::file("write", path, error);
    }
    usage!("cannot write to {}: {}", path.display(), reason(&error))
}

/// Whether the place is to blame, and another one should be given; else the machine is: a full disk, say.
fn is_wrong_place(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::NotFound
            | Kind::PermissionDenied
            | Kind::NotADirectory
            | Kind::IsADirectory
            | Kind::AlreadyExists
            | Kind::InvalidFilename
            | Kind::ReadOnlyFilesystem
    )
}

/// A new file in `folder` that vanishes when it is dropped, with the rights that any new file gets.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".thalweg-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Text into bytes, keeping the error that text writers cannot tell.
struct ByteTextWriter<W> {
    bytes: W,
    error: Option<io::Error>,
}

impl<W: Write> ByteTextWriter<W> {
    fn new(bytes: W) -> Self {
        Self { bytes, error: None }
    }

    /// Writes out what is left and tells what went wrong.
    fn finish(mut self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(error),
            None => self.bytes.flush(),
        }
    }
}

impl<W: Write> fmt::Write for ByteTextWriter<W> {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        self.bytes.write_all(words.as_bytes()).map_err(|error| {
            self.error = Some(error);
            fmt::Error
        })
    }
}
