import { type ISerializedGast, Lexer } from "chevrotain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Grammar } from "./grammar.ts";
import { grammarProductions, parse } from "./index.ts";
import { lexerOptions } from "./lexer.ts";
import { type Pick, pickFrom } from "./testing/random-policy.ts";
import { lexedTypes } from "./token-types.ts";

describe("the grammar", () => {
  it("has no flaw that chevrotain can find", () => {
    expect(() => new Grammar("validate")).not.toThrow();
    expect(new Lexer(lexedTypes, { ...lexerOptions, skipValidations: false }).lexerDefinitionErrors).toEqual([]);
  });

  /** What is said of a text that the grammar has and the language does not: clauses out of place, values out of range. */
  const beyondGrammar = /^SCR10(09|12|13|19|22|23|24|25|26|27|28|29|3[0-2489])$/;

  it("has no sentence that the parser does not read", () => {
    const chance = fc.array(fc.nat({ max: 10_000 }), { maxLength: 400, size: "max" });
    fc.assert(
      fc.property(chance, (numbers) => {
        const text = sentence(pickFrom(numbers));
        // Behind `consent` and `objection` a `for` is theirs, and has one purpose.
        fc.pre(!/(?:consent|objection) for \S+(?: \. \S+)* ,/.test(text));
        const unread = parse(text).findings.filter(({ code }) => !beyondGrammar.test(code));
        expect(unread).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

interface Production {
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly definition?: readonly Production[];
}

const samples: Readonly<Record<string, readonly string[]>> = {
  NAME: ["alpha", "beta", "`gamma ray`".replace(" ", "-")],
  PLAIN_NAME: ["delta"],
  INTEGER: ["0", "12"],
  UNIT: ["days", "week"],
  TIME: ["09:30"],
  DATE: ["2026-01-31"],
  STRING: ['"text"'],
  ORDINAL: ["#2"],
  COMPARATOR: ["=", "<="],
};

const rules = new Map(
  grammarProductions().map((rule: ISerializedGast) => [(rule as Production).name, rule as Production]),
);

/** A text that is derived from the rule `file`, with as many turns and choices as chance gives. */
function sentence(pick: Pick): string {
  const words: string[] = [];
  let room = 150;
  const all = (parts: readonly Production[] = []): void => parts.forEach(derive);
  const derive = (part: Production): void => {
    if (part.type === "Terminal") {
      const label = part.label ?? "";
      const known = samples[label] ?? [label];
      words.push(known[pick(known.length)] ?? "");
      room -= 1;
    } else if (part.type === "NonTerminal") all(rules.get(part.name)?.definition);
    else if (part.type === "Option") {
      if (room > 0 && pick(2) === 1) all(part.definition);
    } else if (part.type.startsWith("Repetition")) {
      if (part.type === "RepetitionMandatory") all(part.definition);
      for (let turns = pick(4); turns > 0 && room > 0; turns -= 1) all(part.definition);
    } else if (part.type === "Alternation") {
      const choices = part.definition ?? [];
      all(choices[room > 0 ? pick(choices.length) : 0]?.definition);
    } else throw new Error(`The derivation knows no ${part.type}.`);
  };
  all(rules.get("file")?.definition);
  return words.join(" ");
}
