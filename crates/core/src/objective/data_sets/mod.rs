//! The registry of data sets. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Entry, Kind, Param, Params as _, Registry, Setting, Settings, Text},
    numeric::random::Random,
    objective::data::DataSet,
};

mod blobs;
mod circles;
mod csv;
mod iris;
mod moons;
mod prelude;
mod six_points;
mod spirals;

pub use self::{
    blobs::Blobs, circles::Circles, csv::CsvDataSet, iris::Iris, moons::Moons,
    six_points::SixPoints, spirals::Spirals,
};

/// All data sets.
pub static REGISTRY: Registry<DataSet> = Registry {
    kind: "data set",
    entries: &[
        Entry::of::<SixPoints>(),
        Entry::of::<CsvDataSet>(),
        Entry::of::<Moons>(),
        Entry::of::<Circles>(),
        Entry::of::<Spirals>(),
        Entry::of::<Blobs>(),
        Entry::of::<Iris>(),
    ],
};

/// Resolves the value of a data set setting: returns the id and, if the value is the name of a `.csv` file, this name.
pub fn resolve_csv(value: &str) -> (&str, Option<&str>) {
    if is_csv(value) {
        ("csv", Some(value))
    } else {
        (value, None)
    }
}

/// Returns whether this is the name of a `.csv` file.
pub fn is_csv(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".csv")
}

/// Type of a setting whose value is a data set.
pub(crate) const KIND: Kind = Kind::Part(Text::Borrowed("data set"));

/// A data set, given by its id or by the name of a CSV file.
impl Setting for DataSet {
    const KIND: Kind = KIND;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let short = settings.text_of(param).map(resolve_csv);
        let path =
            short.and_then(|(id, path)| path.map(|path| (id, &*CsvDataSet::PARAMS[0].name, path)));
        settings.part(param, &REGISTRY, path)
    }
}

/// Creates a data set from points in the plane and their classes.
fn labeled_points(samples: impl Iterator<Item = ([f64; 2], usize)>) -> DataSet {
    let (points, targets): (Vec<_>, _) = samples.map(|(x, class)| (x, class as f64)).unzip();
    DataSet {
        feature_names: ["x1", "x2"].map(str::to_owned).to_vec(),
        features: points.as_flattened().to_vec(),
        target_name: "class".to_owned(),
        targets,
        ..DataSet::default()
    }
}

/// Adds normal noise with this standard deviation to a point.
fn jitter([x, y]: [f64; 2], noise: f64, random: &mut Random) -> [f64; 2] {
    [x + noise * random.normal(), y + noise * random.normal()]
}
