// Work that is asked for more often than it can be done.

/** A function that has work done: of what is asked while it is at work, only the last. What fails changes nothing: an
 *  experiment or a picture that is asked about may be gone. */
export function latest(work: () => Promise<void>): () => void {
  let stale = false;
  let working = false;
  const all = async (): Promise<void> => {
    working = true;
    while (stale) {
      stale = false;
      await work().catch(() => {});
    }
    working = false;
  };
  return () => {
    stale = true;
    if (!working) void all();
  };
}
