import { describe, expect, test } from "vitest";
import { allowed, misspelt, tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

const shop = `policy shop

purpose marketing
purpose service
recipient customer
channel email reaches customer
channel sms reaches customer quiet 21:00..07:00
category behaviour

source orders provided {
  purchases : behaviour
}
subject {
  age : int 0..130
}
condition adult = subject.age >= 18

interaction offer started by company {
  purposes marketing, service
  channels email, sms

  deals: allow use behaviour
    for marketing
    under consent
    when adult
    told "If you agree, we write to you."

  enough: deny use any
    after 2 per week
}
`;
const flags = "explain --interaction offer --operation use --data orders.purchases --purpose marketing --channel email";

async function explained(more: string, policy = shop) {
  const project = new TestProject({ "policies/a.scruple": policy });
  return project.run(`${flags} ${more}`.split(" ").filter(Boolean));
}

describe("explain, for people", () => {
  test("keeps what customers were told on its line", async () => {
    const told = shop.replace("If you agree, we write to you.", "x\\n::error::y");
    const { out } = await explained("--subject age=20 --consent marketing@email --no-objection", told);
    expect(out.split("\n")[0]).toContain("Customers were told: “x␊::error::y”");
  });

  test("says why, shows the rules as a tree, and what would change it", async () => {
    const { code, out } = await explained("--subject age=12 --no-consent --no-objection");
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "deny  In `offer`, `orders.purchases` may not be used for `marketing` on `email`. No rule allows this. `offer.deals` would allow it, if only `subject.age >= 18` and `consent` held.",
        "",
        "Rules",
        "  ✗ allow offer.deals  does not apply  policies/a.scruple:22",
        "      ✗ subject.age >= 18  (subject.age is 12)  — adult",
        "      ✗ consent",
        "      ✓ not objection",
        "  ✓ limit offer.enough  counts, and denies once there were enough  policies/a.scruple:28",
        "",
        "What would change it",
        "  allow with subject.age = 18 and a consent for marketing on email",
        "",
      ].join("\n"),
    );
  });

  test("says what an allow brings with it", async () => {
    const { out } = await explained("--subject age=30 --consent marketing --no-objection");
    expect(out.split("\n")[0]).toBe(
      "allow  In `offer`, `orders.purchases` may be used for `marketing` on `email`. `offer.deals` allows it under consent. Customers were told: “If you agree, we write to you.” No more than 2 in 1 week, says `offer.enough`.",
    );
  });

  test("says of what nothing is known, and of which piece it is that is denied", async () => {
    const { out } = await explained("");
    expect(out).toContain("Nothing is known of consents, objections and `subject.age`.");
    expect(out).toContain(
      "  allow with subject.age = 18 and a consent for marketing on email, once it is known that there is no objection\n",
    );
    const both = await explained(
      "--subject age=30 --consent marketing --no-objection --data orders.address",
      shop
        .replace("purchases : behaviour", "purchases : behaviour\n  address : contact")
        .replace("category behaviour", "category behaviour\ncategory contact"),
    );
    expect(both.out).toContain("That is because of `orders.address`: several are decided all or nothing.");
  });

  test("says of which piece of several what, and each thing once", async () => {
    const several = shop
      .replace("purchases : behaviour", "purchases : behaviour\n  visits : behaviour\n  home : place")
      .replace("category behaviour", "category behaviour\ncategory place\ncategory taste")
      .replace("enough:", "homes: allow use place under contract when subject.age >= 21\n  enough:");
    const told = async (data: string, age = 12) => {
      const more = data
        .split(" ")
        .map((one) => `--data orders.${one}`)
        .join(" ");
      const { out } = await explained(`${more} --subject age=${age} --consent marketing --no-objection`, several);
      return /No rule allows this\. (.*)/.exec(out)?.[1];
    };
    expect(await told("visits")).toBe("`offer.deals` would allow it, if only `subject.age >= 18` held.");
    expect(await told("visits home")).toBe(
      "`offer.deals` would allow `orders.purchases` and `orders.visits`, if only `subject.age >= 18` held. `offer.homes` would allow `orders.home`, if only `subject.age >= 21` held.",
    );
    expect(await told("home", 20)).toBe("`offer.homes` would allow `orders.home`, if only `subject.age >= 21` held.");
  });

  test("says the age of those pieces alone that would have another", async () => {
    const kept = shop.replace("source orders provided", "source orders provided keep at most 30 days");
    const project = new TestProject({
      "a.scruple": kept.replace("purchases : behaviour", "purchases : behaviour visits : behaviour"),
    });
    const asked = { interaction: "offer", operation: "use", purpose: "marketing", channel: "email" };
    const data = [
      { field: "orders.purchases", age: 3_000_000 },
      { field: "orders.visits", age: 60 },
    ];
    const known = { subject: { age: 30 }, consents: [{ purpose: "marketing", channel: "any" }], objections: [] };
    const { out } = await project.run(["explain"], { stdin: JSON.stringify({ ...asked, data, ...known }) });
    expect(out).toContain("What would change it\n  allow where orders.purchases is 1 month old\n");
  });

  test("takes back of a list what stands in the way, and what cannot be read", async () => {
    const project = new TestProject({ "a.scruple": shop });
    const consents = [null, 5, { purpose: "marketing" }, { purpose: "service", channel: "any" }];
    const objections = [
      { purpose: "service", channel: "email" },
      { purpose: "marketing", channel: "any" },
      { purpose: "pigeons", channel: "any" },
    ];
    const asked = { interaction: "offer", operation: "use", data: "orders.purchases", purpose: "marketing" };
    const raw = { ...asked, channel: "email", subject: { age: 30 }, consents, objections };
    const { out } = await project.run(["explain"], { stdin: JSON.stringify(raw) });
    expect(out).toContain(
      "  allow with a consent for marketing on email, no objection to marketing and no objection to pigeons\n",
    );
  });

  test("says when waiting helps", async () => {
    const { out } = await explained(
      "--channel sms --subject age=30 --consent marketing --no-objection --fact local_time=22:30",
    );
    expect(out).toContain("`sms.quiet` forbids it.");
    expect(out).toContain("Waiting helps: it is allowed in 8 hours and 31 minutes, at 07:01.");
    expect(out).toContain("  allow with local_time = 07:01\n  allow on `email` instead of `sms`");
  });

  test("says durations in units that people know", async () => {
    const kept = shop.replace("source orders provided", "source orders provided keep at most 30 days");
    const { out } = await explained("--subject age=30 --consent marketing --no-objection --fact data.age=100000", kept);
    expect(out).toContain("✗ data.age > 1 month  (data.age is 1 day 3 hours 46 minutes 40 seconds)");
    expect(out).toContain("  deny  with data.age = 1 month 1 second\n");
  });

  test("says on which day, in days, hours and minutes", async () => {
    const embargo = shop.replace("when adult", "when adult\n    and today >= 2026-12-01");
    const flags = "--channel sms --subject age=30 --consent marketing --no-objection --fact today=2026-11-21";
    const { out } = await explained(`${flags} --fact local_time=22:30`, embargo);
    expect(out).toContain("Waiting helps: it is allowed in 9 days, 8 hours and 31 minutes, at 07:01 on 2026-12-01.");
    const unhurried = await explained(flags, embargo.replace("quiet 21:00..07:00", ""));
    expect(unhurried.out).toContain("Waiting helps: it is allowed in 10 days, on 2026-12-01.");
  });

  test("says what is wrong with a request, and exits with 1", async () => {
    const { code, out } = await explained("--recipient custmer");
    expect(code).toBe(1);
    expect(out).toBe(
      "deny  The request has an error, and is denied whatever the policy says.\nThere is no recipient `custmer`. Did you mean `customer`?\n\n",
    );
  });
});

