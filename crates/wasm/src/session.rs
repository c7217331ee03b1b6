//! An experiment on its way, and what is asked of it.

use crate::{
    map::{FieldSampler, Overlay},
    shared::{Result, pair, said, theme},
};
use js_sys::{Array, Float64Array, Uint8Array};
use thalweg_explore::{
    FileContent, Playhead, Window, address::Address, chart, map, overlay, picture::Picture,
    session, tell, words,
};
use wasm_bindgen::prelude::*;

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
            (name, FileContent::from(bytes))
        };
        let files: Vec<_> = (0..files.length() / 2).map(file).collect();
        let inner = session::Session::new(&address, &files).map_err(said)?;
        Ok(Self { address, inner })
    }

    /// At most so many more steps of every optimizer; whether one can go on.
    pub fn advance(&mut self, epochs: u32) -> bool {
        self.inner.advance(epochs.into())
    }

    /// Nobody asks for more steps: the table says so.
    pub fn halt(&mut self) {
        self.inner.halt();
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
    ///
    /// # Errors
    /// There is no such run.
    pub fn csv(&self, run: usize) -> Result<String> {
        let trace = self.inner.traces().get(run).ok_or_else(no_run)?;
        Ok(trace.to_csv())
    }

    /// A step of a run in words, as JSON.
    ///
    /// # Errors
    /// There is no such run.
    pub fn step(&self, run: usize, epoch: usize) -> Result<String> {
        self.inner.traces().get(run).ok_or_else(no_run)?;
        Ok(words::step(&self.inner, run, epoch).to_string())
    }

    /// A point of the map in words, as the window it is seen in has room for.
    ///
    /// # Errors
    /// There is no map, or no such window.
    pub fn point(&self, x: f64, y: f64, window: &[f64]) -> Result<String> {
        let window = Window::of(window).map_err(said)?;
        tell::point(&self.inner, [x, y], window).map_err(said)
    }

    /// The loss in a window at `samples` x `samples` points, on its way.
    ///
    /// # Errors
    /// There is no map, or no such window.
    pub fn survey(&self, window: &[f64], samples: usize) -> Result<FieldSampler> {
        let window = Window::of(window).map_err(said)?;
        let subject = self.inner.subject().map_err(said)?;
        let objective = subject.view().map_err(said)?.objective.clone();
        let target = self.inner.contest().budget.target;
        let samples = samples.clamp(2, 1000);
        Ok(FieldSampler(map::FieldSampler::new(
            objective, target, window, samples,
        )))
    }

    /// Draws the part of the map that moves in a picture of so many px: runs that are looked at after so many `epochs`
    /// each, with the step of `run`.
    ///
    /// # Errors
    /// There is no map, or no such window, or `size` is not two numbers.
    pub fn overlay(
        &self,
        window: &[f64],
        size: &[f64],
        theme: &str,
        epochs: &[u32],
        run: usize,
    ) -> Result<Overlay> {
        let (window, now) = (Window::of(window).map_err(said)?, now(epochs, run));
        let drawn =
            overlay::Overlay::new(&self.inner, &now, window, pair(size)?, self::theme(theme));
        drawn.map(Overlay).map_err(said)
    }

    /// The loss of all runs as a chart, as SVG, of runs that are looked at after so many `epochs` each.
    ///
    /// # Errors
    /// The plane cannot be laid through these weights.
    pub fn chart(
        &self,
        log: bool,
        over_evaluations: bool,
        theme: &str,
        epochs: &[u32],
        column: f64,
    ) -> Result<String> {
        let (now, theme) = (looked_at(epochs, 0), self::theme(theme));
        chart::chart(&self.inner, log, over_evaluations, now, theme, column).map_err(said)
    }

    /// The loss along a step of a run, with what its line search tried, as SVG.
    ///
    /// # Errors
    /// There is no such step, or no plane.
    pub fn search(&self, run: usize, epoch: usize, theme: &str, column: f64) -> Result<String> {
        self.inner.traces().get(run).ok_or_else(no_run)?;
        chart::search(&self.inner, run, epoch, self::theme(theme), column).map_err(said)
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
        let now = looked_at(epochs, run);
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

fn no_run() -> String {
    "there is no run: add an algorithm".to_owned()
}

/// Runs that are looked at after so many epochs each.
fn now(epochs: &[u32], run: usize) -> Playhead {
    let epochs = epochs.iter().map(|epoch| *epoch as usize).collect();
    Playhead { epochs, run }
}

/// The same; none where there are no numbers.
fn looked_at(epochs: &[u32], run: usize) -> Option<Playhead> {
    (!epochs.is_empty()).then(|| now(epochs, run))
}
