//! Output files that appear complete or not at all.

use crate::{
    failure::{Failure, Result, reason, refuse, usage},
    output::{
        recipe::Recipe,
        temporary::{NewFolders, TemporaryFile},
    },
};
use std::{
    fmt, fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};
use thalweg_plot::{
    KeepGoing,
    formats::{png, svg},
    scene::Scene,
};

/// Pixels of a PNG per px of the scene.
pub(crate) const SCALE: f64 = 2.0;

/// A folder that can be written to. If it is new and still empty, it is removed when this is dropped.
pub(crate) struct Folder {
    path: PathBuf,
    _new: NewFolders,
}

impl Folder {
    /// Creates the folder if necessary and tests that it is writable, so that mistakes are reported before any work.
    pub(crate) fn prepare(path: &Path) -> Result<Self> {
        let help = "give the path of a writable folder";
        if path.exists() && !path.is_dir() {
            refuse!("--out {} is a file, not a folder", path.display(); help);
        }
        let cannot = |e: io::Error| {
            if !is_path_error(&e) {
                return Failure::file("write to", path, e);
            }
            let (path, reason) = (path.display(), reason(&e));
            usage!("cannot write to --out {path}: {reason}"; help)
        };
        let folder = Self::create(path).map_err(cannot)?;
        TemporaryFile::new(path).map_err(cannot)?;
        Ok(folder)
    }

    /// Creates a folder inside of this one.
    pub(crate) fn inner(&self, name: &str) -> Result<Self> {
        let path = self.path(name);
        Self::create(&path).map_err(|e| Failure::file("create the folder", &path, e))
    }

    fn create(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            _new: NewFolders::create(path)?,
        })
    }

    /// Begins to write a file in this folder.
    pub(crate) fn pending(&self, name: &str) -> Result<PendingFile> {
        PendingFile::new(&self.path(name))
    }

    /// Writes a file in this folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result {
        write(&self.path(name), content)
    }

    /// Writes a picture with its recipe, as SVG and as PNG.
    pub(crate) fn write_picture(
        &self,
        name: &str,
        scene: Scene,
        recipe: &Recipe,
        keep_going: KeepGoing,
    ) -> Result {
        let [svg, png] = encode_picture(scene, recipe, keep_going)?;
        self.write(&format!("{name}.svg"), svg)?;
        self.write(&format!("{name}.png"), png)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Encodes a picture with its recipe as SVG and as PNG.
pub(crate) fn encode_picture(
    scene: Scene,
    recipe: &Recipe,
    keep_going: KeepGoing,
) -> Result<[Vec<u8>; 2]> {
    let scene = &Scene {
        recipe: recipe.embedded()?,
        ..scene
    };
    let png = png::encode_while(scene, SCALE, None, keep_going)?;
    Ok([svg::encode(scene).into_bytes(), png])
}

/// Writes a file.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result {
    let mut file = PendingFile::new(path)?;
    file.write(content.as_ref())?;
    file.persist()
}

/// A text file, or standard output if its path is `-`.
pub(crate) enum TextOutput {
    StandardOutput,
    File(PendingFile),
}

impl TextOutput {
    pub(crate) fn new(path: &Path) -> Result<Self> {
        if path == Path::new("-") {
            return Ok(Self::StandardOutput);
        }
        PendingFile::new(path).map(Self::File)
    }

    /// Calls `write`, which writes the content in pieces. A write error is reported at the end.
    pub(crate) fn write(&mut self, write: impl FnOnce(&mut dyn fmt::Write) -> Result) -> Result {
        match self {
            Self::StandardOutput => {
                let mut out = ByteTextWriter::new(BufWriter::new(io::stdout().lock()));
                write(&mut out)?;
                out.finish().map_err(Failure::standard_output)
            }
            Self::File(file) => file.write_text(write),
        }
    }

    /// Moves the file to its destination.
    pub(crate) fn persist(self) -> Result {
        match self {
            Self::StandardOutput => Ok(()),
            Self::File(file) => file.persist(),
        }
    }
}

/// A temporary file in the folder of its destination. `persist` moves it there; dropping it deletes it.
pub(crate) struct PendingFile {
    path: PathBuf,
    pub(crate) writer: BufWriter<TemporaryFile>,
}

impl PendingFile {
    pub(crate) fn new(path: &Path) -> Result<Self> {
        let path = &resolve_output_path(path)?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file = TemporaryFile::new(folder).map_err(|error| cannot_write(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            writer: BufWriter::new(file),
        })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result {
        let written = self.writer.write_all(bytes);
        written.map_err(|e| self.failure(e))
    }

    /// Calls `write`, which writes the content as text in pieces.
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

    /// Moves the file to its destination after its bytes have reached the disk.
    pub(crate) fn persist_to_disk(mut self) -> Result {
        let synced = self.writer.flush();
        let synced = synced.and_then(|()| self.writer.get_ref().sync());
        synced.map_err(|e| self.failure(e))?;
        self.persist()
    }

    pub(crate) fn persist(self) -> Result {
        let path = self.path;
        let failure = |error| Failure::file("write", &path, error);
        let file = self
            .writer
            .into_inner()
            .map_err(|e| failure(e.into_error()))?;
        file.persist(&path).map_err(failure)
    }
}

/// Returns the path of the file to write. Follows a symbolic link, so that the link itself is not replaced.
///
/// # Errors
/// The path is a folder, a device, or a pipe. Moving a file to the path of a device would remove the device.
pub(crate) fn resolve_output_path(path: &Path) -> Result<PathBuf> {
    if path.is_dir() {
        refuse!("{} is a folder, not a file", path.display(); "give the path of a file");
    }
    let path = link_target(path).map_err(|e| cannot_write(path, e))?;
    if path.exists() && !path.is_file() {
        refuse!("{} is not a regular file", path.display(); "give the path of a file");
    }
    Ok(path)
}

/// Follows symbolic links, also to a file that does not exist yet.
fn link_target(path: &Path) -> io::Result<PathBuf> {
    /// As many as Linux follows.
    const MAX_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..=MAX_LINKS {
        if !path.is_symlink() {
            return Ok(path);
        }
        let target = fs::read_link(&path)?;
        // A relative link begins in its own folder.
        path = match path.parent() {
            Some(folder) => folder.join(target),
            None => target,
        };
    }
    let message = "its symbolic links do not end at a file";
    Err(io::Error::new(io::ErrorKind::InvalidFilename, message))
}

/// Returns the failure of opening a file for writing: a usage error if another path would help, else a system error.
pub(crate) fn cannot_write(path: &Path, error: io::Error) -> Failure {
    if !is_path_error(&error) {
        return Failure::file("write", path, error);
    }
    usage!("cannot write to {}: {}", path.display(), reason(&error); "give the path of a writable file")
}

/// Returns whether another path would help. It would not help against a full disk, for example.
fn is_path_error(error: &io::Error) -> bool {
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

/// Writes text as bytes and keeps the I/O error, which `fmt::Error` cannot carry.
struct ByteTextWriter<W> {
    bytes: W,
    error: Option<io::Error>,
}

impl<W: Write> ByteTextWriter<W> {
    fn new(bytes: W) -> Self {
        Self { bytes, error: None }
    }

    /// Flushes the buffer and returns the first error.
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
