// Lets additional workers sample rows of a field that takes long, such as that of a network.

import type { DataFile, Field, WorkerClient } from "./client";
import type { WorkerPool } from "./pool";

/** Answers the requests of the worker of the experiment. `files` are the files of the experiment. */
export function shareFields(client: WorkerClient, pool: WorkerPool, files: () => DataFile[]): void {
  client.onField = (field) => {
    for (const helper of pool.helpers) void sampleRows(client, helper, field, files()).catch(() => {});
  };
}

/** Samples rows until none are left or another field is sampled. */
async function sampleRows(client: WorkerClient, helper: WorkerClient, field: Field, files: DataFile[]): Promise<void> {
  for (let rows = await client.takeRows(field.number); rows; rows = await client.takeRows(field.number)) {
    // Without losses, the worker of the experiment samples these rows.
    const losses = await helper.fieldRows(field, files, rows).catch(() => undefined);
    await client.acceptRows(field.number, rows, losses ?? new Float64Array());
    if (!losses) return;
  }
}
