import { AsyncLocalStorage, createHook } from "node:async_hooks";

/** Processor time of this process in milliseconds, all of its threads together. */
function used() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Measures what a guard takes of a call: how long its own code runs, from the call to its answer. What it waits for (stores,
 * loaders, actions, duties) does not count, nor does what else the process does meanwhile; pauses to collect garbage do.
 *
 * Of each stretch the shorter counts of two times, neither of which can be too short: the time that passed, which other
 * processes lengthen, and the processor time of this process, which its other threads lengthen.
 *
 * @template {Function} T
 * @param {T} guardOf what makes a guard
 * @returns {{ guardOf: T, shares: number[], stop: () => void }} the shares in milliseconds, one for each call
 */
export function measured(guardOf) {
  /** The call on whose behalf code runs; nothing outside of the guard. */
  const call = new AsyncLocalStorage();
  const shares = [];
  let since = { processor: 0, clock: 0 };
  const begin = () => {
    const processor = used();
    since = { processor, clock: performance.now() };
  };
  const end = (share) => {
    const passed = performance.now() - since.clock;
    share.spent += Math.min(passed, used() - since.processor);
  };
  const hook = createHook({
    before() {
      if (call.getStore() !== undefined) begin();
    },
    after() {
      const share = call.getStore();
      if (share !== undefined) end(share);
    },
  }).enable();

  /** What is not the guard's, though the guard calls it. */
  const outside =
    (work) =>
    (...given) => {
      const share = call.getStore();
      if (share !== undefined) end(share);
      try {
        return call.run(undefined, () => work(...given));
      } finally {
        if (share !== undefined) begin();
      }
    };
  const all = (methods) =>
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [name, typeof method === "function" ? outside(method) : method]),
    );
  const store = (one, names) =>
    Object.fromEntries(names.map((name) => [name, outside((...given) => one[name](...given))]));

  const make = ({ stores, subject, duties, ...rest }) => {
    const guard = guardOf({
      ...rest,
      subject: outside(subject),
      duties: all(duties),
      stores: {
        permissions: store(stores.permissions, ["read"]),
        limits: store(stores.limits, ["reserve", "commit", "release", "spent"]),
        audit: store(stores.audit, ["append"]),
      },
    });
    const watched = (method) => (said, loaders, action) => {
      const share = { spent: 0 };
      begin();
      const answer = call.run(share, () => method(said, all(loaders), action && outside(action)));
      end(share);
      return answer.finally(() => shares.push(share.spent));
    };
    return Object.fromEntries(
      Object.keys(guard).map((name) => [name, { show: watched(guard[name].show), act: watched(guard[name].act) }]),
    );
  };
  return { guardOf: make, shares, stop: () => hook.disable() };
}
