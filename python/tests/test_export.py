"""Scripts for other libraries: they make the paths of the program."""

import csv
import io
import json
import math
import subprocess
import sys

import pytest

import thalweg as tw

# optax computes the powers of adafactor and madgrad in single precision, and dowg amplifies rounding errors.
TOLERANCES = {"adafactor": 1e-8, "madgrad": 1e-8, "dowg": 1e-6}

PROBLEMS = [
    "quadratic",
    "beale",
    "branin",
    "ackley",
    "levy",
    "michalewicz",
    "bukin",
    "formula:sqrt(x^2+y^2)*exp(-x)+atan2(y,2)+|x-y|",
    "formula:min(x,2)*sigmoid(y)+log2(x*x+2)+log10(y*y+1)+exp2(x/9)",
    "formula:asin(x/9)+acos(y/9)+atan(x)+sinh(x/9)+cosh(y/9)+tan(x/9)-tanh(y)",
    "formula:cbrt(x*y-9)+where(x<y,x^2,y^2)+x^2.5+[x+1]*y^-2+max(x,y),start=2,3",
    "formula:7",
    "perceptron:data=moons,bias=trained,loss=binary-cross-entropy",
    "perceptron:data=circles,bias=fixed,bias_value=0.5,activation=softplus,loss=mae",
    "perceptron:data=moons,activation=tanh,loss=hinge",
    "mlp:data=moons,layers=2-4-1",
    "mlp:data=spirals,layers=2-5-3,activation=relu,loss=categorical-cross-entropy",
    "mlp:data=blobs,layers=2-3-3,loss=mse,activation=softplus",
]

OPTIONS = [
    "momentum:learning_rate=0.1,gradient_clip=norm,gradient_clip.limit=0.02",
    "momentum:learning_rate=0.1,gradient_clip=value,gradient_clip.limit=0.01",
    "adam:learning_rate=0.1,weight_decay=0.01",
    "adamw:learning_rate=0.1,weight_decay=0.1,schedule=cosine,schedule.over=20,schedule.minimum=0.01",
    "adam:learning_rate=0.1,schedule=exponential,schedule.rate=0.5,schedule.every=7",
    "adam:learning_rate=0.1,schedule=exponential,schedule.rate=0.5,schedule.every=7,schedule.staircase=true",
    "adam:learning_rate=0.1,schedule=inverse-time,schedule.rate=0.5,schedule.every=7",
    "adam:learning_rate=0.1,schedule=step-decay,schedule.every=7",
    "adam:learning_rate=0.1,schedule=polynomial,schedule.over=20,schedule.power=2",
    "adam:learning_rate=0.1,schedule=linear-warm-up,schedule.over=9",
    "adam:learning_rate=0.1,schedule=multi-step,schedule.milestones=5-15",
    "momentum:learning_rate=0.1,rescale_velocity=true,schedule=multi-step,schedule.milestones=5-15",
]


def columns(text):
    """Returns the epochs, losses, and weights of a table as rows of numbers."""
    head, *rows = csv.reader(io.StringIO(text))
    weights = sorted((name for name in head if name[0] == "w" and name[1:].isdigit()), key=lambda name: int(name[1:]))
    places = [head.index(name) for name in ["epoch", "loss", *weights]]
    return [[float(row[place]) for place in places] for row in rows]


def assert_same_path(program, library, on, pick, *more, target="none", tolerance=1e-10):
    """Compares the path of a script with that of the program, which also ends where its weights no longer change."""
    run = ["--on", on, "--with", pick, "--epochs", "40", "--target", target, *more]
    script = program("export", "--as", library, *run)
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stderr}\n{script}"
    found, expected = columns(done.stdout), columns(program("train", *run, "--trace", "-"))
    assert len(found) >= len(expected) > 0
    for row, known in zip(found, expected, strict=False):
        for a, b in zip(row, known, strict=True):
            is_same = (math.isnan(a) and math.isnan(b)) or abs(a - b) <= tolerance * max(1, abs(b))
            assert is_same, f"{on} {pick}: {row} instead of {known}"


