import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt } from "@scruple/runtime/enforce";
import { build } from "esbuild";
import type { KeptStores } from "../../src/shared/stores.ts";
import type { Errand } from "./child.ts";
import { checkTrail } from "./deliver-offers.ts";
import type { Tally } from "./fault-report.ts";
import { consent, model, mostOffers } from "./offers.ts";

const root = join(import.meta.dirname, "../../../..");

/** The child as one file, from the sources as they are; in a folder from which it finds its packages. */
let bundle: Promise<string> | undefined;
async function childFile(): Promise<string> {
  bundle ??= (async () => {
    const file = join(root, ".cache/stores/child.mjs");
    const outfile = `${file}.${process.pid}`;
    await build({
      entryPoints: [join(import.meta.dirname, "child.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["source"],
      external: ["libsql", "redis", "pg"],
      logLevel: "error",
    });
    // At once, for those who read it meanwhile.
    renameSync(outfile, file);
    return file;
  })();
  return bundle;
}

export interface Plan {
  readonly store: Errand["store"];
  readonly trusted: KeptStores;
  readonly people: number;
  /** Killed at a random moment, this often, before they may finish. */
  readonly kills: number;
}

/**
 * Lets two processes send the same offers under the same keys at once, to the same people. Counts what they did, and not only
 * what they said that they did: each writes a line before anything else.
 */
export async function raceProcesses(plan: Plan, result: Tally, random: () => number): Promise<Tally> {
  const people = Array.from({ length: plan.people }, (_, i) => `${result.fault}-${i}`.replaceAll(" ", "-"));
  for (const person of people) await plan.trusted.permissions.give(person, consent);
  const sent = new Map<string, number>();
  const acknowledged: Receipt[] = [];
  const errand: Errand = { store: plan.store, model, people, keys: mostOffers * 2, counters: 0 };

  for (let run = 0; run <= plan.kills; run++) {
    const children = await Promise.all([begin(errand), begin(errand)]);
    result.asked += 2 * people.length * errand.keys;
    for (const { child } of children) child.stdin!.write("go\n");
    if (run < plan.kills) {
      await sleep(random() * 150);
      children[0]!.child.kill("SIGKILL");
    }
    for (const { lines, ended } of children) {
      await ended;
      for (const line of lines()) {
        const [word, one, two] = line.split(" ") as [string, string, string];
        if (word === "sent") sent.set(`${one} ${two}`, (sent.get(`${one} ${two}`) ?? 0) + 1);
        if (word === "kept") acknowledged.push({ index: Number(one), hash: two });
      }
    }
  }

  for (const person of people) {
    const own = [...sent].filter(([key]) => key.startsWith(`${person} `)).map(([, count]) => count);
    const total = own.reduce((sum, count) => sum + count, 0);
    result.done += total;
    result.beyond += Math.max(0, total - mostOffers);
    result.twice += own.filter((count) => count > 1).length;
  }
  await checkTrail(plan.trusted, acknowledged, result);
  return result;
}

/** Lets two processes go for the only use of one counter after another, in the same order. */
export async function raceForUses(store: Errand["store"], counters: number, result: Tally): Promise<Tally> {
  const errand: Errand = { store, model, people: [], keys: 0, counters };
  const children = await Promise.all([begin(errand), begin(errand)]);
  for (const { child } of children) child.stdin!.write("go\n");
  for (const { lines, ended } of children) {
    await ended;
    result.done += lines().filter((line) => line.startsWith("took ")).length;
  }
  result.asked += 2 * counters;
  result.beyond += Math.max(0, result.done - counters);
  return result;
}

interface Child {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** What it said, whole lines only. */
  lines(): readonly string[];
}

async function begin(errand: Errand): Promise<Child> {
  const child = spawn(process.execPath, [await childFile(), JSON.stringify(errand)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => undefined);
  let said = "";
  const isReady = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
      if (said.includes("ready\n")) resolve();
    });
    child.once("close", () => reject(new Error("The child has ended before it began.")));
  });
  const ended = once(child, "close");
  await isReady;
  return { child, ended, lines: () => said.split("\n").slice(0, -1) };
}
