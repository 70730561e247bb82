import type { FactName, Value } from "@scruple/model";
import { classCount, exampleOf } from "./domain.ts";
import { examplePair } from "./pair.ts";
import type { KnownFacts, Variable } from "./variable.ts";

/** For each value of a variable, facts that it stands for; none for variables that are no facts. */
export function examplesOf(variable: Variable): readonly KnownFacts[] {
  switch (variable.kind) {
    case "fact": {
      const { fact, domain } = variable;
      const known = Array.from(
        { length: classCount(domain) },
        (_, index) => new Map([[fact, exampleOf(domain, index)]]),
      );
      return [new Map(), ...known];
    }
    case "pair": {
      const [left, right] = variable.facts;
      return variable.combinations.map((combination) => {
        const [one, other] = examplePair(...variable.domains, combination);
        const facts = new Map<FactName, Value>();
        if (one !== undefined) facts.set(left, one);
        if (other !== undefined) facts.set(right, other);
        return facts;
      });
    }
    case "chain": {
      const { facts, combinations } = variable;
      return combinations.map(
        ({ values }) =>
          new Map(facts.flatMap((fact, i) => (values[i] === undefined ? [] : [[fact, values[i]] as const]))),
      );
    }
    default:
      return [];
  }
}
