import {
  type Annotation,
  type Id,
  lastPart,
  policyOf,
  type Rule,
  selectedFields,
  sourceOf,
  type World,
  within,
} from "@scruple/model";
import type { LintFinding, Place } from "./finding.ts";
import { ruleAt } from "./finding.ts";

/** Derived data that is plain though something that it is made of is special. */
export function inheritedSensitivity(world: World, allowed: ReadonlySet<Id>): readonly LintFinding[] {
  return world.model.sources.flatMap((source): LintFinding[] => {
    if (policyOf(source.id) !== world.model.policy) return [];
    const inputs = source.derivedFrom.flatMap((ref) =>
      ref.kind === "field" ? [ref.id] : world.sources.get(sourceOf(world, ref))!.fields.map(({ id }) => id),
    );
    const special = inputs.find((id) => world.fields.get(id)!.special);
    if (special === undefined) return [];
    return source.fields
      .filter(({ id }) => allowed.has(id) && !world.fields.get(id)!.special)
      .map(({ id }) => ({
        lint: "inherited-sensitivity",
        at: { kind: "declaration", id },
        words: [id, special],
        related: [{ at: { kind: "declaration", id: special }, message: "This is special." }],
      }));
  });
}

/** Fields with a category so broad that a denial of something within it does not reach them. */
export function vagueCategories(world: World, allowed: ReadonlySet<Id>): readonly LintFinding[] {
  const naming = new Map<Id, { readonly rule: Rule; readonly index: number }[]>();
  for (const [index, rule] of world.model.rules.entries()) {
    if (rule.effect !== "deny") continue;
    for (const ref of rule.data) {
      if (ref.kind !== "category") continue;
      const list = naming.get(ref.id);
      if (list === undefined) naming.set(ref.id, [{ rule, index }]);
      else list.push({ rule, index });
    }
  }
  const reaches = ({ data }: Rule, field: Id) => {
    const { direct, derived } = selectedFields(world, data, "wide");
    return direct.has(field) || derived.has(field);
  };
  /** The first denial of something inside a category that does not reach a field. */
  const missedBy = (inside: Iterable<Id>, category: Id, field: Id) => {
    let found: { readonly rule: Rule; readonly index: number; readonly category: Id } | null = null;
    for (const one of inside) {
      if (one === category) continue;
      const first = naming.get(one)?.find(({ rule }) => !reaches(rule, field));
      if (first !== undefined && (found === null || first.index < found.index)) found = { ...first, category: one };
    }
    return found;
  };
  // Whatever it is called, rules on special data stop it.
  const { derived: fromSpecial } = selectedFields(world, [{ kind: "special" }], "wide");
  const findings: LintFinding[] = [];
  for (const field of allowed) {
    const { field: declared, special } = world.fields.get(field)!;
    if (policyOf(policyOf(field)) !== world.model.policy) continue;
    for (const category of declared.categories) {
      const inside = within(world.categories, [category]);
      const kind = [...inside].find((one) => world.specialCategories.has(one));
      const missed = missedBy(inside, category, field);
      const isPlain = !special && !fromSpecial.has(field) && !world.specialCategories.has(category);
      const isVague = (isPlain && kind !== undefined) || missed !== null;
      if (!isVague) continue;
      findings.push({
        lint: "vague-category",
        at: { kind: "declaration", id: field },
        words: [field, category, missed?.category ?? kind!, missed?.rule.path ?? ""],
        related: missed === null ? [] : [{ at: ruleAt(missed.rule.path), message: "This denial does not reach it." }],
      });
      break;
    }
  }
  return findings;
}

/** Sources of which something is allowed, and that say nothing of how long they are kept. */
export function unboundedRetention(world: World, allowed: ReadonlySet<Id>): readonly LintFinding[] {
  return world.model.sources
    .filter(
      ({ id, keep, fields }) =>
        policyOf(id) === world.model.policy && keep === null && fields.some((field) => allowed.has(field.id)),
    )
    .map(({ id }) => ({ lint: "unbounded-retention", at: { kind: "declaration", id }, words: [id], related: [] }));
}

/** What was to be looked at again, or to end, before today. */
export function overdue(world: World, today: string): readonly LintFinding[] {
  const { model } = world;
  const findings: LintFinding[] = [];
  const add = (at: Place, what: string, date: string | null, kind: "review" | "until") => {
    if (date !== null && date < today) findings.push({ lint: "overdue", at, words: [what, kind, date], related: [] });
  };
  const declared = [
    ...[model.categories, model.sources, model.purposes, model.recipients, model.channels].flat(),
    ...[model.conditions, model.duties, model.interactions].flat(),
    ...model.sources.flatMap(({ fields }) => fields),
  ];
  for (const { id, annotations } of declared) {
    const owner = world.fields.has(id) ? policyOf(policyOf(id)) : policyOf(id);
    if (owner === model.policy) add({ kind: "declaration", id }, lastPart(id), reviewOf(annotations), "review");
  }
  for (const { id, until } of model.interactions) add({ kind: "declaration", id }, lastPart(id), until, "until");
  for (const rule of model.rules) {
    if (rule.policy !== model.policy) continue;
    add(ruleAt(rule.path), rule.path, reviewOf(rule.annotations), "review");
    add(ruleAt(rule.path), rule.path, rule.until, "until");
  }
  return findings;
}

function reviewOf(annotations: readonly Annotation[]): string | null {
  const date = annotations.find(({ name }) => name === "review")?.args[0];
  return typeof date === "string" ? date : null;
}
