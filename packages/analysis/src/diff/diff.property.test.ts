import { evaluator, lastPart, type Model, readRequest } from "@scruple/model";
import { Dice, randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { cubeDiagram } from "../cube.ts";
import { actOf } from "../explain/moments.ts";
import { decidedOtherwise } from "../testing/decided-otherwise.ts";
import { mutateModel } from "../testing/mutate-model.ts";
import { randomModel } from "../testing/random-model.ts";
import { regionHolds, wayAbout } from "../testing/region-holds.ts";
import { isWhereSaid } from "../testing/said-where.ts";
import { CellBoxes } from "./cell-boxes.ts";
import { type Region, regionsOf } from "./cell-regions.ts";
import { diff } from "./diff.ts";
import { joinModels } from "./join-models.ts";
import { unsaid, withException } from "./region-words.ts";
import { staticSpace } from "./static-cells.ts";
import { together } from "./strictness.ts";

const count = Number(process.env.SCRUPLE_RANDOM_DIFFS ?? 140);

function* randomModels(): Generator<{ seed: number; base: Model; head: Model; dice: Dice }> {
  for (let seed = 1; seed <= count; seed++) {
    const base = randomModel(seed);
    const dice = new Dice(seed);
    yield { seed, base, head: mutateModel(base, dice), dice };
  }
}

test("the regions of a difference are exactly those that both evaluators show", () => {
  const seen = { same: 0, widened: 0, narrowed: 0, looser: 0, tighter: 0, otherwise: 0 };
  let exceptions = 0;
  for (const { seed, base, head } of randomModels()) {
    const joined = joinModels(base, head);
    const space = staticSpace(joined.worlds);
    const regions = [...regionsOf(joined, space)];
    for (const { context, where, change } of regions) {
      const { diagrams } = context.space;
      expect(diagrams.implies(where, change), String(seed)).toBe(true);
      const said = withException(context, where);
      if (said === null) continue;
      const [around, exception] = [cubeDiagram(diagrams, said.around), cubeDiagram(diagrams, said.exception)];
      expect(diagrams.and(around, diagrams.not(exception)), String(seed)).toBe(where);
      exceptions++;
    }
    const [before, after] = [evaluator(base), evaluator(head)];
    const [world] = joined.worlds;
    for (const raw of randomRequests(base, seed, 80)) {
      const request = readRequest(world, raw);
      if (!("pieces" in request) || request.pieces.length > 1) continue;
      const [from, to] = [before.decide(raw), after.decide(raw)];
      if (from.errors.length + to.errors.length > 0) continue;
      const [piece] = request.pieces;
      const act = actOf(request, piece!);
      const recipient = raw.recipient === undefined || raw.recipient === null ? null : request.recipients[0]!;
      const isIn = (region: Region) => {
        const way = wayAbout(region, space, act, recipient);
        if (way !== "back") return way === "forth" && regionHolds(region, world, request, piece!);
        return regionHolds(region, world, { ...request, with: piece! }, request.with!);
      };
      const kinds = regions.filter(isIn).map(({ kind, bound }) => bound ?? kind);
      const expected = decidedOtherwise(from, to);
      expect(kinds, JSON.stringify({ seed, raw })).toEqual(expected === null ? [] : [expected]);
      seen[expected ?? "same"]++;
    }
  }
  const { looser, tighter, otherwise, ...decided } = seen;
  expect(Math.min(looser + tighter + otherwise, ...Object.values(decided))).toBeGreaterThan(count / 20);
  expect(exceptions).toBeGreaterThan(count / 2);
});

test("each entry shows a request that is decided otherwise, and a model differs from itself in nothing", () => {
  let entries = 0;
  for (const { seed, base, head } of randomModels()) {
    expect(diff(base, structuredClone(base))).toMatchObject({
      widened: [],
      narrowed: [],
      duties: [],
      equal: true,
      notes: [],
    });
    const [before, after] = [evaluator(base), evaluator(head)];
    const difference = diff(base, head);
    expect(difference.notes, String(seed)).toEqual([]);
    for (const kind of ["widened", "narrowed", "duties"] as const) {
      for (const entry of difference[kind]) {
        const { request, from, to, rules, cells } = entry;
        const [one, other] = [before.decide(request), after.decide(request)];
        entries++;
        expect([one.errors, other.errors], JSON.stringify(request)).toEqual([[], []]);
        expect(decidedOtherwise(one, other)).toBe(entry.bound ?? kind);
        expect([one.decision, other.decision]).toEqual([from, to]);
        expect([one.rules, other.rules]).toEqual([rules.from, rules.to]);
        expect(cells).toBeGreaterThan(0);
      }
    }
  }
  expect(entries).toBeGreaterThan(count);
});

test("each entry shows a request that is where its words say", () => {
  let told = 0;
  for (const { seed, base, head } of randomModels()) {
    const difference = diff(base, head);
    for (const kind of ["widened", "narrowed", "duties"] as const) {
      for (const { when, given, request } of difference[kind]) {
        if (given === "varied" || when.at(-1) === unsaid) continue;
        const isThere = isWhereSaid(seed, when, request);
        expect(isThere, JSON.stringify({ seed, when, request })).not.toBe(false);
        if (isThere) told++;
      }
    }
  }
  expect(told).toBeGreaterThan(count);
});

test("where an interaction is told as a whole, it is about the same combinations", () => {
  let told = 0;
  for (const { seed, base, head } of randomModels()) {
    const joined = joinModels(base, head);
    const space = staticSpace(joined.worlds);
    const [before, after] = [evaluator(base), evaluator(head)];
    const whole = diff(base, head, { mostChangesTold: 0 });
    expect(whole.notes, String(seed)).toEqual([]);
    for (const kind of ["widened", "narrowed", "duties"] as const) {
      const changed = [...regionsOf(joined, space)].filter((region) => region.kind === kind);
      for (const interaction of space.changes.keys()) {
        const cells = new Set(
          changed.flatMap(({ problem }) => problem.cells.filter((cell) => cell.interaction === interaction)),
        );
        const entries = whole[kind].filter(
          ({ given, request }) => given === "varied" && request.interaction === lastPart(interaction),
        );
        const count = new CellBoxes(space).around([...cells]).count;
        expect(
          entries.map((entry) => entry.cells),
          `${seed} ${kind} ${interaction}`,
        ).toEqual(count === 0 ? [] : [count]);
        for (const { request, rules, bound } of entries) {
          const [from, to] = [before.decide(request), after.decide(request)];
          const shown = decidedOtherwise(from, to);
          expect(shown === "widened" || shown === "narrowed" ? shown : "duties").toBe(kind);
          const its = changed.filter(({ problem }) => problem.cells.some((cell) => cells.has(cell)));
          expect(bound).toBe(kind === "duties" ? together(its.map((region) => region.bound!)) : null);
          expect([from.rules, to.rules]).toEqual([rules.from, rules.to]);
          told++;
        }
      }
    }
  }
  expect(told).toBeGreaterThan(count / 2);
});
