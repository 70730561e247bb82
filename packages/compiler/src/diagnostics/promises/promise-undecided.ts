import { defineDiagnostic } from "@scruple/syntax";

export const promiseUndecided = defineDiagnostic<[why: string]>({
  code: "SCR6002",
  name: "promise-undecided",
  severity: "error",
  summary: "A promise could not be proved within the memory that there is.",
  docs: `A promise that is not proved is not kept. So many facts meet in the conditions that no answer was found, and none is guessed.

Let fewer conditions meet in one act, or split the longest.`,
  message: (why) => `This promise is not proved. ${why}`,
});
