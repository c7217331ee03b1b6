//! Files named by settings, with the content that the caller attached.

use super::{
    Kind, Param, Setting, Settings,
    file_kind::{not_text, recognized},
    values::missing,
};
use crate::{Error, catalog::pick::FileContent, error::printable};

/// A file name with the content of the file. The caller attaches the content, because this crate does not read files.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Name as given.
    pub name: String,
    /// Content of the file.
    pub content: FileContent,
}

impl File {
    /// Returns the file `name`, whose content the caller has attached to the settings.
    ///
    /// # Errors
    /// The content is not attached.
    pub(crate) fn attached(name: &str, settings: &Settings) -> Result<Self, Error> {
        let attached = settings.files.iter().find(|(file, _)| file == name);
        let (name, content) = attached.cloned().ok_or_else(|| {
            Error::Settings(format!(
                "the file `{name}` has not been read; add its content to `Pick::files`"
            ))
        })?;
        Ok(Self { name, content })
    }

    /// Returns the content as text.
    ///
    /// # Errors
    /// The content is not UTF-8; the error states the line.
    pub fn text(&self) -> Result<&str, Error> {
        utf8(&self.name, self.content.bytes())
    }

    /// Returns the kind of the file, such as `a JPEG picture`, if it is not text and is recognized.
    pub(crate) fn kind(&self) -> Option<&'static str> {
        recognized(self.content.bytes()).map(|(name, _)| name)
    }

    /// Returns the file name without its folder and without control characters, for titles and legends.
    pub fn short_name(&self) -> String {
        let name = self.name.rsplit(['/', '\\']).next();
        printable(name.unwrap_or_default()).into_owned()
    }
}

impl Setting for File {
    const KIND: Kind = Kind::File;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let given = settings.find(&param.name).ok_or_else(|| missing(param))?;
        Self::attached(&given.value, settings)
    }
}

/// Returns the bytes of a file as text.
///
/// # Errors
/// The bytes are not UTF-8; the error states the kind of the file, if it is recognized, or the line.
pub fn utf8<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Error> {
    if let Some(message) = not_text(bytes) {
        return Err(Error::in_file(file, None, None, message));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let ends = before.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>();
        Error::in_file(
            file,
            Some(1 + ends),
            None,
            "this line is not UTF-8; save the file as UTF-8",
        )
    })
}
