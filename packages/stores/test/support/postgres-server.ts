import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findCommand } from "../../../../scripts/testing/requirements.ts";
import { freePort } from "./free-port.ts";
import { type Command, ServerProcess } from "./server-process.ts";
import { mountSmallDisk, unmount } from "./small-disk.ts";

/** The server's command, where it is installed. */
export const postgresCommand = findCommand("postgres");

const user = "postgres";

/** A PostgreSQL server in a temporary folder. */
export class PostgresServer {
  readonly process: ServerProcess;
  readonly folder: string;
  readonly #isMounted: boolean;
  readonly #pools: pg.Pool[] = [];

  /** @param disk how large its disk is, in megabytes; as large as there is if left out */
  static async start(file: string, disk?: number): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "scruple-postgres-"));
    const isMounted = disk !== undefined && mountSmallDisk(folder, disk);
    chmodSync(folder, 0o700);
    const account = serverAccount();
    if (account !== undefined) chownSync(folder, account.uid, account.gid);
    const data = join(folder, "data");
    const init = [
      "-D",
      data,
      "-U",
      user,
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale",
      "C",
      "--no-sync",
      "--wal-segsize",
      "1",
    ];
    const { file: initdb, args } = asServer({ file: join(dirname(file), "initdb"), args: init });
    execFileSync(initdb, args, { stdio: ["ignore", "ignore", "inherit"], cwd: "/" });
    const port = await freePort();
    const settings = [
      "listen_addresses=127.0.0.1",
      "unix_socket_directories=",
      "max_connections=200",
      "max_wal_size=8MB",
      "min_wal_size=2MB",
    ];
    const flags = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
    const server = new PostgresServer(folder, isMounted, new ServerProcess(port, asServer({ file, args: flags })));
    await server.process.start();
    await server.ready();
    return server;
  }

  private constructor(folder: string, isMounted: boolean, process: ServerProcess) {
    this.folder = folder;
    this.#isMounted = isMounted;
    this.process = process;
  }

  /** A pool of connections, closed with the server. */
  pool(options: pg.PoolConfig = {}): pg.Pool {
    const pool = new pg.Pool({
      host: "127.0.0.1",
      port: this.process.port,
      user,
      database: user,
      max: 4,
      idleTimeoutMillis: 100,
      ...options,
    });
    // Each fault is seen by who asks for something meanwhile.
    pool.on("error", () => undefined);
    this.#pools.push(pool);
    return pool;
  }

  /** Kills it with all that it is doing, and starts it again. */
  async crash(): Promise<void> {
    await this.process.stop("SIGKILL");
    await this.restart();
  }

  /** Starts it after it has ended, in whichever way. */
  async restart(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      // The processes of the one that was killed take a moment to see it.
      await sleep(200);
      try {
        await this.process.start();
        return await this.ready();
      } catch (error) {
        if (attempt === 50) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
    await this.process.stop("SIGQUIT");
    if (this.#isMounted) unmount(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Waits until it is done with what a crash has left. */
  async ready(): Promise<void> {
    for (;;) {
      const client = new pg.Client({ host: "127.0.0.1", port: this.process.port, user, database: user });
      client.on("error", () => undefined);
      try {
        await client.connect();
        return await client.end();
      } catch (error) {
        if (!/starting up|recovery|not yet accepting/.test(String(error))) throw error;
        await sleep(100);
      }
    }
  }
}

/**
 * Lays out a clock that can be set, for connections with these options: they find a function that tells its time before the
 * one of the same name that tells the server's.
 */
export async function layClock(pool: pg.Pool) {
  await pool.query(`
    create schema clock;
    create table clock.set (now timestamptz);
    insert into clock.set values (now());
    create function clock.clock_timestamp() returns timestamptz language sql volatile
      as 'select now from clock.set';`);
  return {
    options: "-c search_path=clock,pg_catalog,public",
    /** @param now milliseconds since 1970 */
    setClock: async (now: number) => {
      await pool.query("update clock.set set now = $1", [new Date(now)]);
    },
  };
}

/** PostgreSQL refuses to run as root: Debian's package has made a user for it. */
function serverAccount(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, user], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function asServer({ file, args }: Command): Command {
  const account = serverAccount();
  if (account === undefined) return { file, args };
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  return { file: "setpriv", args: [...identity, file, ...args] };
}
