import type { Context } from "../context.ts";
import { cover } from "../cover.ts";
import type { Cube } from "../cube.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";
import type { Variable } from "../theory/variable.ts";
import { aboutName } from "../wire-facts.ts";
import { describeChain } from "./chain.ts";
import { describeFact } from "./fact.ts";
import { describePair } from "./pair.ts";
import { name, namePath } from "./values.ts";

/** Where something holds, in the words of a policy. */
export interface Description {
  /** Alternatives that together are the whole region, as few and as general as possible; `always` is one of its own. */
  readonly entries: readonly string[];
  /** False where there are more entries than were asked for. */
  readonly complete: boolean;
}

export function describeRegion(context: Context, node: Node, most = 16): Description {
  if (node === FALSE) return { entries: ["never"], complete: true };
  if (node === TRUE) return { entries: ["always"], complete: true };
  const { cubes, rest } = cover(context.space, node, most);
  return { entries: cubes.map((cube) => describeCube(context, cube)), complete: rest === FALSE };
}

/** A conjunction: `subject.age >= 18 and subject.region = eu`. */
export function describeCube(context: Context, cube: Cube): string {
  const { variables } = context.space;
  const parts = [...cube]
    .sort(([a], [b]) => a - b)
    .flatMap(([index, mask]) => describeVariable(context, variables[index]!, mask, cube));
  if (parts.length === 0) return "always";
  if (parts.length === 1) return parts[0]!.join(" or ");
  return parts.map((either) => (either.length === 1 ? either[0]! : `(${either.join(" or ")})`)).join(" and ");
}

/** One of a part's alternatives holds. */
type Part = readonly string[];

/** Parts that hold together. */
function describeVariable(context: Context, variable: Variable, mask: Uint8Array, cube: Cube): readonly Part[] {
  switch (variable.kind) {
    case "fact":
      return [describeFact(variable.fact, variable.type, variable.domain, mask)];
    case "pair":
    case "chain": {
      const alternatives = variable.kind === "pair" ? describePair(variable, mask) : describeChain(variable, mask);
      if (alternatives.length === 1) return alternatives[0]!.map((part) => [part]);
      return [alternatives.map((parts) => (parts.length === 1 ? parts[0]! : `(${parts.join(" and ")})`))];
    }
    case "older":
      return [[mask[0] ? "the data is no younger than what joins it" : "the data is younger than what joins it"]];
    case "younger":
      return [describeFact("the age of the younger piece", { kind: "duration" }, variable.domain, mask)];
    case "known": {
      const be = variable.fact === "consents" || variable.fact === "objections" ? "are" : "is";
      if (mask[0]) return [[`${namePath(variable.fact)} ${be} unknown`]];
      return hasPart(context, variable.fact, cube) ? [] : [[`${namePath(variable.fact)} ${be} known`]];
    }
    case "member": {
      const contains = `${namePath(variable.fact)}.contains(${name(variable.member)})`;
      return [[mask[1] ? contains : `not ${contains}`]];
    }
    case "consent":
      return describeConsent(purposeText(context, variable), mask);
    case "objection":
      return [[`${mask[1] ? "" : "not "}objection${purposeText(context, variable)}`]];
  }
}

function describeConsent(about: string, mask: Uint8Array): readonly Part[] {
  const [none, plain, explicit] = [mask[0] === 1, mask[1] === 1, mask[2] === 1];
  if (plain) {
    const parts = [...(none ? [] : [`consent${about}`]), ...(explicit ? [] : [`not explicit consent${about}`])];
    return parts.map((part) => [part]);
  }
  return [[...(none ? [`not consent${about}`] : []), ...(explicit ? [`explicit consent${about}`] : [])]];
}

/** As after `consent` in a condition. */
function purposeText(
  context: Context,
  variable: Extract<Variable, { readonly kind: "consent" | "objection" }>,
): string {
  return variable.about === "request" ? "" : ` for ${namePath(aboutName(context, variable))}`;
}

function hasPart({ space }: Context, whole: string, cube: Cube): boolean {
  return [...cube.keys()].some((index) => {
    const part = space.variables[index]!;
    return part.kind === "member" ? part.fact === whole : `${part.kind}s` === whole;
  });
}
