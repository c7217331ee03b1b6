//! Recorded runs in the format `.npy`: an array (epochs + 1, dim) of little-endian floats of 4 or 8 bytes.
//!
//! The format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.

use super::Record;
use crate::{Error, objective::data::table::beginning};

/// The first bytes of a `.npy` file.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";

/// An array of floats.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Array {
    /// Number of elements along each axis.
    pub(super) shape: Vec<usize>,
    /// The elements, row-major.
    pub(super) numbers: Vec<f64>,
}

/// Reads a file with one array.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Record, Error> {
    let error = |message: String| Error::in_file(file, None, None, message);
    let Array { shape, numbers } = parse(bytes).map_err(error)?;
    let &[rows, dim] = &shape[..] else {
        let message = format!("the array's shape is {}", shape_text(&shape));
        return Err(error(format!("{message}; it must be (epochs, weights)")));
    };
    if rows == 0 || dim == 0 {
        return Err(error(format!(
            "the array of shape ({rows}, {dim}) is empty; it must have at least one row and one weight"
        )));
    }
    Ok(Record::new(file, dim, numbers))
}

/// Returns a shape as text, such as `(3, 2)`.
pub(super) fn shape_text(shape: &[usize]) -> String {
    let sides: Vec<String> = shape.iter().map(ToString::to_string).collect();
    format!("({})", sides.join(", "))
}

/// Returns whether the elements of an array are whole numbers or truth values.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let kind = split(bytes).and_then(|(header, _)| quoted(value(header, "descr")?));
    kind.is_some_and(|kind| {
        kind.trim_start_matches(['<', '>', '|', '='])
            .starts_with(['i', 'u', 'b'])
    })
}

/// Reads an array.
///
/// # Errors
/// The header is damaged, the elements are not little-endian floats, or their number is wrong.
pub(super) fn parse(bytes: &[u8]) -> Result<Array, String> {
    let (header, numbers) = split(bytes).ok_or(
        "the header of the array is truncated or has an unknown version; save the array with numpy.save",
    )?;
    let unreadable = || {
        format!(
            "the header of the array cannot be read: {}",
            beginning(header)
        )
    };
    let kind = quoted(value(header, "descr").ok_or_else(unreadable)?);
    let width = match kind {
        Some("<f8") => 8,
        Some("<f4") => 4,
        other => {
            let given = other.map_or_else(|| "a structure".to_owned(), |kind| format!("`{kind}`"));
            let message = "it must be little-endian float32 or float64 (<f4 or <f8)";
            return Err(format!("the array's type is {given}; {message}"));
        }
    };
    let order = value(header, "fortran_order").ok_or_else(unreadable)?;
    let shape = shape(value(header, "shape").ok_or_else(unreadable)?).ok_or_else(unreadable)?;
    let count = shape
        .iter()
        .try_fold(1_usize, |n, side| n.checked_mul(*side));
    if count.and_then(|n| n.checked_mul(width)) != Some(numbers.len()) {
        let sides: Vec<String> = shape.iter().map(ToString::to_string).collect();
        return Err(format!(
            "the file has {} bytes of numbers, but the header states {} numbers of {width} bytes",
            numbers.len(),
            sides.join(" x ")
        ));
    }
    let numbers: Vec<f64> = if width == 8 {
        let (numbers, _) = numbers.as_chunks();
        numbers.iter().map(|b| f64::from_le_bytes(*b)).collect()
    } else {
        let (numbers, _) = numbers.as_chunks();
        numbers
            .iter()
            .map(|b| f64::from(f32::from_le_bytes(*b)))
            .collect()
    };
    let numbers = if order.starts_with("True") {
        row_major(&numbers, &shape)
    } else {
        numbers
    };
    Ok(Array { shape, numbers })
}

/// Returns the elements of an array in Fortran order (first index fastest) in row-major order.
fn row_major(numbers: &[f64], shape: &[usize]) -> Vec<f64> {
    let position = |mut i: usize| {
        // The last index of the row-major position i changes fastest.
        let mut stride = numbers.len();
        let mut position = 0;
        for side in shape.iter().rev() {
            stride /= side;
            position += i % side * stride;
            i /= side;
        }
        position
    };
    (0..numbers.len()).map(|i| numbers[position(i)]).collect()
}

/// Returns the text of the header and the bytes after it.
fn split(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (version, rest) = bytes.get(MAGIC.len()..)?.split_first_chunk::<2>()?;
    let (length, rest) = match version[0] {
        1 => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        }
        2 | 3 => {
            let (length, rest) = rest.split_first_chunk()?;
            (u32::from_le_bytes(*length) as usize, rest)
        }
        _ => return None,
    };
    let (header, numbers) = rest.split_at_checked(length)?;
    Some((std::str::from_utf8(header).ok()?.trim(), numbers))
}

