import { readFileSync } from "node:fs";
import { checkMarked, fixMarked, readCorpus, readMarked } from "@scruple/testkit";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { compile } from "./compile.ts";
import { catalogue } from "./diagnostics/catalogue.ts";
import type { Diagnostic } from "./program.ts";

const corpus = readCorpus();

/** Logic and privacy are spoken of in their own cases alone: every small program would break some of their wishes. */
const wishes = /^SCR[45]/;

describe("bad programs", () => {
  test.each(corpus.bad.map((program) => [program.name, program] as const))("%s", (_, { source, code, near, fixed }) => {
    const family = code.slice(0, "SCR0".length);
    const matters = ({ code: found, severity }: Diagnostic) =>
      (severity === "error" || severity === "warning") && (!wishes.test(found) || found.startsWith(family));
    const program = checkMarked(source, { matters });
    const found = program.diagnostics.filter((diagnostic) => diagnostic.code === code);
    expect(found.length > 0, near ? `${code} is nearly given` : `${code} is given`).toBe(!near);
    expect(fixed, "the fixed program is shown").toBe(
      program.diagnostics.some((diagnostic) => matters(diagnostic) && diagnostic.fixes.length > 0) ||
        found.some(({ fixes }) => fixes.length > 0)
        ? fixMarked(source)
        : null,
    );
  });

  test.each(corpus.bad.flatMap(({ name, fixed, code }) => (fixed === null ? [] : [[name, fixed, code] as const])))(
    "%s, fixed",
    (_, fixed, code) => {
      const { files, options } = readMarked(fixed);
      expect(compile(files, options).diagnostics.filter((diagnostic) => diagnostic.code === code)).toEqual([]);
    },
  );
});

describe("bytes", () => {
  test.each(corpus.bytes.map(({ name, file, codes }) => [name, file, codes] as const))("%s", (_, file, codes) => {
    expect(compile([file]).diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test("a file of more than 16 MB is not read", () => {
    const { diagnostics, policies } = compile([{ path: "large.scruple", text: " ".repeat(16 * 1024 * 1024 + 1) }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["SCR8003"]);
    expect(policies).toEqual([]);
  });

  test("5,000 levels of nesting are one error", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["not ", ""],
    ] as const) {
      const text = `policy hotel\ncondition deep = ${open.repeat(5000)}true${close.repeat(5000)}\npurpose care\n`;
      const { diagnostics } = compile([{ path: "deep.scruple", text }]);
      expect(diagnostics.map(({ code }) => code).filter((code) => code !== "SCR8006")).toEqual(["SCR1018"]);
    }
  });

  test("what depends on too many facts at once is neither found nor guessed", () => {
    const pairs = Array.from({ length: 22 }, (_, i) => i);
    const either = pairs.map((i) => `a${i}`).join(" or ");
    const both = pairs.map((i) => `(a${i} and b${i})`).join(" or ");
    const text = `policy hotel
facts { ${pairs.map((i) => `a${i} : bool b${i} : bool`).join(" ")} }
recipient guest
channel desk reaches guest
purpose care
category taste
source stays provided { pillow : taste }
interaction visit {
  purposes care
  channels desk
  kind: allow use taste when (${either}) and (${both})
}
promise "Nobody is told." { never use taste when not b0 }
`;
    const { diagnostics } = compile([{ path: "many.scruple", text }]);
    const told = diagnostics.filter(({ code }) => code === "SCR4013" || code === "SCR6002");
    expect(told.map(({ code }) => code)).toEqual(["SCR4013", "SCR6002"]);
    for (const { message } of told) expect(message).toContain("`visit.kind`");
  });

  test("of two thousand errors, a thousand are told", () => {
    const text = `policy hotel\n${";\n".repeat(2000)}`;
    const codes = compile([{ path: "wrong.scruple", text }]).diagnostics.map(({ code }) => code);
    expect(codes.filter((code) => code === "SCR1016")).toHaveLength(1000);
    expect(codes.filter((code) => code === "SCR1035")).toHaveLength(1);
  });
});

describe("good programs", () => {
  const schema = new URL("../../model/schema/model.schema.json", import.meta.url);
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(schema, "utf8")));

  test.each(corpus.good.map((program) => [program.name, program] as const))("%s", (_, { files }) => {
    const program = compile(files);
    const backwards = compile([...files].reverse());
    for (const { name } of program.policies) {
      const model = program.model(name);
      validate(model);
      expect(validate.errors, name).toBeNull();
      expect(backwards.model(name), "the order of files never matters").toEqual(model);
    }
  });
});

describe("the corpus as a whole", () => {
  test("holds at least 300 programs", () => {
    const { good, format, bad, bytes } = corpus;
    expect(good.length + format.length + bad.length + bytes.length).toBeGreaterThanOrEqual(300);
  });

  test("opens every program with a line that says what it shows", () => {
    const opening = (text: string) => /^(\/\/- \S+\n)?(\/\/\/?|\/\*) \S/.test(text);
    expect(corpus.good.filter(({ files }) => !files.some(({ text }) => opening(text))).map(({ name }) => name)).toEqual(
      [],
    );
  });

  /** These need files that nobody would store; the tests above make them. */
  const generated = ["SCR1018", "SCR1035", "SCR4013", "SCR6002", "SCR8003"];

  test.each([...catalogue.keys()])("gives %s", (code) => {
    const given = corpus.bad.some((program) => program.code === code && !program.near);
    expect(given || generated.includes(code) || corpus.bytes.some(({ codes }) => codes.includes(code))).toBe(true);
  });

  /** What these are told of is no program but a size or bytes: all other cases come near to it. */
  const withoutNear = ["SCR4013", "SCR6002", "SCR8001", "SCR8002", "SCR8003"];

  test.each([...catalogue.keys()].filter((code) => !withoutNear.includes(code)))("nearly gives %s", (code) => {
    expect(corpus.bad.some((program) => program.code === code && program.near)).toBe(true);
  });
});
