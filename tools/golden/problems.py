"""The problems of the golden trajectories in NumPy, written independently of the Rust code."""

import math
from dataclasses import dataclass
from typing import Callable

import numpy as np

MASK = (1 << 64) - 1


class Random:
    """xoshiro256++ with a seed expanded by SplitMix64, as in crates/core/src/numeric/random.rs."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = seed
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def word(self):
        def rotate(x, k):
            return ((x << k) | (x >> (64 - k))) & MASK

        s = self.state
        result = (rotate((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 45)
        return result

    def between(self, low, high):
        return low + (high - low) * ((self.word() >> 11) * 2.0**-53)

    def uniform(self, shape, most):
        count = int(np.prod(shape))
        return np.array([self.between(-most, most) for _ in range(count)]).reshape(shape)

    def orthogonal(self, n):
        q = np.eye(n)
        for _ in range(n):
            v = self.uniform(n, 1.0)
            q -= np.outer(q @ v, v) * (2.0 / (v @ v))
        return q


@dataclass
class Problem:
    """A problem: its pick, the shapes of its blocks, its initial point, and its loss with the gradient per block."""

    pick: str
    shapes: list
    start: np.ndarray
    evaluate: Callable

    def split(self, w):
        """Returns the blocks of a vector of all weights."""
        blocks, first = [], 0
        for shape in self.shapes:
            size = int(np.prod(shape))
            blocks.append(np.array(w[first : first + size], dtype=np.float64).reshape(shape))
            first += size
        return blocks

    def join(self, blocks):
        """Returns the vector of all weights."""
        return np.concatenate([np.asarray(block, dtype=np.float64).ravel() for block in blocks])


def rosenbrock():
    def evaluate(blocks):
        x, y = blocks[0]
        u, v = 1.0 - x, y - x * x
        return u * u + 100.0 * v * v, [np.array([-2.0 * u - 400.0 * x * v, 200.0 * v])]

    return Problem("rosenbrock", [(2,)], np.array([-1.5, 2.0]), evaluate)


SIX_POINTS = np.array(
    [
        [0.9, 0.3, 1.0],
        [0.5, 0.3, 1.0],
        [0.2, 0.1, 1.0],
        [0.7, 0.5, 0.0],
        [0.1, 0.8, 0.0],
        [0.1, 0.9, 0.0],
    ]
)


def article():
    """The two-weight network; its weights are one matrix with one row."""
    x, y = SIX_POINTS[:, :2], SIX_POINTS[:, 2]

    def evaluate(blocks):
        p = 1.0 / (1.0 + np.exp(-(x @ blocks[0][0])))
        error = p - y
        return np.mean(error**2), [(2.0 / len(y) * (error * p * (1.0 - p)) @ x).reshape(1, 2)]

    return Problem("article", [(1, 2)], np.array([-4.0, -4.0]), evaluate)


def mlp():
    """A network with biases on the six points: 2 inputs, 4 units with tanh, and a linear output."""
    x, y = SIX_POINTS[:, :2], SIX_POINTS[:, 2:]
    shapes = [(2, 4), (4,), (4, 1), (1,)]

    def evaluate(blocks):
        w1, b1, w2, b2 = blocks
        hidden = np.tanh(x @ w1 + b1)
        error = hidden @ w2 + b2 - y
        delta = 2.0 / len(y) * error
        back = (delta @ w2.T) * (1.0 - hidden**2)
        return np.mean(error**2), [x.T @ back, back.sum(0), hidden.T @ delta, delta.sum(0)]

    random = Random(1)
    start = []
    for shape in shapes:
        if len(shape) == 2:
            start.append(random.uniform(shape, math.sqrt(6.0 / sum(shape))).ravel())
        else:
            start.append(np.zeros(shape))
    pick = "mlp:data=six-points,layers=2-4-1"
    return Problem(pick, shapes, np.concatenate(start), evaluate)


def matrix_regression(rows, columns, condition=100.0):
    """The loss |L (W - M) R|^2 / 2."""
    random = Random(1)

    def factor(side):
        q = random.orthogonal(side)
        roots = [condition ** (-0.25 * i / max(side - 1, 1)) for i in range(side)]
        return (q * roots) @ q.T

    left, right = factor(rows), factor(columns)
    minimum = random.uniform((rows, columns), 1.0)
    start = random.uniform((rows, columns), math.sqrt(6.0 / (rows + columns)))

    def evaluate(blocks):
        residual = left @ (blocks[0] - minimum) @ right
        return 0.5 * np.sum(residual**2), [left @ residual @ right]

    pick = f"matrix-regression:shape={rows}x{columns}"
    return Problem(pick, [(rows, columns)], start.ravel(), evaluate)


def all_problems():
    """Returns all problems with the names that files use, and their numbers of steps."""
    return {
        "article": (article(), 200),
        "rosenbrock": (rosenbrock(), 200),
        "8x8": (matrix_regression(8, 8), 60),
        "16x4": (matrix_regression(16, 4), 60),
        "mlp": (mlp(), 60),
    }
