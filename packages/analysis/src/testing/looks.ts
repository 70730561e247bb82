import { type Act, type Bearing, bearings, type Expr, type Id, type Interaction, type World } from "@scruple/model";
import { rulesOf } from "./cells.ts";
import type { Asked, Outcome, Requests } from "./requests.ts";

/** Acts that the same rules select, with the same conditions. */
export interface Group {
  readonly key: string;
  /** Of one interaction and one operation. */
  readonly acts: readonly Act[];
  /** Whether the same exceptions select all of them; others may come to the same conditions by other exceptions. */
  readonly isUniform: boolean;
}

/** What a rule comes to where it selects. */
export interface Bears<B> {
  readonly rule: Bearing;
  readonly condition: readonly Expr[];
  readonly outcome: Outcome<B>;
  /** An allow: where its condition is true. A denial: where it is not false. */
  readonly applies: B;
}

export interface Decided<B> {
  /** Its place among all that was decided. */
  readonly id: number;
  readonly rules: ReadonlyMap<string, Bears<B>>;
  /** Some allow applies. */
  readonly permitted: B;
  readonly allowed: B;
}

/** How a group of acts is decided. */
export interface Look<B> extends Decided<B>, Group {
  readonly interaction: Interaction;
  readonly on: Asked;
}

/**
 * Every act that can be asked for, and how it is decided, as section 4 of the language says it. The questions of lints and promises
 * are put to these, for brute force and for a solver alike.
 */
export class Looks<B> {
  readonly all: readonly Look<B>[];
  readonly world: World;
  readonly requests: Requests<B>;
  private readonly bearings: readonly Bearing[];
  private readonly keyOf: (act: Act) => string;
  private readonly known = new Map<string, Decided<B>>();

  /** @param keyOf The same for acts that the same rules select, with the same conditions */
  constructor(world: World, requests: Requests<B>, groups: Iterable<Group>, keyOf: (act: Act) => string) {
    this.world = world;
    this.requests = requests;
    this.bearings = bearings(world);
    this.keyOf = keyOf;
    this.all = [...groups].map((group) => {
      const [act] = group.acts as readonly [Act];
      const on = this.askedOf(act);
      const interaction = world.interactions.get(act.interaction)!;
      return { ...group, interaction, on, ...this.decide(group.key, act, on) };
    });
  }

  /** Those of which something is allowed. */
  async allowing(): Promise<readonly Look<B>[]> {
    const isAllowed = new Map<number, boolean>();
    for (const { id, allowed } of this.all)
      if (!isAllowed.has(id)) isAllowed.set(id, await this.requests.some([allowed]));
    return this.all.filter(({ id }) => isAllowed.get(id));
  }

  askedOf({ interaction, purpose, with: joined }: Act): Asked {
    const { startedBy } = this.world.interactions.get(interaction)!;
    return { startedBy, purpose, age: joined === null ? "data" : "older" };
  }

  /** How any act is decided, but for one kind of rules; of a pair's piece the age may be that of the second. */
  decided(act: Act, on: Asked = this.askedOf(act), without: Bearing["kind"] | null = null): Decided<B> {
    return this.decide(this.keyOf(act), act, on, without);
  }

  private decide(key: string, act: Act, on: Asked, without: Bearing["kind"] | null = null): Decided<B> {
    const whole = `${key} ${on.startedBy} ${on.purpose} ${on.age} ${without}`;
    const known = this.known.get(whole);
    if (known !== undefined) return known;
    const { requests } = this;
    const rules = rulesOf(this.bearings, act)
      .filter(({ rule }) => rule.kind !== without)
      .map(({ rule, condition }): Bears<B> => {
        const outcome = requests.outcome(on, { op: "and", operands: condition });
        return { rule, condition, outcome, applies: rule.effect === "allow" ? outcome.t : requests.not(outcome.f) };
      });
    const applying = (isOne: (rule: Bearing) => boolean) =>
      requests.or(rules.flatMap(({ rule, applies }) => (isOne(rule) ? [applies] : [])));
    const permitted = applying(({ effect }) => effect === "allow");
    const decided: Decided<B> = {
      id: this.known.size,
      rules: new Map(rules.map((one) => [one.rule.path, one])),
      permitted,
      allowed: requests.and([permitted, requests.not(applying(isDenial))]),
    };
    this.known.set(whole, decided);
    return decided;
  }
}

/** One that denies by itself. */
export function isDenial({ effect, limit }: Pick<Bearing, "effect" | "limit">): boolean {
  return effect === "deny" && limit === null;
}

/** One of each that are decided alike. */
export function alike<B>(looks: readonly Look<B>[]): readonly Look<B>[] {
  return [...new Map(looks.map((look) => [look.id, look])).values()];
}

/** Acts by what decides them. */
export function grouped(acts: Iterable<Act>, keyOf: (act: Act) => string): readonly Group[] {
  const groups = new Map<string, Act[]>();
  for (const act of acts) {
    const key = keyOf(act);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [act]);
    else known.push(act);
  }
  return [...groups].map(([key, some]) => ({ key, acts: some, isUniform: false }));
}

/** A name for the rules that select an act with their conditions, by what these are as text. */
export function textKey(world: World): (act: Act) => string {
  const all = bearings(world);
  const names = new Map<string, string>();
  const known = new Map<string, string>();
  return (act) => {
    const asked = actKey(act);
    const found = known.get(asked);
    if (found !== undefined) return found;
    const rules = rulesOf(all, act).map(({ rule: { path }, condition }) =>
      condition.length === 0 ? path : path + JSON.stringify(condition),
    );
    const { interaction, operation, purpose, with: joined } = act;
    const text = `${interaction} ${operation} ${purpose} ${joined !== null} ${rules.join(" ")}`;
    const name = names.get(text) ?? `#${names.size}`;
    names.set(text, name);
    known.set(asked, name);
    return name;
  };
}

/** Names have no spaces. */
export function actKey({
  interaction,
  operation,
  field,
  with: joined,
  level,
  purpose,
  channel,
  recipients,
}: Act): string {
  return `${interaction} ${operation} ${field} ${joined} ${level} ${purpose} ${channel} ${recipients}`;
}

/** Purposes of some acts, each once. */
export function purposesOf(acts: readonly Act[]): readonly Id[] {
  return [...new Set(acts.map(({ purpose }) => purpose))];
}
