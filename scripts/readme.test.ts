import { readFileSync } from "node:fs";
import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { evaluator, type Model } from "@scruple/model";
import { enforcement } from "@scruple/runtime/enforce";
import { sqliteStores } from "@scruple/stores/sqlite";
import { runTests } from "@scruple/testing";
import { TemporaryFolder } from "@scruple/testkit";
import { transform } from "esbuild";
import { describe, expect, onTestFinished, test } from "vitest";

const readme = readFileSync("README.md", "utf8");

function block(language: string): string {
  const found = readme.match(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m"))?.[1];
  if (found === undefined) throw new Error(`The README shows no ${language}.`);
  return found;
}

describe("what the README shows", () => {
  const program = compile([{ path: "cafe.scruple", text: block("scruple") }]);
  const model = program.model("cafe.regulars") as Model;

  test("is a policy without a finding, whose tests pass", () => {
    expect(program.diagnostics).toEqual([]);
    const results = runTests(
      program,
      model,
      () => true,
      (decided) => evaluator(decided).decide,
    );
    expect(results.map(({ passed }) => passed)).toEqual([true]);
  });

  test("is an application that runs, and says what it is to show", async () => {
    const folder = new TemporaryFolder({}, onTestFinished);
    const { code } = await transform(block("ts").replace(/^import .*$/gm, ""), { loader: "ts" });
    const names = ["sqliteStores", "regulars", "console"];
    const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
    const said: unknown[] = [];
    await new AsyncFunction(...names, code)(
      (file: string) => sqliteStores(folder.path(file)),
      enforcement(instantiate(model)),
      { log: (what: unknown) => said.push(what) },
    );
    expect(said).toEqual(["a flat white"]);
  });
});
