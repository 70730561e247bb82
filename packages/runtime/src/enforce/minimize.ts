import type { Site } from "../index.ts";
import type { Behind } from "./behind.ts";
import { type Call, readCall } from "./call.ts";
import { refusal } from "./denial.ts";
import { type Loaded, unwrap } from "./loading.ts";
import { type Proceeding, proceed } from "./proceeding.ts";
import { type Candidate, type Revealed, reveal, type Withheld } from "./reveal.ts";

/**
 * Gives of a profile in hand what is allowed, each field at the finest level that is. A coarser value is what the generaliser
 * registered for that field and level makes of it. What has no generaliser, is no field or cannot be read is left out.
 *
 * @throws what a generaliser or a duty throws
 */
export async function minimize(behind: Behind, site: Site, raw: unknown, profile: unknown): Promise<Revealed> {
  const call = readCall(site, null, raw);
  const entries = readProfile(profile);
  return proceed(behind, call, "minimize", [...entries.keys()], (proceeding) => {
    const candidates: Candidate[] = [];
    const refused: Withheld[] = [];
    for (const [field, { value, age = call.age }] of entries) {
      const result = finest(proceeding, { field, age }, value);
      if ("denial" in result) refused.push(result);
      else candidates.push(result);
    }
    return reveal(proceeding, candidates, refused);
  });

  function readProfile(given: unknown): ReadonlyMap<string, Loaded> {
    const read = new Map<string, Loaded>();
    const now = behind.now();
    try {
      const own = given as Record<string, unknown>;
      for (const field of Object.keys(own)) read.set(field, unwrap(own[field], field, now));
      return read;
    } catch {
      // What cannot be read whole has nothing to show.
      return new Map();
    }
  }
}

function finest(
  { behind, call, decide, deny }: Proceeding,
  piece: { readonly field: string; readonly age: unknown },
  value: unknown,
): Candidate | Withheld {
  const { field } = piece;
  const levels = levelsFor(behind, call, field);
  let refused: Withheld | undefined;
  for (const level of levels) {
    const traced = decide([piece], level);
    const { decision } = traced;
    if (decision.decision === "deny") {
      refused ??= { field, traced, denial: deny(decision) };
      continue;
    }
    const make = isFinest(behind, field, level) ? (same: unknown) => same : behind.generaliser(field, level as string);
    if (make === undefined) {
      refused = {
        field,
        traced,
        denial: refusal(decision, "imprecise", `Nothing makes \`${field}\` as coarse as \`${level}\`.`),
      };
      continue;
    }
    return {
      field,
      traced,
      limits: decision.limits,
      load: async () => ({ value: await make(value), traced }),
    };
  }
  return refused as Withheld;
}

/** Those that may do, finest first; never none. Null: as it is. */
function levelsFor({ surface }: Behind, { level }: Call, field: string): readonly unknown[] {
  const levels = surface.levelsOf(field);
  if (levels.length === 0) return [null];
  const from = level === undefined || level === null ? 0 : levels.indexOf(level as string);
  return from < 0 ? [level] : levels.slice(from);
}

function isFinest({ surface }: Behind, field: string, level: unknown): boolean {
  return level === null || level === surface.levelsOf(field)[0];
}
