import {
  type Act,
  covered,
  type Id,
  policyOf,
  type Rule,
  selectedFields,
  sourceOf,
  type World,
  within,
} from "@scruple/model";
import { type Meanings, meaningsOf } from "../space/meanings.ts";
import { alike, type Look, type Looks } from "./looks.ts";

/** What privacy says of an allow: each time of acts of some kind that it lets through, under some condition. */
export async function expectedOfPrivacy<B>(
  looks: Looks<B>,
  rule: Rule,
  leastGroupSize: number,
): Promise<readonly string[]> {
  const { requests, world } = looks;
  const own = looks.all.filter(({ rules }) => rules.has(rule.path));
  const through = (look: Look<B>) => requests.and([look.rules.get(rule.path)!.applies, look.allowed]);
  const letsThrough = (isMeant: (act: Act) => boolean, where: (look: Look<B>) => readonly B[] = () => []) => {
    const meant = alike(own.filter(({ acts }) => acts.some(isMeant)));
    return requests.some(meant.map((look) => requests.and([through(look), ...where(look)])));
  };
  const expected: string[] = [];
  const tell = async (lint: string, ...of: Parameters<typeof letsThrough>) => {
    if (await letsThrough(...of)) expected.push(`${lint} ${rule.path}`);
  };
  const { basis, told, path } = rule;
  const meant = meaningsOf(world);
  const reaches = (whom: keyof Meanings) => (act: Act) => act.recipients.some((one) => meant[whom].has(one));
  const discloses = (whom: keyof Meanings) => (act: Act) => act.operation === "disclose" && reaches(whom)(act);
  const isSpecial = (act: Act) => fieldsOf(act).some((field) => world.fields.get(field)!.special);
  const unasked = () => [requests.without("explicit consent")];
  if (told === null) await tell("untold", () => true);
  if (basis === null && (await letsThrough(() => true))) expected.push(`no-basis ${path} none`);
  if (basis !== null && ["contract", "legitimate_interest"].includes(basis.kind) && (await letsThrough(isSpecial)))
    expected.push(`no-basis ${path} weak`);
  await tell("special-without-explicit-consent", isSpecial, unasked);
  await tell(
    "secondary-use",
    (act) => isSecondary(world, act),
    () => [requests.without("consent")],
  );
  await tell("third-party-without-permission", discloses("thirdParty"), unasked);
  await tell("household-exposure", (act) => discloses("household")(act) && isSpecial(act));
  await tell("singling-out", discloses("public"), ({ on }) => [
    requests.not(requests.outcome(on, { op: "compare", operator: ">=", fact: "group_size", value: leastGroupSize }).t),
  ]);
  await tell("experiment-without-consent", ({ purpose }) => meant.experiment.has(purpose), unasked);
  if (rule.purposes === null) await tell("join-without-purpose", (act) => isOfTwoSources(world, act));

  const others = (look: Look<B>, act: Act) => [
    ...(act.operation === "use" && reaches("customer")(act)
      ? [["covert-use", looks.decided({ ...act, operation: "disclose" })] as const]
      : []),
    ...inputsOf(world, act).map((one) => ["laundering", looks.decided(one, look.on, "keep")] as const),
  ];
  const against = { "covert-use": new Map<string, B>(), laundering: new Map<string, B>() };
  for (const look of own)
    for (const act of look.acts)
      for (const [lint, { id, allowed }] of others(look, act)) {
        const key = `${look.id} ${id}`;
        if (!against[lint].has(key)) against[lint].set(key, requests.and([through(look), requests.not(allowed)]));
      }
  for (const [lint, formulas] of Object.entries(against))
    if (await requests.some([...formulas.values()])) expected.push(`${lint} ${path}`);
  return expected;
}

function fieldsOf({ field, with: joined }: Act): readonly Id[] {
  return joined === null ? [field] : [field, joined];
}

/** Its source says for what it was collected, and that is something else. */
function isSecondary(world: World, act: Act): boolean {
  return fieldsOf(act).some((field) => {
    const { collectedFor } = world.fields.get(field)!.source;
    return collectedFor.length > 0 && !covered(world.purposes, collectedFor).has(act.purpose);
  });
}

function isOfTwoSources(world: World, act: Act): boolean {
  return new Set(fieldsOf(act).map((field) => world.fields.get(field)!.source)).size > 1;
}

/** The same act with what the data is derived from: to infer it is to use that. The age of an input is its own. */
function inputsOf(world: World, act: Act): readonly Act[] {
  if (act.operation === "collect") return [];
  const operation = act.operation === "infer" ? "use" : act.operation;
  const of = (field: Id) => madeOf(world, field).filter((input) => !fieldsOf(act).includes(input));
  return [
    ...of(act.field).map((field) => ({ ...act, operation, field })),
    ...(act.with === null ? [] : of(act.with).map((joined) => ({ ...act, operation, with: joined }))),
  ];
}

function madeOf(world: World, field: Id): readonly Id[] {
  const nameable = new Set(world.names.fields.values());
  return world.fields
    .get(field)!
    .source.derivedFrom.flatMap((ref) =>
      ref.kind === "field" ? [ref.id] : world.sources.get(sourceOf(world, ref))!.fields.map(({ id }) => id),
    )
    .filter((input) => nameable.has(input));
}

/** What is said of fields and sources of which something is allowed. */
export async function expectedOfData<B>(looks: Looks<B>): Promise<readonly string[]> {
  const { world } = looks;
  const allowed = new Set((await looks.allowing()).flatMap(({ acts }) => acts.flatMap(fieldsOf)));
  const { policy } = world.model;
  const isSpecial = (field: Id) => world.fields.get(field)!.special;
  const expected: string[] = [];
  for (const source of world.model.sources) {
    if (policyOf(source.id) !== policy) continue;
    const some = source.fields.filter(({ id }) => allowed.has(id));
    if (source.keep === null && some.length > 0) expected.push(`unbounded-retention ${source.id}`);
    for (const { id } of some) {
      if (!isSpecial(id) && allInputs(world, id).some(isSpecial)) expected.push(`inherited-sensitivity ${id}`);
      if (isVague(world, id)) expected.push(`vague-category ${id}`);
    }
  }
  return expected;
}

/** Whether requests can name them or not. */
function allInputs(world: World, field: Id): readonly Id[] {
  return world.fields
    .get(field)!
    .source.derivedFrom.flatMap((ref) =>
      ref.kind === "field" ? [ref.id] : world.sources.get(ref.id)!.fields.map(({ id }) => id),
    );
}

/**
 * A category has special kinds though the field is neither special nor derived from what is, or kinds that a denial names
 * which does not reach the field.
 */
function isVague(world: World, field: Id): boolean {
  const { field: declared, special } = world.fields.get(field)!;
  const fromSpecial = selectedFields(world, [{ kind: "special" }], "wide").derived.has(field);
  const denials = world.model.rules.filter(({ effect }) => effect === "deny");
  return declared.categories.some((category) => {
    const kinds = [...within(world.categories, [category])];
    const holdsSpecial = kinds.some((kind) => world.specialCategories.has(kind));
    if (!special && !fromSpecial && holdsSpecial && !world.specialCategories.has(category)) return true;
    return denials.some(({ data }) => {
      const { direct, derived } = selectedFields(world, data, "wide");
      const names = data.some((ref) => ref.kind === "category" && ref.id !== category && kinds.includes(ref.id));
      return names && !direct.has(field) && !derived.has(field);
    });
  });
}
