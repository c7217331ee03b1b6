//! The kinds of files that are given by mistake instead of text.

/// A kind of file.
struct FileKind {
    /// Its first bytes.
    magic: &'static [u8],
    /// Name with an article.
    name: &'static str,
    /// How to make a text file from it.
    advice: &'static str,
}

const SAVE_AS_CSV: &str = "save the table as CSV (UTF-8)";
const WRITE_CSV: &str = "write the numbers as CSV, for example with pandas.DataFrame.to_csv";
const WRITE_ARRAYS: &str =
    "write the numbers as CSV, or the weights of a recorded run with numpy.savez";
const UTF_8: &str = "save it as UTF-8";

/// All kinds with a signature. Of two signatures, the longer one comes first.
const KINDS: &[FileKind] = &[
    kind(
        b"\x1f\x8b",
        "gzip-compressed",
        "decompress it first, for example with gunzip",
    ),
    kind(
        b"BZh",
        "bzip2-compressed",
        "decompress it first, for example with bunzip2",
    ),
    kind(
        b"\xfd7zXZ\x00",
        "xz-compressed",
        "decompress it first, for example with unxz",
    ),
    kind(
        b"\x28\xb5\x2f\xfd",
        "zstd-compressed",
        "decompress it first, for example with unzstd",
    ),
    kind(b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    kind(
        b"PK\x03\x04",
        "a zip archive or an Excel workbook",
        "unpack it, or save the table as CSV (UTF-8)",
    ),
    kind(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel or Word document",
        SAVE_AS_CSV,
    ),
    kind(
        b"\x93NUMPY",
        "a NumPy array",
        "write it as text with numpy.savetxt and delimiter=\",\"",
    ),
    kind(b"\x89HDF", "an HDF5 file", WRITE_CSV),
    kind(b"PAR1", "a Parquet file", WRITE_CSV),
    kind(b"ARROW1", "an Arrow file", WRITE_CSV),
    kind(b"SQLite format 3\x00", "a SQLite database", WRITE_CSV),
    kind(
        b"MATLAB 5.0 MAT-file",
        "a MATLAB file",
        "write the numbers as CSV with writematrix",
    ),
    kind(b"\x89PNG", "a PNG picture", "give a text file"),
    kind(b"\xff\xd8\xff", "a JPEG picture", "give a text file"),
    kind(b"GIF8", "a GIF picture", "give a text file"),
    kind(b"%PDF-", "a PDF document", "give a text file"),
    kind(b"\xff\xfe\x00\x00", "UTF-32 text", UTF_8),
    kind(b"\xff\xfe", "UTF-16 text", UTF_8),
    kind(b"\xfe\xff", "UTF-16 text", UTF_8),
];

const fn kind(magic: &'static [u8], name: &'static str, advice: &'static str) -> FileKind {
    FileKind {
        magic,
        name,
        advice,
    }
}

/// Returns a message about a file that is not text, if its kind is recognized.
pub(super) fn not_text(bytes: &[u8]) -> Option<String> {
    let (name, advice) = recognized(bytes)?;
    Some(format!(
        "this is {name}, but a text file is required; {advice}"
    ))
}

/// Returns the name of the kind and the advice.
pub(super) fn recognized(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const PAGES: [&[u8]; 2] = [b"<!doctype html", b"<html"];
    let known = KINDS.iter().find(|kind| bytes.starts_with(kind.magic));
    if let Some(kind) = known {
        return Some((kind.name, kind.advice));
    }
    let begins = |text: &[u8]| {
        bytes
            .get(..text.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(text))
    };
    if PAGES.into_iter().any(begins) {
        return Some((
            "a web page",
            "save the raw file instead of the page that shows it",
        ));
    }
    if is_safetensors(bytes) {
        return Some(("a safetensors file", WRITE_ARRAYS));
    }
    if is_pickle(bytes) {
        return Some(("a Python pickle, which only Python can read", WRITE_ARRAYS));
    }
    if is_utf_16(bytes) {
        return Some(("UTF-16 text", UTF_8));
    }
    bytes
        .contains(&0)
        .then_some(("a binary file", "give a text file"))
}

/// Returns whether this is the length of a header in eight bytes, followed by the header in JSON.
fn is_safetensors(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk() else {
        return false;
    };
    let length = u64::from_le_bytes(*length);
    length <= rest.len() as u64 && rest.starts_with(b"{\"")
}

/// Returns whether this is a pickle of protocol 2 or later: the opcode PROTO and the version, up to the opcode STOP.
fn is_pickle(bytes: &[u8]) -> bool {
    matches!(bytes, [0x80, 2..=5, .., b'.'])
}

/// Returns whether every second byte at the beginning is 0, as in Latin letters in UTF-16 without a byte order mark.
fn is_utf_16(bytes: &[u8]) -> bool {
    let (pairs, _) = bytes[..bytes.len().min(64)].as_chunks::<2>();
    let little = pairs.iter().all(|[low, high]| *low != 0 && *high == 0);
    let big = pairs.iter().all(|[high, low]| *low != 0 && *high == 0);
    pairs.len() > 1 && (little || big)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_files_that_are_not_text() {
        for (bytes, name) in [
            (&b"\x1f\x8b\x08\x00"[..], "gzip"),
            (b"\x80\x04\x95\x0a\x00.", "pickle"),
            (b"\xff\xfea\x00,\x00b\x00", "UTF-16"),
            (b"\xfe\xff\x00a\x00,", "UTF-16"),
            (b"a\x00,\x00b\x00\n\x00", "UTF-16"),
            (b"\x04\0\0\0\0\0\0\0{\"a\"", "safetensors"),
            (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
            (b"PK\x03\x04", "zip"),
            (b"\x89PNG\r\n", "PNG"),
            (b"%PDF-1.7\n", "PDF"),
            (b"<!DOCTYPE html>", "web page"),
            (b"1,2\n\x00\x01", "binary"),
        ] {
            let message = not_text(bytes).unwrap();
            assert!(message.contains(name), "{message}");
        }
        for text in ["", "a", "a,b\n1,2\n", "x\u{e9}y", "P,K\n", "<x>,y\n"] {
            assert_eq!(not_text(text.as_bytes()), None, "{text}");
        }
    }
}
