import assert from "node:assert/strict";
import { type Kept, verifyChain } from "@scruple/audit";
import type { AuditEntry, Receipt } from "@scruple/runtime/enforce";
import type { ReadableTrail } from "../shared/chained-trail.ts";
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

/** Asserts that a trail is one chain from its beginning, and holds what it has acknowledged. */
export async function assertKept(trail: ReadableTrail, acknowledged: readonly Receipt[]): Promise<void> {
  const report = await verifyChain(trail.read(), { known: acknowledged });
  assert.deepEqual(report.breaches, []);
}

async function all(trail: ReadableTrail): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for await (const one of trail.read()) kept.push(one);
  return kept;
}
