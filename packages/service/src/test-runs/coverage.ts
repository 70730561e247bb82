import type { Program, RuleSymbol } from "@scruple/compiler";
import { clauseOf, type Range } from "@scruple/syntax";
import { CoverageCollector, type CoverageDetails } from "@scruple/testing";
import type * as lsp from "vscode-languageserver-types";
import { toRange } from "../positions.ts";
import { type Snapshot, scopeOf } from "../snapshot.ts";
import { mostRules, resultsOf, rulesReached } from "./run.ts";

/** What the tests of its policy reach in a file. */
export interface FileReached {
  readonly rules: readonly {
    readonly path: string;
    readonly range: lsp.Range;
    /** Whether some test has it decide. */
    readonly isReached: boolean;
  }[];
  /** Ways in which conditions of rules can come out; null in a policy that is too large to be looked at so closely. */
  readonly branches:
    | readonly {
        readonly rule: string;
        /** Of the clause that says the condition. */
        readonly range: lsp.Range;
        /** As in `when: true`. */
        readonly label: string;
        readonly isTaken: boolean;
      }[]
    | null;
  /** Interactions, and how many of their kinds of requests that are decided alike some test asks; null where the branches are. */
  readonly cells:
    | readonly {
        readonly interaction: string;
        readonly range: lsp.Range;
        readonly covered: number;
        readonly total: number;
      }[]
    | null;
}

/** What tests reach of the rules, conditions and cells of a file, in pieces of work between which something else can be done. */
export function* coverageOf(snapshot: Pick<Snapshot, "program" | "file">): Generator<void, FileReached> {
  const { program, file } = snapshot;
  const policy = file.policy ?? "";
  const own = (scopeOf(snapshot)?.symbols ?? []).filter(({ unit }) => unit.path === file.path);
  const reached = rulesReached(yield* resultsOf(program, policy));
  const details = yield* detailsOf(program, policy);
  const byRule = new Map(details?.rules.map((one) => [one.rule, one]));
  const rules = own.filter((symbol) => symbol.kind === "rule");
  const at = (range: Range) => toRange(file.lines, range);
  return {
    rules: rules.map((symbol) => ({ path: symbol.id, range: at(symbol.node), isReached: reached.has(symbol.id) })),
    branches:
      details &&
      rules.flatMap((symbol) =>
        (byRule.get(symbol.id)?.branches ?? []).map(({ condition, value, isTaken }) => ({
          ...{ rule: symbol.id, range: at(clauseOfCondition(symbol, condition)) },
          ...{ label: `${condition}: ${value}`, isTaken },
        })),
      ),
    cells:
      details &&
      own.flatMap((symbol) => {
        const cells = symbol.kind === "interaction" ? details.cells.get(symbol.id) : undefined;
        return cells === undefined ? [] : [{ interaction: symbol.name, range: at(symbol.at), ...cells }];
      }),
  };
}

/** The files of a policy are looked at one after the other, and all of it is worked out at once. */
const known = new WeakMap<Program, Map<string, CoverageDetails | null>>();

function* detailsOf(program: Program, policy: string): Generator<void, CoverageDetails | null> {
  let byPolicy = known.get(program);
  if (byPolicy === undefined) {
    byPolicy = new Map();
    known.set(program, byPolicy);
  }
  let details = byPolicy.get(policy);
  if (details === undefined) {
    details = yield* workedOut(program, policy);
    byPolicy.set(policy, details);
  }
  return details;
}

function* workedOut(program: Program, policy: string): Generator<void, CoverageDetails | null> {
  const space = program.space(policy);
  if (space === null || space.world.model.rules.length > mostRules) return null;
  const collector = new CoverageCollector([policy]);
  yield* collector.addInSteps(space.world.model, yield* resultsOf(program, policy), { space });
  return yield* collector.details();
}

/** Where a rule says the condition of a label such as `when`, `under consent` or `except 2 › unless`; else the rule itself. */
function clauseOfCondition({ node }: RuleSymbol, label: string): Range {
  let clauses = node.clauses;
  for (const part of label.split(" › ")) {
    const [word, number = "1"] = part.split(" ");
    if (word === "except") clauses = clauseOf(clauses, "except")?.exceptions[Number(number) - 1]?.clauses ?? [];
    else return clauseOf(clauses, word as "when" | "unless" | "until" | "under") ?? node;
  }
  return node;
}
