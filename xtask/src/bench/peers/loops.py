"""The peers of the inner loops: the same work in NumPy, Numba, JAX, and ContourPy, in double precision.

`loops.py JOB` prints the minimum and the median time in nanoseconds per unit, and the number of units.
"""

import math
import sys
import time

import contourpy
import jax
import jax.numpy as jnp
import numba
import numpy as np

jax.config.update("jax_enable_x64", True)

RUNS = 5
# The problem of the article: six samples, a sigmoid of a weighted sum, and the mean squared error.
X = np.array([[0.9, 0.3], [0.5, 0.3], [0.2, 0.1], [0.7, 0.5], [0.1, 0.8], [0.1, 0.9]])
Y = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
SAMPLES = len(Y)
TARGET, EPOCHS = 0.125, 2000
SIDE, BANDS = 1000, 20

JOBS = {}


def job(function):
    """Registers a function that returns the work and its number of units. If that is `None`, the work returns it."""
    JOBS[function.__name__.replace("_", "-")] = function
    return function


def points(count):
    """Returns the coordinates of a square grid of points."""
    side = np.linspace(-6.0, 6.0, count)
    return side, *(axis.ravel() for axis in np.meshgrid(side, side))


# Maps of starts: the epochs of momentum, RPROP, and Adam from 200 x 200 initial points until the target.


@numba.njit(inline="always")
def loss_and_gradient(a, b):
    loss = along_a = along_b = 0.0
    for i in range(SAMPLES):
        p = 1.0 / (1.0 + math.exp(-(X[i, 0] * a + X[i, 1] * b)))
        residual = p - Y[i]
        slope = residual * p * (1.0 - p)
        loss += residual * residual
        along_a += slope * X[i, 0]
        along_b += slope * X[i, 1]
    return loss / SAMPLES, 2.0 * along_a / SAMPLES, 2.0 * along_b / SAMPLES


@numba.njit
def momentum_epochs(first, second, rate, momentum):
    total = 0
    for k in range(len(first)):
        a, b, va, vb = first[k], second[k], 0.0, 0.0
        for epoch in range(EPOCHS + 1):
            loss, ga, gb = loss_and_gradient(a, b)
            if loss <= TARGET or epoch == EPOCHS:
                total += epoch
                break
            va = momentum * va - rate * ga
            vb = momentum * vb - rate * gb
            a += va
            b += vb
    return total


@numba.njit(inline="always")
def rprop_step(g, size, before, last):
    agreement = np.sign(g) * np.sign(before)
    if agreement > 0.0:
        size = min(1.2 * size, 50.0)
    elif agreement < 0.0:
        return max(0.5 * size, 1e-6), 0.0, -last
    return size, g, -np.sign(g) * size


@numba.njit
def rprop_epochs(first, second):
    total = 0
    for k in range(len(first)):
        a, b = first[k], second[k]
        size_a = size_b = 0.1
        before_a = before_b = last_a = last_b = 0.0
        for epoch in range(EPOCHS + 1):
            loss, ga, gb = loss_and_gradient(a, b)
            # Far away, the gradient is zero in double precision, so the run is at rest.
            if loss <= TARGET or epoch == EPOCHS or ga == gb == 0.0:
                total += epoch
                break
            size_a, before_a, last_a = rprop_step(ga, size_a, before_a, last_a)
            size_b, before_b, last_b = rprop_step(gb, size_b, before_b, last_b)
            a += last_a
            b += last_b
    return total


@numba.njit
def adam_epochs(first, second, rate):
    total = 0
    for k in range(len(first)):
        a, b = first[k], second[k]
        ma = mb = va = vb = 0.0
        power1 = power2 = 1.0
        for epoch in range(EPOCHS + 1):
            loss, ga, gb = loss_and_gradient(a, b)
            if loss <= TARGET or epoch == EPOCHS:
                total += epoch
                break
            power1 *= 0.9
            power2 *= 0.999
            ma = 0.9 * ma + 0.1 * ga
            mb = 0.9 * mb + 0.1 * gb
            va = 0.999 * va + 0.001 * ga * ga
            vb = 0.999 * vb + 0.001 * gb * gb
            a -= rate * (ma / (1.0 - power1)) / (math.sqrt(va / (1.0 - power2)) + 1e-8)
            b -= rate * (mb / (1.0 - power1)) / (math.sqrt(vb / (1.0 - power2)) + 1e-8)
    return total


def map_of_starts(epochs, *settings):
    _, first, second = points(200)
    return lambda: epochs(first, second, *settings), None


@job
def momentum_numba():
    return map_of_starts(momentum_epochs, 0.3, 0.9)


@job
def rprop_numba():
    return map_of_starts(rprop_epochs)


@job
def adam_numba():
    return map_of_starts(adam_epochs, 0.05)


@job
def momentum_numpy():
    """All initial points step together; those that have reached the target leave."""
    _, first, second = points(200)

    def work():
        w = np.stack([first, second])
        v = np.zeros_like(w)
        total = 0
        for epoch in range(EPOCHS + 1):
            p = 1.0 / (1.0 + np.exp(-(X @ w)))
            residual = p - Y[:, None]
            active = (residual * residual).mean(0) > TARGET
            ended = w.shape[1] if epoch == EPOCHS else np.count_nonzero(~active)
            total += epoch * ended
            if ended == w.shape[1]:
                return total
            g = 2.0 / SAMPLES * (X.T @ (residual * p * (1.0 - p)))
            if ended > 0:
                w, v, g = w[:, active], v[:, active], g[:, active]
            v = 0.9 * v - 0.3 * g
            w = w + v

    return work, None


