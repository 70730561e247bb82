import { printValue } from "@scruple/analysis";
import { compile, type PolicyFile, type Program } from "@scruple/compiler";
import { evaluator, indexModel, type Model, readDuration, type Value, type World } from "@scruple/model";
import { type CellCoverage, cellCoverage, type UncoveredCell } from "./cell-coverage.ts";
import { runTests, type TestResult } from "./run-tests.ts";

/** Tests that could be added to a policy. */
export interface Suggestion {
  readonly policy: string;
  /** `test` blocks, as they would stand in a file of the policy. */
  readonly text: string;
  readonly tests: number;
}

/**
 * Writes a test for each cell that none reaches. They are tried before they are suggested: the project with them has no error
 * more, each passes, and each reaches its cell.
 *
 * @param results of the tests that are there
 */
export function suggestTests(
  files: readonly PolicyFile[],
  model: Model,
  { uncovered }: CellCoverage,
  results: readonly TestResult[],
): Suggestion {
  const world = indexModel(model);
  const names = new Set(results.map(({ name }) => name));
  const blocks = uncovered.map((cell) => writeTest(world, cell, names));
  const fitting = working(files, model, blocks);
  return { policy: model.policy, text: fitting.join("\n"), tests: fitting.length };
}

/** Those that compile and pass; one that does not is left out, and spoils no other. */
function working(files: readonly PolicyFile[], model: Model, blocks: readonly string[]): readonly string[] {
  if (blocks.length === 0 || isWorking(files, model, blocks)) return blocks;
  if (blocks.length === 1) return [];
  const half = blocks.length >> 1;
  return [...working(files, model, blocks.slice(0, half)), ...working(files, model, blocks.slice(half))];
}

function isWorking(files: readonly PolicyFile[], model: Model, blocks: readonly string[]): boolean {
  const path = unusedPath(files);
  const program: Program = compile([
    ...files,
    { path, text: `policy ${quoted(model.policy)}\n\n${blocks.join("\n")}` },
  ]);
  const own = program.model(model.policy);
  if (own === null || program.diagnostics.some(({ file, severity }) => file === path && severity === "error"))
    return false;
  const results = runTests(
    program,
    own,
    ({ file }) => file === path,
    (model) => evaluator(model).decide,
  );
  const before = cellCoverage(own, []);
  const after = cellCoverage(own, results);
  return results.every(({ passed }) => passed) && after.covered - before.covered === blocks.length;
}

function unusedPath(files: readonly PolicyFile[]): string {
  const taken = new Set(files.map(({ path }) => path));
  for (let i = 1; ; i++) if (!taken.has(`suggested-${i}.scruple`)) return `suggested-${i}.scruple`;
}

// ----------------------------------------------------------------------------------------------------------------- text

interface Consent {
  readonly purpose: string;
  readonly channel: string;
  readonly explicit?: boolean;
}

/** A test of a cell, as it would stand in a file of the policy. @param names that are taken; the new one is added */
export function writeTest(world: World, { request, decision, interaction }: UncoveredCell, names: Set<string>): string {
  const field = (piece: unknown) => (typeof piece === "string" ? piece : (piece as { readonly field: string }).field);
  const joined = request.with === undefined ? "" : ` with ${quoted(field(request.with))}`;
  const to = request.recipient === undefined ? "" : ` to ${quoted(String(request.recipient))}`;
  const at = request.precision === undefined ? "" : ` at ${quoted(String(request.precision))}`;
  const because = decision.rules.length === 0 ? "" : ` because ${decision.rules.map(rulePath).join(", ")}`;
  const given = givens(world, request);
  const act = `${request.operation} ${quoted(field(request.data))}${joined}`;
  const name = unusedName(`${decision.decision} ${request.operation} ${field(request.data)} in ${interaction}`, names);
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

function givens(world: World, request: UncoveredCell["request"]): readonly string[] {
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
function quoted(path: string, isFact = false): string {
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
