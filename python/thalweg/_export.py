"""Scripts that repeat a run with another library."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from thalweg import _thalweg
from thalweg._runs import Run, Runs, chosen_optimizers, chosen_problem, chosen_runs
from thalweg._spec import Spec
from thalweg._thalweg import Error
from thalweg._words import OptimizerLike, Options, ProblemLike, options, paths, word


def exported(
    problem: Runs | Run | ProblemLike,
    optimizers: OptimizerLike | None,
    library: str,
    path: str | PathLike[str] | None,
    given: Options,
) -> str:
    """Returns the script, and writes it to a file if there is a path."""
    spec = _spec(problem, optimizers)
    if not spec.is_command:
        raise Error(
            "problems and optimizers that are written in Python cannot be exported: give a problem and an optimizer of "
            "the catalog"
        )
    words = ["export", *options({"as": word("library", library), **spec.options(), **given})]
    if path is None:
        return _thalweg.command(words)
    (output,) = paths("path", path)
    _thalweg.command([*words, *options({"output": output})])
    return Path(output).read_text(encoding="utf-8")


def _spec(problem: Runs | Run | ProblemLike, optimizers: OptimizerLike | None) -> Spec:
    """Returns the experiment of a run, or of a problem and an optimizer."""
    if isinstance(problem, (Run, Runs)):
        if optimizers is not None:
            raise Error("`optimizers` is given, but a run has its own optimizer: remove `optimizers`")
        return chosen_runs(problem)._with_tuned_settings()
    if optimizers is None:
        raise Error("`optimizers` is missing: give one, such as 'adam'")
    return Spec(chosen_problem(problem), chosen_optimizers(optimizers))
