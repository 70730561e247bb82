import { type DataRef, type Id, type Reading, type Rule, selectedFields, type World } from "@scruple/model";
import { type Later, quoted, type Unions } from "./unions.ts";

/** Fields, by the names that calls give them. */
interface Named {
  readonly fields: ReadonlySet<string>;
  readonly text: Later;
}

/**
 * Sets of fields, written with the sets that rules name: categories, sources, fields. Each of those stands once, so that what is
 * written grows with what the rules say, and not with interactions times fields.
 */
export class DataSets {
  private readonly world: World;
  private readonly names: ReadonlyMap<Id, string>;
  private readonly unions: Unions;
  private readonly fewest: number;
  private readonly known = new Map<string, Named>();

  /** @param fewest Up to so many, fields are written out. */
  constructor(world: World, names: ReadonlyMap<Id, string>, unions: Unions, fewest = 12) {
    this.fewest = fewest;
    this.world = world;
    this.names = names;
    this.unions = unions;
  }

  /** What denials select by a list. */
  wide(data: readonly DataRef[]): Named {
    const parts = data.map((ref) => this.of(ref, "wide"));
    return { fields: new Set(parts.flatMap(({ fields }) => [...fields])), text: joined(parts) };
  }

  /**
   * Some fields: those that the allows select, without those that denials do, and what is left.
   *
   * @param rules Those that bear on it. They only make the text short; what it means is `data`.
   */
  write(data: ReadonlySet<Id>, rules: readonly Rule[]): Later {
    const wanted = new Set([...data].flatMap((id) => this.names.get(id) ?? []));
    if (wanted.size <= this.fewest) return this.unions.later(wanted);
    const refs = (effect: Rule["effect"], reading: Reading) =>
      rules
        .filter((rule) => rule.effect === effect && rule.limit === null)
        .flatMap((rule) => [...rule.data, ...(rule.with ?? [])])
        .map((ref) => this.of(ref, reading));
    const taken = cover(wanted, refs("allow", "narrow"), (fields) => 2 * common(fields, wanted) > fields.size);
    const excess = minus(new Set(taken.parts.flatMap(({ fields }) => [...fields])), wanted);
    const left = cover(excess, refs("deny", "wide"), (fields) => common(fields, wanted) === 0);
    const length = taken.parts.length + taken.rest.size + left.parts.length + left.rest.size;
    if (2 * length > wanted.size) return this.unions.later(wanted);
    const [inside, outside, more] = [
      joined(taken.parts),
      joined([...left.parts, this.plain(left.rest)]),
      this.plain(taken.rest),
    ];
    return () => {
      const some = excess.size === 0 ? inside() : `Exclude<${inside()}, ${outside()}>`;
      return taken.rest.size === 0 ? some : `${some} | ${more.text()}`;
    };
  }

  private plain(fields: ReadonlySet<string>): Named {
    return { fields, text: () => [...fields].sort().map(quoted).join(" | ") };
  }

  private of(ref: DataRef, reading: Reading): Named {
    const key = `${reading} ${ref.kind} ${"id" in ref ? ref.id : ""}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { direct, derived } = selectedFields(this.world, [ref], reading);
    const fields = new Set([...direct, ...derived].flatMap((id) => this.names.get(id) ?? []));
    const made = { fields, text: this.unions.later(fields, true) };
    this.known.set(key, made);
    return made;
  }
}

/** Sets that together have what is wanted, the largest first, and what none of them has. */
function cover(
  wanted: ReadonlySet<string>,
  sets: readonly Named[],
  isFit: (fields: ReadonlySet<string>) => boolean,
): { readonly parts: readonly Named[]; readonly rest: ReadonlySet<string> } {
  const rest = new Set(wanted);
  const parts: Named[] = [];
  for (const set of [...new Set(sets)].sort((a, b) => b.fields.size - a.fields.size)) {
    if (!isFit(set.fields) || common(set.fields, rest) < 2) continue;
    parts.push(set);
    for (const field of set.fields) rest.delete(field);
  }
  return { parts, rest };
}

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const name of one) if (other.has(name)) count++;
  return count;
}

function minus(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((name) => !other.has(name)));
}

function joined(parts: readonly Named[]): Later {
  return () =>
    parts
      .filter(({ fields }) => fields.size > 0)
      .map(({ text }) => text())
      .join(" | ");
}
