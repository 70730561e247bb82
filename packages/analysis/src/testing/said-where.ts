import { compile } from "@scruple/compiler";
import { type Expr, evaluate, indexModel, type Kleene, type Moment, readRequest } from "@scruple/model";
import { type RandomProject, randomProject, scales } from "@scruple/testkit";
import { momentOf } from "../explain/moments.ts";

/**
 * Whether a request is where the words of an entry say, as conditions of the random project that its models are made of.
 * Undefined where they say what no condition can: which of two pieces is the older one.
 *
 * @param when Alternatives, each as `X`, `unless Y` or `X unless Y`
 */
export function isWhereSaid(seed: number, when: readonly string[], raw: Readonly<Record<string, unknown>>) {
  if (when.some((text) => /what joins it|the younger piece/.test(text))) return undefined;
  const project = randomProject(seed, scales.usual);
  const parts = when.map((text) => text.split(/^unless | unless /));
  const conditions = parts.flat().filter((text) => text !== "" && text !== "always");
  const known = modelWith(project, []);
  const request = readRequest(indexModel(known), raw);
  if (!("pieces" in request)) throw new Error(JSON.stringify({ raw, request }));
  const moment = momentOf(indexModel(known), request, request.pieces[0]!);
  const model = modelWith(
    project,
    conditions.map((text) => withoutKnown(text, moment)),
  );
  const world = indexModel(model);
  const value = (text: string): Kleene => {
    if (text === "" || text === "always") return true;
    return evaluate(model.rules.find(({ path }) => path === `said.c${conditions.indexOf(text)}`)!.when as Expr, {
      ...moment,
      world,
    });
  };
  return parts.some(
    ([where = "", exception]) => value(where) === true && (exception === undefined || value(exception) !== true),
  );
}

function modelWith({ files, policy }: RandomProject, conditions: readonly string[]) {
  const [first, ...others] = files;
  const rules = conditions.map((text, index) => `  c${index}: deny use any when ${text}`);
  const interaction = `interaction said {\n  purposes purpose_0\n  channels chan_0\n${rules.join("\n")}\n}`;
  const text = conditions.length === 0 ? first!.text : `${first!.text}\n${interaction}\n`;
  const program = compile([{ ...first!, text }, ...others]);
  const model = program.model(policy);
  if (model === null)
    throw new Error(`${conditions.join("\n")}\n${program.diagnostics.map(({ message }) => message).join("\n")}`);
  return model;
}

/** What is said of a fact being known is no condition: it holds or not, of the request. */
function withoutKnown(text: string, moment: Moment): string {
  return text.replaceAll(/([\w.]+) (?:is|are) (known|unknown)/g, (_, fact: string, state: string) => {
    const isKnown = fact === "consents" || fact === "objections" ? moment[fact] !== undefined : moment.facts.has(fact);
    return String(isKnown === (state === "known"));
  });
}
