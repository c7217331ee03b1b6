// Serves texts on a port of this machine, for tests of the loading.

import { createServer } from "node:http";

/** Calls `use` with the address of a server, whose answers `respond` writes. */
export async function serving(respond, use) {
  const server = createServer(respond);
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  try {
    await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
