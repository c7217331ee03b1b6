// Additional workers for calculations that can be divided. They start when they are first needed.

import { WorkerClient } from "./client";

/** The largest number of additional workers. */
const MOST = 6;

export class WorkerPool {
  private clients: WorkerClient[] = [];
  private generation = 0;

  private get workers(): WorkerClient[] {
    // The worker of the experiment is idle meanwhile, and the page itself needs little time.
    const count = Math.min(navigator.hardwareConcurrency || 2, MOST);
    while (this.clients.length < count) this.clients.push(new WorkerClient());
    return this.clients;
  }

  /** Number of parts into which a calculation should be divided, so that no worker waits long for the others. */
  get parts(): number {
    return 4 * this.workers.length;
  }

  /** Cancels the current calculation. */
  cancel(): void {
    this.generation += 1;
    for (const client of this.clients) void client.cancelTiles().catch(() => {});
  }

  /** Does all tasks, each by the next free worker. Returns false if the calculation was canceled. */
  async doAll<Task>(tasks: Task[], work: (client: WorkerClient, task: Task) => Promise<void>): Promise<boolean> {
    const { generation } = this;
    const waiting = [...tasks];
    await Promise.all(this.workers.map(async (client) => {
      for (let task = waiting.shift(); task !== undefined && generation === this.generation; task = waiting.shift()) {
        await work(client, task);
      }
    }));
    return generation === this.generation;
  }
}
