/** A place to be tabbed to, with what stands there at first; the last one is 0. */
const stop = (place: number, text: string) => `\${${place}:${text}}`;
const choice = (place: number, ...words: readonly string[]) => `\${${place}|${words.join(",")}|}`;

const vocabularies = ["categories", "purposes", "recipients", "channels"].map((name) => `use std.${name}`).join("\n");

/** What is usually written with a keyword, by the rule of the grammar that it stands in. */
export const snippets: ReadonlyMap<string, string> = new Map([
  ["policyHeader policy", `policy ${stop(1, "company.subject")}\n\n${vocabularies}\n\n$0`],
  [
    "source source",
    `source ${stop(1, "name")} ${choice(2, "provided", "published", "observed", "public", "third_party")}
  collected for ${stop(3, "customer_care")}
  keep at most ${stop(4, "1 year")}
{
  ${stop(5, "field")} : ${stop(0, "category")}
}`,
  ],
  ["subject subject", `subject {\n  ${stop(1, "age")} : ${stop(0, "int 0..130")}\n}`],
  ["facts facts", `facts {\n  ${stop(1, "name")} : ${stop(0, "bool")}\n}`],
  ["condition condition", `condition ${stop(1, "name")} = ${stop(0, "subject.age >= 18")}`],
  ["duty duty", `duty ${stop(0, "name")}`],
  ["channel channel", `channel ${stop(1, "name")} reaches ${stop(0, "customer")}`],
  [
    "interaction interaction",
    `interaction ${stop(1, "name")} started by ${choice(2, "company", "customer")} {
  purposes ${stop(3, "customer_care")}
  channels ${stop(4, "email")}

  $0
}`,
  ],
  [
    "promise promise",
    `promise "${stop(1, "What customers were told.")}" {
  never ${stop(2, "use")} ${stop(3, "data")} for ${stop(0, "purpose")}
}`,
  ],
  [
    "test test",
    `test "${stop(1, "what is to hold")}" {
  in ${stop(2, "interaction")} for ${stop(3, "purpose")} on ${stop(4, "channel")}
  expect ${choice(5, "allow", "deny")} ${stop(6, "use")} ${stop(0, "source.field")}
}`,
  ],
  ["keep keep", `keep at most ${stop(0, "1 year")}`],
  ["source collected", "collected for "],
  ["source under", "under consent for "],
  ["interaction started", `started by ${choice(0, "company", "customer")}`],
  ["clause told", 'told "$0"'],
  ["clause because", 'because "$0"'],
  ["afterClause after", `after ${stop(1, "2")} per ${stop(0, "week")}`],
]);
