import {
  type Annotation,
  type Id,
  lastPart,
  policyOf,
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
  const denials = world.model.rules.filter(({ effect }) => effect === "deny");
  const named = denials.flatMap((rule) =>
    rule.data.flatMap((ref) => (ref.kind === "category" ? [{ rule, category: ref.id }] : [])),
  );
  const findings: LintFinding[] = [];
  for (const field of allowed) {
    const { field: declared, special } = world.fields.get(field)!;
    if (policyOf(policyOf(field)) !== world.model.policy) continue;
    for (const category of declared.categories) {
      const inside = within(world.categories, [category]);
      const kind = [...inside].find((one) => world.specialCategories.has(one));
      const missed = named.find(
        (one) =>
          one.category !== category &&
          inside.has(one.category) &&
          !selectedFields(world, one.rule.data, "wide").direct.has(field) &&
          !selectedFields(world, one.rule.data, "wide").derived.has(field),
      );
      const isVague =
        (!special && kind !== undefined && !world.specialCategories.has(category)) || missed !== undefined;
      if (!isVague) continue;
      findings.push({
        lint: "vague-category",
        at: { kind: "declaration", id: field },
        words: [field, category, missed?.category ?? kind!, missed?.rule.path ?? ""],
        related:
          missed === undefined ? [] : [{ at: ruleAt(missed.rule.path), message: "This denial does not reach it." }],
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
