"""The commands as functions. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from types import EllipsisType
from typing import Any, Literal

from thalweg._benchmark import Benchmark, benchmarked
from thalweg._comparison import Comparison, comparison
from thalweg._explore import Explorer, explored
from thalweg._export import exported
from thalweg._figure import Figure, Shown, animated, drawn
from thalweg._maps import SettingsMap, StartMap, settings_map, start_map
from thalweg._pick import Entry
from thalweg._runs import Run, Runs, compared
from thalweg._sweep import Seeds, Starts, swept
from thalweg._words import (
    Numbers,
    OptimizerLike,
    ProblemLike,
    changed,
    count,
    count_or_word,
    epochs_shown,
    number,
    numbers,
    of_problem,
    optional,
    paths,
    size_in_words,
    target_loss,
    word,
)


def train(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    *,
    start: Numbers | EllipsisType = ...,
    target: float | EllipsisType | None = ...,
    batch: int | None = None,
    shuffle: bool = False,
    gradient_noise: float = 0.0,
    seed: int = 0,
    epochs: int = 100000,
    tolerance: float | None = None,
    tune: bool = False,
    tune_by: Literal["quasi-random", "grid", "defaults"] = "quasi-random",
    studies: int | None = None,
    trials: int = 5,
    budget: int = 1000,
) -> Runs:
    """Trains with one optimizer or compares several.

    Every step is recorded. With `tune=True`, the notes contain the result of each search, and the labels state it.
    The settings of optimizers that are written in Python are not tuned.

    Args:
        problem: Problem: its id, optionally with settings (`mlp:layers=2-3-1`), a CSV file whose last column is the
            target, an entry of `thalweg.problems`, or a `Problem` of your function.
        optimizers: One or more optimizers: ids, optionally with settings (`adam:learning_rate=0.1`), entries of
            `thalweg.optimizers`, or objects with the methods `init` and `update`.
        start: Initial point. If omitted: the problem's.
        target: Target loss at which a run ends, or `None`. If omitted: the problem's.
        batch: Number of samples per mini-batch, unless an optimizer has its own (`adam:batch=2`); an epoch is one
            step on one mini-batch. If omitted: all samples.
        shuffle: Shuffles the samples before each pass over them.
        gradient_noise: Standard deviation of the normal noise added to each component of each gradient.
        seed: Seed of the sample order and of the noise.
        epochs: Epoch limit of a run.
        tolerance: Ends a run when the largest component of the gradient, or the improvement of the best loss in 100
            epochs (relative to max(1, loss)), is at most this. If omitted: none.
        tune: Tunes the settings that scale the steps of each optimizer, except given ones, by the same protocol.
        tune_by: How the values are chosen: `"quasi-random"` (a few quasi-random values per study, as in AlgoPerf),
            `"grid"` (eight values per decade of the first setting, once), or `"defaults"` (no search; the defaults
            have 1.5 times the budget).
        studies: Number of studies per optimizer; the median counts. If omitted: 3, or 1 for a grid.
        trials: Number of quasi-random trials per study; the best one counts.
        budget: Budget of a trial: evaluations of the loss, the gradient, and the Hessian.

    Raises:
        Error: The input is invalid.
    """
    given = changed(
        ("start", of_problem(numbers, "start", start), None),
        ("target", target_loss("target", target), None),
        ("batch", optional(count, "batch", batch), None),
        ("shuffle", bool(shuffle), False),
        ("gradient-noise", number("gradient_noise", gradient_noise), "0"),
        ("seed", count("seed", seed), "0"),
        ("epochs", count("epochs", epochs), "100000"),
        ("tolerance", optional(number, "tolerance", tolerance), None),
        ("tune", bool(tune), False),
        ("tune-by", word("tune_by", tune_by), "quasi-random"),
        ("studies", optional(count, "studies", studies), None),
        ("trials", count("trials", trials), "5"),
        ("budget", count("budget", budget), "1000"),
    )
    return compared(problem, optimizers, given)


def draw(
    figure: str | Entry | Sequence[str | Entry],
    runs: Shown | ProblemLike,
    *,
    epochs: int | tuple[int, int] = 100000,
    window: Numbers | None = None,
    plane: str | None = None,
    log: str | PathLike[str] | Sequence[str | PathLike[str]] = (),
    variants: bool = False,
    theme: str = "light",
    size: str | tuple[int, int] | None = None,
    scale: float | None = None,
    colors: int | None = None,
    levels: str = "auto",
) -> Figure:
    """Draws a figure, such as paths on a map, one step, or the loss over the epochs.

    The result can be shown in a notebook and saved.

    Args:
        figure: The id of a figure, optionally with settings, such as `"contour"` or `"loss:scale=log"`, or an entry
            of `thalweg.figures`. Several become pages, or one column in formats without pages.
        runs: The runs to show, or a problem without runs.
        epochs: Epoch limit, or the steps to show: `(11, 14)` are the steps 11 to 14, and 0 is the start.
        window: Part of the plane that a map shows. If omitted: the problem's, extended to contain the paths.
        plane: Plane on which more than two weights are shown: two weights, such as w3,w7; `seed:1` for a plane
            through the initial point with two random directions; or `path` for the plane through the first path's
            start, its end, and the point farthest from their line. If omitted: path.
        log: CSV file of steps and losses, as TensorBoard and W&B export them, shown by the figure `loss`; one or
            more.
        variants: Adds to each optimizer's name how it differs from the other variants of its method.
        theme: Color theme: light, dark, print, or article.
        size: Size: paper-column, paper-page, slide, square, or width and height in px such as `(800, 600)`. If
            omitted: the figure's own.
        scale: Resolution of a PNG in pixels per px, from 0.1 to 20. If omitted: 2, or fewer if the picture would be
            too large.
        colors: Largest number of colors of a PNG, from 2 to 256, for a smaller file. If omitted: all colors.
        levels: How the contour levels of a map are spaced: auto, linear, log, or quantile.

    Raises:
        Error: The input is invalid.
    """
    given = changed(
        ("epochs", epochs_shown("epochs", epochs), "100000"),
        ("window", optional(numbers, "window", window), None),
        ("plane", optional(word, "plane", plane), None),
        ("log", paths("log", log), []),
        ("variants", bool(variants), False),
        ("theme", word("theme", theme), "light"),
        ("size", optional(size_in_words, "size", size), None),
        ("scale", optional(number, "scale", scale), None),
        ("colors", optional(count, "colors", colors), None),
        ("levels", word("levels", levels), "auto"),
    )
    return drawn(figure, runs, given)


def animate(
    runs: Shown,
    path: str | PathLike[str],
    *,
    window: Numbers | None = None,
    plane: str | None = None,
    view: Literal["map", "surface"] = "map",
    beside: Literal["data", "none"] = "none",
    theme: str = "light",
    size: tuple[int, int] = (800, 600),
    fps: float = 25.0,
    duration: float | None = None,
    pause_start: float = 0.5,
    pause_end: float = 2.0,
    spacing: Literal["even", "arc-length", "log"] = "even",
    loops: int | Literal["forever"] = "forever",
) -> None:
    """Writes an animation of runs as GIF or APNG.

    Args:
        runs: The runs to show.
        path: Output file: .gif, .apng, or .png. The extension selects the format.
        window: Part of the plane that a map shows. If omitted: the problem's, extended to contain the paths.
        plane: Plane on which more than two weights are shown: two weights, such as w3,w7; `seed:1` for a plane
            through the initial point with two random directions; or `path` for the plane through the first path's
            start, its end, and the point farthest from their line. If omitted: path.
        view: Background on which the paths are drawn: `"map"` (a map of the loss) or `"surface"` (the loss as a
            surface in 3D, with a rolling ball for each run).
        beside: What the animation shows beside the paths: `"data"` (the training data with the predictions or the
            decision boundaries) or `"none"` (nothing).
        theme: Color theme: light, dark, print, or article.
        size: Width and height in pixels.
        fps: Frames per second.
        duration: Length of the animation in seconds without the pauses. If omitted: one frame per epoch, at least 3
            and at most 15 seconds.
        pause_start: Pause at the start in seconds.
        pause_end: Pause at the end in seconds.
        spacing: How the epochs are distributed over time: `"even"` (each epoch takes the same time), `"arc-length"`
            (each epoch takes time in proportion to the length of its step), or `"log"` (each tenfold increase of
            the epoch takes the same time, so the first epochs are slow).
        loops: Number of times that a GIF or APNG plays, or `"forever"`; has no effect on an MP4.

    Raises:
        Error: The input is invalid.
        OSError: The file could not be written.
    """
    given = changed(
        ("window", optional(numbers, "window", window), None),
        ("plane", optional(word, "plane", plane), None),
        ("view", word("view", view), "map"),
        ("beside", word("beside", beside), "none"),
        ("theme", word("theme", theme), "light"),
        ("size", size_in_words("size", size), "800x600"),
        ("fps", number("fps", fps), "25"),
        ("duration", optional(number, "duration", duration), None),
        ("pause-start", number("pause_start", pause_start), "0.5"),
        ("pause-end", number("pause_end", pause_end), "2"),
        ("spacing", word("spacing", spacing), "even"),
        ("loops", count_or_word("loops", loops), "forever"),
    )
    animated(runs, path, given)


def map_starts(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    *,
    window: Numbers | None = None,
    target: float | EllipsisType | None = ...,
    epochs: int = 10000,
    tolerance: float | None = None,
    threads: int | None = None,
    size: tuple[int, int] = (200, 200),
    show: Literal["epochs", "evaluations", "minimum", "loss", "outcome"] = "epochs",
) -> StartMap:
    """Maps how runs end from a grid of initial points.

    Functions of Python are called in the thread of the caller.

    Args:
        problem: Problem: its id, optionally with settings (`mlp:layers=2-3-1`), a CSV file whose last column is the
            target, an entry of `thalweg.problems`, or a `Problem` of your function.
        optimizers: One or more optimizers: ids, optionally with settings (`adam:learning_rate=0.1`), entries of
            `thalweg.optimizers`, or objects with the methods `init` and `update`.
        window: Window that contains the initial points. If omitted: the problem's window.
        target: Target loss at which a run ends, or `None`. If omitted: the problem's.
        epochs: Epoch limit of a run.
        tolerance: Ends a run when the largest component of the gradient, or the improvement of the best loss in 100
            epochs (relative to max(1, loss)), is at most this. If omitted: none.
        threads: Number of threads. If omitted: one per core.
        size: Number of initial points along the first and the second weight.
        show: Quantity in the figure: `"epochs"` (number of epochs to the target), `"evaluations"` (number of
            evaluations of the loss, the gradient, and the Hessian), `"minimum"` (known minimum at which the run
            ended), `"loss"` (final loss), or `"outcome"` (how the run ended).

    Raises:
        Error: The input is invalid.
    """
    given = changed(
        ("window", optional(numbers, "window", window), None),
        ("target", target_loss("target", target), None),
        ("epochs", count("epochs", epochs), "10000"),
        ("tolerance", optional(number, "tolerance", tolerance), None),
        ("threads", optional(count, "threads", threads), None),
        ("size", size_in_words("size", size), "200x200"),
        ("show", word("show", show), "epochs"),
    )
    return start_map(problem, optimizers, given)


def map_settings(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    over: Mapping[str, str | Sequence[float | str]],
    *,
    window: Numbers | None = None,
    target: float | EllipsisType | None = ...,
    epochs: int = 10000,
    tolerance: float | None = None,
    threads: int | None = None,
    starts: int | None = None,
    start: Numbers | EllipsisType = ...,
    seed: int = 0,
    show: Literal["epochs", "loss"] = "epochs",
) -> SettingsMap:
    """Maps the number of epochs to the target, or the final loss, for many values of one or two settings.

    Functions of Python are called in the thread of the caller.

    Args:
        problem: Problem: its id, optionally with settings (`mlp:layers=2-3-1`), a CSV file whose last column is the
            target, an entry of `thalweg.problems`, or a `Problem` of your function.
        optimizers: One or more optimizers: ids, optionally with settings (`adam:learning_rate=0.1`), entries of
            `thalweg.optimizers`, or objects with the methods `init` and `update`.
        over: One or two settings with their values: numbers, texts, or a range such as `"1e-3..100:log:200"`.
        window: Window that contains the initial points. If omitted: the problem's window.
        target: Target loss at which a run ends, or `None`. If omitted: the problem's.
        epochs: Epoch limit of a run.
        tolerance: Ends a run when the largest component of the gradient, or the improvement of the best loss in 100
            epochs (relative to max(1, loss)), is at most this. If omitted: none.
        threads: Number of threads. If omitted: one per core.
        starts: Takes the median over this number of initial points, drawn uniformly from the window.
        start: Initial point. If omitted: the problem's.
        seed: Seed of the random initial points.
        show: Quantity in the figure and the table: `"epochs"` (number of epochs to the target) or `"loss"` (final
            loss).

    Raises:
        Error: The input is invalid.
    """
    given = changed(
        ("window", optional(numbers, "window", window), None),
        ("target", target_loss("target", target), None),
        ("epochs", count("epochs", epochs), "10000"),
        ("tolerance", optional(number, "tolerance", tolerance), None),
        ("threads", optional(count, "threads", threads), None),
        ("starts", optional(count, "starts", starts), None),
        ("start", of_problem(numbers, "start", start), None),
        ("seed", count("seed", seed), "0"),
        ("show", word("show", show), "epochs"),
    )
    return settings_map(problem, optimizers, over, given)


def sweep(
    problems: str | Entry | Iterable[str | Entry],
    optimizers: str | Entry | Iterable[str | Entry],
    out: str | PathLike[str],
    *,
    over: Mapping[str, str | Sequence[float | str]] | None = None,
    starts: Starts | None = None,
    seeds: Seeds | None = None,
    epochs: int = 100000,
    target: float | EllipsisType | None = ...,
    tolerance: float | None = None,
    batch: int | None = None,
    shuffle: bool = False,
    gradient_noise: float = 0.0,
    resume: bool = False,
    overwrite: bool = False,
    threads: int | None = None,
) -> dict[str, list[Any]]:
    """Runs all combinations of problems, optimizers, settings, initial points, and seeds.

    Writes one row per run to a CSV file, and returns its columns. The rows are ordered by problem, optimizer,
    settings, start, and seed. An interrupted sweep leaves its rows in a file beside `out`; the same call with
    `resume=True` continues after the last complete row.

    Args:
        problems: One or more problems: ids, optionally with settings, entries of `thalweg.problems`, or CSV files.
        optimizers: One or more optimizers: ids, optionally with settings, or entries of `thalweg.optimizers`.
        out: Output table.
        over: Settings with several values, for the optimizers that have them: numbers, texts, or a range such as
            `"1e-3..10:log:20"`.
        starts: Initial points, or `{"random": n}` for n random ones per seed. If omitted: the problem's.
        seeds: Seeds, or `{"from": first, "count": n}`. If omitted: 0.
        epochs: Epoch limit of a run.
        target: Target loss at which a run ends, or `None`. If omitted: the problem's.
        tolerance: Ends a run when the largest component of the gradient, or the improvement of the best loss in 100
            epochs (relative to max(1, loss)), is at most this. If omitted: none.
        batch: Number of samples per mini-batch, unless an optimizer has its own (`adam:batch=2`); an epoch is one
            step on one mini-batch. If omitted: all samples.
        shuffle: Shuffles the samples before each pass over them.
        gradient_noise: Standard deviation of the normal noise added to each component of each gradient.
        resume: Continues after the last complete row; starts from the beginning if there are no rows.
        overwrite: Replaces a finished table; without `resume`, also discards the rows of an unfinished one.
        threads: Number of threads. If omitted: one per core.

    Raises:
        Error: The input is invalid.
        OSError: The table could not be written.
    """
    given = changed(
        ("epochs", count("epochs", epochs), "100000"),
        ("target", target_loss("target", target), None),
        ("tolerance", optional(number, "tolerance", tolerance), None),
        ("batch", optional(count, "batch", batch), None),
        ("shuffle", bool(shuffle), False),
        ("gradient-noise", number("gradient_noise", gradient_noise), "0"),
        ("resume", bool(resume), False),
        ("overwrite", bool(overwrite), False),
        ("threads", optional(count, "threads", threads), None),
    )
    return swept(problems, optimizers, out, over, starts, seeds, given)


def compare(
    problems: ProblemLike | Iterable[ProblemLike],
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    *,
    start: Numbers | EllipsisType = ...,
    target: float | EllipsisType | None = ...,
    batch: int | None = None,
    shuffle: bool = False,
    gradient_noise: float = 0.0,
    seed: int = 0,
    tolerance: float | None = None,
    tune: bool = False,
    tune_by: Literal["quasi-random", "grid", "defaults"] = "quasi-random",
    studies: int | None = None,
    trials: int = 5,
    budget: int = 1000,
    pairs: int = 20,
    threads: int | None = None,
) -> Comparison:
    """Compares optimizers by one protocol: tuned alike, at equal budgets, with a test.

    The number of evaluations until the target loss judges an optimizer. `tune=True` varies the settings that scale
    the steps. Then each optimizer runs with its tuned settings in pairs that tuning has not seen, and a sign test
    over these pairs decides whether one is better. Functions of Python are called in the thread of the caller. The
    settings of optimizers that are written in Python are not tuned.

    Args:
        problems: One or more problems: ids, optionally with settings, CSV files, entries of `thalweg.problems`, or
            `Problem`s of your functions.
        optimizers: One or more optimizers: ids, optionally with settings (`adam:learning_rate=0.1`), entries of
            `thalweg.optimizers`, or objects with the methods `init` and `update`.
        start: Initial point. If omitted: the problem's.
        target: Target loss at which a run ends, or `None`. If omitted: the problem's.
        batch: Number of samples per mini-batch, unless an optimizer has its own (`adam:batch=2`); an epoch is one
            step on one mini-batch. If omitted: all samples.
        shuffle: Shuffles the samples before each pass over them.
        gradient_noise: Standard deviation of the normal noise added to each component of each gradient.
        seed: Seed of the sample order and of the noise.
        tolerance: Ends a run when the largest component of the gradient, or the improvement of the best loss in 100
            epochs (relative to max(1, loss)), is at most this. If omitted: none.
        tune: Tunes the settings that scale the steps of each optimizer, except given ones, by the same protocol.
        tune_by: How the values are chosen: `"quasi-random"` (a few quasi-random values per study, as in AlgoPerf),
            `"grid"` (eight values per decade of the first setting, once), or `"defaults"` (no search; the defaults
            have 1.5 times the budget).
        studies: Number of studies per optimizer; the median counts. If omitted: 3, or 1 for a grid.
        trials: Number of quasi-random trials per study; the best one counts.
        budget: Budget of a trial: evaluations of the loss, the gradient, and the Hessian.
        pairs: Number of paired runs after tuning.
        threads: Number of threads. If omitted: one per core.

    Raises:
        Error: The input is invalid.
    """
    given = changed(
        ("start", of_problem(numbers, "start", start), None),
        ("target", target_loss("target", target), None),
        ("batch", optional(count, "batch", batch), None),
        ("shuffle", bool(shuffle), False),
        ("gradient-noise", number("gradient_noise", gradient_noise), "0"),
        ("seed", count("seed", seed), "0"),
        ("tolerance", optional(number, "tolerance", tolerance), None),
        ("tune", bool(tune), False),
        ("tune-by", word("tune_by", tune_by), "quasi-random"),
        ("studies", optional(count, "studies", studies), None),
        ("trials", count("trials", trials), "5"),
        ("budget", count("budget", budget), "1000"),
        ("pairs", count("pairs", pairs), "20"),
        ("threads", optional(count, "threads", threads), None),
    )
    return comparison(problems, optimizers, given)


def benchmark(
    description: str | PathLike[str] | Mapping[str, Any],
    *,
    out: str | PathLike[str] | None = None,
    resume: bool = False,
    overwrite: bool = False,
    threads: int | None = None,
) -> Benchmark:
    """Compares many optimizers on many problems and scores them, resumable and in shards.

    An interrupted benchmark leaves its rows in `out`; the same call with `resume=True` continues after the last
    complete row.

    Args:
        description: Description of the benchmark: a TOML file, or its content as a mapping, such as `{"with":
            ["adam", "rprop"], "problem": [{"on": "ravine"}]}`. `thalweg benchmark --help` lists the keys.
        out: Folder for the tables, the report, and its figures. If omitted: no files are kept.
        resume: Continues after the last complete row; starts from the beginning if there are no rows.
        overwrite: Replaces a finished table; without `resume`, also discards the rows of an unfinished one.
        threads: Number of threads. If omitted: one per core.

    Raises:
        Error: The input is invalid.
        OSError: A file could not be written.
    """
    given = changed(
        ("resume", bool(resume), False),
        ("overwrite", bool(overwrite), False),
        ("threads", optional(count, "threads", threads), None),
    )
    return benchmarked(description, out, given)


def export(
    problem: Runs | Run | ProblemLike,
    optimizers: OptimizerLike | None = None,
    *,
    library: Literal["torch", "optax"] = "torch",
    path: str | PathLike[str] | None = None,
    start: Numbers | EllipsisType = ...,
    target: float | EllipsisType | None = ...,
    batch: int | None = None,
    shuffle: bool = False,
    gradient_noise: float = 0.0,
    seed: int = 0,
    epochs: int = 100000,
    tolerance: float | None = None,
) -> str:
    """Writes a Python script that repeats a run with PyTorch or optax.

    Returns the script. It prints the epoch, the loss, and the weights as CSV, and computes in double precision.
    What the library lacks is refused.

    Args:
        problem: The run to repeat, with its tuned settings if it was tuned, or a problem of the catalog.
        optimizers: An optimizer of the catalog. A run has its own.
        library: Library of the script.
        path: Also writes the script to this file.
        start: Initial point. If omitted: the problem's.
        target: Target loss at which a run ends, or `None`. If omitted: the problem's.
        batch: Number of samples per mini-batch, unless an optimizer has its own (`adam:batch=2`); an epoch is one
            step on one mini-batch. If omitted: all samples.
        shuffle: Shuffles the samples before each pass over them.
        gradient_noise: Standard deviation of the normal noise added to each component of each gradient.
        seed: Seed of the sample order and of the noise.
        epochs: Epoch limit of a run.
        tolerance: Ends a run when the largest component of the gradient, or the improvement of the best loss in 100
            epochs (relative to max(1, loss)), is at most this. If omitted: none.

    Raises:
        Error: The input is invalid.
        OSError: The file could not be written.
    """
    given = changed(
        ("start", of_problem(numbers, "start", start), None),
        ("target", target_loss("target", target), None),
        ("batch", optional(count, "batch", batch), None),
        ("shuffle", bool(shuffle), False),
        ("gradient-noise", number("gradient_noise", gradient_noise), "0"),
        ("seed", count("seed", seed), "0"),
        ("epochs", count("epochs", epochs), "100000"),
        ("tolerance", optional(number, "tolerance", tolerance), None),
    )
    return exported(problem, optimizers, library, path, given)


def explore(
    runs: Runs | Run | ProblemLike,
    *,
    height: float = 800,
    window: Numbers | None = None,
    plane: str | None = None,
    figure: str | None = None,
) -> Explorer:
    """Returns the interactive page with an experiment, on which the initial point can be dragged.

    The page runs in a sandboxed frame without a kernel, so it also works in exported notebooks and on static sites.
    Its runs have the same bits as those of Python. With the package anywidget, the result is a widget: its
    attributes `problem`, `optimizers`, `start`, and `epoch` follow the page, and the page follows them.

    Args:
        runs: The runs to show, or a problem.
        height: Height of the frame in px.
        window: Part of the plane that a map shows. If omitted: the problem's, extended to contain the paths.
        plane: Plane on which more than two weights are shown: two weights, such as w3,w7; `seed:1` for a plane
            through the initial point with two random directions; or `path` for the plane through the first path's
            start, its end, and the point farthest from their line. If omitted: path.
        figure: Figure below the map; `thalweg list figures` lists the figures.

    Raises:
        Error: The input is invalid.
    """
    given = changed(
        ("window", optional(numbers, "window", window), None),
        ("plane", optional(word, "plane", plane), None),
        ("figure", optional(word, "figure", figure), None),
    )
    return explored(runs, height, given)
