// The state that several parts of the page show and change.

import { Signal } from "./base/signal";
import type { Position, Results } from "./rpc/client";

/** What the figure panel shows beside the map. */
export type View = "loss" | "table" | "settings" | "figure";
/** The part of the page that a narrow screen shows below the map. */
export type Sheet = "algorithms" | "why" | "figures" | "lessons";

export const state = {
  /** The results of the runs so far. */
  results: new Signal<Results | undefined>(undefined),
  /** The position of the player. */
  position: new Signal<Position>({ at: 0, byEvaluations: false }),
  /** The index of the run whose step is explained. */
  selected: new Signal(0),
  /** The index of the run whose path lies above the others. */
  lifted: new Signal<number | undefined>(undefined),
  view: new Signal<View>("loss"),
  sheet: new Signal<Sheet>("algorithms"),
};
