"""Ctrl-C, threads, processes, and the program."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import thalweg as tw

LONG = {"target": None, "epochs": 1_000_000_000}


def interrupted(work, after=0.4):
    """Interrupts work that would take hours, so that its end shows that Ctrl-C ended it."""
    timer = threading.Timer(after, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
    finally:
        # After another exception, the signal would interrupt the test runner.
        timer.cancel()


@pytest.mark.parametrize("batch", [None, 1])
def test_ctrl_c_ends_training(batch):
    def work():
        tw.train("article", "gradient-descent:learning_rate=1e-9", batch=batch, **LONG)

    interrupted(work)
    # The next work is not interrupted.
    assert tw.train("article", "rprop", epochs=9)[0].epochs == 9


def test_ctrl_c_ends_a_map():
    # The running tiles would go on in this process.
    code = """
import os, signal, threading, thalweg as tw
threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    tw.map_starts("article", "gradient-descent:learning_rate=1e-9", size=(2000, 2000), target=0.1, epochs=100_000)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "interrupted\n"


def test_ctrl_c_ends_an_animation_and_leaves_no_file(tmp_path):
    runs = tw.train("article", "momentum", start=(-4, -4), epochs=300)

    def work():
        tw.animate(runs, tmp_path / "a.gif", size=(400, 300), duration=600)

    interrupted(work)
    assert list(tmp_path.iterdir()) == []


def endless():
    """Returns a problem of Python that no optimizer solves."""
    return tw.Problem(lambda w: float((w**2).sum()), start=(1, 2), gradient=lambda w: 0.001 * w)


def test_ctrl_c_ends_a_python_function():
    interrupted(lambda: tw.train(endless(), "gradient-descent:learning_rate=1e-9", **LONG))


def test_ctrl_c_does_not_wait_for_a_picture():
    figure = tw.draw("contour", "article", size=(3000, 3000))
    finished = []

    def work():
        figure.encode("png")
        finished.append("png")

    interrupted(work, after=0.05)
    assert finished == []


@pytest.mark.parametrize("kind", ["map_starts", "map_settings"])
def test_ctrl_c_ends_a_map_of_a_python_function(kind):
    def work():
        if kind == "map_starts":
            tw.map_starts(endless(), "gradient-descent:learning_rate=1e-9", **LONG)
        else:
            tw.map_settings(endless(), "gradient-descent", {"learning_rate": [1e-9, 1e-8]}, show="loss", **LONG)

    interrupted(work)


def test_a_signal_handler_in_python_ends_the_work():
    class Stop(Exception):
        pass

    def stop(number, frame):
        raise Stop

    before = signal.signal(signal.SIGINT, stop)
    try:
        for problem in ("article", endless()):
            threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()
            with pytest.raises(Stop):
                tw.train(problem, "gradient-descent:learning_rate=1e-9", **LONG)
    finally:
        signal.signal(signal.SIGINT, before)


def test_threads_train_at_the_same_time():
    def epochs(seed):
        return tw.train("article", "momentum", batch=1, seed=seed, epochs=2000, target=None)[0].weights.tobytes()

    expected = [epochs(seed) for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(epochs, range(4))) == expected


def test_other_threads_run_during_the_work():
    counted = []
    is_done = threading.Event()

    def count():
        while not is_done.is_set():
            counted.append(1)
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    before = len(counted)
    tw.train("article", "gradient-descent:learning_rate=1e-9", target=None, epochs=200_000)
    during = len(counted) - before
    is_done.set()
    thread.join()
    assert during > 5


def losses(pick):
    return tw.train("article", pick, epochs=50)[0].losses.tobytes()


@pytest.mark.parametrize("method", sorted({"fork", "spawn"} & set(multiprocessing.get_all_start_methods())))
def test_processes_train_at_the_same_time(method):
    picks = ["rprop", "adam", "bfgs"]
    # Threads of the parent do not exist in a forked process.
    tw.map_starts("article", "rprop", size=(20, 20))
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(losses, picks) == [losses(pick) for pick in picks]
        assert pool.map(epochs_of_map, picks) == [epochs_of_map(pick) for pick in picks]


def epochs_of_map(pick):
    return tw.map_starts("article", pick, size=(9, 9)).epochs.tobytes()


@pytest.mark.parametrize("problem", ["article", "python"])
def test_a_progress_bar_appears_after_a_second(problem, monkeypatch):
    import thalweg._progress

    updates = []

    class Bar:
        def update(self, done, total, unit):
            updates.append((done, total, unit))

        def close(self):
            updates.append("closed")

    monkeypatch.setattr(thalweg._progress, "Bar", Bar)
    shown = "article" if problem == "article" else endless()
    tw.train(shown, "rprop", epochs=50)
    assert updates == []
    interrupted(lambda: tw.train(shown, "gradient-descent:learning_rate=1e-9", **LONG), after=1.6)
    done = [update[0] for update in updates[:-1]]
    assert done == sorted(done)
    assert updates[0][1:] == (None, "epochs")
    assert updates[-1] == "closed"


@pytest.mark.parametrize("vectorized", [True, False])
def test_a_progress_bar_appears_while_a_map_calls_functions(vectorized, monkeypatch):
    import thalweg._progress

    updates = []

    class Bar:
        def update(self, done, total, unit):
            updates.append((done, total, unit))

        def close(self):
            updates.append("closed")

    monkeypatch.setattr(thalweg._progress, "Bar", Bar)
    slow = tw.Problem(lambda w: (w**2).sum(-1), start=(1, 2), gradient=lambda w: 0.001 * w, vectorized=vectorized)
    work = {"size": (100, 100), "show": "loss", **LONG}
    interrupted(lambda: tw.map_starts(slow, "gradient-descent:learning_rate=1e-9", **work), after=1.6)
    assert updates[0] == (0, 10_000, "starts")
    assert updates[-1] == "closed"


def test_the_program_prints_help_and_errors(program):
    assert "Usage: thalweg" in program("--help")
    assert program("--version").startswith("thalweg 0.")
    assert "did you mean `beale`" in program("train", "--on=beal", "--with=rprop", status=2)
    assert program("show", "rprop") == tw.show("rprop")


def test_the_article_is_written(tmp_path):
    tw.article(tmp_path / "out")
    assert (tmp_path / "out" / "index.html").is_file()
    assert len(list((tmp_path / "out" / "figures").iterdir())) == 32


def test_the_catalog_is_plain_data():
    catalog = tw.catalog()
    assert {"optimizers", "problems", "figures"} <= set(catalog)
    assert any(entry["id"] == "rprop" for entry in catalog["optimizers"])


def test_the_import_needs_only_numpy():
    code = "import sys, thalweg; print([m for m in ('torch', 'jax', 'optax', 'tqdm', 'anywidget') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_panic_becomes_an_exception():
    from thalweg import _thalweg

    with pytest.raises(BaseException, match="the words must be those of a command") as caught:
        _thalweg.train(["list"])
    assert type(caught.value).__name__ == "PanicException"
    assert tw.train("article", "rprop", epochs=9)[0].epochs == 9
