//! The program of a rule: operations on the numbers of each weight, and functions of whole blocks between them.

use super::language::{
    BlockFunction, GRADIENT, LOSS, MOVED, RuleText, STEP, Statement, Symbol, SymbolId, WEIGHT,
};
use crate::{
    numeric::{
        float::{Lanes, Scalar, SimdLanes},
        linalg::dot,
        matrix::polar_factor,
    },
    objective::expression::{
        dual::{LaneNumber, Operator},
        operations::{NumberIndex, Operation, Operations, SeparatedOperations, TapeNumber},
        rows::{ROW_LENGTH, Row},
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
    /// The symbols on which a result depends.
    used: Vec<SymbolId>,
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

/// Scratch memory of a step.
#[derive(Clone, Debug, Default)]
pub(super) struct StepScratch {
    /// The numbers of the symbols that are equal for all weights.
    known: Vec<Option<f64>>,
    separated: SeparatedOperations,
}

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
        let uses = |id: SymbolId| segments.iter().any(|segment| segment.used.contains(&id));
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
        scratch: &mut StepScratch,
        setting: &dyn Fn(&str) -> Option<f64>,
    ) {
        rows[MOVED].resize(d.len(), 0.0);
        rows[MOVED].fill(0.0);
        let StepScratch { known, separated } = scratch;
        known.clear();
        known.resize(self.symbols.len(), None);
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
            segment.operations.separate(known, separated);
            segment.run(d, here, rows, separated);
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
        let is_used = |id: &SymbolId| {
            let mut results = results.iter();
            operations.uses(*id) || results.any(|(_, place)| place == id)
        };
        Self {
            blocks: statements.iter().flat_map(|s| s.blocks.clone()).collect(),
            used: (0..symbols).filter(is_used).collect(),
            operations,
            results,
        }
    }

    // The operations are compiled for each instruction set once, not once more for each batch of runs.
    #[inline(never)]
    fn run(&self, d: &[f64], here: StepContext, rows: &mut Rows, separated: &SeparatedOperations) {
        let known = &separated.known;
        let used = self.used.iter().copied();
        let inputs: Vec<SymbolId> = used.filter(|id| known[*id].is_none()).collect();
        let runs = here.losses.len().max(1);
        // The numbers of a single run share their loss, so they are one row.
        let row_length = if runs == 1 { d.len() } else { runs };
        let mut sweep = Sweep {
            gradient: d,
            weights: here.weights,
            losses: here.losses,
            rows,
            known,
            inputs: &inputs,
            operations: &separated.others,
            results: &self.results,
            row_length,
        };
        // The page evaluates one number after the other, to reduce the size of the download.
        let done = if cfg!(target_arch = "wasm32") {
            0
        } else {
            dispatch!(Level::new(), simd => sweep.by_operations(SimdLanes(simd)))
        };
        sweep.one_by_one(done);
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
    /// Computes the numbers of all rows, one operation after the other for many numbers, except those that do not fill a register.
    /// Returns the position of the first remaining number of each row.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "code in a SIMD region must be inlined to be compiled with its instructions"
    )]
    fn by_operations<L: Lanes>(&mut self, l: L) -> usize {
        let end = self.row_length / L::COUNT * L::COUNT;
        if end == 0 {
            return 0;
        }
        let known = self.known.iter();
        let mut numbers: Vec<Row> = known
            .map(|known| [known.unwrap_or(0.0); ROW_LENGTH])
            .collect();
        for begin in (0..self.gradient.len()).step_by(self.row_length) {
            for i in (0..end).step_by(ROW_LENGTH) {
                let count = ROW_LENGTH.min(end - i);
                self.read(begin, i, count, &mut |id, from| {
                    numbers[id][..count].copy_from_slice(from);
                });
                for (place, operation) in self.operations {
                    operation.write_row(l, &mut numbers, *place, count);
                }
                for (id, place) in self.results {
                    let into = &mut self.rows[*id][begin + i..][..count];
                    into.copy_from_slice(&numbers[*place][..count]);
                }
            }
        }
        end
    }

    /// Calls `visit` with each input and its `count` numbers from the position `i` of the row that begins at `begin`.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "code in a SIMD region must be inlined to be compiled with its instructions"
    )]
    fn read(&self, begin: usize, i: usize, count: usize, visit: &mut impl FnMut(SymbolId, &[f64])) {
        for id in self.inputs {
            let numbers = match *id {
                GRADIENT => &self.gradient[begin + i..],
                WEIGHT => &self.weights[begin + i..],
                LOSS => &self.losses[i..],
                row => &self.rows[row][begin + i..],
            };
            visit(*id, &numbers[..count]);
        }
    }

    /// Computes the numbers of all rows from the position `from` in them, one at a time.
    fn one_by_one(&mut self, from: usize) {
        if from == self.row_length {
            return;
        }
        let number = |x: f64| LaneNumber::new(Scalar, x);
        let known = self.known.iter();
        let mut numbers: Vec<LaneNumber<Scalar>> =
            known.map(|known| number(known.unwrap_or(0.0))).collect();
        for begin in (0..self.gradient.len()).step_by(self.row_length) {
            for i in from..self.row_length {
                self.read(begin, i, 1, &mut |id, from| numbers[id] = number(from[0]));
                for (place, operation) in self.operations {
                    operation.write(&mut numbers, *place);
                }
                for (id, place) in self.results {
                    self.rows[*id][begin + i] = numbers[*place].value;
                }
            }
        }
    }
}
