import {
  type Act,
  bearings,
  type Expr,
  evaluate,
  evaluator,
  type FactName,
  factsIn,
  indexModel,
  type Kleene,
  type Moment,
  readRequest,
} from "@scruple/model";
import { Dice, randomRequests, scales } from "@scruple/testkit";
import { expect, test } from "vitest";
import { type Assignment, assignmentOf } from "./assignment.ts";
import { decideCell } from "./cell.ts";
import { cover } from "./cover.ts";
import { cubeDiagram } from "./cube.ts";
import type { Diagrams } from "./diagrams.ts";
import { FactSpace } from "./fact-space.ts";
import { nearestChanges } from "./nearest-changes.ts";
import { FALSE, type Node, TRUE } from "./node-store.ts";
import { momentOf, readMoment, rulesOf, someCells, type TestedCell, wireRequest } from "./testing/cells.ts";
import { allowed, claimsOf } from "./testing/claims.ts";
import { everyMoment } from "./testing/every-moment.ts";
import { randomModel } from "./testing/random-model.ts";
import { diagramLogic, referenceLogic } from "./testing/readings.ts";
import type { Variable } from "./theory/variable.ts";
import { wireFacts } from "./wire-facts.ts";
import { knownWitness, smallestWitness } from "./witness.ts";

const models = Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000);

const corpus = Array.from({ length: models }, (_, seed) => ({ seed, model: randomModel(seed) }));
/** With more of everything than a word has bits. */
const large = Array.from({ length: models / 50 }, (_, seed) => ({ seed, model: randomModel(seed, scales.many) }));

function kleene(node: Node): Kleene {
  return node === FALSE ? false : node === TRUE ? true : "unknown";
}

function conditionsOf({ rules }: TestedCell): readonly Expr[] {
  return rules.flatMap(({ condition }) => condition);
}

/** What a cell decides, in a space of its own. */
function analysed(cell: TestedCell) {
  const space = new FactSpace(cell.world, conditionsOf(cell));
  const context = space.context({ startedBy: cell.startedBy, purpose: cell.act.purpose });
  return { space, context, decision: decideCell(context, cell.rules) };
}

test("conditions and decisions are those of the reference, for random requests of random models", () => {
  let compared = 0;
  for (const { seed, model } of [...corpus, ...large]) {
    const world = indexModel(model);
    const all = bearings(world);
    const reference = evaluator(model);
    const asked = randomRequests(model, seed, 10).flatMap((raw) => {
      const request = readRequest(world, raw);
      if (!("pieces" in request) || request.pieces.length !== 1) return [];
      const piece = request.pieces[0]!;
      const act: Act = { ...request, field: piece.field, with: request.with?.field ?? null };
      const { startedBy } = world.interactions.get(request.interaction)!;
      const cell = { world, act, startedBy, rules: rulesOf(all, act) };
      return [{ raw, cell, moment: momentOf(cell, request, piece) }];
    });
    // One space for all: what they share must not make them alike.
    const space = new FactSpace(
      world,
      asked.flatMap(({ cell }) => conditionsOf(cell)),
    );
    for (const { raw, cell, moment } of asked) {
      const context = space.context({ startedBy: cell.startedBy, purpose: cell.act.purpose }, conditionsOf(cell));
      const decision = decideCell(context, cell.rules);
      const assignment = assignmentOf(context, moment);
      const at = (node: Node) => kleene(space.diagrams.evaluate(node, (variable) => assignment.get(variable)!));
      const story = `${seed}: ${JSON.stringify(raw)}`;
      for (const { condition } of cell.rules) {
        expect(at(context.condition(condition)), story).toBe(evaluate({ op: "and", operands: condition }, moment));
        compared++;
      }
      const { decision: expected, because } = reference.decide(raw);
      if (because.includes("The interaction is not for this purpose on this channel.")) continue;
      expect(at(decision.allowed), story).toBe(expected === "allow");
    }
  }
  expect(compared).toBeGreaterThan(models);
}, 180_000);

