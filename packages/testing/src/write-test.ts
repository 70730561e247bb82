import { printValue } from "@scruple/analysis";
import { spell, spellRulePath } from "@scruple/compiler";
import { readDuration, type Value, type World } from "@scruple/model";
import type { Asked } from "./asked.ts";

interface Consent {
  readonly purpose: string;
  readonly channel: string;
  readonly explicit?: boolean;
}

/**
 * A test that asks a request, as it would stand in a file of the policy.
 *
 * @param names that are taken; the new one is added
 * @param title what to call it; by default after what is decided
 */
export function writeTest(
  world: World,
  { request, decision, interaction }: Omit<Asked, "policy">,
  names: Set<string>,
  title?: string,
): string {
  const field = (piece: unknown) => (typeof piece === "string" ? piece : (piece as { readonly field: string }).field);
  const joined = request.with === undefined ? "" : ` with ${spell(field(request.with))}`;
  const to = request.recipient === undefined ? "" : ` to ${spell(String(request.recipient))}`;
  const at = request.precision === undefined ? "" : ` at ${spell(String(request.precision))}`;
  const because = decision.rules.length === 0 ? "" : ` because ${decision.rules.map(spellRulePath).join(", ")}`;
  const given = givens(world, request);
  const act = `${request.operation} ${spell(field(request.data))}${joined}`;
  const name = unusedName(
    title ?? `${decision.decision} ${request.operation} ${field(request.data)} in ${interaction}`,
    names,
  );
  return [
    `test ${JSON.stringify(name)} {`,
    `  in ${spell(String(request.interaction))} for ${spell(String(request.purpose))} on ${spell(String(request.channel))}${to}`,
    ...(given.length === 0 ? [] : [`  given ${given.join(", ")}`]),
    `  expect ${decision.decision} ${act}${at}${because}`,
    "}",
    "",
  ].join("\n");
}

function unusedName(wanted: string, names: Set<string>): string {
  let name = wanted;
  for (let i = 2; names.has(name); i++) name = `${wanted} (${i})`;
  names.add(name);
  return name;
}

function givens(world: World, request: Asked["request"]): readonly string[] {
  const values = (key: "subject" | "facts", prefix: string) =>
    Object.entries((request[key] ?? {}) as Record<string, Value>).map(
      ([name, value]) => `${spell(prefix + name)} = ${valueText(world, prefix + name, value)}`,
    );
  const ages = [request.data, request.with].flatMap((piece) => {
    const age = typeof piece === "object" && piece !== null && "age" in piece ? readDuration(piece.age) : undefined;
    return age === undefined ? [] : [age];
  });
  // A test has one age for both pieces.
  const age = ages.length === 0 ? [] : [`data.age = ${printValue(world, "data.age", Math.max(...ages))}`];
  const on = ({ channel }: Consent) => (channel === "any" ? "" : ` on ${spell(channel)}`);
  return [
    ...values("subject", "subject."),
    ...values("facts", ""),
    ...age,
    ...(request.consents as readonly Consent[]).map(
      (one) => `${one.explicit ? "explicit " : ""}consent for ${spell(one.purpose)}${on(one)}`,
    ),
    ...(request.objections as readonly Consent[]).map((one) => `objection to ${spell(one.purpose)}${on(one)}`),
  ];
}

/** A value as a test gives it: a name of the policy's own may be spelt like a keyword. */
function valueText(world: World, fact: string, value: Value): string {
  if (typeof value === "object") return `{${value.map(spell).join(", ")}}`;
  return world.facts.get(fact)?.kind === "oneOf" ? spell(String(value)) : printValue(world, fact, value);
}
