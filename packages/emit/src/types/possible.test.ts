import { atomsOf, type Datum, DecisionSpace, isSatisfiable } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import { evaluator, type Interaction, indexModel, type Model, readRequest, reportedName } from "@scruple/model";
import { operations } from "@scruple/runtime";
import { randomProject, randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { frontDesk } from "../fixtures/front-desk.ts";
import { readUnion } from "../fixtures/read-union.ts";
import type { Case } from "./cases.ts";
import { DataSets } from "./data-sets.ts";
import { Scales } from "./levels.ts";
import { possibleIn } from "./possible.ts";
import { shortNames } from "./short-names.ts";
import { Unions } from "./unions.ts";

function fieldsOf({ field, with: joined }: Datum): readonly string[] {
  return joined === null ? [field] : [field, joined];
}

function randomModel(seed: number): Model {
  const { policy, files } = randomProject(seed);
  return compile(files).model(policy) as Model;
}

const models = Array.from({ length: 60 }, (_, index) => randomModel(index + 1));
/** Of which operations have hundreds of cells. */
const large = randomModel(159);

function possible(space: DecisionSpace, interaction: Interaction) {
  return possibleIn(space.of(interaction), new Scales(space.world, space.ground.places));
}

test("whatever is allowed could be allowed: no call is refused by its types that the policy allows", () => {
  let allowed = 0;
  for (const [index, model] of models.slice(0, 30).entries()) {
    const space = new DecisionSpace(model);
    const byInteraction = new Map(model.interactions.map((one) => [one.id, possible(space, one)]));
    const reference = evaluator(model);
    const world = indexModel(model);
    for (const raw of randomRequests(model, index + 1, 60)) {
      if (reference.decide(raw).decision === "deny") continue;
      const request = readRequest(world, raw);
      if (!("interaction" in request)) throw new Error("A request that is allowed makes sense.");
      const found = byInteraction.get(request.interaction)?.get(request.operation);
      const told = `seed ${index + 1}: ${JSON.stringify(raw)}`;
      allowed++;
      expect(found, told).toBeDefined();
      const pieces = [...request.pieces, ...(request.with === null ? [] : [request.with])];
      for (const { field } of pieces) expect(found?.data, told).toContain(field);
      const { recipient } = raw as { recipient?: string | null };
      const named = recipient == null ? null : (request.recipients[0] as string);
      for (const { field } of pieces) {
        const fits = ({ data, purposes, channels, recipients, levels, with: joined }: Case) =>
          data.includes(field) &&
          purposes.includes(request.purpose) &&
          channels.includes(request.channel) &&
          recipients.includes(named) &&
          (levels === null || levels.has(request.level)) &&
          (joined === null || pieces.some((piece) => joined.includes(piece.field)));
        expect(found?.cases.some(fits), told).toBe(true);
      }
      expect(found?.purposes, told).toContain(request.purpose);
      expect(found?.channels, told).toContain(request.channel);
      if (request.level !== null) expect(found?.levels, told).toContain(request.level);
      if (recipient != null) expect(found?.recipients, told).toContain(request.recipients[0]);
    }
  }
  expect(allowed).toBeGreaterThan(50);
});

test("each dimension has what the cells have that could be allowed", () => {
  for (const model of [...models.slice(0, 10), large]) {
    const space = new DecisionSpace(model);
    for (const interaction of model.interactions) {
      const all = possible(space, interaction);
      const cells = [...space.cells({ interactions: [interaction.id] })].filter((cell) =>
        isSatisfiable(space.decide(cell).decision.allowed),
      );
      for (const operation of operations) {
        const some = cells.filter((cell) => cell.operation === operation);
        const found = all.get(operation);
        const told = `${operation} in ${interaction.name}`;
        expect(found !== undefined, told).toBe(some.length > 0);
        if (found === undefined) continue;
        const routes = some.flatMap((cell) => cell.routes);
        const conditions = some.flatMap(({ rules }) => rules.flatMap(({ condition }) => condition));
        const facts = [...atomsOf(space.world, conditions)].flatMap((atom) => {
          if ("fact" in atom) return reportedName(atom.fact);
          if (atom.op === "compareFacts") return [atom.left, atom.right].map(reportedName);
          return atom.op === "consent" || atom.op === "objection" ? `${atom.op}s` : [];
        });
        expect(found.data, told).toEqual(new Set(some.flatMap(({ data }) => data.flatMap(fieldsOf))));
        expect(found.purposes, told).toEqual(new Set(some.flatMap(({ purposes }) => purposes)));
        expect(found.channels, told).toEqual(new Set(routes.map(({ channel }) => channel)));
        expect(found.recipients, told).toEqual(new Set(routes.flatMap(({ recipient }) => recipient ?? [])));
        expect(found.facts, told).toEqual(new Set(facts));
      }
    }
  }
});

test("sets of fields that are written short have those fields, and no others", () => {
  let short = 0;
  for (const model of [...models, frontDesk()]) {
    const space = new DecisionSpace(model);
    const { world } = space;
    const names = shortNames(world.names);
    const unions = new Unions("N");
    const sets = new DataSets(world, names.fields, unions, 2);
    const written = model.interactions.flatMap((interaction) => {
      const rules = model.rules.filter((rule) => rule.interaction === null || rule.interaction === interaction.id);
      return [...possible(space, interaction).values()].map(({ data }) => ({ data, text: sets.write(data, rules) }));
    });
    unions.write();
    for (const { data, text } of written) {
      const expected = [...data].flatMap((id) => names.fields.get(id) ?? []).sort();
      if (text().includes("Exclude")) short++;
      expect([...readUnion(text(), unions.aliases)].sort()).toEqual(expected);
    }
  }
  expect(short).toBeGreaterThan(5);
});

test("a fact is asked for where an answer that could be allowed depends on it", () => {
  const model = frontDesk();
  const space = new DecisionSpace(model);
  const facts = (name: string) => {
    const interaction = model.interactions.find((one) => one.name === name);
    if (interaction === undefined) throw new Error(name);
    return Object.fromEntries(
      [...possible(space, interaction)].map(([operation, one]) => [operation, [...one.facts].sort()]),
    );
  };
  expect(facts("welcome")).toEqual({ use: ["busy", "data.age"], disclose: ["data.age"] });
  expect(facts("offer")).toEqual({ use: ["consents", "data.age", "local_time", "objections", "subject.age"] });
  expect(facts("never")).toEqual({});
});
