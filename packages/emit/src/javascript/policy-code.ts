import type { Position } from "@scruple/model";
import { slot } from "@scruple/runtime";
import type { WrittenCondition } from "./condition-writer.ts";
import type { Readers } from "./readers.ts";

/** A line of code, and where in the policy it comes from. */
export interface CodeLine {
  readonly text: string;
  readonly at: Position | null;
}

/** A large part of several conditions is asked once a piece of data: parts of parts would be asked over and over. */
const once = [
  "const r = [];",
  "const s = [];",
  "const once = (i) => {",
  `  if (r[i] !== f[${slot.round}]) s[i] = c[i]();`,
  `  r[i] = f[${slot.round}];`,
  "  return s[i];",
  "};",
];

const not = "const not = (v) => (v === 2 ? 2 : 3 - v);";

/** The body of the function that the runtime calls `PolicyCode`, over facts `f`, needs `n`, and what answers for consents. */
export function policyCode(conditions: readonly WrittenCondition[], readers: Readers): readonly CodeLine[] {
  const has = (part: string) => conditions.some(({ text }) => text.includes(part));
  const reader = (name: string, cases: readonly string[]) => [
    `  ${name}: (o) => {`,
    "    for (const k in o) {",
    "      const v = o[k];",
    "      switch (k) {",
    ...[...cases, "default: return k;"].map((text) => `        ${text}`),
    "      }",
    "    }",
    "  },",
  ];
  const plain = (lines: readonly string[]) => lines.map((text): CodeLine => ({ text, at: null }));
  return [
    ...plain([...readers.before, ...(has("not(") ? [not] : []), ...(has("once(") ? once : []), "const c = ["]),
    ...conditions.map(({ text, at }): CodeLine => ({ text: `  ${text},`, at })),
    ...plain([
      "];",
      "return {",
      "  conditions: c,",
      ...reader("subject", readers.subject),
      ...reader("facts", readers.facts),
      "  direct: {",
      ...readers.direct.map((text) => `    ${text}`),
      "  },",
      ...(readers.keepsTexts ? ["  forget: () => {", "    t.length = 0;", "  },"] : []),
      "};",
    ]),
  ];
}
