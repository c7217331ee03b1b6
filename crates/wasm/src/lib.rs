//! The browser's door: a handful of functions over [`thalweg_explore`].
//!
//! Structured answers come as JSON, columns of numbers as arrays of the browser's own. Every error is a sentence.

#![expect(
    clippy::needless_pass_by_value,
    reason = "lists of texts come from JavaScript by value"
)]

use js_sys::{Array, Float32Array, Float64Array, Uint8Array, Uint32Array};
use thalweg_explore::{
    Content, Loops, Now, Reel, Region, Theme, Window,
    address::{self, Address},
    catalog, chart, controls, map,
    picture::Picture,
    session, tell, words,
};
use wasm_bindgen::prelude::*;

type Result<T> = std::result::Result<T, String>;

/// An error as a sentence.
fn said(error: impl Into<thalweg_explore::Error>) -> String {
    tell::error(&error.into())
}

/// The colours of the page: dark, else light.
fn theme(name: &str) -> &'static Theme {
    match name {
        "dark" => &Theme::DARK,
        _ => &Theme::LIGHT,
    }
}

/// Everything that there is, as JSON.
///
/// # Errors
/// None that a user could cause.
#[wasm_bindgen]
pub fn catalog() -> Result<String> {
    let json = catalog::json(&catalog::lists()).map_err(said)?;
    Ok(json.to_string())
}

/// The colours of the map, `dark` or `light`, as JSON.
#[wasm_bindgen]
pub fn colors(theme: &str) -> String {
    tell::colors(self::theme(theme)).to_string()
}

/// The address of what the page shows at first.
#[wasm_bindgen]
pub fn home() -> String {
    address::HOME.to_owned()
}

/// The address of an experiment from its parts, a key and a value in turn.
///
/// # Errors
/// A key or a value that is not allowed.
#[wasm_bindgen]
pub fn address(parts: Vec<String>) -> Result<String> {
    let pairs = parts.chunks_exact(2).map(|pair| (&*pair[0], &*pair[1]));
    Address::from_pairs(pairs)
        .map(|address| address.to_string())
        .map_err(said)
}

/// The parts of an address, a key and a value in turn.
///
/// # Errors
/// It is too long, or has a part that is not allowed.
#[wasm_bindgen]
pub fn parts(address: &str) -> Result<Vec<String>> {
    let address: Address = address.parse().map_err(said)?;
    Ok(address.parts())
}

/// The controls of a pick, as JSON.
///
/// # Errors
/// The text is no pick of the list.
#[wasm_bindgen]
pub fn panel(list: &str, pick: &str) -> Result<String> {
    let panel = controls::panel(list, pick, None).map_err(said)?;
    Ok(panel.to_string())
}

/// A pick with one setting changed; an empty value takes it away.
///
/// # Errors
/// The value cannot stand in a pick.
#[wasm_bindgen]
pub fn changed(list: &str, pick: &str, key: &str, value: &str) -> Result<String> {
    controls::changed(list, pick, key, value).map_err(said)
}

/// A pick with one setting where its slider stands, from 0 to 1.
///
/// # Errors
/// The setting has no slider.
#[wasm_bindgen]
pub fn slid(list: &str, pick: &str, key: &str, share: f64) -> Result<String> {
    controls::slid(list, pick, key, share).map_err(said)
}

/// The weights under a px of a picture that shows a window, as a start is written.
///
/// # Errors
/// There is no such window, or `size` or `at` are no two numbers.
#[wasm_bindgen]
pub fn place(window: &[f64], size: &[f64], at: &[f64]) -> Result<String> {
    let two = |v: &[f64]| {
        let pair = v.try_into();
        pair.map_err(|_| "a place in a picture has two numbers".to_owned())
    };
    let window = Window::of(window).map_err(said)?;
    Ok(map::place(window, two(size)?, two(at)?))
}

/// An experiment on its way.
#[wasm_bindgen]
pub struct Session {
    address: Address,
    inner: session::Session,
}

