import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desk } from "../desk/desk.js";
import airlineDesk from "../generated/airline.desk.guard.js";
import { Clock } from "../lib/clock.js";
import { crowd } from "./crowd.js";
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

    const client = fork(new URL("load-client.js", import.meta.url), { execArgv: [] });
    client.send({ address, seconds, connections, passengers });
    const ended = once(client, "exit").then(([code]) => {
      throw new Error(`The people at the desk left with ${code}.`);
    });
    const [result] = await Promise.race([once(client, "message"), ended]);
    ended.catch(() => {});
    stop();
    const { searches } = (await app.inject("/api/searches")).json();
    const { entries, breaches } = (await app.inject("/api/trail/verified")).json();
    const mistakes = [...result.mistakes];
    if (searches > 0) mistakes.push(`${searches} passengers were looked for on the web`);
    return {
      ...result,
      mistakes,
      share: { calls: shares.length, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) },
      trail: { entries, breaches: breaches.length },
    };
  } finally {
    stop();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }

  function quantile(part) {
    const sorted = shares.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  }
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
