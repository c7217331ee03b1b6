"""Classes of the catalog: their picks, defaults, and documentation."""

import inspect
import pickle

import pytest

import thalweg as tw
from thalweg._pick import Entry

MODULES = {
    "optimizers": tw.optimizers,
    "problems": tw.problems,
    "data-sets": tw.data_sets,
    "line-searches": tw.line_searches,
    "schedules": tw.schedules,
    "regularizers": tw.regularizers,
    "gradient-clips": tw.gradient_clips,
    "auxiliary-rules": tw.auxiliary_rules,
    "figures": tw.figures,
}


def test_every_entry_of_the_catalog_is_a_class():
    catalog = tw.catalog()
    assert set(catalog) == set(MODULES)
    for name, module in MODULES.items():
        classes = [getattr(module, entry) for entry in module.__all__]
        assert sorted(c.id for c in classes) == sorted(entry["id"] for entry in catalog[name])
        assert all(issubclass(c, Entry) for c in classes)


def test_the_text_of_an_entry_is_a_pick():
    search = tw.line_searches.GoldenSection(tolerance=1e-3)
    for entry, text in [
        (tw.optimizers.Rprop(), "rprop"),
        (tw.optimizers.Rprop(initial_step=0.1, increase=1.3), "rprop:increase=1.3"),
        (tw.optimizers.Adam(0.5, beta1=0), "adam:learning_rate=0.5,beta1=0"),
        (tw.optimizers.GradientDescent(search=search), "gradient-descent:search=golden-section,search.tolerance=0.001"),
        (tw.problems.Formula("x^2+y^2"), "formula:formula=x^2+y^2"),
        (tw.problems.Mlp(layers="2-3-1", data=tw.data_sets.Moons()), "mlp:layers=2-3-1,data=moons"),
    ]:
        assert str(entry) == text
        assert pickle.loads(pickle.dumps(entry)) == entry
        assert eval(repr(entry), vars(inspect.getmodule(entry)) | vars(tw.line_searches) | vars(tw.data_sets)) == entry


def test_a_class_trains_as_its_text():
    entries = tw.train(
        tw.problems.Rosenbrock(),
        [tw.optimizers.Adam(0.1), tw.optimizers.Rprop(regularizer=None)],
        epochs=20,
    )
    texts = tw.train("rosenbrock", ["adam:learning_rate=0.1", "rprop"], epochs=20)
    assert entries.spec == texts.spec
    assert entries[0].weights.tobytes() == texts[0].weights.tobytes()


def test_an_invalid_value_names_the_setting():
    with pytest.raises(tw.Error, match="`beta1` must be a number, but it is None"):
        str(tw.optimizers.Adam(beta1=None))
    with pytest.raises(TypeError, match="learn_rate"):
        tw.optimizers.Adam(learn_rate=1)
    with pytest.raises(tw.Error, match="beta1"):
        tw.train("article", tw.optimizers.Adam(beta1=2))


@pytest.mark.parametrize("name", tw.optimizers.__all__)
def test_the_documentation_of_an_optimizer_is_complete(name):
    entry = next(e for e in tw.catalog()["optimizers"] if e["id"] == getattr(tw.optimizers, name).id)
    text = inspect.getdoc(getattr(tw.optimizers, name))
    assert text.startswith(entry["summary"][:60])
    for line in (entry["formula"] or "").splitlines():
        assert line.strip() in text
    for setting in entry["params"]:
        assert f"\n    {setting['name']}: " in text
    for channel in entry["channels"]:
        assert channel["name"] in text


def test_help_shows_formula_ranges_and_paper():
    text = inspect.getdoc(tw.optimizers.Adam)
    assert "beta1: " in text
    assert "a number of at least 0 and below 1" in text
    assert "In PyTorch: torch.optim.Adam." in text
    assert "Adam: A Method for Stochastic Optimization" in text
    assert inspect.signature(tw.optimizers.Adam).parameters["beta1"].default == 0.9
    # The problem determines the learning rate.
    assert inspect.signature(tw.optimizers.Momentum).parameters["learning_rate"].default is ...


def test_the_catalog_states_what_tuning_searches():
    optimizers = {entry["id"]: entry for entry in tw.catalog()["optimizers"]}
    tuned = [param for param in optimizers["adam"]["params"] if param["tuned"]]
    assert [param["name"] for param in tuned] == ["learning_rate"]
    sentence = "Tuning searches learning_rate from 0.00001 to 10 (log)."
    assert sentence in tw.show("adam")
    assert sentence in tw.optimizers.Adam.__doc__
