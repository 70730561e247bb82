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

  describe("removes what is old", () => {
    /** One whose beginning goes where it is told. */
    async function shrinking(...gone: readonly number[]) {
      const one = table();
      const trail = new ChainedTrail(one, 60_000);
      for (const act of ["a", "b", "c", "d", "e"]) await trail.append(exampleEntry(act));
      let start = origin;
      const starts = [origin];
      const there = () => one.kept.filter(({ index }) => index > start.index && !gone.includes(index));
      const drop: TrailTable["drop"] = async (upTo) => {
        start = upTo;
      };
      const read: TrailTable["read"] = async (from) => there().filter(({ index }) => index >= from);
      const later = { ...one, drop, read, start: async () => starts.pop() ?? start };
      return { trail: new ChainedTrail(later, 60_000), kept: one.kept, begin: (at: Kept) => drop(at, 0) };
    }

    test("in order, though another process does so as well", async () => {
      const { trail, kept, begin } = await shrinking();
      await begin(kept[1] as Kept);
      expect((await trail.removeAllBut(2)).index).toBe(2);
    });

    test("and vouches for nothing that somebody else took away", async () => {
      for (const gone of [0, 1]) {
        const { trail } = await shrinking(gone);
        await expect(trail.removeAllBut(2)).rejects.toThrow(`Entry ${gone} is gone, and was not removed in order.`);
        expect((await trail.start()).index).toBe(-1);
      }
    });
  });

  test("gives up when others are always faster", async () => {
    const trail = new ChainedTrail({ ...table(), add: async () => ({ added: false, end: origin }) }, 20);
    await expect(trail.append(exampleEntry("a"))).rejects.toThrow(
      "Others wrote to the audit trail for 20 ms without a gap.",
    );
  });
});
