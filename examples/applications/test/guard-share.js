import { AsyncLocalStorage, createHook } from "node:async_hooks";

/** Processor time of this process in milliseconds: other processes may be as busy as they like. */
function used() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Measures what a guard takes of a call: processor time while its own code runs, from the call to its answer. What it waits
 * for (stores, loaders, actions, duties) does not count, nor does what else the process does meanwhile. What the measuring
 * itself takes does, and so do collections of garbage that fall into it.
 *
 * @template {Function} T
 * @param {T} guardOf what makes a guard
 * @returns {{ guardOf: T, shares: number[], stop: () => void }} the shares in milliseconds, one for each call
 */
export function measured(guardOf) {
  /** The call on whose behalf code runs; nothing outside of the guard. */
  const call = new AsyncLocalStorage();
  const shares = [];
  /** When the guard's code began to run; undefined where it is other code that runs. */
  let began;
  const hook = createHook({
    before() {
      began = call.getStore() === undefined ? undefined : used();
    },
    after() {
      const share = call.getStore();
      if (share !== undefined && began !== undefined) share.spent += used() - began;
    },
  }).enable();

  /** What is not the guard's: its time is taken out of the stretch in which it was called. */
  const outside =
    (work) =>
    (...given) => {
      const share = call.getStore();
      const from = used();
      try {
        return call.run(undefined, () => work(...given));
      } finally {
        if (share !== undefined) share.spent -= used() - from;
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
      const from = used();
      const answer = call.run(share, () => method(said, all(loaders), action && outside(action)));
      share.spent += used() - from;
      return answer.finally(() => shares.push(share.spent));
    };
    return Object.fromEntries(
      Object.keys(guard).map((name) => [name, { show: watched(guard[name].show), act: watched(guard[name].act) }]),
    );
  };
  return { guardOf: make, shares, stop: () => hook.disable() };
}
