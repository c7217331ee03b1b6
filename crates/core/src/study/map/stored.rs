//! Cells of maps as bytes, which keep every bit.

use super::{Outcome, SettingCell, StartCell};
use crate::{
    numeric::bytes::{ByteReader, ByteWriter},
    run::oracle::EvaluationCounts,
};

impl StartCell {
    /// Writes the cell.
    pub fn write_bytes(&self, out: &mut ByteWriter) {
        out.count(self.epochs);
        self.calls.write_bytes(out);
        out.count(self.minimum.into());
        out.number(self.loss);
        out.count(self.outcome as u64);
    }

    /// Reads what [`write_bytes`](Self::write_bytes) wrote. Returns `None` if the bytes are damaged.
    pub fn read_bytes(reader: &mut ByteReader) -> Option<Self> {
        Some(Self {
            epochs: reader.count()?,
            calls: EvaluationCounts::read_bytes(reader)?,
            minimum: reader.count()?.try_into().ok()?,
            loss: reader.number()?,
            outcome: reader.place(&Outcome::ALL)?,
        })
    }
}

impl SettingCell {
    /// Writes the cell.
    pub fn write_bytes(&self, out: &mut ByteWriter) {
        out.count(self.starts);
        out.count(self.reached);
        out.count(self.diverged);
        out.list(self.epochs.as_slice(), |out, epochs| out.count(*epochs));
        out.number(self.loss);
    }

    /// Reads what [`write_bytes`](Self::write_bytes) wrote. Returns `None` if the bytes are damaged.
    pub fn read_bytes(reader: &mut ByteReader) -> Option<Self> {
        let cell = Self {
            starts: reader.count()?,
            reached: reader.count()?,
            diverged: reader.count()?,
            epochs: reader.list(ByteReader::count)?.pop(),
            loss: reader.number()?,
        };
        // Counts of runs that ended differently exclude each other.
        let ended = cell.reached.checked_add(cell.diverged)?;
        (ended <= cell.starts).then_some(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_cells_are_the_same() {
        let start = StartCell {
            epochs: 300,
            calls: EvaluationCounts {
                value: 1,
                gradient: 200,
                hessian: 3,
            },
            minimum: 2,
            loss: -0.0,
            outcome: Outcome::NoStep,
        };
        let setting = SettingCell {
            starts: 9,
            reached: 4,
            diverged: 5,
            epochs: Some(77),
            loss: 1e-300,
        };
        let infinite = SettingCell {
            epochs: None,
            ..setting
        };
        let mut out = ByteWriter::default();
        start.write_bytes(&mut out);
        setting.write_bytes(&mut out);
        infinite.write_bytes(&mut out);
        let bytes = out.finish();
        let mut reader = ByteReader::new(&bytes);
        assert_eq!(StartCell::read_bytes(&mut reader), Some(start));
        assert_eq!(SettingCell::read_bytes(&mut reader), Some(setting));
        assert_eq!(SettingCell::read_bytes(&mut reader), Some(infinite));
        assert!(reader.is_empty());
        assert_eq!(StartCell::read_bytes(&mut reader), None);
    }
}