describe("explain, as JSON", () => {
  test("has the decision, rules with their parts, and changes", async () => {
    const { code, out } = await explained("--subject age=30 --no-consent --no-objection --format json");
    expect(code).toBe(0);
    const { decision, rules, changes, wait } = JSON.parse(out);
    expect(decision).toMatchObject({ decision: "deny", rules: [], errors: [] });
    expect(rules[0]).toMatchObject({
      rule: "offer.deals",
      effect: "allow",
      condition: "false",
      parts: [
        { text: "subject.age >= 18", value: "true", facts: { "subject.age": 30 } },
        { text: "consent", value: "false" },
        { text: "not objection", value: "true" },
      ],
      file: "policies/a.scruple",
    });
    expect(changes).toEqual([{ set: { consents: [{ purpose: "marketing", channel: "email" }] }, decision: "allow" }]);
    expect(wait).toBeNull();
  });

  test("takes the request from standard input", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    const { code, out } = await project.run(["explain", "--format", "json"], { stdin: `${JSON.stringify(allowed)}\n` });
    expect(code).toBe(0);
    expect(JSON.parse(out).decision).toMatchObject({ id: "r1", decision: "allow" });
  });
});

describe("explain, when the call is at fault", () => {
  const answer = (stdin: string, policy = tiny) => new TestProject({ "a.scruple": policy }).run(["explain"], { stdin });

  test.each([
    ["nothing", "", "There is no request: neither flags nor standard input hold one."],
    ["words", "nonsense", "Standard input holds no JSON."],
    ["several requests", "{}\n{}\n", "Standard input holds several requests, and one is explained at a time."],
    ["a megabyte", `"${"x".repeat(1 << 20)}"`, "Standard input holds more than 1 MiB, which is no single request."],
  ])("%s on standard input", async (_what, stdin, message) => {
    const { code, out, err } = await answer(stdin);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  test("a request that is no object is explained as what it is", async () => {
    const { code, out } = await answer("[1]");
    expect(code).toBe(1);
    expect(out).toContain("A request is a JSON object.");
  });

  test("a policy with errors explains nothing", async () => {
    const { code, out, err } = await answer(JSON.stringify(allowed), misspelt);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("the errors come first");
  });
});
