import type { TextEdit } from "./diagnostic.ts";
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
  const moves = movesIn(parts.filter((part) => first.get(part.word) === part));
  if (moves.length === 0) return;
  const fix = { title: titleOf(moves), edits: [...removals(moves, text), ...insertions(moves, text)] };
  for (const { part, before } of moves) {
    findings.push(
      clauseOrder.at(part.keyword, [part.word, before.word, order], {
        related: [{ ...before.keyword, message: `\`${part.word}\` belongs before this.` }],
        fixes: [fix],
      }),
    );
  }
}

/** A clause that stands too late, and the first that it belongs before, which stays where it is. */
interface Move {
  readonly part: Part;
  readonly before: Part;
}

function movesIn(parts: readonly Part[]): readonly Move[] {
  let highest = -1;
  return parts.flatMap((part) => {
    const isLate = part.group < highest;
    highest = Math.max(highest, part.group);
    return isLate ? [{ part, before: parts.find((other) => other.group > part.group) as Part }] : [];
  });
}

/** One fix moves them all: each by itself would be in the way of the others. */
function titleOf(moves: readonly Move[]): string {
  const words = moves.map(({ part }) => `\`${part.word}\``);
  const [{ before }] = moves as readonly [Move];
  return moves.length === 1 ? `Move ${words[0]} before \`${before.word}\`` : `Move ${words.join(", ")} to their places`;
}

/** Clauses that follow each other are taken away as one, with the space between them. */
function removals(moves: readonly Move[], text: string): readonly TextEdit[] {
  const runs: Range[] = [];
  for (const { part } of moves) {
    const last = runs.at(-1);
    if (last !== undefined && text.slice(last.end, part.start).trim() === "")
      runs[runs.length - 1] = { start: last.start, end: part.end };
    else runs.push(part);
  }
  return runs.map((run) => removal(text, run));
}

function insertions(moves: readonly Move[], text: string): readonly TextEdit[] {
  const byPlace = new Map<number, Part[]>();
  for (const { part, before } of moves) byPlace.set(before.start, [...(byPlace.get(before.start) ?? []), part]);
  return [...byPlace].map(([start, parts]) => {
    const sorted = parts.toSorted((a, b) => a.group - b.group);
    return { start, end: start, text: sorted.map((part) => `${text.slice(part.start, part.end)} `).join("") };
  });
}
