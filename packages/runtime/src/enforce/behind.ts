import type { Guard, Surface } from "../index.ts";
import { passingPseudonym } from "./keyed-hash.ts";
import type { Observer } from "./observer.ts";
import type { Receipt, Stores } from "./stores.ts";

/** What a duty is done about. */
export interface DutyOccasion<Arguments = Readonly<Record<string, unknown>>> {
  /** The id of the person; null where the call named none. */
  readonly subject: string | null;
  /** What the policy says that it is to be done with. */
  readonly arguments: Arguments;
  readonly interaction: string;
  readonly operation: string;
  readonly data: readonly string[];
  /** Where the audit trail tells of the act. */
  readonly receipt: Receipt;
}

export type DutyHandler = (occasion: DutyOccasion) => unknown;
export type Generaliser = (value: unknown) => unknown;

/** What an application gives a guard, as it comes. */
export interface GivenOptions {
  readonly stores: Stores;
  subject(id: string): unknown;
  readonly duties?: object;
  /** By field, then by level. */
  readonly generalise?: object;
  now?(): number | Date;
  pseudonym?(text: string): string | Promise<string>;
  readonly observe?: Observer;
}

/** What stands behind the calls of a guard. */
export interface Behind {
  readonly core: Guard;
  readonly surface: Surface;
  readonly stores: Stores;
  subjectOf(id: string): unknown;
  readonly duties: ReadonlyMap<string, DutyHandler>;
  generaliser(field: string, level: string): Generaliser | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  pseudonym(text: string): string | Promise<string>;
  readonly observer: Observer | undefined;
}

/** @throws TypeError where something is missing that a guard cannot do without */
export function behindOf(core: Guard, options: GivenOptions): Behind {
  const {
    duties = {},
    generalise = {},
    now = Date.now,
    observe,
    pseudonym = passingPseudonym(),
    stores,
    subject,
  } = options;
  const what = `The guard of \`${core.policy.name}\``;
  for (const name of ["permissions", "limits", "audit"] as const)
    if (typeof stores?.[name] !== "object") throw new TypeError(`${what} needs \`stores.${name}\`.`);
  if (typeof subject !== "function") throw new TypeError(`${what} needs \`subject\`, which reads attributes by id.`);
  const handlers = new Map(Object.entries(duties).filter(([, handler]) => typeof handler === "function"));
  for (const name of core.surface.duties)
    if (!handlers.has(name))
      throw new TypeError(`${what} needs \`duties.${name}\`: rules oblige those who act on them to it.`);
  const generalisers = new Map(
    Object.entries(generalise).map(([field, levels]) => [field, new Map(Object.entries(levels))]),
  );
  return {
    core,
    // Of the model in force, which may be another by the next call.
    get surface() {
      return core.surface;
    },
    stores,
    subjectOf: (id) => subject(id),
    duties: handlers,
    generaliser: (field, level) => generalisers.get(field)?.get(level) as Generaliser | undefined,
    now: () => Number(now()),
    pseudonym,
    observer: observe,
  };
}
