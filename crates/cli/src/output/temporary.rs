//! Temporary files, which become output files or are deleted.
//!
//! A process locks its temporary files. If it is killed, the operating system releases the locks, and the next process
//! that writes to the folder deletes them.

use crate::terminal::Host;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tempfile::NamedTempFile;

/// The name of a temporary file: this prefix and some random letters and digits.
const PREFIX: &str = ".thalweg-";
const RANDOM: usize = 6;

/// The temporary files and the new folders of this process, and the folders in which it has deleted the files of killed
/// processes.
static FILES: Mutex<State> = Mutex::new(State {
    unfinished: BTreeMap::new(),
    new_folders: BTreeSet::new(),
    cleaned: BTreeSet::new(),
});

struct State {
    /// The files with the host of the work that writes them.
    unfinished: BTreeMap<PathBuf, Option<Host>>,
    new_folders: BTreeSet<PathBuf>,
    cleaned: BTreeSet<PathBuf>,
}

/// A temporary file that is deleted when it is dropped, by [`delete_all`], and by [`delete_of`].
pub(crate) struct TemporaryFile(Option<NamedTempFile>);

impl TemporaryFile {
    /// Creates a temporary file in `folder` with the permissions of an ordinary new file.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        if state().cleaned.insert(folder.to_owned()) {
            delete_abandoned(folder);
        }
        loop {
            let file = create(folder)?;
            // Another process may have deleted the file before it was locked. Without file locks, none does.
            let locked = file.as_file().try_lock();
            let is_ours = !matches!(locked, Err(fs::TryLockError::WouldBlock));
            if is_ours && file.path().exists() {
                let (mut state, host) = (state(), Host::current());
                if host.as_ref().is_some_and(Host::is_abandoned) {
                    return Err(abandoned());
                }
                state.unfinished.insert(file.path().to_owned(), host);
                return Ok(Self(Some(file)));
            }
        }
    }

    /// Waits until the bytes are on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.0
            .as_ref()
            .map_or(Ok(()), |file| file.as_file().sync_all())
    }

    /// Moves the file to `path`. If it replaces a file, it gets the permissions of that file.
    pub(crate) fn persist(mut self, path: &Path) -> io::Result<()> {
        let Some(file) = self.0.take() else {
            return Ok(());
        };
        keep_permissions(path, file.as_file())?;
        // The host abandons the work either before the file has its new name or afterwards.
        let mut state = state();
        let host = state.unfinished.remove(file.path()).flatten();
        if host.is_some_and(|host| host.is_abandoned()) {
            return Err(abandoned());
        }
        file.persist(path).map(|_| ()).map_err(|e| e.error)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if let Some(file) = self.0.take() {
            let name = file.path().to_owned();
            drop(file);
            state().unfinished.remove(&name);
        }
    }
}

impl Write for TemporaryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// Folders that this process created. Those that are empty are removed when it is dropped, and by [`delete_all`].
pub(crate) struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    /// Creates a folder, and the folders that contain it, if they do not exist.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let is_missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
        let missing = path.ancestors().take_while(is_missing);
        let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        state().new_folders.extend(missing.iter().cloned());
        let folders = Self(missing);
        fs::create_dir_all(path).map(|()| folders)
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        // The innermost folder is the first one.
        for path in &self.0 {
            let _ = fs::remove_dir(path);
            state().new_folders.remove(path);
        }
    }
}

/// Gives `file` the permissions of the file that it will replace, if there is one.
pub(crate) fn keep_permissions(replaced: &Path, file: &File) -> io::Result<()> {
    match fs::metadata(replaced) {
        Ok(metadata) => file.set_permissions(metadata.permissions()),
        Err(_) => Ok(()),
    }
}

/// Deletes all temporary files and empty new folders of this process, which must end next. It does not wait for a thread
/// that is creating one.
pub(crate) fn delete_all() {
    let state = match FILES.try_lock() {
        Ok(state) => state,
        Err(std::sync::TryLockError::Poisoned(state)) => state.into_inner(),
        Err(std::sync::TryLockError::WouldBlock) => return,
    };
    for path in state.unfinished.keys() {
        let _ = fs::remove_file(path);
    }
    // Inner folders follow the folders that contain them.
    for path in state.new_folders.iter().rev() {
        let _ = fs::remove_dir(path);
    }
}

/// Abandons the work of a host: deletes its temporary files. It cannot create or finish files any longer.
pub(crate) fn delete_of(host: &Host) {
    let state = state();
    host.abandon();
    let files = state.unfinished.iter();
    let own = files.filter(|(_, owner)| owner.as_ref().is_some_and(|owner| owner.is_same(host)));
    for (path, _) in own {
        // Systems that do not delete open files delete this one when the work ends.
        let _ = fs::remove_file(path);
    }
}

fn abandoned() -> io::Error {
    io::Error::new(io::ErrorKind::Interrupted, "the work was abandoned")
}

fn state() -> MutexGuard<'static, State> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn create(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Deletes the temporary files of processes that were killed.
fn delete_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !is_ours(&entry.file_name().to_string_lossy()) {
            continue;
        }
        // The lock is held until the file is gone, so that a process that has just created it notices.
        if let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Returns whether a file has the name of a temporary file.
fn is_ours(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX);
    random.is_some_and(|r| r.len() == RANDOM && r.bytes().all(|c| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn only_abandoned_temporary_files_are_deleted() {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in [
            ".thalweg-abC123",
            ".thalweg-abc",
            ".thalweg-ab.123",
            "thalweg-abc123",
        ] {
            fs::write(path(name), "something").unwrap();
        }
        let file = TemporaryFile::new(folder.path()).unwrap();
        let in_use = file.0.as_ref().unwrap().path().to_owned();
        delete_abandoned(folder.path());
        assert!(in_use.exists());
        assert!(!path(".thalweg-abC123").exists());
        for name in [".thalweg-abc", ".thalweg-ab.123", "thalweg-abc123"] {
            assert!(path(name).exists(), "{name}");
        }
        drop(file);
        assert!(!in_use.exists());
    }

    #[test]
    fn new_folders_without_files_are_removed() {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        drop(NewFolders::create(&path("a/b/c")).unwrap());
        assert!(!path("a").exists());
        let created = NewFolders::create(&path("a/b/c")).unwrap();
        fs::write(path("a/file"), "content").unwrap();
        drop(created);
        assert!(path("a/file").exists() && !path("a/b").exists());
        fs::create_dir(path("old")).unwrap();
        drop(NewFolders::create(&path("old")).unwrap());
        assert!(path("old").exists());
        fs::write(path("old/file"), "content").unwrap();
        assert!(NewFolders::create(&path("old/file/c")).is_err());
    }

    #[test]
    fn abandoned_work_leaves_no_files() {
        let folder = TempDir::new().unwrap();
        let names = || fs::read_dir(folder.path()).unwrap().count();
        let host = Host::default();
        let other = TemporaryFile::new(folder.path()).unwrap();
        let path = folder.path().join("picture.svg");
        host.run(|| {
            let file = TemporaryFile::new(folder.path()).unwrap();
            assert_eq!(names(), 2);
            delete_of(&host);
            assert_eq!(names(), 1);
            assert!(file.persist(&path).is_err());
            assert!(TemporaryFile::new(folder.path()).is_err());
        });
        assert_eq!(names(), 1);
        other.persist(&path).unwrap();
        assert!(path.exists());
    }
}
