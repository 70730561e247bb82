import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@scruple/compiler";
import { emitJavaScript, instantiate } from "@scruple/emit";
import { enforcement } from "@scruple/runtime/enforce";
import { randomProject, randomRequests } from "@scruple/testkit";
import type { Answering } from "./answering.ts";

/** A policy, and what is asked of its guard. */
export interface Subject {
  readonly name: string;
  /** Of the project, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** One of its policy's own files. */
  readonly imported: string;
  /** The emitted module. */
  readonly module: string;
  readonly requests: readonly unknown[];
  /** The guard in this process. */
  readonly guard: Answering;
}

const seeds = Array.from({ length: 20 }, (_, index) => 7_001 + index);
const requestsEach = 15;

/** The airline of the examples, with its day of requests, and random policies. */
export function subjects(): readonly Subject[] {
  return [airline(), ...seeds.map(random)];
}

function airline(): Subject {
  const folder = join(import.meta.dirname, "../../../../examples/airline-know-me");
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const paths = readdirSync(join(folder, "policies")).map((name) => `policies/${name}`);
  const files = Object.fromEntries(["scruple.json", ...paths].map((path) => [path, read(path)]));
  const requests = read("requests.jsonl").trim().split("\n");
  return subjectOf("airline", files, "airline.know_me", () => requests.map((line) => JSON.parse(line)));
}

function random(seed: number): Subject {
  const { policy, files } = randomProject(seed);
  const byPath = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const withConfig = { ...byPath, "scruple.json": "{}" };
  return subjectOf(`random-${seed}`, withConfig, policy, (model) => randomRequests(model, seed, requestsEach));
}

type Model = Parameters<typeof emitJavaScript>[0];

function subjectOf(
  name: string,
  files: Readonly<Record<string, string>>,
  policy: string,
  ask: (model: Model) => readonly unknown[],
): Subject {
  const policies = Object.entries(files).filter(([path]) => path.endsWith(".scruple"));
  const program = compile(policies.map(([path, text]) => ({ path, text })));
  const model = program.model(policy);
  const imported = program.policies.find((one) => one.name === policy)?.files[0];
  if (model === null || imported === undefined) throw new Error(`${name} does not compile.`);
  const core = instantiate(model);
  return {
    name,
    files,
    imported,
    module: emitJavaScript(model).code,
    // As they come over a wire: what JSON leaves out is not there.
    requests: JSON.parse(JSON.stringify(ask(model))),
    guard: { ...core, default: enforcement(core) as unknown as Answering["default"] },
  };
}
