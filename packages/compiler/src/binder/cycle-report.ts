import type { Range } from "@scruple/syntax";
import { cycle } from "../diagnostics/cycle.ts";
import type { Findings } from "../findings.ts";
import { findCycles } from "./cycles.ts";

/** A step from one declaration to another, and where it is written. */
export interface Edge<N> {
  readonly to: N;
  readonly at: Range;
  readonly file: string;
}

/** Reports each cycle once, at its first step, with all the others beside it. */
export function reportCycles<N>(
  nodes: Iterable<N>,
  edges: (node: N) => readonly Edge<N>[],
  nameOf: (node: N) => string,
  verb: string,
  findings: Findings,
): void {
  const found = findCycles(nodes, (node) => edges(node).map((edge) => edge.to));
  for (const nodesOfCycle of found) {
    const steps = nodesOfCycle.map((from, i) => {
      const to = nodesOfCycle[(i + 1) % nodesOfCycle.length]!;
      return { from, to, edge: edges(from).find((edge) => edge.to === to)! };
    });
    const first = steps[0]!;
    findings.add(
      { path: first.edge.file },
      cycle.at(first.edge.at, [nodesOfCycle.map(nameOf), verb], {
        related: steps.slice(1).map(({ from, to, edge }) => ({
          file: edge.file,
          start: edge.at.start,
          end: edge.at.end,
          message: `\`${nameOf(from)}\` ${verb} \`${nameOf(to)}\`.`,
        })),
      }),
    );
  }
}
