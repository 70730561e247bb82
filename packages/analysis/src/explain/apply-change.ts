/** What a change sets: facts by the names that `missing` uses, and whole keys of the request. */
export type ChangeSet = Readonly<Record<string, unknown>>;

const requestKeys: ReadonlySet<string> = new Set(
  "interaction operation data with purpose channel recipient precision consents objections".split(" "),
);

/** The key under which a change sets a fact: its own name, unless a request has a key of that name. */
export function keyOfFact(fact: string): string {
  return requestKeys.has(fact) ? `facts.${fact}` : fact;
}

/** A request with a change made to it. `raw` is a request as it is written; it is left as it is. */
export function applyChange(raw: Readonly<Record<string, unknown>>, set: ChangeSet): Record<string, unknown> {
  const result: Record<string, unknown> = { ...raw };
  const into = (key: "subject" | "facts", name: string, value: unknown) => {
    result[key] = { ...((result[key] ?? {}) as object), [name]: value };
  };
  for (const [key, value] of Object.entries(set)) {
    if (key.startsWith("subject.")) into("subject", key.slice("subject.".length), value);
    else if (key.startsWith("facts.")) into("facts", key.slice("facts.".length), value);
    else if (requestKeys.has(key)) result[key] = value;
    else into("facts", key, value);
  }
  return result;
}
