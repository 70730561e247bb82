import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { commitAll } from "../fixtures/git.ts";
import { tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

/** More of `tiny`, in a file of its own: nothing is used any more. */
const denial = 'policy tiny\n\nquiet: deny use notes\n  because "Notes are private."\n';
const failing = ["--fail-on", "widened", "--format", "json"];

/** What `diff` tells where the last commit has a denial that the folder has no more. */
async function withoutDenial(project: TestProject, path: string, cwd = ".") {
  rmSync(project.path(path));
  const { code, out, err } = await project.run(["diff", "HEAD", ...failing], { cwd });
  const gone = out === "" ? [] : JSON.parse(out).widened.flatMap(({ rules }: Entry) => rules.from);
  return { code, err, gone };
}
interface Entry {
  readonly rules: { readonly from: readonly string[] };
}
const noticed = { code: 1, err: "", gone: ["quiet"] };

test.each(["größe", "日本", 'a "b"', "back\\slash", "a\tb", "a\nb", "two words", "[a]", "-n"])(
  "reads a policy from a revision whatever its name: %j",
  async (name) => {
    const path = `policies/${name}.scruple`;
    const project = new TestProject({ "a.scruple": tiny, [path]: denial });
    commitAll(project);
    expect(await withoutDenial(project, path)).toEqual(noticed);
  },
);
