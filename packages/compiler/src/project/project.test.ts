import { checkMarked } from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { Program } from "../program.ts";

const good = `policy good
purpose care
recipient customer
channel email reaches customer
interaction letter {
  purposes care
  channels email
}
`;
const bytes = (text: string) => new TextEncoder().encode(text);
/** But what the analysis says, which other tests are about. */
const found = (program: Program) => program.diagnostics.filter(({ code }) => !/^SCR[45]/.test(code));
const codes = (program: Program) => found(program).map(({ code }) => code);

describe("files", () => {
  it("may be bytes, with a byte order mark or without", () => {
    const program = compile([{ path: "p.scruple", text: new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(good)]) }]);
    expect(codes(program)).toEqual([]);
    expect(program.files[0]!.text).toBe(good);
    expect(program.model("good")).not.toBeNull();
  });

  it("have to be UTF-8, and tell where they are not", () => {
    const text = new Uint8Array([...bytes("policy good\n// é "), 0xff, 0x41]);
    const program = compile([{ path: "p.scruple", text }]);
    expect(program.diagnostics).toMatchObject([{ code: "SCR8001", start: 17, end: 18, severity: "error" }]);
  });

  it("find what is cut off within a character", () => {
    const program = compile([{ path: "p.scruple", text: bytes("policy é").subarray(0, 8) }]);
    expect(program.diagnostics).toMatchObject([{ code: "SCR8001", start: 7 }]);
  });

  it("have to be text", () => {
    const program = compile([{ path: "p.scruple", text: new Uint8Array([0x70, 0, 0x6f, 0]) }]);
    expect(codes(program)).toEqual(["SCR8002"]);
  });

  it("have to be of a size that somebody may have written", () => {
    const program = compile([{ path: "p.scruple", text: `policy big\n${" ".repeat(16 * 1024 * 1024)}` }]);
    expect(program.diagnostics).toMatchObject([{ code: "SCR8003", start: 0, end: 0 }]);
    expect(program.files[0]!.text).toBe("");
  });

  it("that cannot be read leave no policy to be trusted: they could hold denials of any", () => {
    const program = compile([
      { path: "good.scruple", text: good },
      { path: "more.scruple", text: new Uint8Array([0xff]) },
    ]);
    expect(program.policies).toMatchObject([{ name: "good", hasErrors: true }]);
    expect(program.model("good")).toBeNull();
  });

  it("that name no policy do the same", () => {
    const program = compile([
      { path: "good.scruple", text: good },
      { path: "more.scruple", text: "private: deny use any" },
    ]);
    expect(program.model("good")).toBeNull();
    expect(program.policies.map(({ name }) => name)).toEqual(["good"]);
  });

  it("of one path count once, the last of them", () => {
    const program = compile([
      { path: "p.scruple", text: "policy ?" },
      { path: "p.scruple", text: good },
    ]);
    expect(codes(program)).toEqual([]);
  });

  it("that declare nothing draw a hint", () => {
    checkMarked(`policy empty
//     ^^^^^ SCR8007`);
  });

  it("keep their trees while their text stays", () => {
    const files = [
      { path: "a.scruple", text: good },
      { path: "b.scruple", text: "policy other\npurpose a" },
    ];
    const before = compile(files);
    const after = compile([files[0]!, { path: "b.scruple", text: "policy other\npurpose b" }], {}, before);
    expect(after.files[0]!.tree).toBe(before.files[0]!.tree);
    expect(after.files[1]!.tree).not.toBe(before.files[1]!.tree);
    expect(after.scopes.get("other")!.tables.purpose.has("b")).toBe(true);
  });
});

