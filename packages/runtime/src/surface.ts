import type { BoundLimit } from "./decision.ts";
import { expandRuns, lists, readDigits } from "./digits.ts";
import { ownedNames, split } from "./names.ts";
import { entriesIn, ruleOf } from "./rules.ts";
import type { Tables } from "./tables.ts";

/** What calls to a guard have to know of its policy before there is a request. */
export interface Surface {
  readonly interactions: readonly Site[];
  /** Names of the duties that rules bind to, sorted. */
  readonly duties: readonly string[];
  /** Names of the subject's attributes that conditions ask for. */
  readonly attributes: readonly string[];
  /** Ages in seconds that conditions compare `data.age` with. */
  readonly ages: readonly number[];
  /** What rules count, by path. */
  limitOf(rule: string): Limit | undefined;
  /** The levels of a field from fine to coarse; none where it has none, or where there is no such field. */
  levelsOf(field: string): readonly string[];
}

/** What a rule counts, and what it says for itself. */
export interface Limit extends BoundLimit {
  readonly because: readonly string[];
}

/** A customer interaction, as those who call see it. */
export interface Site {
  readonly name: string;
  /** The operations that could ever be allowed in it. */
  readonly operations: readonly string[];
  /** Its only purpose; null where it has several. */
  readonly purpose: string | null;
}

/** In the order of the bits of `Tables.sites`. */
export const operations = ["collect", "infer", "use", "disclose", "combine"] as const;
/** Before the names of attributes, where facts are named. */
export const ofSubject = "subject.";

export function surfaceOf(tables: Tables): Surface {
  const sites = readDigits(tables.sites);
  let levels: Surface["levelsOf"] | undefined;
  let limits: ReadonlyMap<string, Limit> | undefined;
  return {
    interactions: tables.interactions.map(([name], index): Site => {
      const [bits = 0, purpose = 0] = sites.slice(2 * index);
      return {
        name,
        operations: operations.filter((_, bit) => bits & (1 << bit)),
        purpose: purpose === 0 ? null : purposeName(tables, purpose - 1),
      };
    }),
    duties: [...new Set(tables.duties.flatMap((list) => list.map(([name]) => name)))].sort(),
    attributes: tables.facts.filter((name) => name.startsWith(ofSubject)).map((name) => name.slice(ofSubject.length)),
    ages: readDigits(tables.ages),
    limitOf: (rule) => {
      limits ??= limitsIn(tables);
      return limits.get(rule);
    },
    levelsOf: (field) => {
      levels ??= levelsIn(tables);
      return levels(field);
    },
  };
}

function limitsIn(tables: Tables): ReadonlyMap<string, Limit> {
  const rules = entriesIn(tables).map(([entry, prefix]) => ruleOf(entry, prefix, tables));
  return new Map(rules.flatMap(({ limits, because }) => limits.map((limit) => [limit.rule, { ...limit, because }])));
}

/** As a request may give it: bare where that is clear. */
function purposeName({ purposes, policies }: Tables, index: number): string {
  const names = split(purposes.names, " ");
  const code = (expandRuns(readDigits(purposes.owners), names.length)[index] as number) - 1;
  return code & 1 ? (names[index] as string) : `${policies[code >> 1]}.${names[index]}`;
}

function levelsIn({ fields, fieldOwners, fieldScales, policies, scales, tellers }: Tables): Surface["levelsOf"] {
  const names = fieldNamesOf(fields);
  const known = ownedNames(names, fieldOwners, policies, lists(tellers)[0] ?? []);
  const scaleOf = expandRuns(readDigits(fieldScales), names.length);
  const levels = scales.map((scale) => Object.freeze(scale.split(" ")));
  return (field) => {
    const place = known.find(field);
    return (place < 0 ? undefined : levels[(scaleOf[place] as number) - 1]) ?? [];
  };
}

/** `bookings.seat`, …, in the order of their indexes. */
export function fieldNamesOf(fields: string): readonly string[] {
  return split(fields, "/").flatMap((source) => {
    const [name, ...rest] = source.split(" ");
    return rest.map((field) => `${name}.${field}`);
  });
}
