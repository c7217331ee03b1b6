//! Recorded runs in the format `.npz`: an archive of named arrays, as `numpy.savez` writes it, such as the parameters of a
//! network (`state_dict`) of `PyTorch`.

use super::{
    Record,
    layout::{WeightLayout, WeightOrder, transpose},
    npy::{self, Array, shape_text},
    placement::{Part, places},
    zip::{self, ArchivedFile},
};
use crate::{Error, error::shortened, objective::data::table::beginning};

/// An array with its name.
pub(super) struct NamedArray {
    pub(super) name: String,
    pub(super) array: Array,
}

/// The arrays of an archive.
struct Arrays {
    weights: Vec<NamedArray>,
    /// The losses, one per step.
    losses: Option<NamedArray>,
    /// Names of empty arrays and arrays of whole numbers, which are not weights.
    ignored: Vec<String>,
}

/// Reads all arrays of an archive.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    layout: WeightLayout,
    order: Option<WeightOrder>,
) -> Result<Record, Error> {
    let error = |message: String| Error::in_file(file, None, None, message);
    let files = zip::files(bytes).ok_or_else(|| {
        error("the zip archive is damaged or incomplete; save it again".to_owned())
    })?;
    let arrays = Arrays::of(&files).map_err(error)?;
    let mut record = arrays.record(file, layout, order).map_err(error)?;
    if !arrays.ignored.is_empty() {
        record.notes.push(format!(
            "the arrays in {file} that are empty or contain whole numbers are ignored: {}",
            listed(&arrays.ignored)
        ));
    }
    if let Some(NamedArray { name, array }) = arrays.losses {
        let (losses, rows) = (array.numbers.len(), record.weights.len() / record.dim);
        if losses != rows {
            return Err(error(format!(
                "the array `{name}` has {losses} losses, but the weights have {rows} steps; save one loss per step"
            )));
        }
        record.losses = Some(array.numbers);
    }
    Ok(record)
}

impl Arrays {
    fn of(files: &[ArchivedFile]) -> Result<Self, String> {
        let mut arrays = Self {
            weights: Vec::new(),
            losses: None,
            ignored: Vec::new(),
        };
        for file in files {
            let Some(name) = file.name.strip_suffix(".npy") else {
                continue;
            };
            let content = file.content()?;
            if npy::is_whole(&content) {
                arrays.ignored.push(name.to_owned());
                continue;
            }
            let array = npy::parse(&content)
                .map_err(|message| format!("array `{}`: {message}", beginning(name)))?;
            if array.numbers.is_empty() {
                arrays.ignored.push(name.to_owned());
                continue;
            }
            let named = NamedArray {
                name: name.to_owned(),
                array,
            };
            if matches!(name, "loss" | "losses") {
                arrays.losses = Some(named);
            } else {
                arrays.weights.push(named);
            }
        }
        if arrays.weights.is_empty() {
            return Err(without_arrays(files));
        }
        Ok(arrays)
    }

