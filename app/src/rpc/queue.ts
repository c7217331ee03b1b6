// Runs changes by the user one after the other, so that each starts from the result of the one before it.

let last: Promise<unknown> = Promise.resolve();

/** Runs a change after all earlier changes are complete. */
export function enqueue<T>(change: () => Promise<T>): Promise<T> {
  const result = last.then(change);
  last = result.catch(() => {});
  return result;
}
