import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { allowed, misspelt, tiny } from "../fixtures/policies.ts";
import { type RunOptions, TestProject, testIo } from "../fixtures/project.ts";
import { main } from "../main.ts";

const flags = "decide --interaction talk --operation use --data notes.note --purpose help --channel desk".split(" ");

async function decideLines(stdin: string | Uint8Array, policy = tiny, options: RunOptions = {}) {
  const ran = await new TestProject({ "a.scruple": policy }).run(["decide"], { ...options, stdin });
  return {
    ...ran,
    decisions: ran.out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

describe("decide, from flags", () => {
  const run = async (more: string[], policy = tiny) => {
    const { code, out, err } = await new TestProject({ "a.scruple": policy }).run([...flags, ...more]);
    return { code, err, decision: JSON.parse(out) };
  };
  const needing = (condition: string, declarations = "") =>
    tiny
      .replace("source notes", `${declarations}\nsource notes`)
      .replace("under contract", `under contract\n    when ${condition}`);

  test("answers one request", async () => {
    const { code, decision } = await run(["--id", "r9"]);
    expect(code).toBe(0);
    expect(decision).toMatchObject({ id: "r9", decision: "allow", rules: ["talk.show"] });
  });

  test("reads facts as the policy types them", async () => {
    const policy = needing(
      "subject.age >= 18 and open and group_size > 2",
      "subject {\n  age : int 0..130\n}\nfacts {\n  open : bool\n}",
    );
    const { decision } = await run(["--subject", "age=34", "--fact", "open=true", "--fact", "group_size=3"], policy);
    expect(decision.decision).toBe("allow");
  });

  test("reads an age with the field, or among the facts", async () => {
    const policy = needing("data.age <= 30 days");
    const aged = flags.map((part) => (part === "notes.note" ? "notes.note@12 days" : part));
    const { out } = await new TestProject({ "a.scruple": policy }).run(aged);
    expect(JSON.parse(out).decision).toBe("allow");
    expect((await run(["--fact", "data.age=12 days"], policy)).decision.decision).toBe("allow");
    expect((await run(["--fact", "data.age=12 months"], policy)).decision.decision).toBe("deny");
    expect((await run([], policy)).decision).toMatchObject({ decision: "deny", missing: ["data.age"] });
  });

  test("takes a value of the wrong type for unknown, and says so", async () => {
    const { code, decision, err } = await run(["--fact", "group_size=many"], needing("group_size > 2"));
    expect(code).toBe(0);
    expect(decision).toMatchObject({ decision: "deny", missing: ["group_size"] });
    expect(err).toBe("`many` is no whole number from 1, so `group_size` counts as unknown.\n");
  });

  test("keeps apart no consent and no word of consent", async () => {
    const policy = tiny.replace("under contract", "under consent");
    expect((await run([], policy)).decision.missing).toEqual(["consents", "objections"]);
    expect((await run(["--no-consent", "--no-objection"], policy)).decision).toMatchObject({
      decision: "deny",
      missing: [],
    });
    expect((await run(["--consent", "help", "--no-objection"], policy)).decision.decision).toBe("allow");
    expect((await run(["--consent", "help@desk:explicit", "--objection", "help@any"], policy)).decision.decision).toBe(
      "deny",
    );
  });

  test("answers an undeclared name with the nearest, and exit code 1", async () => {
    const { code, decision } = await run(["--recipient", "persn"]);
    expect(code).toBe(1);
    expect(decision.errors.join()).toContain("Did you mean `person`?");
    expect((await run(["--fact", "wether=true"])).decision.errors).toHaveLength(1);
  });

  test("refuses a flag without a value", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    const { code, err } = await project.run([...flags, "--subject", "age"]);
    expect(code).toBe(2);
    expect(err).toContain("`--subject age` has no value.");
  });
});

describe("decide, from standard input", () => {
  test("answers each line in order", async () => {
    const { code, decisions } = await decideLines(
      [1, 2, 3].map((id) => `${JSON.stringify({ ...allowed, id, ...(id === 2 && { recipient: null }) })}\n`).join(""),
    );
    expect(code).toBe(0);
    expect(decisions.map(({ id, decision }) => [id, decision])).toEqual([1, 2, 3].map((id) => [id, "allow"]));
  });

  test("writes a decision in the documented order of keys", async () => {
    const { out } = await decideLines(JSON.stringify(allowed));
    expect(out).toMatch(
      /^\{"id":"r1","decision":"allow","rules":\["talk\.show"\],"because":\[\],"told":\["We read our notes to help you\."\],"basis":\["contract"\],"duties":\[\],"limits":\[\],"missing":\[\],"precision":null,"retryAfter":null,"model":"sha256:[0-9a-f]{64}","errors":\[\]\}\n$/,
    );
  });

  test("answers a line that is no JSON, no object or no UTF-8 with an error, and goes on", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`nonsense\n[1]\n`),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      Buffer.from(`${JSON.stringify(allowed)}\n`),
    ]);
    const { code, decisions, err } = await decideLines(bytes);
    expect(code).toBe(1);
    expect(decisions.map(({ id, decision, errors }) => [id, decision, errors.length])).toEqual([
      [null, "deny", 1],
      [null, "deny", 1],
      [null, "deny", 1],
      ["r1", "allow", 0],
    ]);
    expect(decisions[0].errors).toEqual(["Line 1 is not JSON."]);
    expect(decisions[2].errors).toEqual(["Line 3 is not UTF-8."]);
    expect(err).toBe("4 requests: 1 allowed, 3 denied, 3 of them for errors in the request\n");
  });

  test("says of each line with errors which names are nearest, and goes on", async () => {
    const lines = [{ ...allowed, purpose: "hlep", chanel: "desk" }, allowed, { ...allowed, data: "notes.nte" }];
    const { code, decisions } = await decideLines(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    expect(code).toBe(1);
    expect(decisions.map(({ id, decision, errors }) => [id, decision, errors])).toEqual([
      [
        "r1",
        "deny",
        [
          "`chanel` is no key of a request. Did you mean `channel`?",
          "There is no purpose `hlep`. Did you mean `help`?",
        ],
      ],
      ["r1", "allow", []],
      ["r1", "deny", ["There is no field `notes.nte`. Did you mean `notes.note`?"]],
    ]);
  });

  test("minds neither CRLF nor a byte order mark", async () => {
    const { code, decisions } = await decideLines(`\ufeff${JSON.stringify(allowed)}\r\n${JSON.stringify(allowed)}\r\n`);
    expect(code).toBe(0);
    expect(decisions).toHaveLength(2);
  });

  test("answers a blank line like any that is no JSON, so that answers stand as the lines do", async () => {
    const line = JSON.stringify(allowed);
    const { code, decisions } = await decideLines(`\n${line}\n\r\n  \n${line}\n`);
    expect(code).toBe(1);
    expect(decisions.map(({ id, decision, errors }) => [id, decision, ...errors])).toEqual([
      [null, "deny", "Line 1 is not JSON."],
      ["r1", "allow"],
      [null, "deny", "Line 3 is not JSON."],
      [null, "deny", "Line 4 is not JSON."],
      ["r1", "allow"],
    ]);
  });

  test("answers a line of more than a megabyte with an error", async () => {
    const long = JSON.stringify({ ...allowed, id: "x".repeat(1 << 20) });
    const { code, decisions } = await decideLines(`${long}\n${JSON.stringify(allowed)}\n`);
    expect(code).toBe(1);
    expect(decisions.map(({ decision }) => decision)).toEqual(["deny", "allow"]);
    expect(decisions[0].errors).toEqual(["Line 1 is longer than 1 MiB."]);
  });

  test("says why it reads no further where it cannot", async () => {
    const { io, out, err } = testIo(new TestProject({ "a.scruple": tiny }).root, {});
    const broken = async function* () {
      yield Buffer.from(`${JSON.stringify(allowed)}\n`);
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO", syscall: "read" });
    };
    expect(await main(["decide"], { ...io, stdin: Readable.from(broken()) })).toBe(2);
    expect(out()).toMatch(/^\{"id":"r1".+\n$/);
    expect(err()).toBe("error: Standard input could not be read: the device failed.\n");
  });

  test("answers nothing with nothing", async () => {
    expect(await decideLines("")).toMatchObject({ code: 0, out: "", err: "" });
  });

  test("decides nothing while the policy has errors", async () => {
    const { code, out, err } = await decideLines(JSON.stringify(allowed), misspelt);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("The policy `tiny` decides nothing: the errors come first.");
  });
});

describe("decide, choosing a policy", () => {
  const two = () =>
    new TestProject({
      "a.scruple": tiny,
      "b.scruple": tiny.replace("policy tiny", "policy other"),
      "c.scruple": "policy shared\n",
    });

  test("asks which one where there are several", async () => {
    const { code, err } = await two().run(["decide"], { stdin: "{}" });
    expect(code).toBe(2);
    expect(err).toContain("The project has several policies: `other`, `tiny`.\nChoose one with `--policy NAME`.");
  });

  test("suggests the nearest name", async () => {
    const { code, err } = await two().run(["decide", "--policy", "othr"], { stdin: "{}" });
    expect(code).toBe(2);
    expect(err).toContain("There is no policy `othr` in this project. Did you mean `other`?");
  });

  test("takes the one that is named", async () => {
    const { code } = await two().run(["decide", "--policy", "other"], { stdin: JSON.stringify(allowed) });
    expect(code).toBe(0);
  });

  test("says how to ask where nobody does", async () => {
    const { io, err } = testIo(two().root, {});
    const code = await main(["decide"], { ...io, stdin: Object.assign(Readable.from([]), { isTTY: true }) });
    expect(code).toBe(2);
    expect(err()).toContain("There is no request");
  });
});
