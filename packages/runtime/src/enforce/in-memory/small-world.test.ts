import { instantiate } from "@scruple/emit";
import { describe, expect, test } from "vitest";
import { named } from "../../../../emit/src/fixtures/named.ts";
import { enforcement } from "../index.ts";

// biome-ignore lint/suspicious/noExplicitAny: interactions and parts of the world, under the same names.
type Anything = any;
const call = { subject: "p1", on: "c", key: "k", facts: {} };
const act = (calls: Anything) => calls.act(call, { "s.f": () => 1 }, () => "acted");

describe("an interaction that is named like a part of a small world", () => {
  const names = ["spent", "advance", "obliged", "entries", "stores", "__proto__"];

  test.each(names)("`%s` has its calls", async (name) => {
    const world = enforcement(instantiate(named())).inMemory() as Anything;
    expect(await act(world[name])).toMatchObject({ done: true, value: "acted" });
    expect(await world[name].decide(call, ["s.f"])).toMatchObject({ rules: [`${name}.use`] });
  });

  test("leaves that part what it is", async () => {
    const world = enforcement(instantiate(named())).inMemory({ now: "2026-01-14T09:00Z" }) as Anything;
    await act(world.spent);
    expect(await world.spent("spent.twice", "p1")).toBe(1);
    expect(world.entries.map(({ outcome }: Anything) => outcome)).toEqual(["begun", "done"]);
    expect(world.obliged).toHaveLength(0);
    expect(Object.keys(world.stores)).toEqual(expect.arrayContaining(["permissions", "limits", "audit"]));
    world.advance(86_401);
    expect(await world.spent("spent.twice", "p1")).toBe(0);
  });
});
