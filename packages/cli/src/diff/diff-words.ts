import type { DiffEntry } from "@scruple/analysis";
import { durationText } from "@scruple/model";
import type { Comparison, Entry } from "./compare-sides.ts";

export const kinds = ["widened", "narrowed", "duties"] as const;
export type DiffKind = (typeof kinds)[number];

/** What each list is about, for people. */
export const titles: Readonly<Record<DiffKind, string>> = {
  widened: "Allowed now",
  narrowed: "Denied now",
  duties: "Bound otherwise",
};

/** `2 regions allowed now, 1 denied now`, or that there is no difference. */
export function headline(comparison: Comparison): string {
  const parts = kinds.flatMap((kind) => {
    const count = comparison[kind].length;
    return count === 0 ? [] : [`${count} ${count === 1 ? "region" : "regions"} ${titles[kind].toLowerCase()}`];
  });
  const isSure = comparison.notes.length === 0;
  if (parts.length > 0) return [...parts, ...(isSure ? [] : ["not everything could be compared"])].join(", ");
  if (!isSure) return "Nothing was found that is decided otherwise, but not everything could be compared";
  return comparison.equal
    ? "No request is decided otherwise"
    : "No request is decided otherwise, but the vocabulary is another one";
}

/** No more names of one list than these are shown to people. */
const most = 6;

export function shortList(names: readonly string[]): string {
  return names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** `offer, recall`, or how many there are with the first few of them. */
export function interactionsText({ interactions }: DiffEntry): string {
  if (interactions.length <= most) return interactions.join(", ");
  return `${interactions.length.toLocaleString("en")} interactions (${interactions.slice(0, 3).join(", ")}, …)`;
}

/** What else there is to say about where a region is, beside its `when`. */
const leaves: Readonly<Record<NonNullable<DiffEntry["given"]>, string>> = {
  allowed: "other rules allow it",
  silent: "no other rule allows or denies it",
  undenied: "no other rule denies it",
  bound: "both revisions allow it",
  varied: "so many rules changed here that not each is told apart",
};

export function givenText({ given }: DiffEntry): string | null {
  return given && leaves[given];
}

/** Alternatives; none where the facts do not matter. */
export function alternatives({ when }: DiffEntry): readonly string[] {
  return when.length === 1 && when[0] === "always" ? [] : when;
}

/** `12 combinations`, and whether those are all of what the entry names. */
export function combinations({ cells, areas, given }: DiffEntry): string {
  const count = `${cells.toLocaleString("en")} ${cells === 1 ? "combination" : "combinations"}`;
  return areas.length === 0 && given !== "varied" ? count : `${count} among these`;
}

/** `use bookings.email`, and what goes with it. */
export function actText({ request }: DiffEntry): string {
  const field = (piece: unknown) => (typeof piece === "string" ? piece : (piece as { field: string }).field);
  const joined = request.with === undefined ? "" : ` with ${field(request.with)}`;
  return `${request.operation} ${field(request.data)}${joined}`;
}

/** A duty as a policy writes it. */
export type DutyText = (duty: Entry["duties"]["from"][number]) => string;

/** What binds on one side: `record_contact`, `at most 2 in 1 week (offer.enough)`. */
function bindings({ duties, limits }: Entry, side: "from" | "to", duty: DutyText): readonly string[] {
  const limit = ({ rule, count, per, by, counter }: Entry["limits"]["from"][number]) => {
    const name = counter === undefined ? rule : `counted as ${counter}`;
    return `at most ${count} in ${durationText(per)}${by === "subject" ? "" : " per channel"} (${name})`;
  };
  return [...duties[side].map(duty), ...limits[side].map(limit)];
}

/** What changed in what binds: `+ record_contact`, `- at most 2 in 1 week (offer.enough)`. */
function bindingChanges(entry: Entry, duty: DutyText): readonly string[] {
  const before = new Set(bindings(entry, "from", duty));
  const after = new Set(bindings(entry, "to", duty));
  return [
    ...[...before].filter((one) => !after.has(one)).map((one) => `- ${one}`),
    ...[...after].filter((one) => !before.has(one)).map((one) => `+ ${one}`),
  ];
}

const directions: Readonly<Record<NonNullable<DiffEntry["bound"]>, string>> = {
  looser: "more loosely",
  tighter: "more tightly",
  otherwise: "in no one direction",
};
/** In which direction it is bound otherwise. */
export function directionText({ bound }: DiffEntry): string | null {
  return bound && directions[bound];
}

/** What binds where something is allowed now, and what changed in it where it was allowed before. */
export function bindingLines(entry: Entry, kind: DiffKind, duty: DutyText): readonly string[] {
  if (kind === "narrowed") return [];
  return kind === "duties" ? bindingChanges(entry, duty) : bindings(entry, "to", duty);
}

/** Lines about names that came, went or changed. */
export function vocabularyLines({ vocabulary }: Comparison): readonly string[] {
  const { added, removed, renamed, alike, retyped } = vocabulary;
  return [
    ...renamed.map(({ kind, from, to }) => `${kind} \`${from}\` is called \`${to}\` now`),
    ...added.map(({ kind, name }) => `${kind} \`${name}\` is new`),
    ...removed.map(({ kind, name }) => `${kind} \`${name}\` is gone`),
    ...retyped.map(({ kind, name }) => `${kind} \`${name}\` has another type`),
    ...alike.map(
      ({ kind, from, to }) =>
        `${kind} \`${from}\` may be \`${to}\` now, but that is not certain: it is compared as gone and new`,
    ),
  ];
}

export function ruleNames(rules: readonly string[]): string {
  return rules.length === 0 ? "no rule" : rules.join(", ");
}
