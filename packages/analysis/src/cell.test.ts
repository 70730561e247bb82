import { compile } from "@scruple/compiler";
import { evaluator, type Model } from "@scruple/model";
import { expect, test } from "vitest";
import { decisionOf, limitsOf, whereBinds, whereDecides } from "./cell.ts";
import { describeRegion } from "./describe/describe.ts";
import { FALSE, TRUE } from "./node-store.ts";
import { constantOverKnownFacts, implies, isSatisfiable } from "./questions.ts";
import { wireRequest } from "./testing/cells.ts";
import { analyse } from "./testing/one-cell.ts";
import { TooLargeError } from "./too-large-error.ts";
import { wireFacts } from "./wire-facts.ts";
import { knownWitness, smallestWitness } from "./witness.ts";

function model(rules: string, more = ""): Model {
  const text = `policy shop
    category note
    purpose marketing purpose care
    recipient customer channel email reaches customer
    source notes provided keep at most 2 years { text : note }
    subject { age : int 0..130 member : bool }
    facts { elapsed : duration ${Array.from({ length: 40 }, (_, i) => `b${i} : bool`).join(" ")} }
    duty record duty notify
    ${more}
    interaction letter { purposes marketing, care channels email ${rules} }`;
  const program = compile([{ path: "shop.scruple", text }]);
  const found = program.model("shop");
  if (found === null) throw new Error(program.diagnostics.map(({ message }) => message).join(" "));
  return found;
}

test("what a rule decides, and whether it makes a difference", () => {
  const { space, context, decision } = analyse(
    model(`adults: allow use note when subject.age >= 18
           seniors: allow use note when subject.age >= 65
           members: deny use note unless subject.member`),
  );
  const { diagrams } = space;
  const paths = decision.rules.map(({ rule }) => rule.path);
  expect(paths).toEqual(["letter.adults", "letter.members", "letter.seniors", "notes.keep"]);
  const at = (path: string) => paths.indexOf(path);
  const without = (path: string) =>
    decisionOf(
      diagrams,
      decision.rules.filter(({ rule }) => rule.path !== path),
    ).allowed;
  expect(without("letter.seniors")).toBe(decision.allowed);
  expect(without("letter.members")).not.toBe(decision.allowed);
  expect(implies(diagrams, decision.allowed, without("letter.members"))).toBe(true);
  const seniors = whereDecides(diagrams, decision, at("letter.seniors"));
  expect(describeRegion(context, seniors).entries).toEqual([
    "subject.age >= 65 and subject.member and data.age <= 2 years",
  ]);
  expect(implies(diagrams, seniors, decision.allowed)).toBe(true);
});

test("always and never speak of known facts; an answer about all facts counts the unknown ones", () => {
  const { space, decision } = analyse(model("sure: allow use note when subject.age >= 18 or subject.age < 18"));
  const sure = decision.rules[0]!.condition;
  expect(constantOverKnownFacts(space.diagrams, sure)).toBe(true);
  expect(sure).not.toBe(TRUE);
});

test("duties bind while a condition is not false, limits likewise, and only on what is allowed", () => {
  const { space, context, decision } = analyse(
    model(`told: allow use note when subject.member then record, notify
           also: allow use note then record
           often: deny use note when subject.age < 18 after 2 per week`),
  );
  const where = (node: number) => describeRegion(context, node).entries;
  const binds = (path: string) =>
    whereBinds(
      space.diagrams,
      decision,
      decision.rules.findIndex(({ rule }) => rule.path === path),
    );
  expect(where(binds("letter.also"))).toEqual(["data.age <= 2 years"]);
  expect(where(binds("letter.told"))).toEqual([expect.stringMatching(/subject\.member or subject\.member is unknown/)]);
  const [limit] = limitsOf(space.diagrams, decision);
  expect(limit!.rule.path).toBe("letter.often");
  expect(where(limit!.where)).toEqual([expect.stringMatching(/subject\.age < 18 or subject\.age is unknown/)]);
});

test("a smallest witness leaves out what need not be known; a known one leaves out nothing", () => {
  const shop = model("adults: allow use note when subject.age >= 18 and (subject.member or b0)");
  const { cell, space, context, decision } = analyse(shop);
  const smallest = wireFacts(context, smallestWitness(space, decision.allowed)!);
  expect(Object.keys(smallest.subject).length + Object.keys(smallest.facts).length).toBe(3);
  expect(evaluator(shop).decide(wireRequest(cell, smallest)).decision).toBe("allow");
  const known = wireFacts(
    context,
    knownWitness(
      space,
      decision.denied,
      space.variables.map(({ index }) => index),
    )!,
  );
  expect(evaluator(shop).decide(wireRequest(cell, known))).toMatchObject({ decision: "deny", missing: [] });
});

