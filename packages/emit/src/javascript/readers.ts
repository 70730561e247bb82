import type { FactName, Type, World } from "@scruple/model";
import { slot as builtIn, wordSize } from "@scruple/runtime";
import type { ConditionTable } from "./conditions.ts";

/** The code that reads facts from requests into their slots, and what it takes from the runtime. */
export interface Readers {
  /** Statements that the readers and the conditions stand behind. */
  readonly before: readonly string[];
  readonly subject: readonly string[];
  readonly facts: readonly string[];
  /** Properties, a fact each but the age: functions that read it from a subject `s` or facts `o`, whatever else these have. */
  readonly direct: readonly string[];
  /** Whether texts `t` are kept, to be compared with each other. */
  readonly keepsTexts: boolean;
  /** Names of the runtime. */
  readonly imports: readonly string[];
}

/**
 * Facts are read by their names, one case each, and no more of them than a request's conditions need. Those that no
 * condition asks for are known and passed over.
 */
export function writeReaders(world: World, conditions: ConditionTable): Readers {
  const imports = new Set<string>();
  const before: string[] = [];
  if (conditions.comparesTexts) before.push("const t = [];");
  const subject = ["id"];
  const facts: string[] = [];
  const cases = { subject: [] as string[], facts: [] as string[] };
  const direct: string[] = [];
  for (const [name, type] of world.facts) {
    const isSubject = name.startsWith("subject.");
    const key = isSubject ? name.slice("subject.".length) : name;
    const slot = conditions.facts.slotOf(name);
    if (slot === undefined) {
      if (!(isSubject && key === "id")) (isSubject ? subject : facts).push(key);
      continue;
    }
    const { make, read, uses } = reading(type, slot, conditions, name);
    if (make !== null) before.push(`const v${slot} = ${make};`);
    imports.add(uses);
    const aged = name === "data.age" ? `if (v !== undefined && v !== null) f[${builtIn.aged}] = 1; ` : "";
    if (aged === "") {
      const [object, name] = [isSubject ? "s" : "o", JSON.stringify(key)];
      // What somebody has given to every object there is counts for nobody.
      const value = `e[${name}] === undefined || Object.hasOwn(${object}, ${name}) ? ${object}[${name}] : undefined`;
      direct.push(`${slot}: (${isSubject ? "s" : "s, o"}) => { const v = ${value}; ${read} },`);
    }
    if (isSubject && key === "id") subject.splice(subject.indexOf("id"), 1);
    cases[isSubject ? "subject" : "facts"].push(`case ${JSON.stringify(key)}: ${aged}${ifNeeded(slot, read)} break;`);
  }
  imports.delete("");
  return {
    before: [...(direct.length > 0 ? ["const e = {};"] : []), ...before],
    subject: [...cases.subject, ...passed(subject)],
    facts: [...cases.facts, ...passed(facts)],
    direct,
    keepsTexts: conditions.comparesTexts,
    imports: [...imports].sort(),
  };
}

function ifNeeded(slot: number, text: string): string {
  return `if (n[${Math.floor(slot / wordSize)}] & ${2 ** (slot % wordSize)}) ${text}`;
}

function passed(names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${names.map((name) => `case ${JSON.stringify(name)}: `).join("")}break;`];
}

/** Up to this many values are compared faster than looked up. */
const mostCompared = 8;

/** How a value `v` becomes numbers, as the runtime's values.ts has it. */
function reading(
  type: Type,
  slot: number,
  conditions: ConditionTable,
  name: FactName,
): { readonly make: string | null; readonly read: string; readonly uses: string } {
  switch (type.kind) {
    case "bool":
      return { make: null, read: `f[${slot}] = v === true ? 1 : v === false ? 0 : NaN;`, uses: "" };
    case "int": {
      const tests = [
        "Number.isSafeInteger(v)",
        ...(type.min === null ? [] : [`v >= ${type.min}`]),
        ...(type.max === null ? [] : [`v <= ${type.max}`]),
      ];
      return { make: null, read: `f[${slot}] = ${tests.join(" && ")} ? v : NaN;`, uses: "" };
    }
    case "oneOf":
      if (type.values.length <= mostCompared) {
        const tests = type.values.map((value, place) => `v === ${JSON.stringify(value)} ? ${place} : `);
        return { make: null, read: `f[${slot}] = ${tests.join("")}NaN;`, uses: "" };
      }
      return { make: `oneOf(${JSON.stringify(type.values)})`, read: `f[${slot}] = v${slot}(v);`, uses: "oneOf" };
    case "text": {
      const kept = conditions.comparesTexts ? ` t[${slot}] = v;` : "";
      const make = `text(${JSON.stringify(conditions.facts.textsOf(name))})`;
      return { make, read: `{ f[${slot}] = v${slot}(v);${kept} }`, uses: "text" };
    }
    case "set":
      return { make: `set(${JSON.stringify(type.values)})`, read: `v${slot}(v, f, ${slot});`, uses: "set" };
    default:
      return { make: null, read: `f[${slot}] = ${type.kind}(v);`, uses: type.kind };
  }
}