#[wasm_bindgen]
impl Session {
    /// The experiment of an address; `files` are names and bytes of data files in turn.
    ///
    /// # Errors
    /// The address is wrong, or names what there is not.
    #[wasm_bindgen(constructor)]
    pub fn new(address: &str, files: &Array) -> Result<Session> {
        let address: Address = address.parse().map_err(said)?;
        let file = |i: u32| {
            let name = files.get(2 * i).as_string().unwrap_or_default();
            let bytes = Uint8Array::new(&files.get(2 * i + 1)).to_vec();
            (name, Content::from(bytes))
        };
        let files: Vec<_> = (0..files.length() / 2).map(file).collect();
        let inner = session::Session::new(&address, &files).map_err(said)?;
        Ok(Self { address, inner })
    }

    /// At most so many more steps of every optimizer; whether one can go on.
    pub fn advance(&mut self, epochs: u32) -> bool {
        self.inner.advance(epochs.into())
    }

    /// What the experiment is, as JSON.
    ///
    /// # Errors
    /// A pick has no controls.
    pub fn experiment(&self, theme: &str) -> Result<String> {
        let theme = self::theme(theme);
        let told = tell::experiment(&self.address, &self.inner, theme).map_err(said)?;
        Ok(told.to_string())
    }

    /// The colours of the paths, `dark` or `light`, as JSON.
    pub fn styles(&self, theme: &str) -> String {
        tell::styles(&self.inner, self::theme(theme)).to_string()
    }

    /// What the optimizers came to so far, as JSON.
    pub fn table(&self) -> String {
        tell::table(&self.inner).to_string()
    }

    /// The path of a run on the map: (epochs + 1, 2), row-major.
    ///
    /// # Errors
    /// There is no map.
    pub fn path(&self, run: usize) -> Result<Float64Array> {
        let subject = self.inner.subject().map_err(said)?;
        let view = subject.view().map_err(said)?;
        Ok(Float64Array::from(&*view.traces[run].weights))
    }

    /// The weights of a run: (epochs + 1, dim), row-major.
    pub fn weights(&self, run: usize) -> Float64Array {
        Float64Array::from(&*self.inner.traces()[run].weights)
    }

    /// The loss of a run: (epochs + 1).
    pub fn losses(&self, run: usize) -> Float64Array {
        Float64Array::from(&*self.inner.traces()[run].losses)
    }

    /// How often a run had asked: (epochs + 1).
    pub fn evaluations(&self, run: usize) -> Float64Array {
        let calls = self.inner.traces()[run].calls.iter();
        let counts: Vec<f64> = calls.map(|c| c.evaluations() as f64).collect();
        Float64Array::from(&*counts)
    }

    /// One channel of a run's inner state: (epochs + 1, width), row-major; empty where there is none.
    pub fn channel(&self, run: usize, name: &str) -> Float64Array {
        let series = self.inner.traces()[run].series(name);
        Float64Array::from(series.map_or(&[][..], |series| &series.numbers))
    }

    /// A run as CSV.
    pub fn csv(&self, run: usize) -> String {
        self.inner.traces()[run].to_csv()
    }

    /// A step of a run in words, as JSON.
    pub fn step(&self, run: usize, epoch: usize) -> String {
        words::step(&self.inner, run, epoch).to_string()
    }

    /// A point of the map in words.
    ///
    /// # Errors
    /// There is no map.
    pub fn point(&self, x: f64, y: f64) -> Result<String> {
        tell::point(&self.inner, [x, y]).map_err(said)
    }

    /// The loss in a window, as outlines of bands in a picture of so many px.
    ///
    /// # Errors
    /// There is no map, or no such window.
    pub fn bands(&self, window: &[f64], width: f64, height: f64, samples: usize) -> Result<Bands> {
        let window = Window::of(window).map_err(said)?;
        let subject = self.inner.subject().map_err(said)?;
        let view = subject.view().map_err(said)?;
        let field = view.field(window, samples.clamp(2, 1000));
        let target = self.inner.contest().budget.target;
        Ok(Bands(map::Bands::new(&field, [width, height], target)))
    }