test("each piece of a pair is as old as it is, and `data.age` is the age of the older", () => {
  const shop = model(
    "fresh: allow combine note when data.age < elapsed and data.age > 1 year",
    "source old provided keep at most 5 years { text : note }",
  );
  const both = { operation: "combine", field: "notes.text", with: "old.text" } as const;
  const { cell, space, context, decision } = analyse(shop, both);
  const { diagrams } = space;
  expect(isSatisfiable(decision.allowed)).toBe(true);
  const witness = smallestWitness(space, decision.allowed)!;
  expect(evaluator(shop).decide(wireRequest(cell, wireFacts(context, witness))).decision).toBe("allow");
  // More than the two years of the first, which must then be the younger one.
  const index = decision.rules.findIndex(({ rule }) => rule.path === "letter.fresh");
  const domain = space.domain("data.age");
  expect(domain.kind === "line" && domain.starts.length).toBe(4);
  const withOldData = diagrams.and(
    decision.allowed,
    diagrams.branch(space.variableOf("data.age")!.index, (value) => {
      const age = space.exampleFacts(space.variableOf("data.age")!, value).get("data.age");
      return typeof age === "number" && age > 2 * 31_536_000 ? TRUE : FALSE;
    }),
  );
  const old = wireFacts(context, smallestWitness(space, withOldData)!);
  expect(old.ages!.data).toBeLessThanOrEqual(2 * 31_536_000);
  expect(old.ages!.with).toBeGreaterThan(2 * 31_536_000);
  expect(evaluator(shop).decide(wireRequest(cell, old)).decision).toBe("allow");
  expect(whereDecides(diagrams, decision, index)).toBe(decision.allowed);
});

test("what no request can name is consented to, and objected to, through `any` alone", () => {
  const texts = {
    deep: "policy deep category note purpose tracking purpose ads within tracking",
    base: `policy base use deep category memo within note
      needs: deny use note unless consent for ads and not objection for ads`,
    shop: `policy shop use base purpose mail recipient customer channel email reaches customer
      source notes provided { text : memo }
      interaction letter { purposes mail channels email allow use memo }`,
  };
  const files = Object.entries(texts).map(([name, text]) => ({ path: `${name}.scruple`, text }));
  const shop = compile(files).model("shop")!;
  const { cell, space, context, decision } = analyse(shop);
  const allowed = wireFacts(context, smallestWitness(space, decision.allowed)!);
  expect(allowed).toMatchObject({ consents: [{ purpose: "any", channel: "any" }], objections: [] });
  expect(evaluator(shop).decide(wireRequest(cell, allowed)).decision).toBe("allow");
  const consented = space.diagrams.and(decision.denied, space.diagrams.isTrue(context.expression(consentForAds)));
  const objected = wireFacts(
    context,
    knownWitness(
      space,
      consented,
      context.variables.map(({ index }) => index),
    )!,
  );
  expect(objected.objections).toEqual([{ purpose: "any", channel: "any" }]);
  expect(evaluator(shop).decide(wireRequest(cell, objected)).decision).toBe("deny");
});
const consentForAds = { op: "consent", explicit: false, purpose: "deep.ads" } as const;

test("conditions may name each other in a long row, and nest deeply", () => {
  const shop = model("kept: allow use note when subject.member");
  const at = shop.rules[0]!.at;
  const named = (index: number) => ({ op: "condition", condition: `shop.c${index}` }) as const;
  const conditions = Array.from({ length: 10_000 }, (_, index) => {
    const expr =
      index === 0
        ? ({ op: "fact", fact: "subject.member" } as const)
        : ({ op: "not", operand: named(index - 1) } as const);
    return { id: `shop.c${index}`, expr, doc: "", annotations: [], at };
  });
  const rules = shop.rules.map((rule) => ({ ...rule, when: named(9_999) }));
  const { context, decision } = analyse({ ...shop, conditions, rules });
  expect(describeRegion(context, decision.allowed).entries).toEqual(["not subject.member and data.age <= 2 years"]);
});

test("a space answers about what it was made for, and refuses the rest", () => {
  const { space, context } = analyse(model("adults: allow use note when subject.age >= 18"));
  const age = (value: number) => ({ op: "compare", operator: "<", fact: "subject.age", value }) as const;
  expect(space.covers([age(18)])).toBe(true);
  expect(context.expression({ op: "not", operand: age(18) })).toBe(context.condition([{ ...age(18), operator: ">=" }]));
  expect(space.covers([age(19)])).toBe(false);
  expect(space.covers([{ ...age(1), fact: "data.age of data" }])).toBe(false);
  expect(space.covers([{ op: "contains", fact: "subject.tags", value: "gold" }])).toBe(false);
  expect(() => context.expression(age(19))).toThrow("not made for this condition");
  expect(() => context.expression({ op: "objection", purpose: null })).toThrow("not made for this condition");
});

test("two facts with hundreds of constants each are refused where they are compared", () => {
  const rules = Array.from(
    { length: 500 },
    (_, i) => `allow use note when data.age < ${i + 1} hours and elapsed < ${i + 1} days`,
  );
  expect(() => analyse(model(`${rules.join("\n")} allow use note when data.age < elapsed`))).toThrow(
    /combinations of `(data\.age|elapsed)` and `(data\.age|elapsed)`/,
  );
});

test("where conditions meet in too many ways, the rules are named and nothing is guessed", () => {
  const far = Array.from({ length: 20 }, (_, i) => `p${i}: deny use note when b${i} and b${i + 20}`).join("\n");
  const order = `first: allow use note when ${Array.from({ length: 20 }, (_, i) => `b${i}`).join(" or ")}`;
  const crowded = model(`${order}\n${far}`);
  expect(() => analyse(crowded, {}, { limit: 300 })).toThrow(TooLargeError);
  expect(() => analyse(crowded, {}, { limit: 300 })).toThrow(/`letter\.\w+`.*too many facts at once: more than 300/);
});
