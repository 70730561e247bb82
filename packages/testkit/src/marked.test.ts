import { describe, expect, it } from "vitest";
import { checkMarked, readMarked } from "./marked.ts";

describe("marked-up source", () => {
  it("is one file, or several that begin with their paths", () => {
    expect(readMarked("policy a").files).toEqual([{ path: "main.scruple", text: "policy a" }]);
    expect(readMarked("\n//- a/b.scruple\npolicy a\n//- c.scruple\npolicy c\n").files).toEqual([
      { path: "a/b.scruple", text: "policy a" },
      { path: "c.scruple", text: "policy c\n" },
    ]);
  });

  it("says what is expected in the line above, which several marks may share", () => {
    const { marks } = readMarked(
      "policy a\npurpose a within b, c\n//               ^ SCR2004 No purpose\n//                  ^ SCR2004",
    );
    expect(marks).toEqual([
      { file: "main.scruple", line: 2, column: 18, endColumn: 19, code: "SCR2004", message: "No purpose" },
      { file: "main.scruple", line: 2, column: 21, endColumn: 22, code: "SCR2004", message: "" },
    ]);
  });
});

describe("a check of it", () => {
  it("gives the program where all errors are marked", () => {
    const program = checkMarked(`policy a
purpose p within q
//               ^ SCR2004 No purpose is named \`q\``);
    expect(program.policies).toMatchObject([{ name: "a", hasErrors: true }]);
  });

  it("throws where one is not marked, with its place and message", () => {
    expect(() => checkMarked("policy a\npurpose p within q")).toThrow(
      /not marked: main\.scruple:2:18-19 SCR2004 No purpose is named `q`/,
    );
  });

  it.each([
    ["a diagnostic that is not there", "policy a\npurpose p\n//      ^ SCR2004"],
    ["another code", "policy a\npurpose p within q\n//               ^ SCR2005"],
    ["another place", "policy a\npurpose p within q\n//              ^ SCR2004"],
    ["another message", "policy a\npurpose p within q\n//               ^ SCR2004 No channel"],
    ["one too many", "policy a\npurpose p within q\n//               ^ SCR2004\n//               ^ SCR2004"],
  ])("throws at the mark of %s", (_, source) => {
    expect(() => checkMarked(source)).toThrow(/marked, but not found: main\.scruple:2/);
  });

  it("leaves hints alone, unless a mark is about one of them, or it is told to look at them", () => {
    const source = "policy a\npurpose p";
    expect(() => checkMarked(source)).not.toThrow();
    expect(() => checkMarked(source, { matters: () => true })).toThrow(/not marked: main\.scruple:1:8-9 SCR8006/);
    expect(() => checkMarked("policy a\n//     ^ SCR8006\npurpose p")).not.toThrow();
  });
});