    /// Joins the arrays of weights in the order of the problem.
    fn record(
        &self,
        file: &str,
        layout: WeightLayout,
        order: Option<WeightOrder>,
    ) -> Result<Record, String> {
        if let [only] = &self.weights[..]
            && let [rows, dim] = only.array.shape[..]
            && (layout.names.is_empty() || dim == layout.names.len())
            && rows * dim > 0
        {
            let mut record = Record::new(file, dim, only.array.numbers.clone());
            record.arrange(order.unwrap_or(WeightOrder::Thalweg), layout.blocks);
            return Ok(record);
        }
        let total: usize = self.weights.iter().map(|a| a.array.numbers.len()).sum();
        let dim = match layout.names.len() {
            0 => total,
            dim => dim,
        };
        let steps = self
            .steps(total, dim)
            .ok_or_else(|| self.mismatch(total, dim))?;
        let parts: Vec<Part> = self
            .weights
            .iter()
            .map(|named| Part::of(named, steps))
            .collect();
        let places = places(&parts, layout);
        // `None` for an array that is not a matrix.
        let transposed: Vec<Option<bool>> = parts
            .iter()
            .zip(&places)
            .map(|(part, place)| part.is_transposed(place.block?, order))
            .collect();
        let mut weights = vec![0.0; steps.unwrap_or(1) * dim];
        for ((part, place), is_transposed) in parts.iter().zip(&places).zip(&transposed) {
            for (row, numbers) in weights
                .chunks_exact_mut(dim)
                .zip(part.numbers.chunks_exact(part.size))
            {
                let row = &mut row[place.begin..place.begin + part.size];
                row.copy_from_slice(numbers);
                if let (Some(block), Some(true)) = (place.block, is_transposed) {
                    transpose(row, [block.shape[1], block.shape[0]]);
                }
            }
        }
        let mut record = Record::new(file, dim, weights);
        if places.iter().all(|place| place.block.is_none()) {
            record.arrange(order.unwrap_or(WeightOrder::Thalweg), layout.blocks);
            return Ok(record);
        }
        if transposed.contains(&Some(true)) {
            record.order = WeightOrder::Torch;
        }
        if let Some(order) = order.filter(|order| *order != record.order) {
            record.notes.push(format!(
                "the shapes of the arrays in {file} determine the order of their weights, so order={} has no effect",
                order.word()
            ));
        }
        Ok(record)
    }

    /// Returns `Some(None)` if the arrays have the weights of one step, and the number of steps if their first axis counts the
    /// steps.
    #[expect(
        clippy::option_option,
        reason = "the outer one is the result of a check"
    )]
    fn steps(&self, total: usize, dim: usize) -> Option<Option<usize>> {
        if total == dim && dim > 0 {
            return Some(None);
        }
        let first = |named: &NamedArray| named.array.shape.first().copied();
        let steps = first(&self.weights[0]).filter(|steps| *steps > 0)?;
        let same = self.weights.iter().all(|named| first(named) == Some(steps));
        (same && dim > 0 && total == steps * dim).then_some(Some(steps))
    }

    /// Describes arrays that do not have the number of weights of the problem.
    fn mismatch(&self, total: usize, dim: usize) -> String {
        let shapes = self.weights.iter();
        let shapes: Vec<String> = shapes
            .map(|a| format!("{} {}", a.name, shape_text(&a.array.shape)))
            .collect();
        format!(
            "the arrays have {total} numbers, but the problem has {dim} weights; each step must have {dim} numbers \
             (found {})",
            listed(&shapes)
        )
    }
}

/// Describes an archive that contains no arrays.
fn without_arrays(files: &[ArchivedFile]) -> String {
    let has = |suffix: &str| files.iter().any(|file| file.name.ends_with(suffix));
    if has("data.pkl") {
        "this is a file of torch.save, which only Python can read; write the parameters with \
         numpy.savez(\"weights.npz\", **{k: v.numpy() for k, v in model.state_dict().items()})"
            .to_owned()
    } else if has("workbook.xml") {
        "this is an Excel workbook; save it as CSV (UTF-8)".to_owned()
    } else {
        let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
        format!(
            "this zip archive contains no array of floats; write arrays with numpy.savez (found {})",
            listed(&names)
        )
    }
}

