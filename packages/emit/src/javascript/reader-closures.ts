import type { FactName, Type, World } from "@scruple/model";
import { slot as builtIn, type Code, date, duration, int, oneOf, set, text, time, wordSize } from "@scruple/runtime";
import type { ConditionTable } from "./conditions.ts";

type Reader = Code["subject"];

/** What this has, somebody has given to every object there is. */
const empty: Readonly<Record<string, unknown>> = {};

/** Puts a value into its slot, if that is needed. */
type Read = (value: unknown) => void;

/**
 * Reads facts into their slots without code that comes of text; what `writeReaders` writes.
 *
 * @param needed A bit for each slot that counts for the request at hand.
 * @param texts Where what is said of texts is kept, by slot.
 */
export function readerClosures(
  world: World,
  conditions: ConditionTable,
  facts: Float64Array,
  needed: Int32Array,
  texts: unknown[],
): Pick<Code, "subject" | "facts" | "direct"> {
  const direct: Record<number, Code["direct"][number]> = {};
  const reads = { subject: new Map<string, Read>([["id", () => {}]]), facts: new Map<string, Read>() };
  for (const [name, type] of world.facts) {
    const isSubject = name.startsWith("subject.");
    const key = isSubject ? name.slice("subject.".length) : name;
    const to = isSubject ? reads.subject : reads.facts;
    const slot = conditions.facts.slotOf(name);
    if (slot === undefined) {
      if (!to.has(key)) to.set(key, () => {});
      continue;
    }
    const word = Math.floor(slot / wordSize);
    const bit = 2 ** (slot % wordSize);
    const put = putting(type, slot, conditions, name, facts, texts);
    const read: Read = (value) => {
      if ((needed[word] as number) & bit) put(value);
    };
    if (name !== "data.age") {
      to.set(key, read);
      direct[slot] = (ofSubject, ofFacts) => {
        const object = isSubject ? ofSubject : ofFacts;
        put(empty[key] === undefined || Object.hasOwn(object, key) ? object[key] : undefined);
      };
    } else {
      to.set(key, (value) => {
        if (value !== undefined && value !== null) facts[builtIn.aged] = 1;
        read(value);
      });
    }
  }
  const reader =
    (cases: ReadonlyMap<string, Read>): Reader =>
    (object) => {
      for (const key in object) {
        const value = object[key];
        const read = cases.get(key);
        if (read === undefined) return key;
        read(value);
      }
      return undefined;
    };
  return {
    subject: reader(reads.subject),
    facts: reader(reads.facts),
    direct,
  };
}

function putting(
  type: Type,
  slot: number,
  conditions: ConditionTable,
  name: FactName,
  facts: Float64Array,
  texts: unknown[],
): Read {
  const number = (read: (value: unknown) => number): Read => {
    return (value) => {
      facts[slot] = read(value);
    };
  };
  switch (type.kind) {
    case "bool":
      return number((value) => (value === true ? 1 : value === false ? 0 : Number.NaN));
    case "int":
      return number((value) => int(value, type.min ?? undefined, type.max ?? undefined));
    case "oneOf":
      return number(oneOf(type.values));
    case "text": {
      const read = number(text(conditions.facts.textsOf(name)));
      return (value) => {
        read(value);
        texts[slot] = value;
      };
    }
    case "set": {
      const read = set(type.values);
      return (value) => read(value, facts, slot);
    }
    case "time":
      return number(time);
    case "date":
      return number(date);
    case "duration":
      return number(duration);
  }
}
