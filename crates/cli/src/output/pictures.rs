//! The bytes of still pictures.

use crate::{
    failure::Result,
    output::{Format, files::SCALE},
    terminal,
};
use thalweg_gallery::html;
use thalweg_plot::{
    KeepGoing,
    formats::{pdf, png, svg},
    page::Page,
    scene::Scene,
};

/// What only a PNG has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PngOptions {
    /// Pixels per px of the scene; `None` means the default, reduced if the picture would be too large.
    pub(crate) scale: Option<f64>,
    /// Size of the palette; `None` means no palette.
    pub(crate) colors: Option<usize>,
}

/// Encodes pictures with their recipe: one per page if the format has pages, otherwise in one column. Returns `None` for
/// formats of data and of animations, and if there are no pictures.
///
/// A PNG, which takes long, is encoded while `keep_going` returns true.
pub(crate) fn encode(
    format: Format,
    scenes: &[Scene],
    recipe: Option<&str>,
    options: PngOptions,
    keep_going: KeepGoing,
) -> Result<Option<Vec<u8>>> {
    let mut scenes = scenes.to_vec();
    if matches!(format, Format::Svg | Format::Png) && scenes.len() > 1 {
        scenes = vec![Page::column(scenes).scene()];
    }
    if format == Format::Pdf {
        scenes = on_equal_pages(scenes);
    }
    let Some(first) = scenes.first_mut() else {
        return Ok(None);
    };
    first.recipe = recipe.map(str::to_owned);
    // SVG and HTML are drawn with the viewer's fonts.
    if matches!(format, Format::Png | Format::Pdf) {
        terminal::warn_of_missing_characters(&scenes);
    }
    Ok(match format {
        Format::Svg => Some(svg::encode(&scenes[0]).into_bytes()),
        Format::Png => {
            // A picture with many panels gets a lower resolution instead of an error.
            let fitting = || png::scale_within_limit(&scenes[0], SCALE);
            let scale = options.scale.unwrap_or_else(fitting);
            Some(png::encode_while(
                &scenes[0],
                scale,
                options.colors,
                keep_going,
            )?)
        }
        Format::Pdf => Some(pdf::encode_pages(&scenes)?),
        Format::Html => Some(html::figures(&scenes).into_bytes()),
        Format::Csv | Format::Npy | Format::Json | Format::Gif | Format::Apng | Format::Mp4 => None,
    })
}

/// Centers scenes on pages of the same size.
fn on_equal_pages(scenes: Vec<Scene>) -> Vec<Scene> {
    let largest = |i: usize| scenes.iter().map(|s| s.px()[i]).fold(0.0, f64::max);
    let page = [largest(0), largest(1)];
    let centered = |scene: Scene| {
        let size = page.map(|px| px / scene.scale);
        scene.centered_on(size)
    };
    scenes.into_iter().map(centered).collect()
}