# The loss on a grid of 1000 x 1000 points.


@job
def grid_numpy():
    w1, w2 = np.meshgrid(*2 * [np.linspace(-6.0, 6.0, SIDE)])

    def work():
        total = np.zeros_like(w1)
        # Blocks of rows that fit into the cache are the fastest way to do this in NumPy.
        for row in range(0, SIDE, 10):
            a_rows, b_rows, rows = w1[row : row + 10], w2[row : row + 10], total[row : row + 10]
            for (a, b), y in zip(X, Y):
                p = 1 / (1 + np.exp(-(a * a_rows + b * b_rows)))
                rows += (p - y) ** 2
        return total / SAMPLES

    return work, SIDE * SIDE


@job
def grid_jax():
    side = jnp.linspace(-6.0, 6.0, SIDE)

    @jax.jit
    def field(side):
        total = jnp.zeros((SIDE, SIDE))
        for (a, b), y in zip(X, Y):
            p = 1 / (1 + jnp.exp(-(a * side[None, :] + b * side[:, None])))
            total += (p - y) ** 2
        return total / SAMPLES

    return lambda: field(side).block_until_ready(), SIDE * SIDE


@job
def grid_numba():
    """exp(-(a x + b y)) is the product of a factor per column and a factor per row."""
    side = np.linspace(-6.0, 6.0, SIDE)

    @numba.njit
    def field(side, losses):
        columns = np.exp(-np.outer(X[:, 0], side))
        rows = np.exp(-np.outer(X[:, 1], side))
        for j in range(SIDE):
            for k in range(SIDE):
                loss = 0.0
                for i in range(SAMPLES):
                    residual = 1.0 / (1.0 + columns[i, k] * rows[i, j]) - Y[i]
                    loss += residual * residual
                losses[j, k] = loss / SAMPLES

    losses = np.zeros((SIDE, SIDE))
    return lambda: field(side, losses), SIDE * SIDE


@job
def bands_contourpy():
    side = np.linspace(-6.0, 6.0, SIDE)
    field = grid_numpy()[0]()
    levels = np.linspace(field.min(), field.max(), BANDS + 1)

    def work():
        generator = contourpy.contour_generator(side, side, field, name="serial")
        for low, high in zip(levels, levels[1:]):
            generator.filled(low, high)

    return work, 1


# 1000 epochs of gradient descent on a network with 2, 8, 8, and 1 units and 500 samples.


def network(xp):
    generator = np.random.default_rng(1)
    x = generator.uniform(-1, 1, (500, 2))
    y = ((x * x).sum(1, keepdims=True) < 0.5).astype(np.float64)
    w = [generator.normal(size=shape) for shape in [(2, 8), (8, 8), (8, 1)]]
    b = [np.zeros(8), np.zeros(8), np.zeros(1)]

    def epoch(w, b):
        h1 = xp.tanh(x @ w[0] + b[0])
        h2 = xp.tanh(h1 @ w[1] + b[1])
        delta = 2 * (h2 @ w[2] + b[2] - y) / len(x)
        gradients = []
        for k, inputs in (2, h2), (1, h1), (0, x):
            gradients.insert(0, (inputs.T @ delta, delta.sum(0)))
            delta = (delta @ w[k].T) * (1 - inputs * inputs)
        return [w - 0.1 * g for w, (g, _) in zip(w, gradients)], [b - 0.1 * g for b, (_, g) in zip(b, gradients)]

    return epoch, w, b


@job
def mlp_numpy():
    epoch, *weights = network(np)

    def work():
        w, b = weights
        for _ in range(1000):
            w, b = epoch(w, b)

    return work, 1


@job
def mlp_jax():
    epoch, *weights = network(jnp)
    weights = jax.tree.map(jnp.array, weights)
    work = jax.jit(lambda weights: jax.lax.fori_loop(0, 1000, lambda _, now: list(epoch(*now)), weights))
    return lambda: jax.block_until_ready(work(weights)), 1


@job
def muon_numpy():
    """1000 steps on a matrix of 64 x 64 weights."""
    generator = np.random.default_rng(1)
    left, right = (np.linalg.qr(generator.normal(size=(64, 64)))[0] for _ in range(2))
    goal, start = (generator.uniform(-1, 1, (64, 64)) for _ in range(2))

    def work():
        w, m = start, np.zeros((64, 64))
        for _ in range(1000):
            residual = left @ (w - goal) @ right
            np.sum(residual * residual)
            g = left @ residual @ right
            m = 0.95 * m + 0.05 * g
            x = 0.95 * m + 0.05 * g
            x = x / (np.linalg.norm(x) + 1e-7)
            for _ in range(5):
                a = x @ x.T
                x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
            w = w - 0.02 * x

    return work, 1


def main():
    work, units = JOBS[sys.argv[1]]()
    result = work()
    units = result if units is None else units
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1e9 / units)
    times.sort()
    print(times[0], times[RUNS // 2], units)


main()
