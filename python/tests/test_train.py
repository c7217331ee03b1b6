"""Runs: their arrays, their table, and their settings."""

import numpy as np
import pytest

import thalweg as tw


@pytest.fixture(scope="module")
def runs():
    picks = ["momentum:learning_rate=0.3", "rprop", "bfgs"]
    return tw.train("article", picks, start=(-4, -4), target=0.125)


def test_the_arrays_have_the_numbers_of_the_article(runs):
    momentum, rprop, bfgs = runs
    assert [run.epochs for run in runs] == [92, 20, 5]
    assert momentum.weights.shape == (93, 2)
    assert momentum.weights.dtype == np.float64
    assert momentum.weights[0].tolist() == [-4, -4]
    assert rprop.losses[-1] == 0.1204253476640038
    assert momentum.state["velocity"].shape == (93, 2)
    assert list(rprop.calls.gradient) == list(range(21))
    assert bfgs.state["inverse_hessian"].shape == (6, 2, 2)
    assert bfgs.trials[0] == []
    assert bfgs.trials[1][0].step == 1.0
    assert bfgs.trials[1][0].weights.shape == (2,)
    assert rprop.outcome == "reached"


def test_a_step_of_momentum_is_its_velocity(runs):
    weights, velocity = runs[0].weights, runs[0].state["velocity"]
    assert np.allclose(weights[1:] - weights[:-1], velocity[1:], rtol=0, atol=1e-14)


def test_omitted_settings_are_those_of_the_problem():
    default = tw.train("rosenbrock", "rprop", epochs=50)
    assert default.start.tolist() == [-1.5, 2]
    assert default.spec.settings == {"epochs": "50"}
    without_target = tw.train("article", "rprop", target=None, epochs=30)
    assert without_target[0].outcome == "epoch limit"
    assert without_target[0].epochs == 30


def test_the_table_lists_the_settings_in_effect(runs):
    text = repr(runs)
    assert "RPROP: initial_step=0.1*, increase=1.2*" in text
    assert "Shared settings: start -4,-4; target loss 0.125" in text or "start -4, -4" in text
    table = runs.to_dict()
    assert table["epochs"] == [92, 20, 5]
    assert all(len(column) == 3 for column in table.values())
    assert runs._repr_html_().count("<tr>") == 4
    assert "0.124981" in repr(runs[0])


def test_the_text_of_a_spec_is_a_command(runs):
    assert str(runs[1].spec) == "thalweg train --on=article --with=rprop --start=-4,-4 --target=0.125"


def test_arrays_are_shared_and_constant(runs):
    assert runs[0].weights is runs[0].weights
    with pytest.raises(ValueError, match="read-only"):
        runs[0].weights[0] = 0


def test_a_slice_contains_some_of_the_runs(runs):
    last = runs[1:]
    assert [run.label for run in last] == ["RPROP", "BFGS"]
    assert last[0].losses.tobytes() == runs[1].losses.tobytes()
    assert runs[-1].label == "BFGS"


def test_labels_of_a_slice_contain_the_settings_that_differ_in_it():
    runs = tw.train("article", ["momentum", "momentum:momentum=0.5", "rprop"], epochs=5)
    assert [run.label for run in runs[:2]] == ["Momentum (momentum=0.9)", "Momentum (momentum=0.5)"]
    assert [run.label for run in runs[1:]] == ["Momentum", "RPROP"]


def test_numbers_of_numpy_and_integers_are_converted():
    expected = tw.train("article", "rprop", start=(-4.0, 1.0), epochs=9)[0].weights
    for start in [np.array([-4, 1]), np.array([-4, 1], dtype=np.float32), [np.int64(-4), 1]]:
        runs = tw.train("article", "rprop", start=start, epochs=np.int32(9), seed=np.uint8(0))
        assert runs[0].weights.tobytes() == expected.tobytes()


def test_randomness_has_a_seed():
    def losses(seed):
        return tw.train("article", "momentum", batch=1, shuffle=True, gradient_noise=0.1, seed=seed, epochs=20)[
            0
        ].losses

    assert losses(3).tobytes() == losses(3).tobytes()
    assert losses(3).tobytes() != losses(4).tobytes()


def test_dropping_runs_frees_their_memory():
    import resource

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def repeat(count):
        for _ in range(count):
            tw.train("article", "rprop", epochs=50)[0].weights.sum()

    repeat(500)
    before = peak()
    repeat(9_500)
    # A leak of one run would keep at least 3 kB each time.
    assert peak() - before < 8_000
