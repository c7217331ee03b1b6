//! Texts about one entry of the catalog, which `thalweg show`, docs/catalog, and the Python package contain.

use thalweg::{
    catalog::{
        DefaultValue, EntryMetadata, Kind, Param,
        libraries::{LIBRARIES, Library},
    },
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
    /// Name of the entry in it, with the arguments that select it.
    pub entry: &'a str,
    /// Whether it makes other steps there with the same settings, as the documentation of the entry explains.
    pub differs: bool,
    /// Settings whose names or defaults differ there: key, name, and default. One of the last two may be empty, but not both.
    pub settings: Vec<[&'a str; 3]>,
}

impl ForeignName<'_> {
    /// Returns the settings with another name: their keys and these names.
    pub fn renamed(&self) -> impl Iterator<Item = [&str; 2]> {
        let settings = self.settings.iter().map(|[key, name, _]| [*key, *name]);
        settings.filter(|[key, name]| !name.is_empty() && key != name)
    }

    /// Returns the differing defaults as words: `initial_step=0.01`.
    pub fn defaults(&self) -> Vec<String> {
        let others = self
            .settings
            .iter()
            .filter(|[.., preset]| !preset.is_empty());
        others
            .map(|[key, _, preset]| format!("{key}={preset}"))
            .collect()
    }
}

/// Returns the names of an entry in other libraries.
pub fn foreign_names(about: &EntryMetadata) -> Vec<ForeignName<'_>> {
    let known = LIBRARIES
        .iter()
        .filter(|library| !library.name(about).is_empty());
    let name = |library: &'static Library| {
        let shared = library.settings(about).into_iter();
        let shared = shared.map(|setting| [setting.key, setting.name, setting.preset]);
        let fixed = library.fixed(about).map(|(key, preset)| [key, "", preset]);
        let differs = |[key, name, preset]: &[&str; 3]| key != name || !preset.is_empty();
        ForeignName {
            library: library.title,
            entry: library.whole_name(about),
            differs: library.differs(about),
            settings: shared.chain(fixed).filter(differs).collect(),
        }
    };
    known.map(name).collect()
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
