/* @ts-self-types="./thalweg.d.ts" */

/**
 * The bands of the loss and the target line.
 */
export class BaseMap {
    static __wrap(ptr) {
        const obj = Object.create(BaseMap.prototype);
        obj.__wbg_ptr = ptr;
        BaseMapFinalization.register(obj, obj.__wbg_ptr, obj);
        return obj;
    }
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        BaseMapFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_basemap_free(ptr, 0);
    }
    /**
     * Takes the drawing commands; they are empty afterwards.
     * @returns {Drawing}
     */
    drawing() {
        const ret = wasm.basemap_drawing(this.__wbg_ptr);
        return Drawing.__wrap(ret);
    }
    /**
     * Returns the color bar as JSON.
     * @returns {string}
     */
    scale() {
        let deferred1_0;
        let deferred1_1;
        try {
            const ret = wasm.basemap_scale(this.__wbg_ptr);
            deferred1_0 = ret[0];
            deferred1_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
        }
    }
}
if (Symbol.dispose) BaseMap.prototype[Symbol.dispose] = BaseMap.prototype.free;

/**
 * Drawing commands for a canvas.
 */
export class Drawing {
    static __wrap(ptr) {
        const obj = Object.create(Drawing.prototype);
        obj.__wbg_ptr = ptr;
        DrawingFinalization.register(obj, obj.__wbg_ptr, obj);
        return obj;
    }
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        DrawingFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_drawing_free(ptr, 0);
    }
    /**
     * Returns the commands.
     * @returns {Float32Array}
     */
    numbers() {
        const ret = wasm.drawing_numbers(this.__wbg_ptr);
        return ret;
    }
    /**
     * Returns the texts that the commands refer to, as JSON.
     * @returns {string}
     */
    texts() {
        let deferred1_0;
        let deferred1_1;
        try {
            const ret = wasm.drawing_texts(this.__wbg_ptr);
            deferred1_0 = ret[0];
            deferred1_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
        }
    }
}
if (Symbol.dispose) Drawing.prototype[Symbol.dispose] = Drawing.prototype.free;

/**
 * Samples the loss in a window.
 */
export class FieldSampler {
    static __wrap(ptr) {
        const obj = Object.create(FieldSampler.prototype);
        obj.__wbg_ptr = ptr;
        FieldSamplerFinalization.register(obj, obj.__wbg_ptr, obj);
        return obj;
    }
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        FieldSamplerFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_fieldsampler_free(ptr, 0);
    }
    /**
     * Accepts the losses of rows that were taken. If they are empty, the rows wait again.
     * @param {number} first
     * @param {number} end
     * @param {Float64Array | number[]} losses
     */
    accept(first, end, losses) {
        const val2 = +first;
        const val3 = +end;
        const ptr0 = passArrayF64ToWasm0(losses, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        wasm.fieldsampler_accept(this.__wbg_ptr, val2, val3, ptr0, len0);
    }
    /**
     * Samples this number of rows; returns whether there are more that no other worker has taken.
     * @param {number} rows
     * @returns {boolean}
     */
    advance(rows) {
        const ret = wasm.fieldsampler_advance(this.__wbg_ptr, rows);
        return ret !== 0;
    }
    /**
     * Draws the samples in a picture of `size` px.
     *
     * # Errors
     * `size` is not two numbers.
     * @param {Float64Array | number[]} size
     * @param {string} theme
     * @returns {BaseMap}
     */
    ground(size, theme) {
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passArrayF64ToWasm0(size, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 8, 8); }
            throw e;
        }
        const ret = wasm.fieldsampler_ground(this.__wbg_ptr, ptr0, len0, ptr1, len1);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return BaseMap.__wrap(ret[0]);
    }
    /**
     * Returns whether all rows are sampled.
     * @returns {boolean}
     */
    is_complete() {
        const ret = wasm.fieldsampler_is_complete(this.__wbg_ptr);
        return ret !== 0;
    }
    /**
     * Returns the numbers of the plane; the array is empty if the map shows two weights.
     * @returns {Float64Array}
     */
    plane() {
        const ret = wasm.fieldsampler_plane(this.__wbg_ptr);
        return ret;
    }
    /**
     * Takes at most this number of rows for another worker. Returns the first one and the one after the last.
     * @param {number} rows
     * @returns {Uint32Array}
     */
    take(rows) {
        const ret = wasm.fieldsampler_take(this.__wbg_ptr, rows);
        var v1 = getArrayU32FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 4, 4);
        return v1;
    }
}
if (Symbol.dispose) FieldSampler.prototype[Symbol.dispose] = FieldSampler.prototype.free;

/**
 * A GIF writer for frames that the browser converted to pixels.
 */
