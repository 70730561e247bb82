import { createClient } from "redis";
import { describe } from "vitest";
import { canRun } from "../../../scripts/testing/requirements.ts";
import { redisStores } from "../src/redis/index.ts";
import { RedisServer, redisCommand, withClock } from "./support/redis-server.ts";
import { type Fault, serverFaults } from "./support/server-faults.ts";
import { canMount, fill } from "./support/small-disk.ts";

describe.runIf(canRun("redis", redisCommand))("Redis with", () => {
  let server: RedisServer;
  const noMemory: Fault = () => {
    const set = async (maxmemory: string) => {
      const admin = await createClient({ socket: { host: "127.0.0.1", port: server.process.port } }).connect();
      await admin.configSet("maxmemory", maxmemory);
      await admin.close();
    };
    return async () => {
      await set("1");
      return () => set("0");
    };
  };
  // Redis ends when it cannot write what it would acknowledge.
  const noDisk: Fault = () => async () => {
    const free = fill(server.folder);
    return async () => {
      free();
      await server.recover();
    };
  };

  serverFaults(
    "Redis",
    async () => {
      server = await RedisServer.start(redisCommand!, 64);
      const { port } = server.process;
      return {
        port,
        errand: { redis: port },
        open: async (through, timeout) => redisStores(await server.client(through), { timeout }),
        openWithClock: async () => {
          const clock = { now: 0 };
          const client = withClock(await server.client(), clock);
          const stores = await redisStores(client, { timeout: 60_000, prefix: "clock" });
          return {
            stores,
            setClock: (now) => {
              clock.now = now;
            },
          };
        },
        crash: async () => {
          await server.process.stop("SIGKILL");
          await server.process.start();
        },
        stop: () => server.stop(),
      };
    },
    { "no memory left": noMemory, ...(canMount() ? { "disk full": noDisk } : {}) },
  );
});
