import { generateKeyPairSync } from "node:crypto";
import { FileTrail, type FileTrailOptions, pseudonym, type Recorded } from "@scruple/audit";
import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { enforcement, InMemoryLimits, InMemoryPermissions } from "@scruple/runtime/enforce";
import { describe, expect, test } from "vitest";
import { tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

type Entry = Recorded["entry"];
const key = "0123456789abcdef0123456789abcdef";
const first = "trail/0000000000000000.jsonl";

const bought: Entry = {
  at: "2026-11-20T09:30:00.000Z",
  policy: "shop.customers",
  model: `sha256:${"ab".repeat(32)}`,
  interaction: "offer_email",
  operation: "use",
  data: ["orders.purchases"],
  with: null,
  purpose: "direct_marketing",
  channel: "email",
  recipient: null,
  precision: null,
  subject: pseudonym(key)("p-17"),
  act: null,
  decision: "allow",
  rules: ["offer_email.deals"],
  basis: ["consent for direct_marketing"],
  conditions: { "offer_email.deals": "true", "offer_email.enough": "true" },
  missing: [],
  duties: ["record_contact"],
  limits: ["offer_email.enough"],
  outcome: "done",
  errors: 0,
};
const refused: Entry = {
  ...bought,
  at: "2026-11-21T23:59:59.999Z",
  subject: pseudonym(key)("p-18"),
  decision: "deny",
  rules: [],
  basis: [],
  conditions: { "offer_email.deals": "unknown", "offer_email.plain": "false" },
  missing: ["subject.age"],
  duties: [],
  limits: [],
  outcome: "withheld",
};
const forbidden: Entry = {
  ...refused,
  at: "2026-11-22T00:00:00.000Z",
  interaction: "desk",
  operation: "disclose",
  data: ["orders.purchases", "orders.total"],
  channel: "in_person",
  recipient: "customer",
  subject: null,
  rules: ["orders.keep", "private_matters"],
  conditions: {},
  missing: [],
  outcome: "decided",
};

/** A project with a trail of three entries, and the key that stands behind it. */
async function trail(options: Partial<FileTrailOptions> = {}, entries = [bought, refused, forbidden]) {
  const project = new TestProject({ "audit.key": `${key}\n`, "other.key": "f".repeat(32), "short.key": "secret" });
  const file = await FileTrail.open({ folder: project.path("trail"), ...options });
  for (const entry of entries) await file.append(entry);
  await file.close();
  return { project, last: `${file.last.index}:${file.last.hash}` };
}

describe("audit verify", () => {
  test("says that a trail is as it was written, and up to where", async () => {
    const { project, last } = await trail();
    const { code, out, err } = await project.run(["audit", "verify", "trail"]);
    expect({ code, out }).toEqual({ code: 0, out: `✓ ${last}\n` });
    expect(err).toBe(
      "3 entries in 1 file, from 2026-11-20T09:30:00.000Z to 2026-11-22T00:00:00.000Z: as they were written\n" +
        "That nobody wrote all of it anew, only a receipt from elsewhere can show: `--head`, next time.\n",
    );
    const known = await project.run(["audit", "verify", first, "--head", last]);
    expect(known).toMatchObject({ code: 0, out: `✓ ${last}\n` });
    expect(known.err).not.toContain("--head");
  });

  test("says at which entry it is not", async () => {
    const { project } = await trail();
    project.write(first, project.read(first).replace('"withheld"', '"done"'));
    const { code, out, err } = await project.run(["audit", "verify", "trail"]);
    expect({ code, err }).toEqual({ code: 1, err: "not as it was written: 1 finding\n" });
    expect(out).toBe(
      "✗ 0000000000000000.jsonl:3  Entry 1 does not follow from what stands before it: it, or the one before, was changed.\n",
    );
  });

  test("knows by a receipt that the end is gone, of a copy as well", async () => {
    const { project, last } = await trail();
    project.write("copy.jsonl", `${project.read(first).trimEnd().split("\n").slice(0, -1).join("\n")}\n`);
    expect(await project.run(["audit", "verify", "copy.jsonl"])).toMatchObject({ code: 0 });
    const { code, out } = await project.run(["audit", "verify", "copy.jsonl", "--head", last]);
    expect(code).toBe(1);
    expect(out).toContain("✗ copy.jsonl  Entry 2 is missing at the end: entry 2 was acknowledged.\n");
  });

  test("as JSON", async () => {
    const { project } = await trail();
    const whole = await project.run(["audit", "verify", "trail", "--format", "json"]);
    expect(JSON.parse(whole.out)).toMatchObject({
      whole: true,
      entries: 3,
      files: 1,
      last: { index: 2 },
      breaches: [],
    });
    expect(whole.err).toBe("");
    project.write(first, project.read(first).replace("p", "q"));
    const { code, out } = await project.run(["audit", "verify", "trail", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      whole: false,
      breaches: [{ kind: "unreadable", file: "0000000000000000.jsonl", line: 1, index: 0 }],
    });
  });

  test("with a public key takes only what was signed with it", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const { project } = await trail({ signWith: privateKey });
    project.write("audit.pub", publicKey.export({ type: "spki", format: "pem" }));
    const other = generateKeyPairSync("ed25519").publicKey;
    project.write("other.pub", other.export({ type: "spki", format: "pem" }));
    expect((await project.run(["audit", "verify", "trail", "--public-key", "audit.pub"])).code).toBe(0);
    expect(await project.run(["audit", "verify", "trail", "--public-key", "other.pub"])).toMatchObject({
      code: 1,
      out: "✗ head.json  It is not signed with this key.\n",
    });
    expect(await project.run(["audit", "verify", first, "--public-key", "audit.pub"])).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("is one file, which holds nothing that is signed: give the key for its folder"),
    });
  });
});

