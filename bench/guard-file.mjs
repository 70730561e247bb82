import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@scruple/compiler";
import { emitJavaScript } from "@scruple/emit";
import { generatePolicy, policyName } from "./policy.mjs";

const results = join(import.meta.dirname, "results");
const built = new Map();

/** Compiles the policy of that many rules and writes its guard to a file. @throws where it does not compile */
export async function buildGuard(rules) {
  if (!built.has(rules)) built.set(rules, writeGuard(rules));
  return built.get(rules);
}

function writeGuard(rules) {
  const { code, fileName } = emitJavaScript(modelOf(generatePolicy({ rules }).files));
  const folder = join(results, `guards/${rules}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, fileName);
  writeFileSync(path, code);
  return { path, code };
}

export function modelOf(files) {
  const program = compile(files);
  const model = program.model(policyName);
  if (model === null) {
    const [first] = program.diagnostics.filter(({ severity }) => severity === "error");
    throw new Error(`The benchmark's policy does not compile: ${first?.file}: ${first?.message}`);
  }
  return model;
}
