// Values that other parts of the page watch.

export class Signal<T> {
  private watchers: ((value: T) => void)[] = [];

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  /** Sets the value, and calls the watchers if it has changed. */
  set value(value: T) {
    if (Object.is(value, this.current)) return;
    this.current = value;
    for (const watcher of this.watchers) watcher(value);
  }

  /** Calls a function with each new value. */
  watch(watcher: (value: T) => void): void {
    this.watchers.push(watcher);
  }
}
