// The axes of the map of settings: their ranges, and how they move and zoom.

import type { Experiment, Setting } from "../rpc/client";

/** An axis: a setting, or `start.1` or `start.2` for a weight of the initial point. */
export interface Axis { key: string; name: string; range: [number, number]; full: [number, number]; isLog: boolean }

/** The smallest range relative to the full one: ten decades. */
const FINEST = 1e-10;

/** Returns the key of a weight of the initial point as an axis. */
export const startKey = (i: number): string => `start.${i + 1}`;

/** Returns the possible axes of a run. `window` is the full window of the map. Options that are off by default, such as the
 *  weight decay, are last, because other axes show more. */
export function axesOf(experiment: Experiment, run: number, window: number[]): Axis[] {
  const rows = experiment.optimizers[run]?.rows ?? [];
  const settings = (isOff: boolean): Axis[] => rows.filter((row) => (Number(row.preset) === 0) === isOff).flatMap((row) => {
    const range = rangeOf(row);
    return range ? [axis(row.key, row.key.replaceAll("_", " "), range, row.slider?.log === true)] : [];
  });
  const start = (i: number): Axis => axis(startKey(i), `initial weight ${i + 1}`, [window[2 * i] ?? -1, window[2 * i + 1] ?? 1], false);
  return [...settings(false), ...(experiment.dim === 2 ? [start(0), start(1)] : []), ...settings(true)];
}

const axis = (key: string, name: string, full: [number, number], isLog: boolean): Axis => ({ key, name, full, range: full, isLog });

/** Returns the range of a setting's slider, if the setting is a number that the map can vary. */
function rangeOf({ kind, key, slider }: Setting): [number, number] | undefined {
  return kind === "number" && !key.includes(".") && slider ? [slider.low, slider.high] : undefined;
}

const scaled = (axis: Axis, v: number): number => (axis.isLog ? Math.log(v) : v);
const unscaled = (axis: Axis, v: number): number => (axis.isLog ? Math.exp(v) : v);

/** Returns the axis with a range that is enlarged by a factor around a position from 0 to 1, and moved by a share of it. */
export function changed(axis: Axis, factor: number, around: number, move: number): Axis {
  const [low, high] = axis.range.map((end) => scaled(axis, end)) as [number, number];
  const [first, last] = axis.full.map((end) => scaled(axis, end)) as [number, number];
  const side = Math.min(Math.max((high - low) * factor, FINEST * (last - first)), last - first);
  const fixed = low + around * (high - low);
  const begin = Math.min(Math.max(fixed - around * side + move * side, first), last - side);
  return { ...axis, range: [unscaled(axis, begin), unscaled(axis, begin + side)] };
}

/** Returns the position of a value on an axis, from 0 to 1. */
export function placeOf(axis: Axis, value: number): number {
  const [low, high] = axis.range.map((end) => scaled(axis, end)) as [number, number];
  return (scaled(axis, value) - low) / (high - low);
}
