// Limits work that is requested more often than it can be completed.

/** Returns a function that runs `work` and returns a promise of its completion. Requests during the work are merged into
 *  one. Errors are ignored, because the experiment or the picture may no longer exist. */
export function latest(work: () => Promise<void>): () => Promise<void> {
  let requested = false;
  let working: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    while (requested) {
      requested = false;
      await work().catch(() => {});
    }
    working = undefined;
  };
  return () => {
    requested = true;
    return (working ??= runAll());
  };
}
