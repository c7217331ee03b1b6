//! A running experiment and its results.

use crate::{
    field::FieldSampler,
    map::Overlay,
    shared::{self, Result, error_text, misuse, pair, theme},
};
use js_sys::{Array, Float64Array};
use thalweg_explore::{
    Playhead, Window, address::Address, chart, explanation, field, overlay, picture::Picture,
    pointing, session, tables, timeline,
};
use wasm_bindgen::prelude::*;

/// A running experiment.
#[wasm_bindgen]
pub struct Session {
    address: Address,
    inner: session::Session,
}

#[wasm_bindgen]
impl Session {
    /// Starts the experiment of an address. `files` are alternating names and contents of data files.
    ///
    /// # Errors
    /// The address is not valid, or names an unknown entry.
    #[wasm_bindgen(constructor)]
    pub fn new(address: &str, files: &Array) -> Result<Session> {
        let address: Address = address.parse().map_err(error_text)?;
        let inner = session::Session::new(&address, &shared::files(files)).map_err(error_text)?;
        Ok(Self { address, inner })
    }

    /// Advances every optimizer by at most `epochs` steps; returns whether one is still running.
    pub fn advance(&mut self, epochs: u32) -> bool {
        self.inner.advance(epochs.into())
    }

    /// Marks the runs that have not ended as canceled.
    pub fn halt(&mut self) {
        self.inner.cancel();
    }

    /// Returns the description of the experiment as JSON.
    ///
    /// # Errors
    /// The controls of an entry are not available.
    pub fn experiment(&self, theme: &str) -> Result<String> {
        let theme = self::theme(theme);
        let description =
            tables::experiment(&self.address, &self.inner, theme).map_err(error_text)?;
        Ok(shared::json(description))
    }

    /// Returns the path colors of the theme `dark` or `light` as JSON.
    pub fn styles(&self, theme: &str) -> String {
        shared::json(tables::styles(&self.inner, self::theme(theme)))
    }

    /// Returns the results so far, and the title and the full window of the map, as JSON.
    pub fn report(&self) -> String {
        shared::json(tables::report(&self.inner))
    }

    /// Converts a position of the player to evaluations, or to epochs.
    pub fn converted(&self, position: f64, to_evaluations: bool) -> f64 {
        let position = self
            .inner
            .converted_position(position as u64, to_evaluations);
        position as f64
    }

    /// Returns the weights of a run: (epochs + 1, dim), row-major.
    pub fn weights(&self, run: usize) -> Float64Array {
        Float64Array::from(&*self.inner.traces()[run].weights)
    }

    /// Returns the loss of a run: (epochs + 1).
    pub fn losses(&self, run: usize) -> Float64Array {
        Float64Array::from(&*self.inner.traces()[run].losses)
    }

    /// Returns the number of evaluations of a run: (epochs + 1).
    pub fn evaluations(&self, run: usize) -> Float64Array {
        let calls = self.inner.traces()[run].calls.iter();
        let counts: Vec<f64> = calls.map(|c| c.evaluations() as f64).collect();
        Float64Array::from(&*counts)
    }

    /// Returns one channel of a run's state: (epochs + 1, width), row-major. The array is empty if there is no such
    /// channel.
    pub fn channel(&self, run: usize, name: &str) -> Float64Array {
        let series = self.inner.traces()[run].series(name);
        Float64Array::from(series.map_or(&[][..], |series| &series.numbers))
    }

    /// Returns a run as CSV.
    ///
    /// # Errors
    /// The run does not exist.
    pub fn csv(&self, run: usize) -> Result<String> {
        let trace = self.inner.traces().get(run).ok_or_else(no_run)?;
        Ok(trace.to_csv())
    }

