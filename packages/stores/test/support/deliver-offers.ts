import { type ChainReport, verifyChain } from "@scruple/audit";
import type { Receipt } from "@scruple/runtime/enforce";
import type { KeptStores } from "../../src/shared/stores.ts";
import type { Tally } from "./fault-report.ts";
import { consent, mostOffers, offers } from "./offers.ts";
import { watched } from "./watched.ts";

/** A store under test. */
export interface Rig {
  /** Through which the guard acts: faults are between it and what it keeps. */
  readonly stores: KeptStores;
  /** The same store, without faults. */
  readonly trusted: KeptStores;
  /** Breaks something, until what it returns is called. */
  breakIt(): (() => void | Promise<void>) | Promise<() => void | Promise<void>>;
}

let people = 0;

/**
 * Sends offers to one person after another, from a queue that delivers each twice, while something is broken; and once more
 * when it is mended. Counts what must not be.
 */
export async function deliverOffers(rig: Rig, result: Tally, rounds: number, random: () => number): Promise<Tally> {
  const acknowledged: Receipt[] = [];
  const fragile = offers(watched(rig.stores, acknowledged, result));
  const sound = offers(watched(rig.trusted, acknowledged, result));

  for (let round = 0; round < rounds; round++) {
    people += 1;
    const subject = `person-${process.pid}-${people}`;
    const sent = new Map<string, number>();
    let hasConsent = true;
    const deliver = async (send: typeof sound, key: string) => {
      result.asked += 1;
      try {
        await send(subject, key, () => {
          // An action that fails before it has done anything.
          if (random() < 0.1) throw new Error("The mail server is down.");
          if (!hasConsent) result.unconsented += 1;
          sent.set(key, (sent.get(key) ?? 0) + 1);
        });
      } catch (error) {
        if (!String(error).includes("The mail server is down.")) throw error;
      }
    };

    await rig.trusted.permissions.give(subject, consent);
    if (round % 4 === 1) {
      await rig.trusted.permissions.withdraw(subject, consent);
      hasConsent = false;
    }
    const mend = await rig.breakIt();
    if (round % 4 === 2) {
      // What is acknowledged counts from now on; what is not may have been done all the same.
      await rig.stores.permissions.withdraw(subject, consent).then(
        () => {
          hasConsent = false;
        },
        () => undefined,
      );
    }
    const keys = Array.from({ length: mostOffers * 2 }, (_, i) => `${subject}-${i}`);
    await Promise.all([...keys, ...keys].map((key) => deliver(fragile, key)));
    await mend();
    for (const key of keys) await deliver(sound, key);

    const counts = [...sent.values()];
    const total = counts.reduce((sum, count) => sum + count, 0);
    result.done += total;
    result.beyond += Math.max(0, total - mostOffers);
    result.twice += counts.filter((count) => count > 1).length;
  }
  await checkTrail(rig.trusted, acknowledged, result);
  return result;
}

/** Counts acknowledged entries that are not where they were acknowledged. @throws where the trail is no chain any more */
export async function checkTrail(
  { audit }: KeptStores,
  acknowledged: readonly Receipt[],
  result: Tally,
): Promise<void> {
  const hashes = new Map<number, string>();
  async function* read() {
    for await (const kept of audit.read()) {
      hashes.set(kept.index, kept.hash);
      yield kept;
    }
  }
  const report: ChainReport = await verifyChain(read());
  if (report.breaches.length > 0) throw new Error(report.breaches[0]!.message);
  result.acknowledged += acknowledged.length;
  result.lost += acknowledged.filter(({ index, hash }) => hashes.get(index) !== hash).length;
}
