// Limits work that is requested more often than it can be completed.

/** Returns a function that runs `work`. Requests during the work are merged into one. Errors are ignored, because the
 *  experiment or the picture may no longer exist. */
export function latest(work: () => Promise<void>): () => void {
  let requested = false;
  let working = false;
  const runAll = async (): Promise<void> => {
    working = true;
    while (requested) {
      requested = false;
      await work().catch(() => {});
    }
    working = false;
  };
  return () => {
    requested = true;
    if (!working) void runAll();
  };
}
