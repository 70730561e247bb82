import { defineDiagnostic } from "../diagnostic.ts";

export const severalParents = defineDiagnostic<[name: string]>({
  code: "SCR1031",
  name: "several-parents",
  severity: "error",
  summary: "A recipient within several others",
  message: (name) =>
    `Recipients form a tree, so \`${name}\` is within one other at most. Keep the one that says who they are.`,
  docs: ``,
});
