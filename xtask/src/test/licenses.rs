//! Step `licenses`: every external crate, and every npm package that builds the page, has an allowed license.

use crate::{
    files,
    process::{self, cargo},
};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};

/// The allowed licenses. They alone must satisfy the license expression of a crate.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
];

/// Tools with another license that are not part of the page: prefixes of package names, and the license.
const TOOLS: [(&str, &str); 2] = [("axe-core", "MPL-2.0"), ("lightningcss", "MPL-2.0")];

pub(super) fn run() -> Result<()> {
    let text = process::output(&mut cargo("metadata --format-version 1 --all-features"))?;
    let metadata: Value =
        serde_json::from_str(&text).context("the output of cargo metadata is not JSON")?;
    let crates =
        third_party(&metadata).context("the output of cargo metadata has an unknown structure")?;
    check_packages(
        &crates,
        "external crates",
        "cargo tree --workspace --target all -i CRATE",
    )?;
    let list = "app/package-lock.json";
    let lock: Value =
        serde_json::from_str(&files::text(list)?).with_context(|| format!("{list} is not JSON"))?;
    let packages = of_npm(&lock).context("package-lock.json has an unknown structure")?;
    let is_tool = |package: &Package| {
        TOOLS.iter().any(|(name, license)| {
            package.name.starts_with(name) && package.license.as_deref() == Some(license)
        })
    };
    let (tools, others): (Vec<Package>, Vec<Package>) = packages.into_iter().partition(is_tool);
    check_packages(
        &others,
        &format!("npm packages (without {} tools)", tools.len()),
        "npm ls PACKAGE",
    )
}

/// Reports the packages that cannot be used. `who` is the command that lists the users of a package.
fn check_packages(packages: &[Package], what: &str, who: &str) -> Result<()> {
    let mut refused = 0_usize;
    for package in packages {
        if let Err(reason) = check_license(package.license.as_deref()) {
            println!("{} {}: {reason}", package.name, package.version);
            refused += 1;
        }
    }
    let count = packages.len();
    ensure!(
        refused == 0,
        "{refused} of {count} {what} cannot be used; allowed are {}. To find what depends on one: {who}",
        ALLOWED.join(", ")
    );
    println!("    {count} {what}");
    Ok(())
}

/// An external crate, or an npm package.
#[derive(Debug, PartialEq)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
}

impl Package {
    /// Reads the description of a package. Returns `None` if it has no version.
    fn read(name: &str, described: &Value) -> Option<Self> {
        let text = |key: &str| described[key].as_str().map(str::to_owned);
        Some(Self {
            name: name.to_owned(),
            version: text("version")?,
            license: text("license"),
        })
    }
}

fn third_party(metadata: &Value) -> Option<Vec<Package>> {
    let members = metadata["workspace_members"].as_array()?;
    let packages = metadata["packages"].as_array()?.iter();
    let foreign = packages.filter(|package| !members.contains(&package["id"]));
    let package = |package: &Value| Package::read(package["name"].as_str()?, package);
    foreign.map(package).collect()
}

/// Returns the packages in npm's lock file.
fn of_npm(lock: &Value) -> Option<Vec<Package>> {
    let packages = lock["packages"].as_object()?.iter();
    // The first entry is the page itself.
    let installed = packages.filter(|(path, _)| !path.is_empty());
    let package = |(path, package): (&String, &Value)| {
        let (_, name) = path.rsplit_once("node_modules/")?;
        Package::read(name, package)
    };
    installed.map(package).collect()
}

/// Checks that the allowed licenses satisfy a license expression. The error is the reason.
fn check_license(license: Option<&str>) -> std::result::Result<(), String> {
    let Some(license) = license else {
        return Err("no license is stated".to_owned());
    };
    let mode = ParseMode {
        // A person must check names such as "Apache 2".
        allow_imprecise_license_names: false,
        ..ParseMode::LAX
    };
    let expression = Expression::parse_mode(license, mode).map_err(|error| {
        format!(
            "license `{license}` is not a valid expression: {}",
            error.reason
        )
    })?;
    let allowed = |requirement: &spdx::LicenseReq| {
        ALLOWED
            .iter()
            .filter_map(|name| Licensee::parse(name).ok())
            .any(|licensee| licensee.satisfies(requirement))
    };
    if expression.evaluate(allowed) {
        Ok(())
    } else {
        Err(format!("license `{license}` is not allowed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_allowed_name_is_a_license() {
        for name in ALLOWED {
            assert!(Licensee::parse(name).is_ok(), "{name}");
            assert_eq!(check_license(Some(name)), Ok(()));
        }
    }

    #[test]
    fn reads_npm_packages() {
        let lock = serde_json::json!({"packages": {
            "": {"name": "page"},
            "node_modules/a/node_modules/@b/c": {"version": "1.0.0", "license": "MIT"},
            "node_modules/d": {"version": "2.0.0"},
        }});
        let names = ["@b/c", "d"];
        let packages = of_npm(&lock).unwrap();
        assert_eq!(packages.iter().map(|p| &*p.name).collect::<Vec<_>>(), names);
        assert!(check_packages(&packages[..1], "", "").is_ok());
        assert!(check_packages(&packages, "", "").is_err());
    }

    #[test]
    fn one_branch_of_or_is_enough() {
        for license in [
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
            "(MIT OR GPL-2.0) AND Unicode-3.0",
            "(Apache-2.0 OR MIT) AND BSD-3-Clause",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
            "BSL-1.0 OR Apache-2.0",
            "LicenseRef-Own OR ISC",
            "Unlicense/MIT",
        ] {
            assert_eq!(check_license(Some(license)), Ok(()));
        }
    }

    #[test]
    fn every_part_of_and_is_needed() {
        for license in [
            "MIT AND GPL-3.0-only",
            "MIT AND (GPL-3.0-only OR MPL-2.0)",
            "AGPL-3.0",
            "MPL-2.0",
            "BSL-1.0",
            "GPL-3.0-only WITH Classpath-exception-2.0",
            "MIT WITH LLVM-exception",
            "LicenseRef-Own",
        ] {
            let message = check_license(Some(license)).unwrap_err();
            assert_eq!(message, format!("license `{license}` is not allowed"));
        }
    }

    #[test]
    fn missing_and_invalid_licenses_are_rejected() {
        assert_eq!(check_license(None).unwrap_err(), "no license is stated");
        for license in ["", "MIT OR", "MIT AND AND ISC", "(MIT", "Apache 2.0"] {
            let message = check_license(Some(license)).unwrap_err();
            assert!(message.contains("is not a valid expression"), "{message}");
        }
    }

    #[test]
    fn members_of_the_workspace_are_not_checked() {
        let metadata = serde_json::json!({
            "packages": [
                {"id": "a", "name": "own", "version": "0.1.0", "license": null},
                {"id": "b", "name": "other", "version": "2.0.0", "license": null},
            ],
            "workspace_members": ["a"],
        });
        let found = third_party(&metadata).unwrap();
        let expected = Package {
            name: "other".to_owned(),
            version: "2.0.0".to_owned(),
            license: None,
        };
        assert_eq!(found, [expected]);
    }
}
