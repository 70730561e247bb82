import type { Site } from "../index.ts";
import type { Behind } from "./behind.ts";
import { type Call, readCall } from "./call.ts";
import type { Piece } from "./deciding.ts";
import { refusal } from "./denial.ts";
import { type Loaded, pieceOf, unwrap } from "./loading.ts";
import { type Proceeding, proceed } from "./proceeding.ts";
import { type Candidate, type Revealed, reveal, type Withheld } from "./reveal.ts";
import { SealError } from "./sealed.ts";

/**
 * Gives of a profile in hand what is allowed, each field at the finest level that is. A coarser value is what the generaliser
 * registered for that field and level makes of it. What has no generaliser, is no field or cannot be read is withheld.
 *
 * @throws what a generaliser or a duty throws
 */
export async function minimize(behind: Behind, site: Site, raw: unknown, profile: unknown): Promise<Revealed> {
  const call = readCall(site, null, raw);
  const entries = await readProfile(profile);
  return proceed(behind, call, "minimize", [...entries.keys()], (proceeding) => {
    const candidates: Candidate[] = [];
    const refused: Withheld[] = [];
    const now = behind.now();
    for (const [field, read] of entries) {
      const result =
        "error" in read
          ? unreadable(proceeding, field, read)
          : finest(proceeding, pieceOf(field, read, call, now), read.value);
      if ("denial" in result) refused.push(result);
      else candidates.push(result);
    }
    return reveal(proceeding, candidates, refused);
  });
}

/** What could not be read of a profile. */
interface Unread {
  readonly error: unknown;
}

/** The fields of a profile, opened each by itself. What cannot say its fields has nothing to show. */
async function readProfile(profile: unknown): Promise<ReadonlyMap<string, Loaded | Unread>> {
  const read = async (field: string): Promise<Loaded | Unread> => {
    try {
      return await unwrap((profile as Record<string, unknown>)[field], field);
    } catch (error) {
      return { error };
    }
  };
  return new Map(await Promise.all(fieldsOf(profile).map(async (field) => [field, await read(field)] as const)));
}

function fieldsOf(profile: unknown): readonly string[] {
  try {
    return Object.keys(profile as object);
  } catch {
    return [];
  }
}

function unreadable(proceeding: Proceeding, field: string, { error }: Unread): Withheld {
  proceeding.notes.problems.push(error);
  const { traced } = finest(proceeding, { field, age: proceeding.call.age }, undefined);
  // The words of any other error may hold what was to be read.
  const why = error instanceof SealError ? error.message : `What was given as \`${field}\` could not be read.`;
  return { field, traced, denial: refusal(traced.decision, "unavailable", why) };
}

function finest({ behind, call, decide, deny }: Proceeding, piece: Piece, value: unknown): Candidate | Withheld {
  const { field } = piece;
  const levels = levelsFor(behind, call, field);
  let refused: Withheld | undefined;
  for (const level of levels) {
    const traced = decide([piece], level);
    const { decision } = traced;
    const denial = deny(decision);
    if (denial !== undefined) {
      refused ??= { field, traced, denial };
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
      load: async () => ({ value: await make(value), decide: () => traced }),
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
