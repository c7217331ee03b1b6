// Limits changes that are requested more often than they can be completed, such as the moves of a pointer.

/** Returns a function that does one piece of work at a time. Of the requests during the work, only the newest is done. The
 *  promise of a request is fulfilled when it is done or another one has replaced it. */
export function newest<Args extends unknown[]>(work: (...args: Args) => Promise<unknown>): (...args: Args) => Promise<void> {
  let next: { args: Args; resolve: () => void; reject: (error: unknown) => void } | undefined;
  let isWorking = false;
  const workAll = async (): Promise<void> => {
    isWorking = true;
    while (next) {
      const { args, resolve, reject } = next;
      next = undefined;
      await work(...args).then(resolve, reject);
    }
    isWorking = false;
  };
  return (...args) => new Promise((resolve, reject) => {
    next?.resolve();
    next = { args, resolve, reject };
    if (!isWorking) void workAll();
  });
}
