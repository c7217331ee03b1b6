// Changes by hand, one after the other: each begins from what the one before it came to.

let last: Promise<unknown> = Promise.resolve();

/** Makes a change when all that were begun before are through. */
export function inTurn<T>(change: () => Promise<T>): Promise<T> {
  const mine = last.then(change);
  last = mine.catch(() => {});
  return mine;
}
