import type { Finding, SyntaxTree, Token } from "@scruple/syntax";
import { decoratedIn } from "./decorated.ts";
import { looseDocumentation } from "./diagnostics/loose-documentation.ts";

/** Trees are kept from one compilation to the next, and what is said of them with them. */
const known = new WeakMap<SyntaxTree, readonly Finding[]>();

/**
 * Reports the documentation that stayed with nothing, once for lines that follow each other. In a file that could not
 * be read whole, what it belongs to may just have been left out, so nothing is said.
 */
export function findLooseDocumentation(tree: SyntaxTree): readonly Finding[] {
  const before = known.get(tree);
  if (before !== undefined) return before;
  const findings = looseRuns(tree).map((run) =>
    looseDocumentation.at({ start: run[0]!.start, end: run.at(-1)!.end }, [], {
      fixes: [
        { title: "Write `//`", edits: run.map(({ start }) => ({ start, end: start + "///".length, text: "//" })) },
      ],
    }),
  );
  known.set(tree, findings);
  return findings;
}

function looseRuns({ file, tokens, findings }: SyntaxTree): readonly Token[][] {
  if (findings.length > 0 || !tokens.some(({ type }) => type === "doc")) return [];
  const attached = new Set<number>();
  for (const { docs } of decoratedIn(file)) for (const doc of docs) attached.add(doc.start);
  const runs: Token[][] = [];
  let run: Token[] | null = null;
  for (const token of tokens) {
    if (token.type !== "doc" || attached.has(token.start)) run = null;
    else if (run !== null) run.push(token);
    else {
      run = [token];
      runs.push(run);
    }
  }
  return runs;
}