/// Returns the text after a key of the header, which is a Python dictionary; it begins with the value of the key.
fn value<'h>(header: &'h str, key: &str) -> Option<&'h str> {
    let after_key = |quote: char| {
        let (_, rest) = header.split_once(&format!("{quote}{key}{quote}"))?;
        rest.trim_start().strip_prefix(':').map(str::trim_start)
    };
    after_key('\'').or_else(|| after_key('"'))
}

/// Returns the quoted text at the beginning of the value.
fn quoted(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    value[1..].split_once(quote).map(|(text, _)| text)
}

/// Returns the whole numbers of the tuple at the beginning of the value.
fn shape(value: &str) -> Option<Vec<usize>> {
    let (inside, _) = value.strip_prefix('(')?.split_once(')')?;
    let sides = inside
        .split(',')
        .map(str::trim)
        .filter(|side| !side.is_empty());
    sides.map(|side| side.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, numbers: &[u8]) -> Vec<u8> {
        let mut bytes = [MAGIC, b"\x01\x00"].concat();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(numbers);
        bytes
    }

    fn header(kind: &str, order: &str, shape: &str) -> String {
        format!("{{'descr': '{kind}', 'fortran_order': {order}, 'shape': {shape}, }}   \n")
    }

    fn error_message(bytes: &[u8]) -> String {
        read("r.npy", bytes).unwrap_err().to_string()
    }

    #[test]
    fn reads_floats_of_both_widths() {
        let numbers = [0.5_f64, -2.0, f64::NAN, 4.0];
        let wide: Vec<u8> = numbers.iter().flat_map(|v| v.to_le_bytes()).collect();
        let record = read("r.npy", &file(&header("<f8", "False", "(2, 2)"), &wide)).unwrap();
        assert_eq!((record.dim, record.epochs()), (2, 1));
        assert_eq!(record.at(0), Some(&numbers[..2]));
        assert!(record.at(1).unwrap()[0].is_nan() && record.at(2).is_none());
        let narrow: Vec<u8> = numbers
            .iter()
            .flat_map(|v| (*v as f32).to_le_bytes())
            .collect();
        let record = read("r.npy", &file(&header("<f4", "False", "(4, 1)"), &narrow)).unwrap();
        assert_eq!((record.dim, record.weights[1]), (1, -2.0));
        // In version 2, the length of the header has 4 bytes.
        let text = header("<f8", "False", "(2, 2)");
        let mut second = [MAGIC, b"\x02\x00"].concat();
        second.extend((text.len() as u32).to_le_bytes());
        second.extend(text.as_bytes());
        second.extend(&wide);
        assert_eq!(read("r.npy", &second).unwrap().dim, 2);
    }

    #[test]
    fn reads_fortran_order() {
        let numbers: Vec<u8> = (0..6).flat_map(|v| f64::from(v).to_le_bytes()).collect();
        let record = read("r.npy", &file(&header("<f8", "True", "(2, 3)"), &numbers)).unwrap();
        assert_eq!(record.at(0), Some(&[0.0, 2.0, 4.0][..]));
        assert_eq!(record.at(1), Some(&[1.0, 3.0, 5.0][..]));
        let array = parse(&file(&header("<f8", "True", "(1, 2, 3)"), &numbers)).unwrap();
        assert_eq!(array.numbers, [0.0, 2.0, 4.0, 1.0, 3.0, 5.0]);
    }

    #[test]
    fn errors_describe_the_invalid_part() {
        let numbers = [0; 32];
        let of = |kind: &str, order: &str, shape: &str| {
            error_message(&file(&header(kind, order, shape), &numbers))
        };
        assert!(of(">f8", "False", "(2, 2)").contains("type is `>f8`"));
        assert!(of("<i8", "False", "(2, 2)").contains("float32 or float64"));
        assert!(of("<f8", "False", "(4,)").contains("shape is (4); it must be (epochs, weights)"));
        let scalar = file(&header("<f8", "False", "()"), &[0; 8]);
        assert!(error_message(&scalar).contains("shape is ()"));
        let empty = file(&header("<f8", "False", "(0, 2)"), &[]);
        assert!(error_message(&empty).contains("empty"));
        assert!(
            of("<f8", "False", "(3, 2)")
                .contains("32 bytes of numbers, but the header states 3 x 2 numbers of 8")
        );
        assert!(of("<f8", "False", "(9223372036854775807, 4)").contains("32 bytes"));
        assert!(of("<f8", "False", "(x, 2)").contains("cannot be read"));
        let structure = "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 2)}\n";
        assert!(error_message(&file(structure, &numbers)).contains("a structure"));
        assert!(error_message(b"\x93NUMPY\x01\x00\xff").contains("truncated"));
        assert!(error_message(b"\x93NUMPY\x09\x00\x01\x00 ").contains("unknown version"));
    }
}
