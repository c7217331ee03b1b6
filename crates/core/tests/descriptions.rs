//! Descriptions that are created at run time work like constant ones.

use std::borrow::Cow;
use thalweg::{
    catalog::{
        DefaultValue, EntryMetadata, Family, Interval, Kind, NameElsewhere, NamesElsewhere, Param,
        Settings,
    },
    inspect::{Channel, Quantity, Shape},
    need::Need,
    optimizer::{ConfiguredOptimizer, StepOutcome, Stepper},
    oracle::Oracle,
    problems,
    run::{Budget, Run},
    trace::Trace,
};

/// Gradient descent with a channel that is described at run time.
struct Foreign {
    channel: Channel,
    step: Vec<f64>,
}

impl ConfiguredOptimizer for Foreign {
    fn start(&self, w: &[f64], _: &mut Oracle) -> Box<dyn Stepper> {
        Box::new(Self {
            channel: self.channel.clone(),
            step: vec![0.0; w.len()],
        })
    }
}

impl Stepper for Foreign {
    fn step(&mut self, w: &mut [f64], oracle: &mut Oracle) -> StepOutcome {
        oracle.value_and_gradient(w, &mut self.step);
        for (w, step) in w.iter_mut().zip(&mut self.step) {
            *step *= -0.01;
            *w += *step;
        }
        StepOutcome::Continue
    }

    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        visit(&self.channel, &self.step);
    }

    fn needs(&self) -> &[Need] {
        &[]
    }

    fn is_autonomous(&self) -> bool {
        true
    }
}

#[test]
fn a_channel_described_at_run_time_is_recorded() {
    let layer = String::from("layer 1");
    let channel = Channel {
        name: format!("step of {layer}").into(),
        help: format!("Step of {layer}.").into(),
        quantity: Quantity::Displacement,
        shape: Shape::Vector,
    };
    let booth = problems::REGISTRY
        .build(&"booth".parse().unwrap(), None)
        .unwrap();
    let optimizer = Foreign {
        channel,
        step: Vec::new(),
    };
    let budget = Budget {
        epochs: 3,
        target: None,
        tolerance: None,
    };
    let trace = Trace::record(Run::new(
        &*booth.objective,
        &optimizer,
        &booth.start,
        budget,
    ));
    let series = trace.series("step of layer 1").unwrap();
    for epoch in 1..=3 {
        let moved = trace.at(epoch).iter().zip(trace.at(epoch - 1));
        let moved: Vec<f64> = moved.map(|(to, from)| to - from).collect();
        for (moved, step) in moved.iter().zip(series.at(epoch)) {
            assert!((moved - step).abs() < 1e-12, "epoch {epoch}");
        }
    }
    assert!(trace.to_csv().contains(",step of layer 1_1,"));
}

#[test]
fn settings_described_at_run_time_are_checked() {
    let param = Param {
        name: String::from("decay").into(),
        help: "Decay rate.".into(),
        kind: Kind::Number,
        preset: DefaultValue::Number(0.5),
        valid: Interval {
            high: 1.0,
            ..Interval::POSITIVE
        },
        slider: Interval::POSITIVE,
        log: false,
        tuned: false,
        per_gradient: false,
        loss_bound: false,
        at_most: None,
        unless: None,
        torch: NameElsewhere {
            name: "lr_decay".into(),
            preset: "".into(),
        },
        optax: NameElsewhere::default(),
    };
    let text = |text: &str| Cow::Owned(text.to_owned());
    let about = EntryMetadata {
        id: text("mine"),
        title: text("Mine"),
        summary: text("A rule of a user."),
        formula: text(""),
        details: text(""),
        family: Some(Family::FirstOrder),
        cite: text(""),
        variant: text(""),
        variants_of: text(""),
        elsewhere: NamesElsewhere {
            torch: text("torch.optim.Mine"),
            ..NamesElsewhere::default()
        },
        without_matrices: text(""),
        is_open: false,
        params: vec![param].into(),
        shared: Cow::Borrowed(&[]),
        channels: Cow::Borrowed(&[]),
        why: Cow::Borrowed(&[]),
        needs: Cow::Borrowed(&[]),
        refused: Cow::Borrowed(&[]),
    };
    let read = |pick: &str| {
        let settings = Settings::of(&pick.parse().unwrap(), &about, None)?;
        let number: Result<f64, _> = settings.read(&about.params[0]);
        number.map_err(|error| *error)
    };
    assert_eq!(read("mine"), Ok(0.5));
    assert_eq!(read("mine:decay=0.9"), Ok(0.9));
    let error = |pick: &str| read(pick).unwrap_err().to_string();
    assert!(error("mine:decay=2").contains("`decay` cannot be `2`"));
    assert_eq!(error("mine:decy=1"), "`mine` has no setting `decy`");
    let help = |pick: &str| read(pick).unwrap_err().help().unwrap();
    assert_eq!(help("mine:decy=1"), "did you mean `decay`?");
    assert_eq!(help("mine:lr_decay=1"), "did you mean `decay`?");
    assert_eq!(help("mine:decay=0,5"), "did you mean `0.5`?");
}
