import { compile } from "@scruple/compiler";
import {
  type Act,
  bearings,
  evaluate,
  evaluator,
  indexModel,
  type Kleene,
  type Model,
  type Piece,
  pieceAges,
  readRequest,
} from "@scruple/model";
import { randomProject, randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { assignmentOf, type GivenFacts } from "./assignment.ts";
import { decideCell } from "./cell.ts";
import { FactSpace } from "./fact-space.ts";
import { FALSE, type Node, TRUE } from "./node-store.ts";

const models = Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000);

function* randomModels(count: number): Generator<{ readonly seed: number; readonly model: Model }> {
  for (let seed = 0; seed < count; seed++) {
    const project = randomProject(seed);
    const model = compile(
      project.files.map((f) => ({ ...f, text: f.text.replaceAll("who : text at", "who : text, at") })),
    ).model(project.policy);
    if (model === null) throw new Error(`The random project ${seed} does not compile.`);
    yield { seed, model };
  }
}

function kleene(node: Node): Kleene {
  return node === FALSE ? false : node === TRUE ? true : "unknown";
}

function ages({ age: one }: Piece, joined: Piece | null): readonly (readonly [string, number])[] {
  const other = joined === null ? one : joined.age;
  return [
    ...(one === undefined || other === undefined ? [] : [["data.age", Math.max(one, other)] as const]),
    ...(one === undefined || joined === null ? [] : [[pieceAges.data, one] as const]),
    ...(other === undefined || joined === null ? [] : [[pieceAges.with, other] as const]),
  ];
}

test("every condition and every decision is what the reference says, for random requests of random models", () => {
  let compared = 0;
  for (const { seed, model } of randomModels(models)) {
    const world = indexModel(model);
    const all = bearings(world);
    const reference = evaluator(model);
    for (const raw of randomRequests(model, seed, 10)) {
      const request = readRequest(world, raw);
      if (!("pieces" in request) || request.pieces.length !== 1) continue;
      const piece = request.pieces[0]!;
      const act: Act = { ...request, field: piece.field, with: request.with?.field ?? null };
      const rules = all.filter((rule) => rule.selects(act)).map((rule) => ({ rule, condition: rule.condition(act) }));
      const { startedBy } = world.interactions.get(request.interaction)!;
      const expressions = rules.flatMap(({ condition }) => condition);
      const space = new FactSpace(world, expressions);
      const context = space.context({ startedBy, purpose: request.purpose });
      const cell = decideCell(context, rules);
      const given: GivenFacts = { ...request, facts: new Map([...request.facts, ...ages(piece, request.with)]) };
      const assignment = assignmentOf(context, given);
      const at = (node: Node) => kleene(space.diagrams.evaluate(node, (variable) => assignment.get(variable)!));
      for (const [index, { condition }] of rules.entries()) {
        const expected = evaluate(
          { op: "and", operands: condition },
          { world, startedBy, purpose: request.purpose, ...given },
        );
        expect(at(cell.rules[index]!.condition), `${seed}: ${JSON.stringify(raw)}: ${rules[index]!.rule.path}`).toBe(
          expected,
        );
        compared++;
      }
      const { decision, because } = reference.decide(raw);
      if (because.includes("The interaction is not for this purpose on this channel.")) continue;
      expect(at(cell.allowed), `${seed}: ${JSON.stringify(raw)}`).toBe(decision === "allow");
    }
  }
  expect(compared).toBeGreaterThan(models);
});
