//! The files in a zip archive, as `numpy.savez` writes it.
//!
//! The format: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>.

use crate::numeric::bytes::crc32;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use std::borrow::Cow;

/// The first bytes of an archive.
pub(super) const MAGIC: &[u8] = b"PK\x03\x04";

/// Limit of the content of all files in bytes: 1 GiB.
const MAX_BYTES: usize = 1 << 30;

/// Compression methods.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A file in an archive.
pub(super) struct ArchivedFile<'a> {
    /// Its path in the archive.
    pub(super) name: String,
    is_encrypted: bool,
    method: u16,
    checksum: u32,
    /// Number of bytes of the content.
    size: usize,
    /// Whether this content and those before it exceed the limit.
    is_too_large: bool,
    /// The compressed content.
    data: &'a [u8],
}

/// Returns the files of an archive, in their order, or `None` if the archive is damaged.
pub(super) fn files(bytes: &[u8]) -> Option<Vec<ArchivedFile<'_>>> {
    /// Number of bytes of the end record and of the longest comment after it.
    const END: usize = 22;
    const COMMENT: usize = 0xffff;
    let tail = bytes.len().saturating_sub(END + COMMENT);
    let end = bytes[tail..].windows(4).rposition(|w| w == b"PK\x05\x06")? + tail;
    let (count, mut at) = (u16_at(bytes, end + 10)?, u32_at(bytes, end + 16)? as usize);
    let mut files = Vec::new();
    let mut total = 0;
    for _ in 0..count {
        let (mut file, next) = file_at(bytes, at)?;
        total += file.size;
        file.is_too_large = total > MAX_BYTES;
        files.push(file);
        at = next;
    }
    Some(files)
}

/// Reads the entry of the directory at `at`. Returns the file and the position of the next entry.
fn file_at(bytes: &[u8], at: usize) -> Option<(ArchivedFile<'_>, usize)> {
    let entry = bytes.get(at..)?.strip_prefix(b"PK\x01\x02")?;
    // Positions in the format count from the signature.
    let short = |at: usize| u16_at(entry, at - 4);
    let long = |at: usize| u32_at(entry, at - 4).map(|v| v as usize);
    let (name_length, extra, comment) = (short(28)?, short(30)?, short(32)?);
    let name_begin = at + 46;
    let name_end = name_begin + usize::from(name_length);
    let name = bytes.get(name_begin..name_end)?;
    let (compressed, header) = (long(20)?, long(42)?);
    let local = bytes.get(header..)?;
    if !local.starts_with(MAGIC) {
        return None;
    }
    let lengths = usize::from(u16_at(local, 26)?) + usize::from(u16_at(local, 28)?);
    let begin = 30 + lengths;
    let file = ArchivedFile {
        name: String::from_utf8_lossy(name).into_owned(),
        is_encrypted: short(8)? & 1 == 1,
        method: short(10)?,
        checksum: u32_at(entry, 16 - 4)?,
        size: long(24)?,
        is_too_large: false,
        data: local.get(begin..begin.checked_add(compressed)?)?,
    };
    Some((file, name_end + usize::from(extra) + usize::from(comment)))
}

impl<'a> ArchivedFile<'a> {
    /// Returns the content.
    ///
    /// # Errors
    /// The content is damaged, encrypted, too large, or compressed by an unknown method.
    pub(super) fn content(&self) -> Result<Cow<'a, [u8]>, String> {
        let name = &self.name;
        if self.is_encrypted {
            return Err(format!("`{name}` is encrypted; save it without a password"));
        }
        if self.is_too_large {
            return Err(format!(
                "the contents up to `{name}` have more than {} GiB, which is the limit",
                MAX_BYTES >> 30
            ));
        }
        let content = match self.method {
            STORED => Some(Cow::Borrowed(self.data)),
            DEFLATED => decompress_to_vec_with_limit(self.data, self.size)
                .ok()
                .map(Cow::Owned),
            other => {
                return Err(format!(
                    "`{name}` is compressed by method {other}; use numpy.savez or numpy.savez_compressed"
                ));
            }
        };
        let intact =
            |content: &Cow<[u8]>| content.len() == self.size && crc32(content) == self.checksum;
        content
            .filter(intact)
            .ok_or_else(|| format!("`{name}` is damaged; save the file again"))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let (number, _) = bytes.get(at..)?.split_first_chunk()?;
    Some(u16::from_le_bytes(*number))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let (number, _) = bytes.get(at..)?.split_first_chunk()?;
    Some(u32::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_archive_is_no_panic() {
        let archive = include_bytes!("../../../tests/records/state_dict.npz");
        assert_eq!(files(archive).unwrap().len(), 4);
        for end in 0..archive.len() {
            assert!(files(&archive[..end]).is_none_or(|files| files.len() < 5));
        }
        for i in 0..archive.len() {
            let mut damaged = archive.to_vec();
            damaged[i] ^= 0x55;
            for file in files(&damaged).unwrap_or_default() {
                let _ = file.content();
            }
        }
    }
}
