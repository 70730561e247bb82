import type { Reserved } from "@scruple/runtime/enforce";
import type { LimitTable } from "../shared/limits.ts";
import { StoreError } from "../shared/store-error.ts";
import type { RedisClient } from "./client.ts";
import * as scripts from "./limit-scripts.ts";
import { type Script, texts } from "./script.ts";

export function limitTable(client: RedisClient, timeout: number, prefix: string): LimitTable {
  const ask = async (script: Script, ...args: readonly string[]) =>
    texts(await script(client, timeout, [`{${prefix}}:limits`], args));

  return {
    reserve: async (reservation, { key, subject, uses, now }, retention) => {
      const counters = JSON.stringify(uses.map(({ counter }) => counter));
      const limits = uses.flatMap(({ count, per }) => [String(count), microseconds(per)]);
      const times = [microseconds(retention), counters, microseconds(now / 1000)];
      return reserved(await ask(scripts.reserve, reservation, key, ...times, subject ?? "", ...limits));
    },
    commit: async (reservation) => {
      const [state] = await ask(scripts.commit, reservation);
      if (state === "committed" || state === "released" || state === "unknown") return state;
      throw new StoreError(`Redis holds an act in the state \`${state}\`, which is none.`);
    },
    release: async (reservation) => {
      await ask(scripts.release, reservation);
    },
    forget: async (subject) => {
      await ask(scripts.forget, subject);
    },
    spent: async (counter, per, now) =>
      Number((await ask(scripts.spent, counter, microseconds(per), microseconds(now / 1000)))[0]),
  };
}

function reserved([status, what, wait]: readonly string[]): Reserved {
  if (status === "reserved" && what !== undefined) return { status, reservation: what };
  if (status === "repeated" && (what === "held" || what === "committed")) return { status, state: what };
  if (status === "exhausted" && what !== undefined) {
    return { status, counter: what, retryAfter: wait === "never" ? Number.POSITIVE_INFINITY : Number(wait) / 1e6 };
  }
  if (status === "lost")
    throw new StoreError("Redis does not know what became of the act: its reservation is lost or broken.");
  throw new StoreError("Redis answered something else than its script does.");
}

function microseconds(seconds: number): string {
  return String(Math.round(seconds * 1e6));
}
