import { canonical, type Model } from "@scruple/model";

export type VocabularyKind =
  | "policy"
  | "category"
  | "level"
  | "source"
  | "field"
  | "purpose"
  | "recipient"
  | "channel"
  | "attribute"
  | "fact"
  | "duty"
  | "interaction";

export interface Declared {
  readonly kind: VocabularyKind;
  /** An id; of an attribute `subject.age`, of a fact its name, of a level `shop.place at city`. */
  readonly name: string;
}
export interface Renamed {
  readonly kind: VocabularyKind;
  readonly from: string;
  readonly to: string;
}
export interface Vocabulary {
  readonly added: readonly Declared[];
  readonly removed: readonly Declared[];
  /** Certainly the same under another name: all that is said of it, and all that speaks of it, is the same. */
  readonly renamed: readonly Renamed[];
  /** Perhaps the same under another name; treated as removed and added. */
  readonly alike: readonly Renamed[];
  /** Attributes and facts of another type. */
  readonly retyped: readonly Declared[];
}

interface Entry extends Declared {
  /** What is said of it, without its own name. */
  shape(): string;
}

/**
 * The vocabulary of two models compared, and the first one in the names of the second where they are certainly the same. A
 * rename is certain where what is said of a name, and every place that uses it, is the same once the name is.
 */
export function matchVocabulary(base: Model, head: Model): { readonly base: Model; readonly vocabulary: Vocabulary } {
  const renamed: Renamed[] = [];
  let before = base;
  if (base.policy !== head.policy) {
    before = samePolicy(base, head.policy);
    renamed.push({ kind: "policy", from: base.policy, to: head.policy });
  }
  // One rename can make another certain: a category's, that of the fields that bear it.
  for (let found = certain(before, head); found.length > 0; found = certain(before, head)) {
    before = found.reduce(rename, before);
    renamed.push(...found);
  }
  const [old, now] = [entries(before), entries(head)];
  const only = (list: readonly Entry[], others: readonly Entry[]) => {
    const known = new Set(others.map(keyOf));
    return list.filter((one) => !known.has(keyOf(one))).map(({ kind, name }) => ({ kind, name }));
  };
  const twins = new Map(now.map((one) => [keyOf(one), one]));
  const retyped = old.filter((one) => {
    const twin = one.kind === "attribute" || one.kind === "fact" ? twins.get(keyOf(one)) : undefined;
    return twin !== undefined && twin.shape() !== one.shape();
  });
  return {
    base: before,
    vocabulary: {
      added: only(now, old),
      removed: only(old, now),
      renamed,
      alike: candidates(before, head),
      retyped: retyped.map(({ kind, name }) => ({ kind, name })),
    },
  };
}

/** Candidates that hold together: a rule that speaks of two of them is the same only once both are renamed. */
function certain(base: Model, head: Model): readonly Renamed[] {
  // Rules name a level without its scale, so that what speaks of it is not certain.
  let left = candidates(base, head).filter(({ kind }) => kind !== "level");
  for (let count = -1; count !== left.length; ) {
    count = left.length;
    const after = left.reduce(rename, base);
    left = left.filter((one) => isSameUse(after, base, head, one));
  }
  return left;
}

function keyOf({ kind, name }: Declared): string {
  return `${kind} ${name}`;
}

