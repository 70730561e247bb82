import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { evaluator, type Model } from "@scruple/model";
import { describe, expect, test } from "vitest";
import { commitAll, git } from "../fixtures/git.ts";
import { misspelt, tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

const shop = `policy shop

purpose marketing
purpose service
recipient customer
channel email reaches customer
channel sms reaches customer
category behaviour
category contact

source orders provided {
  purchases : behaviour
  returns : behaviour
  address : contact
}
subject {
  age : int 0..130
}
duty note

interaction offer started by company {
  purposes marketing, service
  channels email, sms

  deals: allow use behaviour
    for marketing
    under consent
    when subject.age >= 18
    then note

  enough: deny use any
    after 2 per week
}
`;
const widened = shop.replace("subject.age >= 18", "subject.age >= 16");

/** Two folders, or the working directory with a history. */
function twoFolders(base: string, head: string): TestProject {
  return new TestProject({ "base/a.scruple": base, "head/a.scruple": head });
}
async function compared(base: string, head: string, ...more: string[]) {
  const { code, out, err } = await twoFolders(base, head).run(["diff", "base", "head", "--format", "json", ...more]);
  return { code, err, diff: out === "" ? null : JSON.parse(out) };
}

describe("diff, of two folders", () => {
  test("has an entry a region, with a request that both decide as it says", async () => {
    const { code, diff } = await compared(shop, widened);
    expect(code).toBe(0);
    expect(diff).toMatchObject({ narrowed: [], duties: [], vocabulary: { added: [], removed: [] }, equal: false });
    expect(diff.widened).toEqual([
      {
        policy: "shop",
        request: {
          interaction: "offer",
          operation: "use",
          data: "orders.purchases",
          purpose: "marketing",
          channel: "email",
          subject: { age: 16 },
          consents: [{ purpose: "marketing", channel: "any" }],
          objections: [],
        },
        from: "deny",
        to: "allow",
        rules: { from: [], to: ["offer.deals"] },
        duties: { from: [], to: [{ name: "note", arguments: {} }] },
        limits: { from: [], to: [{ rule: "offer.enough", count: 2, per: 604_800, by: "subject" }] },
        bound: null,
        cells: 8,
        interactions: ["offer"],
        operations: ["use"],
        data: ["behaviour"],
        purposes: ["marketing"],
        channels: ["email", "sms"],
        areas: [],
        when: ["subject.age >= 16 and subject.age < 18 and consent and not objection"],
        given: null,
        causes: [{ rule: "offer.deals", change: "changed", file: "a.scruple", line: 25 }],
      },
    ]);
  });

  test("says what is bound otherwise, and nothing of what is only written otherwise", async () => {
    const other = shop.replace("after 2", "after 3").replace("then note", 'then note\n    told "We say so."');
    const { diff } = await compared(shop, other);
    expect([diff.widened, diff.narrowed, diff.duties.length]).toEqual([[], [], 1]);
    expect(diff.duties[0].limits).toMatchObject({ from: [{ count: 2 }], to: [{ count: 3 }] });
    const written = await compared(shop, shop.replace("subject.age >= 18", "not subject.age < 18"));
    expect(written.diff).toMatchObject({ equal: true });
  });

  test("matches a name that is certainly another for the same, and reports the rest", async () => {
    const renamed = shop.replaceAll("behaviour", "habits").replaceAll("marketing", "adverts");
    const { diff } = await compared(shop, renamed);
    expect(diff).toMatchObject({ widened: [], narrowed: [], duties: [], equal: false });
    expect(diff.vocabulary.renamed).toEqual([
      { kind: "category", from: "shop.behaviour", to: "shop.habits" },
      { kind: "purpose", from: "shop.marketing", to: "shop.adverts" },
    ]);
    const fresh = await compared(
      shop,
      shop.replace("purpose service", "purpose service\npurpose advice within service"),
    );
    expect(fresh.diff.vocabulary.added).toEqual([{ kind: "purpose", name: "shop.advice" }]);
  });

  test("asks each side without the facts that it does not know", async () => {
    const asked = shop
      .replace("subject {", "facts {\n  quiet_day : bool\n}\nsubject {")
      .replace("subject.age >= 18", "subject.age >= 18 and not quiet_day");
    const { diff } = await compared(shop, asked);
    expect(diff.vocabulary.added).toEqual([{ kind: "fact", name: "quiet_day" }]);
    expect(diff.narrowed.map(({ when }: { when: string[] }) => when)).toEqual([
      ["subject.age >= 18 and consent and not objection and (quiet_day or quiet_day is unknown)"],
    ]);
    expect(diff.widened).toEqual([]);
  });

  test("shows what went with an interaction that only what the company starts is allowed in", async () => {
    const starting = (name: string) => shop.slice(shop.indexOf("interaction")).replace("offer", name);
    const outbound = shop.replace("when subject.age >= 18", "when outbound") + starting("other");
    const { diff } = await compared(outbound, outbound.replace(/interaction offer[^}]*\}\n/, ""));
    expect(diff.narrowed.map(({ interactions }: { interactions: string[] }) => interactions)).toEqual([["offer"]]);
  });

  test("compares values that only one side knows as the unknown that they are", async () => {
    const older = shop.replace("int 0..130", "int 0..60");
    const { diff } = await compared(older, shop);
    expect(diff.vocabulary.retyped).toEqual([{ kind: "attribute", name: "subject.age" }]);
    expect(diff.widened.map(({ when }: { when: string[] }) => when)).toEqual([
      ["subject.age > 60 and consent and not objection"],
    ]);
  });

  test("shows what goes and comes with a whole policy, a source or an interaction", async () => {
    const project = new TestProject({
      "base/a.scruple": shop,
      "head/a.scruple": shop,
      "head/b.scruple": tiny,
    });
    const { out } = await project.run(["diff", "base", "head", "--format", "json"]);
    expect(
      JSON.parse(out).widened.map((entry: { policy: string; data: string[] }) => [entry.policy, entry.data]),
    ).toEqual([["tiny", ["any"]]]);
    const without = await compared(shop, shop.replace("  returns : behaviour\n", ""));
    expect(without.diff.narrowed.map(({ data, cells }: { data: string[]; cells: number }) => [data, cells])).toEqual([
      [["orders.returns"], 4],
    ]);
  });

  test.each([
    ["widened", widened, 1],
    ["narrowed", widened, 0],
    ["changed", widened, 1],
    ["changed", shop, 0],
  ])("fails on %s where that is so", async (what, head, wanted) => {
    expect((await compared(shop, head, "--fail-on", what)).code).toBe(wanted);
  });

  test.each([
    ["a limit that is gone", "  enough: deny use any\n    after 2 per week\n", "", "looser"],
    ["a limit that lets more pass", "after 2 per week", "after 3 per week", "looser"],
    ["one over a shorter time", "after 2 per week", "after 2 per day", "looser"],
    ["one that counts each channel for itself", "after 2 per week", "after 2 per week per channel", "looser"],
    ["a duty that is gone", "\n    then note", "", "looser"],
    ["a limit that lets less pass", "after 2 per week", "after 1 per week", "tighter"],
    ["one over a longer time", "after 2 per week", "after 2 per month", "tighter"],
    ["a duty that is new", "then note", "then note, tell", "tighter"],
    ["more in a longer time", "after 2 per week", "after 3 per month", "otherwise"],
    ["a limit that counts under another name", "enough:", "plenty:", "otherwise"],
    ["another duty", "then note", "then tell", "otherwise"],
  ])("holds %s to count in its direction", async (_what, from, to, bound) => {
    const [base, head] = [shop, shop.replace(from, to)].map((text) =>
      text.replace("duty note", "duty note\nduty tell"),
    );
    expect(head).not.toBe(base);
    const fails = async (what: string) => (await compared(base!, head!, "--fail-on", what)).code === 1;
    expect([await fails("widened"), await fails("narrowed"), await fails("changed")]).toEqual([
      bound !== "tighter",
      bound !== "looser",
      true,
    ]);
    const { diff } = await compared(base!, head!);
    expect(diff.duties.map((entry: { bound: string }) => entry.bound)).toEqual([bound]);
  });

  const levelled = (levels: string, rule: string) => `policy places
category location precision ${levels}
purpose care
recipient customer
channel email reaches customer
source home provided { address : location }
interaction offer started by customer {
  purposes care
  channels email
  ${rule}
}
`;
  const allowed = (level: string) => `near: allow disclose location at ${level} under contract told "We know."`;

  test.each([
    ["a finer level, allowed", "exact, city", allowed("city"), "exact, street, city", allowed("street"), "street"],
    ["a coarser level", "fine, mid, coarse", allowed("mid"), "fine, mid, coarse, extra", allowed("mid"), "extra"],
    ["a level between", "fine, mid, coarse", allowed("mid"), "fine, mid, extra, coarse", allowed("mid"), "extra"],
    [
      "a level by another name",
      "fine, mid, coarse",
      allowed("mid"),
      "fine, medium, coarse",
      allowed("medium"),
      "medium",
    ],
    [
      "a denial at a level between",
      "fine, mid, coarse",
      `${allowed("fine")}\n  not: deny disclose location at mid`,
      "fine, mid, extra, coarse",
      `${allowed("fine")}\n  not: deny disclose location at mid`,
      "extra",
    ],
  ])("shows what is allowed at %s", async (_what, levels, rule, others, other, asked) => {
    const { code, diff } = await compared(levelled(levels, rule), levelled(others, other), "--fail-on", "widened");
    expect({ code, notes: diff.notes }).toEqual({ code: 1, notes: [] });
    expect(diff.widened).toMatchObject([{ request: { precision: asked }, data: [`home.address at ${asked}`] }]);
    expect(diff.vocabulary.added).toContainEqual({ kind: "level", name: `places.location at ${asked}` });
  });

  test("shows what a request without a level gets where another level is the finest now", async () => {
    const [base, head] = [levelled("exact, city", allowed("city")), levelled("city", allowed("city"))];
    const { code, diff } = await compared(base, head, "--fail-on", "widened");
    expect(code).toBe(1);
    expect(diff.widened).toMatchObject([{ data: ["home.address at its finest"], request: { data: "home.address" } }]);
    expect(diff.widened[0].request).not.toHaveProperty("precision");
    expect((await compared(head, base, "--fail-on", "narrowed")).code).toBe(1);
  });

  test.each(["widened", "narrowed", "changed"])("fails on %s where not everything could be compared", async (what) => {
    const typed = shop.replace("int 0..130", "text").replace("subject.age >= 18", 'subject.age = "old"');
    const { code, diff } = await compared(shop, typed, "--fail-on", what);
    expect(code).toBe(1);
    expect(diff).toMatchObject({ equal: false, notes: [expect.stringContaining("`subject.age` is of another type")] });
    const [base, head] = [shop, shop.replace("purpose service", "purpose service within marketing")];
    const moved = await compared(base, head, "--fail-on", what);
    expect(moved.code).toBe(1);
    expect(moved.diff).toMatchObject({ equal: false, notes: [expect.stringContaining("within each other")] });
  });

  test("is written for people, and for a pull request", async () => {
    const project = twoFolders(shop, widened);
    const pretty = await project.run(["diff", "base", "head"]);
    expect(pretty.err).toBe("1 region allowed now\n");
    expect(pretty.out.split("\n").slice(0, 9)).toEqual([
      "Allowed now",
      "  + offer: use behaviour  8 combinations",
      "      for     marketing",
      "      on      email, sms",
      "      when    subject.age >= 16 and subject.age < 18 and consent and not objection",
      "      binds   note",
      "      binds   at most 2 in 1 week (offer.enough)",
      "      changed offer.deals  a.scruple:25",
      "      example use orders.purchases: deny (no rule) → allow (offer.deals)",
    ]);
    const { out } = await project.run(["diff", "base", "head", "--format", "markdown"]);
    expect(out.split("\n").slice(0, 5)).toEqual([
      "### Scruple: 1 region allowed now",
      "",
      "| | where | what | for | on | when | because of |",
      "|---|---|---|---|---|---|---|",
      "| 🟢 allowed now | `offer` | use `behaviour` | `marketing` | `email, sms` | `subject.age >= 16 and subject.age < 18 and consent and not objection`<br>binds `note`<br>binds `at most 2 in 1 week (offer.enough)` | `offer.deals` changed<br>`a.scruple:25` |",
    ]);
  });

  test("holds no Markdown of those who name files and rules", async () => {
    const name = "@team <img src=x> [click](http:x) | ::p.scruple";
    const rule = "<img>|@org[l](http:evil)";
    const project = new TestProject({
      [`base/${name}`]: shop,
      [`head/${name}`]: widened.replace("  deals:", `  \`${rule}\`:`),
    });
    const { out } = await project.run(["diff", "base", "head", "--format", "markdown"]);
    expect(out).toContain(rule);
    expect(out).toContain("[click](http:x)");
    const plain = out.replace(/```.*?```/gs, "").replace(/`[^`]+`/g, "");
    expect(plain).not.toMatch(/@|img|http/);
  });
});

describe("diff, in the words of a policy", () => {
  const pretty = async (base: string, head: string) => (await twoFolders(base, head).run(["diff", "base", "head"])).out;

  test("says by what it leaves out where that is shorter", async () => {
    const out = await pretty(shop.replace("    under consent\n", ""), shop);
    expect(out).toContain("      when    subject.age >= 18 unless consent and not objection\n");
    const always = shop.replace("    when subject.age >= 18\n", "");
    const forAll = await pretty(always.replace("    under consent\n", ""), always);
    expect(forAll).toContain("      unless  consent and not objection\n");
  });

  test("writes what duties ask for as the policy does", async () => {
    const timed = shop.replace("duty note", "duty note(within : duration)");
    const out = await pretty(
      timed.replace("then note", "then note(within = 2 days)"),
      timed.replace("then note", "then note(within = 36 hours)"),
    );
    expect(out).toContain("      binds   - note(within = 2 days)\n      binds   + note(within = 36 hours)\n");
  });

  test("blames no rule that changed for something else", async () => {
    const kept = shop.replace("source orders provided {", "source orders provided\n  keep at most 2 years\n{");
    const { diff } = await compared(
      kept,
      kept.replace("2 years", "1 year").replace("subject.age >= 18", "subject.age >= 18 and data.age <= 100 days"),
    );
    expect(diff.narrowed).toHaveLength(1);
    expect(diff.narrowed[0].causes.map(({ rule }: { rule: string }) => rule)).toEqual(["offer.deals", "orders.keep"]);
    const [region] = (
      await compared(kept, kept.replace("2 years", "1 year").replace("subject.age >= 18", "subject.age >= 21"))
    ).diff.narrowed;
    expect(region.when).toHaveLength(2);
    const younger = kept.replace("when subject.age >= 18", "when subject.age >= 18 and data.age <= 100 days");
    const earlier = younger.replace("2 years", "1 year").replace("subject.age >= 18", "subject.age >= 21");
    const found = (await compared(younger, earlier)).diff.narrowed;
    expect(found[0].causes.map(({ rule }: { rule: string }) => rule)).toEqual(["offer.deals"]);
  });
});

describe("diff, of git revisions and built models", () => {
  test("shows the line that a reviewer wants to see in the history of an example", async () => {
    const folder = new URL("../../../../examples/airline-know-me/policies/", import.meta.url);
    const files = Object.fromEntries(
      readdirSync(folder).map((name) => [`policies/${name}`, readFileSync(new URL(name, folder), "utf8")]),
    );
    const project = new TestProject({ "scruple.json": '{"include":["policies/**/*.scruple"]}', ...files });
    const commit = (message: string, path: string, from: string, to: string) => {
      const text = project.read(path);
      expect(text).toContain(from);
      project.write(path, text.replace(from, to));
      git(project, "commit", "-qam", message);
    };
    git(project, "init", "-q");
    git(project, "add", ".");
    git(project, "commit", "-qm", "as it was");
    git(project, "tag", "release-1");
    const [path] = Object.entries(files).find(([, content]) => content.includes("deals: allow"))!;
    commit("say it better", path, "/// Offers by email, to grown-ups", "/// What we offer by email, to grown-ups");
    commit("sixteen is grown-up enough", "policies/data.scruple", "subject.age >= 18", "subject.age >= 16");
    commit("fewer messages", path, "after 12 per day", "after 6 per day");
    commit("offers for everybody", path, "    when adult\n", "");

    const between = (base: string, head: string, ...more: string[]) => project.run(["diff", base, head, ...more]);
    expect(await between("release-1", "HEAD~3")).toMatchObject({
      code: 0,
      out: "",
      err: "No request is decided otherwise\n",
    });
    const younger = await between("HEAD~3", "HEAD~2");
    expect(younger.err).toBe("1 region allowed now\n");
    expect(younger.out).toContain(
      "      when    subject.age >= 16 and subject.age < 18 and consent and not objection\n",
    );
    const fewer = await between("HEAD~2", "HEAD~1", "--fail-on", "widened");
    expect(fewer).toMatchObject({ code: 0, err: "1 region bound otherwise\n" });
    expect(fewer.out).toContain("      binds   + at most 6 in 1 day (disruption_message.enough)\n");

    const { code, out } = await between("release-1", "HEAD", "--fail-on", "widened");
    expect(code).toBe(1);
    expect(out.match(/^ {2}[+~-] .*$/gm)).toEqual([
      "  + offer_email: disclose, use bookings.travel_history, bookings.email  8 combinations",
      "  ~ disruption_message: disclose, use contact_point, bookings.flight  36 combinations",
    ]);
    expect(out).toContain("when    (subject.age < 18 or subject.age is unknown) and consent and not objection");
    expect(out).toMatch(/changed offer_email\.deals {2}policies\/\S+\.scruple:\d+/);
    const { err } = await project.run(["diff", "relase-1"]);
    expect(err).toContain("`relase-1` is no folder, no built model and no git revision. Did you mean `release-1`?");
  });

  test("tells of a guardrail once, for all interactions that it was for", async () => {
    const guarded = `${shop}
interaction recall started by company {
  purposes service
  channels email
  notice: allow use behaviour under contract when subject.age >= 12
}
interaction thanks started by company {
  purposes marketing
  channels sms
  note: allow use orders.purchases under contract
}
young: deny use behaviour when subject.age < 14
`;
    const { diff } = await compared(guarded, guarded.replace(/young: .*/, ""));
    expect(diff.widened).toMatchObject([
      {
        interactions: ["recall", "thanks"],
        operations: ["use"],
        when: ["subject.age < 14 or subject.age is unknown"],
        given: "allowed",
        causes: [{ rule: "young", change: "removed" }],
      },
    ]);
  });

  test("a built model is as good as its project", async () => {
    const project = twoFolders(shop, widened);
    await project.run(["build", "--target", "json", "--out", "../built"], { cwd: "base" });
    const { code, out } = await project.run(["diff", "built/shop.model.json", "head", "--format", "json"]);
    expect(code).toBe(0);
    const [{ request }] = JSON.parse(out).widened;
    const model: Model = JSON.parse(project.read("built/shop.model.json"));
    expect(evaluator(model).decide(request).decision).toBe("deny");
  });
});

describe("diff, of folders within a project", () => {
  const inProject = (include: string, files: Readonly<Record<string, string>>) =>
    new TestProject({ "scruple.json": JSON.stringify({ include: [include] }), ...files });
  const laidOut = { "policies/p.scruple": widened, "base/policies/p.scruple": shop };
  const widenedOnly = { code: 1, err: "1 region allowed now\n" };
  const failing = ["--fail-on", "changed"];

  test("takes for itself what is none of the project", async () => {
    const project = inProject("policies/**/*.scruple", laidOut);
    for (const [base, head, cwd] of [
      ["base", ".", "."],
      ["base/policies", ".", "."],
      ["../base", ".", "policies"],
      ["base", "policies", "."],
      ["../base", "..", "policies"],
    ] as const) {
      expect(await project.run(["diff", base, head, ...failing], { cwd })).toMatchObject(widenedOnly);
    }
  });

  test("refuses to take for itself what is some of the project, and says how to", async () => {
    const project = inProject("**/*.scruple", { "old/p.scruple": shop, "new/p.scruple": widened });
    const { code, err } = await project.run(["diff", "old", "new", ...failing]);
    expect(code).toBe(2);
    expect(err).toContain(
      "`old` has only some of the policies of the project in `.`, which mean what they do together.",
    );
    for (const folder of ["old", "new"]) project.write(`${folder}/scruple.json`, "{}");
    expect(await project.run(["diff", "old", "new", ...failing])).toMatchObject(widenedOnly);
  });

  test("refuses to compare something with itself", async () => {
    const project = inProject("policies/**/*.scruple", laidOut);
    symlinkSync("base", project.path("link"));
    await project.run(["build"]);
    for (const [base, head, cwd] of [
      ["policies", ".", "."],
      [".", "..", "policies"],
      ["base", "link", "."],
      ["base", "base/policies", "."],
      ["generated/shop.model.json", "./generated/shop.model.json", "."],
    ] as const) {
      const { code, err } = await project.run(["diff", base, head, ...failing], { cwd });
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringContaining(`\`${base}\` and \`${head}\` are the same files`),
      });
    }
  });

  test("takes the working directory for its project, as it is and as it was", async () => {
    const project = inProject("**/*.scruple", { "a/p.scruple": shop, "b/q.scruple": tiny });
    commitAll(project);
    project.write("b/q.scruple", tiny.replace("allow use", "allow process"));
    project.write("a/p.scruple", widened);
    for (const argv of [["HEAD"], ["HEAD", "."], ["HEAD", project.path("a")]]) {
      const { code, err } = await project.run(["diff", ...argv, ...failing], { cwd: "a" });
      expect({ code, err }).toEqual({ code: 1, err: "3 regions allowed now\n" });
    }
  });
});

