"""The line searches of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Armijo",
    "Exact",
    "Fixed",
    "GoldenSection",
    "HagerZhang",
    "StrongWolfe",
]


class Fixed(Entry):
    """Uses the same multiple of the direction in every step, without evaluating the loss.

        t = step

    Args:
        step: Step size, in multiples of the direction; a number above 0.
    """

    id: ClassVar[str] = "fixed"

    def __init__(
        self,
        step: float = 1.0,
    ) -> None:
        super().__init__(
            step=step,
        )


class GoldenSection(Entry):
    """Brackets a minimum along the direction and narrows the bracket by the golden ratio.

        phi(t) = f(w + t p), p = the direction, x1 and x2 = the inner points of the bracket
        bracket a < b < c with phi(b) < phi(a), phi(c), growing from 0 and the first step
        until |c - a| <= tolerance (|x1| + |x2|): cut the larger part of [a, c] at 0.618

    Args:
        tolerance: Accuracy of the step size: relative, or absolute with `bracket=doubling`; a number above 0 and
            below 1.
        bracket: Whether the bracket grows as described by Press et al. or by doubling; press, doubling.
        min_step: First step size of `bracket=doubling`; a number above 0, at most `max_step`.
        max_step: Maximum step size of `bracket=doubling`; a number above 0.

    Reference:
        W. H. Press, S. A. Teukolsky, W. T. Vetterling, B. P. Flannery: Numerical Recipes: The Art of Scientific
        Computing, third edition. Cambridge University Press, 2007.
    """

    id: ClassVar[str] = "golden-section"

    def __init__(
        self,
        tolerance: float = 0.1,
        *,
        bracket: Literal["press", "doubling"] = "press",
        min_step: float = 1e-5,
        max_step: float = 50.0,
    ) -> None:
        super().__init__(
            tolerance=tolerance,
            bracket=bracket,
            min_step=min_step,
            max_step=max_step,
        )


class Armijo(Entry):
    """Shortens an initial step until the loss decreases by a fraction of the decrease that the slope predicts.

        phi(t) = f(w + t p), where p is the direction
        t = initial_step; while phi(t) > phi(0) + c1 t phi'(0): t <- shrink t

    Args:
        initial_step: Initial step size, in multiples of the direction; a number above 0.
        c1: Required fraction of the predicted decrease; a number above 0 and below 1.
        shrink: Factor that shortens a rejected step; a number above 0 and below 1.

    In optax: optax.scale_by_backtracking_linesearch.

    Reference:
        L. Armijo: Minimization of functions having Lipschitz continuous first partial derivatives. Pacific Journal
        of Mathematics 16(1), 1966. https://doi.org/10.2140/pjm.1966.16.1
    """

    id: ClassVar[str] = "armijo"

    def __init__(
        self,
        initial_step: float = 1.0,
        *,
        c1: float = 0.0001,
        shrink: float = 0.5,
    ) -> None:
        super().__init__(
            initial_step=initial_step,
            c1=c1,
            shrink=shrink,
        )


class StrongWolfe(Entry):
    """Finds a step that satisfies the strong Wolfe conditions: sufficient decrease of the loss and a small slope.

        phi(t) = f(w + t p), where p is the direction
        phi(t) <= phi(0) + c1 t phi'(0)          |phi'(t)| <= c2 |phi'(0)|
        double t from 1 until an interval contains such a step, then narrow the interval:
        by a cubic, else by a parabola, else at its middle

    Args:
        c1: Required fraction of the predicted decrease; a number above 0 and below 1, at most `c2`.
        c2: Maximum magnitude of the final slope relative to the initial slope; a number above 0 and below 1.
        max_doublings: Maximum number of doublings of the step; a whole number of at least 1 and at most 1000.
        max_cuts: Maximum number of cuts of the interval, except while no step decreases the loss sufficiently; a
            whole number of at least 1 and at most 1000.

    In PyTorch: strong_wolfe.

    In optax: optax.scale_by_zoom_linesearch.

    Reference:
        J. Nocedal, S. J. Wright: Numerical Optimization, second edition. Springer, 2006.
        https://doi.org/10.1007/978-0-387-40065-5
    """

    id: ClassVar[str] = "strong-wolfe"

    def __init__(
        self,
        c1: float = 0.0001,
        *,
        c2: float = 0.9,
        max_doublings: int = 20,
        max_cuts: int = 10,
    ) -> None:
        super().__init__(
            c1=c1,
            c2=c2,
            max_doublings=max_doublings,
            max_cuts=max_cuts,
        )


class Exact(Entry):
    """Minimizes the loss along the direction to a given accuracy.

        phi(t) = f(w + t p), where p is the direction
        bracket a < x < b with phi(x) < phi(a), phi(b)
        until x is the middle of [a, b] to the tolerance:
          try the vertex of the parabola through the three best points if it lies inside and moves x by
          less than half of the move before the last; else cut the larger part by the golden section

    Args:
        tolerance: Relative accuracy of the step size; a number above 0 and below 1.

    Reference:
        R. P. Brent: Algorithms for Minimization without Derivatives. Prentice-Hall, 1973.
    """

    id: ClassVar[str] = "exact"

    def __init__(
        self,
        tolerance: float = 1e-8,
    ) -> None:
        super().__init__(
            tolerance=tolerance,
        )


class HagerZhang(Entry):
    """Finds a step with the Wolfe conditions, or close to a minimum with approximate ones, which rounding does not
    disturb.

        phi(t) = f(w + t p), where p is the direction
        Wolfe:        phi(t) <= phi(0) + c1 t phi'(0)               and  phi'(t) >= c2 phi'(0)
        approximate:  (2 c1 - 1) phi'(0) >= phi'(t) >= c2 phi'(0)   and  phi(t) <= phi(0) + tolerance |phi(0)|
        expand t from 1 until phi' changes its sign, then narrow the interval by two secant steps and a bisection

    Args:
        c1: Required fraction of the predicted decrease; a number above 0 and below 0.5, at most `c2`.
        c2: Maximum of the final slope relative to the initial slope, both negative; a number above 0 and below 1.
        tolerance: Increase of the loss that the approximate conditions tolerate, relative to the loss; a number of
            at least 0 and at most 1.
        growth: Factor that lengthens the step while the loss falls; a number above 1.
        shrink: An interval that a round of secant steps does not shorten to this fraction is halved; a number above
            0 and below 1.

    Reference:
        W. W. Hager, H. Zhang: A New Conjugate Gradient Method with Guaranteed Descent and an Efficient Line Search.
        SIAM Journal on Optimization 16(1), 2005. https://doi.org/10.1137/030601880
    """

    id: ClassVar[str] = "hager-zhang"

    def __init__(
        self,
        c1: float = 0.1,
        *,
        c2: float = 0.9,
        tolerance: float = 1e-6,
        growth: float = 5.0,
        shrink: float = 0.66,
    ) -> None:
        super().__init__(
            c1=c1,
            c2=c2,
            tolerance=tolerance,
            growth=growth,
            shrink=shrink,
        )
