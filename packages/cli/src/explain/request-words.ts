/** What a request asks for, as names of the policy; whatever it left out is null. */
export interface AskedFor {
  readonly operation: string;
  readonly data: readonly string[];
  readonly with: string | null;
  readonly purpose: string;
  readonly channel: string;
  readonly recipient: string | null;
  readonly precision: string | null;
  readonly interaction: string;
}

/** A request that was read without an error, in words. */
export function askedFor(raw: Readonly<Record<string, unknown>>): AskedFor {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const field = (piece: unknown) =>
    typeof piece === "string" ? piece : String((piece as { readonly field?: unknown } | null)?.field);
  return {
    operation: String(raw.operation),
    data: (Array.isArray(raw.data) ? raw.data : [raw.data]).map(field),
    with: raw.with === null || raw.with === undefined ? null : field(raw.with),
    purpose: String(raw.purpose),
    channel: String(raw.channel),
    recipient: text(raw.recipient),
    precision: text(raw.precision),
    interaction: String(raw.interaction),
  };
}

const done: Readonly<Record<string, string>> = {
  collect: "collected",
  infer: "inferred",
  combine: "combined",
  use: "used",
  disclose: "disclosed",
};

/**
 * ``In `offer_email`, `bookings.email` may be used for `direct_marketing` on `email`.``
 *
 * @param verb `may be`, `was`, or whatever else goes before what is done
 */
export function sentence(asked: AskedFor, verb: string): string {
  const names = list(asked.data.map((name) => `\`${name}\``));
  const joined = asked.with === null ? "" : ` with \`${asked.with}\``;
  const to = asked.recipient === null ? "" : ` to \`${asked.recipient}\``;
  const at = asked.precision === null ? "" : ` at \`${asked.precision}\``;
  return `In \`${asked.interaction}\`, ${names} ${verb} ${done[asked.operation] ?? asked.operation}${joined} for \`${asked.purpose}\` on \`${asked.channel}\`${to}${at}.`;
}

/** `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
