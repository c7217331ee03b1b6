"""100 experiments: the arrays have the bits of the table that the command line writes with `--trace`."""

import csv

import numpy as np
import pytest

import thalweg as tw

PROBLEMS = ["article", "rosenbrock", "beale", "mlp:data=moons,layers=2-3-1", "formula:x^2+3*abs(y)+exp(-y^2)"]
OPTIMIZERS = [
    "gradient-descent",
    "gradient-descent:search=golden-section",
    "momentum:learning_rate=0.01,schedule=cosine",
    "nesterov",
    "rprop",
    "irprop-plus",
    "adam:learning_rate=0.05",
    "rmsprop",
    "adagrad",
    "adadelta",
    "amsgrad",
    "conjugate-gradient",
    "bfgs",
    "lbfgs",
    "sign-sgd",
    "momentum:regularizer=l2",
    "adam:gradient_clip=norm",
    "lion",
    "adamax",
    "nadam",
]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_arrays_have_the_bits_of_the_trace(problem, program, tmp_path):
    path = tmp_path / "trace.csv"
    runs = tw.train(problem, OPTIMIZERS, epochs=30)
    for run, pick in zip(runs, OPTIMIZERS, strict=True):
        program("train", f"--on={problem}", f"--with={pick}", "--epochs=30", f"--trace={path}", "--plain")
        with path.open(newline="") as file:
            heads, *rows = list(csv.reader(file))
        theirs = np.array(rows, dtype=np.float64)
        columns = {head: theirs[:, i] for i, head in enumerate(heads)}
        assert theirs.shape[0] == run.epochs + 1
        dim = run.weights.shape[1]
        expected = np.stack([columns[f"w{i + 1}"] for i in range(dim)], axis=1)
        assert run.weights.tobytes() == expected.tobytes(), pick
        assert run.losses.tobytes() == columns["loss"].tobytes(), pick
        assert run.calls.value.tolist() == columns["value_calls"].tolist(), pick
        assert run.calls.gradient.tolist() == columns["gradient_calls"].tolist(), pick
        for name, values in run.state.items():
            flat = values.reshape(len(values), -1)
            heads = [name] if values.ndim == 1 else [f"{name}_{i + 1}" for i in range(flat.shape[1])]
            state = np.stack([columns[head] for head in heads], axis=1)
            assert flat.tobytes() == state.tobytes(), (pick, name)
