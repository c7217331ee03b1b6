//! `thalweg article`.

#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;

const FIGURES: [&str; 16] = [
    "01-data-scatter",
    "02-error-contour",
    "03-gradient-descent",
    "04-gradient-descent-zoom",
    "05-momentum",
    "06-momentum-zoom-speeding-up",
    "07-momentum-zoom-slowing-down",
    "08-momentum-3d",
    "09-rprop",
    "10-rprop-first-11-steps",
    "11-rprop-11th-to-14th",
    "12-irprop-plus",
    "13-irprop-plus-second-part",
    "14-golden-search",
    "15-all-algorithms",
    "16-compare-epochs",
];
const TRACES: [(&str, usize); 5] = [
    ("gradient-descent", 797),
    ("momentum", 92),
    ("rprop", 20),
    ("irprop-plus", 17),
    ("golden-search", 2),
];

/// Returns the width and height in the first line of an SVG.
fn svg_size(svg: &str) -> [f64; 2] {
    let after = |key: &str| svg.split_once(key).unwrap().1.split('"').next().unwrap();
    [" width=\"", " height=\""].map(|key| after(key).parse().unwrap())
}

#[test]
fn writes_exactly_the_files_of_the_article() {
    let folder = TestFolder::new();
    let out = folder.done(&["article"]);
    assert!(
        out.contains("797") && out.contains("article/index.html"),
        "{out}"
    );
    let names: Vec<String> = folder
        .files("article")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut expected: Vec<String> = ["explore.html", "index.html", "summary.csv", "summary.md"]
        .map(str::to_owned)
        .into();
    expected.extend(
        FIGURES
            .iter()
            .flat_map(|f| ["png", "svg"].map(|end| format!("figures/{f}.{end}"))),
    );
    expected.extend(TRACES.iter().map(|(id, _)| format!("traces/{id}.csv")));
    expected.sort();
    assert_eq!(names, expected);

    for figure in FIGURES {
        let svg = folder.read(&format!("article/figures/{figure}.svg"));
        assert!(
            svg.starts_with("<svg") && svg.ends_with("</svg>\n"),
            "{figure}"
        );
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{figure}");
        let file =
            std::fs::File::open(folder.path(&format!("article/figures/{figure}.png"))).unwrap();
        let reader = png::Decoder::new(std::io::BufReader::new(file))
            .read_info()
            .unwrap();
        let (width, height) = reader.info().size();
        assert_eq!(
            [width, height].map(f64::from),
            svg_size(&svg).map(|px| 2.0 * px),
            "{figure}"
        );
    }

    for (id, epochs) in TRACES {
        let trace = folder.read(&format!("article/traces/{id}.csv"));
        assert!(
            trace.starts_with("epoch,w1,w2,loss,value_calls,gradient_calls"),
            "{id}"
        );
        assert_eq!(trace.lines().count(), 1 + 1 + epochs, "{id}");
    }
}

#[test]
fn the_summary_has_the_articles_numbers() {
    let folder = TestFolder::new();
    folder.done(&["article", "--out", "a/b"]);
    let summary = folder.read("a/b/summary.csv");
    let mut reader = csv_rows(&summary);
    assert_eq!(
        reader.next().unwrap(),
        [
            "algorithm",
            "optimizer",
            "epochs",
            "loss",
            "w1",
            "w2",
            "value_calls",
            "gradient_calls"
        ]
    );
    let expected = [
        (
            "Gradient Descent",
            "797",
            [
                0.124_979_660_231_928_19,
                2.376_613_099_606_531,
                -3.032_590_878_645_686,
            ],
        ),
        (
            "Momentum",
            "92",
            [
                0.124_981_310_672_546_53,
                2.488_561_765_375_191,
                -2.989_806_367_833_873,
            ],
        ),
        (
            "RPROP",
            "20",
            [
                0.120_425_347_664_003_8,
                2.625_747_478_246_194,
                -3.504_665_986_626_354_5,
            ],
        ),
        (
            "iRPROP+",
            "17",
            [
                0.124_151_276_728_860_05,
                2.454_558_349_639_678_6,
                -3.088_779_434_606_591_3,
            ],
        ),
        (
            "Gradient Descent + Golden Search",
            "2",
            [
                0.121_184_039_457_161_29,
                3.133_207_527_617_601_2,
                -6.088_788_467_969_165,
            ],
        ),
    ];
    for (name, epochs, numbers) in expected {
        let row = reader.next().unwrap();
        assert_eq!((row[0].as_str(), row[2].as_str()), (name, epochs));
        for (found, expected) in row[3..6].iter().zip(numbers) {
            let found: f64 = found.parse().unwrap();
            assert!(
                (found - expected).abs() <= 1e-12 * expected.abs(),
                "{name}: {found} {expected}"
            );
        }
        // The pick reproduces the row.
        let again = folder.done(&["train", "--on", "article", "--with", &row[1]]);
        assert!(again.contains(&row[3]), "{again}");
    }
    assert!(reader.next().is_none());
}

/// Splits a CSV text without escaped quotes into rows.
fn csv_rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    text.lines().map(|line| {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    })
}

#[test]
fn the_page_is_self_contained() {
    let folder = TestFolder::new();
    folder.done(&["article"]);
    let page = folder.read("article/index.html");
    for loads in [
        "src=\"",
        "<link",
        "@import",
        "url(http",
        "url(\"http",
        "<iframe",
    ] {
        assert!(!page.contains(loads), "{loads}");
    }
    assert_eq!(page.matches("<script>").count(), 1);
    // Its links lead to files in the same folder.
    let links = page.split("href=\"").skip(1);
    let links: Vec<&str> = links.map(|rest| rest.split('"').next().unwrap()).collect();
    let beside: Vec<_> = links
        .iter()
        .filter(|link| !link.starts_with("http"))
        .collect();
    assert!(beside.len() > 10, "{links:?}");
    for link in beside {
        let (file, address) = link.split_once('#').unwrap();
        assert!(folder.path(&format!("article/{file}")).is_file(), "{link}");
        assert!(address.starts_with("on=article"), "{link}");
    }
    let five = "with=gradient-descent:search=golden-section\"";
    assert!(page.contains(five));
    let mut ids: Vec<&str> = page
        .match_indices(" id=\"")
        .map(|(i, key)| page[i + key.len()..].split('"').next().unwrap())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(
        count > 16 && ids.len() == count,
        "{count} ids, {} of them different",
        ids.len()
    );
    for referenced in page
        .split("url(#")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
    {
        assert!(ids.binary_search(&referenced).is_ok(), "{referenced}");
    }
    assert!(page.contains("gradient-descent:learning_rate=10") && page.contains("<td>25</td>"));
}

#[test]
fn the_same_bytes_every_time() {
    let folder = TestFolder::new();
    folder.done(&["article", "--out", "one"]);
    folder.done(&["article", "--out", "two"]);
    // The second run replaces the files of the first.
    folder.done(&["article", "--out", "two"]);
    let (one, two) = (folder.files("one"), folder.files("two"));
    assert_eq!(one.len(), two.len());
    for (a, b) in one.iter().zip(&two) {
        assert!(a == b, "{} differs", a.0);
    }
}
