import { finished } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import { describe, expect, it } from "vitest";
import { toPosition } from "./positions.ts";
import { prepareRename, RenameError, rename } from "./rename.ts";
import { fileOf } from "./snapshot.ts";
import { addresses, at, shop } from "./testing/at.ts";
import { edited, textAt } from "./testing/text.ts";

function renamed(source: string, name: string) {
  const { snapshot, position } = at(source);
  return edited(snapshot, finished(rename(snapshot, position, name)));
}
const two = `//- a.scruple
policy a
purpose car$0e
purpose \`to-call\` within care
//- b.scruple
policy b
use a
purpose other within a.care, care
`;

describe("rename", () => {
  it("reaches every file, and keeps the policy before a name", () => {
    expect(renamed(two, "help")).toEqual({
      "a.scruple": "policy a\npurpose help\npurpose `to-call` within help",
      "b.scruple": "policy b\nuse a\npurpose other within a.help, help\n",
    });
  });

  it("lets others at it between one file and the next", () => {
    const { snapshot, position } = at(two);
    expect([...rename(snapshot, position, "help")].length).toBeGreaterThan(snapshot.program.files.length);
  });

  it("puts names between backticks that need them, and takes them away from others", () => {
    expect(renamed(two, "to-help")["b.scruple"]).toContain("a.`to-help`, `to-help`");
    expect(renamed(two.replace("car$0e", "care").replace("`to-call`", "`to$0-call`"), "call")["a.scruple"]).toContain(
      "purpose call within care",
    );
  });

  it("quotes a keyword but where it cannot be taken for one", () => {
    const source = `${shop}\nr: allow use orders.si$0ze, orders.size when adult`;
    expect(renamed(source, "with")["main.scruple"]).toContain("orders.with, orders.with when");
    expect(renamed(source, "with")["main.scruple"]).toContain("with  : preference");
    expect(renamed(two, "use")["b.scruple"]).toContain("within a.use, `use`");
  });

  it("changes policies, levels, values, parameters and rules as well", () => {
    expect(renamed(two.replace("policy a", "policy a$0").replace("car$0e", "care"), "x.y")["b.scruple"]).toBe(
      "policy b\nuse x.y\npurpose other within x.y.care, care\n",
    );
    const values = `${shop}\ncondition here = subject.region = e$0u`;
    expect(renamed(values, "europe")["main.scruple"]).toMatch(/europe \| uk[\s\S]*subject\.region = europe/);
    const levels = "policy p\ncategory place precision exact, ci$0ty\nr: deny use place at city";
    expect(renamed(levels, "town")["main.scruple"]).toContain("precision exact, town\nr: deny use place at town");
    const parameter = `${shop}\nr: allow use orders then record_contact(wit$0hin = 1 day)`;
    expect(renamed(parameter, "until")["main.scruple"]).toMatch(/until : duration\)[\s\S]*`until` = 1 day/);
  });

  it("keeps the comments within a policy's name, whatever becomes of its parts", () => {
    const source = `//- a.scruple
policy b/*one*/./*two*/to$0p
//- b.scruple
policy c
use b // first
  . /*last*/ top
`;
    expect(renamed(source, "bb.tt")).toEqual({
      "a.scruple": "policy bb/*one*/./*two*/tt",
      "b.scruple": "policy c\nuse bb // first\n  . /*last*/ tt\n",
    });
    expect(renamed(source, "x-y")["a.scruple"]).toBe("policy `x-y`/*one*//*two*/");
    expect(renamed(source, "b.mid.top")["a.scruple"]).toBe("policy b/*one*/./*two*/mid.top");
  });

  it("reaches the paths of rules in tests", () => {
    const source = `${shop}
interaction letter {
  purposes customer_care
  channels email
  si$0zes: deny use orders.size
}
test "t" {
  in letter for customer_care on email
  expect deny use orders.size because letter.sizes
}`;
    expect(renamed(source, "shoes")["main.scruple"]).toContain("because letter.shoes");
  });

  it("refuses what would change the meaning", () => {
    expect(() => renamed(`${two}purpose help`.replace("within a.care, care", "within care"), "help")).toThrow(
      RenameError,
    );
    expect(() => renamed("policy p\npurpose a$0\npurpose b within a", "b")).toThrow(/cannot be called `b`/);
  });

  it("refuses to make one of two things that are merged by name", () => {
    const facts = "//- a.scruple\npolicy a\nfacts { lo$0ud : bool }\n//- b.scruple\npolicy b\nfacts { noisy : bool }\n";
    expect(() => renamed(facts, "noisy")).toThrow("`noisy` already means something else.");
    expect(() => renamed(facts.replaceAll("facts", "subject"), "noisy")).toThrow(
      "`noisy` already means something else.",
    );
    expect(renamed(facts, "quiet")).toEqual({ "a.scruple": "policy a\nfacts { quiet : bool }" });
  });

  it("goes on beside a file that cannot be read", () => {
    const source = "policy p\npurpose a\npurpose b within a\n";
    const unread = { path: "y.scruple", text: new Uint8Array([0x70, 0xff, 0xfe, 0x70]) };
    const program = compile([{ path: "x.scruple", text: source }, unread]);
    const snapshot = { program, file: fileOf(program, "x.scruple")!, addresses, findings: () => program.checks };
    const position = toPosition(snapshot.file.lines, source.indexOf("a\n"));
    expect(edited(snapshot, finished(rename(snapshot, position, "outbound")))).toEqual({
      "x.scruple": "policy p\npurpose outbound\npurpose b within outbound\n",
    });
  });

  it("refuses names that are none", () => {
    for (const name of ["", "a.b", "a/b", "a b#"]) expect(() => renamed(two, name)).toThrow(RenameError);
  });
});

describe("prepareRename", () => {
  it("gives the name without its backticks", () => {
    const { snapshot, position } = at(two.replace("car$0e", "care").replace("`to-call`", "`to$0-call`"));
    const { range, placeholder } = prepareRename(snapshot, position);
    expect([textAt(snapshot.file, range), placeholder]).toEqual(["`to-call`", "to-call"]);
  });

  it("refuses what has no name, and what is in the standard vocabulary", () => {
    const nothing = at("policy p\n$0\npurpose a");
    expect(() => prepareRename(nothing.snapshot, nothing.position)).toThrow(/Nothing/);
    const std = at(`${shop}\npurpose x within customer_c$0are`);
    expect(() => prepareRename(std.snapshot, std.position)).toThrow(/standard vocabulary/);
  });
});
