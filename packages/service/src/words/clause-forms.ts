/** How a clause is written, the parts of that, and what it means in a sentence. */
export interface ClauseForm {
  readonly label: string;
  readonly parameters: readonly string[];
  readonly means: string;
}

const form = (label: string, parameters: readonly string[], means: string): ClauseForm => ({
  label,
  parameters,
  means,
});

/** By the kind of the clause in the tree. */
export const clauseForms: ReadonlyMap<string, ClauseForm> = new Map([
  ["with", form("with DATA, …", ["DATA"], "What the data is joined with; for `combine` alone.")],
  ["for", form("for PURPOSE, …", ["PURPOSE"], "Only for these purposes. Left out, for all that the interaction has.")],
  ["on", form("on CHANNEL, …", ["CHANNEL"], "Only on these channels. Left out, on all that the interaction has.")],
  [
    "to",
    form("to RECIPIENT, …", ["RECIPIENT"], "Only to these recipients. Left out, to all that the channel reaches."),
  ],
  [
    "at",
    form(
      "at LEVEL",
      ["LEVEL"],
      "In an allow, at this level of precision or a coarser one; in a denial, or a finer one.",
    ),
  ],
  [
    "under",
    form(
      "under [explicit] consent [for PURPOSE] | contract | legal_obligation | legitimate_interest | vital_interest | public_task",
      ["PURPOSE"],
      "The legal basis. Consent has to be there; consent, legitimate interest and public task end with an objection.",
    ),
  ],
  [
    "when",
    form("when CONDITION", ["CONDITION"], "Only when this holds. What is unknown helps no allow and stops no denial."),
  ],
  ["unless", form("unless CONDITION", ["CONDITION"], "Not when this holds.")],
  ["until", form("until DATE", ["DATE"], "Until that day, included.")],
  [
    "after",
    form(
      "after TIMES per [INTEGER] UNIT [per channel]",
      ["TIMES", "INTEGER", "UNIT", "per channel"],
      "Denies once the act was done that often in the window, for each person, or for each person and channel.",
    ),
  ],
  ["then", form("then DUTY, …", ["DUTY"], "What an application has to do when it acts on this allow.")],
  ["told", form('told "TEXT"', ["TEXT"], "What the customer is told about it.")],
  ["because", form('because "TEXT"', ["TEXT"], "Why, in words that can be shown to the customer.")],
  [
    "except",
    form(
      "except EXCEPTION | except { EXCEPTION | EXCEPTION … }",
      ["EXCEPTION"],
      "What is left out. An exception has data, selectors and conditions, and may have exceptions itself.",
    ),
  ],
]);