describe("diff, when the call is at fault", () => {
  const run = (argv: string[], files: Record<string, string> = {}) =>
    new TestProject({ "base/a.scruple": shop, "head/a.scruple": shop, ...files }).run(["diff", ...argv]);

  test("a folder that is in no repository knows no revisions", async () => {
    const { code, err } = await run(["HEAD~1"]);
    expect(code).toBe(2);
    expect(err).toContain(
      "`HEAD~1` is no folder and no built model, and the working directory is in no git repository.",
    );
  });

  test.each([
    ["no JSON", "x.model.json", "nonsense", "`x.model.json` could not be read as a built model: it is not JSON."],
    ["another file", "x.json", "{}", "`x.json` cannot be compared. It is no built model of this version."],
    ["nothing", "x.json", "null", "`x.json` cannot be compared. It is no built model of this version."],
    [
      "half a model",
      "x.model.json",
      '{"format":"scruple.model","version":1}',
      "`x.model.json` cannot be compared. It is no built model: `#` is not as it has to be.",
    ],
  ])("%s is no model", async (_what, name, content, message) => {
    const { code, err } = await run([name, "head"], { [name]: content });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("a policy that neither side has is no policy", async () => {
    const { code, err } = await run(["base", "head", "--policy", "shp"]);
    expect(code).toBe(2);
    expect(err).toContain("Neither side has a policy `shp` that decides anything. Did you mean `shop`?");
  });

  test("a folder without policies, and an unknown word after --fail-on", async () => {
    expect(await run(["base", "empty"], { "empty/readme": "" })).toMatchObject({ code: 2 });
    const { code, err } = await run(["base", "head", "--fail-on", "wider"]);
    expect(code).toBe(2);
    expect(err).toContain("It is one of widened, narrowed, changed.");
  });

  test("a policy with errors is not compared", async () => {
    const { code, err, out } = await twoFolders(tiny, misspelt).run(["diff", "base", "head"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("`head` cannot be compared: the errors come first.");
  });
});
