//! Valid inputs of each kind, and the words that their parsers know.

use std::{fs, process::Command};
use tempfile::TempDir;

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

pub(crate) fn picks() -> Vec<Vec<u8>> {
    texts(&[
        "article",
        "rosenbrock:a=1,b=100",
        "mlp:layers=2-3-1,data=moons,activation=relu,loss=binary-cross-entropy",
        "perceptron:data=six-points,bias=trained",
        "formula:(1-x)^2+100*(y-x^2)^2,start=-1.5,2,window=-2,2,-1,3",
        "quadratic:condition=100,angle=30",
        "momentum:learning_rate=0.3,momentum=0.9,schedule=cosine,schedule.over=100",
        "adam:learning_rate=0.1,beta1=0.8,regularizer=l2",
        "rprop:decrease=0.4",
        "conjugate-gradient:beta=polak-ribiere,search=strong-wolfe",
        "levenberg-marquardt:damping=0.01",
        "bfgs:search=golden-section",
        "lbfgs:memory=5",
        "adam:batch=2,gradient_clip=norm,gradient_clip.limit=0.5",
    ])
}

pub(crate) fn formulas() -> Vec<Vec<u8>> {
    texts(&[
        "x^2+y^2",
        "(1-x)^2+100*(y-x^2)^2",
        "2x(y+1) - sin(3*pi*x)*exp(-y^2)",
        "max(abs(x), min(y, 1))^1.5 / (1 + tanh(x*y))",
        "ln(1+x^2) + sqrt(abs(y)) - e^-x",
        "w1^2+w2^4",
        "|x|^3 + x² + sigmoid(y) + atan2(y, x) + cosh(x/9) + floor(y)",
    ])
}

pub(crate) fn tables() -> Vec<Vec<u8>> {
    texts(&[
        "a,b,y\n1,2,0\n3,-1,1\n0.5,4,1\n",
        "\"a\",\"b, c\",\"y\"\n1,2,0\n3,4,1\n",
        "x1;x2;target\r\n1,5;2;0\r\n3;-1,25;1\r\n",
        "length,width,kind\n1,2,round\n3,4,pointed\n2,2,round\n",
        "1,2,0\n3,4,1\n5,6,1\n",
        "a b y\n1 2 0\n3 4 1\n",
    ])
}

pub(crate) fn records() -> Vec<Vec<u8>> {
    let mut all = texts(&["epoch,w1,w2,loss\n0,-4,-4,0.7\n1,-3.5,-3,0.6\n2,-3,-2.5,0.5\n"]);
    all.push(include_bytes!("../../../core/tests/records/xy.npz").to_vec());
    all.push(npy("<f8", &[3, 2], &[0_u8; 48]));
    all.push(npy("<f4", &[2, 2], &[0_u8; 16]));
    all
}

/// Returns a NumPy array file, version 1.
fn npy(kind: &str, shape: &[usize], data: &[u8]) -> Vec<u8> {
    let shape: Vec<String> = shape.iter().map(ToString::to_string).collect();
    let shape = shape.join(", ") + ",";
    let mut header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({shape}), }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let length = u16::try_from(header.len()).unwrap().to_le_bytes();
    [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes(), data].concat()
}

pub(crate) fn sweeps() -> Vec<Vec<u8>> {
    texts(&[
        "on = [\"article\"]\nwith = [\"momentum\", \"rprop\"]\nepochs = 10\n",
        "on = [\"rosenbrock\", \"beale\"]\nwith = [\"adam\"]\nstarts = { random = 5 }\nseeds = [1, 2]\n\
         [over]\nlearning_rate = \"1e-3..1:log:4\"\n",
        "on = [\"quadratic\"]\nwith = [\"adam\", \"rmsprop\"]\nseeds = { from = 1, count = 3 }\ntarget = 0.1\n\
         [over]\nlearning_rate = [0.1, 0.2]\nbeta1 = [0.8, 0.9]\n",
    ])
}

pub(crate) fn benchmarks() -> Vec<Vec<u8>> {
    texts(&[
        "version = 1\nwith = [\"adam\", \"sign based\"]\n[[problem]]\non = \"article\"\n",
        "title = \"T\"\nsearch = \"grid\"\nstudies = 2\nbudget = 50\nseed = 3\n[[problem]]\nname = \"n\"\non = \"ravine\"\n\
         gradient_noise = 0.1\nstart = [1, 2]\nbudget = 9\n",
        "[[group]]\nname = \"g\"\nwith = \"rprop\"\n[[group]]\nwith = [\"adam:beta1=0.5\"]\n[[problem]]\non = \"saddle\"\n\
         target = -1\n",
    ])
}

pub(crate) fn addresses() -> Vec<Vec<u8>> {
    texts(&[
        "on=article&with=rprop&start=-4,-4",
        "on=rosenbrock&with=adam:learning_rate=0.3&with=momentum&epochs=200&window=-2,2,-1,3",
        "on=mlp:data=moons&with=rprop&plane=path&target=0.01",
        "on=formula:x%5E2%2By%5E2&with=gradient-descent&figure=surface",
        "on=booth&with=rprop&tolerance=1e-9&plane=w1,w2",
        "on=beale&with=lbfgs&run=1&at=5",
    ])
}

