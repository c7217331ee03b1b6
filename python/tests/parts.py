"""A problem and an optimizer that are written in Python, for several tests."""

import thalweg as tw


class Descent:
    """Gradient descent."""

    def init(self, w):
        return {}

    def update(self, w, gradient, state):
        return w - 0.1 * gradient, state


def bowl():
    """Returns a problem of a function."""
    return tw.Problem(
        lambda w: float(w @ w + w[0] * w[1]),
        start=[1.0, 2.0],
        gradient=lambda w: 2 * w + w[::-1],
        target=1e-6,
        title="bowl",
    )
