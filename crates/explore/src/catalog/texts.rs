//! Texts about one entry of the catalog, which `thalweg show`, docs/catalog, and the Python package contain.

use thalweg::{
    catalog::{DefaultValue, EntryMetadata, Kind, Param},
    references,
    tuning::SearchSpace,
};

/// Returns the other variants of the method of which an entry is a variant.
pub fn siblings(about: &EntryMetadata) -> Vec<&'static EntryMetadata> {
    let is_sibling =
        |other: &&EntryMetadata| other.variants_of == about.variants_of && other.id != about.id;
    let all = super::lists().into_iter().flat_map(|list| list.abouts);
    let has_variants = !about.variants_of.is_empty();
    all.filter(|other| has_variants && is_sibling(other))
        .collect()
}

/// The columns of the table of settings.
pub const SETTING_COLUMNS: [&str; 4] = ["setting", "default", "allowed values", "description"];

/// Returns the row of a setting in the table of settings.
pub fn setting_row(about: &EntryMetadata, param: &Param) -> [String; 4] {
    let mut allowed = param.allowed();
    allowed.extend(
        param
            .at_most
            .as_ref()
            .map(|other| format!(", at most {other}")),
    );
    let rival = param.unless.as_ref();
    let rival = rival.filter(|other| about.setting(other).is_some());
    allowed.extend(rival.map(|other| format!(", not with {other}")));
    [
        param.name.to_string(),
        default(param),
        allowed,
        param.help.to_string(),
    ]
}

fn default(param: &Param) -> String {
    match (&param.preset, &param.kind) {
        (DefaultValue::None, Kind::File) => "required".to_owned(),
        (preset, _) => preset.to_string(),
    }
}

/// The name of an entry in another library.
pub struct ForeignName<'a> {
    /// Name of the library.
    pub library: &'static str,
    /// Name of the entry in it.
    pub entry: &'a str,
    /// Settings whose names differ there, and these names.
    pub settings: Vec<(&'a str, &'a str)>,
}

/// Returns the names of an entry in other libraries.
pub fn foreign_names(about: &EntryMetadata) -> Vec<ForeignName<'_>> {
    let pairs = |name_of: fn(&Param) -> &str| {
        let pairs = about
            .settings()
            .map(move |param| (&*param.name, name_of(param)));
        pairs.filter(|(_, name)| !name.is_empty()).collect()
    };
    let names = [
        ForeignName {
            library: "PyTorch",
            entry: &about.torch,
            settings: pairs(|param| &param.torch),
        },
        ForeignName {
            library: "optax",
            entry: &about.optax,
            settings: pairs(|param| &param.optax),
        },
    ];
    let known = names.into_iter().filter(|name| !name.entry.is_empty());
    known.collect()
}

/// Returns the settings that tuning varies and their ranges, as a sentence, if it varies any.
pub fn search_space(about: &EntryMetadata) -> Option<String> {
    let space = SearchSpace::of_entry(about);
    (!space.is_empty()).then(|| format!("Tuning searches {space}."))
}

/// Returns what an entry requires, besides the loss and its gradient, as a sentence.
pub fn requirements(about: &EntryMetadata) -> Option<String> {
    let needs: Vec<_> = about.needs.iter().map(ToString::to_string).collect();
    (!needs.is_empty()).then(|| format!("Requires {}.", needs.join(" and ")))
}

/// Returns the paper that an entry cites, and its link, which may be empty.
pub fn paper(about: &EntryMetadata) -> Option<(String, &'static str)> {
    let paper = references::find(&about.cite)?;
    let (authors, title, venue, year) = (paper.authors, paper.title, paper.venue, paper.year);
    Some((format!("{authors}: {title}. {venue}, {year}."), paper.link))
}