    /// The loss of all runs as a chart, as SVG.
    ///
    /// # Errors
    /// The plane cannot be laid through these weights.
    pub fn chart(&self, log: bool, over_evaluations: bool, theme: &str) -> Result<String> {
        chart::chart(&self.inner, log, over_evaluations, self::theme(theme)).map_err(said)
    }

    /// A figure of the catalogue as SVG, in a window where four numbers are given; of runs that are looked at after so
    /// many `epochs` each, `run` the one that is looked into; without epochs at their ends.
    ///
    /// # Errors
    /// There is no such figure, or the figure needs what the experiment does not have.
    pub fn figure(
        &self,
        pick: &str,
        window: &[f64],
        theme: &str,
        epochs: &[u32],
        run: usize,
    ) -> Result<String> {
        let epochs: Vec<usize> = epochs.iter().map(|epoch| *epoch as usize).collect();
        let now = (!epochs.is_empty()).then_some(Now { epochs, run });
        let picture = Picture::new(&self.inner, pick, window, now).map_err(said)?;
        picture.svg(self::theme(theme)).map_err(said)
    }

    /// The pick of a figure in space with the eye turned by so many degrees around and up.
    ///
    /// # Errors
    /// There is no such figure, or it is flat.
    pub fn turned(&self, pick: &str, window: &[f64], around: f64, up: f64) -> Result<String> {
        let picture = Picture::new(&self.inner, pick, window, None).map_err(said)?;
        picture.turned(pick, [around, up]).map_err(said)
    }
}

/// A GIF on its way, of pictures that the browser turned into pixels.
#[wasm_bindgen]
pub struct Film {
    reel: Reel<Vec<u8>>,
    whole: Region,
}

#[wasm_bindgen]
impl Film {
    /// Begins a GIF of so many pixels across and down with the colours of a sample; red, green, blue and 255 of each pixel.
    ///
    /// # Errors
    /// It has too many pixels.
    #[wasm_bindgen(constructor)]
    pub fn new(width: u32, height: u32, sample: &[u8]) -> Result<Film> {
        let pixels = [width, height];
        let reel = Reel::new(Vec::new(), pixels, &[sample.as_chunks().0], Loops::Forever);
        Ok(Self {
            reel: reel.map_err(unwritten)?,
            whole: Region::whole(pixels),
        })
    }

    /// Adds a picture that is seen from one second to another.
    ///
    /// # Errors
    /// It has other than so many pixels.
    pub fn add(&mut self, pixels: &[u8], from: f64, to: f64) -> Result<()> {
        let pixels = pixels.as_chunks().0;
        if pixels.len() != self.whole.width() * self.whole.height() {
            return Err("every picture of a GIF has as many pixels as the first".to_owned());
        }
        let added = self.reel.add(pixels, &[self.whole], [from, to]);
        added.map_err(unwritten)
    }

    /// The file.
    ///
    /// # Errors
    /// None that a user could cause.
    pub fn finish(self) -> Result<Vec<u8>> {
        self.reel.finish().map_err(unwritten)
    }
}

/// It is written to memory: what can go wrong is its size alone.
fn unwritten<E>(_: E) -> String {
    "the picture is too large for a GIF".to_owned()
}

/// Outlines of bands of equal loss, in px with y down.
#[wasm_bindgen]
pub struct Bands(map::Bands);

#[wasm_bindgen]
impl Bands {
    /// Edges of the bands, ascending.
    pub fn levels(&self) -> Float64Array {
        Float64Array::from(&*self.0.levels)
    }

    /// The bar of the bands' colours, as JSON.
    pub fn scale(&self) -> String {
        self.0.scale().to_string()
    }

    /// x and y of every corner in turn.
    pub fn points(&self) -> Float32Array {
        Float32Array::from(&*self.0.points)
    }

    /// How many numbers of the points belong to the outlines up to each.
    pub fn ends(&self) -> Uint32Array {
        Uint32Array::from(&*self.0.ends)
    }

    /// How many outlines belong to the bands up to each; what follows the last band is the line of the target.
    pub fn counts(&self) -> Uint32Array {
        Uint32Array::from(&*self.0.bands)
    }
}
