import type { ExpectedTokens } from "@scruple/syntax";

/** Kinds of names that a place takes. */
export type Wanted =
  | "category"
  | "purpose"
  | "recipient"
  | "channel"
  | "duty"
  | "interaction"
  | "policy"
  /** Categories, sources, fields, `any` and `special`. */
  | "data"
  /** Fields, and sources as a way to them. */
  | "field"
  | "level"
  /** Facts, attributes and conditions; beside something of a type, its values. */
  | "fact"
  /** Facts and attributes, for a test to give. */
  | "givable"
  /** Values of the type of what is compared, given or passed. */
  | "value"
  | "parameter"
  | "rule"
  | "annotation";

/** What stands before the word: tokens without the names, dots and commas directly before it. */
export interface Lead {
  /** The keyword or mark that the list of names began with; "" where there is none. */
  readonly word: string;
  /** Its place in `before`; -1 where there is none. */
  readonly place: number;
}

export function leadOf({ before }: Pick<ExpectedTokens, "before">): Lead {
  let place = before.length - 1;
  while (place >= 0 && isPartOfList(before[place]!)) place--;
  return { word: before[place]?.text ?? "", place };
}

function isPartOfList({ text, type }: ExpectedTokens["before"][number]): boolean {
  return type === "name" || text === "." || text === ",";
}

/** What names the grammar's rules that are open take at a place; none where a new name is to be given. */
export function wantedAt({ expected }: ExpectedTokens, lead: Lead): ReadonlySet<Wanted> {
  const wanted = new Set<Wanted>();
  for (const { token, rules } of expected) {
    if (token !== "NAME" && token !== "ORDINAL") continue;
    const one = wantedIn(rules, lead.word);
    if (one !== null) wanted.add(one);
  }
  return wanted;
}

function wantedIn(rules: readonly string[], lead: string): Wanted | null {
  const owner = rules.findLast((rule) => rule !== "path" && rule !== "paths") ?? "";
  const isPath = rules.includes("path");
  switch (owner) {
    case "policyHeader":
    case "useDeclaration":
      return "policy";
    case "category":
    case "purpose":
    case "recipient":
      return isPath ? owner : null;
    case "channel":
      return isPath ? (lead === "reaches" ? "recipient" : "channel") : null;
    case "quiet":
    case "keep":
    case "consentTest":
    case "objectionTest":
    case "underClause":
      return "purpose";
    case "origin":
      return "field";
    case "source":
      return isPath ? "purpose" : null;
    case "field":
      return isPath ? "category" : null;
    case "bounds":
      return lead === "channels" ? "channel" : "purpose";
    case "rule":
    case "promiseLine":
    case "exception":
      return isPath ? "data" : null;
    case "clause":
      return inClause[lead] ?? null;
    case "atClause":
      return "level";
    case "dutyCall":
      return "duty";
    case "argument":
      return isPath ? "value" : "parameter";
    case "reference":
      return "fact";
    case "operand":
    case "elements":
      return "value";
    case "test":
      return lead === "in" ? "interaction" : (inClause[lead] ?? null);
    case "givenValue":
      return "givable";
    case "givenConsent":
    case "givenObjection":
      return lead === "on" ? "channel" : "purpose";
    case "expectation":
      if (!isPath) return "level";
      return lead === "to" ? "recipient" : "field";
    case "rulePath":
      return "rule";
    case "annotation":
      return "annotation";
    default:
      return null;
  }
}

const inClause: Readonly<Record<string, Wanted>> = { with: "data", for: "purpose", on: "channel", to: "recipient" };