describe("policies", () => {
  it("are those of the project, with their files", () => {
    const program = compile([
      { path: "z.scruple", text: `${good}use shared\nuse std.purposes` },
      { path: "a.scruple", text: "policy good\npurpose more" },
      { path: "s.scruple", text: "policy shared\npurpose less" },
    ]);
    expect(codes(program)).toEqual([]);
    expect(program.policies).toEqual([
      { name: "good", files: ["a.scruple", "z.scruple"], declaresInteraction: true, hasErrors: false },
      { name: "shared", files: ["s.scruple"], declaresInteraction: false, hasErrors: false },
    ]);
  });

  it("that nothing is made of draw a hint", () => {
    checkMarked(`policy shared
//     ^^^^^^ SCR8006 \`shared\` declares no interaction and no policy uses it
purpose less`);
  });

  it("have errors if what they use has, and no others do", () => {
    const program = compile([
      { path: "a.scruple", text: `${good.replace("policy good", "policy a\nuse b")}` },
      { path: "b.scruple", text: "policy b\nuse c" },
      { path: "c.scruple", text: "policy c\npurpose x within nowhere" },
      { path: "good.scruple", text: good },
    ]);
    expect(program.policies.filter(({ hasErrors }) => hasErrors).map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(program.model("a")).toBeNull();
    expect(program.tests("a")).toEqual([]);
    expect(program.model("good")).not.toBeNull();
  });

  it("leave `std` to the standard vocabulary", () => {
    checkMarked(`policy std.purposes.mine
//     ^^^^^^^^^^^^^^^^^ SCR8008
purpose mine`);
  });

  it("are unknown where the project has no such policy", () => {
    const program = compile([{ path: "p.scruple", text: good }]);
    expect(program.model("nowhere")).toBeNull();
    expect(program.model("std.purposes")).toBeNull();
    expect(program.tests("nowhere")).toEqual([]);
  });
});

describe("severities", () => {
  const faulty = [{ path: "p.scruple", text: `${good}@nope purpose x\npurpose y within nowhere` }];

  it("are chosen by code or by name", () => {
    const program = compile(faulty, { severity: { "unknown-annotation": "error", SCR2004: "info" } });
    expect(program.diagnostics.map(({ name, severity }) => [name, severity])).toEqual([
      ["unknown-annotation", "error"],
      ["unknown-name", "info"],
    ]);
  });

  it("hide what is off, but make no model of a policy that has an error", () => {
    const program = compile(faulty, { severity: { "unknown-name": "off", "unknown-annotation": "off" } });
    expect(program.diagnostics).toEqual([]);
    expect(program.policies[0]!.hasErrors).toBe(true);
    expect(program.model("good")).toBeNull();
  });

  it("have to name what there is", () => {
    const program = compile([{ path: "p.scruple", text: good }], {
      severity: { "unknown-nam": "error", SCR9999: "off", "unknown-name": "warn" as "warning" },
      leastGroupSize: 0,
      today: "tomorrow",
    });
    expect(found(program).map(({ file, code, message }) => [file, code, message.slice(0, 48)])).toEqual([
      ["scruple.json", "SCR8004", "`severity` names `unknown-nam`, and there is no "],
      ["scruple.json", "SCR8004", "`severity` names `SCR9999`, and there is no such"],
      ["scruple.json", "SCR8004", "`severity` gives `unknown-name` the value `warn`"],
      ["scruple.json", "SCR8005", "`leastGroupSize` has to be a whole number from 1"],
      ["scruple.json", "SCR8005", "`today` has to be a date, such as 2026-09-01."],
    ]);
    expect(found(program)[0]!.message).toContain("Did you mean `unknown-name`?");
  });
});

it("gives every diagnostic its file, name, address and related places", () => {
  const { diagnostics } = compile([{ path: "p.scruple", text: `${good}purpose care` }]);
  expect(diagnostics).toEqual([
    {
      file: "p.scruple",
      code: "SCR2001",
      name: "duplicate-name",
      severity: "error",
      message: "`care` is already the name of another purpose. Rename one of them.",
      start: good.length + 8,
      end: good.length + 12,
      related: [{ file: "p.scruple", start: 20, end: 24, message: "`care` is first declared here." }],
      fixes: [],
      url: "urn:scruple:diagnostic:SCR2001",
    },
  ]);
});

it("knows every use of a name", () => {
  const program = compile([{ path: "p.scruple", text: good }]);
  const found = program.references("p.scruple").map(({ start, end, symbol }) => [good.slice(start, end), symbol.id]);
  expect(found).toEqual([
    ["customer", "good.customer"],
    ["care", "good.care"],
    ["email", "good.email"],
  ]);
  expect(program.references("nowhere")).toEqual([]);
});

it("counts each use of an attribute once", () => {
  const text = `${good}subject { region : eu | uk }\ncondition c = subject.region = eu`;
  const found = compile([{ path: "p.scruple", text }]).references("p.scruple");
  expect(found.filter(({ symbol }) => symbol.kind === "attribute")).toHaveLength(1);
});
