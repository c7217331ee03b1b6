//! The program of a rule: operations on the numbers of each weight, and functions of whole blocks between them.

use super::language::{
    BlockFunction, GRADIENT, LOSS, MOVED, RuleText, STEP, Statement, Symbol, SymbolId, WEIGHT,
};
use crate::{
    numeric::{
        float::{Lanes, Scalar, SimdLanes, UnrolledLanes},
        linalg::dot,
        matrix::polar_factor,
    },
    objective::expression::{
        dual::{LaneNumber, Operator},
        operations::{NumberIndex, Operation, Operations, TapeNumber},
        tree::{ExpressionNode, Leaf, NodeId},
    },
    optimizers::matrix::blocks_of,
    run::optimizer::StepContext,
};
use fearless_simd::{Level, dispatch};

/// The operations of some statements, and the functions of blocks that they need.
#[derive(Clone, Debug, PartialEq)]
struct Segment {
    /// The results of block functions, which are computed first.
    blocks: Vec<SymbolId>,
    /// Their inputs are the symbols.
    operations: Operations,
    /// The new numbers of variables and of the displacement.
    results: Vec<(SymbolId, NumberIndex)>,
}

/// A rule that can make steps.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Program {
    /// The symbols of the rule.
    pub(super) symbols: Vec<Symbol>,
    segments: Vec<Segment>,
    /// Whether a formula uses the number of the step.
    pub(super) uses_step: bool,
}

/// The numbers that a rule keeps or computes, (dim, runs) row-major, by symbol. Other symbols have none.
pub(super) type Rows = Vec<Vec<f64>>;

/// What the statements of a rule have computed, as recorded numbers.
struct Recorder<'a> {
    values: Vec<TapeNumber<'a>>,
    /// The displacement, if a statement has moved the weight.
    moved: Option<TapeNumber<'a>>,
    assigned: Vec<SymbolId>,
}

impl<'a> Recorder<'a> {
    fn assign(&mut self, statement: &Statement, inputs: &[TapeNumber<'a>]) {
        let formula = &statement.formula;
        let values = formula.values(inputs[GRADIENT], &self.values);
        let number = |id: NodeId| values[id].number(inputs[GRADIENT]);
        if statement.target != WEIGHT {
            self.values[statement.target] = number(formula.root());
            if !self.assigned.contains(&statement.target) {
                self.assigned.push(statement.target);
            }
            return;
        }
        // The displacement of `w := w - X` is -X without a rounding error.
        self.moved = Some(match statement.displacement() {
            Some((is_negative, part)) => {
                let step = number(part);
                let step = if is_negative { -step } else { step };
                self.moved.map_or(step, |moved| moved + step)
            }
            None => number(formula.root()) - inputs[WEIGHT],
        });
        self.values[WEIGHT] = match self.moved {
            Some(moved) => inputs[WEIGHT] + moved,
            None => inputs[WEIGHT],
        };
    }
}

impl Statement {
    /// Returns the part X of a statement `w := w - X` or `w := w + X`, and whether it is subtracted.
    pub(super) fn displacement(&self) -> Option<(bool, NodeId)> {
        let is_weight = |id: NodeId| {
            let node = self.formula.node(id);
            *node == ExpressionNode::Leaf(Leaf::Input(WEIGHT))
        };
        match self.formula.node(self.formula.root()) {
            ExpressionNode::Binary(Operator::Subtract, a, b) if is_weight(*a) => Some((true, *b)),
            ExpressionNode::Binary(Operator::Add, a, b) if is_weight(*a) => Some((false, *b)),
            ExpressionNode::Binary(Operator::Add, a, b) if is_weight(*b) => Some((false, *a)),
            _ => None,
        }
    }
}

impl Program {
    /// Records the statements of a rule.
    pub(super) fn of(rule: &RuleText) -> Self {
        let mut segments: Vec<Vec<&Statement>> = Vec::new();
        for statement in &rule.statements {
            match segments.last_mut() {
                // The functions of a block need the results of all statements before.
                Some(segment) if statement.blocks.is_empty() => segment.push(statement),
                _ => segments.push(vec![statement]),
            }
        }
        let mut has_moved = false;
        let segments = segments.iter().map(|statements| {
            let segment = Segment::of(statements, rule.symbols.len(), has_moved);
            has_moved |= segment.results.iter().any(|(id, _)| *id == MOVED);
            segment
        });
        let segments: Vec<Segment> = segments.collect();
        let uses = |id: SymbolId| segments.iter().any(|segment| segment.uses(id));
        Self {
            uses_step: uses(STEP),
            symbols: rule.symbols.clone(),
            segments,
        }
    }

