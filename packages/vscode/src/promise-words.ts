/** What `scruple/status` answers: how the promises of all projects stand. */
export interface Status {
  readonly isSettled: boolean;
  readonly errors: number;
  readonly promises: { readonly total: number; readonly broken: number; readonly undecided: number };
}

interface Words {
  readonly text: string;
  readonly tooltip: string;
  readonly isBad: boolean;
}

/** What the status bar says; an empty text where there is nothing to be said. */
export function wordsFor({ isSettled, errors, promises: { total, broken, undecided } }: Status): Words {
  const lines = total === 1 ? "1 promise" : `${total} promises`;
  if (!isSettled) return { text: "$(sync~spin) Promises", tooltip: "Promises are being proved.", isBad: false };
  if (broken > 0)
    return {
      text: `$(error) ${broken} of ${lines} broken`,
      tooltip: "There are requests for which a promise does not hold. The problems list shows one for each.",
      isBad: true,
    };
  if (total === 0) return { text: "", tooltip: "", isBad: false };
  if (errors > 0)
    return { text: "$(question) Promises", tooltip: "Errors come first: with them, nothing is proved.", isBad: false };
  if (undecided > 0)
    return {
      text: `$(question) ${undecided} of ${lines} undecided`,
      tooltip: "What could not be proved within bounded memory may not hold.",
      isBad: false,
    };
  return { text: `$(shield) ${lines} kept`, tooltip: "Proved for every request that there can be.", isBad: false };
}
