import { printValue } from "@scruple/analysis";
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
  const joined = request.with === undefined ? "" : ` with ${quoted(field(request.with))}`;
  const to = request.recipient === undefined ? "" : ` to ${quoted(String(request.recipient))}`;
  const at = request.precision === undefined ? "" : ` at ${quoted(String(request.precision))}`;
  const because = decision.rules.length === 0 ? "" : ` because ${decision.rules.map(rulePath).join(", ")}`;
  const given = givens(world, request);
  const act = `${request.operation} ${quoted(field(request.data))}${joined}`;
  const name = unusedName(
    title ?? `${decision.decision} ${request.operation} ${field(request.data)} in ${interaction}`,
    names,
  );
  return [
    `test ${JSON.stringify(name)} {`,
    `  in ${quoted(String(request.interaction))} for ${quoted(String(request.purpose))} on ${quoted(String(request.channel))}${to}`,
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
      ([name, value]) => `${prefix}${quoted(name, true)} = ${printValue(world, prefix + name, value)}`,
    );
  const ages = [request.data, request.with].flatMap((piece) => {
    const age = typeof piece === "object" && piece !== null && "age" in piece ? readDuration(piece.age) : undefined;
    return age === undefined ? [] : [age];
  });
  // A test has one age for both pieces.
  const age = ages.length === 0 ? [] : [`data.age = ${printValue(world, "data.age", Math.max(...ages))}`];
  const on = ({ channel }: Consent) => (channel === "any" ? "" : ` on ${quoted(channel)}`);
  return [
    ...values("subject", "subject."),
    ...values("facts", ""),
    ...age,
    ...(request.consents as readonly Consent[]).map(
      (one) => `${one.explicit ? "explicit " : ""}consent for ${quoted(one.purpose)}${on(one)}`,
    ),
    ...(request.objections as readonly Consent[]).map((one) => `objection to ${quoted(one.purpose)}${on(one)}`),
  ];
}

/** A dotted name with whatever is no plain word between backticks. */
export function quoted(path: string, isFact = false): string {
  if (isFact && path === "data.age") return path;
  return path
    .split(".")
    .map((part) => (/^[A-Za-z_]\w*$/.test(part) ? part : `\`${part}\``))
    .join(".");
}

/** `interaction.#2` stays as it is. */
function rulePath(path: string): string {
  const at = path.indexOf("/");
  const rule = path
    .slice(at + 1)
    .split(".")
    .map((part) => (/^([A-Za-z_]\w*|#\d+)$/.test(part) ? part : `\`${part}\``))
    .join(".");
  return at < 0 ? rule : `${quoted(path.slice(0, at))}/${rule}`;
}
