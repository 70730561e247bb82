import { compile } from "@scruple/compiler";
import { indexModel } from "@scruple/model";
import { expect, test } from "vitest";
import { printExpression } from "./print-expression.ts";

const conditions = [
  "subject.age >= 18 and not (subject.region = eu or outbound)",
  "(subject.age in 18..64 or member) and subject.age != 30",
  'subject.city in {"Oslo", "Rome"}',
  "subject.tags.contains(gold) and data.age <= 3 years",
  "local_time in 21:00..07:00 or today < 2027-01-31",
  "explicit consent for marketing and not objection",
  "not member or group_size > 1000",
  "subject.opened < subject.closed",
  "consent and subject.region in {eu, us}",
  "subject.`größe` > 180 and `treue-karte` and consent for `werbung-an-alle`",
];

test.each(conditions)("prints %s as it is written", (text) => {
  const program = compile([
    {
      path: "a.scruple",
      text: `policy shop
purpose marketing
purpose \`werbung-an-alle\`
subject {
  age : int 0..130  \`größe\` : int 0..300  region : eu | us | uk  city : text  tags : set of gold | new  opened : date  closed : date
}
facts { member : bool  \`treue-karte\` : bool }
condition asked = ${text}
`,
    },
  ]);
  const model = program.model("shop");
  if (model === null) throw new Error(program.diagnostics.map(({ message }) => message).join("\n"));
  const world = indexModel(model);
  const { expr } = world.conditions.get("shop.asked")!;
  expect(printExpression(world, expr)).toBe(text);
});
