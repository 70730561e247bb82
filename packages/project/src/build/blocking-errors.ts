import type { Diagnostic, PolicyInfo, Program } from "@scruple/compiler";

/** Why policies cannot be built, tested or asked; null where they can. */
export interface Blocked {
  /** What to show: errors, whatever severity the project gives them. Empty where the project turned them off. */
  readonly diagnostics: ReadonlySet<Diagnostic>;
  /** A sentence more where the diagnostics alone would not explain it; else "". */
  readonly note: string;
}

/**
 * What stands in the way of some policies: an error in them, or in what they use. A file that cannot be read, or does not
 * say which policy it belongs to, may hold anybody's denials, so it stands in everybody's way.
 */
export async function blockingErrors(program: Program, policies: readonly PolicyInfo[]): Promise<Blocked | null> {
  const homeless = new Set(program.files.filter(({ policy }) => policy === null).map(({ path }) => path));
  if (homeless.size === 0 && !policies.some(({ hasErrors }) => hasErrors)) return null;
  const { catalogue } = await import("@scruple/compiler");
  const diagnostics = new Set(
    program.diagnostics.filter(({ code, file }) => homeless.has(file) || catalogue.get(code)?.severity === "error"),
  );
  const note =
    diagnostics.size === 0
      ? "What is wrong is not shown, since `severity` in scruple.json turns it off; that mends nothing."
      : "";
  return { diagnostics, note };
}

/** The policies that have a part in one of the files. */
export function policiesIn(program: Program, files: ReadonlySet<string>): readonly PolicyInfo[] {
  return program.policies.filter((policy) => policy.files.some((file) => files.has(file)));
}
