import type { Stores } from "@scruple/runtime/enforce";
import type { KeptStores } from "../../src/shared/stores.ts";
import type { Tally } from "./fault-report.ts";
import { consent, mostOffers, offers } from "./offers.ts";

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;

/**
 * Sends offers over some weeks, while one of two clocks is wrong at each: the application's or the store's, set back by up
 * to a day or ahead by up to ten. Counts offers beyond what any week as it really passed may hold.
 *
 * @param setClock sets the store's clock, in milliseconds since 1970
 */
export async function keepWrongTime(
  stores: KeptStores,
  setClock: (now: number) => void | Promise<void>,
  result: Tally,
  random: () => number,
): Promise<Tally> {
  let application = 0;
  const send = offers(stores as Stores, () => application);
  for (let person = 0; person < 4; person++) {
    const subject = `${result.fault}-${person}`.replaceAll(" ", "-");
    await stores.permissions.give(subject, consent);
    const sent: number[] = [];
    let now = Date.UTC(2020 + person, 0);
    for (let i = 0; i < 100; i++) {
      now += random() * 12 * hour;
      const error = random() < 0.5 ? -random() * day : random() * 10 * day;
      const isStoreWrong = random() < 0.5;
      application = Math.round(isStoreWrong ? now : now + error);
      await setClock(Math.round(isStoreWrong ? now + error : now));
      result.asked += 1;
      await send(subject, `${subject}-${i}`, () => void sent.push(now));
    }
    result.done += sent.length;
    for (const from of sent) {
      const inWeek = sent.filter((at) => at >= from && at < from + week).length;
      result.beyond += Math.max(0, inWeek - mostOffers);
    }
  }
  return result;
}
