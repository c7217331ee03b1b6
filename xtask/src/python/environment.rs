//! Virtual environments of Python.

use super::system_python;
use crate::process::{self, root, tool};
use anyhow::{Result, anyhow};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The Python for which Debian installs its packages.
const DEBIAN_PYTHON: &str = "/usr/bin/python3";

/// A virtual environment in `target/tools`.
pub(crate) struct Environment(PathBuf);

/// Returns the command that installs Python 3.10 or later with venv, or `None` if it is installed.
pub(crate) fn missing() -> Option<String> {
    let check = "import ensurepip, sys; sys.exit(sys.version_info < (3, 10))";
    let is_installed = process::output_if_successful(system_python("-c").arg(check)).is_some();
    (!is_installed).then(|| "apt-get install -y python3 python3-venv".to_owned())
}

/// Returns the command that installs PyTorch, or `None` if Debian's Python has it. Debian's package is small, because it has
/// no libraries for graphics processors.
pub(crate) fn torch_missing() -> Option<String> {
    let has_torch = || process::output_if_successful(tool(DEBIAN_PYTHON, "-c").arg("import torch"));
    missing().or_else(|| {
        let is_installed = has_torch().is_some();
        (!is_installed).then(|| "apt-get install -y python3-torch python3-venv".to_owned())
    })
}

impl Environment {
    /// Returns an environment with these packages, which is made only once.
    pub(crate) fn cached(name: &str, packages: &[&str]) -> Result<Self> {
        let environment = Self(folder(name));
        let list = environment.0.join("packages.txt");
        let wanted = packages.join("\n");
        if fs::read_to_string(&list).is_ok_and(|installed| installed == wanted) {
            return Ok(environment);
        }
        let environment = Self::fresh(name)?;
        environment.install(packages)?;
        fs::write(list, wanted)?;
        Ok(environment)
    }

    /// Makes a new environment without packages.
    pub(super) fn fresh(name: &str) -> Result<Self> {
        Self::made_by(system_python("-m venv --clear"), name)
    }

    /// Makes a new environment with the packages of Debian.
    pub(super) fn with_debian_packages(name: &str) -> Result<Self> {
        let command = tool(DEBIAN_PYTHON, "-m venv --clear --system-site-packages");
        Self::made_by(command, name)
    }

    fn made_by(mut command: Command, name: &str) -> Result<Self> {
        let folder = folder(name);
        process::run(command.arg(&folder)).map_err(|failure| {
            anyhow!("{failure:#}. On Debian: apt-get install -y python3-venv")
        })?;
        Ok(Self(folder))
    }

    /// Installs packages: their names with versions, or the paths of wheels.
    pub(super) fn install(&self, packages: &[&str]) -> Result<()> {
        println!("    installing {}", packages.join(" "));
        let install = "-m pip install --quiet --disable-pip-version-check";
        process::run(self.program("python", install).args(packages))
    }

    /// Returns a command of a program of the environment. Spaces separate the arguments.
    pub(crate) fn program(&self, name: &str, arguments: &str) -> Command {
        let mut command = tool(self.path(name), arguments);
        // Programs that look for an environment must find this one.
        command.env("VIRTUAL_ENV", &self.0).env_remove("PYTHONPATH");
        command
    }

    /// Returns the path of the interpreter.
    pub(super) fn python(&self) -> PathBuf {
        self.path("python")
    }

    fn path(&self, name: &str) -> PathBuf {
        let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
        self.0.join(scripts).join(name)
    }
}

fn folder(name: &str) -> PathBuf {
    root().join(Path::new("target/tools")).join(name)
}
