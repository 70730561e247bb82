import assert from "node:assert/strict";
import { type Kept, verifyChain } from "@scruple/audit";
import type { AuditEntry, Receipt } from "@scruple/runtime/enforce";
import type { KeptTrail, ReadableTrail } from "../shared/chained-trail.ts";
import { type ContractCase, fresh } from "./contract-case.ts";

/** An entry that is told from others by its act. */
export function exampleEntry(act: string): AuditEntry {
  return {
    at: "2026-11-22T04:00:00.000Z",
    policy: "airline.know_me",
    model: `sha256:${"0".repeat(64)}`,
    interaction: "offer_email",
    operation: "use",
    data: ["bookings.travel_history"],
    with: null,
    purpose: "direct_marketing",
    channel: "email",
    recipient: null,
    precision: null,
    subject: "hmac:5e884898da28",
    act,
    decision: "allow",
    rules: ["offer_email.#1"],
    basis: ["consent"],
    conditions: { "offer_email.#1": "true" },
    missing: [],
    duties: [],
    limits: ["offer_email.enough"],
    outcome: "begun",
    errors: 0,
  };
}

/**
 * What an audit trail has to do.
 *
 * @param open opens the same trail once more, as another process would
 */
export function auditContract(open: () => Promise<ReadableTrail>): readonly ContractCase[] {
  return [
    {
      name: "gives each entry its place in one chain",
      run: async () => {
        const trail = await open();
        const first = await trail.append(exampleEntry(fresh("act")));
        const second = await trail.append(exampleEntry(fresh("act")));
        assert.equal(second.index, first.index + 1);
        await assertKept(trail, [first, second]);
      },
    },
    {
      name: "keeps the entry as it was written",
      run: async () => {
        const trail = await open();
        const entry = { ...exampleEntry(fresh("act")), purpose: "Ä \\ \" \u2028 😀 '; --" };
        const { index } = await trail.append(entry);
        const kept = (await all(trail)).find((one) => one.index === index);
        assert.deepEqual(JSON.parse(kept!.entry), entry);
      },
    },
    {
      name: "keeps one chain when several write to it at once",
      run: async () => {
        const trails = await Promise.all([open(), open(), open()]);
        const receipts = await Promise.all(
          trails.flatMap((trail) => Array.from({ length: 25 }, () => trail.append(exampleEntry(fresh("act"))))),
        );
        assert.equal(new Set(receipts.map(({ index }) => index)).size, 75);
        await assertKept(trails[0]!, receipts);
      },
    },
    {
      name: "keeps entries apart that are the same to the letter",
      run: async () => {
        const trails = await Promise.all([open(), open()]);
        const entry = exampleEntry(fresh("act"));
        const receipts = await Promise.all(trails.flatMap((trail) => [trail.append(entry), trail.append(entry)]));
        assert.equal(new Set(receipts.map(({ hash }) => hash)).size, 4);
        await assertKept(trails[0]!, receipts);
      },
    },
    {
      name: "refuses what is no entry, and keeps what comes with it",
      run: async () => {
        const trail = await open();
        const bad = { ...exampleEntry(fresh("act")), errors: Number.NaN };
        const [good, refused] = await Promise.allSettled([trail.append(exampleEntry(fresh("act"))), trail.append(bad)]);
        assert.equal(refused.status, "rejected");
        assert.equal(good.status, "fulfilled");
        await assertKept(trail, good.status === "fulfilled" ? [good.value] : []);
      },
    },
  ];
}

/**
 * What an audit trail has to do from which entries are removed.
 *
 * @param open opens a trail once more; the cases remove entries of each other, so nothing else is to be in it
 */
export function retentionContract(open: () => Promise<KeptTrail>): readonly ContractCase[] {
  const filled = async (entries: number) => {
    const trail = await open();
    const receipts: Receipt[] = [];
    for (let i = 0; i < entries; i++) receipts.push(await trail.append(exampleEntry(fresh("act"))));
    return { trail, receipts };
  };
  const indexes = async (trail: KeptTrail) => (await all(trail)).map(({ index }) => index);
  return [
    {
      name: "leaves the latest entries, which can be verified from their new beginning",
      run: async () => {
        const { trail, receipts } = await filled(8);
        assert.deepEqual(await trail.removeAllBut(3), receipts[4]);
        assert.deepEqual(await (await open()).start(), receipts[4]);
        assert.deepEqual(
          await indexes(trail),
          receipts.slice(5).map(({ index }) => index),
        );
        await assertKept(await open(), receipts);
      },
    },
    {
      name: "goes on where it was, and does not count from the beginning again",
      run: async () => {
        const { trail, receipts } = await filled(4);
        await trail.removeAllBut(1);
        const next = await trail.append(exampleEntry(fresh("act")));
        const elsewhere = await (await open()).append(exampleEntry(fresh("act")));
        assert.deepEqual([next.index, elsewhere.index], [receipts[3]!.index + 1, receipts[3]!.index + 2]);
        await assertKept(trail, [...receipts, next, elsewhere]);
      },
    },
    {
      name: "always leaves the last entry",
      run: async () => {
        const { trail, receipts } = await filled(2);
        await trail.removeAllBut(0);
        await trail.removeBefore(new Date(8.64e15));
        assert.deepEqual(await indexes(trail), [receipts[1]!.index]);
        await assertKept(trail, receipts);
      },
    },
    {
      name: "removes by age up to the first entry that is young enough, more of them than are read at once",
      run: async () => {
        const trail = await open();
        const at = (day: string) => ({ ...exampleEntry(fresh("act")), at: `2027-11-${day}T04:00:00.000Z` });
        await Promise.all(Array.from({ length: 700 }, () => trail.append(at("01"))));
        const [young, old] = [await trail.append(at("20")), await trail.append(at("01"))];
        const start = await trail.removeBefore(new Date("2027-11-10"));
        assert.equal(start.index, young.index - 1);
        assert.deepEqual(await indexes(trail), [young.index, old.index]);
        assert.deepEqual(await trail.removeBefore(new Date("2027-11-10")), start);
        await assertKept(trail, [young, old]);
      },
    },
    {
      name: "removes once where several remove, while others append",
      run: async () => {
        const { trail, receipts } = await filled(12);
        const others = await Promise.all([open(), open(), open()]);
        const removing = [5, 3, 4].map((count, i) => others[i]!.removeAllBut(count));
        const [appended] = await Promise.all([trail.append(exampleEntry(fresh("act"))), ...removing]);
        const start = await trail.start();
        assert.ok(
          [receipts[8]!.hash, receipts[9]!.hash].includes(start.hash),
          `Entry ${start.index} is the last to go.`,
        );
        await assertKept(trail, [...receipts, appended]);
      },
    },
    {
      name: "refuses what is no age and no number",
      run: async () => {
        const { trail } = await filled(2);
        const before = await indexes(trail);
        await assert.rejects(trail.removeBefore(new Date(Number.NaN)));
        for (const count of [-1, 0.5, Number.NaN]) await assert.rejects(trail.removeAllBut(count));
        assert.deepEqual(await indexes(trail), before);
      },
    },
  ];
}

/** Asserts that a trail is one chain from its beginning, and holds what it has acknowledged. */
export async function assertKept(trail: ReadableTrail, acknowledged: readonly Receipt[]): Promise<void> {
  const report = await verifyChain(trail.read(), { from: await trail.start(), known: acknowledged });
  assert.deepEqual(report.breaches, []);
}

async function all(trail: ReadableTrail): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for await (const one of trail.read()) kept.push(one);
  return kept;
}
