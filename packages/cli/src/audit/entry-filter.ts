import type { Recorded } from "@scruple/audit";
import { nearest } from "@scruple/model";
import type { AuditFilter } from "./audit-commands.ts";

/** Names that are remembered to suggest one. */
const mostNames = 1_000;

/** Picks entries, and remembers what there was to pick from. */
export class EntryFilter {
  readonly #filter: AuditFilter;
  /** What may stand for the person; null: anybody. */
  readonly #subjects: readonly string[] | null;
  readonly #interactions = new Set<string>();
  readonly #rules = new Set<string>();

  constructor(filter: AuditFilter, subjects: readonly string[] | null) {
    this.#filter = filter;
    this.#subjects = subjects;
  }

  picks({ entry }: Recorded): boolean {
    const { interaction, rule, decision, outcome, since, until } = this.#filter;
    const rules = rule === null ? [] : [...entry.rules, ...Object.keys(entry.conditions), ...entry.limits];
    if (interaction !== null) remember(this.#interactions, [entry.interaction]);
    remember(this.#rules, rules);
    return (
      (interaction === null || entry.interaction === interaction) &&
      (rule === null || rules.includes(rule)) &&
      (decision === null || entry.decision === decision) &&
      (outcome === null || entry.outcome === outcome) &&
      (since === null || entry.at >= since) &&
      (until === null || entry.at < until) &&
      (this.#subjects === null || (entry.subject !== null && this.#subjects.includes(entry.subject)))
    );
  }

  /** What was asked for by a name that no entry has, with the nearest one that some have. */
  unknownNames(): string[] {
    const { interaction, rule } = this.#filter;
    const told = (what: string, name: string | null, seen: ReadonlySet<string>) =>
      name === null || seen.has(name) || seen.size >= mostNames
        ? []
        : [`No entry has the ${what} \`${name}\`.${nearest(name, [...seen])}`];
    return [...told("interaction", interaction, this.#interactions), ...told("rule", rule, this.#rules)];
  }
}

function remember(seen: Set<string>, names: readonly string[]): void {
  for (const name of names) if (seen.size < mostNames) seen.add(name);
}
