//! `thalweg explore`: the page with an initial experiment.

mod common;

use common::TestFolder;

/// Returns the experiment that is embedded in the page.
fn written(page: &str) -> &str {
    let (_, rest) = page
        .split_once(r#"id="experiment">"#)
        .expect("the element of the experiment");
    rest.split_once("</script>").expect("its end tag").0
}

#[test]
fn the_page_contains_the_experiment() {
    let folder = TestFolder::new();
    let output = folder.done(&["explore"]);
    assert_eq!(output, "wrote thalweg.html; open it in a browser\n");
    // Without arguments the page shows the five algorithms of the article.
    let page = folder.read("thalweg.html");
    assert_eq!(written(&page), r#"{"address":"","files":[]}"#);

    folder.refused(&["explore", "-o", "page.txt"], &["-o page.txt", ".html"]);
    let args = ["explore", "--on", "formula:x^2<y", "-o", "bad.html"];
    folder.refused(&args, &["formula"]);
    let args = [
        "explore",
        "--on",
        "rosenbrock",
        "--with",
        "adam",
        "--start=-1,2",
        "--epochs",
        "50",
        "-o",
        "race.html",
    ];
    folder.done(&args);
    let page = folder.read("race.html");
    assert_eq!(
        written(&page),
        r#"{"address":"on=rosenbrock&with=adam&start=-1,2&epochs=50","files":[]}"#
    );
}

#[test]
fn the_page_contains_the_data_file() {
    let folder = TestFolder::new();
    folder.write("data.csv", "a,b,y\n0,1,1\n1,0,0\n</script>,1,1\n");
    folder.refused(&["explore", "--on", "data.csv"], &["data.csv, line 4"]);
    folder.write("data.csv", "a,b,y\n0,1,1\n1,0,0\n");
    folder.done(&["explore", "--on", "data.csv", "--with", "rprop"]);
    let page = folder.read("thalweg.html");
    assert!(written(&page).contains(r#""files":["data.csv","YSxiLHkKMCwxLDEKMSwwLDAK"]"#));
    assert!(page.contains(r"on=data.csv"));
}

#[test]
fn the_page_contains_the_view() {
    let folder = TestFolder::new();
    let seen = ["--window", "-2,1,-3,0", "--figure", "surface:azimuth=30"];
    folder.done(&[&["explore", "--with", "rprop"], &seen[..]].concat());
    let page = folder.read("thalweg.html");
    assert_eq!(
        written(&page),
        r#"{"address":"on=article&with=rprop&figure=surface:azimuth=30&window=-2,1,-3,0","files":[]}"#
    );
    let plane = ["--on", "mlp:data=moons", "--plane", "seed:3"];
    folder.done(&[&["explore", "--with", "rprop"], &plane[..]].concat());
    let page = folder.read("thalweg.html");
    assert!(written(&page).contains("plane=seed:3"));

    folder.refused(&["explore", "--figure", "surfase"], &["surfase", "surface"]);
    folder.refused(&["explore", "--window", "1,2,3"], &["four numbers, not 3"]);
    folder.refused(&["explore", "--plane", "w1,w9"], &["w9"]);
}

#[test]
fn invalid_input_is_rejected() {
    let folder = TestFolder::new();
    folder.refused(&["explore", "--on", "artikle"], &["artikle"]);
    folder.refused(
        &["explore", "--on", "article", "--with", "rprob"],
        &["rprob", "rprop"],
    );
}
