//! The header of the `NumPy` format `.npy`, version 1.0. The numbers follow it in row-major order.

/// The type of little-endian unsigned 32-bit integers.
pub(crate) const U4: &str = "<u4";
/// The type of little-endian 64-bit floats.
pub(crate) const F8: &str = "<f8";

/// Returns the header of `many` arrays of this shape. Several arrays are stacked along a new first axis.
pub(crate) fn header(kind: &str, many: usize, shape: &[usize]) -> Vec<u8> {
    const ALIGNED: usize = 64;
    let sides = [&[many][usize::from(many == 1)..], shape].concat();
    let sides = match &*sides {
        [one] => format!("{one},"),
        _ => sides
            .iter()
            .map(usize::to_string)
            .collect::<Vec<_>>()
            .join(", "),
    };
    let mut words = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({sides}), }}");
    let before = 10;
    // The format aligns the numbers to 64 bytes. The header ends with a newline.
    let whole = (before + words.len() + 1).next_multiple_of(ALIGNED);
    words.push_str(&" ".repeat(whole - before - words.len() - 1));
    words.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((words.len() as u16).to_le_bytes());
    bytes.extend(words.into_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_aligns_the_numbers_to_64_bytes() {
        for shape in [&[7][..], &[3, 4], &[2, 30_000, 40_000]] {
            let bytes = header(U4, 1, shape);
            assert_eq!(bytes.len() % 64, 0);
            assert_eq!(usize::from(bytes[8]), bytes.len() - 10);
            assert_eq!(bytes.last(), Some(&b'\n'));
        }
        let text =
            |shape: &[usize]| String::from_utf8_lossy(&header(F8, 1, shape)[10..]).into_owned();
        let begin = "{'descr': '<f8', 'fortran_order': False, 'shape': ";
        assert!(text(&[7]).starts_with(&format!("{begin}(7,), }}")));
        assert!(text(&[3, 4]).starts_with(&format!("{begin}(3, 4), }}")));
    }
}
