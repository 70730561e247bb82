import { type ChangeSet, namePath } from "@scruple/analysis";
import type { Value, World } from "@scruple/model";
import { list } from "./request-words.ts";
import { durationWords, valueWords } from "./value-words.ts";

interface Given {
  readonly purpose: string;
  readonly channel: string;
  readonly explicit?: boolean;
}

/**
 * A change in words: ``on `email` instead of `sms` ``, `with subject.age = 18 and a consent for direct_marketing on email`,
 * `where orders.size is 2 days old`.
 */
export function changeWords(world: World, set: ChangeSet, raw: Readonly<Record<string, unknown>>): string {
  const [instead, given, ages, known]: [string[], string[], string[], string[]] = [[], [], [], []];
  for (const [key, value] of Object.entries(set)) {
    switch (key) {
      case "consents":
      case "objections": {
        const words = listWords(key, value as readonly Given[], raw[key]);
        if (words.length > 0) given.push(...words);
        else known.push(key === "consents" ? "consent" : "objection");
        break;
      }
      case "data":
      case "with":
        ages.push(...pieceWords(value, raw[key]));
        break;
      case "channel":
      case "purpose":
      case "recipient":
      case "precision":
        instead.push(`${prepositions[key]} \`${value}\`${raw[key] ? ` instead of \`${raw[key]}\`` : ""}`);
        break;
      default:
        if (value !== null)
          given.push(`${namePath(key)} = ${valueWords(world, key.replace(/^facts\./, ""), value as Value)}`);
    }
  }
  return [
    ...(instead.length > 0 ? [list(instead)] : []),
    ...(given.length > 0 ? [`with ${list(given)}`] : []),
    ...(ages.length > 0 ? [`where ${list(ages)}`] : []),
    ...(known.length > 0 ? [`once it is known that there is no ${known.join(" and no ")}`] : []),
  ].join(", ");
}

const prepositions = { channel: "on", purpose: "for", recipient: "to", precision: "at" } as const;

/** None where it is only known now that there are none. */
function listWords(key: "consents" | "objections", now: readonly Given[], raw: unknown): readonly string[] {
  const known = Array.isArray(raw) ? raw.filter(isGiven) : [];
  const [what, a] = key === "consents" ? ["consent", "a"] : ["objection", "an"];
  const text = ({ purpose, channel, explicit }: Given) =>
    `${explicit ? "explicit " : ""}${what} ${key === "consents" ? "for" : "to"} ${namePath(purpose)}${channel === "any" ? "" : ` on ${namePath(channel)}`}`;
  const texts = new Set(known.map(text));
  const added = now.filter((one) => !texts.has(text(one))).map(text);
  const kept = new Set(now.map(text));
  const gone = [...texts].filter((one) => !kept.has(one)).map((one) => `no ${one}`);
  return [...added.map((one) => `${one.startsWith("explicit") ? "an" : a} ${one}`), ...gone];
}

/** A request may hold anything, and a list with what is no entry is one that cannot be read. */
function isGiven(one: unknown): one is Given {
  const { purpose, channel } = (one ?? {}) as Partial<Given>;
  return typeof purpose === "string" && typeof channel === "string";
}

/** Those whose age is another now. */
function pieceWords(value: unknown, raw: unknown): readonly string[] {
  const [pieces, before] = [value, raw].map((one) => (Array.isArray(one) ? one : [one])) as [unknown[], unknown[]];
  return pieces.flatMap((piece, at) => {
    if (typeof piece !== "object" || piece === null || JSON.stringify(piece) === JSON.stringify(before[at])) return [];
    const { field, age } = piece as { readonly field?: unknown; readonly age?: unknown };
    return typeof age === "number"
      ? [`${typeof field === "string" ? namePath(field) : field} is ${durationWords(age)} old`]
      : [];
  });
}