describe("audit show", () => {
  const shown = async (...argv: string[]) => {
    const { project } = await trail();
    return project.run(["audit", "show", "trail", ...argv]);
  };

  test("explains each entry in a sentence or two", async () => {
    const { code, out, err } = await shown();
    expect({ code, err }).toEqual({ code: 0, err: "3 of 3 entries\n" });
    const who = (id: string) => `${pseudonym(key)(id).slice(0, 22)}…`;
    expect(out).toBe(
      [
        `#0 2026-11-20 09:30:00.000 UTC  allow, done  shop.customers  ${who("p-17")}`,
        "  In `offer_email`, `orders.purchases` was used for `direct_marketing` on `email`. `offer_email.deals` allows it under consent for direct_marketing. It counts against `offer_email.enough`. It takes `record_contact`.",
        `#1 2026-11-21 23:59:59.999 UTC  deny, withheld  shop.customers  ${who("p-18")}`,
        "  In `offer_email`, `orders.purchases` was not used for `direct_marketing` on `email`. Nothing allowed it. `offer_email.plain` did not hold. Whether `offer_email.deals` held was not known. Not known: `subject.age`.",
        "#2 2026-11-22 00:00:00.000 UTC  deny, decided  shop.customers",
        "  In `desk`, `orders.purchases` and `orders.total` may not be disclosed for `direct_marketing` on `in_person` to `customer`. `orders.keep` and `private_matters` forbid it.",
        "",
      ].join("\n"),
    );
  });

  test.each([
    [["--interaction", "desk"], [2]],
    [
      ["--rule", "offer_email.deals"],
      [0, 1],
    ],
    [["--rule", "orders.keep"], [2]],
    [
      ["--decision", "deny"],
      [1, 2],
    ],
    [["--outcome", "withheld"], [1]],
    [
      ["--since", "2026-11-21"],
      [1, 2],
    ],
    [
      ["--until", "2026-11-21"],
      [0, 1],
    ],
    [["--since", "2026-11-20T10:30+01:00", "--until", "2026-11-20T09:30:00.001"], [0]],
    [["--subject", "p-18", "--key-file", "audit.key"], [1]],
    [["--subject", "p-18", "--key-file", "other.key", "--key-file", "audit.key"], [1]],
    [["--subject", "p-18", "--key-file", "other.key"], []],
    [["--decision", "deny", "--interaction", "offer_email"], [1]],
  ])("picks by %j", async (argv, expected) => {
    const { out } = await shown(...argv, "--format", "json");
    const lines = out.split("\n").filter((line) => line !== "");
    expect(lines.map((line) => JSON.parse(line).index)).toEqual(expected);
  });

  test("says that what was refused as a repeat was not done, and picks it", async () => {
    const { project } = await trail({}, [bought, { ...bought, outcome: "repeated" }]);
    const { out, err } = await project.run(["audit", "show", "trail", "--outcome", "repeated"]);
    expect(err).toBe("1 of 2 entries\n");
    expect(out.split("\n")[0]).toMatch(/^#1 .*allow, repeated /);
    expect(out).toContain(
      "`orders.purchases` was not used for `direct_marketing` on `email`. `offer_email.deals` allows it under consent for direct_marketing. Its key was used before. It takes",
    );
  });

  test.each(["undone", "constructor"])("does not say that what became `%s` was done", async (outcome) => {
    const { project } = await trail({}, [{ ...bought, outcome: outcome as Entry["outcome"] }]);
    const { out } = await project.run(["audit", "show", "trail"]);
    expect(out).toContain("`orders.purchases` may have been used for");
  });

  test("writes an entry as JSON with its receipt", async () => {
    const { out, err } = await shown("--format", "json", "--until", "2026-11-20");
    const { index, hash, entry } = JSON.parse(out);
    expect({ index, entry, err }).toEqual({ index: 0, entry: bought, err: "" });
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("suggests the nearest name where none fits", async () => {
    expect((await shown("--interaction", "offer_emial")).err).toBe(
      "0 of 3 entries\nNo entry has the interaction `offer_emial`. Did you mean `offer_email`?\n",
    );
    expect((await shown("--rule", "orders.kep")).err).toContain("Did you mean `orders.keep`?");
  });

  test("goes on behind a line that is no entry, and says so", async () => {
    const { project } = await trail();
    project.write(first, project.read(first).replace('"outcome":"withheld"', '"outcome":3'));
    const { code, out, err } = await project.run(["audit", "show", "trail"]);
    expect(code).toBe(1);
    expect(out).toContain("#2 ");
    expect(err).toBe("2 of 3 entries\nerror: 1 line cannot be read. `scruple audit verify trail` says where.\n");
  });

  test("names no line at the end that verifying does not", async () => {
    const { project } = await trail();
    project.write(first, `${project.read(first)}{"index":3,"hash":"sha256:${"0".repeat(64)}","entry":{}}\n`);
    expect((await project.run(["audit", "show", "trail"])).err).toContain("1 line cannot be read.");
    const { code, out } = await project.run(["audit", "verify", "trail"]);
    expect(code).toBe(0);
    expect(out).toContain("ends from line 5 on with what was not acknowledged");
  });

  test("does not let what an entry holds move the cursor", async () => {
    const { project } = await trail({}, [{ ...bought, purpose: "\u001b[2Jgone", at: "\u001b[2J" }]);
    const { out } = await project.run(["audit", "show", "trail"]);
    expect(out).toContain("␛[2Jgone");
    expect(out).not.toContain("\u001b");
  });
});

test("what a guard did for somebody is found again, and verifies", async () => {
  const project = new TestProject({ "audit.key": `${key}\n` });
  const audit = await FileTrail.open({ folder: project.path("trail") });
  const model = compile([{ path: "a.scruple", text: tiny }]).model("tiny");
  const guard = enforcement(instantiate(model!))({
    stores: { permissions: new InMemoryPermissions(), limits: new InMemoryLimits(), audit },
    subject: () => ({}),
    pseudonym: pseudonym(key),
    now: () => Date.parse("2026-11-22T09:30Z"),
  } as never) as unknown as { talk: { act(call: object, load: object, action: () => void): Promise<unknown> } };
  for (const [subject, on] of [
    ["p-17", "desk"],
    ["p-18", "rooftop"],
  ]) {
    const call = { subject, on, key: `note of ${subject}`, facts: {} };
    await guard.talk.act(call, { "notes.note": () => "wears a blue hat" }, () => {});
  }
  await audit.close();
  expect((await project.run(["audit", "verify", "trail"])).err).toContain("3 entries in 1 file");
  const { out } = await project.run(["audit", "show", "trail", "--subject", "p-18", "--key-file", "audit.key"]);
  const who = pseudonym(key)("p-18").slice(0, 22);
  expect(out).toBe(
    `#2 2026-11-22 09:30:00.000 UTC  deny, withheld  tiny  ${who}…\n  What was asked of \`talk\` was no proper request: it was wrong in one point.\n`,
  );
  expect(project.read(first)).not.toMatch(/p-1[78]|blue|rooftop/);
});

describe("a call at fault:", () => {
  test.each([
    [["audit"], "Usage: scruple audit"],
    [["audit", "vrify", "trail"], "There is no command `vrify`. Did you mean `verify`?"],
    [["audit", "verify"], "The argument `trail` is missing."],
    [["audit", "verify", "."], "holds no audit trail."],
    [["audit", "show", "."], "holds no audit trail."],
    [["audit", "verify", "gone"], "There is no file or folder `gone`."],
    [["audit", "show", "gone"], "There is no file or folder `gone`."],
    [["audit", "verify", "trail", "--head", "41"], "It has to be an index and a hash, such as 41:sha256:…."],
    [["audit", "verify", "trail", "--public-key", "audit.key"], "`audit.key` holds no key that can be used here."],
    [["audit", "show", "trail", "--since", "2026-02-30"], "It has to be a day or a moment"],
    [["audit", "show", "trail", "--since", "yesterday"], "It has to be a day or a moment"],
    [
      ["audit", "show", "trail", "--outcome", "lost"],
      "It is one of decided, withheld, begun, done, exhausted, repeated, failed.",
    ],
    [["audit", "show", "trail", "--subject", "p-17"], "`--subject` needs the key that it was written with."],
    [
      ["audit", "show", "trail", "--subject", "p-17", "--key-file", "short.key"],
      "`short.key` holds no key. The key has 6 bytes",
    ],
    [["audit", "show", "trail", "--subject", "p-17", "--key-file", "gone.key"], "`gone.key` could not be read"],
  ])("%j", async (argv, message) => {
    const { project } = await trail();
    const { code, out, err } = await project.run(argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});

test.each(["verify", "show"])("the help of audit %s has examples", async (command) => {
  const { code, out } = await new TestProject({}).run(["audit", command, "--help"]);
  expect(code).toBe(0);
  expect(out).toContain(`Examples:\n  scruple audit ${command} trails/desk`);
});
