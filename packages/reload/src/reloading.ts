import { errorDecision } from "@scruple/model";
import type { Guard, Policy } from "@scruple/runtime";
import { inTime, milliseconds } from "./deadline.ts";
import { guardOf } from "./guard-of.ts";
import { type Key, publicKey } from "./keys.ts";
import { fileMemory, holdAgainst } from "./memory.ts";
import { Refused } from "./refused.ts";
import { type Release, verifyRelease } from "./release.ts";
import { isTime, soundClock } from "./sound-clock.ts";
import { watchedFile } from "./watched-file.ts";

export interface ReloadingOptions {
  readonly policy: string;
  /** Ed25519 public keys in PEM; any of them may have signed, so that a new one can come before the old one goes. */
  readonly keys: readonly Key[];
  /**
   * The file that holds the signed model, or what fetches its text. A look that has no answer when half a minute is over, or
   * `every` where that is longer, is given up: the signal says so.
   */
  readonly from: string | URL | ((signal: AbortSignal) => Promise<string>);
  /** How often to look, in seconds. 5 if left out. */
  readonly every?: number;
  /**
   * A file of the application's own that remembers over restarts which model was taken last; all its processes may share it.
   * Without it, an old signed model can come back while the application is not running.
   */
  readonly remember?: string;
  /**
   * The duties that the application has handlers for. A model that binds to another is refused. Left out, it is taken, and what
   * acts denies what obliges to a duty that nothing handles.
   */
  readonly duties?: readonly string[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Hears of each model that is taken, and once of each reason for which one is not. */
  readonly told?: (event: ReloadEvent) => void;
}

export type ReloadEvent =
  | {
      readonly kind: "taken";
      readonly policy: Policy;
      readonly signed: string;
      readonly expires: string | null;
      /** Interactions that the first model did not have: what was made of the guard then has no calls of them. */
      readonly uncalled: readonly string[];
    }
  /** The guard goes on with the model that it has. */
  | { readonly kind: "kept"; readonly reason: string };

/** A guard whose model may be replaced between one decision and the next, never during one. */
export interface ReloadingGuard extends Guard {
  /** When the model in force was signed. */
  readonly signed: string;
  readonly expires: string | null;
  /** Looks now. @returns null where all is well, else why the model that is there was not taken */
  refresh(): Promise<string | null>;
  /** Looks no more. The guard goes on deciding. */
  close(): void;
}

/** Seconds that a look has at least. */
const patience = 30;

interface InForce extends Release {
  readonly text: string;
  readonly guard: Guard;
}

/**
 * The guard of a signed model, which it replaces by later ones as they come.
 *
 * @throws Refused where there is no model to begin with that verifies
 */
export async function reloading(options: ReloadingOptions): Promise<ReloadingGuard> {
  const { policy, from, every = 5, told = () => {} } = options;
  const now = soundClock(options.now ?? Date.now);
  const keys = options.keys.map(publicKey);
  if (keys.length === 0) throw new TypeError("`keys` is empty: no model could ever be verified.");
  if (!(every > 0)) throw new TypeError("`every` is a number of seconds above 0.");
  const source = typeof from === "function" ? from : watchedFile(from);
  const read = () => inTime(Math.max(every, patience), source);
  const memory = options.remember === undefined ? null : fileMemory(options.remember, policy);

  /** What is to be in force from now on. @throws Refused */
  const next = (text: string, before: InForce | null): InForce => {
    if (typeof text !== "string") throw new Refused("There is no text.");
    const release = verifyRelease(text, { keys, policy, now: now() });
    holdAgainst(before, release);
    holdAgainst(memory?.last() ?? null, release);
    const guard = guardOf(release.model);
    const unhandled = guard.surface.duties.filter((duty) => options.duties?.includes(duty) === false);
    if (unhandled.length > 0) throw new Refused(`Nobody here does the duty \`${unhandled[0]}\` that it binds to.`);
    return { ...release, text, guard };
  };

  const first = await read().catch((error) => {
    throw new Refused(notRead(error));
  });
  let current = next(first, null);
  memory?.remember(current);
  const tell = (event: ReloadEvent) => {
    try {
      told(event);
    } catch {
      // Whoever listens cannot stop a guard from taking what is in force.
    }
  };
  const interactions = ({ guard }: InForce) => guard.surface.interactions.map(({ name }) => name);
  const called = interactions(current);
  const tellTaken = () => {
    const { guard, signed, expires } = current;
    const uncalled = interactions(current).filter((name) => !called.includes(name));
    tell({ kind: "taken", policy: guard.policy, signed, expires, uncalled });
  };
  tellTaken();

  let lastReason: string | null = null;
  const look = async (): Promise<string | null> => {
    let reason: string | null = null;
    try {
      const text = await read();
      const following = text === current.text ? current : next(text, current);
      // The same one too: another process that takes an earlier one at the same time may have written over it.
      memory?.remember(following);
      if (following !== current) {
        current = following;
        tellTaken();
      }
    } catch (error) {
      reason = error instanceof Refused ? error.message : notRead(error);
      if (reason !== lastReason) tell({ kind: "kept", reason });
    }
    lastReason = reason;
    return reason;
  };
  let looking: Promise<string | null> = Promise.resolve(null);
  const refresh = () => {
    looking = looking.then(look);
    return looking;
  };
  let isIdle = true;
  const timer = setInterval(() => {
    // A source that takes its time is not asked again meanwhile.
    if (!isIdle) return;
    isIdle = false;
    void refresh().finally(() => {
      isIdle = true;
    });
  }, milliseconds(every));
  timer.unref();

  /** Why the model in force allows nothing now; null where it decides. */
  const bar = (): string | null => {
    const { expires } = current;
    if (expires === null) return null;
    const time = now();
    if (!isTime(time)) return `The clock is broken, and the model expires at ${expires}.`;
    if (Date.parse(expires) > time) return null;
    return `The model has expired at ${expires}. Sign it again, or a later one.`;
  };
  const barred = (why: string) => errorDecision(current.guard.policy.hash, why);
  return {
    decide: (request) => {
      const why = bar();
      return why === null ? current.guard.decide(request) : barred(why);
    },
    trace: (request) => {
      const why = bar();
      return why === null ? current.guard.trace(request) : { decision: barred(why), conditions: {} };
    },
    prepare: (given) => {
      const act = kept(given);
      let of = current;
      let check = of.guard.prepare(act);
      return (known) => {
        if (bar() !== null) return false;
        try {
          if (of !== current) check = current.guard.prepare(act);
          of = current;
          return check(known);
        } catch {
          // The model in force has no such act.
          return false;
        }
      };
    },
    get policy() {
      return current.guard.policy;
    },
    get surface() {
      return current.guard.surface;
    },
    get signed() {
      return current.signed;
    },
    get expires() {
      return current.expires;
    },
    refresh,
    close: () => clearInterval(timer),
  };
}

function notRead(error: unknown): string {
  try {
    return `It could not be read: ${error instanceof Error ? error.message : String(error)}`;
  } catch {
    // Anything can be thrown, and some of it has no text.
    return "It could not be read.";
  }
}

/** An act as it is now: it is prepared again for later models, whatever has become of the object. @throws TypeError */
function kept(act: object): object {
  try {
    return structuredClone(act);
  } catch {
    throw new TypeError("The act could not be read.");
  }
}
