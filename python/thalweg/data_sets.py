"""The data sets of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Blobs",
    "Circles",
    "Csv",
    "Iris",
    "Moons",
    "SixPoints",
    "Spirals",
]


class SixPoints(Entry):
    """The data set of the article: six points in two linearly separable classes.

        1: (0.9, 0.3) (0.5, 0.3) (0.2, 0.1)          0: (0.7, 0.5) (0.1, 0.8) (0.1, 0.9)

    Reference:
        Y. Shevchuk: Visualize Algorithms based on the Backpropagation. NeuPy, 2015.
        http://neupy.com/2015/07/04/visualize_backpropagation_algorithms.html
    """

    id: ClassVar[str] = "six-points"

    def __init__(self) -> None:
        super().__init__()


class Csv(Entry):
    """The rows of a CSV file. One column is the target, and the others, or the selected ones, are the features.

        a,b,label
        0.5,-1,yes

    Args:
        path: CSV file with one sample per row; a file name.
        target: Name or number of the target column. The default is the last column; a text.
        features: Names or numbers of the feature columns, separated by |. The default is all other columns; a text.
        scale: Scaling of the features: `standard` gives each the mean 0 and the standard deviation 1; none,
            standard.
        header: Whether the first row contains the column names; `auto` looks for numbers in it; auto, first, none.
        decimal: Decimal sign of the numbers; `auto` is a comma if no number contains a point; auto, point, comma.
        missing: Whether a row with an empty cell is an error or is left out; refuse, skip.
    """

    id: ClassVar[str] = "csv"

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        target: str | None = None,
        features: str | None = None,
        scale: Literal["none", "standard"] = "none",
        header: Literal["auto", "first", "none"] = "auto",
        decimal: Literal["auto", "point", "comma"] = "auto",
        missing: Literal["refuse", "skip"] = "refuse",
    ) -> None:
        super().__init__(
            path=path,
            target=target,
            features=features,
            scale=scale,
            header=header,
            decimal=decimal,
            missing=missing,
        )


class Moons(Entry):
    """Two interleaved half circles, one per class. They are not linearly separable.

        0: (cos t, sin t)          1: (1 - cos t, 1/2 - sin t)          t from 0 to pi

    Args:
        samples: Number of samples; a whole number of at least 2 and at most 1000000.
        noise: Standard deviation of the normal noise on both features; a number of at least 0.
        seed: Seed of the random numbers; a whole number of at least 0 and at most 9000000000000000.
    """

    id: ClassVar[str] = "moons"

    def __init__(
        self,
        samples: int = 200,
        *,
        noise: float = 0.1,
        seed: int = 1,
    ) -> None:
        super().__init__(
            samples=samples,
            noise=noise,
            seed=seed,
        )


class Circles(Entry):
    """Two concentric circles, one per class.

        0: (cos t, sin t)          1: ratio (cos t, sin t)          t from 0 to 2 pi

    Args:
        samples: Number of samples; a whole number of at least 2 and at most 1000000.
        ratio: Radius of the inner circle; the outer circle has radius 1; a number above 0 and below 1.
        noise: Standard deviation of the normal noise on both features; a number of at least 0.
        seed: Seed of the random numbers; a whole number of at least 0 and at most 9000000000000000.
    """

    id: ClassVar[str] = "circles"

    def __init__(
        self,
        samples: int = 200,
        *,
        ratio: float = 0.5,
        noise: float = 0.1,
        seed: int = 1,
    ) -> None:
        super().__init__(
            samples=samples,
            ratio=ratio,
            noise=noise,
            seed=seed,
        )


class Spirals(Entry):
    """Intertwined spirals, one per class.

        s (cos t, sin t)          t = 2 pi (turns s + k / classes) for class k          s from 0 to 1

    Args:
        samples: Number of samples; a whole number of at least 2 and at most 1000000.
        classes: Number of classes; a whole number of at least 2 and at most 10.
        turns: Number of turns of each spiral; a number above 0.
        noise: Standard deviation of the normal noise on both features; a number of at least 0.
        seed: Seed of the random numbers; a whole number of at least 0 and at most 9000000000000000.
    """

    id: ClassVar[str] = "spirals"

    def __init__(
        self,
        samples: int = 300,
        *,
        classes: int = 2,
        turns: float = 1.5,
        noise: float = 0.02,
        seed: int = 1,
    ) -> None:
        super().__init__(
            samples=samples,
            classes=classes,
            turns=turns,
            noise=noise,
            seed=seed,
        )


class Blobs(Entry):
    """Round clouds of points, one per class, whose centers lie on a circle.

        x = 2 (cos t, sin t) + noise          t = 2 pi k / classes for class k

    Args:
        samples: Number of samples; a whole number of at least 2 and at most 1000000.
        classes: Number of classes; a whole number of at least 2 and at most 10.
        noise: Standard deviation of the normal noise on both features; a number of at least 0.
        seed: Seed of the random numbers; a whole number of at least 0 and at most 9000000000000000.
    """

    id: ClassVar[str] = "blobs"

    def __init__(
        self,
        samples: int = 200,
        *,
        classes: int = 2,
        noise: float = 0.7,
        seed: int = 1,
    ) -> None:
        super().__init__(
            samples=samples,
            classes=classes,
            noise=noise,
            seed=seed,
        )


class Iris(Entry):
    """150 irises of three species, with the lengths and widths of their sepals and petals (Fisher, 1936).

        0: setosa          1: versicolor          2: virginica          lengths and widths in cm

    Reference:
        R. A. Fisher: The use of multiple measurements in taxonomic problems. Annals of Eugenics 7(2), 1936.
        https://doi.org/10.1111/j.1469-1809.1936.tb02137.x
    """

    id: ClassVar[str] = "iris"

    def __init__(self) -> None:
        super().__init__()
