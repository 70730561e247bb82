import { DecisionSpace } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import { evaluator, indexModel, type Model, readRequest } from "@scruple/model";
import { randomProject, randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { frontDesk } from "../fixtures/front-desk.ts";
import { readUnion } from "../fixtures/read-union.ts";
import { anyLevel, type Case } from "./cases.ts";
import { DataSets } from "./data-sets.ts";
import { possibleIn } from "./possible.ts";
import { shortNames } from "./short-names.ts";
import { Unions } from "./unions.ts";

const models = Array.from({ length: 60 }, (_, index): Model => {
  const { policy, files } = randomProject(index + 1);
  return compile(files).model(policy) as Model;
});

test("whatever is allowed could be allowed: no call is refused by its types that the policy allows", () => {
  let allowed = 0;
  for (const [index, model] of models.slice(0, 30).entries()) {
    const space = new DecisionSpace(model);
    const possible = new Map(model.interactions.map((one) => [one.id, possibleIn(space, one)]));
    const reference = evaluator(model);
    const world = indexModel(model);
    for (const raw of randomRequests(model, index + 1, 60)) {
      if (reference.decide(raw).decision === "deny") continue;
      const request = readRequest(world, raw);
      if (!("interaction" in request)) throw new Error("A request that is allowed makes sense.");
      const found = possible.get(request.interaction)?.get(request.operation);
      const told = `seed ${index + 1}: ${JSON.stringify(raw)}`;
      allowed++;
      expect(found, told).toBeDefined();
      const pieces = [...request.pieces, ...(request.with === null ? [] : [request.with])];
      for (const { field } of pieces) expect(found?.data, told).toContain(field);
      const { recipient } = raw as { recipient?: string | null };
      const named = recipient == null ? null : (request.recipients[0] as string);
      for (const { field } of pieces) {
        const fits = ({ data, purposes, channels, recipients, levels }: Case) =>
          data.has(field) &&
          purposes.has(request.purpose) &&
          channels.has(request.channel) &&
          recipients.has(named) &&
          (levels.has(anyLevel) || levels.has(request.level));
        const cases = found?.cases.all;
        if (cases) expect(cases.some(fits), told).toBe(true);
      }
      expect(found?.purposes, told).toContain(request.purpose);
      expect(found?.channels, told).toContain(request.channel);
      if (request.level !== null) expect(found?.levels, told).toContain(request.level);
      if (recipient != null) expect(found?.recipients, told).toContain(request.recipients[0]);
    }
  }
  expect(allowed).toBeGreaterThan(50);
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
      return [...possibleIn(space, interaction).values()].map(({ data }) => ({ data, text: sets.write(data, rules) }));
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
      [...possibleIn(space, interaction)].map(([operation, one]) => [operation, [...one.facts].sort()]),
    );
  };
  expect(facts("welcome")).toEqual({ use: ["busy", "data.age"], disclose: ["data.age"] });
  expect(facts("offer")).toEqual({ use: ["consents", "data.age", "local_time", "objections", "subject.age"] });
  expect(facts("never")).toEqual({});
});
