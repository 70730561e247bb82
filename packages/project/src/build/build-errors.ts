import type { PolicyInfo, Program } from "@scruple/compiler";
import { type Blocked, blockingErrors } from "./blocking-errors.ts";

/**
 * What stops a build; null where nothing does. Beside what stops everything else, it is whatever the project takes for
 * an error, and a promise that is not kept, whatever the project takes that for: guards are what customers rely on.
 */
export async function buildErrors(program: Program, policies: readonly PolicyInfo[]): Promise<Blocked | null> {
  const blocked = await blockingErrors(program, policies);
  if (blocked !== null) return blocked;
  const files = new Set(policies.flatMap((policy) => policy.files));
  const errors = program.diagnostics.filter(({ severity, file }) => severity === "error" && files.has(file));
  if (await keepsPromises(program, policies)) {
    return errors.length === 0 ? null : { diagnostics: new Set(errors), note: "" };
  }
  // What a used policy promises is reported in its own files.
  const broken = program.diagnostics.filter(({ code }) => code.startsWith("SCR6"));
  const isShown = broken.some(({ severity }) => severity === "error");
  const note = isShown
    ? ""
    : "A promise that is not kept stops a build, whatever `severity` in scruple.json says of it.";
  return { diagnostics: new Set([...errors, ...broken]), note };
}

async function keepsPromises(program: Program, policies: readonly PolicyInfo[]): Promise<boolean> {
  const { prove } = await import("@scruple/analysis");
  return policies
    .filter(({ declaresInteraction }) => declaresInteraction)
    .every(({ name }) => {
      const model = program.model(name);
      return model === null || prove(model).every(({ status }) => status === "proved");
    });
}