    /// Returns whether a step of a weight depends on other weights.
    pub(super) fn uses_blocks(&self) -> bool {
        self.segments
            .iter()
            .any(|segment| !segment.blocks.is_empty())
    }

    /// Returns rows of zeros, `count` numbers each, for the variables and the displacement.
    pub(super) fn rows(&self, count: usize) -> Rows {
        let symbols = self.symbols.iter().enumerate();
        let rows = symbols.map(|(id, symbol)| match symbol {
            Symbol::Variable(_) | Symbol::Block(..) => vec![0.0; count],
            Symbol::Known if id == MOVED => vec![0.0; count],
            Symbol::Known | Symbol::Setting(..) => Vec::new(),
        });
        rows.collect()
    }

    /// Replaces the gradient `d` by the displacement. `settings` returns the value of a setting in this step.
    pub(super) fn step(
        &self,
        d: &mut [f64],
        here: StepContext,
        rows: &mut Rows,
        setting: &dyn Fn(&str) -> Option<f64>,
    ) {
        rows[MOVED].resize(d.len(), 0.0);
        rows[MOVED].fill(0.0);
        let mut known: Vec<Option<f64>> = vec![None; self.symbols.len()];
        known[STEP] = Some((here.epoch + 1) as f64);
        for (known, symbol) in known.iter_mut().zip(&self.symbols) {
            if let Symbol::Setting(name, value) = symbol {
                *known = setting(name).or(Some(*value));
            }
        }
        if let [loss] = here.losses {
            known[LOSS] = Some(*loss);
        }
        for segment in &self.segments {
            for id in &segment.blocks {
                if let Symbol::Block(function, of) = &self.symbols[*id] {
                    let mut result = std::mem::take(&mut rows[*id]);
                    let numbers = match *of {
                        GRADIENT => d.to_vec(),
                        WEIGHT => {
                            let moved = here.weights.iter().zip(&rows[MOVED]);
                            moved.map(|(w, moved)| w + moved).collect()
                        }
                        other => rows[other].clone(),
                    };
                    apply(*function, &numbers, &mut result, here);
                    rows[*id] = result;
                }
            }
            segment.run(d, here, rows, &known);
        }
        d.copy_from_slice(&rows[MOVED]);
    }
}

/// Applies a function to each block of `numbers`.
fn apply(function: BlockFunction, numbers: &[f64], result: &mut Vec<f64>, here: StepContext) {
    result.resize(numbers.len(), 0.0);
    for block in blocks_of(here.blocks, numbers.len()) {
        let (from, into) = (&numbers[block.range.clone()], &mut result[block.range]);
        match function {
            BlockFunction::Norm => into.fill(dot(from, from).sqrt()),
            BlockFunction::Orthogonalize => {
                polar_factor(from, into, block.shape);
            }
        }
    }
}

impl Segment {
    fn of(statements: &[&Statement], symbols: usize, has_moved: bool) -> Self {
        let (mut operations, results) = Operations::record(symbols, |inputs| {
            let mut recorder = Recorder {
                values: inputs.to_vec(),
                moved: has_moved.then(|| inputs[MOVED]),
                assigned: Vec::new(),
            };
            if has_moved {
                recorder.values[WEIGHT] = inputs[WEIGHT] + inputs[MOVED];
            }
            for statement in statements {
                recorder.assign(statement, inputs);
            }
            let variables = recorder.assigned.iter();
            let variables = variables.map(|id| (*id, recorder.values[*id].place()));
            let moved = recorder.moved.map(|moved| (MOVED, moved.place()));
            variables.chain(moved).collect::<Vec<_>>()
        });
        operations.keep_only(results.iter().map(|(_, place)| *place));
        Self {
            blocks: statements.iter().flat_map(|s| s.blocks.clone()).collect(),
            operations,
            results,
        }
    }

