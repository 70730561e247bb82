import { generateKeyPairSync } from "node:crypto";
import { symlinkSync } from "node:fs";
import { verifyRelease } from "@scruple/reload";
import { describe, expect, test } from "vitest";
import { tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const pem = {
  secret: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  public: publicKey.export({ type: "spki", format: "pem" }) as string,
};
const model = "generated/tiny.model.json";
const signed = "generated/tiny.signed.json";

/** A project with a built model and a pair of keys. */
async function built(): Promise<TestProject> {
  const project = new TestProject({ "a.scruple": tiny, "release.key": pem.secret, "release.pub": pem.public });
  expect((await project.run(["build", "--target", "json"])).code).toBe(0);
  return project;
}

test("a model is signed beside itself, and verifies", async () => {
  const project = await built();
  const { code, out, err } = await project.run(["sign", model, "--key", "release.key"]);
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toMatch(/^wrote generated\/tiny\.signed\.json, signed with the key sha256:[0-9a-f]{64}\n$/);
  expect(project.read(signed)).not.toContain("PRIVATE");
  const verified = await project.run(["verify", signed, "--key", "release.pub", "--policy", "tiny"]);
  expect(verified).toMatchObject({ code: 0, err: expect.stringMatching(/^✓ `tiny`, signed 20\d\d-/) });
});

test("it may expire, and be written elsewhere", async () => {
  const project = await built();
  const argv = ["sign", model, "--key", "release.key", "--expires", "2999-12-30", "--out", "dist/tiny.json"];
  expect((await project.run(argv)).code).toBe(0);
  const { expires } = verifyRelease(project.read("dist/tiny.json"), {
    keys: [publicKey],
    policy: "tiny",
    now: Date.now(),
  });
  expect(expires).toBe("2999-12-31T00:00:00.000Z");
});

describe("nothing is written over but what was signed before:", () => {
  test.each([
    ["the private key", "release.key"],
    ["the key, spelt otherwise", "./generated/../release.key"],
    ["the key, through a link", "link.json"],
    ["the public key", "release.pub"],
    ["the model", model],
    ["a policy", "a.scruple"],
  ])("not %s", async (_, out) => {
    const project = await built();
    symlinkSync("release.key", project.path("link.json"));
    const before = project.read(out);
    const { code, err } = await project.run(["sign", model, "--key", "release.key", "--out", out]);
    expect(code).toBe(2);
    expect(err).toContain("is there already and is no signed model, so it is left as it is.");
    expect(project.read(out)).toBe(before);
  });

  test("nor the key that has the name of what would be written", async () => {
    const project = await built();
    project.write(signed, pem.secret);
    expect((await project.run(["sign", model, "--key", signed])).code).toBe(2);
    expect(project.read(signed)).toBe(pem.secret);
  });

  test("a signed model, and a file that is empty", async () => {
    const project = await built();
    project.write("new.json", "");
    for (const out of [signed, signed, "new.json"]) {
      expect((await project.run(["sign", model, "--key", "release.key", "--out", out])).code).toBe(0);
    }
  });
});

describe("what cannot be signed is told, and nothing is written:", () => {
  test.each([
    [["sign", "gone.json", "--key", "release.key"], "`gone.json` could not be read"],
    [["sign", model, "--key", "gone.key"], "`gone.key` could not be read"],
    [["sign", model, "--key", "release.pub"], "`release.pub` holds no key that can be used here."],
    [["sign", "a.scruple", "--key", "release.key"], "`a.scruple` was not signed. It is not JSON."],
    [["sign", model, "--key", "release.key", "--expires", "2026-02-30"], "It has to be a day that exists"],
    [["sign", model, "--key", "release.key", "--expires", "2020-01-01"], "It would have expired"],
    [["sign", model], "--key"],
  ])("%j", async (argv, message) => {
    const project = await built();
    const { code, out, err } = await project.run(argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(project.list("generated")).toEqual(["tiny.model.json"]);
  });
});

test("what no guard would take fails, with the reason", async () => {
  const project = await built();
  await project.run(["sign", model, "--key", "release.key"]);
  const fails = async (...argv: string[]) => {
    const { code, err } = await project.run(["verify", signed, "--key", "release.pub", ...argv]);
    expect(code).toBe(1);
    return err;
  };
  expect(await fails("--policy", "huge")).toContain("It is of the policy `tiny`, and this guard of `huge`.");
  project.write(signed, project.read(signed).replace('"sig": "', '"sig": "A'));
  expect(await fails()).toContain(`No guard would take \`${signed}\`. None of the trusted keys has signed it`);
});