def optimizers(program, library):
    """Returns the names of the optimizers that can be exported, by the ids of their entries."""
    names = {}
    for entry in json.loads(program("list", "optimizers", "--json"))["optimizers"]:
        name, _, selection = (entry[library] or "").partition(" with ")
        if name and entry["family"] in ("first order", "sign based", "adaptive", "layer-wise", "parameter free"):
            arguments = [part if "=" in part else f"{part}=0.9" for part in selection.split(" and ") if part]
            names[entry["id"]] = ":".join([name, ",".join(arguments)]) if arguments else name
    return names


def compare_all(program, library, skipped):
    names = optimizers(program, library)
    assert len(names) > 10
    for entry, name in names.items():
        if entry not in skipped:
            tolerance = TOLERANCES.get(entry, 1e-10) if library == "optax" else 1e-10
            assert_same_path(program, library, "article", name, tolerance=tolerance)
    for problem in PROBLEMS:
        assert_same_path(program, library, problem, "momentum:learning_rate=0.001")
    for pick in OPTIONS:
        assert_same_path(program, library, "article", pick)
    assert_same_path(program, library, "rosenbrock", "adam:learning_rate=0.1", "--start=-2,2", target="100")


def test_scripts_of_torch_make_the_same_paths(program):
    torch = pytest.importorskip("torch")
    missing = {name for name in optimizers(program, "torch").values() if not hasattr(torch.optim, short(name))}
    skipped = {entry for entry, name in optimizers(program, "torch").items() if name in missing}
    # NAdam of PyTorch 1 has a factor too many.
    compare_all(program, "torch", skipped | ({"nadam"} if torch.__version__ < "2" else set()))


def short(name):
    return name.partition(":")[0].rpartition(".")[2]


def test_scripts_of_optax_make_the_same_paths(program):
    pytest.importorskip("optax")
    # optax.rprop applies each step one epoch late, so it is refused.
    compare_all(program, "optax", {"irprop-minus"})


@pytest.mark.parametrize("library", ["torch", "optax"])
def test_the_package_returns_the_script_of_the_shell(library, program, tmp_path):
    path = tmp_path / "script.py"
    script = tw.export("rosenbrock", "adam:learning_rate=0.1", library=library, path=path, epochs=50)
    words = ["--on=rosenbrock", "--with=adam:learning_rate=0.1", "--epochs=50"]
    assert script == program("export", f"--as={library}", *words) == path.read_text(encoding="utf-8")
    run = tw.train("rosenbrock", "adam:learning_rate=0.1", epochs=50)[0]
    assert tw.export(run, library=library) == script


def test_the_script_of_a_tuned_run_has_its_settings():
    runs = tw.train("article", ["rprop", "adam"], tune=True)
    pick = runs._native.pick(1)
    rate = pick.split("learning_rate=")[1]
    script = tw.export(runs[1])
    assert f"lr={rate}" in script
    assert f"--with {pick}" in script
    assert "--tune" not in script


def test_what_the_package_cannot_export_is_an_error():
    runs = tw.train("article", ["rprop", "adam"], epochs=3)
    problem = tw.Problem(lambda w: float(w @ w), start=[1.0, 2.0], gradient=lambda w: 2 * w)
    cases = [
        (lambda: tw.export(runs), "a script contains one run, but there are 2 optimizers"),
        (lambda: tw.export(runs[0], "adam"), "a run has its own optimizer"),
        (lambda: tw.export("article"), "`optimizers` is missing"),
        (lambda: tw.export(problem, "adam"), "written in Python cannot be exported"),
        (lambda: tw.export("article", "adam", library="keras"), "keras"),
        (lambda: tw.export("article", "adam", batch=2), "mini-batches cannot be exported"),
    ]
    for call, message in cases:
        with pytest.raises(tw.Error) as error:
            call()
        assert message in str(error.value)
