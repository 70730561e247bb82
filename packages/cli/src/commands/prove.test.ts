import { evaluator } from "@scruple/model";
import { describe, expect, test } from "vitest";
import { misspelt, tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

const kept = `${tiny}
promise "Nothing is shown." {
  never disclose any
  always allow use notes
}
`;
const broken = kept.replace("never disclose any", "never use notes");
const prove = (policy: string, ...more: string[]) => new TestProject({ "a.scruple": policy }).run(["prove", ...more]);

describe("prove", () => {
  test("says of each line that it is kept", async () => {
    const { code, out, err } = await prove(kept);
    expect(code).toBe(0);
    expect(out).toBe(
      "tiny “Nothing is shown.”\n  ✓ never disclose any  a.scruple:29\n  ✓ always allow use notes  a.scruple:30\n",
    );
    expect(err).toBe("✓ 2 lines of promises, all proved\n");
  });

  test("shows the request that breaks one, and the rules to blame", async () => {
    const { code, out, err } = await prove(broken);
    expect(code).toBe(1);
    expect(out).toContain("  ✗ never use notes  a.scruple:29\n");
    expect(out).toContain("`use notes.note` for `help` on `desk` in `talk` is allowed by `talk.show`:");
    expect(err).toContain("✗ 2 lines of promises, 1 proved, 1 refuted\n");
  });

  test("keeps a promise's text on its line, and colours what is its own", async () => {
    const text = kept.replace("Nothing is shown.", "We keep to it.\\n::stop-commands::zzz");
    const { out } = await new TestProject({ "a.scruple": text }).run(["prove"], { tty: true });
    expect(out.split("\n")[0]).toBe("\u001b[2mtiny\u001b[22m “We keep to it.␊::stop-commands::zzz”");
  });

  test("gives the same as JSON, with a request that is decided as the promise forbids", async () => {
    const project = new TestProject({ "a.scruple": broken });
    const { code, out } = await project.run(["prove", "--format", "json"]);
    expect(code).toBe(1);
    const [first, second] = JSON.parse(out).promises;
    expect(first).toMatchObject({
      policy: "tiny",
      text: "Nothing is shown.",
      line: "never use notes",
      status: "refuted",
      rules: ["talk.show"],
      file: "a.scruple",
      range: { start: { line: 29, column: 3 }, end: { line: 29, column: 18 } },
    });
    expect(second).toMatchObject({ status: "proved", counterexample: null, rules: [] });
    const plain = new TestProject({ "a.scruple": tiny });
    await plain.run(["build", "--target", "json"]);
    const model = JSON.parse(plain.read("generated/tiny.model.json"));
    expect(evaluator(model).decide(first.counterexample)).toMatchObject({ decision: "allow", errors: [] });
  });

  test("has nothing to prove where nothing is promised", async () => {
    expect(await prove(tiny)).toMatchObject({
      code: 0,
      out: "",
      err: "No policy that decides anything promises anything.\n",
    });
  });

  test("proves nothing of a policy with errors, and knows no such path", async () => {
    const { code, out, err } = await prove(misspelt);
    expect(code).toBe(1);
    expect(out).toContain("a.scruple:18:19 error");
    expect(err).toBe("Nothing can be proved: the errors come first.\n");
    const json = await prove(misspelt, "--format", "json");
    expect(json).toMatchObject({ code, err });
    expect(JSON.parse(json.out)).toEqual({
      promises: [],
      diagnostics: [expect.objectContaining({ file: "a.scruple", severity: "error" })],
    });
    expect((await prove(kept, "b.scruple")).code).toBe(2);
  });
});
