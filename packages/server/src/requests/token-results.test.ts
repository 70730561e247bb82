import { expect, it } from "vitest";
import { TokenResults } from "./token-results.ts";

/** What a client makes of an answer. */
function applied(before: readonly number[], answer: ReturnType<TokenResults["delta"]>): readonly number[] {
  if ("data" in answer) return answer.data;
  return answer.edits.reduce(
    (data, { start, deleteCount, data: inserted = [] }) => data.toSpliced(start, deleteCount, ...inserted),
    [...before],
  );
}

it("sends what changes", () => {
  const tokens = new TokenResults();
  const { resultId = "" } = tokens.full("a", [1, 2, 3, 4, 5, 6]);
  const answer = tokens.delta("a", resultId, [1, 2, 9, 9, 9, 5, 6]);
  expect(answer).toMatchObject({ edits: [{ start: 2, deleteCount: 2, data: [9, 9, 9] }] });
  expect(applied([1, 2, 3, 4, 5, 6], answer)).toEqual([1, 2, 9, 9, 9, 5, 6]);
});

it("comes to the new tokens, whatever they are", () => {
  const lists = [[], [1], [1, 1], [1, 1, 1], [2, 1, 1], [1, 2, 1], [1, 1, 2], [2, 2]];
  for (const before of lists)
    for (const after of lists) {
      const tokens = new TokenResults();
      const { resultId = "" } = tokens.full("a", before);
      expect(applied(before, tokens.delta("a", resultId, after))).toEqual(after);
    }
});

it("sends everything to a client that has something else", () => {
  const tokens = new TokenResults();
  tokens.full("a", [1, 2]);
  expect(tokens.delta("a", "gone", [1, 3])).toMatchObject({ data: [1, 3] });
  expect(tokens.delta("b", "1", [4])).toMatchObject({ data: [4] });
});
