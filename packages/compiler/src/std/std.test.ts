import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
// @ts-expect-error a script without types
import { stdTextModule } from "../../scripts/embed-std.mjs";
import { compile } from "../compile.ts";
import { stdScopes } from "./std.ts";

it("is embedded as it stands in std/; `node packages/compiler/scripts/embed-std.mjs` brings it up to date", () => {
  const embedded = readFileSync(new URL("./std-text.generated.ts", import.meta.url), "utf8");
  expect(embedded).toBe(stdTextModule());
});

it("is there for whoever uses it, without an error, a warning or a denial", () => {
  const names = stdScopes().map(({ name }) => name);
  const uses = names.map((name) => `use ${name}`).join("\n");
  const program = compile([{ path: "p.scruple", text: `policy p\n${uses}\npurpose mine` }]);
  expect(program.diagnostics.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
  const model = program.model("p")!;
  expect(model.uses).toEqual([...names].sort());
  expect(model.files).toContain("std/purposes.scruple");
  expect(model.rules).toEqual([]);
  expect(model.channels.filter(({ quiet }) => quiet)).toEqual([]);
});

it("comes with what it uses, whose names are not brought along", () => {
  const program = compile([{ path: "p.scruple", text: "policy p\nuse std.channels\nno: deny use any to customer" }]);
  expect(program.diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual([
    "SCR2004",
  ]);
  expect([...program.scopes.keys()].sort()).toEqual(["p", "std.channels", "std.recipients"]);
});