export class GifWriter {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        GifWriterFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_gifwriter_free(ptr, 0);
    }
    /**
     * Adds a frame that is visible from one time to another, in seconds.
     *
     * # Errors
     * The number of pixels differs from the size.
     * @param {Uint8Array | number[]} pixels
     * @param {number} from
     * @param {number} to
     */
    add(pixels, from, to) {
        const val2 = +from;
        const val3 = +to;
        const ptr0 = passArray8ToWasm0(pixels, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.gifwriter_add(this.__wbg_ptr, ptr0, len0, val2, val3);
        if (ret[1]) {
            throw takeFromExternrefTable0(ret[0]);
        }
    }
    /**
     * Returns the file.
     *
     * # Errors
     * Does not fail in practice.
     * @returns {Uint8Array}
     */
    finish() {
        const ptr = this.__destroy_into_raw();
        const ret = wasm.gifwriter_finish(ptr);
        if (ret[3]) {
            throw takeFromExternrefTable0(ret[2]);
        }
        var v1 = getArrayU8FromWasm0(ret[0], ret[1]).slice();
        wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
        return v1;
    }
    /**
     * Starts a GIF with a recipe, with this width and height in pixels, and with the colors of a sample: red, green,
     * blue, and 255 for each pixel.
     *
     * # Errors
     * The GIF has too many pixels.
     * @param {number} width
     * @param {number} height
     * @param {Uint8Array | number[]} sample
     * @param {string} recipe
     */
    constructor(width, height, sample, recipe) {
        const val3 = +width;
        const val4 = +height;
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passArray8ToWasm0(sample, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passStringToWasm0(recipe, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
        const ret = wasm.gifwriter_new(val3, val4, ptr0, len0, ptr1, len1);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        this.__wbg_ptr = ret[0];
        GifWriterFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
}
if (Symbol.dispose) GifWriter.prototype[Symbol.dispose] = GifWriter.prototype.free;

/**
 * Two axes of a map.
 */
export class MapAxes {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        MapAxesFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_mapaxes_free(ptr, 0);
    }
    /**
     * Creates the axes from two settings, the four ends of their ranges, and whether each is logarithmic.
     *
     * # Errors
     * There are not two settings or four ends.
     * @param {string[]} keys
     * @param {Float64Array | number[]} ends
     * @param {boolean} x_is_log
     * @param {boolean} y_is_log
     */
    constructor(keys, ends, x_is_log, y_is_log) {
        const val3 = +x_is_log;
        const val4 = +y_is_log;
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passArrayJsValueToWasm0(keys, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArrayF64ToWasm0(ends, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
            if (ptr0) { wasm.__externref_drop_slice(ptr0, len0); wasm.__wbindgen_free(ptr0, len0 * 4, 4); }
            throw e;
        }
        const ret = wasm.mapaxes_new(ptr0, len0, ptr1, len1, val3, val4);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        this.__wbg_ptr = ret[0];
        MapAxesFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
}
if (Symbol.dispose) MapAxes.prototype[Symbol.dispose] = MapAxes.prototype.free;

/**
 * The part of the map that changes during playback.
 */
export class Overlay {
    static __wrap(ptr) {
        const obj = Object.create(Overlay.prototype);
        obj.__wbg_ptr = ptr;
        OverlayFinalization.register(obj, obj.__wbg_ptr, obj);
        return obj;
    }
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        OverlayFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_overlay_free(ptr, 0);
    }
    /**
     * Takes the tick labels along both edges, and the names of the weights; they are empty afterwards.
     * @returns {Drawing}
     */
    axes() {
        const ret = wasm.overlay_axes(this.__wbg_ptr);
        return Drawing.__wrap(ret);
    }
    /**
     * Returns the position of the handle of the initial point in px; the array is empty if there is none.
     * @returns {Float64Array}
     */
    handle() {
        const ret = wasm.overlay_handle(this.__wbg_ptr);
        return ret;
    }
    /**
     * Returns whether a path ends outside the window.
     * @returns {boolean}
     */
    leaves() {
        const ret = wasm.overlay_leaves(this.__wbg_ptr);
        return ret !== 0;
    }
    /**
     * Takes paths, arrows, markers, and names; they are empty afterwards.
     * @returns {Drawing}
     */
    marks() {
        const ret = wasm.overlay_marks(this.__wbg_ptr);
        return Drawing.__wrap(ret);
    }
}
if (Symbol.dispose) Overlay.prototype[Symbol.dispose] = Overlay.prototype.free;

/**
 * A running experiment.
 */
export class Session {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        SessionFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_session_free(ptr, 0);
    }
    /**
     * Advances every optimizer by at most `epochs` steps; returns whether one is still running.
     * @param {number} epochs
     * @returns {boolean}
     */
    advance(epochs) {
        const ret = wasm.session_advance(this.__wbg_ptr, epochs);
        return ret !== 0;
    }
    /**
     * Returns one channel of a run's state: (epochs + 1, width), row-major. The array is empty if there is no such
     * channel.
     * @param {number} run
     * @param {string} name
     * @returns {Float64Array}
     */
    channel(run, name) {
        const val2 = +run;
        const ptr0 = passStringToWasm0(name, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.session_channel(this.__wbg_ptr, val2, ptr0, len0);
        return ret;
    }
    /**
     * Returns the loss chart of all runs as SVG, over the unit of the player. `timeline` are the positions over the time of
     * the player, which is distributed as `spacing` says: the horizontal axis is spaced like it.
     *
     * # Errors
     * The plane does not fit the number of weights.
     * @param {boolean} log
     * @param {string} theme
     * @param {number} at
     * @param {boolean} by_evaluations
     * @param {number} column
     * @param {Float64Array | number[]} timeline
     * @param {string} spacing
     * @returns {string}
     */
    chart(log, theme, at, by_evaluations, column, timeline, spacing) {
        let deferred9_0;
        let deferred9_1;
        try {
            const val4 = +log;
            const val5 = +at;
            const val6 = +by_evaluations;
            const val7 = +column;
            let ptr0, len0, ptr1, len1, ptr2, len2;
            try {
                ptr0 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
                len0 = WASM_VECTOR_LEN;
                ptr1 = passArrayF64ToWasm0(timeline, wasm.__wbindgen_malloc);
                len1 = WASM_VECTOR_LEN;
                ptr2 = passStringToWasm0(spacing, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
                len2 = WASM_VECTOR_LEN;
            } catch (e) {
                if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 1, 1); }
                if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
                if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
                throw e;
            }
            const ret = wasm.session_chart(this.__wbg_ptr, val4, ptr0, len0, val5, val6, val7, ptr1, len1, ptr2, len2);
            var ptr8 = ret[0];
            var len8 = ret[1];
            if (ret[3]) {
                ptr8 = 0; len8 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred9_0 = ptr8;
            deferred9_1 = len8;
            return getStringFromWasm0(ptr8, len8);
        } finally {
            wasm.__wbindgen_free(deferred9_0, deferred9_1, 1);
        }
    }
    /**
     * Converts a position of the player to evaluations, or to epochs.
     * @param {number} position
     * @param {boolean} to_evaluations
     * @returns {number}
     */
    converted(position, to_evaluations) {
        const ret = wasm.session_converted(this.__wbg_ptr, position, to_evaluations);
        return ret;
    }
    /**
     * Returns a run as CSV.
     *
     * # Errors
     * The run does not exist.
     * @param {number} run
     * @returns {string}
     */
    csv(run) {
        let deferred2_0;
        let deferred2_1;
        try {
            const ret = wasm.session_csv(this.__wbg_ptr, run);
            var ptr1 = ret[0];
            var len1 = ret[1];
            if (ret[3]) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_free(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Returns the number of evaluations of a run: (epochs + 1).
     * @param {number} run
     * @returns {Float64Array}
     */
    evaluations(run) {
        const ret = wasm.session_evaluations(this.__wbg_ptr, run);
        return ret;
    }
    /**
     * Returns the description of the experiment as JSON.
     *
     * # Errors
     * The controls of an entry are not available.
     * @param {string} theme
     * @returns {string}
     */
    experiment(theme) {
        let deferred3_0;
        let deferred3_1;
        try {
            const ptr0 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            const len0 = WASM_VECTOR_LEN;
            const ret = wasm.session_experiment(this.__wbg_ptr, ptr0, len0);
            var ptr2 = ret[0];
            var len2 = ret[1];
            if (ret[3]) {
                ptr2 = 0; len2 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred3_0 = ptr2;
            deferred3_1 = len2;
            return getStringFromWasm0(ptr2, len2);
        } finally {
            wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
        }
    }
    /**
     * Prepares the sampling of the loss in a window at `samples` x `samples` points.
     *
     * # Errors
     * There is no map, or the window is not valid.
     * @param {Float64Array | number[]} window
     * @param {number} samples
     * @returns {FieldSampler}
     */
    field_sampler(window, samples) {
        const val2 = +samples;
        const ptr0 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.session_field_sampler(this.__wbg_ptr, ptr0, len0, val2);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return FieldSampler.__wrap(ret[0]);
    }
    /**
     * Returns a figure of the catalog as SVG. `window` has four numbers, or none for the full window. The player is at
     * `at`, and `run` is selected.
     *
     * # Errors
     * The figure does not exist, or the experiment does not fulfill its requirements.
     * @param {string} pick
     * @param {Float64Array | number[]} window
     * @param {string} theme
     * @param {number} at
     * @param {boolean} by_evaluations
     * @param {number} run
     * @param {string | null} [recipe]
     * @returns {string}
     */
    figure(pick, window, theme, at, by_evaluations, run, recipe) {
        let deferred9_0;
        let deferred9_1;
        try {
            const val5 = +at;
            const val6 = +by_evaluations;
            const val7 = +run;
            let ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3;
            try {
                ptr0 = passStringToWasm0(pick, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
                len0 = WASM_VECTOR_LEN;
                ptr1 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
                len1 = WASM_VECTOR_LEN;
                ptr2 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
                len2 = WASM_VECTOR_LEN;
                ptr3 = isLikeNone(recipe) ? 0 : passStringToWasm0(recipe, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
                len3 = WASM_VECTOR_LEN;
            } catch (e) {
                if (ptr3) { wasm.__wbindgen_free(ptr3, len3 * 1, 1); }
                if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 1, 1); }
                if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
                if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
                throw e;
            }
            const ret = wasm.session_figure(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, val5, val6, val7, ptr3, len3);
            var ptr8 = ret[0];
            var len8 = ret[1];
            if (ret[3]) {
                ptr8 = 0; len8 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred9_0 = ptr8;
            deferred9_1 = len8;
            return getStringFromWasm0(ptr8, len8);
        } finally {
            wasm.__wbindgen_free(deferred9_0, deferred9_1, 1);
        }
    }
    /**
     * Marks the runs that have not ended as canceled.
     */
    halt() {
        wasm.session_halt(this.__wbg_ptr);
    }
    /**
     * Returns whether the map shows a plane through more than two weights.
     * @returns {boolean}
     */
    has_plane() {
        const ret = wasm.session_has_plane(this.__wbg_ptr);
        return ret !== 0;
    }
    /**
     * Shows the runs on the plane that another session of the same problem shows; returns whether there is one.
     * @param {Session} other
     * @returns {boolean}
     */
    keep_plane(other) {
        _assertClass(other, Session);
        const ret = wasm.session_keep_plane(this.__wbg_ptr, other.__wbg_ptr);
        return ret !== 0;
    }
    /**
     * Returns the loss of a run: (epochs + 1).
     * @param {number} run
     * @returns {Float64Array}
     */
    losses(run) {
        const ret = wasm.session_losses(this.__wbg_ptr, run);
        return ret;
    }
    /**
     * Starts the experiment of an address. `files` are alternating names and contents of data files.
     *
     * # Errors
     * The address is not valid, or names an unknown entry.
     * @param {string} address
     * @param {Array<any>} files
     */
    constructor(address, files) {
        const ptr0 = passStringToWasm0(address, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.session_new(ptr0, len0, files);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        this.__wbg_ptr = ret[0];
        SessionFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
    /**
     * Draws the part of the map that changes during playback, in a picture of `size` px. The player is at `at`, `run` is
     * selected, and the path of `lifted` lies above the others.
     *
     * # Errors
     * There is no map, the window is not valid, or `size` is not two numbers.
     * @param {Float64Array | number[]} window
     * @param {Float64Array | number[]} size
     * @param {string} theme
     * @param {number} at
     * @param {boolean} by_evaluations
     * @param {number} run
     * @param {number | null} [lifted]
     * @returns {Overlay}
     */
    overlay(window, size, theme, at, by_evaluations, run, lifted) {
        const val4 = +at;
        const val5 = +by_evaluations;
        const val6 = +run;
        const val7 = +(isLikeNone(lifted) ? Number.MAX_SAFE_INTEGER : (lifted) >>> 0);
        let ptr0, len0, ptr1, len1, ptr2, len2;
        try {
            ptr0 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArrayF64ToWasm0(size, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
            ptr2 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len2 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 1, 1); }
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 8, 8); }
            throw e;
        }
        const ret = wasm.session_overlay(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, val4, val5, val6, val7);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return Overlay.__wrap(ret[0]);
    }
    /**
     * Describes a point of the map with the precision of the window.
     *
     * # Errors
     * There is no map, or the window is not valid.
     * @param {number} x
     * @param {number} y
     * @param {Float64Array | number[]} window
     * @returns {string}
     */
    point(x, y, window) {
        let deferred5_0;
        let deferred5_1;
        try {
            const val2 = +x;
            const val3 = +y;
            const ptr0 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
            const len0 = WASM_VECTOR_LEN;
            const ret = wasm.session_point(this.__wbg_ptr, val2, val3, ptr0, len0);
            var ptr4 = ret[0];
            var len4 = ret[1];
            if (ret[3]) {
                ptr4 = 0; len4 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred5_0 = ptr4;
            deferred5_1 = len4;
            return getStringFromWasm0(ptr4, len4);
        } finally {
            wasm.__wbindgen_free(deferred5_0, deferred5_1, 1);
        }
    }
    /**
     * Returns the results so far, and the title and the full window of the map, as JSON.
     * @returns {string}
     */
    report() {
        let deferred1_0;
        let deferred1_1;
        try {
            const ret = wasm.session_report(this.__wbg_ptr);
            deferred1_0 = ret[0];
            deferred1_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
        }
    }
    /**
     * Returns the run whose path is at a position in px, if there is one.
     *
     * # Errors
     * There is no map, or an argument has the wrong number of numbers.
     * @param {Float64Array | number[]} window
     * @param {Float64Array | number[]} size
     * @param {Float64Array | number[]} position
     * @param {number} at
     * @param {boolean} by_evaluations
     * @returns {number | undefined}
     */
    run_at(window, size, position, at, by_evaluations) {
        const val4 = +at;
        const val5 = +by_evaluations;
        let ptr0, len0, ptr1, len1, ptr2, len2;
        try {
            ptr0 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArrayF64ToWasm0(size, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
            ptr2 = passArrayF64ToWasm0(position, wasm.__wbindgen_malloc);
            len2 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 8, 8); }
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 8, 8); }
            throw e;
        }
        const ret = wasm.session_run_at(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, val4, val5);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return ret[0] === Number.MAX_SAFE_INTEGER ? undefined : ret[0];
    }
    /**
     * Returns the state of every run at a position of the player as JSON.
     * @param {number} at
     * @param {boolean} by_evaluations
     * @returns {string}
     */
    scores(at, by_evaluations) {
        let deferred1_0;
        let deferred1_1;
        try {
            const ret = wasm.session_scores(this.__wbg_ptr, at, by_evaluations);
            deferred1_0 = ret[0];
            deferred1_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
        }
    }
    /**
     * Returns the loss along a step of a run as SVG, with the trial points of its line search.
     *
     * # Errors
     * The step does not exist, or the plane is missing.
     * @param {number} run
     * @param {number} epoch
     * @param {string} theme
     * @param {number} column
     * @returns {string}
     */
    search(run, epoch, theme, column) {
        let deferred6_0;
        let deferred6_1;
        try {
            const val2 = +run;
            const val3 = +epoch;
            const val4 = +column;
            const ptr0 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            const len0 = WASM_VECTOR_LEN;
            const ret = wasm.session_search(this.__wbg_ptr, val2, val3, ptr0, len0, val4);
            var ptr5 = ret[0];
            var len5 = ret[1];
            if (ret[3]) {
                ptr5 = 0; len5 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred6_0 = ptr5;
            deferred6_1 = len5;
            return getStringFromWasm0(ptr5, len5);
        } finally {
            wasm.__wbindgen_free(deferred6_0, deferred6_1, 1);
        }
    }
    /**
     * Draws the runs on the plane of a field from now on, and takes the losses along their paths, which the levels of the field
     * distinguish. Returns whether the plane differs from the last one.
     *
     * # Errors
     * There is no map.
     * @param {FieldSampler} field
     * @returns {boolean}
     */
    show(field) {
        _assertClass(field, FieldSampler);
        const ret = wasm.session_show(this.__wbg_ptr, field.__wbg_ptr);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return ret[0] !== 0;
    }
    /**
     * Returns the initial point at a position in px, as text.
     *
     * # Errors
     * There is no map, there are too many weights, or an argument has the wrong number of numbers.
     * @param {Float64Array | number[]} window
     * @param {Float64Array | number[]} size
     * @param {Float64Array | number[]} position
     * @returns {string}
     */
    start_at(window, size, position) {
        let deferred5_0;
        let deferred5_1;
        try {
            let ptr0, len0, ptr1, len1, ptr2, len2;
            try {
                ptr0 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
                len0 = WASM_VECTOR_LEN;
                ptr1 = passArrayF64ToWasm0(size, wasm.__wbindgen_malloc);
                len1 = WASM_VECTOR_LEN;
                ptr2 = passArrayF64ToWasm0(position, wasm.__wbindgen_malloc);
                len2 = WASM_VECTOR_LEN;
            } catch (e) {
                if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 8, 8); }
                if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
                if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 8, 8); }
                throw e;
            }
            const ret = wasm.session_start_at(this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2);
            var ptr4 = ret[0];
            var len4 = ret[1];
            if (ret[3]) {
                ptr4 = 0; len4 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred5_0 = ptr4;
            deferred5_1 = len4;
            return getStringFromWasm0(ptr4, len4);
        } finally {
            wasm.__wbindgen_free(deferred5_0, deferred5_1, 1);
        }
    }
    /**
     * Returns the explanation of a run's step at a position of the player as JSON.
     *
     * # Errors
     * The run does not exist.
     * @param {number} run
     * @param {number} at
     * @param {boolean} by_evaluations
     * @returns {string}
     */
    step(run, at, by_evaluations) {
        let deferred2_0;
        let deferred2_1;
        try {
            const ret = wasm.session_step(this.__wbg_ptr, run, at, by_evaluations);
            var ptr1 = ret[0];
            var len1 = ret[1];
            if (ret[3]) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_free(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Returns the path colors of the theme `dark` or `light` as JSON.
     * @param {string} theme
     * @returns {string}
     */
    styles(theme) {
        let deferred2_0;
        let deferred2_1;
        try {
            const ptr0 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            const len0 = WASM_VECTOR_LEN;
            const ret = wasm.session_styles(this.__wbg_ptr, ptr0, len0);
            deferred2_0 = ret[0];
            deferred2_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred2_0, deferred2_1, 1);
        }
    }
    /**
     * Returns the positions of the player at equal intervals of its time, which is distributed `log`, by path `length`, or
     * `linear`.
     *
     * # Errors
     * There is no such distribution.
     * @param {string} spacing
     * @param {boolean} by_evaluations
     * @returns {Float64Array}
     */
    timeline(spacing, by_evaluations) {
        const val2 = +by_evaluations;
        const ptr0 = passStringToWasm0(spacing, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.session_timeline(this.__wbg_ptr, ptr0, len0, val2);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return takeFromExternrefTable0(ret[0]);
    }
    /**
     * Returns the settings of a figure in three dimensions with the camera rotated by these degrees.
     *
     * # Errors
     * The figure does not exist, or it is flat.
     * @param {string} pick
     * @param {Float64Array | number[]} window
     * @param {number} around
     * @param {number} up
     * @returns {string}
     */
    turned(pick, window, around, up) {
        let deferred6_0;
        let deferred6_1;
        try {
            const val3 = +around;
            const val4 = +up;
            let ptr0, len0, ptr1, len1;
            try {
                ptr0 = passStringToWasm0(pick, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
                len0 = WASM_VECTOR_LEN;
                ptr1 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
                len1 = WASM_VECTOR_LEN;
            } catch (e) {
                if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
                if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
                throw e;
            }
            const ret = wasm.session_turned(this.__wbg_ptr, ptr0, len0, ptr1, len1, val3, val4);
            var ptr5 = ret[0];
            var len5 = ret[1];
            if (ret[3]) {
                ptr5 = 0; len5 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred6_0 = ptr5;
            deferred6_1 = len5;
            return getStringFromWasm0(ptr5, len5);
        } finally {
            wasm.__wbindgen_free(deferred6_0, deferred6_1, 1);
        }
    }
    /**
     * Returns the weights of a run: (epochs + 1, dim), row-major.
     * @param {number} run
     * @returns {Float64Array}
     */
    weights(run) {
        const ret = wasm.session_weights(this.__wbg_ptr, run);
        return ret;
    }
}
if (Symbol.dispose) Session.prototype[Symbol.dispose] = Session.prototype.free;

/**
 * The rows of a map of two settings, computed column by column.
 */
export class SettingsTile {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        SettingsTileFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_settingstile_free(ptr, 0);
    }
    /**
     * Runs the next column; returns whether there are more.
     * @returns {boolean}
     */
    advance() {
        const ret = wasm.settingstile_advance(this.__wbg_ptr);
        return ret !== 0;
    }
    /**
     * Prepares the rows from `first` to before `end` of a map with `side` cells along each side. `files` are alternating names
     * and contents of data files.
     *
     * # Errors
     * The address is not valid, there is no such run, or an axis is not valid.
     * @param {string} address
     * @param {Array<any>} files
     * @param {number} run
     * @param {MapAxes} axes
     * @param {number} side
     * @param {number} first
     * @param {number} end
     * @param {number} limit
     */
    constructor(address, files, run, axes, side, first, end, limit) {
        _assertClass(axes, MapAxes);
        const val2 = +run;
        const val3 = +side;
        const val4 = +first;
        const val5 = +end;
        const val6 = +limit;
        const ptr0 = passStringToWasm0(address, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.settingstile_new(ptr0, len0, files, val2, axes.__wbg_ptr, val3, val4, val5, val6);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        this.__wbg_ptr = ret[0];
        SettingsTileFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
    /**
     * Returns the pixels from the highest row: red, green, blue, and opacity.
     * @param {string} theme
     * @returns {Uint8ClampedArray}
     */
    pixels(theme) {
        const ptr0 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.settingstile_pixels(this.__wbg_ptr, ptr0, len0);
        return ret;
    }
}
if (Symbol.dispose) SettingsTile.prototype[Symbol.dispose] = SettingsTile.prototype.free;

/**
 * Tuning of an optimizer, which runs in slices.
 */
export class Tuning {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        TuningFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_tuning_free(ptr, 0);
    }
    /**
     * Advances by at most `epochs` steps; returns whether there is more to do.
     *
     * # Errors
     * The optimizer refuses the values of a trial.
     * @param {number} epochs
     * @returns {boolean}
     */
    advance(epochs) {
        const ret = wasm.tuning_advance(this.__wbg_ptr, epochs);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        return ret[0] !== 0;
    }
    /**
     * Prepares the trials for the optimizer of a run of an experiment. `files` are alternating names and contents of data
     * files.
     *
     * # Errors
     * The address is not valid, there is no such run, or the optimizer has nothing to tune.
     * @param {string} address
     * @param {Array<any>} files
     * @param {number} run
     */
    constructor(address, files, run) {
        const val2 = +run;
        const ptr0 = passStringToWasm0(address, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.tuning_new(ptr0, len0, files, val2);
        if (ret[2]) {
            throw takeFromExternrefTable0(ret[1]);
        }
        this.__wbg_ptr = ret[0];
        TuningFinalization.register(this, this.__wbg_ptr, this);
        return this;
    }
    /**
     * Returns the number of the current trial and that of all trials, as in "trial 4 of 15".
     * @returns {string}
     */
    progress() {
        let deferred1_0;
        let deferred1_1;
        try {
            const ret = wasm.tuning_progress(this.__wbg_ptr);
            deferred1_0 = ret[0];
            deferred1_1 = ret[1];
            return getStringFromWasm0(ret[0], ret[1]);
        } finally {
            wasm.__wbindgen_free(deferred1_0, deferred1_1, 1);
        }
    }
    /**
     * Returns the pick with the tuned settings and a sentence as JSON.
     *
     * # Errors
     * Not all trials have ended.
     * @returns {string}
     */
    result() {
        let deferred2_0;
        let deferred2_1;
        try {
            const ret = wasm.tuning_result(this.__wbg_ptr);
            var ptr1 = ret[0];
            var len1 = ret[1];
            if (ret[3]) {
                ptr1 = 0; len1 = 0;
                throw takeFromExternrefTable0(ret[2]);
            }
            deferred2_0 = ptr1;
            deferred2_1 = len1;
            return getStringFromWasm0(ptr1, len1);
        } finally {
            wasm.__wbindgen_free(deferred2_0, deferred2_1, 1);
        }
    }
}
if (Symbol.dispose) Tuning.prototype[Symbol.dispose] = Tuning.prototype.free;

/**
 * Returns the lists of the catalog as JSON.
 *
 * # Errors
 * Does not fail in practice.
 * @returns {string}
 */
export function catalog() {
    let deferred2_0;
    let deferred2_1;
    try {
        const ret = wasm.catalog();
        var ptr1 = ret[0];
        var len1 = ret[1];
        if (ret[3]) {
            ptr1 = 0; len1 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred2_0 = ptr1;
        deferred2_1 = len1;
        return getStringFromWasm0(ptr1, len1);
    } finally {
        wasm.__wbindgen_free(deferred2_0, deferred2_1, 1);
    }
}

/**
 * Returns the text with one setting changed; an empty value removes it.
 *
 * # Errors
 * The value cannot be quoted.
 * @param {string} list
 * @param {string} pick
 * @param {string} key
 * @param {string} value
 * @returns {string}
 */
export function changed(list, pick, key, value) {
    let deferred6_0;
    let deferred6_1;
    try {
        let ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3;
        try {
            ptr0 = passStringToWasm0(list, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passStringToWasm0(pick, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len1 = WASM_VECTOR_LEN;
            ptr2 = passStringToWasm0(key, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len2 = WASM_VECTOR_LEN;
            ptr3 = passStringToWasm0(value, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len3 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr3) { wasm.__wbindgen_free(ptr3, len3 * 1, 1); }
            if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 1, 1); }
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
        const ret = wasm.changed(ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3);
        var ptr5 = ret[0];
        var len5 = ret[1];
        if (ret[3]) {
            ptr5 = 0; len5 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred6_0 = ptr5;
        deferred6_1 = len5;
        return getStringFromWasm0(ptr5, len5);
    } finally {
        wasm.__wbindgen_free(deferred6_0, deferred6_1, 1);
    }
}

/**
 * Returns the path colors of the theme `dark` or `light` as JSON.
 * @param {string} theme
 * @returns {string}
 */
export function colors(theme) {
    let deferred2_0;
    let deferred2_1;
    try {
        const ptr0 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.colors(ptr0, len0);
        deferred2_0 = ret[0];
        deferred2_1 = ret[1];
        return getStringFromWasm0(ret[0], ret[1]);
    } finally {
        wasm.__wbindgen_free(deferred2_0, deferred2_1, 1);
    }
}

/**
 * Returns the losses of the rows from `first` to before `end` of a field with `samples` along each side. `files` are
 * alternating names and contents of data files, and `plane` are the numbers of the plane.
 *
 * # Errors
 * The address or the window is not valid, or the plane does not fit the number of weights.
 * @param {string} address
 * @param {Array<any>} files
 * @param {Float64Array | number[]} plane
 * @param {Float64Array | number[]} window
 * @param {number} samples
 * @param {number} first
 * @param {number} end
 * @returns {Float64Array}
 */
export function field_rows(address, files, plane, window, samples, first, end) {
    const val4 = +samples;
    const val5 = +first;
    const val6 = +end;
    let ptr0, len0, ptr1, len1, ptr2, len2;
    try {
        ptr0 = passStringToWasm0(address, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passArrayF64ToWasm0(plane, wasm.__wbindgen_malloc);
        len1 = WASM_VECTOR_LEN;
        ptr2 = passArrayF64ToWasm0(window, wasm.__wbindgen_malloc);
        len2 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 8, 8); }
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    const ret = wasm.field_rows(ptr0, len0, files, ptr1, len1, ptr2, len2, val4, val5, val6);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}

/**
 * Returns the link and the command for alternating keys and values of an experiment and its view, as JSON.
 *
 * # Errors
 * A key or a value is not allowed.
 * @param {string[]} parts
 * @returns {string}
 */
export function link(parts) {
    let deferred3_0;
    let deferred3_1;
    try {
        const ptr0 = passArrayJsValueToWasm0(parts, wasm.__wbindgen_malloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.link(ptr0, len0);
        var ptr2 = ret[0];
        var len2 = ret[1];
        if (ret[3]) {
            ptr2 = 0; len2 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred3_0 = ptr2;
        deferred3_1 = len2;
        return getStringFromWasm0(ptr2, len2);
    } finally {
        wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
    }
}

/**
 * Returns the parts of an address as JSON: alternating keys and values of the experiment, and the view.
 *
 * # Errors
 * The address is too long, or a part is not allowed.
 * @param {string} address
 * @returns {string}
 */
export function opened(address) {
    let deferred3_0;
    let deferred3_1;
    try {
        const ptr0 = passStringToWasm0(address, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        const len0 = WASM_VECTOR_LEN;
        const ret = wasm.opened(ptr0, len0);
        var ptr2 = ret[0];
        var len2 = ret[1];
        if (ret[3]) {
            ptr2 = 0; len2 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred3_0 = ptr2;
        deferred3_1 = len2;
        return getStringFromWasm0(ptr2, len2);
    } finally {
        wasm.__wbindgen_free(deferred3_0, deferred3_1, 1);
    }
}

/**
 * Returns the controls of an entry with settings as JSON.
 *
 * # Errors
 * The text cannot be parsed, or the list has no such entry.
 * @param {string} list
 * @param {string} pick
 * @returns {string}
 */
export function panel(list, pick) {
    let deferred4_0;
    let deferred4_1;
    try {
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passStringToWasm0(list, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passStringToWasm0(pick, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
        const ret = wasm.panel(ptr0, len0, ptr1, len1);
        var ptr3 = ret[0];
        var len3 = ret[1];
        if (ret[3]) {
            ptr3 = 0; len3 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred4_0 = ptr3;
        deferred4_1 = len3;
        return getStringFromWasm0(ptr3, len3);
    } finally {
        wasm.__wbindgen_free(deferred4_0, deferred4_1, 1);
    }
}

/**
 * Returns a PNG file with a recipe.
 * @param {Uint8Array | number[]} file
 * @param {string} recipe
 * @returns {Uint8Array}
 */
export function png_with_recipe(file, recipe) {
    let ptr0, len0, ptr1, len1;
    try {
        ptr0 = passArray8ToWasm0(file, wasm.__wbindgen_malloc);
        len0 = WASM_VECTOR_LEN;
        ptr1 = passStringToWasm0(recipe, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
        len1 = WASM_VECTOR_LEN;
    } catch (e) {
        if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
        if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
        throw e;
    }
    const ret = wasm.png_with_recipe(ptr0, len0, ptr1, len1);
    var v3 = getArrayU8FromWasm0(ret[0], ret[1]).slice();
    wasm.__wbindgen_free(ret[0], ret[1] * 1, 1);
    return v3;
}

/**
 * Returns the recipe of the picture of an address, or of its animation. `files` are alternating names and contents of
 * data files.
 *
 * # Errors
 * The address is not valid.
 * @param {string} address
 * @param {Array<any>} files
 * @param {string} theme
 * @param {boolean} is_animation
 * @returns {string}
 */
export function recipe(address, files, theme, is_animation) {
    let deferred5_0;
    let deferred5_1;
    try {
        const val3 = +is_animation;
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passStringToWasm0(address, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passStringToWasm0(theme, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
        const ret = wasm.recipe(ptr0, len0, files, ptr1, len1, val3);
        var ptr4 = ret[0];
        var len4 = ret[1];
        if (ret[3]) {
            ptr4 = 0; len4 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred5_0 = ptr4;
        deferred5_1 = len4;
        return getStringFromWasm0(ptr4, len4);
    } finally {
        wasm.__wbindgen_free(deferred5_0, deferred5_1, 1);
    }
}

/**
 * Returns the pick and the initial point at a position of a map, from 0 to 1 along both axes, and a sentence on its run, as
 * JSON.
 *
 * # Errors
 * The address is not valid, there is no such run, or an axis is not valid.
 * @param {string} address
 * @param {Array<any>} files
 * @param {number} run
 * @param {MapAxes} axes
 * @param {Float64Array | number[]} at
 * @param {number} limit
 * @returns {string}
 */
export function settings_cell(address, files, run, axes, at, limit) {
    let deferred6_0;
    let deferred6_1;
    try {
        _assertClass(axes, MapAxes);
        const val3 = +run;
        const val4 = +limit;
        let ptr0, len0, ptr1, len1;
        try {
            ptr0 = passStringToWasm0(address, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passArrayF64ToWasm0(at, wasm.__wbindgen_malloc);
            len1 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 8, 8); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
        const ret = wasm.settings_cell(ptr0, len0, files, val3, axes.__wbg_ptr, ptr1, len1, val4);
        var ptr5 = ret[0];
        var len5 = ret[1];
        if (ret[3]) {
            ptr5 = 0; len5 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred6_0 = ptr5;
        deferred6_1 = len5;
        return getStringFromWasm0(ptr5, len5);
    } finally {
        wasm.__wbindgen_free(deferred6_0, deferred6_1, 1);
    }
}

/**
 * Returns the text with one setting at a slider position from 0 to 1. `files` are alternating names and contents of data files,
 * among them those of rules.
 *
 * # Errors
 * The setting has no slider.
 * @param {string} list
 * @param {string} pick
 * @param {string} key
 * @param {number} share
 * @param {Array<any>} files
 * @returns {string}
 */
export function slid(list, pick, key, share, files) {
    let deferred6_0;
    let deferred6_1;
    try {
        const val4 = +share;
        let ptr0, len0, ptr1, len1, ptr2, len2;
        try {
            ptr0 = passStringToWasm0(list, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len0 = WASM_VECTOR_LEN;
            ptr1 = passStringToWasm0(pick, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len1 = WASM_VECTOR_LEN;
            ptr2 = passStringToWasm0(key, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            len2 = WASM_VECTOR_LEN;
        } catch (e) {
            if (ptr2) { wasm.__wbindgen_free(ptr2, len2 * 1, 1); }
            if (ptr1) { wasm.__wbindgen_free(ptr1, len1 * 1, 1); }
            if (ptr0) { wasm.__wbindgen_free(ptr0, len0 * 1, 1); }
            throw e;
        }
        const ret = wasm.slid(ptr0, len0, ptr1, len1, ptr2, len2, val4, files);
        var ptr5 = ret[0];
        var len5 = ret[1];
        if (ret[3]) {
            ptr5 = 0; len5 = 0;
            throw takeFromExternrefTable0(ret[2]);
        }
        deferred6_0 = ptr5;
        deferred6_1 = len5;
        return getStringFromWasm0(ptr5, len5);
    } finally {
        wasm.__wbindgen_free(deferred6_0, deferred6_1, 1);
    }
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg___wbindgen_string_get_7ce8eee7fd327545: function(arg0, arg1) {
            const obj = arg1;
            const ret = typeof(obj) === 'string' ? obj : undefined;
            var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
            var len1 = WASM_VECTOR_LEN;
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
        },
        __wbg___wbindgen_throw_4c88d8bf264fd984: function(arg0, arg1) {
            throw new Error(getStringFromWasm0(arg0, arg1));
        },
        __wbg_get_d7176cfb76d71114: function(arg0, arg1) {
            const ret = arg0[arg1 >>> 0];
            return ret;
        },
        __wbg_length_186163212ffe79c3: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        __wbg_length_b03a0fabb109b1e9: function(arg0) {
            const ret = arg0.length;
            return ret;
        },
        __wbg_new_13de428334042d26: function(arg0) {
            const ret = new Uint8Array(arg0);
            return ret;
        },
        __wbg_new_from_slice_355c10c5d8f2addb: function(arg0, arg1) {
            const ret = new Float32Array(getArrayF32FromWasm0(arg0, arg1));
            return ret;
        },
        __wbg_new_from_slice_aaf85a9746711968: function(arg0, arg1) {
            const ret = new Float64Array(getArrayF64FromWasm0(arg0, arg1));
            return ret;
        },
        __wbg_new_from_slice_c7cf3126a626653c: function(arg0, arg1) {
            const ret = new Uint8ClampedArray(getArrayU8FromWasm0(arg0, arg1));
            return ret;
        },
        __wbg_prototypesetcall_13162965d1fe7aa3: function(arg0, arg1, arg2) {
            Uint8Array.prototype.set.call(getArrayU8FromWasm0(arg0, arg1), arg2);
        },
        __wbindgen_generic_0000000000000001: function(arg0, arg1) {
            // Cast intrinsic for `Ref(String) -> Externref`.
            const ret = getStringFromWasm0(arg0, arg1);
            return ret;
        },
        __wbindgen_init_externref_table: function() {
            const table = wasm.__wbindgen_externrefs;
            table.set(0, undefined);
            table.set(1024, undefined);
            table.set(1025, null);
            table.set(1026, true);
            table.set(1027, false);
        },
    };
    return {
        __proto__: null,
        "./thalweg_bg.js": import0,
    };
}

const BaseMapFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_basemap_free(ptr, 1));
const DrawingFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_drawing_free(ptr, 1));
const FieldSamplerFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_fieldsampler_free(ptr, 1));
const GifWriterFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_gifwriter_free(ptr, 1));
const MapAxesFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_mapaxes_free(ptr, 1));
const OverlayFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_overlay_free(ptr, 1));
const SessionFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_session_free(ptr, 1));
const SettingsTileFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_settingstile_free(ptr, 1));
const TuningFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_tuning_free(ptr, 1));

function addToExternrefTable0(obj) {
    const idx = wasm.__externref_table_alloc();
    wasm.__wbindgen_externrefs.set(idx, obj);
    return idx;
}

function _assertClass(instance, klass) {
    if (!(instance instanceof klass)) {
        throw new Error(`expected instance of ${klass.name}`);
    }
}

function getArrayF32FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getFloat32ArrayMemory0().subarray(ptr / 4, ptr / 4 + len);
}

function getArrayF64FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getFloat64ArrayMemory0().subarray(ptr / 8, ptr / 8 + len);
}

function getArrayU32FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getUint32ArrayMemory0().subarray(ptr / 4, ptr / 4 + len);
}

function getArrayU8FromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return getUint8ArrayMemory0().subarray(ptr / 1, ptr / 1 + len);
}

let cachedDataViewMemory0 = null;
function getDataViewMemory0() {
    if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {
        cachedDataViewMemory0 = new DataView(wasm.memory.buffer);
    }
    return cachedDataViewMemory0;
}

let cachedFloat32ArrayMemory0 = null;
function getFloat32ArrayMemory0() {
    if (cachedFloat32ArrayMemory0 === null || cachedFloat32ArrayMemory0.byteLength === 0) {
        cachedFloat32ArrayMemory0 = new Float32Array(wasm.memory.buffer);
    }
    return cachedFloat32ArrayMemory0;
}

let cachedFloat64ArrayMemory0 = null;
function getFloat64ArrayMemory0() {
    if (cachedFloat64ArrayMemory0 === null || cachedFloat64ArrayMemory0.byteLength === 0) {
        cachedFloat64ArrayMemory0 = new Float64Array(wasm.memory.buffer);
    }
    return cachedFloat64ArrayMemory0;
}

function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}

let cachedUint32ArrayMemory0 = null;
function getUint32ArrayMemory0() {
    if (cachedUint32ArrayMemory0 === null || cachedUint32ArrayMemory0.byteLength === 0) {
        cachedUint32ArrayMemory0 = new Uint32Array(wasm.memory.buffer);
    }
    return cachedUint32ArrayMemory0;
}

let cachedUint8ArrayMemory0 = null;
function getUint8ArrayMemory0() {
    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {
        cachedUint8ArrayMemory0 = new Uint8Array(wasm.memory.buffer);
    }
    return cachedUint8ArrayMemory0;
}

function isLikeNone(x) {
    return x === undefined || x === null;
}

function passArray8ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length * 1, 1) >>> 0;
    getUint8ArrayMemory0().set(arg, ptr / 1);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}

function passArrayF64ToWasm0(arg, malloc) {
    const ptr = malloc(arg.length * 8, 8) >>> 0;
    getFloat64ArrayMemory0().set(arg, ptr / 8);
    WASM_VECTOR_LEN = arg.length;
    return ptr;
}

function passArrayJsValueToWasm0(array, malloc) {
    const ptr = malloc(array.length * 4, 4) >>> 0;
    for (let i = 0; i < array.length; i++) {
        const add = addToExternrefTable0(array[i]);
        getDataViewMemory0().setUint32(ptr + 4 * i, add, true);
    }
    WASM_VECTOR_LEN = array.length;
    return ptr;
}

function passStringToWasm0(arg, malloc, realloc) {
    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }

    let len = arg.length;
    let ptr = malloc(len, 1) >>> 0;

    const mem = getUint8ArrayMemory0();

    let offset = 0;

    for (; offset < len; offset++) {
        const code = arg.charCodeAt(offset);
        if (code > 0x7F) break;
        mem[ptr + offset] = code;
    }
    if (offset !== len) {
        if (offset !== 0) {
            arg = arg.slice(offset);
        }
        ptr = realloc(ptr, len, len = offset + arg.length * 3, 1) >>> 0;
        const view = getUint8ArrayMemory0().subarray(ptr + offset, ptr + len);
        const ret = cachedTextEncoder.encodeInto(arg, view);

        offset += ret.written;
        ptr = realloc(ptr, len, offset, 1) >>> 0;
    }

    WASM_VECTOR_LEN = offset;
    return ptr;
}

function takeFromExternrefTable0(idx) {
    const value = wasm.__wbindgen_externrefs.get(idx);
    wasm.__externref_table_dealloc(idx);
    return value;
}

let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
cachedTextDecoder.decode();
const MAX_SAFARI_DECODE_BYTES = 2146435072;
let numBytesDecoded = 0;
function decodeText(bytes) {
    numBytesDecoded += bytes.length;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        cachedTextDecoder.decode();
        numBytesDecoded = bytes.length;
    }
    return cachedTextDecoder.decode(bytes);
}

const cachedTextEncoder = new TextEncoder();

if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}

let WASM_VECTOR_LEN = 0;

let wasmModule, wasmInstance, wasm;
function __wbg_finalize_init(instance, module) {
    wasmInstance = instance;
    wasm = instance.exports;
    wasmModule = module;
    cachedDataViewMemory0 = null;
    cachedFloat32ArrayMemory0 = null;
    cachedFloat64ArrayMemory0 = null;
    cachedUint32ArrayMemory0 = null;
    cachedUint8ArrayMemory0 = null;
    wasm.__wbindgen_start();
    return wasm;
}

async function __wbg_load(module, imports) {
    if (typeof Response === 'function' && module instanceof Response) {
        if (!module.ok) {
            throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
        }

        if (typeof WebAssembly.instantiateStreaming === 'function') {
            try {
                return await WebAssembly.instantiateStreaming(module, imports);
            } catch (e) {
                const validResponse = expectedResponseType(module.type);

                if (validResponse && module.headers.get('Content-Type') !== 'application/wasm') {
                    console.warn("`WebAssembly.instantiateStreaming` failed because your server does not serve Wasm with `application/wasm` MIME type. Falling back to `WebAssembly.instantiate` which is slower. Original error:\n", e);

                } else { throw e; }
            }
        }

        const bytes = await module.arrayBuffer();
        return await WebAssembly.instantiate(bytes, imports);
    } else {
        const instance = await WebAssembly.instantiate(module, imports);

        if (instance instanceof WebAssembly.Instance) {
            return { instance, module };
        } else {
            return instance;
        }
    }

    function expectedResponseType(type) {
        switch (type) {
            case 'basic': case 'cors': case 'default': return true;
        }
        return false;
    }
}

function initSync(module) {
    if (wasm !== undefined) return wasm;


    if (module !== undefined) {
        if (Object.getPrototypeOf(module) === Object.prototype) {
            ({module} = module)
        } else {
            console.warn('using deprecated parameters for `initSync()`; pass a single object instead')
        }
    }

    const imports = __wbg_get_imports();
    if (!(module instanceof WebAssembly.Module)) {
        module = new WebAssembly.Module(module);
    }
    const instance = new WebAssembly.Instance(module, imports);
    return __wbg_finalize_init(instance, module);
}

let __wbg_init_promise;
async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
    if (__wbg_init_promise === undefined) {
        __wbg_init_promise = __wbg_init_once(module_or_path);
        __wbg_init_promise.catch(() => { __wbg_init_promise = undefined; });
    }
    return __wbg_init_promise;
}

async function __wbg_init_once(module_or_path) {

    if (module_or_path !== undefined) {
        if (Object.getPrototypeOf(module_or_path) === Object.prototype) {
            ({module_or_path} = module_or_path)
        } else {
            console.warn('using deprecated parameters for the initialization function; pass a single object instead')
        }
    }


    const imports = __wbg_get_imports();

    if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {
        module_or_path = fetch(module_or_path);
    }

    const { instance, module } = await __wbg_load(await module_or_path, imports);

    return __wbg_finalize_init(instance, module);
}

export { initSync, __wbg_init as default };
