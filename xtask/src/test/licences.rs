//! Step `licences`: every crate from elsewhere, and every package that the page is built with, can be used under licences
//! of a short list alone.

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};

use crate::process::{self, cargo};
use crate::{Failure, Result};

/// All that is accepted. A crate passes if what it asks for can be met with these alone.
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

/// Tools that ask for another licence and stay out of the page; what begins with a name is a part of it.
const TOOLS: [(&str, &str); 2] = [("axe-core", "MPL-2.0"), ("lightningcss", "MPL-2.0")];

pub(super) fn run() -> Result {
    let text = process::output(&mut cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--all-features",
    ]))?;
    let metadata: Value = serde_json::from_str(&text)
        .map_err(|error| Failure(format!("cargo metadata wrote what is not JSON: {error}")))?;
    let crates = third_party(&metadata)?;
    look_at(
        &crates,
        "crates from elsewhere",
        "cargo tree --workspace --target all -i CRATE",
    )?;
    let list = "app/package-lock.json";
    let text = std::fs::read_to_string(process::root().join(list))
        .map_err(|error| Failure(format!("cannot read {list}: {error}")))?;
    let lock: Value = serde_json::from_str(&text)
        .map_err(|error| Failure(format!("{list} is not JSON: {error}")))?;
    let packages = of_npm(&lock)?;
    let is_tool = |package: &Package| {
        TOOLS.iter().any(|(name, licence)| {
            package.name.starts_with(name) && package.licence.as_deref() == Some(licence)
        })
    };
    let (tools, others): (Vec<Package>, Vec<Package>) = packages.into_iter().partition(is_tool);
    look_at(
        &others,
        &format!("packages of npm, {} tools aside", tools.len()),
        "npm ls PACKAGE",
    )
}

/// Says which of these cannot be used; `who` is the command that tells who uses one.
fn look_at(packages: &[Package], what: &str, who: &str) -> Result {
    let mut refused = 0_usize;
    for package in packages {
        if let Err(reason) = judge(package.licence.as_deref()) {
            println!("{} {}: {reason}", package.name, package.version);
            refused += 1;
        }
    }
    let count = packages.len();
    if refused == 0 {
        println!("    {count} {what}");
        return Ok(());
    }
    let allowed = ALLOWED.join(", ");
    Err(Failure(format!(
        "{refused} of {count} {what} cannot be used; allowed are {allowed}. See who uses one: {who}"
    )))
}

/// A crate that is not a member of the workspace, or a package of npm.
#[derive(Debug, PartialEq)]
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
}

fn third_party(metadata: &Value) -> Result<Vec<Package>> {
    let strange = || Failure("cargo metadata has another form than this check knows".to_owned());
    let packages = metadata["packages"].as_array().ok_or_else(strange)?;
    let members = metadata["workspace_members"]
        .as_array()
        .ok_or_else(strange)?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    packages
        .iter()
        .filter(|package| !members.contains(&package["id"]))
        .map(|package| {
            Ok(Package {
                name: text(&package["name"]).ok_or_else(strange)?,
                version: text(&package["version"]).ok_or_else(strange)?,
                licence: text(&package["license"]),
            })
        })
        .collect()
}

/// The packages of npm's list of all that is installed.
fn of_npm(lock: &Value) -> Result<Vec<Package>> {
    let strange = || Failure("package-lock.json has another form than this check knows".to_owned());
    let packages = lock["packages"].as_object().ok_or_else(strange)?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    // The first stands for the page itself.
    let installed = packages.iter().filter(|(path, _)| !path.is_empty());
    let package = |(path, package): (&String, &Value)| {
        let name = path
            .rsplit_once("node_modules/")
            .map(|(_, name)| name.to_owned());
        Ok(Package {
            name: name.ok_or_else(strange)?,
            version: text(&package["version"]).ok_or_else(strange)?,
            licence: text(&package["license"]),
        })
    };
    installed.map(package).collect()
}

/// Whether a licence expression can be met with the allowed licences, and if not, why.
fn judge(licence: Option<&str>) -> std::result::Result<(), String> {
    let Some(licence) = licence else {
        return Err("states no licence".to_owned());
    };
    let mode = ParseMode {
        // "Apache 2" and the like are for a person to look at.
        allow_imprecise_license_names: false,
        ..ParseMode::LAX
    };
    let expression = Expression::parse_mode(licence, mode)
        .map_err(|error| format!("licence `{licence}` is not understood: {}", error.reason))?;
    let allowed = |requirement: &spdx::LicenseReq| {
        ALLOWED
            .iter()
            .filter_map(|name| Licensee::parse(name).ok())
            .any(|licensee| licensee.satisfies(requirement))
    };
    if expression.evaluate(allowed) {
        Ok(())
    } else {
        Err(format!("licence `{licence}` is not allowed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_allowed_name_is_a_licence() {
        for name in ALLOWED {
            assert!(Licensee::parse(name).is_ok(), "{name}");
            assert_eq!(judge(Some(name)), Ok(()));
        }
    }

    #[test]
    fn packages_of_npm_are_read() {
        let lock = serde_json::json!({"packages": {
            "": {"name": "page"},
            "node_modules/a/node_modules/@b/c": {"version": "1.0.0", "license": "MIT"},
            "node_modules/d": {"version": "2.0.0"},
        }});
        let names = ["@b/c", "d"];
        let packages = of_npm(&lock).unwrap();
        assert_eq!(packages.iter().map(|p| &*p.name).collect::<Vec<_>>(), names);
        assert!(look_at(&packages[..1], "", "").is_ok());
        assert!(look_at(&packages, "", "").is_err());
    }

    #[test]
    fn one_branch_of_or_is_enough() {
        for licence in [
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
            assert_eq!(judge(Some(licence)), Ok(()));
        }
    }

    #[test]
    fn every_part_of_and_is_needed() {
        for licence in [
            "MIT AND GPL-3.0-only",
            "MIT AND (GPL-3.0-only OR MPL-2.0)",
            "AGPL-3.0",
            "MPL-2.0",
            "BSL-1.0",
            "GPL-3.0-only WITH Classpath-exception-2.0",
            "MIT WITH LLVM-exception",
            "LicenseRef-Own",
        ] {
            let message = judge(Some(licence)).unwrap_err();
            assert_eq!(message, format!("licence `{licence}` is not allowed"));
        }
    }

    #[test]
    fn what_is_missing_or_garbled_is_refused() {
        assert_eq!(judge(None).unwrap_err(), "states no licence");
        for licence in ["", "MIT OR", "MIT AND AND ISC", "(MIT", "Apache 2.0"] {
            let message = judge(Some(licence)).unwrap_err();
            assert!(message.contains("is not understood"), "{message}");
        }
    }

    #[test]
    fn members_of_the_workspace_are_not_asked() {
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
            licence: None,
        };
        assert_eq!(found, [expected]);
    }
}
