import { describe } from "vitest";
import { postgresStores } from "../src/postgres/index.ts";
import { layClock, PostgresServer, postgresCommand } from "./support/postgres-server.ts";
import { canRun } from "./support/requirements.ts";
import { serverFaults } from "./support/server-faults.ts";

describe.runIf(canRun("postgres", postgresCommand))("PostgreSQL with", () => {
  serverFaults("PostgreSQL", async () => {
    const server = await PostgresServer.start(postgresCommand!);
    const { port } = server.process;
    return {
      port,
      errand: { postgres: port },
      open: (through, timeout) => postgresStores(server.pool({ port: through, max: 8 }), { timeout }),
      openWithClock: async () => {
        const { options, setClock } = await layClock(server.pool({ max: 1 }));
        const stores = await postgresStores(server.pool({ options }), { timeout: 60_000, schema: "timed" });
        return { stores, setClock };
      },
      crash: () => server.crash(),
      stop: () => server.stop(),
    };
  });
});
