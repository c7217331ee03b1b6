"""Runs an optimizer and writes its trajectory as a golden file."""

import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parents[2] / "crates/core/tests/golden/trajectories"
TOLERANCE = 1e-10


def run(problem, make, start, steps):
    """Returns weights and loss of each epoch. `make(blocks)` returns a function that maps gradients to new blocks."""
    blocks = problem.split(start)
    step = make(blocks)
    rows = []
    for epoch in range(steps + 1):
        loss, gradients = problem.evaluate(blocks)
        rows.append(np.append(problem.join(blocks), loss))
        if epoch < steps:
            blocks = [np.asarray(block, dtype=np.float64) for block in step(gradients)]
    return np.array(rows)


def last_comparable(problem, make, rows):
    """Returns the last epoch before a change of the start by one unit in the last place has grown to the tolerance."""
    # Weights of exactly 0 stay: rules treat a layer without weights differently.
    start = problem.start * (1.0 + 2.0**-52)
    other = run(problem, make, start, len(rows) - 1)
    deviation = np.max(np.abs(other - rows) / np.maximum(np.abs(rows), 1.0), axis=1)
    large = np.flatnonzero(~(deviation <= TOLERANCE))
    return len(rows) - 1 if len(large) == 0 else int(large[0]) - 1


def shown_epochs(dim, last):
    """Returns the epochs of the file: fewer if an epoch has many weights."""
    if dim <= 2:
        epochs = list(range(21)) + list(range(30, last + 1, 10))
    else:
        epochs = [0, 1, 2, 3, 10, 30, 60]
    return sorted({epoch for epoch in epochs if epoch <= last} | {last})


def number(x):
    """Returns the shortest text of a number that reads back to it."""
    text = repr(float(x))
    return text.removesuffix(".0")


def write(name, library, hyperparameters, pick, problem, steps, make, tolerance=None):
    """Writes one file, and prints its name and its last epoch. `tolerance` is a tolerance other than 1e-10, with its reason."""
    rows = run(problem, make, problem.start, steps)
    last = last_comparable(problem, make, rows)
    header = [
        f"# library: {library}",
        f"# hyperparameters: {hyperparameters}",
        f"# problem: {problem.pick}",
        f"# pick: {pick}",
        "# start: " + ",".join(number(w) for w in problem.start),
        f"# float64; some of {steps} epochs",
    ]
    if tolerance:
        header.insert(5, f"# tolerance: {tolerance}")
    if last < steps:
        header.append(f"# ends where a change of the start by one unit in the last place grows to 1e-10: epoch {last + 1}")
    names = [f"w{i + 1}" for i in range(len(problem.start))]
    lines = header + [",".join(["epoch", *names, "loss"])]
    for epoch in shown_epochs(len(problem.start), last):
        lines.append(",".join([str(epoch), *(number(x) for x in rows[epoch])]))
    (FOLDER / f"{name}.csv").write_text("\n".join(lines) + "\n")
    print(name, last)
