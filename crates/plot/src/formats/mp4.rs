//! Animations as MP4 (H.264), which browsers and presentation programs support.

use muxide::api::{Muxer, MuxerBuilder, MuxerError, VideoCodec};
use openh264::{
    OpenH264API,
    encoder::{
        Complexity, Encoder, EncoderConfig, FrameRate, FrameType, IntraFramePeriod, QpRange,
        RateControlMode, UsageType, VuiConfig,
    },
    formats::YUVSlices,
};
use std::io::Write;

use crate::{
    PlotError,
    animation::{Animation, FrameRenderer, Region},
};

/// Limits of the encoder for the longer and the shorter side of a frame.
pub const LARGEST: [u32; 2] = [3840, 2160];
/// Interval of keyframes in seconds; players jump to keyframes.
const WHOLE_EVERY: f64 = 10.0;
/// Quantization from 0 (fine) to 51 (coarse), chosen so that letters and thin lines are sharp.
const QUALITY: u8 = 20;

/// Writes an animation. `go_on` receives the index of each finished frame and returns whether to continue.
///
/// The frame rate is constant, so a pause consists of equal frames. Both sides must be even numbers of pixels and not
/// exceed [`LARGEST`]. The encoded bytes (some kB per second) are kept until the end, because a file begins with their
/// lengths.
///
/// # Errors
/// Returns errors of the writer, the encoder, and the renderer, or [`PlotError::Stopped`] if `go_on` returned false.
pub fn write(
    animation: &Animation,
    out: impl Write,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), PlotError> {
    let [width, height] = animation.pixels;
    let fps = animation.timing.fps;
    let config = EncoderConfig::new()
        // Five runs over 300 epochs took 1.1 s; the mode for screen content took 4.6 s for a file of the same size.
        .usage_type(UsageType::CameraVideoRealTime)
        .rate_control_mode(RateControlMode::Off)
        .qp(QpRange::new(QUALITY, QUALITY))
        .complexity(Complexity::Low)
        .skip_frames(false)
        .scene_change_detect(false)
        .adaptive_quantization(false)
        .background_detection(false)
        .max_frame_rate(FrameRate::from_hz(fps as f32))
        .intra_frame_period(IntraFramePeriod::from_num_frames(
            (fps * WHOLE_EVERY).ceil().max(1.0) as u32,
        ))
        // With several threads, the bytes could depend on the machine.
        .num_threads(1)
        .vui(VuiConfig::bt709());
    let encoder = Encoder::with_api_config(OpenH264API::from_source(), config);
    let mut encoder = encoder.map_err(|e| PlotError::Video(e.to_string()))?;
    let muxer = MuxerBuilder::new(out).video(VideoCodec::H264, width, height, fps);
    let mut muxer = muxer.build().map_err(failure)?;
    let mut renderer = FrameRenderer::new(animation)?;
    let mut planes = Planes::new(animation.pixels);
    let mut done = 0;
    for frame in animation.animation_frames() {
        renderer.show(&frame.content);
        animation.check()?;
        planes.take(&renderer);
        let end = (frame.interval[1] * fps).round() as u64;
        for i in done..end {
            planes.write(&mut encoder, &mut muxer, i as f64 / fps)?;
            if !go_on(frame.last) {
                return Err(PlotError::Stopped);
            }
        }
        done = end.max(done);
    }
    animation.check()?;
    muxer.finish().map_err(failure)
}

fn failure(error: MuxerError) -> PlotError {
    match error {
        MuxerError::Io(error) => PlotError::Write(error),
        error => PlotError::Video(error.to_string()),
    }
}

/// A frame in the format of the encoder: luma of each pixel and chroma of each block of four pixels, in BT.709.
struct Planes {
    pixels: [usize; 2],
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
    encoded: Vec<u8>,
}

impl Planes {
    fn new(pixels: [u32; 2]) -> Self {
        let pixels = pixels.map(|side| side as usize);
        let count = pixels[0] * pixels[1];
        Self {
            pixels,
            y: vec![0; count],
            u: vec![0; count / 4],
            v: vec![0; count / 4],
            encoded: Vec::new(),
        }
    }

    /// Updates the changed regions.
    fn take(&mut self, renderer: &FrameRenderer) {
        let [width, height] = self.pixels;
        for region in renderer.changed() {
            // Chroma belongs to blocks of four pixels.
            let region = Region {
                left: region.left & !1,
                top: region.top & !1,
                right: (region.right + 1).min(width) & !1,
                bottom: (region.bottom + 1).min(height) & !1,
            };
            for top in (region.top..region.bottom).step_by(2) {
                for left in (region.left..region.right).step_by(2) {
                    self.four(renderer.picture(), [left, top]);
                }
            }
        }
    }

    fn four(&mut self, picture: &[[u8; 4]], [left, top]: [usize; 2]) {
        let width = self.pixels[0];
        let mut sum = [0; 3];
        for at in [0, 1, width, width + 1].map(|i| top * width + left + i) {
            let [r, g, b, _] = picture[at].map(i32::from);
            self.y[at] = (16 + ((11_966 * r + 40_254 * g + 4_064 * b + (1 << 15)) >> 16)) as u8;
            sum = [sum[0] + r, sum[1] + g, sum[2] + b];
        }
        let [r, g, b] = sum;
        let at = top / 2 * (width / 2) + left / 2;
        // The sum of four values has two more bits.
        let round = 1 << 17;
        self.u[at] = (128 + ((-6_596 * r - 22_189 * g + 28_784 * b + round) >> 18)) as u8;
        self.v[at] = (128 + ((28_784 * r - 26_145 * g - 2_640 * b + round) >> 18)) as u8;
    }

    fn write(
        &mut self,
        encoder: &mut Encoder,
        muxer: &mut Muxer<impl Write>,
        seconds: f64,
    ) -> Result<(), PlotError> {
        let [width, height] = self.pixels;
        let planes = (&*self.y, &*self.u, &*self.v);
        let source = YUVSlices::new(planes, (width, height), (width, width / 2, width / 2));
        let encoded = encoder.encode(&source);
        let encoded = encoded.map_err(|e| PlotError::Video(e.to_string()))?;
        let whole = matches!(encoded.frame_type(), FrameType::IDR | FrameType::I);
        self.encoded.clear();
        encoded.write_vec(&mut self.encoded);
        let written = muxer.write_video(seconds, &self.encoded, whole);
        written.map_err(failure)
    }
}
