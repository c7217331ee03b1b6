//! Scripts for other libraries. `python/tests/test_export.py` runs them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]

mod common;
use common::TestFolder;

#[test]
fn a_script_contains_the_whole_run() {
    let folder = TestFolder::new();
    let with = "momentum:learning_rate=0.3,gradient_clip=norm";
    let script = folder.done(&[
        "export", "--as", "torch", "--on", "article", "--with", with, "--start", "1,2", "--epochs",
        "7",
    ]);
    for line in [
        "#     thalweg train --on article --with momentum:learning_rate=0.3,gradient_clip=norm --start 1,2 --epochs 7\n",
        "torch.set_default_dtype(torch.float64)\n",
        "EPOCHS = 7\nTARGET = 0.125  #",
        "X = torch.tensor([\n    [0.9, 0.3],\n",
        "    z = a @ w[0].T\n    z = z[:, 0]\n    p = torch.sigmoid(z)\n    return ((p - Y) ** 2).mean()\n",
        "    torch.tensor([[1.0, 2.0]], requires_grad=True),\n",
        "optimizer = torch.optim.SGD(w, lr=0.3, momentum=0.9)\n",
        "    if norm > 1:\n",
        "    value.backward()\n    norm = torch",
    ] {
        assert!(script.contains(line), "no `{line}` in:\n{script}");
    }
}

#[test]
fn the_names_and_the_options_of_optax_are_written() {
    let folder = TestFolder::new();
    let script = |with: &str| {
        let on = "formula:(1-x)^2+3*|y|";
        let arguments = [
            "export", "--as", "optax", "--on", on, "--with", with, "-o", "run.py",
        ];
        folder.done(&arguments);
        folder.read("run.py")
    };
    let adam = script("adam:learning_rate=0.1,weight_decay=0.5,schedule=cosine,schedule.over=20");
    for line in [
        "    return (1 - x)**2 + 3 * jnp.where(y < 0, -y, y)\n",
        "    jnp.array([-3.0, 2.0]),\n",
        "    return 0.1 * (1 + jnp.cos(math.pi * jnp.minimum(t, 20.0) / 20.0)) / 2\n",
        "optimizer = optax.chain(optax.add_decayed_weights(0.5), optax.adam(learning_rate=rate, b1=0.9, b2=0.999, eps=1e-8))\n",
        "update(gradient, state, w)\n",
    ] {
        assert!(adam.contains(line), "no `{line}` in:\n{adam}");
    }
    let dog = script("optax.dog");
    assert!(
        dog.contains("optax.with_extra_args_support(optax.contrib.dog("),
        "{dog}"
    );
    assert!(
        dog.contains("update(gradient, state, w, value=value)\n"),
        "{dog}"
    );
}

#[test]
fn a_line_break_in_a_pick_does_not_end_the_comment() {
    let folder = TestFolder::new();
    let on = "formula:x^2\n+y^2";
    let script = folder.done(&["export", "--as", "torch", "--on", on, "--with", "adam"]);
    let (heading, _) = script.split_once("import math").unwrap();
    assert!(
        heading.lines().all(|line| line.starts_with('#')),
        "{heading}"
    );
}

#[test]
fn what_a_library_lacks_is_refused_with_the_nearest() {
    let folder = TestFolder::new();
    for file in ["x.txt", "x"] {
        folder.refused(
            &["export", "--as", "torch", "--with", "adam", "-o", file],
            &["must be .py", "write -o x.py"],
        );
    }
    let cases: [(&[&str], &[&str]); 16] = [
        (&["--as", "tf", "--with", "adam"], &["tf", "torch, optax"]),
        (&["--as", "torch"], &["export needs an optimizer"]),
        (
            &["--as", "torch", "--with", "adam", "--with", "rprop"],
            &["2 optimizers", "give one --with"],
        ),
        (
            &["--as", "torch", "--with", "lion"],
            &[
                "PyTorch does not have `lion`",
                "use --as optax, where it is optax.lion",
            ],
        ),
        (
            &["--as", "torch", "--with", "rprop"],
            &[
                "does not have `rprop`",
                "the nearest is `irprop-minus`",
                "torch.optim.Rprop",
            ],
        ),
        (
            &["--as", "optax", "--with", "irprop-minus"],
            &["does not make the same steps", "use --as torch"],
        ),
        (
            &["--as", "torch", "--with", "bfgs"],
            &["does not have `bfgs`"],
        ),
        (
            &["--as", "torch", "--with", "recorded:path=run.csv"],
            &["a recorded run cannot be exported"],
        ),
        (
            &["--as", "torch", "--with", "adam:epsilon_root=0.1"],
            &[
                "torch.optim.Adam does not have this setting",
                "use epsilon_root=0",
            ],
        ),
        (
            &["--as", "optax", "--with", "rmsprop"],
            &["`epsilon=1e-8` cannot be exported", "use epsilon=0"],
        ),
        (
            &["--as", "torch", "--with", "adam:cautious=true"],
            &["remove cautious"],
        ),
        (
            &["--as", "torch", "--with", "adam:regularizer=l2"],
            &["use weight_decay"],
        ),
        (
            &[
                "--as",
                "torch",
                "--with",
                "adam:weight_decay=1,weight_decay_form=decoupled",
            ],
            &["no decoupled weight decay", "adamw"],
        ),
        (
            &["--as", "torch", "--with", "adam:schedule=cyclic"],
            &["`cyclic`", "choose one of: constant, exponential"],
        ),
        (
            &["--as", "torch", "--with", "adam", "--batch", "2"],
            &["mini-batches cannot be exported"],
        ),
        (
            &["--as", "torch", "--with", "adam", "--on", "deep-linear"],
            &["`deep-linear` cannot be exported", "choose a formula"],
        ),
    ];
    folder.write("run.csv", "w1,w2\n-4,-4\n-3,-3\n");
    for (arguments, words) in cases {
        let arguments = [&["export", "-o", "run.py"], arguments].concat();
        folder.refused(&arguments, words);
    }
}

#[test]
fn a_recipe_contains_the_names_of_the_catalog() {
    let folder = TestFolder::new();
    folder.done(&["draw", "contour", "--with", "torch.Rprop", "-o", "a.svg"]);
    let recipe = folder.done(&["recipe", "a.svg"]);
    assert!(
        recipe.contains("--with irprop-minus:initial_step=0.01"),
        "{recipe}"
    );
}
