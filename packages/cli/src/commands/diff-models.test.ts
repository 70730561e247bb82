import { hashModel } from "@scruple/model";
import { describe, expect, test } from "vitest";
import { shop } from "../fixtures/compared.ts";
import { TestProject } from "../fixtures/project.ts";

interface Edited {
  readonly rules: { readonly path: string }[];
  readonly categories: object[];
  readonly interactions: object[];
}

describe("diff, of a built model that is not as it was built", () => {
  const policy = `${shop}never: deny use any when busy\n`;

  /** What `diff` says of it where it has been altered, and the hash made to fit, or not. */
  async function altered(alter: (model: Edited) => void, isHashed: boolean) {
    const project = new TestProject({ "base/a.scruple": policy, "head/a.scruple": shop });
    await project.run(["build", "--target", "json", "--out", "../built"], { cwd: "base" });
    const model = JSON.parse(project.read("built/shop.model.json"));
    alter(model);
    if (isHashed) {
      const { hash: _, ...rest } = model;
      model.hash = hashModel(rest);
    }
    project.write("built/shop.model.json", JSON.stringify(model));
    return project.run(["diff", "built/shop.model.json", "head", "--fail-on", "widened"]);
  }
  const never = (model: Edited) => model.rules.find(({ path }) => path === "never") as Record<string, unknown>;

  test("but as it was built, it is compared", async () => {
    expect((await altered(() => {}, false)).code).toBe(1);
  });

  test.each<[string, (model: Edited) => void, string]>([
    [
      "lacks a denial",
      (model) => Reflect.set(model, "rules", model.rules.slice(0, -1)),
      "it was changed after its build",
    ],
    [
      "has another hash",
      (model) => Reflect.set(model, "hash", `sha256:${"0".repeat(64)}`),
      "it was changed after its build",
    ],
    ["has no hash", (model) => Reflect.deleteProperty(model, "hash"), "does not say its hash"],
  ])("it is refused where it %s", async (_, alter, message) => {
    const { code, out, err } = await altered(alter, false);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("`built/shop.model.json` cannot be compared. ");
    expect(err).toContain(message);
  });

  let deep: object = { op: "outbound" };
  for (let depth = 0; depth < 900; depth++) deep = { op: "not", operand: deep };
  test.each<[string, (model: Edited) => unknown]>([
    ["a rule neither allows nor denies", (model) => Object.assign(never(model), { effect: "Deny" })],
    [
      "an interaction is started by nobody known",
      (model) => Object.assign(model.interactions[0] as object, { startedBy: "x" }),
    ],
    ["a rule has a part too many", (model) => Object.assign(never(model), { regions: ["eu"] })],
    [
      "a category is declared twice",
      (model) => model.categories.push({ ...(model.categories[0] as object), special: false }),
    ],
    ["a rule is of nothing", (model) => Object.assign(never(model), { data: [] })],
    ["a rule has no list of exceptions", (model) => Object.assign(never(model), { exceptions: null })],
    ["a fact is not declared", (model) => Object.assign(never(model), { when: { op: "fact", fact: "nope" } })],
    ["a condition is none", (model) => Object.assign(never(model), { when: { op: "nand" } })],
    ["a condition is nested as none is", (model) => Object.assign(never(model), { when: deep })],
    ["it uses no list of policies", (model) => Object.assign(model, { uses: null })],
    ["its rules are no list", (model) => Object.assign(model, { rules: {} })],
    ["its policy is no name", (model) => Object.assign(model, { policy: { a: 1 } })],
    ["a name breaks a line", (model) => Object.assign(model.categories[0] as object, { id: "shop.x\n::error::y" })],
  ])("it is refused where %s, though its hash is right", async (_, alter) => {
    const { code, out, err } = await altered(alter, true);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("`built/shop.model.json` cannot be compared. ");
    expect(err).not.toContain("::error::");
  });
});
