/**
 * A question would need more memory than it may have. No answer is given then, never an approximate one: the error names
 * the rules whose conditions, taken together, made the diagram large.
 */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
  /** How many nodes one space may hold, or how many values one variable may have. */
  readonly limit: number;
  /** Paths of rules, the largest condition first; empty until the caller has said whose conditions were asked about. */
  readonly rules: readonly string[];
  /** What there would be too many of. */
  readonly what: string;

  constructor(limit: number, rules: readonly string[] = [], what = "nodes of a decision diagram") {
    super(messageOf(limit, rules, what));
    this.what = what;
    this.limit = limit;
    this.rules = rules;
  }
}

function messageOf(limit: number, rules: readonly string[], what: string): string {
  const who = rules.length === 0 ? "These conditions" : `The conditions of ${list(rules)}`;
  return `${who} depend on too many facts at once: more than ${limit.toLocaleString("en")} ${what} would be needed to know all that they decide. Let fewer of them meet in one act, or split the longest.`;
}

function list(rules: readonly string[]): string {
  const named = rules.slice(0, 5).map((rule) => `\`${rule}\``);
  return rules.length > 5 ? `${named.join(", ")} and ${rules.length - 5} more` : named.join(", ");
}
