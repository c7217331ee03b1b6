"""Measures the Python package: `cargo xtask bench python` runs this script in an environment with the release wheel."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

import thalweg as tw


def seconds(work: Callable[[], object], repeats: int = 7) -> float:
    """Returns the least time of some work."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def import_seconds(modules: str) -> float:
    """Returns the least processor time of a new process that imports modules."""
    command = [sys.executable, "-c", f"import {modules}"]

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    times = []
    for _ in range(15):
        start = used()
        subprocess.run(command, check=True)
        times.append(used() - start)
    return min(times)


def loss(w: np.ndarray) -> np.ndarray:
    """Returns the Rosenbrock function of one point or of many points."""
    x, y = w[..., 0], w[..., 1]
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def gradient(w: np.ndarray) -> np.ndarray:
    """Returns the gradient of `loss`."""
    x, y = w[..., 0], w[..., 1]
    return np.stack([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)], axis=-1)


EPOCHS = 5000
RATE = 1e-4


def train_with_numpy() -> None:
    """Records the same path as `train_with_thalweg` in a plain loop."""
    w = np.array([-1.5, 2.0])
    weights, losses = [w.copy()], [float(loss(w))]
    for _ in range(EPOCHS):
        w = w - RATE * gradient(w)
        weights.append(w.copy())
        losses.append(float(loss(w)))


def train_with_thalweg(problem: tw.Problem) -> None:
    """Trains with gradient descent and records every step."""
    tw.train(problem, f"gradient-descent:learning_rate={RATE}", epochs=EPOCHS, target=None)


def grid_one_by_one(f: Callable[[np.ndarray], object]) -> None:
    """Evaluates a grid of 100 x 100 points, one call per point, as a user's loop does."""
    for y in np.linspace(-1, 3, 100):
        for x in np.linspace(-2, 2, 100):
            f(np.array([x, y]))


def grid_in_blocks(problem: tw.Problem) -> None:
    """Evaluates the same number of points as a map of starts without steps does."""
    options = {"size": (100, 100), "epochs": 0, "target": None, "show": "loss"}
    # Without a learning rate, the map would also compute second derivatives to derive one.
    tw.map_starts(problem, f"gradient-descent:learning_rate={RATE}", window=(-2, 2, -1, 3), **options)


def main() -> None:
    """Prints one row per measurement: what, the value, and the limit."""
    start = (-1.5, 2.0)
    numpy_import, own_import = import_seconds("numpy"), import_seconds("numpy, thalweg")
    print(f"import, in addition to NumPy, processor time: {1000 * (own_import - numpy_import):.0f} ms (limit 60 ms)")
    problem = tw.Problem(loss, start=start, gradient=gradient)
    ratio = seconds(lambda: train_with_thalweg(problem)) / seconds(train_with_numpy)
    print(f"train with a gradient of NumPy, relative to a plain loop: {ratio:.2f} (limit 1.3)")
    short = seconds(lambda: tw.train("article", "momentum:learning_rate=0.3", start=(-4, -4), target=0.125), 200)
    print(f"train for 92 epochs: {1e6 * short:.0f} us")
    sources = [("NumPy", gradient, loss)]
    try:
        import torch
    except ImportError:
        pass
    else:
        sources.append(("torch", "torch", lambda w: loss(torch.tensor(w))))
    for name, source, single in sources:
        problem = tw.Problem(loss, start=start, gradient=source)
        ratio = seconds(lambda f=single: grid_one_by_one(f), 3) / seconds(lambda p=problem: grid_in_blocks(p), 50)
        what = f"100 x 100 losses of a function of {name} in blocks, relative to single calls"
        limit = " (limit 100)" if name == "torch" else ""
        print(f"{what}: {ratio:.0f} times faster{limit}")


if __name__ == "__main__":
    main()
