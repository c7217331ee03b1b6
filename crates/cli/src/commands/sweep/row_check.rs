//! The check of each row in an unfinished table or a shard: a CRC-32 that detects accidental damage.
//!
//! It also covers the hash of the experiment, so that a row from another table is detected.

use super::header::Header;
use crc32fast::Hasher;

/// The part of the column names that belongs to the check. It follows the columns of a finished table.
pub(super) const CHECK_COLUMN: &str = ",check";

/// Number of bytes of a check with its comma.
const CHECK_BYTES: usize = 1 + 8;

/// Computes and verifies the checks of a table's rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RowCheck {
    /// The CRC-32 of the hash of the experiment.
    seed: u32,
}

impl RowCheck {
    pub(super) fn new(header: &Header) -> Self {
        Self {
            seed: crc32fast::hash(header.experiment.as_bytes()),
        }
    }

    /// Appends the check to the row that `table` contains from the byte `start` on. The row has no newline yet.
    pub(super) fn append(self, table: &mut Vec<u8>, start: usize) {
        let check = self.of(&table[start..]);
        table.extend(check.bytes());
    }

    /// Returns the row without its check, or `None` if they do not match. The line has no newline.
    pub(super) fn verified(self, line: &[u8]) -> Option<&[u8]> {
        let (row, check) = line.split_at_checked(line.len().checked_sub(CHECK_BYTES)?)?;
        (check == self.of(row).as_bytes()).then_some(row)
    }

    /// Returns the check of a row with its comma.
    fn of(self, row: &[u8]) -> String {
        let mut hasher = Hasher::new_with_initial(self.seed);
        hasher.update(row);
        format!(",{:08x}", hasher.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_changed_bit_is_detected() {
        let check = RowCheck { seed: 7 };
        let mut line = b"before 12,\"csv:path=a b.csv\",rprop,0,0.125".to_vec();
        check.append(&mut line, 7);
        let line = &line[7..];
        assert_eq!(
            check.verified(line),
            Some(&line[..line.len() - CHECK_BYTES])
        );
        for bit in 0..8 * line.len() {
            let mut changed = line.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(check.verified(&changed), None, "bit {bit}");
        }
        for end in 0..line.len() {
            assert_eq!(check.verified(&line[..end]), None, "{end}");
        }
        assert_eq!(RowCheck { seed: 8 }.verified(line), None);
    }
}
