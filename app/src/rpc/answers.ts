// The answers of the WebAssembly. This file is generated from crates/explore by `cargo xtask codegen`.

/** An error with the wrong part of a value. */
export interface MarkedError {
  /** What is wrong. */
  message: string;
  /** The value before the wrong part, or the end of it. */
  before: string;
  /** The wrong part, or the beginning of it. */
  wrong: string;
  /** The value after the wrong part, or the beginning of it. */
  after: string;
}

/** An error. */
export interface Failure {
  /** What is wrong. A syntax error begins with the text before its position. */
  message: string;
  /** The error with the wrong part, if it is a part of a value. */
  marked: MarkedError | null;
}

/** An entry of a list of the catalog. */
export interface CatalogEntry {
  /** Id. */
  id: string;
  /** Title, or a phrase for an entry whose title is a part of the user's text. */
  title: string;
  /** A sentence on it. */
  summary: string;
  /** Whether one of its settings is a file. */
  needs_file: boolean;
  /** Whether it is a figure that depends on the position of the player. */
  follows: boolean;
}

/** A list of the catalog. */
export interface CatalogList {
  /** Name of the list, such as `optimizers`. */
  name: string;
  /** Its entries. */
  entries: CatalogEntry[];
}

/** The result of a run. Some numbers also have a formatted text; the numbers are for sorting. */
export interface Row {
  /** Name of the algorithm. */
  name: string;
  /** How the run ended, in a word. */
  outcome: string;
  /** How the run ended, in a sentence; empty while it proceeds. */
  sentence: string;
  /** Number of steps. */
  epochs: number;
  /** The last loss. */
  loss: number | null;
  /** The last loss as text. */
  loss_text: string;
  /** Evaluations of the loss. */
  values: number;
  /** Evaluations of the gradient. */
  gradients: number;
  /** Evaluations of the Hessian. */
  hessians: number;
  /** All evaluations. */
  evaluations: number;
  /** Distance of the end of the path from the plane of the map; null if no path can leave the map. */
  distance: number | null;
  /** The distance as text. */
  distance_text: string | null;
  /** The loss of the map below the end of the path. */
  map_loss: number | null;
  /** The loss of the map as text. */
  map_loss_text: string | null;
}

/** The results so far. */
export interface Report {
  /** Title of the map. */
  title: string;
  /** The full window of the map, which contains the paths; null if there is no map. */
  window: number[] | null;
  /** A number that changes when the plane of the map does. */
  plane: number;
  /** Notes on recorded runs. */
  notes: string[];
  /** The results of the runs. */
  table: Row[];
}

/** The state of a run at a position of the player. */
export interface Score {
  /** Number of steps. */
  epoch: number;
  /** The loss as text. */
  loss: string;
  /** Whether the run has ended there. */
  ended: boolean;
}

/** The ends of a slider. */
export interface SliderRange {
  /** The lower end. */
  low: number;
  /** The upper end. */
  high: number;
  /** Whether equal distances are equal ratios. */
  log: boolean;
}

/** One setting of a pick. */
export interface Setting {
  /** Key, with dots for a setting of a part. */
  key: string;
  /** A sentence that explains it. */
  help: string;
  /** Kind of its values. */
  kind: string;
  /** Its possible values, if they have names. */
  choices: string[] | null;
  /** The list of the catalog that contains its values, if there is one. */
  list: string | null;
  /** Whether its text can have several lines, such as that of a rule. */
  multiline: boolean;
  /** Whether it scales the steps, so that tuning searches it. */
  tuned: boolean;
  /** Whether the problem defines the default. */
  per_gradient: boolean;
  /** The value in effect as text; empty if there is none. */
  value: string;
  /** The default as text; empty if there is none. */
  preset: string;
  /** Whether the pick contains it. */
  given: boolean;
  /** The allowed values in words. */
  allowed: string;
  /** The slider, if it has one. */
  slider: SliderRange | null;
  /** The position of the slider, from 0 to 1. */
  share: number | null;
}