    /// Returns the explanation of a run's step at a position of the player as JSON.
    ///
    /// # Errors
    /// The run does not exist.
    pub fn step(&self, run: usize, at: f64, by_evaluations: bool) -> Result<String> {
        self.inner.traces().get(run).ok_or_else(no_run)?;
        let epoch = self.playhead(at, by_evaluations, run).epochs[run];
        Ok(shared::json(explanation::step(&self.inner, run, epoch)))
    }

    /// Describes a point of the map with the precision of the window.
    ///
    /// # Errors
    /// There is no map, or the window is not valid.
    pub fn point(&self, x: f64, y: f64, window: &[f64]) -> Result<String> {
        let window = Window::of(window).map_err(error_text)?;
        tables::point(&self.inner, [x, y], window).map_err(error_text)
    }

    /// Prepares the sampling of the loss in a window at `samples` x `samples` points.
    ///
    /// # Errors
    /// There is no map, or the window is not valid.
    pub fn field_sampler(&self, window: &[f64], samples: usize) -> Result<FieldSampler> {
        let window = Window::of(window).map_err(error_text)?;
        let samples = samples.clamp(2, 1000);
        let sampler = field::FieldSampler::new(&self.inner, window, samples);
        sampler.map(FieldSampler).map_err(error_text)
    }

    /// Draws the runs on the plane of a field from now on, and takes the losses along their paths, which the levels of the field
    /// distinguish. Returns whether the plane differs from the last one.
    ///
    /// # Errors
    /// There is no map.
    pub fn show(&mut self, field: &mut FieldSampler) -> Result<bool> {
        let is_other = self.inner.show_plane(field.0.plane().cloned());
        field.0.follow_paths(&self.inner).map_err(error_text)?;
        Ok(is_other)
    }

    /// Returns whether the map shows a plane through more than two weights.
    pub fn has_plane(&self) -> bool {
        self.inner.plane().is_some()
    }

    /// Returns the positions of the player at equal intervals of its time, which is distributed `log`, by path `length`, or
    /// `linear`.
    ///
    /// # Errors
    /// There is no such distribution.
    pub fn timeline(&self, spacing: &str, by_evaluations: bool) -> Result<Float64Array> {
        let positions = timeline::positions(&self.inner, spacing, by_evaluations);
        Ok(Float64Array::from(&*positions.map_err(error_text)?))
    }

