import { bits } from "@scruple/analysis";
import { type DataRef, type Id, type Reading, type Rule, selectedFields, type World } from "@scruple/model";
import { type Later, quoted, type Unions } from "./unions.ts";

/** Fields, by the names that calls give them. */
interface Named {
  readonly fields: bits.Bits;
  readonly size: number;
  readonly text: Later;
}

/** What some rules name of data, the largest sets first. */
interface NamedByRules {
  readonly allows: readonly Named[];
  readonly denials: readonly Named[];
}

/**
 * Sets of fields, written with the sets that rules name: categories, sources, fields. Each of those stands once, so that what is
 * written grows with what the rules say, and not with interactions times fields.
 */
export class DataSets {
  private readonly world: World;
  /** In order. */
  private readonly names: readonly string[];
  private readonly numbers: ReadonlyMap<Id, number>;
  private readonly unions: Unions;
  private readonly fewest: number;
  private readonly known = new Map<string, Named>();
  private readonly named = new WeakMap<Rule, readonly Named[]>();
  private readonly byRules = new WeakMap<readonly Rule[], NamedByRules>();

  /** @param fewest Up to so many, fields are written out. */
  constructor(world: World, names: ReadonlyMap<Id, string>, unions: Unions, fewest = 12) {
    this.fewest = fewest;
    this.world = world;
    this.names = [...new Set(names.values())].sort();
    const numbers = new Map(this.names.map((name, number) => [name, number]));
    this.numbers = new Map(Array.from(names, ([id, name]) => [id, numbers.get(name) as number]));
    this.unions = unions;
  }

  /** What denials select by a list; null where that is nothing. */
  wide(data: readonly DataRef[]): Later | null {
    const parts = data.map((ref) => this.of(ref, "wide"));
    return parts.some((part) => part.size > 0) ? joined(parts) : null;
  }

  /**
   * Some fields: those that the allows select, without those that denials do, and what is left.
   *
   * @param rules Those that bear on it. They only make the text short; what it means is `data`. One list is best given again
   *   and again, since what it names is kept with it.
   */
  write(data: Iterable<Id>, rules: readonly Rule[]): Later {
    const wanted = this.bitsOf(data);
    const count = bits.size(wanted);
    if (count <= this.fewest) return this.unions.later(this.namesOf(wanted));
    const { allows, denials } = this.namedBy(rules);
    const taken = cover(wanted, allows, (set) => 2 * bits.common(set.fields, wanted) > set.size);
    const all = this.bitsOf([]);
    for (const { fields } of taken.parts) bits.addAll(all, fields);
    const excess = bits.minus(all, wanted);
    const left = cover(excess, denials, ({ fields }) => bits.common(fields, wanted) === 0);
    const length = taken.parts.length + bits.size(taken.rest) + left.parts.length + bits.size(left.rest);
    if (2 * length > count) return this.unions.later(this.namesOf(wanted));
    const [inside, outside, more] = [
      joined(taken.parts),
      joined([...left.parts, this.plain(left.rest)]),
      this.plain(taken.rest),
    ];
    const some = bits.size(excess) === 0 ? inside : () => `Exclude<${inside()}, ${outside()}>`;
    return more.size === 0 ? some : () => `${some()} | ${more.text()}`;
  }

  private namedBy(rules: readonly Rule[]): NamedByRules {
    const known = this.byRules.get(rules);
    if (known !== undefined) return known;
    const named = (effect: Rule["effect"]) => {
      const found = new Set<Named>();
      for (const rule of rules)
        if (rule.effect === effect && rule.limit === null) for (const one of this.ofRule(rule)) found.add(one);
      return [...found].sort((a, b) => b.size - a.size);
    };
    const made = { allows: named("allow"), denials: named("deny") };
    this.byRules.set(rules, made);
    return made;
  }

  private bitsOf(data: Iterable<Id>): bits.Bits {
    const found = bits.bitsWhere(this.names.length, () => false);
    for (const id of data) {
      const number = this.numbers.get(id);
      if (number !== undefined) bits.add(found, number);
    }
    return found;
  }

  private namesOf(fields: bits.Bits): readonly string[] {
    return bits.members(fields).map((number) => this.names[number] as string);
  }

  private plain(fields: bits.Bits): Named {
    return { fields, size: bits.size(fields), text: () => this.namesOf(fields).map(quoted).join(" | ") };
  }

  private ofRule(rule: Rule): readonly Named[] {
    const known = this.named.get(rule);
    if (known !== undefined) return known;
    const reading = rule.effect === "allow" ? "narrow" : "wide";
    const made = [...rule.data, ...(rule.with ?? [])].map((ref) => this.of(ref, reading));
    this.named.set(rule, made);
    return made;
  }

  private of(ref: DataRef, reading: Reading): Named {
    const key = `${reading} ${ref.kind} ${"id" in ref ? ref.id : ""}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { direct, derived } = selectedFields(this.world, [ref], reading);
    const fields = this.bitsOf([...direct, ...derived]);
    const made = { fields, size: bits.size(fields), text: this.unions.later(this.namesOf(fields), true) };
    this.known.set(key, made);
    return made;
  }
}

/** Sets that together have what is wanted, the largest first, and what none of them has. */
function cover(
  wanted: bits.Bits,
  sets: readonly Named[],
  isFit: (set: Named) => boolean,
): { readonly parts: readonly Named[]; readonly rest: bits.Bits } {
  let rest = wanted;
  const parts: Named[] = [];
  for (const set of sets) {
    if (bits.common(set.fields, rest) < 2 || !isFit(set)) continue;
    parts.push(set);
    rest = bits.minus(rest, set.fields);
  }
  return { parts, rest };
}

function joined(parts: readonly Named[]): Later {
  return () =>
    parts
      .filter((part) => part.size > 0)
      .map(({ text }) => text())
      .join(" | ");
}
