//! `thalweg explore`: a page set to an experiment.

mod common;

use common::TestFolder;

/// What stands in the page's place for its experiment.
fn written(page: &str) -> &str {
    let (_, rest) = page.split_once(r#"id="experiment">"#).expect("a place");
    rest.split_once("</script>").expect("its end").0
}

#[test]
fn the_page_is_set_to_the_experiment() {
    let place = TestFolder::new();
    let said = place.done(&["explore"]);
    assert_eq!(said, "wrote thalweg.html: open it in a browser\n");
    // The article's five are what it shows where nothing is said.
    let page = place.read("thalweg.html");
    assert_eq!(written(&page), r#"{"address":"","files":[]}"#);

    place.refused(&["explore", "-o", "page.txt"], &["-o page.txt", ".html"]);
    let args = ["explore", "--on", "formula:x^2<y", "-o", "bad.html"];
    place.refused(&args, &["formula"]);
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
    place.done(&args);
    let page = place.read("race.html");
    assert_eq!(
        written(&page),
        r#"{"address":"on=rosenbrock&with=adam&start=-1,2&epochs=50","files":[]}"#
    );
}

#[test]
fn a_data_file_comes_along() {
    let place = TestFolder::new();
    place.write("data.csv", "a,b,y\n0,1,1\n1,0,0\n</script>,1,1\n");
    place.refused(&["explore", "--on", "data.csv"], &["data.csv, line 4"]);
    place.write("data.csv", "a,b,y\n0,1,1\n1,0,0\n");
    place.done(&["explore", "--on", "data.csv", "--with", "rprop"]);
    let page = place.read("thalweg.html");
    assert!(written(&page).contains(r#""files":["data.csv","YSxiLHkKMCwxLDEKMSwwLDAK"]"#));
    assert!(page.contains(r"on=data.csv"));
}

#[test]
fn the_page_is_set_to_what_is_seen() {
    let place = TestFolder::new();
    let seen = ["--window", "-2,1,-3,0", "--figure", "surface:azimuth=30"];
    place.done(&[&["explore", "--with", "rprop"], &seen[..]].concat());
    let page = place.read("thalweg.html");
    assert_eq!(
        written(&page),
        r#"{"address":"on=article&with=rprop&figure=surface:azimuth=30&window=-2,1,-3,0","files":[]}"#
    );
    let plane = ["--on", "mlp:data=moons", "--plane", "seed:3"];
    place.done(&[&["explore", "--with", "rprop"], &plane[..]].concat());
    let page = place.read("thalweg.html");
    assert!(written(&page).contains("plane=seed:3"));

    place.refused(&["explore", "--figure", "surfase"], &["surfase", "surface"]);
    place.refused(&["explore", "--window", "1,2,3"], &["3 numbers, not four"]);
    place.refused(&["explore", "--plane", "w1,w9"], &["w9"]);
}

#[test]
fn wrong_input_is_refused() {
    let place = TestFolder::new();
    place.refused(&["explore", "--on", "artikle"], &["artikle"]);
    place.refused(
        &["explore", "--on", "article", "--with", "rprob"],
        &["rprob", "rprop"],
    );
}
