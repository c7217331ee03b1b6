"""Sweeps: the table of the command line."""

import pytest

import thalweg as tw


def test_a_sweep_has_the_table_of_the_command_line(program, tmp_path):
    table = tw.sweep(
        ["article", "booth"],
        [tw.optimizers.Momentum(), "rprop"],
        tmp_path / "ours.csv",
        over={"learning_rate": [0.1, 0.3], "momentum": "0|0.9"},
        starts=[(-4, -4), (0, 1)],
        seeds={"from": 1, "count": 2},
        target=None,
        epochs=20,
    )
    (tmp_path / "sweep.toml").write_text(
        """on = ["article", "booth"]
with = ["momentum", "rprop"]
starts = [[-4, -4], [0, 1]]
seeds = { from = 1, count = 2 }
epochs = 20
target = "none"
[over]
learning_rate = [0.1, 0.3]
momentum = "0|0.9"
"""
    )
    program("sweep", str(tmp_path / "sweep.toml"), f"--out={tmp_path / 'theirs.csv'}")
    assert (tmp_path / "ours.csv").read_bytes() == (tmp_path / "theirs.csv").read_bytes()
    assert len(table["loss"]) == 2 * (4 + 1) * 2 * 2
    assert all(isinstance(loss, float) for loss in table["loss"])
    assert set(table["seed"]) == {1, 2}


def test_a_finished_table_is_not_replaced(tmp_path):
    path = tmp_path / "a.csv"
    tw.sweep("article", "rprop", path, epochs=5, batch=1, shuffle=True, starts={"random": 2})
    with pytest.raises(tw.Error, match="overwrite"):
        tw.sweep("article", "rprop", path, epochs=5)
    assert len(tw.sweep("article", "rprop", path, epochs=5, overwrite=True)["loss"]) == 1


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"optimizers": 3}, "each of `optimizers` must be a text"),
        ({"starts": [(0, float("nan"))]}, "`starts` must be finite"),
        ({"seeds": ["a"]}, "`seeds` must be a number"),
        ({"over": {"learning_rate": 3}}, "several values of `learning_rate`"),
        ({"over": {"speed": [1]}}, "speed"),
    ],
)
def test_bad_input_names_the_argument(arguments, text, tmp_path):
    with pytest.raises(tw.Error) as caught:
        tw.sweep(**{"problems": "article", "optimizers": "rprop", "out": tmp_path / "a.csv", **arguments})
    assert text in str(caught.value)
