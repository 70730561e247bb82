import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { findCommand } from "../../../../scripts/testing/requirements.ts";
import type { RedisClient } from "../../src/redis/index.ts";
import { freePort } from "./free-port.ts";
import { ServerProcess } from "./server-process.ts";
import { mountSmallDisk, unmount } from "./small-disk.ts";

/** The commands of servers that speak Redis' protocol, where they are installed. */
export const redisCommands = { redis: findCommand("redis-server"), valkey: findCommand("valkey-server") };
export const redisCommand = redisCommands.redis ?? redisCommands.valkey;

/** A Redis server in a temporary folder, which keeps all that it acknowledges. */
export class RedisServer {
  readonly process: ServerProcess;
  readonly folder: string;
  readonly #isMounted: boolean;
  readonly #clients: { destroy(): void }[] = [];

  /**
   * @param disk how large its disk is, in megabytes; as large as there is if left out
   * @param settings further ones, as the command line takes them
   */
  static async start(file: string, disk?: number, settings: readonly string[] = []): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), "scruple-redis-"));
    const isMounted = disk !== undefined && mountSmallDisk(folder, disk);
    const port = await freePort();
    const args = ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder, "--save", ""];
    const durable = ["--appendonly", "yes", "--appendfsync", "always"];
    const command = { file, args: [...args, ...durable, ...settings] };
    const server = new RedisServer(folder, isMounted, new ServerProcess(port, command));
    await server.process.start();
    return server;
  }

  private constructor(folder: string, isMounted: boolean, process: ServerProcess) {
    this.folder = folder;
    this.#isMounted = isMounted;
    this.process = process;
  }

  /** A connected client, closed with the server. */
  async client(port: number = this.process.port) {
    const client = createClient({ socket: { port, host: "127.0.0.1", reconnectStrategy: 20 } });
    // Each fault is seen by who asks for something meanwhile.
    client.on("error", () => undefined);
    this.#clients.push(client);
    await client.connect();
    return client;
  }

  /** Starts it again if it has ended, and waits until it writes. */
  async recover(): Promise<void> {
    for (;;) {
      if (this.process.hasEnded) await this.process.start();
      const client = createClient({ socket: { port: this.process.port, host: "127.0.0.1", reconnectStrategy: false } });
      client.on("error", () => undefined);
      try {
        await client.connect();
        await client.set("probe", "1");
        return;
      } catch {
        await sleep(50);
      } finally {
        client.destroy();
      }
    }
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.process.stop("SIGTERM");
    if (this.#isMounted) unmount(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A client on whose server it is as late as the test says, for scripts. */
export function withClock(client: RedisClient, clock: { now: number }): RedisClient {
  return {
    ...(client.configGet === undefined ? {} : { configGet: (setting) => client.configGet!(setting) }),
    eval: (script, options) => client.eval(clockOf(clock.now) + script, options),
    // What the server has by its hash asks the server's clock.
    evalSha: async () => {
      throw new Error("NOSCRIPT");
    },
  };
}

/** Lua in which `redis.call("TIME")` answers something else. @param now milliseconds since 1970 */
function clockOf(now: number): string {
  const seconds = Math.floor(now / 1000);
  return `
local server = redis
local redis = setmetatable({ call = function(command, ...)
  if command == 'TIME' then return {'${seconds}', '${(now - seconds * 1000) * 1000}'} end
  return server.call(command, ...)
end }, { __index = server })
`;
}
