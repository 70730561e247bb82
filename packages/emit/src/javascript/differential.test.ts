import { compile } from "@scruple/compiler";
import { evaluator } from "@scruple/model";
import type { Guard } from "@scruple/runtime";
import { randomProject, randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { instantiate } from "./instantiate.ts";
import { interpret } from "./interpret.ts";

type RandomRequest = Readonly<Record<string, unknown>>;

/** Further seeds, for a longer run: `SCRUPLE_SEEDS=1000..2000 npx vitest run packages/emit`. */
const [first, last] = (process.env.SCRUPLE_SEEDS ?? "1..120").split("..").map(Number) as [number, number];

test("a guard decides as the reference evaluator does, for the same reasons", () => {
  let allowed = 0;
  let compared = 0;
  let checked = 0;
  for (let seed = first; seed <= last; seed++) {
    const { policy, files } = randomProject(seed);
    const model = compile(files).model(policy);
    if (model === null) throw new Error(`The random policy ${seed} does not compile.`);
    const reference = evaluator(model);
    const guard = instantiate(model);
    const { decide, trace } = guard;
    const interpreted = interpret(model);
    for (const request of randomRequests(model, seed, 60)) {
      const wanted = reference.decide(request);
      const given = decide(request);
      const traced = interpreted.trace(request);
      compared++;
      if (wanted.decision === "allow") allowed++;
      expect(traced, `interpreted, seed ${seed}: ${JSON.stringify(request)}`).toEqual(trace(request));
      // Both say that the request is at fault; each in its own words.
      if (wanted.errors.length > 0 && given.errors.length > 0) continue;
      expect(given, `seed ${seed}: ${JSON.stringify(request)}`).toEqual(wanted);
      if (compared % 4 > 0 || given.errors.length > 0 || hasOwnAges(request)) continue;
      checked++;
      for (const one of [guard, interpreted])
        expect(checkedBy(one, request), `prepared, seed ${seed}: ${JSON.stringify(request)}`).toBe(given.decision);
    }
  }
  // The comparison says something only where both outcomes occur often enough.
  expect(allowed).toBeGreaterThan(compared / 100);
  expect(checked).toBeGreaterThan(compared / 20);
});

/** A prepared check knows one age for all. */
function hasOwnAges({ data, with: joined }: RandomRequest): boolean {
  return [data, joined].flat().some((piece) => typeof piece === "object" && piece !== null);
}

/** The decision of a check that was prepared for the static part of a request. */
function checkedBy({ prepare }: Guard, { id: _, subject, facts, consents, objections, ...act }: RandomRequest): string {
  const dataAge = (facts as Record<string, unknown> | null | undefined)?.["data.age"];
  return prepare(act)({ subject, facts, consents, objections, dataAge }) ? "allow" : "deny";
}
