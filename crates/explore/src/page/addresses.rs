//! Addresses of the page: their parts, and the equivalent command.

use crate::{
    address::Address,
    answer::{Finite, answers},
    catalog::controls,
};
use thalweg::{field::Window, spec::ExperimentSpec};

answers! {
    /// The part of an address that describes the view.
    pub struct ViewState {
        /// The figure with its settings.
        pub figure: Option<String>,
        /// The window of the map.
        pub window: Option<Vec<Finite>>,
        /// Unit of the player: epochs or evaluations.
        pub by: String,
        /// Position of the player in its unit; null for the end.
        pub at: Option<u64>,
        /// The selected run, counted from 1.
        pub run: u64,
    }

    /// A parsed address.
    pub struct ParsedAddress {
        /// The experiment: alternating keys and values.
        pub parts: Vec<String>,
        /// The view.
        pub seen: ViewState,
        /// Names of the files that the experiment needs.
        pub files: Vec<String>,
    }

    /// An address with the equivalent command.
    pub struct Link {
        /// The address.
        pub address: String,
        /// The command.
        pub command: String,
    }
}

/// Returns the parts of an address: alternating keys and values of the experiment, and the view.
pub fn describe_address(address: &Address) -> ParsedAddress {
    let view = &address.view;
    let by = if view.by_evaluations {
        "evaluations"
    } else {
        "epochs"
    };
    ParsedAddress {
        parts: address.parts(),
        files: files(&address.spec),
        seen: ViewState {
            figure: view.figure.clone(),
            window: view.window.map(edges),
            by: by.to_owned(),
            at: view.at,
            run: view.run.unwrap_or(1),
        },
    }
}

/// Returns the names of the files that an experiment needs. An invalid pick names none.
pub(super) fn files(spec: &ExperimentSpec) -> Vec<String> {
    let picks = spec.with.iter().map(|pick| ("optimizers", pick));
    let panels = std::iter::once(("problems", &spec.on))
        .chain(picks)
        .filter_map(|(list, pick)| controls::panel(list, pick, &[], None).ok());
    let files = panels.flat_map(|panel| panel.rows).filter_map(|row| {
        let name = match row.value.strip_prefix('@') {
            // The text of a rule can be in a file.
            Some(name) if row.multiline => name,
            _ if row.kind == "file" => &row.value,
            _ => "",
        };
        (!name.is_empty()).then(|| name.to_owned())
    });
    files.collect()
}

/// Returns an address as text, and the equivalent command.
pub fn link(address: &Address) -> Link {
    Link {
        address: address.to_string(),
        command: address.command(),
    }
}

/// Returns the edges of a window as numbers of an answer.
pub(super) fn edges(window: Window) -> Vec<Finite> {
    [window.w1, window.w2]
        .concat()
        .into_iter()
        .map(Finite)
        .collect()
}
