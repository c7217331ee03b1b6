"""Draws the 92 epochs of momentum on the article's problem as a GIF of 800 x 600, with matplotlib and Pillow."""

import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.animation
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0.9, 0.3], [0.5, 0.3], [0.2, 0.1], [0.7, 0.5], [0.1, 0.8], [0.1, 0.9]])
Y = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])

w, velocity = np.array([-4.0, -4.0]), np.zeros(2)
weights = [w]
for _ in range(92):
    p = 1 / (1 + np.exp(-(X @ w)))
    velocity = 0.9 * velocity - 0.3 * 2 / len(Y) * (X.T @ ((p - Y) * p * (1 - p)))
    w = w + velocity
    weights.append(w)
weights = np.array(weights)

side = np.linspace(-6, 6, 50)
w1, w2 = np.meshgrid(side, side)
p = 1 / (1 + np.exp(-(X[:, 0, None, None] * w1 + X[:, 1, None, None] * w2)))
field = np.mean((p - Y[:, None, None]) ** 2, axis=0)
figure, axes = plt.subplots(figsize=(8, 6), dpi=100)
axes.contourf(side, side, field, levels=20)
(line,) = axes.plot([], [], "w.-")


def draw(epoch):
    line.set_data(weights[: epoch + 1, 0], weights[: epoch + 1, 1])
    return (line,)


animation = matplotlib.animation.FuncAnimation(figure, draw, len(weights))
animation.save(sys.argv[1], writer=matplotlib.animation.PillowWriter(fps=20))