test("descriptions cover regions exactly; the nearest changes turn decisions, and no smaller ones do", () => {
  let turned = 0;
  for (const { seed, model } of [...corpus, ...large]) {
    const dice = new Dice(seed);
    for (const cell of someCells(model, (list) => dice.pick(list), 1)) {
      const { space, context, decision } = analysed(cell);
      const { diagrams } = space;
      for (const region of [decision.allowed, decision.denied]) {
        const { cubes, rest } = cover(space, region, 1_000);
        expect(rest).toBe(FALSE);
        expect(diagrams.any(cubes.map((cube) => cubeDiagram(diagrams, cube)))).toBe(region);
      }
      const [raw] = randomRequests(model, seed, 1);
      const { subject, facts, consents, objections } = raw!;
      const act = wireRequest(cell, { subject: {}, facts: {}, ages: null });
      const request = readRequest(cell.world, { ...act, subject, facts, consents, objections });
      if (!("pieces" in request)) continue;
      const from = assignmentOf(context, momentOf(cell, request, request.pieces[0]!));
      const isAllowed = diagrams.evaluate(decision.allowed, (variable) => from.get(variable)!) === TRUE;
      const target = isAllowed ? decision.denied : decision.allowed;
      const changes = nearestChanges(context, from, target);
      const reachable = diagrams.and(target, withoutForgetting(diagrams, context.variables, from));
      expect(changes.length > 0).toBe(reachable !== FALSE);
      for (const { assignment, changed } of changes) {
        const moment = readMoment(cell, wireFacts(context, assignment));
        expect(allowed(referenceLogic(cell, moment), cell.rules), `${seed}`).toBe(!isAllowed);
        for (const spared of changed) {
          const fixed = context.variables.filter((one) => one === spared || !changed.includes(one));
          const left = fixed.reduce((node, { index }) => diagrams.restrict(node, index, from.get(index)!), reachable);
          expect(left, `${seed}: ${JSON.stringify(changed)}`).toBe(FALSE);
        }
        turned++;
      }
    }
  }
  expect(turned).toBeGreaterThan(models / 4);
}, 180_000);

/** Where nothing is unknown that was known. */
function withoutForgetting(diagrams: Diagrams, variables: readonly Variable[], from: Assignment): Node {
  const isKept = ({ index, unknowns }: Variable, value: number) => value >= unknowns || from.get(index)! < unknowns;
  return diagrams.all(
    variables.map((one) => diagrams.branch(one.index, (value) => (isKept(one, value) ? TRUE : FALSE))),
  );
}

test("every answer about a cell has a witness that the reference confirms, or nothing among all requests speaks against it", () => {
  const count = { witnesses: 0, refuted: 0, exhausted: 0, moments: 0 };
  // Of smaller models every request is tried elsewhere.
  for (const { seed, model } of corpus.slice(0, models / 2)) {
    const reference = evaluator(model);
    const dice = new Dice(seed);
    for (const cell of someCells(model, (list) => dice.pick(list), 2)) {
      const { space, context, decision } = analysed(cell);
      const logic = diagramLogic(space.diagrams, decision);
      const asked = factsOf(cell);
      expect(allowed(logic, cell.rules)).toBe(decision.allowed);
      const never = [];
      for (const claim of claimsOf(cell.rules)) {
        const fails = (what: unknown) => `${seed}: ${JSON.stringify(cell.act)}: ${claim.text} ${JSON.stringify(what)}`;
        const node = claim.read(logic);
        const isPossible = (claim.over === "known" ? space.diagrams.known(node) : node) !== FALSE;
        if (!isPossible) {
          never.push(claim);
          continue;
        }
        const everything = context.variables.map(({ index }) => index);
        const witness = claim.over === "known" ? knownWitness(space, node, everything)! : smallestWitness(space, node)!;
        const wire = wireFacts(context, witness);
        const moment = readMoment(cell, wire);
        const isRight = claim.read(referenceLogic(cell, moment)) && (claim.over === "all" || isKnown(asked, moment));
        if (!isRight) expect.fail(fails(wire));
        const verdict = claim.text.startsWith("allowed") ? "allow" : claim.text.startsWith("denied") ? "deny" : null;
        if (verdict !== null) expect(reference.decide(wireRequest(cell, wire)).decision, fails(wire)).toBe(verdict);
        count.witnesses++;
      }
      const moments = never.length > 0 ? everyMoment(cell, 3_000) : null;
      if (moments === null) continue;
      const seen = new Set<string>();
      for (const moment of moments) {
        count.moments++;
        const real = referenceLogic(cell, moment);
        const known = isKnown(asked, moment);
        // Moments with the same outcomes are the same to every claim.
        const outcomes = `${known} ${cell.rules.map((_, index) => `${real.isTrue(index)}${real.isFalse(index)}`)}`;
        if (seen.has(outcomes)) continue;
        seen.add(outcomes);
        for (const claim of never) {
          if (claim.read(real) && (claim.over === "all" || known))
            expect.fail(`${seed}: ${JSON.stringify(cell.act)}: ${claim.text}`);
        }
      }
      count.exhausted++;
      count.refuted += never.length;
    }
  }
  expect(count.witnesses).toBeGreaterThan(models);
  expect(count.refuted).toBeGreaterThan(models);
}, 180_000);

/** What the rules of a cell ask for. */
function factsOf(cell: TestedCell): readonly FactName[] {
  return [...new Set(conditionsOf(cell).flatMap((part) => factsIn(part, cell.world.conditions)))];
}

function isKnown(asked: readonly FactName[], moment: Moment): boolean {
  return asked.every((fact) =>
    fact === "consents" || fact === "objections" ? moment[fact] !== undefined : moment.facts.has(fact),
  );
}