    /// Returns whether a result depends on a symbol.
    fn uses(&self, id: SymbolId) -> bool {
        let mut results = self.results.iter();
        self.operations.uses(id) || results.any(|(_, place)| *place == id)
    }

    // The operations are compiled for each instruction set once, not once more for each batch of runs.
    #[inline(never)]
    fn run(&self, d: &[f64], here: StepContext, rows: &mut Rows, known: &[Option<f64>]) {
        let (known, operations) = self.operations.separate(known);
        let is_varying = |id: &SymbolId| known[*id].is_none() && self.uses(*id);
        let symbols = rows.len();
        let inputs: Vec<SymbolId> = (0..symbols).filter(is_varying).collect();
        let runs = here.losses.len().max(1);
        // The numbers of a single run share their loss, so they are one row.
        let row_length = if runs == 1 { d.len() } else { runs };
        let mut sweep = Sweep {
            gradient: d,
            weights: here.weights,
            losses: here.losses,
            rows,
            known: &known,
            inputs: &inputs,
            operations: &operations,
            results: &self.results,
            row_length,
        };
        for begin in (0..d.len()).step_by(row_length.max(1)) {
            // The page evaluates one number after the other, to reduce the size of the download.
            let done = if cfg!(target_arch = "wasm32") {
                0
            } else {
                dispatch!(Level::new(), simd => sweep.row(UnrolledLanes::<_, 4>(SimdLanes(simd)), begin, 0))
            };
            sweep.row(Scalar, begin, done);
        }
    }
}

/// The numbers of one step, and what is computed from them.
struct Sweep<'a> {
    gradient: &'a [f64],
    weights: &'a [f64],
    losses: &'a [f64],
    rows: &'a mut Rows,
    /// The numbers that are equal for all weights, inputs and results.
    known: &'a [Option<f64>],
    inputs: &'a [SymbolId],
    operations: &'a [(NumberIndex, Operation)],
    results: &'a [(SymbolId, NumberIndex)],
    row_length: usize,
}

impl Sweep<'_> {
    /// Computes the numbers of the row that begins at `begin`, from the position `from` in it, as many at a time as `l` holds.
    /// Returns the position of the first remaining number.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "code in a SIMD region must be inlined to be compiled with its instructions"
    )]
    fn row<L: Lanes>(&mut self, l: L, begin: usize, from: usize) -> usize {
        let number = |x: f64| LaneNumber::new(l, l.splat(x));
        let known = self.known.iter();
        let mut numbers: Vec<LaneNumber<L>> =
            known.map(|known| number(known.unwrap_or(0.0))).collect();
        let mut i = from;
        while i + L::COUNT <= self.row_length {
            let here = begin + i..begin + i + L::COUNT;
            for id in self.inputs {
                let numbers_of = match *id {
                    GRADIENT => &self.gradient[here.clone()],
                    WEIGHT => &self.weights[here.clone()],
                    LOSS => &self.losses[i..i + L::COUNT],
                    row => &self.rows[row][here.clone()],
                };
                numbers[*id] = LaneNumber::new(l, l.load(numbers_of));
            }
            for (place, operation) in self.operations {
                numbers[*place] = operation.evaluate(&numbers);
            }
            for (id, place) in self.results {
                l.store(numbers[*place].value, &mut self.rows[*id][here.clone()]);
            }
            i += L::COUNT;
        }
        i
    }
}