/** What is gone and what has come that look the same, and like nothing else. */
function candidates(base: Model, head: Model): readonly Renamed[] {
  const [old, now] = [entries(base), entries(head)];
  const [isOld, isNow] = [old, now].map((list) => new Set(list.map(keyOf))) as [Set<string>, Set<string>];
  const byShape = (list: readonly Entry[], others: ReadonlySet<string>) => {
    const groups = new Map<string, Entry[]>();
    for (const one of list) {
      if (others.has(keyOf(one))) continue;
      const key = `${one.kind} ${one.shape()}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return groups;
  };
  const gone = byShape(old, isNow);
  const come = byShape(now, isOld);
  return [...gone].flatMap(([key, [from, ...others]]) => {
    const [to, ...more] = come.get(key) ?? [];
    if (to === undefined || others.length > 0 || more.length > 0) return [];
    return [{ kind: from!.kind, from: from!.name, to: to.name }];
  });
}

function entries(model: Model): readonly Entry[] {
  const shaped = (kind: VocabularyKind, name: string, rest: () => unknown): Entry => ({
    kind,
    name,
    shape: () => canonical(rest(), asides),
  });
  const declared = <T extends { readonly id: string }>(kind: VocabularyKind, list: readonly T[]) =>
    list.map((one) => shaped(kind, one.id, () => ({ ...one, id: "" })));
  return [
    ...declared("category", model.categories),
    ...model.categories.flatMap(({ id, precision }) =>
      precision.map((level, index) => shaped("level", `${id} at ${level}`, () => [id, index, precision.length])),
    ),
    ...model.sources.map((source) =>
      shaped("source", source.id, () => ({
        ...source,
        id: "",
        fields: source.fields.map((field) => [lastOf(field.id), field.categories]),
      })),
    ),
    ...model.sources.flatMap(({ id, fields }) =>
      fields.map((field) => shaped("field", field.id, () => [id, field.categories])),
    ),
    ...declared("purpose", model.purposes),
    ...declared("recipient", model.recipients),
    ...declared("channel", model.channels),
    ...declared("duty", model.duties),
    ...model.subject.map(({ name, type }) => shaped("attribute", `subject.${name}`, () => type)),
    ...model.facts.map(({ name, type }) => shaped("fact", name, () => type)),
    ...model.interactions.map((one) => shaped("interaction", one.id, () => interactionShape(model, one))),
  ];
}

function interactionShape({ rules }: Model, { id, ...rest }: Model["interactions"][number]): unknown {
  const own = rules.filter(({ interaction }) => interaction === id);
  return [{ ...rest, name: "" }, own.map((rule) => [lastOf(rule.path), { ...rule, path: "", interaction: "" }])];
}
const asides: ReadonlySet<string> = new Set(["at", "doc", "annotations"]);

function lastOf(id: string): string {
  return id.slice(id.lastIndexOf(".") + 1);
}

/** Whether everything that spoke of the old name speaks of the new one now, and something does. */
function isSameUse(after: Model, before: Model, head: Model, { kind, from, to }: Renamed): boolean {
  const used = uses(before, from);
  if (kind === "interaction") return true;
  if (used.size === 0) return false;
  const [mine, theirs] = [uses(after, to), uses(head, to)];
  return mine.size === theirs.size && [...mine].every(([place, text]) => theirs.get(place) === text);
}

/** Declarations and rules that name something, by what they are, with all that they say. */
function uses(model: Model, name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const look = (what: string, key: string, value: unknown) => {
    const text = canonical(value, asides);
    if (text.includes(`"${name}"`) || text.includes(`"${name}.`)) found.set(`${what} ${key}`, text);
  };
  for (const rule of model.rules) look("rule", rule.path, { ...rule, because: null, told: null });
  for (const { id, expr } of model.conditions) look("condition", id, expr);
  for (const list of ["categories", "sources", "purposes", "recipients", "channels", "interactions"] as const) {
    for (const one of model[list]) {
      if (one.id !== name) look(list, one.id, one);
    }
  }
  return found;
}

/** The model with one name for another wherever it stands. */
function rename(model: Model, { kind, from, to }: Renamed): Model {
  const bare = { from: lastOf(from), to: lastOf(to) };
  const isFact = kind === "attribute" || kind === "fact";
  const prefixed = kind === "source" ? `${from}.` : null;
  const path = (text: string) =>
    kind === "interaction" && text.startsWith(`${bare.from}.`) ? `${bare.to}${text.slice(bare.from.length)}` : text;
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (key === "path") return path(value);
      if (isFact) return (key === "fact" || key === "left" || key === "right") && value === from ? to : value;
      if (value === from && key !== "told" && key !== "because" && key !== "text" && key !== "value") return to;
      return prefixed !== null && value.startsWith(prefixed) ? to + value.slice(from.length) : value;
    }
    if (Array.isArray(value)) return value.map((one) => change(one, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === "at" || name === "annotations" ? inner : change(inner, name),
      ]),
    );
  };
  const renamed = change(model, "") as Model;
  const named = <T extends { readonly name: string }>(list: readonly T[], prefix: string) =>
    list.map((one) => (prefix + one.name === from ? { ...one, name: to.slice(prefix.length) } : one));
  return {
    ...renamed,
    subject: kind === "attribute" ? named(renamed.subject, "subject.") : renamed.subject,
    facts: kind === "fact" ? named(renamed.facts, "") : renamed.facts,
    interactions: renamed.interactions.map((one) =>
      kind === "interaction" && one.id === to ? { ...one, name: bare.to } : one,
    ),
    duties: renamed.duties,
  };
}

/** A model of another policy, as if it were this one's. */
function samePolicy(model: Model, policy: string): Model {
  const own = `${model.policy}.`;
  const change = (value: unknown): unknown => {
    if (typeof value === "string") {
      if (value === model.policy) return policy;
      const rest = value.slice(own.length);
      return value.startsWith(own) && /^[^.]+(\.[^.]+)?$/.test(rest) ? `${policy}.${rest}` : value;
    }
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, texts.has(name) ? inner : change(inner)]),
    );
  };
  return change(model) as Model;
}
const texts: ReadonlySet<string> = new Set(["at", "annotations", "told", "because", "doc", "files", "text", "value"]);
