"""The figures of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Article",
    "Bars",
    "Contour",
    "Data",
    "Distance",
    "Loss",
    "MatrixStep",
    "Panels",
    "Starts",
    "State",
    "Step",
    "Surface",
    "Zoom",
]


class Contour(Entry):
    """The paths of all runs on a map of the loss, with the initial point and the target.

    Args:
        legend: Whether the legend lists the runs; true or false.
        state: Whether the points, the simplex, or the covariance in the state of an optimizer is drawn at the last
            epoch of its path; true or false.
        other_points: Whether thin dashed paths show other points in the state of the optimizers, such as an average
            or the slow weights; true or false.
    """

    id: ClassVar[str] = "contour"

    def __init__(
        self,
        legend: bool = True,
        *,
        state: bool = True,
        other_points: bool = False,
    ) -> None:
        super().__init__(
            legend=legend,
            state=state,
            other_points=other_points,
        )


class Zoom(Entry):
    """An enlarged part of the map with the steps in it, and the whole map as an inset.

    Args:
        inset: Whether an inset shows the whole map, with a frame around the enlarged part; true or false.
        numbers: Whether the steps of the selected run, or of the first run, are numbered; true or false.
        context: Whether the parts of the paths before and after the selected steps are also shown; true or false.
        legend: Whether the legend lists the runs; true or false.
    """

    id: ClassVar[str] = "zoom"

    def __init__(
        self,
        inset: bool = True,
        *,
        numbers: bool = True,
        context: bool = False,
        legend: bool = True,
    ) -> None:
        super().__init__(
            inset=inset,
            numbers=numbers,
            context=context,
            legend=legend,
        )


class Step(Entry):
    """One step of a run: the quantities that determine it, where it leads, and the loss along it.

    Args:
        epoch: The step to explain, counted from 1. Without a value, it is the first of the selected epochs, or the
            middle of the run; a whole number of at least 1.
        run: The run, counted from 1. Without a value, it is the selected run, or the first; a whole number of at
            least 1.
        words: Whether the picture contains the explanation in words; true or false.
    """

    id: ClassVar[str] = "step"

    def __init__(
        self,
        epoch: int | None = None,
        *,
        run: int | None = None,
        words: bool = True,
    ) -> None:
        super().__init__(
            epoch=epoch,
            run=run,
            words=words,
        )


class MatrixStep(Entry):
    """One step of a matrix of weights: the gradient, the state of the optimizer, and the step as matrices, with
    their singular values.

    Args:
        epoch: The step to explain, counted from 1. Without a value, it is the first of the selected epochs, or the
            middle of the run; a whole number of at least 1.
        run: The run, counted from 1. Without a value, it is the selected run, or the first; a whole number of at
            least 1.
        matrix: The matrix among those of the weights, counted from 1. Without a value, it is the first one with
            several rows and columns; a whole number of at least 1.
        words: Whether the picture contains the explanation in words; true or false.
    """

    id: ClassVar[str] = "matrix-step"

    def __init__(
        self,
        epoch: int | None = None,
        *,
        run: int | None = None,
        matrix: int | None = None,
        words: bool = True,
    ) -> None:
        super().__init__(
            epoch=epoch,
            run=run,
            matrix=matrix,
            words=words,
        )


class State(Entry):
    """The state of each optimizer by epoch, below its path on the map.

    Args:
        run: The run to show, counted from 1. Without a value, all runs are shown side by side; a whole number of at
            least 1.
    """

    id: ClassVar[str] = "state"

    def __init__(
        self,
        run: int | None = None,
    ) -> None:
        super().__init__(
            run=run,
        )


class Loss(Entry):
    """The loss of each run and the target, by epoch or by number of evaluations. Logs of other programs (`--log`)
    lie beside them.

    Args:
        over: Horizontal axis: epochs, or evaluations of the loss, its gradient, and its Hessian; epochs,
            evaluations.
        scale: Scale of the losses. `auto` is `log` if all are above 0 and span a wide range; auto, linear, log.
        x_scale: Scale of the epochs or evaluations; auto, linear, log.
        legend: Whether the legend lists the runs; true or false.
    """

    id: ClassVar[str] = "loss"

    def __init__(
        self,
        over: Literal["epochs", "evaluations"] = "epochs",
        *,
        scale: Literal["auto", "linear", "log"] = "auto",
        x_scale: Literal["auto", "linear", "log"] = "linear",
        legend: bool = True,
    ) -> None:
        super().__init__(
            over=over,
            scale=scale,
            x_scale=x_scale,
            legend=legend,
        )


class Distance(Entry):
    """The distance of each run from the nearest known minimum, by epoch or by number of evaluations.

    Args:
        over: Horizontal axis: epochs, or evaluations of the loss, its gradient, and its Hessian; epochs,
            evaluations.
        scale: Scale of the distances. `auto` is `log` if all are above 0 and span a wide range; auto, linear, log.
        x_scale: Scale of the epochs or evaluations; auto, linear, log.
        legend: Whether the legend lists the runs; true or false.
    """

    id: ClassVar[str] = "distance"

    def __init__(
        self,
        over: Literal["epochs", "evaluations"] = "epochs",
        *,
        scale: Literal["auto", "linear", "log"] = "log",
        x_scale: Literal["auto", "linear", "log"] = "linear",
        legend: bool = True,
    ) -> None:
        super().__init__(
            over=over,
            scale=scale,
            x_scale=x_scale,
            legend=legend,
        )


class Bars(Entry):
    """The numbers of epochs and evaluations of each run. The bar of a run that did not reach the target is hatched.

    Args:
        show: The quantity that the bars show; epochs, evaluations, both.
        scale: Scale of the axis. `auto` is `log` if all numbers are above 0 and span a wide range; auto, linear,
            log.
    """

    id: ClassVar[str] = "bars"

    def __init__(
        self,
        show: Literal["epochs", "evaluations", "both"] = "both",
        *,
        scale: Literal["auto", "linear", "log"] = "linear",
    ) -> None:
        super().__init__(
            show=show,
            scale=scale,
        )


class Panels(Entry):
    """One map per run; all maps have the same axes and colors.

    Args:
        line: Width of the path lines in px; a number of at least 0.5 and at most 6.
    """

    id: ClassVar[str] = "panels"

    def __init__(
        self,
        line: float = 1.8,
    ) -> None:
        super().__init__(
            line=line,
        )


class Starts(Entry):
    """The paths of each optimizer from many initial points, colored by where they end.

    Args:
        grid: Number of initial points along each side of the map; a whole number of at least 2 and at most 60.
        epochs: Epoch limit of each run; a whole number of at least 1 and at most 100000.
        reach: Maximum length of each path in widths of the map. Short paths show their directions better than long
            ones, which overlap; a number of at least 0.01 and at most 1000000.
        line: Width of the path lines in px; a number of at least 0.3 and at most 4.
    """

    id: ClassVar[str] = "starts"

    def __init__(
        self,
        grid: int = 12,
        *,
        epochs: int = 2000,
        reach: float = 0.3,
        line: float = 1.4,
    ) -> None:
        super().__init__(
            grid=grid,
            epochs=epochs,
            reach=reach,
            line=line,
        )


class Surface(Entry):
    """The loss as a surface in three dimensions with the paths of all runs on it.

    Args:
        azimuth: Camera azimuth in degrees, from the first weight's axis to the second's. Without a value, the angle
            that shows most of the paths is used; a number of at least -360 and at most 360.
        elevation: Camera elevation in degrees above the base plane. Without a value, the angle that shows most of
            the paths is used; a number of at least 10 and at most 80.
        cells: Number of tiles along each side of the surface; a whole number of at least 8 and at most 160.
        height: Scale of the height: `linear`, or `log` for the loss above its minimum. `auto` is `log` if a few
            values are much larger than all others; auto, linear, log.
        floor: Whether the map and the projected paths are also drawn on the base plane; true or false.
        legend: Whether the legend lists the runs; true or false.
    """

    id: ClassVar[str] = "surface"

    def __init__(
        self,
        azimuth: float | None = None,
        *,
        elevation: float | None = None,
        cells: int = 56,
        height: Literal["auto", "linear", "log"] = "auto",
        floor: bool = False,
        legend: bool = True,
    ) -> None:
        super().__init__(
            azimuth=azimuth,
            elevation=elevation,
            cells=cells,
            height=height,
            floor=floor,
            legend=legend,
        )


class Data(Entry):
    """The data and the predictions of each run.

    Args:
        epochs: Epochs whose predictions are shown, such as `0|5|20|end`; `end` is the last epoch that is shown; a
            text.
        origin: Whether the axes are extended to the origin of the features; true or false.
        legend: Whether the legend lists classes and runs; true or false.
    """

    id: ClassVar[str] = "data"

    def __init__(
        self,
        epochs: str = "end",
        *,
        origin: bool = False,
        legend: bool = True,
    ) -> None:
        super().__init__(
            epochs=epochs,
            origin=origin,
            legend=legend,
        )


class Article(Entry):
    """One of the sixteen figures of the article with the article's own runs. It does not depend on the experiment.

    Args:
        figure: Name of the figure; data-scatter, error-contour, gradient-descent, gradient-descent-zoom, momentum,
            momentum-zoom-speeding-up, momentum-zoom-slowing-down, momentum-3d, rprop, rprop-first-11-steps,
            rprop-11th-to-14th, irprop-plus, irprop-plus-second-part, golden-search, all-algorithms, compare-epochs.

    Reference:
        Y. Shevchuk: Visualize Algorithms based on the Backpropagation. NeuPy, 2015.
        http://neupy.com/2015/07/04/visualize_backpropagation_algorithms.html
    """

    id: ClassVar[str] = "article"

    def __init__(
        self,
        figure: Literal["data-scatter", "error-contour", "gradient-descent", "gradient-descent-zoom", "momentum", "momentum-zoom-speeding-up", "momentum-zoom-slowing-down", "momentum-3d", "rprop", "rprop-first-11-steps", "rprop-11th-to-14th", "irprop-plus", "irprop-plus-second-part", "golden-search", "all-algorithms", "compare-epochs"] = "all-algorithms",
    ) -> None:
        super().__init__(
            figure=figure,
        )
