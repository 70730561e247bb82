import { canonical, type Id, indexModel, lastPart, type Model, policyOf, selectsChannel } from "@scruple/model";
import { type IdKind, type Name, namedOtherwise, renaming } from "./named-otherwise.ts";

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
 * rename is certain where what is said of a name, and every place that uses it, is the same once the name is, and where no more
 * hangs on the name than that.
 */
export function matchVocabulary(base: Model, head: Model): { readonly base: Model; readonly vocabulary: Vocabulary } {
  const renamed: Renamed[] = [];
  let before = base;
  if (base.policy !== head.policy) {
    before = ofPolicy(base, head.policy);
    renamed.push({ kind: "policy", from: base.policy, to: head.policy });
  }
  // One rename can make another certain: a category's, that of the source whose fields bear it.
  for (let found = certain(before, head); found.length > 0; found = certain(before, head)) {
    before = namedOtherwise(before, namesIn(found));
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

/**
 * What no rename is certain of, however alike it looks. The name is all that ties fields, attributes and facts to the data of the
 * application, and duties to what it does; rules name a level without its scale, so that what speaks of it is not certain.
 */
const boundByName: ReadonlySet<VocabularyKind> = new Set(["field", "attribute", "fact", "duty", "level"]);

/** Candidates that hold together: a rule that speaks of two of them is the same only once both are renamed. */
function certain(base: Model, head: Model): readonly CertainKind[] {
  let left = candidates(base, head).filter(
    (one): one is CertainKind => !boundByName.has(one.kind) && !(one.kind === "channel" && isCountedBy(base, one)),
  );
  for (let count = 0; count !== left.length; ) {
    count = left.length;
    const after = namedOtherwise(base, namesIn(left));
    left = left.filter((one) => isSameUse(after, base, head, one));
  }
  return left;
}
type CertainKind = Renamed & { readonly kind: IdKind };

/** Whether a limit counts what is done on a channel under its bare name: under another one it counts anew. */
function isCountedBy(model: Model, { from, to }: Renamed): boolean {
  if (lastPart(from) === lastPart(to)) return false;
  const world = indexModel(model);
  return model.rules.some(
    ({ limit, channels }) => limit?.by === "subject+channel" && selectsChannel(world, channels, from, "wide"),
  );
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
        fields: source.fields.map((field) => [lastPart(field.id), field.categories]),
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
  return [{ ...rest, name: "" }, own.map((rule) => [lastPart(rule.path), { ...rule, path: "", interaction: "" }])];
}
const asides: ReadonlySet<string> = new Set(["at", "doc", "annotations"]);

/** Whether everything that spoke of the old name speaks of the new one now, and something does. */
function isSameUse(after: Model, before: Model, head: Model, { kind, from, to }: CertainKind): boolean {
  if (kind === "interaction") return true;
  if (uses(before, kind, from).size === 0) return false;
  const [mine, theirs] = [uses(after, kind, to), uses(head, kind, to)];
  return mine.size === theirs.size && [...mine].every(([place, text]) => theirs.get(place) === text);
}

/** Declarations and rules that name something, by what they are, with all that they say. */
function uses(model: Model, kind: IdKind, name: Id): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let isMet = false;
  const parts = renaming((its, id) => {
    isMet ||= (its === kind && id === name) || (its === "field" && kind === "source" && policyOf(id) === name);
    return id;
  });
  const look = (key: string, said: () => unknown) => {
    isMet = false;
    const part = said();
    if (isMet) found.set(key, canonical(part, asides));
  };
  for (const rule of model.rules)
    look(`rule ${rule.path}`, () => {
      const said = parts.rule(rule);
      // What customers are told is no name, and neither is the text of a basis.
      return { ...said, because: null, told: null, basis: said.basis && { ...said.basis, text: "" } };
    });
  for (const one of model.conditions) look(`condition ${one.id}`, () => parts.condition(one).expr);
  const declared = <T extends { readonly id: Id }>(its: IdKind, list: readonly T[], part: (one: T) => unknown) => {
    for (const one of list) if (its !== kind || one.id !== name) look(`${its} ${one.id}`, () => part(one));
  };
  declared("category", model.categories, parts.category);
  declared("source", model.sources, parts.source);
  declared("purpose", model.purposes, parts.purpose);
  declared("recipient", model.recipients, parts.recipient);
  declared("channel", model.channels, parts.channel);
  declared("interaction", model.interactions, parts.interaction);
  return found;
}

/** The fields of a source go by its name. */
function namesIn(renamed: readonly Renamed[]): Name {
  const names = new Map(renamed.map(({ kind, from, to }) => [`${kind} ${from}`, to]));
  return (kind, id) => {
    const source = kind === "field" ? names.get(`source ${policyOf(id)}`) : undefined;
    return source === undefined ? (names.get(`${kind} ${id}`) ?? id) : `${source}.${lastPart(id)}`;
  };
}

/** A model as if it were another policy's: what it declares itself is that one's then, and what it uses is as it was. */
function ofPolicy(model: Model, policy: string): Model {
  const renamed = namedOtherwise(model, (kind, id) => {
    const source = kind === "field" ? policyOf(id) : id;
    return policyOf(source) === model.policy ? policy + id.slice(model.policy.length) : id;
  });
  const owned = <T extends { readonly policy: string }>(one: T): T =>
    one.policy === model.policy ? { ...one, policy } : one;
  return { ...renamed, policy, rules: renamed.rules.map(owned), promises: renamed.promises.map(owned) };
}
