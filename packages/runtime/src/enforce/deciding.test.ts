import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { expect, test } from "vitest";
import { unknown } from "../index.ts";
import { dated, enforcement } from "./index.ts";

const text = `policy shop.gifts

purpose care
recipient customer
channel app reaches customer

category taste

source bought provided keep at most 3 years { size : taste }
source told provided keep at most 3 years { colour : taste }

interaction gift started by customer {
  purposes care
  channels app
  both: allow combine bought.size with told.colour when data.age <= 10 days
  own: allow combine told when data.age <= 10 days
  size: allow disclose bought.size when data.age <= 10 days
}
`;

const model = compile([{ path: "policies/gifts.scruple", text }]).model("shop.gifts");
if (model === null) throw new Error("The policy does not compile.");
const core = instantiate(model);
// biome-ignore lint/suspicious/noExplicitAny: there are no types of this policy
const shop = enforcement<any>(core) as any;
const now = "2026-01-14T09:00Z";
const guard = shop.inMemory({ now });
const call = { subject: "p1", on: "app" };
const joining = { ...call, operation: "combine", with: "told.colour", facts: { "data.age": "1 day" } };

test("an age for all data is that of what it is joined with too, whoever is asked", async () => {
  const asked = { interaction: "gift", operation: "combine", data: "bought.size", with: "told.colour" };
  const request = { ...asked, purpose: "care", channel: "app", facts: joining.facts };
  expect(core.decide(request).decision).toBe("allow");
  expect((await guard.gift.decide(joining, ["bought.size"])).decision).toBe("allow");
  expect((await guard.gift.minimize(joining, { "bought.size": "M" })).values).toEqual({ "bought.size": "M" });
  const old = { ...joining, facts: { "data.age": "11 days" } };
  expect((await guard.gift.decide(old, ["bought.size"])).decision).toBe("deny");
});

test("what is joined with itself is decided as `decide` does, and written down as that", async () => {
  const guard = shop.inMemory({ now });
  const asked = { ...joining, key: "k", with: "told.colour" };
  expect((await guard.gift.decide(asked, ["told.colour"])).decision).toBe("allow");
  expect(guard.entries.at(-1)).toMatchObject({ data: ["told.colour"], with: "told.colour" });
  expect((await guard.gift.decide({ ...asked, with: "bought.size" }, ["bought.size"])).because).toEqual([
    "No rule allows this.",
  ]);
  const { facts: _, ...ageless } = asked;
  const load = (since: string) => ({ "told.colour": () => dated("red", since) });
  expect(await guard.gift.act({ ...ageless, key: "new" }, load(now), () => 1)).toMatchObject({ done: true });
  expect(await guard.gift.act({ ...ageless, key: "old" }, load("2025-12-01"), () => 1)).toMatchObject({ done: false });
});

test("an age that is said to be unknown is as good as none: the loader tells it", async () => {
  const load = { "bought.size": () => dated("M", now) };
  for (const age of [undefined, null, unknown])
    expect((await guard.gift.show({ ...call, facts: { "data.age": age } }, load)).values).toEqual({
      "bought.size": "M",
    });
  expect((await guard.gift.show({ ...call, facts: { "data.age": "some" } }, load)).values).toEqual({});
});
