"""Draws the figure of the example `one_figure` with NumPy and matplotlib: five paths on 20 levels, as PNG of 800 x 600."""

import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0.9, 0.3], [0.5, 0.3], [0.2, 0.1], [0.7, 0.5], [0.1, 0.8], [0.1, 0.9]])
Y = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
TARGET, EPOCHS = 0.125, 1000


def loss_and_gradient(w):
    p = 1 / (1 + np.exp(-(X @ w)))
    return np.mean((p - Y) ** 2), 2 / len(Y) * (X.T @ ((p - Y) * p * (1 - p)))


def path(step):
    """Returns the weights of a run; `step` receives the gradient and returns the displacement."""
    w = np.array([-4.0, -4.0])
    weights = [w]
    for _ in range(EPOCHS):
        loss, gradient = loss_and_gradient(w)
        if loss <= TARGET:
            break
        w = w + step(gradient)
        weights.append(w)
    return np.array(weights)


def momentum(rate, beta):
    velocity = np.zeros(2)

    def step(gradient):
        nonlocal velocity
        velocity = beta * velocity - rate * gradient
        return velocity

    return step


def sign_steps():
    size, before = np.full(2, 0.1), np.zeros(2)

    def step(gradient):
        nonlocal size, before
        agreement = np.sign(gradient * before)
        size = np.where(agreement > 0, 1.2 * size, np.where(agreement < 0, 0.5 * size, size))
        before = np.where(agreement < 0, 0, gradient)
        return -np.sign(before) * size

    return step


rules = {
    "gradient descent": momentum(0.3, 0.0),
    "momentum": momentum(0.3, 0.9),
    "sign steps": sign_steps(),
    "other sign steps": sign_steps(),
    "longer steps": momentum(3.0, 0.0),
}
side = np.linspace(-6, 6, 50)
w1, w2 = np.meshgrid(side, side)
p = 1 / (1 + np.exp(-(X[:, 0, None, None] * w1 + X[:, 1, None, None] * w2)))
field = np.mean((p - Y[:, None, None]) ** 2, axis=0)
figure, axes = plt.subplots(figsize=(8, 6), dpi=100)
figure.colorbar(axes.contourf(side, side, field, levels=20))
for name, step in rules.items():
    weights = path(step)
    axes.plot(weights[:, 0], weights[:, 1], ".-", label=name)
axes.set(xlabel="First weight", ylabel="Second weight", title="Five optimizers", xlim=(-6, 6), ylim=(-6, 6))
axes.legend()
figure.savefig(sys.argv[1])
