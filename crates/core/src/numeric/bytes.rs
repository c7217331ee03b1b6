//! Numbers and texts as bytes: a compact format for storage that keeps every bit, and a checksum.

/// Writes numbers and texts as bytes.
#[derive(Clone, Debug, Default)]
pub struct ByteWriter(Vec<u8>);

impl ByteWriter {
    /// Returns the bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    /// Writes a whole number in as many bytes as it needs, seven bits per byte.
    pub fn count(&mut self, mut count: u64) {
        while count >= 128 {
            self.0.push(count as u8 | 128);
            count >>= 7;
        }
        self.0.push(count as u8);
    }

    /// Writes the bits of a number.
    pub fn number(&mut self, number: f64) {
        self.0.extend(number.to_bits().to_le_bytes());
    }

    /// Writes numbers after their count.
    pub fn numbers(&mut self, numbers: &[f64]) {
        self.count(numbers.len() as u64);
        self.0.reserve(size_of_val(numbers));
        for number in numbers {
            self.number(*number);
        }
    }

    /// Writes a text after its number of bytes.
    pub fn text(&mut self, text: &str) {
        self.count(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    /// Writes the place of a value in a table.
    pub fn place<T: PartialEq>(&mut self, table: &[T], value: &T) {
        let place = table.iter().position(|known| known == value);
        self.count(place.expect("the table has every value") as u64);
    }

    /// Writes items after their count.
    pub fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.count(items.len() as u64);
        for item in items {
            write(self, item);
        }
    }
}

/// Reads what a [`ByteWriter`] wrote. Each function returns `None` if the bytes are damaged.
#[derive(Clone, Debug)]
pub struct ByteReader<'a>(&'a [u8]);

impl<'a> ByteReader<'a> {
    /// Begins to read.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a whole number.
    pub fn count(&mut self) -> Option<u64> {
        let mut count = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = u64::from(self.take(1)?[0]);
            let bits = (byte & 127).checked_shl(shift)?;
            // The last byte must not exceed 64 bits.
            if bits >> shift != byte & 127 {
                return None;
            }
            count |= bits;
            if byte < 128 {
                return Some(count);
            }
        }
        None
    }

    /// Reads a whole number that is a size in memory.
    pub fn size(&mut self) -> Option<usize> {
        self.count()?.try_into().ok()
    }

    /// Reads a number.
    pub fn number(&mut self) -> Option<f64> {
        let bytes = self.take(8)?.try_into().ok()?;
        Some(f64::from_bits(u64::from_le_bytes(bytes)))
    }

    /// Reads numbers after their count.
    pub fn numbers(&mut self) -> Option<Vec<f64>> {
        let count = self.size()?;
        let (numbers, _) = self.take(count.checked_mul(8)?)?.as_chunks();
        let numbers = numbers.iter().map(|bytes| u64::from_le_bytes(*bytes));
        Some(numbers.map(f64::from_bits).collect())
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<&'a str> {
        let count = self.size()?;
        str::from_utf8(self.take(count)?).ok()
    }

    /// Reads the place of a value in a table, and returns the value.
    pub fn place<T: Copy>(&mut self, table: &[T]) -> Option<T> {
        table.get(self.size()?).copied()
    }

    /// Reads items after their count.
    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        // A damaged count must not reserve memory.
        (0..count).map(|_| read(self)).collect()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }
}

/// Returns the checksum CRC-32 of bytes, as in zip and PNG files.
pub fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut i = 0;
        while i < table.len() {
            let mut rest = i as u32;
            let mut bit = 0;
            while bit < 8 {
                rest = (rest >> 1) ^ (0xedb8_8320 * (rest & 1));
                bit += 1;
            }
            table[i] = rest;
            i += 1;
        }
        table
    };
    let step =
        |rest: u32, byte: &u8| (rest >> 8) ^ TABLE[((rest ^ u32::from(*byte)) & 0xff) as usize];
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_match_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn every_bit_is_kept() {
        let counts = [0, 1, 127, 128, 300, 1 << 35, u64::MAX - 1, u64::MAX];
        let numbers = [0.0, -0.0, f64::NAN, -f64::NAN, f64::INFINITY, 5e-324];
        let mut writer = ByteWriter::default();
        for count in counts {
            writer.count(count);
        }
        writer.numbers(&numbers);
        writer.text("größer");
        writer.list(&["a", "b"], |out, text| out.text(text));
        let bytes = writer.finish();
        let mut reader = ByteReader::new(&bytes);
        for count in counts {
            assert_eq!(reader.count(), Some(count));
        }
        let read = reader.numbers().unwrap();
        let bits = |numbers: &[f64]| numbers.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read), bits(&numbers));
        assert_eq!(reader.text(), Some("größer"));
        assert_eq!(reader.list(ByteReader::text), Some(vec!["a", "b"]));
        assert!(reader.is_empty());
    }

    #[test]
    fn damaged_bytes_are_not_read() {
        let too_long = [255; 11];
        assert_eq!(ByteReader::new(&too_long).count(), None);
        let mut more_than_64_bits = [255; 10];
        more_than_64_bits[9] = 2;
        assert_eq!(ByteReader::new(&more_than_64_bits).count(), None);
        let mut writer = ByteWriter::default();
        writer.count(u64::MAX);
        let bytes = writer.finish();
        assert_eq!(ByteReader::new(&bytes).numbers(), None);
        assert_eq!(ByteReader::new(&bytes).text(), None);
        assert_eq!(ByteReader::new(&bytes).list(ByteReader::number), None);
        assert_eq!(ByteReader::new(&[]).number(), None);
    }
}
