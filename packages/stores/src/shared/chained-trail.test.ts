import { type Kept, origin } from "@scruple/audit";
import { describe, expect, test } from "vitest";
import { assertKept, exampleEntry } from "../contract/index.ts";
import { ChainedTrail, endOf, type TrailTable } from "./chained-trail.ts";

/** A table in memory. */
function table(): TrailTable & { readonly kept: Kept[]; readonly batches: number[] } {
  const kept: Kept[] = [];
  const batches: number[] = [];
  const end = () => endOf(kept.at(-1));
  return {
    kept,
    batches,
    add: async (last, entries) => {
      if (end().hash !== last.hash) return { added: false, end: end() };
      batches.push(entries.length);
      kept.push(...entries);
      return { added: true, end: end() };
    },
    end: async () => end(),
    start: async () => origin,
    drop: async () => undefined,
    read: async (from) => kept.slice(from, from + 2),
  };
}

describe("a chained trail", () => {
  test("writes together what comes together", async () => {
    const one = table();
    const trail = new ChainedTrail(one, 60_000);
    const receipts = await Promise.all(["a", "b", "c"].map((act) => trail.append(exampleEntry(act))));
    expect(one.batches).toEqual([3]);
    await assertKept(trail, receipts);
  });

  test("chains anew behind what others have written meanwhile", async () => {
    const one = table();
    const [here, there] = [new ChainedTrail(one, 60_000), new ChainedTrail(one, 60_000)];
    const receipts = [await here.append(exampleEntry("a"))];
    receipts.push(await there.append(exampleEntry("b")), await here.append(exampleEntry("c")));
    expect(receipts.map(({ index }) => index)).toEqual([0, 1, 2]);
    await assertKept(here, receipts);
  });

  test("asks how the table ends after an answer that got lost, whether it was written or not", async () => {
    const one = table();
    let isLost = true;
    const add: TrailTable["add"] = async (...args) => {
      const answer = await one.add(...args);
      if (isLost) throw new Error("The connection broke.");
      return answer;
    };
    const trail = new ChainedTrail({ ...one, add }, 60_000);
    await expect(trail.append(exampleEntry("a"))).rejects.toThrow("The connection broke.");
    isLost = false;
    const receipt = await trail.append(exampleEntry("b"));
    expect(receipt.index).toBe(1);
    await assertKept(trail, [receipt]);
  });

  test("gives up when others are always faster", async () => {
    const trail = new ChainedTrail({ ...table(), add: async () => ({ added: false, end: origin }) }, 20);
    await expect(trail.append(exampleEntry("a"))).rejects.toThrow(
      "Others wrote to the audit trail for 20 ms without a gap.",
    );
  });
});
