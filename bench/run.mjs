import { startEngine } from "./engine-process.mjs";
import { peers } from "./engines/index.mjs";
import { buildGuard } from "./guard-file.mjs";
import { median, medianRatio } from "./statistics.mjs";

const guard = "scruple";

/**
 * Decisions of the guard beside those of its peers, on the same policy and the same requests.
 *
 * At each size every engine first answers the requests, and all have to agree. Then rounds: each engine decides for a
 * while, in an order that turns with every round, and a ratio is the median of the ratios of the rounds. Before its time is
 * taken, an engine decides for a run-up, since the one before it has emptied the processor's caches: throughput is what
 * is measured. The quick ones run once more without it, and so do what an application does that has long been busy with
 * something else. Last, the guards of all sizes run beside each other in the same way.
 *
 * @param {{ sizes: number[], rounds: number, requests: number, batch: number, runUp: number, warmUp: number, patience:
 *   number, least: number }} options `batch`: milliseconds of an engine's turn; `runUp`: before it; `warmUp`: of its
 *   warming up; `patience`: of its answering, after which `least` answers are enough
 * @throws where engines disagree
 */
export async function benchDecisions(options, log) {
  const sizes = [];
  for (const rules of options.sizes) sizes.push(await benchSize(rules, options, log));
  return { sizes, growth: await benchGrowth(options, log) };
}

async function benchSize(rules, options, log) {
  log(`${rules} rules: engines start and answer`);
  const { path } = await buildGuard(rules);
  const engines = [];
  try {
    for (const name of [guard, ...peers.map((peer) => peer.name)]) {
      engines.push(await startEngine({ name, rules, requestCount: options.requests, guardPath: path }));
    }
    const checked = await agreement(engines, options);
    log(`${rules} rules: all agree; ${options.rounds} rounds`);
    const times = await timed(engines, options);
    const own = times.get(guard);
    const quick = engines.slice(1).filter(({ name }) => median(times.get(name)) < (options.batch * 1e6) / 100);
    const cold = await timed([engines[0], ...quick], { ...options, runUp: 0 });
    return {
      rules,
      guard: { nanoseconds: median(own), cold: median(cold.get(guard)), setUp: engines[0].setUp },
      peers: engines.slice(1).map(({ name, setUp }) => ({
        name,
        title: peers.find((peer) => peer.name === name).title,
        nanoseconds: median(times.get(name)),
        ratio: medianRatio(times.get(name), own),
        coldRatio: cold.has(name) ? medianRatio(cold.get(name), cold.get(guard)) : null,
        setUp,
        checked: checked.get(name),
      })),
    };
  } finally {
    for (const engine of engines) engine.stop();
  }
}

/** How many answers of each engine were compared with the guard's. */
async function agreement([own, ...others], { requests, patience, least }) {
  const expected = await own.answers(Number.POSITIVE_INFINITY, requests);
  const checked = new Map();
  for (const engine of others) {
    const answers = await engine.answers(patience, least);
    const wrong = [...answers].findIndex((answer, index) => answer !== expected[index]);
    if (wrong >= 0) {
      throw new Error(
        `At ${own.rules} rules, ${engine.name} answers request ${wrong} with ${answers[wrong]}, the guard with ${expected[wrong]}.`,
      );
    }
    checked.set(engine.name, answers.length);
  }
  return checked;
}

/**
 * Nanoseconds a decision, round by round, by the engine's key. An engine of which one decision fills many turns sits
 * out most rounds, and has nothing there. Turns are short, so that what else the machine does spoils few of them.
 */
async function timed(engines, options, keyOf = ({ name }) => name) {
  const { rounds } = options;
  const turns = new Map();
  for (const engine of engines) turns.set(engine, await turnOf(engine, options));
  const times = new Map(engines.map((engine) => [keyOf(engine), Array.from({ length: rounds })]));
  for (let round = 0; round < rounds; round++) {
    const first = round % engines.length;
    for (const engine of [...engines.slice(first), ...engines.slice(0, first)]) {
      const { decisions, before, every } = turns.get(engine);
      if (round % every === 0) times.get(keyOf(engine))[round] = await engine.round(decisions, before);
    }
  }
  return times;
}

/** Warms an engine up, and finds how many decisions take about as long as a turn, and in which rounds there is one. */
async function turnOf(engine, { batch, runUp, warmUp, rounds }) {
  const turn = batch * 1e6;
  let decisions = 1;
  let nanoseconds;
  for (let spent = 0; spent < warmUp * 1e6; spent += decisions * nanoseconds) {
    nanoseconds = await engine.round(decisions);
    decisions = Math.max(1, Math.round(turn / nanoseconds));
  }
  const every = Math.min(Math.ceil(nanoseconds / (3 * turn)), Math.floor(rounds / fewestRounds));
  return { decisions, before: Math.floor((runUp * 1e6) / nanoseconds), every };
}
const fewestRounds = 7;

/** The time a decision takes at each size, by that at the smallest. */
async function benchGrowth(options, log) {
  log("guards of all sizes beside each other");
  const engines = [];
  try {
    for (const rules of options.sizes) {
      const { path } = await buildGuard(rules);
      engines.push(await startEngine({ name: guard, rules, requestCount: options.requests, guardPath: path }));
    }
    for (const engine of engines) await engine.answers(Number.POSITIVE_INFINITY, options.requests);
    const times = await timed(engines, { ...options, rounds: options.rounds * 2 }, ({ rules }) => rules);
    const smallest = times.get(options.sizes[0]);
    return options.sizes.map((rules) => ({ rules, ratio: medianRatio(times.get(rules), smallest) }));
  } finally {
    for (const engine of engines) engine.stop();
  }
}
