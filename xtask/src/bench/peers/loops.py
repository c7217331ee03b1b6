"""Times NumPy and ContourPy implementations of the inner loops.

Prints name, minimum, and median time in nanoseconds per unit. Needs numpy and contourpy.
"""
import time

import contourpy
import numpy as np

SIDE, RUNS, BANDS = 1000, 7, 20
X = np.array([[0.9, 0.3], [0.5, 0.3], [0.2, 0.1], [0.7, 0.5], [0.1, 0.8], [0.1, 0.9]])
Y = np.array([1, 1, 1, 0, 0, 0])
side = np.linspace(-6, 6, SIDE)
w1, w2 = np.meshgrid(side, side)


def grid():
    total = np.zeros_like(w1)
    # Blocks of rows that fit into the cache are the fastest way to do this in numpy.
    for row in range(0, SIDE, 10):
        a_rows, b_rows, rows = w1[row : row + 10], w2[row : row + 10], total[row : row + 10]
        for (a, b), y in zip(X, Y):
            p = 1 / (1 + np.exp(-(a * a_rows + b * b_rows)))
            rows += (p - y) ** 2
    return total / len(Y)


def report(name, units, work):
    work()
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1e9 / units)
    times.sort()
    print(name, times[0], times[RUNS // 2])


report("grid", SIDE * SIDE, grid)
field = grid()
levels = np.linspace(field.min(), field.max(), BANDS + 1)


def bands():
    generator = contourpy.contour_generator(side, side, field, name="serial")
    for low, high in zip(levels, levels[1:]):
        generator.filled(low, high)


report("bands", 1, bands)


def mlp():
    generator = np.random.default_rng(1)
    x = generator.uniform(-1, 1, (500, 2))
    y = (x * x).sum(1, keepdims=True) < 0.5
    w = [generator.normal(size=shape) for shape in [(2, 8), (8, 8), (8, 1)]]
    b = [np.zeros(8), np.zeros(8), np.zeros(1)]
    for _ in range(1000):
        h1 = np.tanh(x @ w[0] + b[0])
        h2 = np.tanh(h1 @ w[1] + b[1])
        delta = 2 * (h2 @ w[2] + b[2] - y) / len(x)
        for k, inputs in (2, h2), (1, h1), (0, x):
            gradient = inputs.T @ delta, delta.sum(0)
            delta = (delta @ w[k].T) * (1 - inputs * inputs)
            w[k] -= 0.1 * gradient[0]
            b[k] -= 0.1 * gradient[1]


report("mlp", 1, mlp)


def muon():
    generator = np.random.default_rng(1)
    left, right = (np.linalg.qr(generator.normal(size=(64, 64)))[0] for _ in range(2))
    goal, w, m = (generator.uniform(-1, 1, (64, 64)) for _ in range(3))
    for _ in range(1000):
        residual = left @ (w - goal) @ right
        np.sum(residual * residual)
        g = left @ residual @ right
        m = 0.95 * m + 0.05 * g
        x = 0.95 * m + 0.05 * g
        x /= np.linalg.norm(x) + 1e-7
        for _ in range(5):
            a = x @ x.T
            x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
        w = w - 0.02 * x


report("muon", 1, muon)