    /// Draws the part of the map that changes during playback, in a picture of `size` px. The player is at `at`, `run` is
    /// selected, and the path of `lifted` lies above the others.
    ///
    /// # Errors
    /// There is no map, the window is not valid, or `size` is not two numbers.
    #[expect(
        clippy::too_many_arguments,
        reason = "JavaScript passes each value separately"
    )]
    pub fn overlay(
        &self,
        window: &[f64],
        size: &[f64],
        theme: &str,
        at: f64,
        by_evaluations: bool,
        run: usize,
        lifted: Option<usize>,
    ) -> Result<Overlay> {
        let window = Window::of(window).map_err(error_text)?;
        let playhead = self.playhead(at, by_evaluations, run);
        let drawn = overlay::Overlay::new(
            &self.inner,
            &playhead,
            window,
            pair(size)?,
            self::theme(theme),
            lifted,
        );
        drawn.map(Overlay).map_err(error_text)
    }

    /// Returns the run whose path is at a position in px, if there is one.
    ///
    /// # Errors
    /// There is no map, or an argument has the wrong number of numbers.
    pub fn run_at(
        &self,
        window: &[f64],
        size: &[f64],
        position: &[f64],
        at: f64,
        by_evaluations: bool,
    ) -> Result<Option<usize>> {
        let window = Window::of(window).map_err(error_text)?;
        let playhead = self.playhead(at, by_evaluations, 0);
        let (size, position) = (pair(size)?, pair(position)?);
        pointing::run_at(&self.inner, &playhead, window, size, position).map_err(error_text)
    }

    /// Returns the initial point at a position in px, as text.
    ///
    /// # Errors
    /// There is no map, there are too many weights, or an argument has the wrong number of numbers.
    pub fn start_at(&self, window: &[f64], size: &[f64], position: &[f64]) -> Result<String> {
        let window = Window::of(window).map_err(error_text)?;
        let (size, position) = (pair(size)?, pair(position)?);
        pointing::start_at(&self.inner, window, size, position).map_err(error_text)
    }

    /// Returns the state of every run at a position of the player as JSON.
    pub fn scores(&self, at: f64, by_evaluations: bool) -> String {
        let playhead = self.playhead(at, by_evaluations, 0);
        shared::json(tables::scores(&self.inner, &playhead))
    }

    /// Shows the runs on the plane that another session of the same problem shows; returns whether there is one.
    pub fn keep_plane(&mut self, other: &Session) -> bool {
        self.inner.keep_plane(&other.inner)
    }

    /// Returns the loss chart of all runs as SVG, over the unit of the player. `timeline` are the positions over the time of
    /// the player, which is distributed as `spacing` says: the horizontal axis is spaced like it.
    ///
    /// # Errors
    /// The plane does not fit the number of weights.
    #[expect(
        clippy::too_many_arguments,
        reason = "JavaScript passes each value separately"
    )]
    pub fn chart(
        &self,
        log: bool,
        theme: &str,
        at: f64,
        by_evaluations: bool,
        column: f64,
        timeline: Vec<f64>,
        spacing: &str,
    ) -> Result<String> {
        let time = timeline::axis(&self.inner, timeline, spacing, by_evaluations);
        let view = chart::ChartView {
            log,
            over_evaluations: by_evaluations,
            time: time.map_err(error_text)?,
            playhead: Some(self.playhead(at, by_evaluations, 0)),
            theme: self::theme(theme),
            column,
        };
        chart::chart(&self.inner, view).map_err(error_text)
    }

    /// Returns the loss along a step of a run as SVG, with the trial points of its line search.
    ///
    /// # Errors
    /// The step does not exist, or the plane is missing.
    pub fn search(&self, run: usize, epoch: usize, theme: &str, column: f64) -> Result<String> {
        self.inner.traces().get(run).ok_or_else(no_run)?;
        chart::line_search_chart(&self.inner, run, epoch, self::theme(theme), column)
            .map_err(error_text)
    }

    /// Returns a figure of the catalog as SVG. `window` has four numbers, or none for the full window. The player is at
    /// `at`, and `run` is selected.
    ///
    /// # Errors
    /// The figure does not exist, or the experiment does not fulfill its requirements.
    #[expect(
        clippy::too_many_arguments,
        reason = "JavaScript passes each value separately"
    )]
    pub fn figure(
        &self,
        pick: &str,
        window: &[f64],
        theme: &str,
        at: f64,
        by_evaluations: bool,
        run: usize,
        recipe: Option<String>,
    ) -> Result<String> {
        let playhead = Some(self.playhead(at, by_evaluations, run));
        let picture = Picture::new(&self.inner, pick, window, playhead).map_err(error_text)?;
        picture.svg(self::theme(theme), recipe).map_err(error_text)
    }

    /// Returns the settings of a figure in three dimensions with the camera rotated by these degrees.
    ///
    /// # Errors
    /// The figure does not exist, or it is flat.
    pub fn turned(&self, pick: &str, window: &[f64], around: f64, up: f64) -> Result<String> {
        let picture = Picture::new(&self.inner, pick, window, None).map_err(error_text)?;
        picture.rotate_view(pick, [around, up]).map_err(error_text)
    }
}

/// Functions that JavaScript does not call.
impl Session {
    /// Returns the position of the player, in epochs or evaluations, for every run.
    fn playhead(&self, at: f64, by_evaluations: bool, run: usize) -> Playhead {
        self.inner.playhead(at as u64, by_evaluations, run)
    }
}

fn no_run() -> String {
    misuse("there is no such run: add an algorithm")
}
