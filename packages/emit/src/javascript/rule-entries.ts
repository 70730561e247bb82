import type { DutyCall, ImpliedDenial, Rule } from "@scruple/model";
import { type RuleEntry, type Tables, type Text, time } from "@scruple/runtime";

/** Writes what decisions say of rules. What several rules say is written once. */
export class RuleEntries {
  private readonly counts = new Map<string, number>();
  private readonly texts = new Map<string, number>();
  private readonly duties = new Map<string, number>();
  private readonly dutyLists: Tables["duties"][number][] = [];

  /** @param rules All that will be written, to know what is said more than once. */
  constructor(rules: readonly Rule[]) {
    for (const { because, told, basis } of rules) {
      for (const text of [because, told, basis?.text ?? null]) {
        if (text !== null) this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
      }
    }
  }

  /** @param name The path, or the rest of it behind the name of the interaction. */
  rule(rule: Rule, name: string): RuleEntry {
    const { because, told, basis, duties, effect, limit } = rule;
    const numbers = limit === null ? 0 : [limit.count, limit.per, ...(limit.by === "subject+channel" ? [1] : [])];
    const parts = [
      name,
      effect === "allow" ? 0 : limit === null ? 1 : 2,
      this.text(because),
      this.text(told),
      this.text(basis?.text ?? null),
      this.dutyList(duties),
      numbers,
    ];
    while (parts.at(-1) === 0) parts.pop();
    return (parts.length === 1 ? name : parts) as RuleEntry;
  }

  denial({ path, because, quiet }: ImpliedDenial): RuleEntry {
    if (quiet === null) return [path, 1, because];
    return [path, 3, because, 0, 0, 0, [time(quiet.from), time(quiet.to)]];
  }

  tables(): Pick<Tables, "texts" | "duties"> {
    return { texts: [...this.texts.keys()], duties: this.dutyLists };
  }

  private text(text: string | null): Text {
    if (text === null) return 0;
    if (this.counts.get(text) === 1) return text;
    const known = this.texts.get(text) ?? this.texts.size + 1;
    this.texts.set(text, known);
    return known;
  }

  private dutyList(duties: readonly DutyCall[]): number {
    if (duties.length === 0) return 0;
    const list = duties.map(({ name, arguments: given }) => [name, given] as const);
    const key = JSON.stringify(list);
    const known = this.duties.get(key) ?? this.dutyLists.push(list);
    this.duties.set(key, known);
    return known;
  }
}
