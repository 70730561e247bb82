import { describe } from "vitest";
import { canRun } from "../../../scripts/testing/requirements.ts";
import { postgresStores } from "../src/postgres/index.ts";
import { layClock, PostgresServer, postgresCommand } from "./support/postgres-server.ts";
import { type Fault, serverFaults } from "./support/server-faults.ts";
import { canMount, fill } from "./support/small-disk.ts";

describe.runIf(canRun("postgres", postgresCommand))("PostgreSQL with", () => {
  let server: PostgresServer;
  const noDisk: Fault = () => async () => {
    const free = fill(server.folder);
    return async () => {
      free();
      if (server.process.hasEnded) await server.restart();
      else await server.ready();
    };
  };

  const start = async () => {
    server = await PostgresServer.start(postgresCommand!, 256);
    const { port } = server.process;
    return {
      port,
      errand: { postgres: port },
      open: (through: number, timeout: number) => postgresStores(server.pool({ port: through, max: 8 }), { timeout }),
      openWithClock: async () => {
        const { options, setClock } = await layClock(server.pool({ max: 1 }));
        const stores = await postgresStores(server.pool({ options }), { timeout: 60_000, schema: "timed" });
        return { stores, setClock };
      },
      crash: () => server.crash(),
      stop: () => server.stop(),
    };
  };
  serverFaults("PostgreSQL", start, canMount() ? { "disk full": noDisk } : {});
});