/// Pictures of every format, drawn by the program.
pub(crate) fn recipes() -> Vec<Vec<u8>> {
    let folder = TempDir::new().unwrap();
    let draw = |words: &[&str], name: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_thalweg"));
        let words = [
            words,
            &[
                "--on", "article", "--with", "rprop", "--epochs", "2", "-o", name,
            ],
        ]
        .concat();
        assert!(
            program
                .args(words)
                .current_dir(folder.path())
                .output()
                .unwrap()
                .status
                .success()
        );
        fs::read(folder.path().join(name)).unwrap()
    };
    vec![
        draw(&["draw", "loss"], "a.svg"),
        draw(&["draw", "loss", "--scale", "1"], "a.png"),
        draw(&["draw", "loss"], "a.pdf"),
        draw(&["draw", "loss"], "a.html"),
    ]
}

pub(crate) fn command_lines() -> Vec<Vec<u8>> {
    texts(&[
        "train\n--on\narticle\n--with\nrprop\n--trace\nout.csv",
        "draw\nloss\n--on\narticle\n--with\nrprop\n-o\nout.svg",
        "draw\ncontour\n--on\nbeale\n--with\nadam\n--window\n-2,2,-2,2\n--levels\nlog\n-o\nout.svg",
        "draw\nstep\n--on\narticle\n--with\nmomentum\n-o\nout.svg",
        "draw\ncontour\n--on\nrosenbrock\n--with\nrprop\n--start\n-1,1\n--size\n300x200\n-o\nout.svg",
        "map\nsettings\n--on\narticle\n--with\nmomentum\n--over\nlearning_rate=0.1..1:4\n-o\nout.svg",
    ])
}

/// The words that the parsers know.
#[allow(non_upper_case_globals, reason = "named like the kinds of inputs")]
pub(crate) mod tokens {
    pub(crate) const picks: &[&str] = &[
        "rosenbrock",
        "mlp:",
        "csv:",
        "recorded:",
        "perceptron",
        "iris",
        "xor",
        "learning_rate=",
        "schedule=",
        "search=",
        "layers=2-2-1",
        "layers=",
        "data=",
        "noise=",
        "seed=",
        "window=",
        "target=",
        "newton",
        "gauss-newton",
        "swa",
        "batch=",
        "gradient_clip=",
        "order=torch",
        "activation=",
    ];
    pub(crate) const formulas: &[&str] = &[
        "x", "y", "w1", "sin(", "cosh(", "atan2(", "sqrt(", "max(", "abs(", "sign(", "floor(",
        "log10(", "|x|", "x²", "^-", "^^", "pi", "e", "1/0", "2x", "0,5",
    ];
    pub(crate) const tables: &[&str] = &[
        "\"\"", "\",\"", "NA", "nan", "y", "a,b", "1e400", "yes", "0,5", "\n\n",
    ];
    pub(crate) const records: &[&str] = &[
        "w1",
        "w2",
        "loss",
        "epoch",
        "step",
        "# ",
        "<f8",
        "<f4",
        ">f8",
        "|O",
        "<U3",
        "(3, 2)",
        "(9999999999, 2)",
        "fortran_order",
        "True",
        "PK\u{3}\u{4}",
    ];
    pub(crate) const sweeps: &[&str] = &[
        "[over]",
        "on = ",
        "with = ",
        "starts = ",
        "seeds = ",
        "target = ",
        "\"none\"",
        "from",
        "to",
        "count",
        "[[",
        "true",
        "1979-05-27",
        "'''",
    ];
    pub(crate) const benchmarks: &[&str] = &[
        "[[problem]]",
        "[[group]]",
        "with = \"all\"",
        "search = ",
        "\"defaults\"",
        "studies = ",
        "trials = 1000000",
        "budget = ",
        "version = 2",
        "target = ",
        "batch = 2",
        "name = ",
    ];
    pub(crate) const addresses: &[&str] = &[
        "on=",
        "&with=",
        "&plane=",
        "path",
        "seed:1",
        "w2,w1",
        "&window=",
        "&figure=",
        "&at=",
        "&run=",
        "%",
        "%2",
        "%ff",
        "+",
        "mlp:layers=2-3-1",
        "&order=",
        "&batch=1",
        "&shuffle=",
    ];
    pub(crate) const recipes: &[&str] = &[
        "thalweg",
        "draw",
        "file ",
        "sha256",
        "<metadata>",
        "-->",
        "tEXt",
        "-o",
        "--on",
    ];
    pub(crate) const command_lines: &[&str] = &[
        "\n--size\n",
        "0x0",
        "9x9",
        "--theme\ndark\n",
        "\n--target\n",
        "\n--seed\n",
        "\n--plane\npath",
        "\n--help",
        "\n--save-data\nout.csv",
        "\n--samples\n",
        "\n-o\nout.csv",
        "state",
        "bars",
        "surface",
    ];
}
