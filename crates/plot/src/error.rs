//! Errors of drawing and encoding, each with advice.

/// The reason why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PlotError {
    /// The picture has no area, or its size is not a number.
    #[error(
        "a picture of {width} x {height} px at scale {scale} has no pixels: size and scale must be positive numbers"
    )]
    NoPixels {
        /// Width in px, before scaling.
        width: f64,
        /// Height in px, before scaling.
        height: f64,
        /// Pixels per px.
        scale: f64,
    },
    /// The picture has too many pixels.
    #[error(
        "a picture of {width} x {height} px at scale {scale} has more than {limit} pixels: choose a smaller size or scale"
    )]
    TooManyPixels {
        /// Width in px, before scaling.
        width: f64,
        /// Height in px, before scaling.
        height: f64,
        /// Pixels per px.
        scale: f64,
        /// The largest number of pixels allowed.
        limit: u64,
    },
    /// A text is not a valid size.
    #[error("the size cannot be `{given}`: {why}")]
    Size {
        /// The text as given.
        given: String,
        /// What is allowed.
        why: String,
    },
    /// The page has no area.
    #[error("a page of {width} x {height} px has no area: its size must be positive numbers")]
    NoPage {
        /// Width in px.
        width: f64,
        /// Height in px.
        height: f64,
    },
    /// The page could not be written as PDF.
    #[error("the picture cannot be written as PDF: {0}")]
    Pdf(String),
    /// The pixels could not be written as PNG.
    #[error("the pixels cannot be written as PNG")]
    Png(#[source] png::EncodingError),
    /// The pictures could not be written as GIF.
    #[error("the pictures cannot be written as GIF: {0}")]
    Gif(String),
    /// The pictures could not be written as video.
    #[error("the pictures cannot be written as video: {0}")]
    Video(String),
    /// The file could not be written.
    #[error("the file cannot be written")]
    Write(#[source] std::io::Error),
    /// The caller stopped the work.
    #[error("stopped")]
    Stopped,
}

/// Returns whether to continue. Long work calls it often, and ends with [`PlotError::Stopped`] after it returned false.
pub type KeepGoing<'a> = &'a (dyn Fn() -> bool + 'a);

/// Fails if the work shall stop.
pub(crate) fn check(keep_going: KeepGoing) -> Result<(), PlotError> {
    if keep_going() {
        Ok(())
    } else {
        Err(PlotError::Stopped)
    }
}

impl From<gif::EncodingError> for PlotError {
    fn from(error: gif::EncodingError) -> Self {
        match error {
            gif::EncodingError::Io(error) => Self::Write(error),
            error => Self::Gif(error.to_string()),
        }
    }
}

impl From<png::EncodingError> for PlotError {
    fn from(error: png::EncodingError) -> Self {
        match error {
            png::EncodingError::IoError(error) => Self::Write(error),
            error => Self::Png(error),
        }
    }
}
