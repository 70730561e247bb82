import { expect, test } from "vitest";
import { compared, counts, shop } from "../fixtures/compared.ts";
import { TestProject } from "../fixtures/project.ts";

const limited = (text: string) => text.replace("2 per day", "2 per day per channel");
const texts = shop
  .replace("policy shop", "policy acme")
  .replace("interest\n", 'interest when subject.site in {"acme.com", "acme.de"} then note(to = "acme.crm")\n')
  .replace("  enough: deny use any after 2 per day\n", "");

test("a policy's new name renames its declarations, and no text", async () => {
  const renamed = texts.replace("policy acme", "policy shop");
  const alone = await compared(texts, renamed);
  expect([counts(alone.diff), alone.failing]).toEqual([
    [0, 0, 0, 0],
    [false, false],
  ]);
  const { diff, failing } = await compared(texts, renamed.replaceAll('"acme.', '"shop.'));
  expect(diff.widened).toMatchObject([{ request: { subject: { site: "shop.com" } } }]);
  expect(diff.narrowed).toMatchObject([{ request: { subject: { site: "acme.com" } } }]);
  expect(failing).toEqual([true, true]);
});

test("a policy's new name is not that of a policy that begins with it", async () => {
  const words = "policy acme.vocab\npurpose p\ncategory behaviour special\n";
  const policy = (name: string) => `policy ${name}
use acme.vocab
recipient customer
channel sms reaches customer
source orders provided { size : behaviour }
interaction offer started by company {
  purposes p
  channels sms
  deals: allow use behaviour under contract
}
`;
  const project = new TestProject({
    "base/words.scruple": words,
    "base/a.scruple": policy("acme"),
    "head/words.scruple": words,
    "head/a.scruple": policy("shop"),
  });
  const { out, code } = await project.run(["diff", "base", "head", "--fail-on", "widened"]);
  expect({ out, code }).toEqual({ out: "Vocabulary\n  policy `acme` is called `shop` now\n\n", code: 0 });
});

test.each([
  ["interaction", "interaction offer", "interaction offers", "shop/offer.enough", "offers.enough"],
  ["policy", "policy shop", "policy store", "shop/offer.enough", "offer.enough"],
])("a limit counts anew under the new name of its %s", async (kind, from, to, before, after) => {
  const { diff, pretty, failing } = await compared(shop, shop.replace(from, to));
  expect([counts(diff), failing]).toEqual([
    [0, 0, 1, 0],
    [true, true],
  ]);
  expect(diff.vocabulary.renamed).toMatchObject([{ kind }]);
  expect(diff.duties).toMatchObject([{ bound: "otherwise", limits: { from: [{ counter: before }] } }]);
  expect(pretty).toContain(`- at most 2 in 1 day (counted as ${before})\n`);
  expect(pretty).toContain(`+ at most 2 in 1 day (${after})\n`);
});

test("a channel by whose name a limit counts is no other by its looks", async () => {
  const rename = (text: string) => text.replaceAll("sms", "text_message");
  const plain = await compared(shop, rename(shop));
  expect([counts(plain.diff), plain.failing]).toEqual([
    [0, 0, 0, 0],
    [false, false],
  ]);
  const { diff } = await compared(limited(shop), rename(limited(shop)));
  expect(counts(diff)).toEqual([1, 1, 0, 0]);
  expect(diff.vocabulary).toMatchObject({ renamed: [], alike: [{ kind: "channel", from: "shop.sms" }] });
});

test.each([
  ["field", "size", "pregnancy_test", shop.replace("use behaviour", "use orders.size")],
  ["attribute", "site", "address", shop.replace("_interest", '_interest when subject.site = "a"')],
  ["fact", "busy", "pregnant", shop.replace("_interest", "_interest when busy")],
])("%s: what looks alike is another one, since only its name ties it to data", async (kind, from, to, base) => {
  const { diff, failing } = await compared(base, base.replaceAll(from, to));
  expect(counts(diff)).toEqual([1, 1, 0, 0]);
  expect(failing).toEqual([true, true]);
  expect(diff.vocabulary).toMatchObject({ renamed: [], alike: [{ kind }] });
});

test("a limit that comes to count all channels together begins at nothing", async () => {
  const { diff } = await compared(limited(shop), shop);
  expect(diff.duties).toMatchObject([{ bound: "otherwise" }]);
});
