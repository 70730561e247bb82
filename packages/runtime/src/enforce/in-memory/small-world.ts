import type { Guard } from "../../index.ts";
import type { DutyHandler, DutyOccasion, GivenOptions } from "../behind.ts";
import { counterOf } from "../holding.ts";
import type { Observer } from "../observer.ts";
import type { Consent, Objection } from "../stores.ts";
import { InMemoryAudit } from "./audit.ts";
import { InMemoryLimits } from "./limits.ts";
import { InMemoryPermissions } from "./permissions.ts";

/** What a test says of its world. */
export interface GivenWorld {
  readonly now?: string | number | Date;
  readonly consents?: readonly (Consent & { readonly subject: string })[];
  readonly objections?: readonly (Objection & { readonly subject: string })[];
  readonly subjects?: Readonly<Record<string, object>>;
  readonly duties?: object;
  readonly generalise?: object;
  readonly observe?: Observer;
}

/** Options of a guard with everything in memory, and what a test may look at. @throws TypeError for a moment that is none */
export function smallWorld({ surface, policy }: Guard, given: GivenWorld = {}) {
  let shift = 0;
  const start = given.now === undefined ? undefined : new Date(given.now).getTime();
  if (Number.isNaN(start)) throw new TypeError("`now` is no date.");
  const now = () => (start ?? Date.now()) + shift;
  const stores = {
    permissions: new InMemoryPermissions(),
    limits: new InMemoryLimits(),
    audit: new InMemoryAudit(),
  };
  for (const { subject, ...consent } of given.consents ?? []) void stores.permissions.give(subject, consent);
  for (const { subject, ...objection } of given.objections ?? []) void stores.permissions.object(subject, objection);
  const subjects = new Map(Object.entries(given.subjects ?? {}));
  const obliged: (DutyOccasion & { readonly duty: string })[] = [];
  const noted =
    (duty: string): DutyHandler =>
    (occasion) =>
      void obliged.push({ ...occasion, duty });
  const options: GivenOptions = {
    stores,
    subject: (id) => subjects.get(id),
    duties: { ...Object.fromEntries(surface.duties.map((name) => [name, noted(name)])), ...given.duties },
    generalise: given.generalise ?? {},
    now,
    ...(given.observe === undefined ? {} : { observe: given.observe }),
  };
  return {
    options,
    stores,
    obliged: obliged as readonly (typeof obliged)[number][],
    entries: stores.audit.entries,
    advance: (seconds: number) => {
      shift += seconds * 1_000;
    },
    spent: async (rule: string, subject: string, channel?: string): Promise<number> => {
      const limit = surface.limitOf(rule);
      if (limit === undefined) throw new TypeError(`No rule \`${rule}\` of \`${policy.name}\` counts anything.`);
      return stores.limits.spent(counterOf(policy.name, limit, subject, channel), limit.per, now());
    },
  };
}
