import { clauseOrder, repeatedClause } from "./diagnostics/index.ts";
import type { Findings } from "./findings.ts";
import { removal } from "./removal.ts";
import type { Range } from "./tree.ts";

/** A clause as it stands: `group` is its place in the canonical order, where equal ones may stand in any. */
export interface Part extends Range {
  readonly word: string;
  readonly keyword: Range;
  readonly group: number;
}

/** Each clause once, and in its place. `owner` is what has the clauses, `order` says what order they have. */
export function checkOrder(
  parts: readonly Part[],
  owner: string,
  order: string,
  text: string,
  findings: Findings,
): void {
  const first = new Map<string, Part>();
  for (const part of parts) {
    const earlier = first.get(part.word);
    if (earlier === undefined) first.set(part.word, part);
    else {
      const same = text.slice(earlier.start, earlier.end) === text.slice(part.start, part.end);
      findings.push(
        repeatedClause.at(part.keyword, [part.word, owner], {
          related: [{ ...earlier.keyword, message: "It stands here already." }],
          fixes: same ? [{ title: `Remove the second \`${part.word}\``, edits: [removal(text, part)] }] : [],
        }),
      );
    }
  }
  let highest = -1;
  for (const part of parts) {
    if (first.get(part.word) !== part) continue;
    if (part.group >= highest) {
      highest = part.group;
      continue;
    }
    const before = parts.find((other) => other.group > part.group) as Part;
    const moved = text.slice(part.start, part.end);
    findings.push(
      clauseOrder.at(part.keyword, [part.word, before.word, order], {
        related: [{ ...before.keyword, message: `\`${part.word}\` belongs before this.` }],
        fixes: [
          {
            title: `Move \`${part.word}\` before \`${before.word}\``,
            edits: [{ start: before.start, end: before.start, text: `${moved} ` }, removal(text, part)],
          },
        ],
      }),
    );
  }
}
