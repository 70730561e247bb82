import { DecisionSpace, isSatisfiable } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import type { Model } from "@scruple/model";
import { randomProject } from "@scruple/testkit";
import { expect, test } from "vitest";
import { frontDesk } from "../fixtures/front-desk.ts";
import { anyLevel } from "./cases.ts";
import { possibleIn } from "./possible.ts";
import { shortNames } from "./short-names.ts";

/** What could be allowed in an interaction of the small hotel, in the names of the policy. */
function casesOf(interaction: string, operation: "use" | "disclose") {
  const space = new DecisionSpace(frontDesk());
  const found = space.world.model.interactions.find(({ name }) => name === interaction);
  if (found === undefined) throw new Error(interaction);
  const { fields, purposes, channels, recipients } = shortNames(space.world.names);
  return (possibleIn(space, found).get(operation)?.cases.all ?? []).map((one) => [
    Array.from(one.data, (id) => fields.get(id)).join(),
    Array.from(one.purposes, (id) => purposes.get(id)).join(),
    Array.from(one.channels, (id) => channels.get(id)).join(),
    Array.from(one.recipients, (id) => (id === null ? "all" : recipients.get(id))).join(),
    [...one.levels].map((level) => level ?? "finest").join(),
  ]);
}

test("what goes together is said together, in as few cases as there are kinds", () => {
  expect(casesOf("gift", "use").sort()).toEqual([
    ["bookings.email", "marketing,news", "desk", "guest", ""],
    ["bookings.email", "marketing,news", "mail", "all,guest", ""],
    ["bookings.room", "stay", "desk", "all,guest,staff", ""],
  ]);
});

test("data that may be used at some levels alone stands by itself", () => {
  expect(casesOf("welcome", "use").sort()).toEqual([
    ["bookings.home", "stay", "desk", "all,guest,staff", "city"],
    ["bookings.room", "stay", "desk", "all,guest,staff", ""],
  ]);
});

test("where everything goes with everything, there is one", () => {
  expect(casesOf("welcome", "disclose")).toHaveLength(1);
});

test("multiplied out, cases are what the cells are that something allows", () => {
  let tried = 0;
  for (const seed of [3, 5, 8, 13, 21, 34]) {
    const { policy, files } = randomProject(seed);
    const space = new DecisionSpace(compile(files).model(policy) as Model);
    /** What a request may say for a piece that a cell has at one level: the finest goes by its name or by none. */
    const levelsOf = (field: string, level: string | null) => {
      const scale = space.world.fields.get(field)?.levels ?? [];
      if (level === null && scale.length > 0) return [scale[0], null];
      return level !== null && scale.includes(level) ? (level === scale[0] ? [level, null] : [level]) : [anyLevel];
    };
    for (const interaction of space.world.model.interactions) {
      const possible = possibleIn(space, interaction);
      const cells = [...space.cells({ interactions: [interaction.id] })].filter((cell) =>
        isSatisfiable(space.decide(cell).decision.allowed),
      );
      for (const [operation, { cases }] of possible) {
        const expected = cells
          .filter((cell) => cell.operation === operation)
          .flatMap(({ data, purposes, routes }) =>
            data.flatMap(({ field, with: joined, level }) =>
              [field, joined ?? field].flatMap((one) =>
                purposes.flatMap((purpose) =>
                  routes.flatMap(({ channel, recipient }) =>
                    levelsOf(one, level).map((asked) => `${one} ${purpose} ${channel} ${recipient} ${asked}`),
                  ),
                ),
              ),
            ),
          );
        const found = cases.all?.flatMap(({ data, purposes, channels, recipients, levels }) =>
          [...data].flatMap((field) =>
            [...purposes].flatMap((purpose) =>
              [...channels].flatMap((channel) =>
                [...recipients].flatMap((to) =>
                  [...levels].map((level) => `${field} ${purpose} ${channel} ${to} ${level}`),
                ),
              ),
            ),
          ),
        );
        if (found === undefined) continue;
        expect(new Set(found), `seed ${seed}, ${operation} in ${interaction.name}`).toEqual(new Set(expected));
        tried += found.length;
      }
    }
  }
  expect(tried).toBeGreaterThan(500);
});
