import type { Diagnostic, PolicyInfo, Program } from "@scruple/compiler";

/**
 * The errors for which a policy cannot be built, tested or asked: those in its own files, and in the files that it may
 * depend on. A file that does not say which policy it belongs to may hold anybody's denials, so it blocks everybody.
 */
export function blockingErrors(program: Program, policies: readonly PolicyInfo[]): readonly Diagnostic[] {
  const errors = program.diagnostics.filter(({ severity }) => severity === "error");
  const policyOf = new Map(program.files.map(({ path, policy }) => [path, policy]));
  const homeless = errors.filter(({ file }) => (policyOf.get(file) ?? null) === null);
  if (homeless.length > 0 || policies.some(({ hasErrors }) => hasErrors)) return errors;
  return [];
}

/** The policies that have a part in one of the files. */
export function policiesIn(program: Program, files: ReadonlySet<string>): readonly PolicyInfo[] {
  return program.policies.filter((policy) => policy.files.some((file) => files.has(file)));
}
