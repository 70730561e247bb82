/**
 * One engine with one policy in a process of its own, so that no engine runs on code that another has warmed up or
 * spoilt, nor pays for another's garbage. Does what its parent's messages say, one at a time.
 */
import { peers } from "./engines/index.mjs";
import { loadScruple } from "./engines/scruple.mjs";
import { generatePolicy } from "./policy.mjs";

const [name, rules, requestCount, guardPath] = process.argv.slice(2);
const policy = generatePolicy({ rules: Number(rules) });
const texts = policy.requests(Number(requestCount)).map((request) => JSON.stringify(request));
const peer = peers.find((candidate) => candidate.name === name);
const started = performance.now();
const engine = peer === undefined ? await loadScruple(guardPath) : await peer.create(policy);
await engine.prepare?.(texts.map((text) => JSON.parse(text)));
const setUp = performance.now() - started;
let next = 0;

const actions = {
  /** Decides from the first request on, for `milliseconds` at most but at least `least` requests. */
  async answer({ milliseconds, least }) {
    const until = performance.now() + milliseconds;
    let answers = "";
    for (const text of texts) {
      if (answers.length >= least && performance.now() > until) break;
      answers += (await engine.decide(JSON.parse(text))) === "allow" ? "a" : "d";
    }
    return { answers };
  },

  /**
   * Decides `decisions` requests after a run-up of `before`, and says how many nanoseconds those took. A few at a time are
   * parsed outside the clock, so that each is an object of its own and as near as one that has just come in.
   */
  async round({ decisions, before }) {
    let milliseconds = 0;
    let allowed = 0;
    for (let left = before + decisions; left > 0; ) {
      const fresh = freshRequests(Math.min(left > decisions ? left - decisions : left, 32));
      const begin = performance.now();
      if (peer?.asynchronous) {
        for (const request of fresh) if ((await engine.decide(request)) === "allow") allowed++;
      } else {
        for (const request of fresh) if (engine.decide(request) === "allow") allowed++;
      }
      if (left <= decisions) milliseconds += performance.now() - begin;
      left -= fresh.length;
    }
    return { nanoseconds: milliseconds * 1e6, allowed };
  },
};

function freshRequests(count) {
  const fresh = [];
  for (; fresh.length < count; next = (next + 1) % texts.length) fresh.push(JSON.parse(texts[next]));
  return fresh;
}

process.on("message", async (message) => process.send(await actions[message.action](message)));
process.on("disconnect", () => process.exit(0));
process.send({ ready: true, setUp });
