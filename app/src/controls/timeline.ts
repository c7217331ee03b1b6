// Converts between the time of the player, from 0 to 1, and positions. Between the known positions, the position changes linearly.

/** Returns the position at a time. `positions` are those at equal intervals of the time. */
export function positionAt(positions: ArrayLike<number>, time: number): number {
  const place = Math.min(Math.max(time, 0), 1) * (positions.length - 1);
  const i = Math.min(Math.floor(place), positions.length - 2);
  const [from, to] = [positions[i] ?? 0, positions[i + 1] ?? 0];
  return from + (place - i) * (to - from);
}

/** Returns the first time at which the player has reached a position. */
export function timeOf(positions: ArrayLike<number>, position: number): number {
  const last = positions.length - 1;
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  const [from, to] = [positions[low - 1] ?? 0, positions[low] ?? 0];
  return Math.min(1, (low - 1 + (to > from ? (position - from) / (to - from) : 1)) / last);
}