/** The controls of a pick. */
export interface Panel {
  /** The pick. */
  pick: string;
  /** Id of its entry. */
  id: string;
  /** Title of its entry. */
  title: string;
  /** A sentence on its entry. */
  summary: string;
  /** The recurrence as HTML with MathML, or an empty text. */
  formula: string;
  /** Its settings. */
  rows: Setting[];
}

/** A field of an experiment that does not depend on the problem. */
export interface ExperimentInput {
  /** Key in an address. */
  key: string;
  /** A sentence that explains it, without a final period. */
  help: string;
  /** The value in effect; empty if there is none. */
  value: string;
  /** Whether its values are `true` and `false`. */
  is_switch: boolean;
}

/** An experiment with its controls. */
export interface Experiment {
  /** Notes on the problem and its learning rates. */
  notes: string[];
  /** The plane of the map, if one is given. */
  plane: string | null;
  /** Number of weights. */
  dim: number;
  /** The initial point. */
  start: string;
  /** The initial point of two weights; empty for another number of weights. */
  start_point: number[];
  /** A text that is equal for problems with equal losses on the map; empty if this is not known. */
  loss_key: string;
  /** Colors of the paths in the order of the runs. */
  styles: PathColors[];
  /** The tolerance, if there is one. */
  tolerance: string | null;
  /** The target loss, if there is one. */
  target: string | null;
  /** Epoch limit. */
  epochs: number;
  /** Mini-batches and noise. */
  randomness: ExperimentInput[];
  /** The problem. */
  problem: Panel;
  /** The algorithms. */
  optimizers: Panel[];
}

/** The colors of a path. */
export interface PathColors {
  /** Color of the line. */
  line: string;
  /** Color around the line, and in the gaps of dashes. */
  casing: string;
  /** Lengths of dashes and gaps in px; null for a solid line. */
  dash: number[] | null;
}

/** The colors of a theme. */
export interface Colors {
  /** Colors of the paths. */
  paths: PathColors[];
}

/** The part of an address that describes the view. */
export interface ViewState {
  /** The figure with its settings. */
  figure: string | null;
  /** The window of the map. */
  window: number[] | null;
  /** Unit of the player: epochs or evaluations. */
  by: string;
  /** Position of the player in its unit; null for the end. */
  at: number | null;
  /** The selected run, counted from 1. */
  run: number;
}

/** A parsed address. */
export interface ParsedAddress {
  /** The experiment: alternating keys and values. */
  parts: string[];
  /** The view. */
  seen: ViewState;
  /** Names of the files that the experiment needs. */
  files: string[];
}

/** An address with the equivalent command. */
export interface Link {
  /** The address. */
  address: string;
  /** The command. */
  command: string;
}

/** The target on a color bar. */
export interface ScaleTarget {
  /** The target loss as text. */
  text: string;
  /** Its position on the bar, from 0 to 1; null if it is outside. */
  share: number | null;
}

/** A color bar. */
export interface Scale {
  /** Text of the lower end. */
  low: string;
  /** Text of the upper end. */
  high: string;
  /** The target, if there is one. */
  target: ScaleTarget | null;
  /** Colors from the lower to the upper end. */
  colors: string[];
  /** A description. */
  label: string;
}

/** The explanation of a step. */
export interface Step {
  /** The row of the trace. */
  epoch: number;
  /** Name of the algorithm. */
  title: string;
  /** What happened, the calculation, and details: one sentence or more each. */
  words: string[];
  /** The same paragraphs as HTML, with MathML. */
  paragraphs: string[];
  /** Why the run ended, if this is its last step. */
  end: string | null;
  /** Number of points that its line search tried. */
  trials: number;
}

/** The result of tuning. */
export interface Tuned {
  /** The pick with the tuned settings; null if every trial of the median study diverged. */
  pick: string | null;
  /** A sentence on the trials. */
  sentence: string;
}

/** A position of a map of settings. */
export interface Cell {
  /** The pick; null if its settings are not allowed. */
  pick: string | null;
  /** The initial point. */
  start: string;
  /** A sentence on the run. */
  sentence: string;
}
