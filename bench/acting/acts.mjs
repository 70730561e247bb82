import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "@scruple/compiler";
import { emitJavaScript } from "@scruple/emit";
import { InMemoryAudit, InMemoryLimits, InMemoryPermissions } from "@scruple/runtime/enforce";
import { postgresStores } from "@scruple/stores/postgres";
import { redisStores } from "@scruple/stores/redis";
import { sqliteStores } from "@scruple/stores/sqlite";
import { build } from "esbuild";
import { importGuard } from "./import-guard.mjs";

const text = `policy bench.acts

use std.categories
use std.purposes
use std.recipients
use std.channels

source trips observed { history : behaviour }
duty record_contact

interaction offer_email started by company {
  purposes direct_marketing
  channels email

  deals: allow use trips.history
    under consent
    then record_contact

  enough: deny use any
    after 2 per week
}
`;

/**
 * How many acts a second each store bears, one after the other and by callers side by side: permissions read, a limit held, two
 * entries in the audit trail, a duty, and the limit spent. Stores on disk wait for it. Servers that are not installed are left out.
 */
export async function benchActs({ seconds, callers }, log) {
  const module = await importGuard(emitJavaScript(compile([{ path: "acts.scruple", text }]).model("bench.acts")));
  const results = [];
  for (const [title, open] of Object.entries(openers)) {
    const opened = await open();
    if (opened === undefined) {
      log(`acts on ${title}: not installed, left out`);
      continue;
    }
    log(`acts on ${title}`);
    const { stores, close } = opened;
    const guard = module.default({ stores, subject: () => ({}), duties: { record_contact: () => undefined } });
    let count = 0;
    const act = async () => {
      const subject = `person ${count++}`;
      await stores.permissions.give(subject, { purpose: "direct_marketing", channel: "email" });
      const began = performance.now();
      const call = { subject, on: "email", facts: {}, key: `act ${subject}` };
      const { done } = await guard.offer_email.act(call, { "trips.history": () => "Rome" }, () => "sent");
      if (!done) throw new Error(`An act on ${title} was denied.`);
      return performance.now() - began;
    };
    try {
      await perSecond(act, 1, seconds / 4);
      results.push({
        title,
        alone: await perSecond(act, 1, seconds),
        together: await perSecond(act, callers, seconds),
      });
    } finally {
      await close();
    }
  }
  return { callers, stores: results };
}

/** Acts in a second of acting, those before and between left out; milliseconds an act. */
async function perSecond(act, callers, seconds) {
  const until = performance.now() + seconds * 1000;
  const times = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      do times.push(await act());
      while (performance.now() < until);
    }),
  );
  const spent = (performance.now() - began) / 1000;
  return { perSecond: times.length / spent, milliseconds: times.sort((a, b) => a - b)[times.length >> 1] };
}

const openers = {
  memory: async () => ({
    stores: { permissions: new InMemoryPermissions(), limits: new InMemoryLimits(), audit: new InMemoryAudit() },
    close: async () => undefined,
  }),
  SQLite: async () => {
    const folder = mkdtempSync(join(tmpdir(), "scruple-bench-acts-"));
    const stores = await sqliteStores(join(folder, "guard.db"));
    return {
      stores,
      close: async () => {
        await stores.close?.();
        rmSync(folder, { recursive: true });
      },
    };
  },
  Redis: async () => {
    const { RedisServer, redisCommand } = await support("redis-server");
    if (redisCommand === undefined) return undefined;
    const server = await RedisServer.start(redisCommand);
    return { stores: await redisStores(await server.client()), close: () => server.stop() };
  },
  PostgreSQL: async () => {
    const { PostgresServer, postgresCommand } = await support("postgres-server");
    if (postgresCommand === undefined) return undefined;
    const server = await PostgresServer.start(postgresCommand);
    return { stores: await postgresStores(server.pool({ max: 16 })), close: () => server.stop() };
  },
};

/** What the stores' own tests start servers with. */
async function support(name) {
  const outfile = join(import.meta.dirname, `../results/support/${name}.mjs`);
  const source = join(import.meta.dirname, `../../packages/stores/test/support/${name}.ts`);
  await build({ entryPoints: [source], outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  return import(pathToFileURL(outfile).href);
}