/// Returns the first names of a list, for messages.
fn listed(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    shortened(&names.join(", "), 120)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::blocks::Block;

    const STATE: &[u8] = include_bytes!("../../../tests/records/state_dict.npz");
    const STEPS: &[u8] = include_bytes!("../../../tests/records/steps.npz");

    /// Returns the names and the blocks of the weights of a 2-3-1 network.
    fn network() -> (Vec<String>, Vec<Block>) {
        let names = (0..13).map(|i| format!("w{i}")).collect();
        let blocks = vec![
            Block::matrix("layer 1", 0, [2, 3]),
            Block::bias("layer 1: bias", 6, 3),
            Block::matrix("layer 2", 9, [3, 1]),
            Block::bias("layer 2: bias", 12, 1),
        ];
        (names, blocks)
    }

    fn read_network(bytes: &[u8], order: Option<WeightOrder>) -> Result<Record, Error> {
        let (names, blocks) = network();
        let layout = WeightLayout {
            names: &names,
            blocks: &blocks,
        };
        read("r.npz", bytes, layout, order)
    }

    #[test]
    fn a_state_dict_is_one_step() {
        let record = read_network(STATE, None).unwrap();
        assert_eq!((record.epochs(), record.order), (0, WeightOrder::Torch));
        // PyTorch's 0.weight is [[1, 2], [3, 4], [5, 6]].
        let expected = [
            1.0, 3.0, 5.0, 2.0, 4.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0,
        ];
        assert_eq!(record.at(0).unwrap(), expected);
    }

    #[test]
    fn an_order_that_contradicts_the_shapes_is_reported() {
        let given = |order| read_network(STATE, Some(order)).unwrap();
        let [torch, thalweg] = [WeightOrder::Torch, WeightOrder::Thalweg].map(given);
        assert_eq!((torch.order, &*torch.notes), (WeightOrder::Torch, &[][..]));
        assert_eq!(
            (thalweg.order, thalweg.at(0)),
            (WeightOrder::Torch, torch.at(0))
        );
        assert!(
            thalweg.notes[0].ends_with("so order=thalweg has no effect"),
            "{:?}",
            thalweg.notes
        );
    }

    #[test]
    fn shapes_and_names_count_and_not_the_order_in_the_file() {
        let reversed = include_bytes!("../../../tests/records/state_dict_reversed.npz");
        let [usual, reversed] = [STATE, reversed].map(|file| read_network(file, None).unwrap());
        assert_eq!(reversed.at(0), usual.at(0));
    }

    #[test]
    fn arrays_with_a_first_axis_of_steps_are_compressed_or_not() {
        let record = read_network(STEPS, None).unwrap();
        assert_eq!(
            (record.epochs(), record.losses.as_deref()),
            (1, Some(&[0.5, 0.25][..]))
        );
        assert_eq!(record.at(0).unwrap()[..4], [1.0, 3.0, 5.0, 2.0]);
        assert_eq!(record.at(1).unwrap()[..4], [101.0, 103.0, 105.0, 102.0]);
        assert!(record.notes[0].contains("step"), "{:?}", record.notes);
    }

    #[test]
    fn empty_arrays_are_ignored() {
        let bytes = include_bytes!("../../../tests/records/empty_part.npz");
        let record = read("r.npz", bytes, WeightLayout::default(), None).unwrap();
        assert_eq!(record.weights, [1.0, 2.0]);
        assert!(
            record.notes[0].ends_with("are ignored: nothing"),
            "{:?}",
            record.notes
        );
    }

    #[test]
    fn scalar_weights_are_found_by_name() {
        let bytes = include_bytes!("../../../tests/records/xy.npz");
        let names = ["x", "y"].map(str::to_owned);
        let blocks = [Block::scalar("x", 0), Block::scalar("y", 1)];
        let layout = WeightLayout {
            names: &names,
            blocks: &blocks,
        };
        let record = read("r.npz", bytes, layout, None).unwrap();
        // The file contains y before x.
        assert_eq!(record.weights, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    }

    #[test]
    fn errors_state_the_shapes_and_the_kind_of_archive() {
        let names = ["x", "y"].map(str::to_owned);
        let layout = WeightLayout {
            names: &names,
            blocks: &[],
        };
        let message = |bytes: &[u8]| {
            let error = read("r.npz", bytes, layout, None).unwrap_err();
            error.to_string()
        };
        let found = message(STATE);
        assert!(
            found.contains("13 numbers, but the problem has 2 weights")
                && found.contains("0.weight (3, 2)"),
            "{found}"
        );
        assert!(message(&STATE[..100]).contains("damaged or incomplete"));
        let mut flipped = STATE.to_vec();
        flipped[200] ^= 1;
        assert!(message(&flipped).contains("damaged"));
    }
}
