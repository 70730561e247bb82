import type { ChangeSet } from "@scruple/analysis";
import { printValue } from "@scruple/analysis";
import { durationText, type Value, type World } from "@scruple/model";

interface Given {
  readonly purpose: string;
  readonly channel: string;
  readonly explicit?: boolean;
}

/** Each part of a change, in words: `subject.age = 18`, `consent for direct_marketing on email`. */
export function changeWords(world: World, set: ChangeSet, raw: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(set).flatMap(([key, value]) => {
    switch (key) {
      case "consents":
      case "objections":
        return listWords(key, value as readonly Given[], raw[key]);
      case "data":
      case "with":
        return pieceWords(value);
      case "channel":
      case "purpose":
      case "recipient":
      case "precision":
        return [`${prepositions[key]} \`${value}\` instead${raw[key] ? ` of \`${raw[key]}\`` : ""}`];
      default:
        return value === null ? [] : [`${key} = ${printValue(world, key.replace(/^facts\./, ""), value as Value)}`];
    }
  });
}

const prepositions = { channel: "on", purpose: "for", recipient: "to", precision: "at" } as const;

function listWords(key: "consents" | "objections", now: readonly Given[], raw: unknown): readonly string[] {
  const known = Array.isArray(raw) ? (raw as readonly Given[]) : null;
  const [what, a] = key === "consents" ? ["consent", "a"] : ["objection", "an"];
  const text = ({ purpose, channel, explicit }: Given) =>
    `${explicit ? "explicit " : ""}${what} ${key === "consents" ? "for" : "to"} ${purpose}${channel === "any" ? "" : ` on ${channel}`}`;
  const texts = new Set((known ?? []).map(text));
  const added = now.filter((one) => !texts.has(text(one))).map(text);
  const kept = new Set(now.map(text));
  const gone = [...texts].filter((one) => !kept.has(one)).map((one) => `no ${one}`);
  if (added.length === 0 && gone.length === 0) return [`it is known that there is no ${what}`];
  return [...added.map((one) => `${one.startsWith("explicit") ? "an" : a} ${one}`), ...gone];
}

function pieceWords(value: unknown): readonly string[] {
  const pieces = Array.isArray(value) ? value : [value];
  return pieces.flatMap((piece) =>
    typeof piece === "object" && piece !== null && typeof piece.age === "number"
      ? [`${piece.field} is ${durationText(piece.age)} old`]
      : [],
  );
}
