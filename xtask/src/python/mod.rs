//! The Python package: builds its wheel and tests it in a fresh environment.

mod environment;
mod sdist;

use crate::{
    app::{browser, npm_install},
    process::{self, root, tool},
};
use anyhow::{Context as _, Result, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) use environment::{Environment, missing, torch_missing};

/// The largest size of the wheel in bytes.
const MAX_WHEEL_BYTES: u64 = 8_000_000;

/// Packages that build the wheel and check the sources, with fixed versions, because other versions report other mistakes.
const TOOLS: &[&str] = &[
    "maturin==1.16.0",
    "mypy==2.4.1",
    "numpy==2.2.6",
    "ruff==0.17.6",
];

/// Packages that the tests import.
const TEST_PACKAGES: &[&str] = &[
    "anywidget==0.11.0",
    "hypothesis==6.170.17",
    "ipykernel==7.4.0",
    "jax==0.10.2",
    "nbclient==0.11.0",
    "numpy==2.4.6",
    "optax==0.2.8",
    "pytest==9.2.0",
    "tqdm==4.70.1",
];

/// Packages for the tests with the current PyTorch.
const NEW_TORCH_PACKAGES: &[&str] = &[
    "hypothesis==6.170.17",
    "numpy==2.4.6",
    "pytest==9.2.0",
    "torch==2.15.0",
];

/// Packages that show notebooks: a server for browsers, and a converter to static pages.
const NOTEBOOK_PACKAGES: &[&str] = &[
    "anywidget==0.11.0",
    "ipykernel==7.4.0",
    "jupyterlab==4.6.6",
    "nbconvert==7.17.2",
    "numpy==2.4.6",
];

/// `cargo xtask wheel`: builds the wheel and the source distribution in `target/wheels`.
pub(crate) fn wheel(arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "cargo xtask wheel takes no arguments");
    if let Some(how) = missing() {
        bail!("building the wheel needs Python 3.10 or later: {how}");
    }
    let tools = Environment::cached("python", TOOLS)?;
    let folder = root().join("target/wheels");
    sdist::build(&tools, &folder)?;
    let wheel = build(&tools, "python", &folder)?;
    let bytes = fs::metadata(&wheel)?.len();
    println!("{}: {:.1} MB", wheel.display(), bytes as f64 / 1e6);
    ensure!(
        bytes <= MAX_WHEEL_BYTES,
        "the wheel has {bytes} bytes; the limit is {MAX_WHEEL_BYTES}"
    );
    Ok(())
}

/// Tests the package: its sources, and the installed wheel.
pub(crate) fn test() -> Result<()> {
    let tools = Environment::cached("python", TOOLS)?;
    let color = if process::is_plain() {
        "never"
    } else {
        "always"
    };
    for check in ["format --check", "check"] {
        let ruff = &mut tools.program("ruff", "--quiet");
        ruff.args(["--color", color]);
        ruff.args(check.split(' ')).arg("python");
        process::run(ruff)?;
    }
    process::run(&mut tools.program("mypy", "--no-error-summary"))?;
    sdist::test(&tools)?;
    let wheel = test_wheel(&tools)?;
    let fresh = Environment::fresh("python-test")?;
    fresh.install(&[&[&*wheel], TEST_PACKAGES].concat())?;
    process::run(&mut fresh.program("python", "-m pytest python/tests"))
}

/// Returns the command that installs the missing tools of [`test_notebook`], or `None` if none is missing.
pub(crate) fn notebook_missing() -> Option<String> {
    missing().or_else(browser::missing)
}

/// Tests the widget in a Jupyter server, and notebooks that were converted to HTML, in a browser.
pub(crate) fn test_notebook() -> Result<()> {
    npm_install()?;
    let tools = Environment::cached("python", TOOLS)?;
    let wheel = test_wheel(&tools)?;
    let environment = Environment::cached("python-notebook", NOTEBOOK_PACKAGES)?;
    environment.install(&["--force-reinstall", "--no-deps", &wheel])?;
    let node = &mut tool("node", "python/tests/notebook.mjs");
    process::run(node.arg(environment.python()))
}

/// Tests the parts that use PyTorch, with Debian's versions of PyTorch and NumPy, which are older than the current ones.
pub(crate) fn test_torch() -> Result<()> {
    let tools = Environment::cached("python", TOOLS)?;
    let wheel = test_wheel(&tools)?;
    let debian = Environment::with_debian_packages("python-torch")?;
    debian.install(&[&wheel, "hypothesis==6.170.17", "pytest==9.2.0"])?;
    run_torch_tests(&debian)
}

/// Tests the parts that use PyTorch with its current version, which occupies several gigabytes.
pub(crate) fn test_new_torch() -> Result<()> {
    let tools = Environment::cached("python", TOOLS)?;
    let wheel = test_wheel(&tools)?;
    let environment = Environment::cached("python-new-torch", NEW_TORCH_PACKAGES)?;
    environment.install(&["--force-reinstall", "--no-deps", &wheel])?;
    run_torch_tests(&environment)
}

fn run_torch_tests(environment: &Environment) -> Result<()> {
    let tests = ["problem", "optimizer", "train", "export"]
        .map(|name| format!("python/tests/test_{name}.py"));
    let pytest = &mut environment.program("python", "-m pytest");
    process::run(pytest.args(tests).args(["-k", "not memory"]))
}

/// `cargo xtask bench python`: measures the release wheel in a fresh environment.
pub(crate) fn bench() -> Result<()> {
    if let Some(how) = missing() {
        bail!("the benchmark needs Python 3.10 or later: {how}");
    }
    let tools = Environment::cached("python", TOOLS)?;
    let wheel = build(&tools, "python", &root().join("target/wheels"))?;
    let megabytes = fs::metadata(&wheel)?.len() as f64 / 1e6;
    println!("wheel: {megabytes:.1} MB (limit 8 MB)");
    let fresh = Environment::fresh("python-bench")?;
    fresh.install(&[wheel
        .to_str()
        .context("the path of the wheel is not UTF-8")?])?;
    process::run(&mut fresh.program("python", "python/bench/performance.py"))
}

/// Builds the wheel with the profile of the other tests, whose libraries are compiled already, and returns its path.
fn test_wheel(tools: &Environment) -> Result<String> {
    let wheel = build(tools, "dev", &root().join("target/wheels/dev"))?;
    let wheel = wheel.to_str();
    Ok(wheel
        .context("the path of the wheel is not UTF-8")?
        .to_owned())
}

/// Builds the wheel with a profile of Cargo in an empty folder and returns its path.
fn build(tools: &Environment, profile: &str, folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        for old in wheels(folder)? {
            fs::remove_file(old)?;
        }
    }
    // The file pyproject.toml cannot require the lock file, because the source distribution has fewer crates.
    let mut maturin = tools.program("maturin", "build --quiet --locked --profile");
    maturin.arg(profile).arg("--out").arg(folder);
    process::run(maturin.arg("--interpreter").arg(tools.python()))?;
    let built = wheels(folder)?.into_iter().next();
    built.context("maturin built no wheel")
}

fn wheels(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    let paths = entries.into_iter().map(|entry| entry.path());
    Ok(paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .collect())
}

/// Returns a command of the Python of the system.
fn system_python(arguments: &str) -> std::process::Command {
    tool("python3", arguments)
}
