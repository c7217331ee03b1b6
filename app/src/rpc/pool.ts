// Additional workers for calculations that can be divided. They start when they are first needed.

import { WorkerClient } from "./client";

/** The largest number of additional workers. */
const MOST = 6;

const processors = (): number => navigator.hardwareConcurrency || 2;

export class WorkerPool {
  private clients: WorkerClient[] = [];
  private generation = 0;

  /** Returns this number of workers, or fewer. */
  private started(count: number): WorkerClient[] {
    while (this.clients.length < Math.min(count, MOST)) this.clients.push(new WorkerClient());
    return this.clients.slice(0, count);
  }

  /** One worker per processor. The worker of the experiment is idle meanwhile, and the page itself needs little time. */
  private get workers(): WorkerClient[] {
    return this.started(processors());
  }

  /** The workers that help the worker of the experiment, which has one processor. */
  get helpers(): WorkerClient[] {
    return this.started(processors() - 1);
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
