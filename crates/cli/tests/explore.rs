//! `thalweg explore`: a page set to an experiment.

mod common;

use common::Place;

/// What stands in the page's place for its experiment.
fn written(page: &str) -> &str {
    let (_, rest) = page.split_once(r#"id="experiment">"#).expect("a place");
    rest.split_once("</script>").expect("its end").0
}

#[test]
fn the_page_is_set_to_the_experiment() {
    let place = Place::new();
    let said = place.done(&["explore"]);
    assert_eq!(said, "wrote thalweg.html: open it in a browser\n");
    let page = place.read("thalweg.html");
    assert!(
        written(&page).contains("search.tolerance=0.1"),
        "{}",
        written(&page)
    );

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
    let place = Place::new();
    place.write("data.csv", "a,b,y\n0,1,1\n1,0,0\n</script>,1,1\n");
    place.refused(&["explore", "--on", "data.csv"], &["data.csv, line 4"]);
    place.write("data.csv", "a,b,y\n0,1,1\n1,0,0\n");
    place.done(&["explore", "--on", "data.csv", "--with", "rprop"]);
    let page = place.read("thalweg.html");
    assert!(written(&page).contains(r#""files":["data.csv","YSxiLHkKMCwxLDEKMSwwLDAK"]"#));
    assert!(page.contains(r"on=data.csv"));
}

#[test]
fn wrong_input_is_refused() {
    let place = Place::new();
    place.refused(&["explore", "--on", "artikle"], &["artikle"]);
    place.refused(
        &["explore", "--on", "article", "--with", "rprob"],
        &["rprob", "rprop"],
    );
}
