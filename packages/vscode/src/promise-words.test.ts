import { expect, it } from "vitest";
import { type Status, wordsFor } from "./promise-words.ts";

const status = (promises: Partial<Status["promises"]>, more: Partial<Status> = {}): Status => ({
  isSettled: true,
  errors: 0,
  promises: { total: 7, broken: 0, undecided: 0, ...promises },
  ...more,
});

it("says that promises are kept only when all are proved", () => {
  expect(wordsFor(status({}))).toMatchObject({ text: "$(shield) 7 promises kept", isBad: false });
  expect(wordsFor(status({ total: 1 })).text).toBe("$(shield) 1 promise kept");
  for (const doubt of [status({}, { isSettled: false }), status({}, { errors: 1 }), status({ undecided: 1 })])
    expect(wordsFor(doubt).text).not.toContain("kept");
});

it("puts a broken promise before all other troubles", () => {
  expect(wordsFor(status({ broken: 2, undecided: 1 }, { errors: 5 }))).toMatchObject({
    text: "$(error) 2 of 7 promises broken",
    isBad: true,
  });
});

it("says nothing where nothing is promised", () => expect(wordsFor(status({ total: 0 })).text).toBe(""));
