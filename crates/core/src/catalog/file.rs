//! Files that settings name, with the content that the caller attached.

use super::{Kind, Param, Setting, Settings, values::missing};
use crate::{Error, catalog::pick::FileContent};

/// A file by its name, with the content that was attached to the pick by whoever may read files.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Name as given.
    pub name: String,
    /// All that stands in it.
    pub content: FileContent,
}

impl File {
    /// The text that stands in it.
    ///
    /// # Errors
    /// It is no UTF-8 text; the error names the line.
    pub fn text(&self) -> Result<&str, Error> {
        utf8(&self.name, self.content.bytes())
    }
}

impl Setting for File {
    const KIND: Kind = Kind::File;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let given = settings.find(&param.name).ok_or_else(|| missing(param))?;
        let name = &given.value;
        let attached = settings.files.iter().find(|(file, _)| file == name);
        let (name, content) = attached
            .cloned()
            .ok_or_else(|| Error::Settings(format!("the content of `{name}` was not attached")))?;
        Ok(Self { name, content })
    }
}

/// The text that a file's bytes are.
///
/// # Errors
/// They are no UTF-8 text; the error names the line.
pub fn utf8<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let ends = before.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>();
        Error::in_file(file, Some(1 + ends), None, "this is no UTF-8 text")
    })
}
