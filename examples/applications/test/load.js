import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { desk } from "../desk/desk.js";
import airlineDesk from "../generated/airline.desk.guard.js";
import { Clock } from "../lib/clock.js";
import { crowd, wrong } from "./crowd.js";
import { measured } from "./guard-share.js";

/**
 * Many people at the airline's desk at once: greetings, pictures and offers, for a crowd of passengers. Every answer is held
 * to what it has to be.
 *
 * @param {object} options
 * @param {number} options.seconds
 * @param {number} options.connections
 * @param {number} [options.passengers]
 * @param {number} [options.warmUp] calls before anything is measured
 */
export async function load({ seconds, connections, passengers = 500, warmUp = 1_000 }) {
  const folder = mkdtempSync(join(tmpdir(), "scruple-load-"));
  const clock = new Clock();
  const people = crowd(clock, passengers);
  const { guardOf, shares, stop } = measured(airlineDesk);
  const app = await desk({ folder, guardOf, clock, people });
  try {
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    for (const [id, { hasAgreed }] of people) {
      if (!hasAgreed) continue;
      const payload = { person: id, purpose: "direct_marketing", channel: "email", given: true };
      await app.inject({ method: "POST", url: "/api/consent", payload });
    }
    // What the engine compiles at first is not what it takes from then on.
    const greet = (number) => {
      const payload = { person: `p${number % passengers}`, listening: true };
      return app.inject({ method: "POST", url: "/api/greet", payload });
    };
    for (let done = 0; done < warmUp; done += connections)
      await Promise.all(Array.from({ length: connections }, (_, i) => greet(done + i)));
    shares.length = 0;
    const mistakes = [];
    const asked = { "/api/greet": 0, "/api/picture": 0, "/api/offer": 0 };
    /** By passenger, how many offers were asked for, and how many were sent. */
    const offers = new Map();
    let next = 0;
    const setupRequest = (request, context) => {
      const number = next++;
      const id = `p${(number * 7) % passengers}`;
      const path = number % 10 < 7 ? "/api/greet" : number % 10 < 8 ? "/api/picture" : "/api/offer";
      const listening = number % 3 === 0;
      Object.assign(context, { path, id, listening, person: people.get(id) });
      const body = path === "/api/greet" ? { person: id, listening } : { person: id, key: `act ${number}` };
      return { ...request, path, body: JSON.stringify(body) };
    };
    const onResponse = (status, text, context) => {
      asked[context.path] += 1;
      const mistake = wrong(context, status, text);
      if (mistake !== undefined && mistakes.length < 20) mistakes.push(mistake);
      if (context.path !== "/api/offer") return;
      const count = offers.get(context.id) ?? { asked: 0, sent: 0 };
      count.asked += 1;
      if (status === 200) count.sent += 1;
      offers.set(context.id, count);
    };
    const result = await autocannon({
      url: address,
      duration: seconds,
      connections,
      timeout: 60,
      requests: [{ method: "POST", headers: { "content-type": "application/json" }, setupRequest, onResponse }],
    });
    for (const [id, { asked: times, sent }] of offers) {
      const most = people.get(id).mayBeWrittenTo ? 2 : 0;
      // Of what was under way at the end, the answers are not known.
      if (sent > most) mistakes.push(`${id} got ${sent} offers of ${most}, asked for ${times} times`);
    }
    stop();
    const { searches } = (await app.inject("/api/searches")).json();
    if (searches > 0) mistakes.push(`${searches} passengers were looked for on the web`);
    const { entries, breaches } = (await app.inject("/api/trail/verified")).json();
    return {
      asked,
      mistakes,
      failed: result.errors + result.timeouts,
      latency: { p50: result.latency.p50, p99: result.latency.p99 },
      share: {
        calls: shares.length,
        p50: quantile(shares, 0.5),
        p99: quantile(shares, 0.99),
        max: Math.max(...shares),
      },
      trail: { entries, breaches: breaches.length },
      offersSent: [...offers.values()].reduce((sum, { sent }) => sum + sent, 0),
    };
  } finally {
    stop();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** What a load run came to, for people to read. */
export function described({ asked, failed, latency, mistakes, share, trail, offersSent }) {
  const all = Object.values(asked).reduce((sum, count) => sum + count, 0);
  return [
    `${all} answers, ${mistakes.length} wrong, ${failed} failed; ${offersSent} offers sent`,
    `whole request: p50 ${latency.p50} ms, p99 ${latency.p99} ms`,
    `the guard's share of a call: p50 ${share.p50.toFixed(3)} ms, p99 ${share.p99.toFixed(3)} ms, most ${share.max.toFixed(3)} ms (${share.calls} calls)`,
    `audit trail: ${trail.entries} entries, ${trail.breaches} breaches`,
  ].join("\n");
}
